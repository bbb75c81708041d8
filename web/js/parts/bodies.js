/* bodies.js - bodies and posts in the order in which people look for them
 *
 * Always:  one rule for all views: by name where one chooses; where work is shown, who is late first.
 */
const collator = new Intl.Collator('ru', { numeric: true });

export const bodyName = (body) => body.short || body.name || body.id;

export function byName(a, b) {
    return collator.compare(bodyName(a), bodyName(b));
}

/* Who has most that is late, then who has most to do, then by name; late(row), work(row) count. */
export function byWork(late, work) {
    return (a, b) => late(b) - late(a) || work(b) - work(a) || byName(a, b);
}

/* For a choice: [id, name]. */
export function bodyOptions(bodies) {
    return [...bodies].sort(byName).map((body) => [body.id, bodyName(body)]);
}

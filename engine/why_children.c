/* why_children.c - what an instance waits for that it has started: a plan, its items
 *
 * Owns:    the numbers of that: how many go on, and of a plan how many assignments are late.
 * In:      why.c.
 * Always:  counts as the list does that it leads to: ASSIGNMENTS with "plan" and "overdue".
 * See:     docs/protocol.md §3.6
 */
#include "engine/entries.h"
#include "engine/rows.h"
#include "engine/why.h"

static void count(void *context, const struct assignment_entry *entry)
{
    (void)entry;
    ++*(json_int_t *)context;
}

static json_int_t late_of(const struct view *v, const char *plan)
{
    struct filter filter = filter_of_all(v);
    json_int_t late = 0;

    filter.plan = bytes_of(plan);
    filter.overdue = true;
    filter.closed = false;
    filter.to = filter.today; /* those of later days are not walked over */
    entries_walk(&filter, count, &late);
    return late;
}

json_t *why_children(const struct view *v, const struct instance *i)
{
    const struct definition *d = catalog_find_number(v->catalog, i->definition);
    json_t *row = json_pack("{ss sI so}", "kind", "children", "count", (json_int_t)i->children_open,
                            "since", rows_time_json(i->created_ms));

    if (d->kind == DEFINITION_ROADMAP) {
        json_object_set_new(row, "plan", json_string(d->name));
        json_object_set_new(row, "late", json_integer(late_of(v, d->name)));
    }
    return row;
}

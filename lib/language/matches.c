/* matches.c - finding parts again
 *
 * Owns:    the order of the attempts: the same name, place and likeness; a likeness that only one
 *          part has on each side; the same name and place.
 * In:      matches_make() from diff.c.
 * Out:     pairs of parts, and which of them moved.
 * Always:  it does not matter which outline is the older one: the pairs are the same.
 * See:     matches.h
 */
#include "language/matches.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

/* A part under the parent that it has, or would have, after. */
struct key {
    uint32_t parent;
    const struct part *part;
    uint32_t number;
};

static int compare_numbers(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b ? 1 : 0;
}

static int by_place(const void *a, const void *b)
{
    const struct key *left = a;
    const struct key *right = b;
    int order = compare_numbers(left->parent, right->parent);

    order = order ? order : (int)left->part->kind - (int)right->part->kind;
    order = order ? order : strcmp(left->part->list, right->part->list);
    return order ? order : strcmp(left->part->name, right->part->name);
}

static int by_likeness(const void *a, const void *b)
{
    const struct key *left = a;
    const struct key *right = b;
    int order = (int)left->part->kind - (int)right->part->kind;

    order = order ? order : strcmp(left->part->likeness, right->part->likeness);
    return order ? order : compare_numbers(left->number, right->number);
}

static void pair(struct matches *m, uint32_t before, uint32_t after)
{
    m->of_before[before] = after;
    m->of_after[after] = before;
}

/* Ids are for good; numbers of items are given anew when one comes in between. */
static bool alike(const struct part *a, const struct part *b)
{
    return a->kind == PART_BODY || a->kind == PART_INDICATOR || a->likeness == NULL ||
           b->likeness == NULL || strcmp(a->likeness, b->likeness) == 0;
}

/* Of the same name in the same list of what their parents became. */
static void pair_places(struct matches *m, const struct key *places, bool only_alike)
{
    for (uint32_t i = 1; i < m->before->count; i++) {
        const struct part *part = &m->before->parts[i];
        struct key wanted = {m->of_before[part->parent], part, 0};
        if (m->of_before[i] != PART_NONE || wanted.parent == PART_NONE) {
            continue;
        }
        const struct key *found =
            bsearch(&wanted, places, m->after->count, sizeof *places, by_place);
        if (found != NULL && m->of_after[found->number] == PART_NONE &&
            (!only_alike || alike(part, found->part))) {
            pair(m, i, found->number);
        }
    }
}

/* --- likeness ----------------------------------------------------------------------------------
 */

/* Parts without a pair that have a likeness, sorted by it. */
static struct key *likely(const struct outline *outline, const uint32_t *pairs, uint32_t *ret_count)
{
    struct key *keys = xmalloc((outline->count + 1) * sizeof *keys);
    uint32_t count = 0;

    for (uint32_t i = 1; i < outline->count; i++) {
        if (pairs[i] == PART_NONE && outline->parts[i].likeness != NULL) {
            keys[count++] = (struct key){0, &outline->parts[i], i};
        }
    }
    qsort(keys, count, sizeof *keys, by_likeness);
    *ret_count = count;
    return keys;
}

static int compare_likeness(const struct key *a, const struct key *b)
{
    int order = (int)a->part->kind - (int)b->part->kind;

    return order ? order : strcmp(a->part->likeness, b->part->likeness);
}

/* How many of the same likeness begin at this one. */
static uint32_t run_of(const struct key *keys, uint32_t count, uint32_t at)
{
    uint32_t end = at + 1;

    while (end < count && compare_likeness(&keys[at], &keys[end]) == 0) {
        end++;
    }
    return end - at;
}

static void pair_likely(struct matches *m)
{
    uint32_t old_count;
    uint32_t new_count;
    struct key *old = likely(m->before, m->of_before, &old_count);
    struct key *new = likely(m->after, m->of_after, &new_count);

    for (uint32_t i = 0, j = 0; i < old_count && j < new_count;) {
        int order = compare_likeness(&old[i], &new[j]);
        uint32_t old_run = run_of(old, old_count, i);
        uint32_t new_run = run_of(new, new_count, j);
        if (order == 0 && old_run == 1 && new_run == 1) {
            pair(m, old[i].number, new[j].number);
        }
        i += order <= 0 ? old_run : 0;
        j += order >= 0 ? new_run : 0;
    }
    free(old);
    free(new);
}

/* --- moves -------------------------------------------------------------------------------------
 */

static bool stayed(const struct matches *m, uint32_t after)
{
    const struct part *new = &m->after->parts[after];
    const struct part *old = &m->before->parts[m->of_after[after]];

    return new->parent == PART_NONE ||
           (m->of_after[new->parent] == old->parent && strcmp(new->list, old->list) == 0 &&
            strcmp(new->name, old->name) == 0);
}

static int by_list(const void *a, const void *b)
{
    const struct key *left = a;
    const struct key *right = b;
    int order = compare_numbers(left->parent, right->parent);

    order = order ? order : strcmp(left->part->list, right->part->list);
    return order ? order : compare_numbers(left->number, right->number);
}

/* Of the parts of one list: all but a longest run that kept its order have moved. */
static void mark_list(struct matches *m, const struct key *keys, uint32_t count)
{
    uint32_t *length = xmalloc(count * sizeof *length); /* of the longest run that ends here */
    uint32_t longest = 0;

    for (uint32_t i = 0; i < count; i++) {
        length[i] = 1;
        for (uint32_t j = 0; j < i; j++) {
            if (m->of_after[keys[j].number] < m->of_after[keys[i].number] &&
                length[j] + 1 > length[i]) {
                length[i] = length[j] + 1;
            }
        }
        longest = length[i] > longest ? length[i] : longest;
    }
    for (uint32_t i = count; i-- > 0;) { /* of one length the nearest is the least: it fits */
        bool kept = length[i] == longest;
        m->moved[keys[i].number] = kept ? MOVE_NONE : MOVE_IN_LIST;
        longest -= kept ? 1 : 0;
    }
    free(length);
}

static void mark_moves(struct matches *m)
{
    struct key *keys = xmalloc((m->after->count + 1) * sizeof *keys);
    uint32_t count = 0;

    for (uint32_t i = 0; i < m->after->count; i++) {
        const struct part *part = &m->after->parts[i];
        bool there = m->of_after[i] != PART_NONE;
        m->moved[i] = there && !stayed(m, i) ? MOVE_ELSEWHERE : MOVE_NONE;
        if (there && stayed(m, i) && part->ordered) {
            keys[count++] = (struct key){part->parent, part, i};
        }
    }
    qsort(keys, count, sizeof *keys, by_list);
    for (uint32_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && keys[end].parent == keys[i].parent &&
                          strcmp(keys[end].part->list, keys[i].part->list) == 0;) {
            end++;
        }
        mark_list(m, keys + i, end - i);
    }
    free(keys);
}

/* --- the whole ---------------------------------------------------------------------------------
 */

static uint32_t *nothing(uint32_t count)
{
    uint32_t *numbers = xmalloc((count + 1) * sizeof *numbers);

    memset(numbers, 0xff, (count + 1) * sizeof *numbers); /* PART_NONE */
    return numbers;
}

void matches_make(const struct outline *before, const struct outline *after,
                  struct matches *ret_matches)
{
    struct matches *m = ret_matches;
    struct key *places = xmalloc((after->count + 1) * sizeof *places);

    *m = (struct matches){.before = before,
                          .after = after,
                          .of_before = nothing(before->count),
                          .of_after = nothing(after->count),
                          .moved = xcalloc(after->count + 1, sizeof *m->moved)};
    for (uint32_t i = 0; i < after->count; i++) {
        places[i] = (struct key){after->parts[i].parent, &after->parts[i], i};
    }
    qsort(places, after->count, sizeof *places, by_place);
    pair(m, 0, 0);
    pair_places(m, places, true);
    pair_likely(m);
    pair_places(m, places, false);
    mark_moves(m);
    free(places);
}

void matches_fini(struct matches *matches)
{
    free(matches->of_before);
    free(matches->of_after);
    free(matches->moved);
    *matches = (struct matches){0};
}

json_t *matches_behind(const struct outline *outline, const struct part *part)
{
    for (const struct part *other = part; other-- > outline->parts;) {
        if (other->parent == part->parent && strcmp(other->list, part->list) == 0) {
            return json_string_nocheck(other->name);
        }
    }
    return json_null();
}

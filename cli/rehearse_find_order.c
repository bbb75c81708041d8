/* rehearse_find_order.c - items that are due before what they depend on
 *
 * Owns:    which term of the other item counts.
 * In:      the terms of a rehearsal, as the engine gave them; `after` of items.
 * Out:     rehearsal->findings.
 * See:     docs/time.md §7
 */
#include "cli/rehearse_findings.h"
#include "cli/rehearse_term.h"

#include <string.h>

/* The term of an item of the same plan; with the same number when both have as many, else the
 * first: what is due once comes before everything. */
static const struct rehearsed_term *find_needed(const struct rehearsal *r,
                                                const struct rehearsed_term *t, const char *no)
{
    for (uint32_t i = 0; i < r->term_count; i++) {
        const struct rehearsed_term *other = &r->terms[i];
        bool same = other->plan == t->plan && other->item != NULL && other != t &&
                    strcmp(other->item->no, no) == 0;
        if (same && (other->occurrence == t->occurrence ||
                     (other->occurrence == 1 && term_occurrences(other) != term_occurrences(t)))) {
            return other;
        }
    }
    return NULL;
}

static void look_at_order(struct rehearsal *r, const struct rehearsed_term *t)
{
    for (uint32_t i = 0; i < t->item->after_count; i++) {
        const struct rehearsed_term *needed = find_needed(r, t, t->item->after[i]);
        if (needed == NULL || t->to >= needed->to) {
            continue;
        }
        json_t *one = rehearse_term_json(r, t);
        json_object_set_new(one, "kind", json_string("order"));
        json_object_set_new(one, "due", rehearse_day_json(t->to));
        json_t *before = rehearse_term_json(r, needed);
        json_object_set_new(before, "due", rehearse_day_json(needed->to));
        json_object_set_new(one, "after", before);
        json_array_append_new(r->findings, one);
    }
}

void rehearse_find_order(struct rehearsal *r)
{
    for (uint32_t i = 0; i < r->term_count; i++) {
        const struct rehearsed_term *t = &r->terms[r->by_day[i]];
        if (t->plan != PLAN_NONE && t->item != NULL && rehearsal_tells(r, t->to)) {
            look_at_order(r, t);
        }
    }
}

/* rehearse_find_terms.c - findings about terms: too much at once, on days off
 *
 * Owns:    which terms count for whom, and which are moved together.
 * In:      the terms of a rehearsal, as the engine gave them.
 * Out:     rehearsal->findings.
 * Always:  only terms are looked at that lie in what is told of.
 */
#include "base/must.h"
#include "cli/rehearse_findings.h"
#include "cli/rehearse_load.h"
#include "cli/rehearse_term.h"

#include <stdlib.h>
#include <string.h>

/* --- too much at once ---------------------------------------------------------------------- */

struct load_list {
    struct load_term *items;
    size_t count;
};

static void add_load(struct load_list *list, const char *body, civil_day day, bool own,
                     uint32_t term)
{
    if (body != NULL) {
        list->items = xrealloc(list->items, (list->count + 1) * sizeof *list->items);
        list->items[list->count++] = (struct load_term){body, day, own, term};
    }
}

static struct load_list loads_of(const struct rehearsal *r)
{
    struct load_list list = {0};

    for (uint32_t i = 0; i < r->term_count; i++) {
        const struct rehearsed_term *t = &r->terms[i];
        const char *co;
        if (!rehearsal_tells(r, t->to)) {
            continue;
        }
        add_load(&list, term_responsible(t), t->to, true, i);
        for (size_t j = 0; (co = term_co_executor(t, j)) != NULL; j++) {
            add_load(&list, co, t->to, false, i);
        }
    }
    return list;
}

void rehearse_find_loads(struct rehearsal *r)
{
    struct load_list list = loads_of(r);
    struct load *loads;
    size_t count =
        load_find(list.items, list.count, r->options.per_day, r->options.per_week, &loads);

    for (size_t i = 0; i < count; i++) {
        const struct load_term *first = &list.items[loads[i].first];
        json_t *terms = json_array();
        json_int_t own = 0;
        for (size_t j = 0; j < loads[i].count; j++) {
            own += first[j].own ? 1 : 0;
            json_array_append_new(terms, rehearse_term_json(r, &r->terms[first[j].term]));
        }
        json_array_append_new(
            r->findings,
            json_pack("{ss ss ss so so sI sI so}", "kind", "overload", "body", first->body, "short",
                      rehearsal_body(r, first->body), "from", rehearse_day_json(loads[i].from),
                      "to", rehearse_day_json(loads[i].to), "count", (json_int_t)loads[i].count,
                      "responsible", own, "terms", terms));
    }
    free(loads);
    free(list.items);
}

/* --- days off ------------------------------------------------------------------------------ */

static const struct policy *policy_of(const struct rehearsal *r, const struct rehearsed_term *t)
{
    const struct definition *d = t->plan == PLAN_NONE
                                     ? NULL
                                     : catalog_find(r->catalog, DEFINITION_POLICY,
                                                    r->plans[t->plan].definition->roadmap.policy);

    return d != NULL ? &d->policy : NULL;
}

/* The same day, moved to the same day for the same reason: one finding with all its terms. */
static json_t *day_off_of(struct rehearsal *r, json_t *list, const struct rehearsed_term *t)
{
    const struct workdays *w = rehearsal_workdays(r, term_responsible(t));
    const struct policy *policy = policy_of(r, t);
    json_t *one = json_pack("{ss so so ss ss* ss*}", "kind", "day-off", "day",
                            rehearse_day_json(t->literal), "to", rehearse_day_json(t->to),
                            "day_kind", day_kind_name(workdays_kind(w, t->literal)), "shift",
                            policy != NULL ? shift_name(policy->shift) : NULL, "source",
                            policy != NULL ? policy->shift_source : NULL);
    json_t *known = rehearse_find_same(list, one, "terms");

    if (known != NULL) {
        json_decref(one);
        return known;
    }
    json_object_set_new(one, "terms", json_array());
    json_array_append_new(list, one);
    return one;
}

void rehearse_find_days_off(struct rehearsal *r)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < r->term_count; i++) {
        const struct rehearsed_term *t = &r->terms[r->by_day[i]];
        const struct workdays *w = rehearsal_workdays(r, term_responsible(t));
        if (rehearsal_tells(r, t->to) && !workdays_is_worked(w, t->literal)) {
            json_array_append_new(json_object_get(day_off_of(r, list, t), "terms"),
                                  rehearse_term_json(r, t));
        }
    }
    json_array_extend(r->findings, list);
    json_decref(list);
}

/* Years of which only the holidays by law are known. */
void rehearse_find_years(struct rehearsal *r)
{
    uint32_t counts[CIVIL_YEAR_LAST - CIVIL_YEAR_FIRST + 1] = {0};

    for (uint32_t i = 0; i < r->term_count; i++) {
        const struct rehearsed_term *t = &r->terms[i];
        const struct workdays *w = rehearsal_workdays(r, term_responsible(t));
        int year = civil_of_day(t->to).year;
        if (rehearsal_tells(r, t->to) && !workdays_is_approved(w, year)) {
            counts[year - CIVIL_YEAR_FIRST]++;
        }
    }
    for (int year = CIVIL_YEAR_FIRST; year <= CIVIL_YEAR_LAST; year++) {
        uint32_t count = counts[year - CIVIL_YEAR_FIRST];
        if (count > 0) {
            json_array_append_new(r->findings, json_pack("{ss si sI}", "kind", "calendar", "year",
                                                         year, "terms", (json_int_t)count));
        }
    }
}

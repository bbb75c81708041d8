/* plan_counts.c - adding up the rows of assignments by roadmap
 *
 * Owns:    what each number of a roadmap counts.
 * In:      api_roadmaps.c.
 * Always:  reads no instance.
 * See:     docs/http.md §2
 */
#include "engine/web/plan_counts.h"

#include "base/must.h"
#include "engine/entries.h"

#include <stdlib.h>

enum { PLAN_ALL, PLAN_OPEN, PLAN_OVERDUE, PLAN_CRITICAL, PLAN_DECIDE, PLAN_CLOSED, PLAN_NUMBERS };

static const char *const names[PLAN_NUMBERS] = {"all",      "open",   "overdue",
                                                "critical", "decide", "closed"};

struct plan_counts {
    struct groups plans;
    civil_day today;
    bool whole;
};

static uint64_t *numbers_of(struct plan_counts *c, struct bytes plan)
{
    static const struct bytes none = {NULL, 0};

    return groups_get(&c->plans, plan, none)->counts;
}

static void look(void *context, const struct assignment_entry *e)
{
    struct plan_counts *c = context;

    if (e->plan.size > 0) {
        uint64_t *numbers = numbers_of(c, e->plan);
        numbers[PLAN_ALL]++;
        numbers[e->closed ? PLAN_CLOSED : PLAN_OPEN]++;
        numbers[PLAN_OVERDUE] += entry_is_overdue(e, c->today);
        numbers[PLAN_CRITICAL] += !e->closed && e->phase == PHASE_CRITICAL;
        numbers[PLAN_DECIDE] += !e->closed && (e->state == ASSIGNMENT_REPORTED || e->asked);
    }
}

struct plan_counts *plan_counts_create(const struct view *view, struct error *err)
{
    json_t *everything = json_object();
    struct filter filter;
    struct plan_counts *c = NULL;

    if (filter_read(view, everything, &filter, err)) {
        c = xcalloc(1, sizeof *c);
        c->today = filter.today;
        groups_init(&c->plans, PLAN_NUMBERS);
        c->whole = entries_walk(&filter, look, c);
        filter_fini(&filter);
    }
    json_decref(everything);
    return c;
}

void plan_counts_destroy(struct plan_counts *c)
{
    if (c != NULL) {
        groups_fini(&c->plans);
        free(c);
    }
}

json_t *plan_counts_json(struct plan_counts *c, const char *plan)
{
    const uint64_t *numbers = numbers_of(c, bytes_of(plan));
    json_t *row = json_object();

    for (int i = 0; i < PLAN_NUMBERS; i++) {
        json_object_set_new(row, names[i], json_integer((json_int_t)numbers[i]));
    }
    return row;
}

bool plan_counts_whole(const struct plan_counts *c)
{
    return c->whole;
}

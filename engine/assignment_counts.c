/* assignment_counts.c - adding up the rows of assignments by roadmap or body
 *
 * Owns:    what each number of a roadmap or a body counts.
 * In:      roadmaps.c, bodies.c.
 * Always:  reads no instance.
 * See:     docs/protocol.md §3.6
 */
#include "engine/assignment_counts.h"

#include "base/must.h"
#include "engine/entries.h"

#include <stdlib.h>

enum number {
    COUNT_ALL,
    COUNT_OPEN,
    COUNT_OVERDUE,
    COUNT_CRITICAL,
    COUNT_DECIDE,
    COUNT_CLOSED,
    NUMBERS
};

static const char *const names[NUMBERS] = {"all",      "open",   "overdue",
                                           "critical", "decide", "closed"};

struct assignment_counts {
    enum counts_by by;
    struct groups groups;
    civil_day today;
    bool whole;
};

static struct group *group_of(struct assignment_counts *c, const struct assignment_entry *e)
{
    static const struct bytes none = {NULL, 0};
    bool by_plan = c->by == COUNTS_BY_PLAN;
    uint32_t number = by_plan ? e->plan_number : e->responsible_number;
    struct group *group = groups_find(&c->groups, number);

    return group != NULL
               ? group
               : groups_get_numbered(&c->groups, number, by_plan ? e->plan : e->responsible, none);
}

static void look(void *context, const struct assignment_entry *e)
{
    struct assignment_counts *c = context;

    if (c->by == COUNTS_BY_BODY || e->plan.size > 0) {
        uint64_t *numbers = group_of(c, e)->counts;
        numbers[COUNT_ALL]++;
        numbers[e->closed ? COUNT_CLOSED : COUNT_OPEN]++;
        numbers[COUNT_OVERDUE] += entry_is_overdue(e, c->today);
        numbers[COUNT_CRITICAL] += !e->closed && e->phase == PHASE_CRITICAL;
        numbers[COUNT_DECIDE] += !e->closed && (e->state == ASSIGNMENT_REPORTED || e->asked);
    }
}

struct assignment_counts *assignment_counts_create(const struct view *view, enum counts_by by,
                                                   struct error *err)
{
    json_t *everything = json_object();
    struct filter filter;
    struct assignment_counts *c = NULL;

    if (filter_read(view, everything, &filter, err)) {
        c = xcalloc(1, sizeof *c);
        c->by = by;
        c->today = filter.today;
        groups_init(&c->groups, NUMBERS);
        c->whole = entries_walk(&filter, look, c);
        filter_fini(&filter);
    }
    json_decref(everything);
    return c;
}

void assignment_counts_destroy(struct assignment_counts *c)
{
    if (c != NULL) {
        groups_fini(&c->groups);
        free(c);
    }
}

json_t *assignment_counts_json(struct assignment_counts *c, const char *id)
{
    static const struct bytes none = {NULL, 0};
    const uint64_t *numbers = groups_get(&c->groups, bytes_of(id), none)->counts;
    json_t *row = json_object();

    for (int i = 0; i < NUMBERS; i++) {
        json_object_set_new(row, names[i], json_integer((json_int_t)numbers[i]));
    }
    return row;
}

bool assignment_counts_whole(const struct assignment_counts *c)
{
    return c->whole;
}

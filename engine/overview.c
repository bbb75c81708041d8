/* overview.c - what is late, what is due, what waits for a decision
 *
 * Owns:    which group an open assignment counts in, and the first rows of each.
 * In:      queries.c, the gateway's page of today.
 * Always:  one walk over the rows of open assignments; only rows that are shown read an instance.
 * See:     docs/protocol.md §3.6
 */
#include "engine/overview.h"

#include "engine/entries.h"
#include "engine/journal.h"
#include "engine/listing.h"
#include "engine/rows.h"
#include "engine/snapshot.h"
#include "engine/why.h"

#include <stdlib.h>

#define SHOWN 20u /* rows of each group */

enum standing {
    COUNT_OVERDUE, /* also the critical ones */
    COUNT_CRITICAL,
    COUNT_TODAY,
    COUNT_SOON,
    COUNT_OPEN,
    COUNT_PLANNED,
    COUNT_REPORTED, /* a report waits for its decision */
    COUNT_ASKED,    /* an extension is asked for */
    COUNT_PAUSED,
    COUNT_TOTAL,
    COUNTS
};

static const char *const count_names[COUNTS] = {"overdue", "critical", "today", "soon",   "open",
                                                "planned", "reported", "asked", "paused", "total"};

enum list { LIST_OVERDUE, LIST_TODAY, LIST_SOON, LIST_DECISIONS, LISTS };

static const char *const list_names[LISTS] = {"overdue", "due_today", "due_soon", "decisions"};

struct named {
    uint64_t instance;
    uint32_t task;
};

struct overview {
    const struct view *v;
    struct groups bodies;
    uint64_t counts[COUNTS];
    struct named first[LISTS][SHOWN];
    uint32_t shown[LISTS];
};

static void show(struct overview *o, enum list list, const struct assignment_entry *e)
{
    if (o->shown[list] < SHOWN) {
        o->first[list][o->shown[list]++] = (struct named){e->instance, e->task};
    }
}

static enum standing count_of(const struct assignment_entry *e)
{
    static const enum standing of_phase[PHASE_COUNT] = {
        [PHASE_PLANNED] = COUNT_PLANNED, [PHASE_OPEN] = COUNT_OPEN,
        [PHASE_SOON] = COUNT_SOON,       [PHASE_TODAY] = COUNT_TODAY,
        [PHASE_OVERDUE] = COUNT_OVERDUE, [PHASE_CRITICAL] = COUNT_CRITICAL};

    return e->state == ASSIGNMENT_REPORTED ? COUNT_REPORTED
           : e->state == ASSIGNMENT_PAUSED ? COUNT_PAUSED
                                           : of_phase[e->phase];
}

static void add(uint64_t counts[COUNTS], enum standing count, bool asked)
{
    counts[count]++;
    counts[COUNT_OVERDUE] += count == COUNT_CRITICAL;
    counts[COUNT_ASKED] += asked;
    counts[COUNT_TOTAL]++;
}

static void look(void *context, const struct assignment_entry *e)
{
    static const struct bytes none = {NULL, 0};
    struct overview *o = context;
    enum standing count = count_of(e);

    add(o->counts, count, e->asked);
    add(groups_get(&o->bodies, e->responsible, none)->counts, count, e->asked);
    if (count == COUNT_OVERDUE || count == COUNT_CRITICAL) {
        show(o, LIST_OVERDUE, e);
    } else if (count == COUNT_TODAY) {
        show(o, LIST_TODAY, e);
    } else if (count == COUNT_SOON) {
        show(o, LIST_SOON, e);
    }
    if (count == COUNT_REPORTED || e->asked) {
        show(o, LIST_DECISIONS, e);
    }
}

/* --- the answer ---------------------------------------------------------------------------- */

static json_t *counts_json(const uint64_t counts[COUNTS])
{
    json_t *map = json_object();

    for (int i = 0; i < COUNTS; i++) {
        json_object_set_new(map, count_names[i], json_integer((json_int_t)counts[i]));
    }
    return map;
}

/* Who has most that is late first. */
static int by_lateness(const void *a, const void *b)
{
    const struct group *x = *(struct group *const *)a;
    const struct group *y = *(struct group *const *)b;
    static const enum standing order[] = {COUNT_OVERDUE, COUNT_CRITICAL, COUNT_TODAY, COUNT_SOON,
                                          COUNT_TOTAL};

    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        uint64_t p = x->counts[order[i]];
        uint64_t q = y->counts[order[i]];
        if (p != q) {
            return p > q ? -1 : 1;
        }
    }
    return bytes_compare(x->id, y->id);
}

static json_t *bodies_json(struct overview *o)
{
    json_t *list = json_array();

    if (o->bodies.count > 0) {
        qsort(o->bodies.all, o->bodies.count, sizeof(struct group *), by_lateness);
    }
    for (uint32_t i = 0; i < o->bodies.count; i++) {
        const struct group *g = o->bodies.all[i];
        json_t *row = rows_body(o->v->catalog, g->id);
        json_t *counts = counts_json(g->counts);
        json_object_update(row, counts);
        json_decref(counts);
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *rows_json(const struct overview *o, enum list list)
{
    json_t *rows = json_array();

    for (uint32_t i = 0; i < o->shown[list]; i++) {
        const struct named *p = &o->first[list][i];
        struct instance *instance;
        if (!snapshot_instance(o->v->txn, o->v->catalog, o->v->arena, p->instance, &instance,
                               NULL)) {
            continue;
        }
        const struct task *t = instance_find_task(instance, p->task);
        if (t != NULL && t->assignment != NULL) {
            json_t *row = rows_assignment(o->v->catalog, instance, t);
            json_object_set_new(row, "why", why_assignment(o->v->catalog, instance, t, row));
            json_array_append_new(rows, row);
        }
        arena_reset(o->v->arena);
    }
    return rows;
}

static json_t *incidents(const struct view *v)
{
    json_t *request = json_pack("{si}", "limit", (int)SHOWN);
    json_t *answer = listing_incidents(v, request, NULL);
    json_t *rows = json_incref(json_object_get(answer, "rows"));

    json_decref(answer);
    json_decref(request);
    return rows;
}

static json_t *answer(struct overview *o, const struct filter *f, bool whole)
{
    char today[CIVIL_TEXT_MAX];
    json_t *counts = counts_json(o->counts);
    json_t *row;

    civil_print(f->today, today);
    json_object_set_new(counts, "incidents",
                        json_integer((json_int_t)store_count(o->v->txn, TABLE_INCIDENT)));
    row = json_pack("{so ss sI so so}", "now", rows_time_json(o->v->world->now_ms), "today", today,
                    "entry", (json_int_t)journal_last(o->v->txn), "counts", counts, "bodies",
                    bodies_json(o));
    for (int i = 0; i < LISTS; i++) {
        json_object_set_new(row, list_names[i], rows_json(o, (enum list)i));
    }
    json_object_set_new(row, "incidents", incidents(o->v));
    json_object_set_new(row, "more", json_boolean(!whole));
    return row;
}

json_t *overview_answer(const struct view *v, const json_t *request, struct error *err)
{
    struct overview o = {.v = v};
    struct filter filter;

    if (!filter_read(v, request, &filter, err)) {
        return NULL;
    }
    filter.open = true;
    filter.closed = false;
    groups_init(&o.bodies, COUNTS);
    bool whole = entries_walk(&filter, look, &o);
    json_t *row = answer(&o, &filter, whole);
    groups_fini(&o.bodies);
    filter_fini(&filter);
    return row;
}

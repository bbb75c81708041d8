/* overview.c - what is late, what is due, what waits for a decision
 *
 * Owns:    which group an open assignment counts in, and the first rows of each.
 * In:      queries.c, the gateway's page of today, and filter.c for the lists behind its numbers.
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

#define SHOWN        20u  /* rows of each group */
#define BODIES_SHOWN 100u /* with most that is late; a region has a thousand */

enum overview_count {
    COUNT_OVERDUE, /* also the critical ones */
    COUNT_CRITICAL,
    COUNT_TODAY,
    COUNT_SOON,
    COUNT_OPEN,
    COUNT_PLANNED,
    COUNT_REPORTED,      /* a report waits for its decision */
    COUNT_REPORTED_LATE, /* of these: it came after its last day; DISCIPLINE counts it as overdue */
    COUNT_ASKED,         /* an extension is asked for */
    COUNT_DECISIONS,     /* one of these, or both */
    COUNT_PAUSED,
    COUNT_TOTAL,
    COUNTS
};

static const char *const count_names[COUNTS] = {"overdue", "critical",  "today",    "soon",
                                                "open",    "planned",   "reported", "reported_late",
                                                "asked",   "decisions", "paused",   "total"};

static const char *const list_names[GROUPS_SHOWN] = {
    [GROUP_OVERDUE] = "overdue",
    [GROUP_TODAY] = "due_today",
    [GROUP_SOON] = "due_soon",
    [GROUP_DECISIONS] = "decisions",
};

struct named {
    uint64_t instance;
    uint32_t task;
};

struct overview {
    const struct view *v;
    civil_day today;
    struct groups bodies;
    uint64_t counts[COUNTS];
    struct named first[GROUPS_SHOWN][SHOWN];
    uint32_t shown[GROUPS_SHOWN];
};

/* --- which group --------------------------------------------------------------------------- */

static enum overview_count count_of(const struct assignment_entry *e)
{
    static const enum overview_count of_phase[PHASE_COUNT] = {
        [PHASE_PLANNED] = COUNT_PLANNED, [PHASE_OPEN] = COUNT_OPEN,
        [PHASE_SOON] = COUNT_SOON,       [PHASE_TODAY] = COUNT_TODAY,
        [PHASE_OVERDUE] = COUNT_OVERDUE, [PHASE_CRITICAL] = COUNT_CRITICAL};

    return e->state == ASSIGNMENT_REPORTED ? COUNT_REPORTED
           : e->state == ASSIGNMENT_PAUSED ? COUNT_PAUSED
                                           : of_phase[e->phase];
}

static const enum overview_count numbers[GROUP_COUNT] = {
    [GROUP_OVERDUE] = COUNT_OVERDUE,   [GROUP_TODAY] = COUNT_TODAY,
    [GROUP_SOON] = COUNT_SOON,         [GROUP_DECISIONS] = COUNT_DECISIONS,
    [GROUP_CRITICAL] = COUNT_CRITICAL, [GROUP_OPEN] = COUNT_OPEN,
    [GROUP_PLANNED] = COUNT_PLANNED,   [GROUP_REPORTED] = COUNT_REPORTED,
    [GROUP_ASKED] = COUNT_ASKED,       [GROUP_PAUSED] = COUNT_PAUSED};

const char *overview_group_name(enum overview_group group)
{
    return count_names[numbers[group]];
}

static bool has(enum overview_group group, enum overview_count count, bool asked)
{
    return numbers[group] == count || (group == GROUP_OVERDUE && count == COUNT_CRITICAL) ||
           (group == GROUP_DECISIONS && (asked || count == COUNT_REPORTED)) ||
           (group == GROUP_ASKED && asked);
}

bool overview_has(enum overview_group group, const struct assignment_entry *e)
{
    return !e->closed && has(group, count_of(e), e->asked);
}

static void add(uint64_t counts[COUNTS], const struct assignment_entry *e, civil_day today)
{
    enum overview_count count = count_of(e);

    counts[count]++;
    counts[COUNT_OVERDUE] += count == COUNT_CRITICAL;
    counts[COUNT_REPORTED_LATE] += count == COUNT_REPORTED && entry_is_overdue(e, today);
    counts[COUNT_ASKED] += e->asked;
    counts[COUNT_DECISIONS] += has(GROUP_DECISIONS, count, e->asked);
    counts[COUNT_TOTAL]++;
}

static void show(struct overview *o, enum overview_group group, const struct assignment_entry *e)
{
    if (o->shown[group] < SHOWN) {
        o->first[group][o->shown[group]++] = (struct named){e->instance, e->task};
    }
}

static struct group *body_of(struct overview *o, const struct assignment_entry *e)
{
    static const struct bytes none = {NULL, 0};
    struct group *body = groups_find(&o->bodies, e->responsible_number);

    return body != NULL
               ? body
               : groups_get_numbered(&o->bodies, e->responsible_number, e->responsible, none);
}

static void look(void *context, const struct assignment_entry *e)
{
    struct overview *o = context;
    enum overview_count count = count_of(e);

    add(o->counts, e, o->today);
    add(body_of(o, e)->counts, e, o->today);
    for (int i = 1; i < GROUPS_SHOWN; i++) {
        if (has((enum overview_group)i, count, e->asked)) {
            show(o, (enum overview_group)i, e);
        }
    }
}

/* --- the answer ---------------------------------------------------------------------------- */

static void set_counts(json_t *row, const uint64_t counts[COUNTS])
{
    for (int i = 0; i < COUNTS; i++) {
        json_object_set_new(row, count_names[i], json_integer((json_int_t)counts[i]));
    }
}

/* Who has most that is late first. */
static int by_lateness(const void *a, const void *b)
{
    const struct group *x = *(struct group *const *)a;
    const struct group *y = *(struct group *const *)b;
    static const enum overview_count order[] = {COUNT_OVERDUE, COUNT_CRITICAL, COUNT_TODAY,
                                                COUNT_SOON, COUNT_TOTAL};

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
    for (uint32_t i = 0; i < o->bodies.count && i < BODIES_SHOWN; i++) {
        const struct group *g = o->bodies.all[i];
        json_t *row = rows_body(o->v->catalog, g->id);
        set_counts(row, g->counts);
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *rows_json(const struct overview *o, enum overview_group group)
{
    json_t *rows = json_array();

    for (uint32_t i = 0; i < o->shown[group]; i++) {
        const struct named *p = &o->first[group][i];
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
    uint32_t bodies = o->bodies.count;
    json_t *counts = json_object();
    json_t *row;

    civil_print(f->today, today);
    set_counts(counts, o->counts);
    json_object_set_new(counts, "incidents",
                        json_integer((json_int_t)store_count(o->v->txn, TABLE_INCIDENT)));
    row = json_pack("{so ss sI so so sI}", "now", rows_time_json(o->v->world->now_ms), "today",
                    today, "entry", (json_int_t)journal_last(o->v->txn), "counts", counts, "bodies",
                    bodies_json(o), "bodies_more",
                    (json_int_t)(bodies > BODIES_SHOWN ? bodies - BODIES_SHOWN : 0));
    for (int i = 1; i < GROUPS_SHOWN; i++) {
        json_object_set_new(row, list_names[i], rows_json(o, (enum overview_group)i));
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
    o.today = filter.today;
    groups_init(&o.bodies, COUNTS);
    bool whole = entries_walk(&filter, look, &o);
    json_t *row = answer(&o, &filter, whole);
    groups_fini(&o.bodies);
    filter_fini(&filter);
    return row;
}

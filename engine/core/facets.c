/* facets.c - rows and tallies of an instance
 *
 * Owns:    what is in each index table, and for which states.
 * Always:  the same instance gives the same rows; a suspended one has no work, timers or
 *          subscriptions, so nothing happens to it until it is resumed.
 */
#include "engine/core/facets.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

const char *const table_names[TABLE_COUNT] = {
    [TABLE_META] = "meta",
    [TABLE_JOURNAL] = "journal",
    [TABLE_INSTANCE] = "instance",
    [TABLE_DEFINITION] = "definition",
    [TABLE_SEEN] = "seen",
    [TABLE_SEEN_TIME] = "seen-time",
    [TABLE_KEPT] = "kept",
    [TABLE_KEPT_FOR] = "kept-for",
    [TABLE_KEPT_TIME] = "kept-time",
    [TABLE_USING] = "using",
    [TABLE_READY] = "ready",
    [TABLE_TIMER] = "timer",
    [TABLE_SUBSCRIPTION] = "subscription",
    [TABLE_STATE] = "state",
    [TABLE_KEY] = "key",
    [TABLE_CHILD] = "child",
    [TABLE_ASSIGNMENT] = "assignment",
    [TABLE_INCIDENT] = "incident",
};

uint32_t table_day(int32_t day)
{
    return (uint32_t)day ^ 0x80000000u;
}

int32_t table_day_of(uint32_t key)
{
    return (int32_t)(key ^ 0x80000000u);
}

/* --- a row, byte by byte, in the arena ------------------------------------------------------ */

struct writer {
    unsigned char *at;
};

static void put8(struct writer *w, unsigned v)
{
    *w->at++ = (unsigned char)v;
}

static void put32(struct writer *w, uint32_t v)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        put8(w, (v >> shift) & 0xFF);
    }
}

static void put64(struct writer *w, uint64_t v)
{
    put32(w, (uint32_t)(v >> 32));
    put32(w, (uint32_t)v);
}

/* Text and a NUL after it: texts in keys never contain one. */
static void put_text(struct writer *w, struct bytes text)
{
    if (text.size > 0) {
        memcpy(w->at, text.data, text.size);
        w->at += text.size;
    }
    put8(w, 0);
}

#define FIXED_PART 32 /* more than the numbers of any key */

static struct writer row_begin(struct facets *set, enum table table, size_t text_size)
{
    if (set->count == set->room) {
        uint32_t room = set->room ? set->room * 2 : 4;
        struct facet *rows = arena_alloc(set->arena, room * sizeof *rows);
        if (set->count > 0) {
            memcpy(rows, set->rows, set->count * sizeof *rows);
        }
        set->rows = rows;
        set->room = room;
    }
    struct facet *row = &set->rows[set->count++];
    struct writer w = {arena_alloc(set->arena, FIXED_PART + text_size)};
    *row = (struct facet){.table = table, .key = {w.at, 0}};
    put8(&w, TENANT);
    return w;
}

/* The key ends here; what is written from now on is the value. */
static void row_key_end(struct facets *set, const struct writer *w)
{
    struct facet *row = &set->rows[set->count - 1];

    row->key.size = (size_t)(w->at - (const unsigned char *)row->key.data);
    row->value = (struct bytes){w->at, 0};
}

static void row_end(struct facets *set, const struct writer *w)
{
    struct facet *row = &set->rows[set->count - 1];

    row->value.size = (size_t)(w->at - (const unsigned char *)row->value.data);
}

/* --- rows of a task ------------------------------------------------------------------------ */

const char *facets_service(const struct instance *instance, const struct task *task,
                           const struct catalog *catalog)
{
    if (task->kind == TASK_NOTICE) {
        return SERVICE_NOTIFY;
    }
    const struct definition *definition = catalog_find_number(catalog, instance->definition);
    must(definition != NULL && task->step < definition->workflow.step_count);
    return definition->workflow.steps[task->step].service;
}

static bool step_fits(const struct task *t, const struct workflow *w)
{
    if (t->step >= w->step_count) {
        return false;
    }
    const struct step *step = &w->steps[t->step];
    bool listens = step->kind == STEP_LISTEN || step->kind == STEP_SCHEDULE;
    return (t->kind != TASK_CALL || step->service != NULL) &&
           ((t->kind != TASK_LISTEN && t->kind != TASK_SCHEDULE) || listens);
}

/* Letters of the day stand on no step. */
static bool task_fits(const struct task *t, const struct definition *d)
{
    switch (d->kind) {
    case DEFINITION_WORKFLOW:
        return t->kind != TASK_LETTER && step_fits(t, &d->workflow);
    case DEFINITION_BODIES:
        return t->kind == TASK_LETTER || t->kind == TASK_NOTICE;
    default:
        return false;
    }
}

bool facets_fit(const struct instance *instance, const struct catalog *catalog)
{
    const struct definition *d = catalog_find_number(catalog, instance->definition);
    bool fits = d != NULL;

    for (uint32_t i = 0; fits && i < instance->task_count; i++) {
        fits = task_fits(&instance->tasks[i], d);
    }
    return fits;
}

static void ready_row(struct facets *set, const struct instance *i, const struct task *t,
                      const struct catalog *catalog)
{
    struct bytes service = bytes_of(facets_service(i, t, catalog));
    struct writer w = row_begin(set, TABLE_READY, service.size + FIXED_PART);

    put_text(&w, service);
    put8(&w, 9u - i->priority);
    put64(&w, t->ready_seq);
    row_key_end(set, &w);
    put64(&w, i->id);
    put32(&w, t->seq);
    put32(&w, t->attempt);
    row_end(set, &w);
}

static void timer_row(struct facets *set, const struct instance *i, const struct task *t)
{
    struct writer w = row_begin(set, TABLE_TIMER, 0);

    put64(&w, (uint64_t)task_moment_ms(t));
    put64(&w, i->id);
    put32(&w, t->seq);
    row_key_end(set, &w);
}

static void subscription_row(struct facets *set, const struct instance *i, const struct task *t,
                             const char *of_type, struct bytes subject)
{
    struct bytes type = bytes_of(of_type != NULL ? of_type : "");
    struct writer w = row_begin(set, TABLE_SUBSCRIPTION, type.size + subject.size);

    put_text(&w, type);
    put_text(&w, subject);
    put64(&w, i->id);
    put32(&w, t->seq);
    row_key_end(set, &w);
}

/* A row for each type that is waited for; an empty type stands for any. Filters of one type make
 * equal rows: facets_of() keeps one of them. */
static void subscription_rows(struct facets *set, const struct instance *i, const struct task *t,
                              const struct catalog *catalog)
{
    const struct definition *definition = catalog_find_number(catalog, i->definition);
    static const struct bytes any = {"", 0};

    must(definition != NULL && t->step < definition->workflow.step_count);
    const struct consumption *c = &definition->workflow.steps[t->step].listen;
    for (uint32_t n = 0; n < c->filter_count; n++) {
        subscription_row(set, i, t, c->filters[n].type, t->text);
    }
    for (uint32_t n = 0; n < c->until_filter_count; n++) {
        subscription_row(set, i, t, c->until_filters[n].type, any);
    }
    if (c->filter_count == 0 && (t->kind == TASK_LISTEN || definition->workflow.schedule.on)) {
        subscription_row(set, i, t, NULL, any);
    }
}

static void assignment_row(struct facets *set, const struct instance *i, const struct task *t)
{
    const struct assignment *a = t->assignment;
    struct bytes who = a->people[0];
    struct writer w = row_begin(set, TABLE_ASSIGNMENT, who.size + FIXED_PART);

    put8(&w, t->state == TASK_CLOSED);
    put32(&w, table_day(a->to));
    put64(&w, i->id);
    put32(&w, t->seq);
    row_key_end(set, &w);
    put8(&w, a->state);
    put8(&w, a->phase);
    memcpy(w.at, who.data, who.size);
    w.at += who.size;
    row_end(set, &w);
}

static void incident_row(struct facets *set, const struct instance *i, const struct task *t)
{
    struct writer w = row_begin(set, TABLE_INCIDENT, 0);

    put64(&w, i->id);
    put32(&w, t->seq);
    row_key_end(set, &w);
}

/* letters are delivered whatever became of the instance they came from */
static bool task_moves(const struct instance *i, const struct task *t)
{
    return i->state == INSTANCE_RUNNING ||
           (t->kind == TASK_NOTICE && i->state != INSTANCE_SUSPENDED);
}

static bool task_listens(const struct instance *i, const struct task *t)
{
    return (t->kind == TASK_LISTEN || t->kind == TASK_SCHEDULE) && t->state == TASK_WAITING &&
           task_moves(i, t) && (t->scope == NULL || t->scope->stage == 0);
}

static void task_rows(struct facets *set, const struct instance *i, const struct task *t,
                      const struct catalog *catalog)
{
    bool moves = task_moves(i, t);

    if (t->state == TASK_READY && moves) {
        ready_row(set, i, t, catalog);
    }
    if (task_moment_ms(t) != 0 && moves && (t->state == TASK_BACKOFF || t->state == TASK_WAITING)) {
        timer_row(set, i, t);
    }
    if (task_listens(i, t)) {
        subscription_rows(set, i, t, catalog);
    }
    if (t->assignment != NULL) {
        assignment_row(set, i, t);
    }
    if (t->state == TASK_INCIDENT) {
        incident_row(set, i, t);
    }
}

static bool types_fit(const struct event_filter *filters, uint32_t count, const char *type)
{
    for (uint32_t n = 0; n < count; n++) {
        if (filters[n].type == NULL || strcmp(filters[n].type, type) == 0) {
            return true;
        }
    }
    return false;
}

/* As subscription_rows(). */
bool facets_listens(const struct instance *i, const struct task *t, const struct catalog *catalog,
                    const char *type, const char *subject)
{
    if (!task_listens(i, t)) {
        return false;
    }
    const struct definition *definition = catalog_find_number(catalog, i->definition);
    must(definition != NULL && t->step < definition->workflow.step_count);
    const struct consumption *c = &definition->workflow.steps[t->step].listen;
    bool subject_fits = t->text.size == 0 || bytes_equal(t->text, bytes_of(subject));
    bool all = c->filter_count == 0 && (t->kind == TASK_LISTEN || definition->workflow.schedule.on);
    return all || (subject_fits && types_fit(c->filters, c->filter_count, type)) ||
           types_fit(c->until_filters, c->until_filter_count, type);
}

/* --- rows of an instance ------------------------------------------------------------------- */

const char *facets_key_name(const struct definition *definition)
{
    return definition->kind == DEFINITION_BODIES ? FACETS_LETTERS : definition->name;
}

static void instance_rows(struct facets *set, const struct instance *i,
                          const struct catalog *catalog)
{
    struct writer w;

    if (i->state == INSTANCE_RUNNING || i->state == INSTANCE_SUSPENDED) {
        w = row_begin(set, TABLE_STATE, 0);
        put8(&w, i->state);
        put64(&w, i->id);
        row_key_end(set, &w);
    }
    if (i->parent != 0) {
        w = row_begin(set, TABLE_CHILD, 0);
        put64(&w, i->parent);
        put64(&w, i->id);
        row_key_end(set, &w);
    }
    if (i->key.size > 0) {
        struct bytes name = bytes_of(facets_key_name(catalog_find_number(catalog, i->definition)));
        w = row_begin(set, TABLE_KEY, name.size + i->key.size);
        put_text(&w, name);
        memcpy(w.at, i->key.data, i->key.size);
        w.at += i->key.size;
        row_key_end(set, &w);
        put64(&w, i->id);
        row_end(set, &w);
    }
}

int facet_compare(const struct facet *a, const struct facet *b)
{
    if (a->table != b->table) {
        return a->table < b->table ? -1 : 1;
    }
    size_t common = a->key.size < b->key.size ? a->key.size : b->key.size;
    int order = memcmp(a->key.data, b->key.data, common);
    return order ? order : (a->key.size > b->key.size) - (a->key.size < b->key.size);
}

/* Few rows, mostly in order already: insertion beats a general sort. Many: letters come in order of
 * their numbers, so this stays close to linear. */
static void sort_rows(struct facets *set)
{
    for (uint32_t i = 1; i < set->count; i++) {
        struct facet row = set->rows[i];
        uint32_t at = i;
        while (at > 0 && facet_compare(&set->rows[at - 1], &row) > 0) {
            set->rows[at] = set->rows[at - 1];
            at--;
        }
        set->rows[at] = row;
    }
}

static void drop_doubles(struct facets *set)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < set->count; i++) {
        if (kept == 0 || facet_compare(&set->rows[kept - 1], &set->rows[i]) != 0) {
            set->rows[kept++] = set->rows[i];
        }
    }
    set->count = kept;
}

void facets_of(const struct instance *instance, const struct catalog *catalog, struct arena *arena,
               struct facets *ret_facets)
{
    *ret_facets = (struct facets){.arena = arena};
    if (instance == NULL) {
        return;
    }
    for (uint32_t n = 0; n < instance->task_count; n++) {
        task_rows(ret_facets, instance, &instance->tasks[n], catalog);
    }
    instance_rows(ret_facets, instance, catalog);
    sort_rows(ret_facets);
    drop_doubles(ret_facets);
}

void facets_tally(const struct instance *i, const struct catalog *catalog, int sign,
                  int64_t tally[TALLY_COUNT])
{
    if (i == NULL || i->state == 0) {
        return;
    }
    const struct definition *d = catalog_find_number(catalog, i->definition);
    bool letter = d != NULL && d->kind == DEFINITION_BODIES;
    tally[TALLY_INSTANCES + (int)i->state] += letter ? 0 : sign;
    for (uint32_t n = 0; n < i->task_count; n++) {
        const struct task *t = &i->tasks[n];
        tally[TALLY_READY] += t->state == TASK_READY ? sign : 0;
        tally[TALLY_INCIDENTS] += t->state == TASK_INCIDENT ? sign : 0;
        tally[TALLY_LETTERS] += t->kind == TASK_NOTICE ? sign : 0;
        if (t->assignment != NULL) {
            tally[TALLY_ASSIGNMENTS + (int)t->assignment->state] += sign;
            tally[TALLY_PHASES + (int)t->assignment->phase] += t->state != TASK_CLOSED ? sign : 0;
        }
    }
}

/* facets_task.c - the rows of tasks: the outbox, timers, subscriptions, assignments, incidents
 *
 * Owns:    for which states a task is in which table, and whether it fits its definition.
 * In:      facets_of().
 * Always:  a suspended instance has no work, timers or subscriptions: nothing happens to it until
 *          it is resumed. Letters go out whatever became of it.
 */
#include "engine/core/facets_part.h"

#include "base/must.h"
#include "engine/core/entry.h"

#include <string.h>

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
    struct row w = row_begin(set, TABLE_READY, service.size);

    row_put_text(&w, service);
    row_put8(&w, 9u - i->priority);
    row_put64(&w, t->ready_seq);
    row_key_end(set, &w);
    row_put64(&w, i->id);
    row_put32(&w, t->seq);
    row_put32(&w, t->attempt);
    row_end(set, &w);
}

static void timer_row(struct facets *set, const struct instance *i, const struct task *t)
{
    struct row w = row_begin(set, TABLE_TIMER, 0);

    row_put64(&w, (uint64_t)task_moment_ms(t));
    row_put64(&w, i->id);
    row_put32(&w, t->seq);
    row_key_end(set, &w);
}

static void subscription_row(struct facets *set, const struct instance *i, const struct task *t,
                             const char *of_type, struct bytes subject)
{
    struct bytes type = bytes_of(of_type != NULL ? of_type : "");
    struct row w = row_begin(set, TABLE_SUBSCRIPTION, type.size + subject.size);

    row_put_text(&w, type);
    row_put_text(&w, subject);
    row_put64(&w, i->id);
    row_put32(&w, t->seq);
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

static void put_place(struct row *w, const struct instance *i, const struct task *t)
{
    row_put8(w, t->state == TASK_CLOSED);
    row_put32(w, table_day(t->assignment->to));
    row_put64(w, i->id);
    row_put32(w, t->seq);
}

/* In the same order, so that a list of what concerns one body or plan has that of the whole. */
static void concern_row(struct facets *set, const struct instance *i, const struct task *t,
                        enum concern concern, struct bytes name)
{
    if (name.size > 0) {
        struct row w = row_begin(set, TABLE_CONCERN, name.size);
        row_put8(&w, concern);
        row_put_text(&w, name);
        put_place(&w, i, t);
        row_key_end(set, &w);
    }
}

/* Somebody in two roles makes equal rows: facets_of() keeps one of them. */
static void concern_rows(struct facets *set, const struct instance *i, const struct task *t,
                         const struct assignment_entry *e)
{
    struct cursor co = cursor_of(e->co);
    struct cursor acting = cursor_of(e->acting);
    enum part_state part;
    struct bytes absent;
    struct bytes who;

    concern_row(set, i, t, CONCERN_BODY, e->responsible);
    concern_row(set, i, t, CONCERN_BODY, e->controller);
    while (entry_co(&co, &who, &part)) {
        concern_row(set, i, t, CONCERN_BODY, who);
    }
    while (entry_acting(&acting, &absent, &who)) {
        concern_row(set, i, t, CONCERN_BODY, who);
    }
    concern_row(set, i, t, CONCERN_PLAN, e->plan);
}

static void assignment_rows(struct facets *set, const struct instance *i, const struct task *t)
{
    struct row w = row_begin(set, TABLE_ASSIGNMENT, entry_size(t->assignment));
    struct assignment_entry e;

    put_place(&w, i, t);
    row_key_end(set, &w);
    w.at = entry_write(i, t, set->arena, w.at);
    row_end(set, &w);
    const struct facet *row = &set->rows[set->count - 1];
    must(entry_read(row->key, row->value, &e));
    concern_rows(set, i, t, &e);
}

static void incident_row(struct facets *set, const struct instance *i, const struct task *t)
{
    struct row w = row_begin(set, TABLE_INCIDENT, 0);

    row_put64(&w, i->id);
    row_put32(&w, t->seq);
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
        assignment_rows(set, i, t);
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

void facets_of_tasks(struct facets *set, const struct instance *i, const struct catalog *catalog)
{
    for (uint32_t n = 0; n < i->task_count; n++) {
        task_rows(set, i, &i->tasks[n], catalog);
    }
}

/* lifecycle.c - which life-cycle event of the DSL each record is
 *
 * Owns:    the meaning of records in the words of the DSL (protocol §4.2).
 * In:      the records of a committed turn, one after another, and the instances before and after.
 * Always:  letters, iterations, schedules and what was delegated are no tasks of the DSL: nothing
 *          is told of them. A task begins, and is over, once.
 * See:     Serverless Workflow DSL reference 1.0.3, Lifecycle Events; docs/states.md §7
 */
#include "engine/lifecycle.h"

#include "engine/lifecycle_part.h"

void lifecycle_init(struct lifecycle *l, struct engine *e, struct store_txn *txn)
{
    *l = (struct lifecycle){.engine = e, .txn = txn};
}

void lifecycle_fini(struct lifecycle *l)
{
    map_fini(&l->known);
}

/* --- tasks of the turn ---------------------------------------------------------------------- */

static struct known_task *note(struct lifecycle *l, uint64_t instance, uint32_t seq,
                               const struct known_task *facts)
{
    struct known_task *known = arena_alloc(&l->engine->turn.arena, sizeof *known);

    *known = *facts;
    map_put(&l->known, instance, seq, known);
    return known;
}

/* As the turn found it. */
static struct known_task *note_found(struct lifecycle *l, uint64_t instance,
                                     const struct turn_before *before, const struct task *t)
{
    const struct assignment *a = t->assignment; /* NULL too when it could not be opened */
    struct known_task facts = {.seq = t->seq,
                               .definition = before->definition,
                               .step = t->step,
                               .kind = t->kind,
                               .begun = t->kind != TASK_ASSIGNMENT ||
                                        (a != NULL && a->phase > PHASE_PLANNED),
                               .below = a != NULL && a->parent != 0,
                               .keys = t->scope != NULL ? t->scope->keys : (struct bytes){NULL, 0}};

    return note(l, instance, t->seq, &facts);
}

/* The task of this number; NULL: it is no task of an instance that is known. */
static struct known_task *find(struct lifecycle *l, uint64_t instance, uint32_t seq)
{
    struct known_task *known = map_find(&l->known, instance, seq);
    const struct turn_before *before = turn_before(&l->engine->turn, instance);

    for (uint32_t n = 0; known == NULL && before != NULL && n < before->task_count; n++) {
        if (before->tasks[n].seq == seq) {
            known = note_found(l, instance, before, &before->tasks[n]);
        }
    }
    return known;
}

/* The task that a record is about; NULL for one that nothing is told of. */
static struct known_task *know(struct lifecycle *l, uint64_t instance, uint32_t seq)
{
    struct known_task *known = find(l, instance, seq);
    bool hidden = known != NULL &&
                  (known->kind == TASK_NOTICE || known->kind == TASK_ITERATION ||
                   known->kind == TASK_SCHEDULE || known->kind == TASK_LETTER || known->below);

    return hidden ? NULL : known;
}

static enum status status_when_opened(enum task_kind kind)
{
    return kind == TASK_WAIT || kind == TASK_LISTEN ? STATUS_WAITING
           : kind == TASK_ASSIGNMENT                ? STATUS_PENDING
                                                    : STATUS_RUNNING;
}

static void opened(struct lifecycle *l, const struct record *r)
{
    const struct turn_before *before = turn_before(&l->engine->turn, r->instance);
    const struct instance *i = lifecycle_look(l, r->instance);
    const struct known_task *scope = r->parent != 0 ? find(l, r->instance, r->parent) : NULL;

    if (i == NULL) {
        return;
    }
    struct known_task facts = {.seq = r->task,
                               .definition = before != NULL ? before->definition : i->definition,
                               .step = (uint32_t)r->number,
                               .kind = (enum task_kind)r->other,
                               .below = scope != NULL && scope->kind == TASK_ASSIGNMENT};
    note(l, r->instance, r->task, &facts);
    struct known_task *task = know(l, r->instance, r->task);
    if (task == NULL) {
        return;
    }
    lifecycle_tell(l, r, "task.created", "createdAt", task, NULL);
    if (task->kind != TASK_ASSIGNMENT) { /* that one begins with its window */
        lifecycle_tell(l, r, "task.started", "startedAt", task, NULL);
    }
    lifecycle_tell_status(l, r, task, status_when_opened(task->kind));
    if (task->kind == TASK_LISTEN) {
        lifecycle_tell(l, r, "workflow.correlation-started", "startedAt", NULL, NULL);
    }
}

/* A step that needs nobody: all of its life in one record. */
static void passed(struct lifecycle *l, const struct record *r)
{
    const struct instance *i = lifecycle_look(l, r->instance);
    struct known_task task = {.step = (uint32_t)r->number};
    bool retried = bytes_equal(r->text, bytes_of("input"));
    const struct definition *d =
        i != NULL ? catalog_find_number(l->engine->catalog, i->definition) : NULL;

    if (d == NULL || task.step >= d->workflow.step_count) {
        return;
    }
    bool chose = d->workflow.steps[task.step].kind == STEP_SWITCH; /* then text is a case */
    if (!chose && (retried || bytes_equal(r->text, bytes_of("skipped")))) {
        return;
    }
    task.definition = i->definition;
    lifecycle_tell(l, r, "task.created", "createdAt", &task, NULL);
    lifecycle_tell(l, r, "task.started", "startedAt", &task, NULL);
    lifecycle_tell(l, r, "task.completed", "completedAt", &task, lifecycle_one("output", r->data));
    lifecycle_tell_status(l, r, &task, STATUS_COMPLETED);
}

static void end_correlation(struct lifecycle *l, const struct record *r,
                            const struct known_task *task)
{
    lifecycle_tell(l, r, "workflow.correlation-completed", "completedAt", NULL,
                   lifecycle_one("correlationKeys", task->keys));
}

static void task_over(struct lifecycle *l, const struct record *r, struct known_task *task,
                      const char *topic, const char *moment, enum status status, json_t *more)
{
    if (task->over) { /* a fork that was joined before */
        json_decref(more);
        return;
    }
    lifecycle_tell(l, r, topic, moment, task, more);
    lifecycle_tell_status(l, r, task, status);
    task->over = true;
}

static void completed(struct lifecycle *l, const struct record *r, struct known_task *task)
{
    if (task->kind == TASK_LISTEN) {
        end_correlation(l, r, task);
    }
    task_over(l, r, task, "task.completed", "completedAt", STATUS_COMPLETED,
              lifecycle_one("output", r->data));
}

/* A fork goes on with its output; a listen takes no more, and is done with its last iteration. */
static void joined(struct lifecycle *l, const struct record *r, struct known_task *task)
{
    if (task->kind == TASK_LISTEN) {
        end_correlation(l, r, task);
    } else {
        completed(l, r, task);
    }
}

/* Does it run in that scope? 0: all do. */
static bool is_below(const struct turn_before *before, const struct task *task, uint32_t scope)
{
    uint32_t parent = task->parent;
    uint32_t n = (uint32_t)(task - before->tasks);

    while (parent != scope && parent != 0 && n-- > 0) { /* outer tasks stand before inner ones */
        parent = before->tasks[n].seq == parent ? before->tasks[n].parent : parent;
    }
    return parent == scope;
}

/* What runs in a step that is given up, or in an instance (scope 0), goes with it. */
static void cancel_below(struct lifecycle *l, const struct record *r, uint32_t scope)
{
    const struct turn_before *before = turn_before(&l->engine->turn, r->instance);

    for (uint32_t n = before != NULL ? before->task_count : 0; n-- > 0;) {
        const struct task *t = &before->tasks[n];
        bool goes = t->state != TASK_CLOSED && is_below(before, t, scope);
        struct known_task *task = goes ? know(l, r->instance, t->seq) : NULL;
        if (task != NULL) {
            task_over(l, r, task, "task.cancelled", "cancelledAt", STATUS_CANCELLED, NULL);
        }
    }
}

static void faulted(struct lifecycle *l, const struct record *r, const struct known_task *task)
{
    lifecycle_tell(l, r, "task.faulted", "faultedAt", task, lifecycle_one("error", r->data));
    lifecycle_tell_status(l, r, task, STATUS_FAULTED);
}

static void again(struct lifecycle *l, const struct record *r, struct known_task *task)
{
    if (task->begun) {
        lifecycle_tell(l, r, "task.retried", "retriedAt", task, NULL);
        lifecycle_tell_status(l, r, task, STATUS_RUNNING);
    }
    task->begun = true;
}

/* By a step of the ladder, or by a term or documents that put it into its window. */
static void phase_came(struct lifecycle *l, const struct record *r, struct known_task *task,
                       uint64_t phase)
{
    if (phase > PHASE_PLANNED && !task->begun) {
        task->begun = true;
        lifecycle_tell(l, r, "task.started", "startedAt", task, NULL);
        lifecycle_tell_status(l, r, task, STATUS_RUNNING);
    }
}

static void assignment_record(struct lifecycle *l, const struct record *r, struct known_task *task)
{
    switch (r->kind) {
    case RECORD_ASSIGNMENT_STEP:
    case RECORD_ASSIGNMENT_REASSIGNED:
    case RECORD_ASSIGNMENT_LADDER:
        phase_came(l, r, task, r->other);
        break;
    case RECORD_ASSIGNMENT_TERM:
        phase_came(l, r, task, r->index);
        break;
    case RECORD_ASSIGNMENT_PAUSED:
        lifecycle_tell(l, r, "task.suspended", "suspendedAt", task, NULL);
        lifecycle_tell_status(l, r, task, STATUS_SUSPENDED);
        break;
    case RECORD_ASSIGNMENT_RESUMED:
        lifecycle_tell(l, r, "task.resumed", "resumedAt", task, NULL);
        lifecycle_tell_status(l, r, task, task->begun ? STATUS_RUNNING : STATUS_PENDING);
        break;
    default: /* what people do among themselves */
        break;
    }
}

/* An incident may still have another attempt; the others are gone with what runs in them. */
static void came_to_nothing(struct lifecycle *l, const struct record *r, struct known_task *task)
{
    if (r->kind != RECORD_TASK_INCIDENT) {
        cancel_below(l, r, r->task);
    }
    if (r->kind == RECORD_TASK_CANCELLED) {
        task_over(l, r, task, "task.cancelled", "cancelledAt", STATUS_CANCELLED, NULL);
        return;
    }
    faulted(l, r, task);
    task->over = r->kind == RECORD_TASK_FAULTED;
}

static void task_record(struct lifecycle *l, const struct record *r)
{
    struct known_task *task = know(l, r->instance, r->task);

    if (task == NULL) {
        if (r->kind == RECORD_TASK_CANCELLED) {
            cancel_below(l, r, r->task); /* an iteration */
        }
        return;
    }
    switch (r->kind) {
    case RECORD_TASK_DONE:
    case RECORD_TASK_SKIPPED:
        completed(l, r, task);
        break;
    case RECORD_TASK_JOINED:
        joined(l, r, task);
        break;
    case RECORD_TASK_FAILED:
        lifecycle_tell_status(l, r, task, STATUS_WAITING);
        break;
    case RECORD_TASK_READY:
    case RECORD_TASK_AGAIN:
        task->begun = task->begun || r->kind == RECORD_TASK_READY;
        again(l, r, task);
        break;
    case RECORD_TASK_INCIDENT:
    case RECORD_TASK_FAULTED:
    case RECORD_TASK_CANCELLED:
        came_to_nothing(l, r, task);
        break;
    case RECORD_TASK_EVENT:
        task->keys = r->extra.size > 0 ? r->extra : task->keys;
        break;
    default:
        assignment_record(l, r, task);
    }
}

/* --- instances ------------------------------------------------------------------------------ */

/* What is open stands, or goes on, with its instance. */
static void each_task(struct lifecycle *l, const struct record *r, const char *topic,
                      const char *moment, bool stands)
{
    const struct instance *i = lifecycle_look(l, r->instance);

    for (uint32_t n = 0; i != NULL && n < i->task_count; n++) {
        const struct task *t = &i->tasks[n];
        struct known_task facts = {.seq = t->seq, .definition = i->definition, .step = t->step};
        bool hidden = t->kind == TASK_NOTICE || t->kind == TASK_ITERATION ||
                      t->kind == TASK_SCHEDULE ||
                      (t->assignment != NULL && t->assignment->parent != 0);
        if (!hidden && t->state != TASK_CLOSED) {
            lifecycle_tell(l, r, topic, moment, &facts, NULL);
            lifecycle_tell_status(l, r, &facts, stands ? STATUS_SUSPENDED : status_of_task(i, t));
        }
    }
}

static void started(struct lifecycle *l, const struct record *r)
{
    const struct definition *d = catalog_find_number(l->engine->catalog, (uint32_t)r->number);

    lifecycle_tell(l, r, "workflow.started", "startedAt", NULL,
                   json_pack("{s{ss ss ss}}", "definition", "name", d->name, "namespace",
                             d->namespace != NULL ? d->namespace : "default", "version",
                             d->doc_version));
}

static void ended(struct lifecycle *l, const struct record *r)
{
    const struct instance *i = lifecycle_look(l, r->instance);
    struct bytes output = i == NULL || r->data.size > 0 ? r->data : i->data;

    lifecycle_tell(l, r, "workflow.completed", "completedAt", NULL,
                   lifecycle_one("output", output.size > 0 ? output : bytes_of("{}")));
}

void lifecycle_record(struct lifecycle *l, const struct record *r)
{
    switch (r->kind) {
    case RECORD_STARTED:
        started(l, r);
        break;
    case RECORD_COMPLETED:
        ended(l, r);
        break;
    case RECORD_CANCELLED:
        cancel_below(l, r, 0);
        lifecycle_tell(l, r, "workflow.cancelled", "cancelledAt", NULL, NULL);
        break;
    case RECORD_FAULTED:
        lifecycle_tell(l, r, "workflow.faulted", "faultedAt", NULL,
                       lifecycle_one("error", r->data));
        break;
    case RECORD_SUSPENDED:
        lifecycle_tell(l, r, "workflow.suspended", "suspendedAt", NULL, NULL);
        each_task(l, r, "task.suspended", "suspendedAt", true);
        break;
    case RECORD_RESUMED:
        lifecycle_tell(l, r, "workflow.resumed", "resumedAt", NULL, NULL);
        each_task(l, r, "task.resumed", "resumedAt", false);
        break;
    case RECORD_TASK_OPENED:
        opened(l, r);
        break;
    case RECORD_STEP_PASSED:
        passed(l, r);
        break;
    default:
        if (r->task != 0) {
            task_record(l, r);
        }
    }
}

void lifecycle_end(struct lifecycle *l)
{
    struct turn *turn = &l->engine->turn;
    const struct instance *i;

    for (size_t n = 0; (i = turn_touched(turn, n)) != NULL; n++) {
        const struct turn_before *before = turn_before(turn, i->id);
        enum status was = before != NULL ? before->status : STATUS_NONE;
        struct record last = {
            .instance = i->id, .seq = turn->world.next_record - 1, .time_ms = turn->world.now_ms};
        if (status_of_instance(i) != was) {
            lifecycle_tell_status(l, &last, NULL, status_of_instance(i));
        }
    }
}

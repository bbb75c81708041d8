/* run.c - tasks as running programs
 *
 * Owns:    which task is which child, and the time limit of each.
 * In:      tasks from the engine; the descriptor and the timers of each child.
 * Out:     one result per task, when its child is over.
 * Always:  a task that is dropped or over its limit gets SIGTERM, and SIGKILL RUN_GRACE_MS later;
 *          no child is left when the worker ends.
 * See:     docs/workers.md §2
 */
#include "workers/exec/run.h"

#include "base/log.h"
#include "base/must.h"
#include "workers/exec/child.h"
#include "workers/exec/outcome.h"

#include <stdio.h>
#include <stdlib.h>

struct run {
    struct runs *runs;
    struct mr_task *task;
    const struct program *program;
    struct child *child;
    int timer; /* the limit, then the grace; 0 = none */
    struct run *next;
};

struct offer {
    struct runs *runs;
    const struct program *program;
};

struct runs {
    struct mr_worker *worker;
    struct run *running;
    struct offer offers[LIMIT_SERVICES];
};

/* --- the end -------------------------------------------------------------------------------- */

static void forget(struct run *run)
{
    struct run **link = &run->runs->running;

    while (*link != run) {
        link = &(*link)->next;
    }
    *link = run->next;
    mr_worker_cancel_timer(run->runs->worker, run->timer);
    mr_worker_unwatch_fd(run->runs->worker, child_fd(run->child));
    child_destroy(&run->child);
    free(run);
}

static void fail(struct run *run, const struct outcome *outcome)
{
    struct buffer complaint = BUFFER_INIT;

    outcome_complaint(child_complaint(run->child), &complaint);
    char *detail = bytes_strdup(buffer_bytes(&complaint));
    log_warn("MR-EXEC-FAILED", "task=%s service=%s retry=%s: %s", mr_task_id(run->task),
             run->program->service, outcome->kind == OUTCOME_RETRY ? "yes" : "no", outcome->title);
    mr_task_fail(run->task, outcome->kind == OUTCOME_RETRY, outcome->title, detail);
    free(detail);
    buffer_fini(&complaint);
}

static void on_child(void *arg)
{
    struct run *run = arg;

    if (!child_work(run->child)) {
        return;
    }
    struct bytes output = child_output(run->child);
    struct outcome outcome = outcome_of(run->program->service, child_end(run->child), output);
    if (outcome.kind == OUTCOME_DONE) {
        log_debug("MR-EXEC-DONE", "task=%s service=%s", mr_task_id(run->task),
                  run->program->service);
        mr_task_done(run->task, output.data, output.size);
    } else {
        fail(run, &outcome);
    }
    forget(run);
}

/* --- limits --------------------------------------------------------------------------------- */

static void on_grace_over(void *arg)
{
    struct run *run = arg;

    run->timer = 0;
    child_kill(run->child);
}

static void stop(struct run *run)
{
    mr_worker_cancel_timer(run->runs->worker, run->timer);
    run->timer = mr_worker_after(run->runs->worker, RUN_GRACE_MS, on_grace_over, run);
    child_stop(run->child);
}

static void on_limit(void *arg)
{
    struct run *run = arg;

    run->timer = 0;
    stop(run);
}

static void on_drop(struct mr_task *task, void *arg)
{
    struct run *run = mr_task_data(task);

    (void)arg;
    if (run != NULL) {
        stop(run);
    }
}

static unsigned limit_ms(const struct program *program, const struct mr_task *task)
{
    unsigned own = program->limit_s * 1000u;
    unsigned given = mr_task_limit_ms(task);

    return own == 0 || (given != 0 && given < own) ? given : own;
}

/* --- the beginning -------------------------------------------------------------------------- */

static void on_task(struct mr_task *task, void *arg)
{
    const struct offer *offer = arg;
    struct run *run = xcalloc(1, sizeof *run);
    struct error err = ERROR_INIT;
    struct bytes input;
    unsigned limit = limit_ms(offer->program, task);

    input.data = mr_task_input(task, &input.size);
    *run = (struct run){.runs = offer->runs, .task = task, .program = offer->program};
    if (!child_start(offer->program, mr_task_id(task), mr_task_attempt(task), input, &run->child,
                     &err)) {
        log_warn("MR-EXEC-FAILED", "task=%s service=%s retry=yes: %s", mr_task_id(task),
                 offer->program->service, err.text);
        mr_task_fail(task, true, "Программу не удалось запустить", err.text);
        free(run);
        return;
    }
    run->next = offer->runs->running;
    offer->runs->running = run;
    mr_task_set_data(task, run);
    mr_worker_watch_fd(offer->runs->worker, child_fd(run->child), on_child, run);
    if (limit > 0) {
        run->timer = mr_worker_after(offer->runs->worker, limit, on_limit, run);
    }
}

struct runs *runs_create(struct mr_worker *worker, const struct config *config, struct error *err)
{
    struct runs *runs = xcalloc(1, sizeof *runs);
    struct mr_error refusal;

    runs->worker = worker;
    for (unsigned i = 0; i < config->count; i++) {
        runs->offers[i] = (struct offer){runs, &config->programs[i]};
        if (!mr_worker_offer(worker, config->programs[i].service, on_task, &runs->offers[i],
                             &refusal)) {
            error_set(err, ERROR_INVALID, "%s", refusal.text);
            free(runs);
            return NULL;
        }
    }
    mr_worker_on_drop(worker, on_drop, NULL);
    return runs;
}

void runs_destroy(struct runs **runs)
{
    struct runs *r = *runs;

    if (r == NULL) {
        return;
    }
    while (r->running != NULL) {
        struct run *run = r->running;
        r->running = run->next;
        child_destroy(&run->child);
        free(run);
    }
    free(r);
    *runs = NULL;
}

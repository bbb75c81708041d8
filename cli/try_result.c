/* try_result.c - starts, ends and outputs of steps from journal rows
 *
 * Owns:    the counting of starts and ends, and the status of each step.
 * In:      rows of JOURNAL in their order (docs/protocol.md §3.6).
 * Always:  a step that was given up with its scope is cancelled at that moment.
 */
#include "cli/try_result.h"

#include "cli/fields.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void try_result_init(struct try_result *result, uint64_t instance)
{
    char id[24];

    *result = (struct try_result){
        .tasks = json_array(), .events = json_array(), .instances = json_object()};
    snprintf(id, sizeof id, "%llu", (unsigned long long)instance);
    json_object_set_new(result->instances, id, json_true());
}

void try_result_fini(struct try_result *result)
{
    json_decref(result->tasks);
    json_decref(result->events);
    json_decref(result->instances);
}

static void set_number(json_t *task, const char *field, uint64_t number)
{
    json_object_set_new(task, field, json_integer((json_int_t)number));
}

static json_t *find_task(const struct try_result *result, const char *id)
{
    for (size_t i = json_array_size(result->tasks); id != NULL && i-- > 0;) {
        json_t *task = json_array_get(result->tasks, i);
        const char *there = field_text(task, "task");
        if (there != NULL && strcmp(there, id) == 0) {
            return task;
        }
    }
    return NULL;
}

static json_t *add_task(struct try_result *result, const json_t *row)
{
    const char *step = field_text(row, "step");
    json_t *task = json_pack("{ss ss so sn sn sn}", "name", step ? step : "?", "path",
                             field_text(row, "path") ? field_text(row, "path") : "", "status",
                             json_string("waiting"), "started", "ended", "output");

    json_object_set(task, "title", json_object_get(row, "step_title"));
    json_object_set(task, "instance", json_object_get(row, "instance"));
    set_number(task, "started", ++result->counter);
    json_array_append_new(result->tasks, task);
    return task;
}

static void end_task(struct try_result *result, json_t *task, const char *status, json_t *output)
{
    if (task == NULL || !json_is_null(json_object_get(task, "ended"))) {
        return;
    }
    set_number(task, "ended", ++result->counter);
    json_object_set_new(task, "status", json_string(status));
    if (output != NULL) {
        json_object_set(task, "output", output);
    }
}

/* What runs in this scope, at whatever depth. */
static void end_below(struct try_result *result, const char *scope, const char *status)
{
    for (size_t i = 0; i < json_array_size(result->tasks); i++) {
        json_t *task = json_array_get(result->tasks, i);
        const char *in = field_text(task, "scope");
        if (in != NULL && strcmp(in, scope) == 0 && field_text(task, "task") != NULL) {
            end_below(result, field_text(task, "task"), status);
            end_task(result, task, status, NULL);
        }
    }
}

static void end_instance(struct try_result *result, const json_t *row, const char *status)
{
    for (size_t i = json_array_size(result->tasks); i-- > 0;) {
        json_t *task = json_array_get(result->tasks, i);
        if (json_equal(json_object_get(task, "instance"), json_object_get(row, "instance"))) {
            end_task(result, task, status, NULL);
        }
    }
}

static void opened(struct try_result *result, const json_t *row)
{
    const char *kind = field_text(row, "task_kind");

    if (kind != NULL && strcmp(kind, "notice") == 0) {
        return;
    }
    json_t *task = add_task(result, row);
    json_object_set(task, "task", json_object_get(row, "task"));
    json_object_set(task, "index", json_object_get(row, "index"));
    json_object_set(task, "scope", json_object_get(row, "scope"));
}

static void passed(struct try_result *result, const json_t *row)
{
    const char *taken = field_text(row, "taken");
    bool skipped = taken != NULL && strcmp(taken, "skipped") == 0;
    json_t *task = add_task(result, row);

    json_object_set(task, "scope", json_object_get(row, "scope"));
    if (taken != NULL && !skipped && taken[0] != '\0') {
        json_object_set_new(task, "taken", json_string(taken));
    }
    end_task(result, task, skipped ? "skipped" : "completed", json_object_get(row, "output"));
}

/* A listen that takes no more goes on with what it has taken. */
static bool only_takes_no_more(const char *kind, const json_t *row)
{
    return strcmp(kind, "task.joined") == 0 && json_object_get(row, "output") == NULL;
}

static void task_row(struct try_result *result, const char *kind, const json_t *row)
{
    static const struct {
        const char *kind;
        const char *status;
        bool below;
    } ends[] = {{"task.done", "completed", false},     {"task.skipped", "skipped", true},
                {"task.joined", "completed", false},   {"task.faulted", "faulted", true},
                {"task.cancelled", "cancelled", true}, {"task.incident", "faulted", true}};
    const char *id = field_text(row, "task");
    char child[24];

    if (strcmp(kind, "task.opened") == 0) {
        opened(result, row);
    } else if (strcmp(kind, "task.child") == 0) {
        snprintf(child, sizeof child, "%lld", (long long)field_number(row, "child"));
        json_object_set_new(result->instances, child, json_true());
    }
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (strcmp(kind, ends[i].kind) == 0 && !only_takes_no_more(kind, row)) {
            if (ends[i].below && id != NULL) {
                end_below(result, id, "cancelled");
            }
            end_task(result, find_task(result, id), ends[i].status, json_object_get(row, "output"));
        }
    }
}

static bool is_ours(const struct try_result *result, const json_t *row)
{
    char id[24];

    snprintf(id, sizeof id, "%lld", (long long)field_number(row, "instance"));
    return json_object_get(result->instances, id) != NULL;
}

/* An instance that one of ours started, awaited or not. */
static void adopt(struct try_result *result, const json_t *row)
{
    char id[24];

    snprintf(id, sizeof id, "%lld", (long long)field_number(row, "parent"));
    if (json_object_get(result->instances, id) != NULL) {
        snprintf(id, sizeof id, "%lld", (long long)field_number(row, "instance"));
        json_object_set_new(result->instances, id, json_true());
    }
}

void try_result_add(struct try_result *result, const json_t *row)
{
    const char *kind = field_text(row, "kind");

    result->seq = (uint64_t)field_number(row, "seq");
    if (strcmp(kind, "event.received") == 0 && json_is_true(json_object_get(row, "emitted"))) {
        json_array_append(result->events, json_object_get(row, "event"));
    } else if (strcmp(kind, "instance.started") == 0) {
        adopt(result, row);
    }
    if (!is_ours(result, row)) {
        return;
    }
    result->rows++;
    if (strcmp(kind, "step.passed") == 0) {
        passed(result, row);
    } else if (strncmp(kind, "task.", 5) == 0) {
        task_row(result, kind, row);
    } else if (strcmp(kind, "instance.cancelled") == 0 || strcmp(kind, "instance.faulted") == 0) {
        end_instance(result, row, "cancelled");
    }
}

/* --- the whole ----------------------------------------------------------------------------- */

json_t *try_result_finish(struct try_result *result, const json_t *show, const json_t *waiting,
                          const json_t *problem)
{
    const char *state = field_text(show, "state");
    const char *status = state != NULL ? state : "waiting";
    json_t *error = (json_t *)(problem ? problem : json_object_get(show, "problem"));

    if (strcmp(status, "running") == 0 || strcmp(status, "suspended") == 0) {
        status = problem != NULL ? "faulted" : "waiting";
    }
    bool completed = strcmp(status, "completed") == 0;
    json_t *output = completed ? json_object_get(show, "data") : NULL;
    return json_pack("{ss sO? sO? sO sO sO}", "status", status, "output", output, "error", error,
                     "tasks", result->tasks, "events", result->events, "waiting", waiting);
}

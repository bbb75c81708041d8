/* graph_states.c - how far each step of an instance is, for its picture
 *
 * Owns:    which state of a picture a record or an open task stands for.
 * In:      rows of HISTORY and SHOW (docs/protocol.md §3.6).
 * Always:  a step that was opened, did not end by itself and is not open was given up with what it
 *          stood in.
 */
#include "cli/graph_states.h"

#include "cli/fields.h"

#include <string.h>

void graph_states_init(struct graph_states *states)
{
    *states = (struct graph_states){.ended = json_object(), .paths = json_object()};
}

void graph_states_fini(struct graph_states *states)
{
    json_decref(states->ended);
    json_decref(states->paths);
}

static void set(json_t *map, const char *name, enum picture_state state)
{
    if (name != NULL) {
        json_object_set_new(map, name, json_integer((json_int_t)state));
    }
}

/* Pages go back in time: what is known already is newer. */
static void set_older(json_t *map, const char *name, enum picture_state state)
{
    if (name != NULL && json_object_get(map, name) == NULL) {
        set(map, name, state);
    }
}

static enum picture_state get(const json_t *map, const char *name, enum picture_state otherwise)
{
    const json_t *state = name != NULL ? json_object_get(map, name) : NULL;

    return state != NULL ? (enum picture_state)json_integer_value(state) : otherwise;
}

/* --- history ------------------------------------------------------------------------------- */

static enum picture_state end_of(const char *kind)
{
    static const struct {
        const char *kind;
        enum picture_state state;
    } ends[] = {{"task.done", PICTURE_DONE},
                {"task.joined", PICTURE_DONE},
                {"task.skipped", PICTURE_SKIPPED},
                {"task.faulted", PICTURE_FAULTED},
                {"task.cancelled", PICTURE_CANCELLED}};

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (strcmp(kind, ends[i].kind) == 0) {
            return ends[i].state;
        }
    }
    return PICTURE_NONE;
}

/* Turns of a loop have the place of the loop, which is told of by itself. */
static bool is_turn(const json_t *row, const char *field)
{
    const char *kind = field_text(row, field);

    return kind != NULL && strcmp(kind, "iteration") == 0;
}

static void add_row(struct graph_states *s, const char *kind, const json_t *row)
{
    const char *taken = field_text(row, "taken");
    const char *path = field_text(row, "path");
    enum picture_state end = end_of(kind);

    if (end != PICTURE_NONE) {
        set_older(s->ended, field_text(row, "task"), end);
    } else if (strcmp(kind, "task.opened") == 0 && !is_turn(row, "task_kind")) {
        set_older(s->paths, path, get(s->ended, field_text(row, "task"), PICTURE_CANCELLED));
    } else if (strcmp(kind, "step.passed") == 0) {
        bool skipped = taken != NULL && strcmp(taken, "skipped") == 0;
        set_older(s->paths, path, skipped ? PICTURE_SKIPPED : PICTURE_DONE);
    } else if (strcmp(kind, "task.caught") == 0 || strcmp(kind, "instance.faulted") == 0) {
        /* a step that never had a task, like raise, is known by the place of its error only */
        set_older(s->paths, field_text(json_object_get(row, "problem"), "instance"),
                  PICTURE_FAULTED);
    }
}

void graph_states_add_page(struct graph_states *s, const json_t *rows)
{
    for (size_t i = json_array_size(rows); i-- > 0;) {
        const json_t *row = json_array_get(rows, i);
        const char *kind = field_text(row, "kind");
        if (kind != NULL) {
            add_row(s, kind, row);
        }
    }
}

/* --- open tasks ---------------------------------------------------------------------------- */

static enum picture_state state_of_task(const json_t *task)
{
    const char *state = field_text(task, "state");
    const char *status = field_text(task, "status");

    if (state == NULL || status == NULL || strcmp(state, "closed") == 0) {
        return PICTURE_NONE;
    }
    if (strcmp(state, "incident") == 0) {
        return PICTURE_INCIDENT;
    }
    return strcmp(status, "running") == 0 ? PICTURE_OPEN : PICTURE_WAITING;
}

/* Of several tasks of one step the one that needs somebody most. */
static bool counts_more(enum picture_state state, enum picture_state known)
{
    return state == PICTURE_INCIDENT || (state == PICTURE_OPEN && known != PICTURE_INCIDENT) ||
           (state == PICTURE_WAITING && known != PICTURE_INCIDENT && known != PICTURE_OPEN);
}

void graph_states_add_open(struct graph_states *s, const json_t *tasks)
{
    const json_t *task;
    size_t i;

    json_array_foreach(tasks, i, task)
    {
        const char *path = field_text(task, "path");
        enum picture_state state = state_of_task(task);
        if (state != PICTURE_NONE && !is_turn(task, "kind") &&
            counts_more(state, get(s->paths, path, PICTURE_NONE))) {
            set(s->paths, path, state);
        }
    }
}

enum picture_state graph_states_of(void *states, const struct step *step, uint32_t index)
{
    const struct graph_states *s = states;

    (void)index;
    return get(s->paths, step->pointer, PICTURE_NONE);
}

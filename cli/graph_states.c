/* graph_states.c - how far each step of an instance is, for its picture
 *
 * Owns:    which state of a picture a record or an open task stands for, and which call of a
 *          function it belongs to.
 * In:      rows of HISTORY and SHOW (docs/protocol.md §3.6).
 * Always:  a step that was opened, did not end by itself and is not open was given up with what it
 *          stood in. Steps of a function have one path in the document for all its calls: they are
 *          known by the paths of the calls and their own, "/do/3/ask /use/functions/give".
 */
#include "cli/graph_states.h"

#include "base/buffer.h"
#include "cli/fields.h"

#include <string.h>

#define FUNCTIONS "/use/functions/"

void graph_states_init(struct graph_states *states)
{
    *states = (struct graph_states){.ended = json_object(),
                                    .paths = json_object(),
                                    .places = json_object(),
                                    .later = json_array()};
}

void graph_states_fini(struct graph_states *states)
{
    json_decref(states->ended);
    json_decref(states->paths);
    json_decref(states->places);
    json_decref(states->later);
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

/* --- calls of functions -------------------------------------------------------------------- */

static bool is_in_function(const char *path)
{
    return path != NULL && strncmp(path, FUNCTIONS, strlen(FUNCTIONS)) == 0;
}

/* The name ends with a zero. */
static const char *text_of(const struct buffer *name)
{
    return (const char *)name->data;
}

static void put_before(struct buffer *name, const char *path)
{
    struct buffer whole = BUFFER_INIT;

    buffer_text(&whole, path);
    if (name->size > 0) {
        buffer_text(&whole, " ");
        buffer_append(&whole, name->data, name->size);
    } else {
        buffer_append(&whole, "", 1);
    }
    buffer_fini(name);
    *name = whole;
}

/* Where a task ran and in which scope, for those below it. */
static void note_place(struct graph_states *s, const json_t *row)
{
    const char *task = field_text(row, "task");
    const char *path = field_text(row, "path");

    if (task != NULL && path != NULL) {
        json_object_set_new(
            s->places, task,
            json_pack("{ss sO*}", "path", path, "scope", json_object_get(row, "scope")));
    }
}

/* A place that does not lie in that of its scope was called from there. */
static void name_of_row(const struct graph_states *s, const json_t *row, struct buffer *name)
{
    const char *path = field_text(row, "path");

    put_before(name, path);
    for (const char *scope = field_text(row, "scope"); scope != NULL;) {
        const json_t *place = json_object_get(s->places, scope);
        const char *outer = field_text(place, "path");
        if (outer == NULL) {
            return;
        }
        if (strncmp(path, outer, strlen(outer)) != 0) {
            put_before(name, outer);
        }
        path = outer;
        scope = field_text(place, "scope");
    }
}

static const struct step *outer_of(const struct step *step, uint32_t *index)
{
    const struct step *steps = step - *index;

    *index = step->parent;
    return step->parent != STEP_NONE ? &steps[step->parent] : NULL;
}

static void name_of_step(const struct step *step, uint32_t index, struct buffer *name)
{
    put_before(name, step->pointer);
    for (const struct step *at = outer_of(step, &index); at != NULL; at = outer_of(at, &index)) {
        if (at->kind == STEP_FUNCTION) {
            put_before(name, at->pointer);
        }
    }
}

/* The call is known when its scope is, which older pages tell. */
static void set_in_function(struct graph_states *s, const json_t *row, enum picture_state state)
{
    json_array_append_new(s->later,
                          json_pack("{ss sO* si}", "path", field_text(row, "path"), "scope",
                                    json_object_get(row, "scope"), "state", (int)state));
}

static void set_older_row(struct graph_states *s, const json_t *row, enum picture_state state)
{
    const char *path = field_text(row, "path");

    if (is_in_function(path)) {
        set_in_function(s, row, state);
    } else {
        set_older(s->paths, path, state);
    }
}

static void settle(struct graph_states *s)
{
    const json_t *row;
    size_t i;

    json_array_foreach(s->later, i, row)
    {
        struct buffer name = BUFFER_INIT;
        name_of_row(s, row, &name);
        set_older(s->paths, text_of(&name),
                  (enum picture_state)json_integer_value(json_object_get(row, "state")));
        buffer_fini(&name);
    }
    json_array_clear(s->later);
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
    enum picture_state end = end_of(kind);

    if (strcmp(kind, "task.opened") == 0) {
        note_place(s, row);
    }
    if (end != PICTURE_NONE) {
        set_older(s->ended, field_text(row, "task"), end);
    } else if (strcmp(kind, "task.opened") == 0 && !is_turn(row, "task_kind")) {
        set_older_row(s, row, get(s->ended, field_text(row, "task"), PICTURE_CANCELLED));
    } else if (strcmp(kind, "step.passed") == 0) {
        bool skipped = taken != NULL && strcmp(taken, "skipped") == 0;
        set_older_row(s, row, skipped ? PICTURE_SKIPPED : PICTURE_DONE);
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

static void add_open(struct graph_states *s, const json_t *task)
{
    enum picture_state state = state_of_task(task);
    struct buffer name = BUFFER_INIT;

    if (state != PICTURE_NONE && field_text(task, "path") != NULL && !is_turn(task, "kind")) {
        name_of_row(s, task, &name);
        if (counts_more(state, get(s->paths, text_of(&name), PICTURE_NONE))) {
            set(s->paths, text_of(&name), state);
        }
    }
    buffer_fini(&name);
}

void graph_states_add_open(struct graph_states *s, const json_t *tasks)
{
    const json_t *task;
    size_t i;

    json_array_foreach(tasks, i, task)
    {
        note_place(s, task);
    }
    settle(s);
    json_array_foreach(tasks, i, task)
    {
        add_open(s, task);
    }
}

/* --- the picture --------------------------------------------------------------------------- */

static enum picture_state state_of(const struct graph_states *s, const struct step *step,
                                   uint32_t index)
{
    struct buffer name = BUFFER_INIT;

    name_of_step(step, index, &name);
    enum picture_state state = get(s->paths, text_of(&name), PICTURE_NONE);
    buffer_fini(&name);
    return state;
}

/* An error says at which step it was raised, not in which call: in one that did not come to its
 * end. */
static bool call_failed(const struct graph_states *s, const struct step *step, uint32_t index)
{
    const struct step *at = outer_of(step, &index);

    while (at != NULL && at->kind != STEP_FUNCTION) {
        at = outer_of(at, &index);
    }
    enum picture_state state = at != NULL ? state_of(s, at, index) : PICTURE_NONE;
    return state == PICTURE_FAULTED || state == PICTURE_CANCELLED;
}

enum picture_state graph_states_of(void *states, const struct step *step, uint32_t index)
{
    const struct graph_states *s = states;
    enum picture_state state = state_of(s, step, index);

    if (state == PICTURE_NONE && is_in_function(step->pointer) &&
        get(s->paths, step->pointer, PICTURE_NONE) == PICTURE_FAULTED &&
        call_failed(s, step, index)) {
        return PICTURE_FAULTED;
    }
    return state;
}

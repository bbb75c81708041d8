/* try_course.c - the course of a try: who acts when, and when time moves on
 *
 * Owns:    the order: what the engine does by itself, then simulated people, then the next event,
 *          then the clock.
 * In:      a started instance in an engine of its own.
 * Out:     commands to that engine.
 * Always:  time moves only when nothing else can happen; the number of moves is bounded.
 */
#include "cli/try_course.h"

#include "cli/fields.h"
#include "cli/input.h"
#include "cli/language.h"
#include "cli/try_ask.h"
#include "cli/try_command.h"
#include "cli/try_people.h"

#include <string.h>

#define TICKS_MAX    200000 /* looks at the engine: a definition that never ends */
#define MOVES_MAX    10000  /* of the clock */
#define GATHER_TICKS 10000  /* until a worker that does not come is waited for no longer */

/* --- asking the engine --------------------------------------------------------------------- */

json_t *try_ask(struct attempt *a, const char *verb, json_t *request)
{
    return try_ask_engine(&a->engine, a->client, verb, request, &a->err);
}

static void end(struct attempt *a)
{
    a->ended = true;
    mr_worker_stop(a->worker);
}

/* An error that nobody caught waits for an operator: for a try it is the end. */
static bool has_incident(struct attempt *a)
{
    json_t *answer = try_ask(a, "INCIDENTS", json_object());
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    if (count > 0) {
        a->problem = json_incref(json_object_get(json_array_get(rows, 0), "problem"));
    }
    json_decref(answer);
    return count > 0;
}

static bool is_over(struct attempt *a)
{
    json_t *show = try_ask(a, "SHOW", json_pack("{sI}", "instance", (json_int_t)a->instance));
    const char *state = field_text(show, "state");
    bool runs = state != NULL && strcmp(state, "running") == 0;

    json_decref(show);
    return !runs;
}

void try_course_read(struct attempt *a)
{
    size_t count = 1;

    while (count > 0) {
        json_t *page = try_ask(
            a, "JOURNAL", json_pack("{sIsi}", "after", (json_int_t)a->result.seq, "limit", 500));
        const json_t *rows = field_rows(page, &count);
        for (size_t i = 0; i < count; i++) {
            try_result_add(&a->result, json_array_get(rows, i));
        }
        json_decref(page);
    }
}

/* The next moment at which something happens to what is tried: the clock passes those of letters.
 */
static bool still_wants_moment(struct attempt *a)
{
    if (a->clock_since != 0) {
        try_course_read(a);
        a->clock_since = a->result.rows > a->clock_since ? 0 : a->clock_since;
    }
    return a->clock_since != 0;
}

static bool move_clock(struct attempt *a)
{
    json_t *answer = try_ask(a, "ADVANCE", json_object());
    bool moved = json_is_true(json_object_get(answer, "moved"));

    json_decref(answer);
    return moved && ++a->moves <= MOVES_MAX;
}

bool try_course_event(struct attempt *a)
{
    const char *path = arguments_get_at(a->arguments, "event", a->next_event);
    json_t *event;

    if (path == NULL) {
        return false;
    }
    a->next_event++;
    if (!input_read_json(path, &event, &a->err)) {
        end(a);
        return true;
    }
    if (try_command_is(event)) {
        if (!try_command_run(a, event)) {
            end(a);
        }
        json_decref(event);
        return true;
    }
    json_t *answer = try_ask(a, "EVENT", event);
    if (answer == NULL) {
        end(a);
    }
    json_decref(answer);
    return true;
}

/* Nothing happens by itself any more: what is there to do from outside? */
static bool go_on(struct attempt *a)
{
    if (is_over(a) || has_incident(a)) {
        return false;
    }
    if (a->people && try_people_act(a)) {
        return a->err.code == ERROR_NONE;
    }
    if (still_wants_moment(a) && move_clock(a)) {
        return true;
    }
    a->clock_since = 0;
    if (try_course_event(a)) {
        return !a->ended;
    }
    return move_clock(a);
}

/* Without them nobody would seem to offer what is called. */
static bool workers_are_there(struct attempt *a)
{
    json_t *answer = a->gathered ? NULL : try_ask(a, "WORKERS", json_object());
    size_t count;

    field_rows(answer, &count);
    a->gathered = a->gathered || count > a->engine.program_count || ++a->ticks > GATHER_TICKS;
    json_decref(answer);
    return a->gathered;
}

static void tick(void *arg)
{
    struct attempt *a = arg;
    json_t *look;

    if (a->ended) {
        return;
    }
    if (!workers_are_there(a) && a->err.code == ERROR_NONE) {
        mr_worker_after(a->worker, 1, tick, a);
        return;
    }
    if (++a->ticks > TICKS_MAX) {
        error_set(&a->err, ERROR_TOO_LARGE, _("the definition does not come to an end"));
        end(a);
        return;
    }
    look = try_ask(a, "ADVANCE", json_pack("{sb}", "look", 1));
    if (look == NULL) {
        end(a);
        return;
    }
    bool quiet = json_is_true(json_object_get(look, "quiet"));
    json_decref(look);
    if (quiet && !go_on(a)) {
        end(a);
    } else {
        mr_worker_after(a->worker, 1, tick, a);
    }
}

void try_course_run(struct attempt *a)
{
    mr_worker_after(a->worker, 1, tick, a);
    mr_worker_run(a->worker);
}

/* advance.c - a clock that stands is moved to the next moment at which something is due, or up to
 * a moment that the client names
 *
 * Owns:    what "quiet" means: no work that a worker has or could have, nothing due, and nothing
 *          decided since the question before. So who asks twice knows that the engine waits for
 *          something outside, or for time.
 * In:      the verb ADVANCE (protocol §3.5), in an open turn.
 * Always:  refused on any other clock.
 */
#include "engine/engine.h"
#include "engine/rows.h"

static bool is_quiet(struct engine *e, int64_t next_ms)
{
    bool quiet = e->quiet_record == e->turn.world.next_record && next_ms > e->now_ms &&
                 !offers_wait(&e->events.offers) && dispatch_is_idle(&e->dispatch);

    e->quiet_record = e->turn.world.next_record;
    return quiet;
}

/* Where the calendar ends (lib/calendar/civil.h): 2199-01-01, in UTC: a zone may be ahead. */
#define TIME_END_MS INT64_C(7226582400000)

/* No further than the client says, who wants to do something then. */
static bool read_until(const json_t *request, int64_t *target_ms, struct error *err)
{
    const json_t *until = json_object_get(request, "until_ms");
    int64_t until_ms = json_integer_value(until);

    if (until == NULL) {
        return true;
    }
    if (!json_is_integer(until) || until_ms >= TIME_END_MS) {
        return error_set(err, ERROR_INVALID, "\"until_ms\" must be a moment before the year 2199");
    }
    *target_ms = until_ms < *target_ms ? until_ms : *target_ms;
    return true;
}

bool engine_advance(struct engine *e, const json_t *request, json_t **ret_answer, struct error *err)
{
    int64_t next_ms = engine_next_timer_ms(e);
    int64_t target_ms = next_ms;
    bool only_look = json_is_true(json_object_get(request, "look"));

    if (!e->config->stands) {
        return error_set(err, ERROR_REFUSED, "the clock of this engine moves by itself");
    }
    if (!read_until(request, &target_ms, err)) {
        return false;
    }
    bool quiet = is_quiet(e, next_ms);
    bool moves = quiet && !only_look && target_ms != INT64_MAX && target_ms > e->now_ms;
    if (moves) {
        clock_set(&e->clock, target_ms);
    }
    *ret_answer = json_pack("{sb sb so}", "quiet", quiet, "moved", moves, "now",
                            rows_time_json(moves ? target_ms : e->now_ms));
    return true;
}

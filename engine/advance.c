/* advance.c - a clock that stands is moved to the next moment at which something is due
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

bool engine_advance(struct engine *e, const json_t *request, json_t **ret_answer, struct error *err)
{
    int64_t next_ms = engine_next_timer_ms(e);
    bool only_look = json_is_true(json_object_get(request, "look"));

    if (!e->config->stands) {
        return error_set(err, ERROR_REFUSED, "the clock of this engine moves by itself");
    }
    bool quiet = is_quiet(e, next_ms);
    bool moves = quiet && !only_look && next_ms != INT64_MAX;
    if (moves) {
        clock_set(&e->clock, next_ms);
    }
    *ret_answer = json_pack("{sb sb so}", "quiet", quiet, "moved", moves, "now",
                            rows_time_json(moves ? next_ms : e->now_ms));
    return true;
}

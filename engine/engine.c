/* engine.c - the round: collect → decide → commit → act
 *
 * Owns:    the order of things in a round, and the answers that wait for the commit.
 * In:      messages from the server, due timers from the store.
 * Out:     after the commit: answers, acknowledgements, tasks, events.
 * Always:  nothing leaves before the commit; a failed commit ends the process.
 */
#include "engine/engine.h"

#include "base/log.h"
#include "base/must.h"
#include "engine/core/decide.h"
#include "engine/lifecycle.h"
#include "engine/mirror.h"
#include "engine/upkeep.h"

#include <stdlib.h>
#include <string.h>

/* timers decided in one turn: more are due at once only after down time */
#define TIMERS_A_TURN   4096
#define STUCK_TIMERS_MS 1000 /* until timers that nobody can decide are looked at again */

/* --- the turn ------------------------------------------------------------------------------ */

bool engine_in_turn(struct engine *e, struct error *err)
{
    if (e->in_turn) {
        return true;
    }
    if (e->no_room || !store_room(e->store, &e->room_error)) {
        if (!e->room_warned) {
            log_warn("MR-NO-ROOM", "%s", e->room_error.text);
        }
        e->room_warned = true;
        e->no_room = true;
        if (err != NULL) {
            *err = e->room_error;
        }
        return false;
    }
    e->in_turn = turn_begin(&e->turn, e->now_ms, err);
    e->turn.keep_before = e->in_turn && lifecycle_is_wanted(e->server);
    return e->in_turn;
}

void engine_reply(struct engine *e, const struct peer *peer, uint64_t request, enum error_code code,
                  struct bytes payload)
{
    must(e->reply_count < e->config->turn_commands);
    e->replies[e->reply_count++] =
        (struct reply){*peer, request, code, arena_copy(&e->turn.arena, payload)};
}

static void send_replies(struct engine *e)
{
    char header[LIMIT_HEADER_BYTES];

    for (size_t i = 0; i < e->reply_count; i++) {
        const struct reply *r = &e->replies[i];
        struct client_message message = {
            .verb = r->code ? CLIENT_ERROR : CLIENT_OK, .request = r->request, .code = r->code};
        size_t size = client_encode(&message, header);
        struct bytes payload = r->payload.data ? r->payload : bytes_of("{}");
        if (!server_send(e->server, SERVER_CLIENTS, &r->peer, (struct bytes){header, size},
                         payload)) {
            log_info("MR-ANSWER-LOST", "request=%llu: the client is gone",
                     (unsigned long long)r->request);
        }
    }
    e->reply_count = 0;
}

/* Commit and act. Afterwards no turn is open; the arena still holds what it held. */
bool engine_settle(struct engine *e, struct error *err)
{
    if (e->in_turn) {
        uint64_t entry = e->turn.world.entry;
        e->in_turn = false;
        if (!turn_commit(&e->turn, err)) {
            turn_end(&e->turn);
            e->failed = true;
            return false;
        }
        e->stats.turns++;
        offers_note(&e->events.offers, &e->turn);
        dispatch_changes(&e->dispatch, e->turn.changes, e->turn.change_count);
        if (e->turn.world.entry != entry) {
            engine_publish_turn(e, entry);
        }
    }
    send_replies(e);
    engine_acknowledge(e);
    dispatch_run(&e->dispatch, e->mono_ms);
    turn_end(&e->turn);
    return true;
}

/* --- collecting ---------------------------------------------------------------------------- */

/* The oldest due timers, read first and then decided: deciding changes the table. */
static size_t due_timers(struct engine *e, struct match *due, size_t room, int64_t *ret_next_ms)
{
    struct store_txn *txn = e->in_turn ? e->turn.txn : NULL;
    struct store_cursor *c;
    struct bytes key;
    struct bytes value;
    size_t count = 0;

    *ret_next_ms = INT64_MAX;
    if (txn == NULL && !store_begin_read(e->store, &txn, NULL)) {
        return 0;
    }
    c = store_cursor_open(txn, TABLE_TIMER);
    bool found = store_seek(c, (struct bytes){"", 0}, &key, &value);
    while (found && count < room) {
        struct cursor k = cursor_of(key);
        unpack_u8(&k);
        int64_t at_ms = (int64_t)unpack_key64(&k);
        if (at_ms > e->now_ms) {
            *ret_next_ms = at_ms;
            break;
        }
        due[count].instance = unpack_key64(&k);
        due[count++].task = unpack_key32(&k);
        found = store_next(c, &key, &value);
    }
    store_cursor_close(&c);
    if (!e->in_turn) {
        store_abort(&txn);
    }
    return count;
}

static void collect_timers(struct engine *e)
{
    static struct match due[TIMERS_A_TURN];
    int64_t next_ms;
    int64_t end_ms = monotonic_ms() + e->config->turn_ms;
    size_t count = due_timers(e, due, TIMERS_A_TURN, &next_ms);

    if (count == 0 || e->mono_ms < e->timers_again_ms || !engine_in_turn(e, NULL)) {
        return;
    }
    uint64_t before = e->turn.world.next_record;
    /* What does not fit into this turn stays due, so that commands get answers meanwhile; one timer
     * is decided however full it is. */
    for (size_t i = 0;
         i < count && (i == 0 || (!turn_is_full(&e->turn) && monotonic_ms() < end_ms)); i++) {
        decide_timer(turn_world(&e->turn), due[i].instance, due[i].task);
    }
    if (e->turn.world.next_record == before) {
        /* only timers of instances that can't be read: they must not keep the loop busy */
        e->timers_again_ms = e->mono_ms + STUCK_TIMERS_MS;
    }
}

int64_t engine_next_timer_ms(struct engine *e)
{
    struct match one;
    int64_t next_ms;

    return due_timers(e, &one, 1, &next_ms) ? e->now_ms : next_ms;
}

static bool collect_one(struct engine *e, enum server_socket socket)
{
    if (!server_receive(e->server, socket, &e->message)) {
        return false;
    }
    if (socket == SERVER_WORKERS) {
        engine_worker_message(e, &e->message);
    } else {
        engine_client_message(e, &e->message);
    }
    return true;
}

/* Before what comes now: a listen gets events in the order of their arrival. */
static void collect_kept(struct engine *e)
{
    if (offers_wait(&e->events.offers) && engine_in_turn(e, NULL)) {
        offers_run(&e->events.offers, &e->turn);
    }
}

/* At most N messages, T ms or so many bytes; from both sides in turn, so that neither starves the
 * other. */
static void collect_messages(struct engine *e)
{
    int64_t end_ms = e->mono_ms + e->config->turn_ms;
    uint32_t count = 0;
    bool more = true;

    for (uint32_t round = 1; more && count + 2 <= e->config->turn_commands; round++) {
        bool worker = collect_one(e, SERVER_WORKERS);
        bool client = collect_one(e, SERVER_CLIENTS);
        count += (uint32_t)worker + (uint32_t)client;
        bool late = (round & 63) == 0 && monotonic_ms() >= end_ms;
        more = (worker || client) && !late && !turn_is_full(&e->turn);
    }
}

static void answer_query(struct engine *e, struct store_txn *txn, struct query *q)
{
    struct error err = ERROR_INIT;
    json_t *answer = txn ? engine_query(e, txn, q->header.verb, q->request, &err) : NULL;

    if (answer != NULL) {
        char *text = json_dumps(answer, JSON_COMPACT);
        engine_reply(e, &q->peer, q->header.request, ERROR_NONE, bytes_of(text));
        free(text);
        json_decref(answer);
    } else {
        if (err.code == ERROR_NONE) {
            error_set(&err, ERROR_BUSY, "the store gave no snapshot: try again");
        }
        engine_reply_error(e, &q->peer, q->header.request, &err);
    }
    json_decref(q->request);
    send_replies(e);
    arena_reset(&e->turn.arena);
}

/* At least one, then as many as fit into the time of a turn; the others wait for the next round. */
static void answer_queries(struct engine *e)
{
    struct store_txn *txn = NULL;
    int64_t end_ms = monotonic_ms() + e->config->turn_ms;
    size_t done = 0;

    if (e->query_count == 0) {
        return;
    }
    store_begin_read(e->store, &txn, NULL);
    while (done < e->query_count && (done == 0 || monotonic_ms() < end_ms)) {
        answer_query(e, txn, &e->queries[done++]);
    }
    if (txn != NULL) {
        store_abort(&txn);
    }
    e->query_count -= done;
    memmove(e->queries, e->queries + done, e->query_count * sizeof *e->queries);
}

/* What a second wrote at a time: so a query finds little to catch up with. */
#define MIRROR_MS 1000

static void keep_mirror(struct engine *e)
{
    struct store_txn *txn;

    if (e->mono_ms >= e->mirror_ms && store_begin_read(e->store, &txn, NULL)) {
        mirror_follow(e->mirror, txn);
        store_abort(&txn);
        e->mirror_ms = e->mono_ms + MIRROR_MS;
    }
}

/* --- the round ----------------------------------------------------------------------------- */

/* A machine's clock is corrected by seconds now and then; what is told of would move letters. */
#define CLOCK_AHEAD_MS 60000

static void watch_clock(const struct engine *e, int64_t now_ms, int64_t mono_ms)
{
    int64_t ahead_ms = now_ms - e->now_ms - (mono_ms - e->mono_ms);
    bool real = !e->config->demo && !e->config->stands;

    if (now_ms < e->now_ms - 1000) {
        log_warn("MR-CLOCK-BACK", "by_ms=%lld: the clock was set back",
                 (long long)(e->now_ms - now_ms));
    } else if (real && e->now_ms != 0 && ahead_ms > CLOCK_AHEAD_MS) {
        log_warn("MR-CLOCK-AHEAD", "by_ms=%lld: the clock was set forward, or stood",
                 (long long)ahead_ms);
    }
}

/* A term may be ten years ahead, and calendars end with 2199 (docs/time.md §1): from 1 January 2180
 * on time stands still, so that a dead battery of a clock ends nobody's engine. */
#define CLOCK_LAST_MS INT64_C(6626966400000)

static int64_t clock_within_calendars(const struct engine *e)
{
    int64_t now_ms = clock_now_ms(&e->clock);

    if (now_ms <= CLOCK_LAST_MS) {
        return now_ms;
    }
    if (e->now_ms != CLOCK_LAST_MS) {
        log_error("MR-CLOCK-BEYOND",
                  "now_ms=%lld: the clock shows a year that no calendar has; "
                  "time stands on 1 January 2180 until it is set right",
                  (long long)now_ms);
    }
    return CLOCK_LAST_MS;
}

void engine_read_clocks(struct engine *e)
{
    int64_t now_ms = clock_within_calendars(e);
    int64_t mono_ms = monotonic_ms();
    struct clock real = clock_real();

    watch_clock(e, now_ms, mono_ms);
    e->now_ms = now_ms;
    e->mono_ms = mono_ms;
    e->real_ms = clock_now_ms(&real);
}

static int round_wait_ms(struct engine *e, int wait_ms)
{
    int64_t next_ms = engine_next_timer_ms(e);
    int64_t timer_ms =
        next_ms > CLOCK_LAST_MS ? INT64_MAX : clock_real_ms_until(&e->clock, next_ms);
    int64_t sweep_ms = e->sweep_ms - e->mono_ms;
    int dispatch_ms = dispatch_wait_ms(&e->dispatch, e->mono_ms);

    if (timer_ms < e->timers_again_ms - e->mono_ms) {
        timer_ms = e->timers_again_ms - e->mono_ms;
    }
    int64_t wait = sweep_ms < timer_ms ? sweep_ms : timer_ms;
    wait = e->query_count > 0 || offers_wait(&e->events.offers) ? 0 : wait;
    if (e->no_room && wait < 100) {
        wait = 100; /* what is due can't be decided: look for room ten times a second */
    }
    if (dispatch_ms >= 0 && dispatch_ms < wait) {
        wait = dispatch_ms;
    }
    if (wait_ms >= 0 && wait_ms < wait) {
        wait = wait_ms;
    }
    return wait < 0 ? 0 : (int)wait;
}

static void look_for_room(struct engine *e)
{
    e->no_room = false;
    if (e->room_warned && store_room(e->store, NULL)) {
        log_info("MR-ROOM-AGAIN", "there is room on the disk again");
        engine_welcome_held(e);
        e->room_warned = false;
    }
}

bool engine_round(struct engine *e, int wait_ms, int wake_fd, struct error *err)
{
    server_wait(e->server, round_wait_ms(e, wait_ms), wake_fd);
    engine_read_clocks(e);
    look_for_room(e);
    collect_kept(e);
    collect_messages(e);
    collect_timers(e);
    if (e->mono_ms >= e->sweep_ms) {
        engine_sweep(e);
    }
    if (!engine_settle(e, err)) {
        return false;
    }
    answer_queries(e);
    upkeep_look(e->upkeep, e);
    send_replies(e); /* turn_end() forgets them */
    engine_publish_day(e);
    turn_end(&e->turn);
    keep_mirror(e);
    return true;
}

/* sweep.c - going over all open assignments, once a civil day
 *
 *             sweep_begin()           STATS            last page, all answered
 *      IDLE ───────────────▶ ASKING ────────▶ PAGING ──────────────────────────▶ IDLE
 *                           ▲  │ ▲ no answer in SWEEP_ANSWER_MS │
 *               office hours│  │ └──────────────────────────────┘
 *                           │  ▼ nobody is in the office
 *                           AWAY
 *
 * Owns:    the questions under way.
 * In:      answers of the engine.
 * Out:     ASSIGNMENT commands. Their refusals are no trouble: somebody else was faster.
 * Always:  nothing is remembered from one sweep to the next; any may be cut short and repeated.
 * See:     docs/workers.md §3, docs/protocol.md §3
 */
#include "workers/officials/sweep.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "workers/officials/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum state { IDLE, ASKING, AWAY, PAGING };

enum { DAY_MINUTES = 1440, MINUTE_MS = 60000 };

struct sweep {
    struct mr_client *client;
    struct habits habits;
    enum state state;
    bool again; /* begin once more after this one */
    bool last_page;
    civil_day today;
    uint64_t question; /* the STATS or ASSIGNMENTS under way; 0 = none */
    uint64_t first;    /* the first request of this sweep: answers to older ones are stale */
    bool sent;         /* something was sent since the last look for answers */
    unsigned pending;  /* commands without an answer */
    unsigned done;     /* commands the engine took */
    json_t *cursor;    /* of the next page; NULL = the first */
    int64_t heard_ms;  /* monotonic: the last answer, or the beginning */
    int64_t away_ms;   /* AWAY: so long after that the office opens */
};

struct sweep *sweep_create(struct mr_client *client, const struct habits *habits)
{
    struct sweep *sweep = xcalloc(1, sizeof *sweep);

    sweep->client = client;
    sweep->habits = *habits;
    sweep->heard_ms = monotonic_ms();
    return sweep;
}

void sweep_destroy(struct sweep **sweep)
{
    if (*sweep != NULL) {
        json_decref((*sweep)->cursor);
        free(*sweep);
        *sweep = NULL;
    }
}

static uint64_t send(struct sweep *sweep, const char *verb, json_t *fields)
{
    char *text = json_dumps(fields, JSON_COMPACT);
    uint64_t request = 0;
    struct mr_error err;

    must(text != NULL);
    if (!mr_client_send(sweep->client, verb, text, strlen(text), &request, &err)) {
        log_warn("MR-OFFICIALS-WAIT", "%s: %s", verb, err.text); /* asked again in a while */
        request = 0;
    }
    sweep->sent = true;
    free(text);
    json_decref(fields);
    return request;
}

void sweep_begin(struct sweep *sweep)
{
    if (sweep->state == ASKING || sweep->state == PAGING) {
        sweep->again = true;
        return;
    }
    sweep->state = ASKING;
    sweep->again = false;
    sweep->last_page = false;
    sweep->pending = 0;
    sweep->done = 0;
    json_decref(sweep->cursor);
    sweep->cursor = NULL;
    sweep->heard_ms = monotonic_ms();
    sweep->question = send(sweep, "STATS", json_object());
    sweep->first = sweep->question;
}

static void ask_page(struct sweep *sweep)
{
    json_t *fields =
        json_pack("{sb si sO*}", "open", 1, "limit", SWEEP_PAGE, "after", sweep->cursor);

    sweep->question = send(sweep, "ASSIGNMENTS", fields);
}

static void finish(struct sweep *sweep)
{
    sweep->state = IDLE;
    if (sweep->done > 0) {
        char day[CIVIL_TEXT_MAX];
        civil_print(sweep->today, day);
        log_debug("MR-OFFICIALS-DAY", "day=%s done=%u: simulated officials worked", day,
                  sweep->done);
    }
    if (sweep->again) {
        sweep_begin(sweep);
    }
}

/* --- answers -------------------------------------------------------------------------------- */

/* Real milliseconds until office hours; 0 within them, and where the clock does not run by itself.
 */
static int64_t until_office(const json_t *stats)
{
    json_int_t rate = json_integer_value(json_object_get(stats, "rate"));
    json_int_t minute = json_integer_value(json_object_get(stats, "minute"));

    if (rate <= 0 || (minute >= SWEEP_OPENS_MINUTE && minute < SWEEP_CLOSES_MINUTE)) {
        return 0;
    }
    json_int_t left = (SWEEP_OPENS_MINUTE - minute + DAY_MINUTES) % DAY_MINUTES;
    return left * MINUTE_MS / rate + 1;
}

static bool take_stats(struct sweep *sweep, const json_t *stats)
{
    const char *clock = json_string_value(json_object_get(stats, "clock"));
    const char *today = json_string_value(json_object_get(stats, "today"));

    if (clock != NULL && strcmp(clock, "real") == 0) {
        return false;
    }
    if (clock == NULL || !civil_parse(bytes_of(today), &sweep->today)) {
        log_warn("MR-OFFICIALS-WAIT", "STATS has no clock or no today");
        return true; /* asked again in a while */
    }
    sweep->away_ms = until_office(stats);
    sweep->state = sweep->away_ms > 0 ? AWAY : PAGING;
    if (sweep->state == PAGING) {
        ask_page(sweep);
    }
    return true;
}

static void take_row(struct sweep *sweep, const json_t *row)
{
    struct error err = ERROR_INIT;
    json_t *commands = desk_commands(&sweep->habits, row, sweep->today, &err);

    if (err.code != ERROR_NONE) {
        log_warn("MR-OFFICIALS-ROW", "%s", err.text);
    }
    for (size_t i = 0; i < json_array_size(commands); i++) {
        if (send(sweep, "ASSIGNMENT", json_incref(json_array_get(commands, i))) != 0) {
            sweep->pending++;
        }
    }
    json_decref(commands);
}

static void take_page(struct sweep *sweep, const json_t *page)
{
    json_t *rows = json_object_get(page, "rows");
    json_t *next = json_object_get(page, "next");

    for (size_t i = 0; i < json_array_size(rows); i++) {
        take_row(sweep, json_array_get(rows, i));
    }
    json_decref(sweep->cursor);
    sweep->cursor = json_is_null(next) || next == NULL ? NULL : json_incref(next);
    sweep->last_page = sweep->cursor == NULL;
}

static void take_decision(struct sweep *sweep, const struct mr_answer *answer)
{
    sweep->pending -= sweep->pending > 0 ? 1 : 0;
    if (answer->ok) {
        sweep->done++;
    } else {
        log_debug("MR-OFFICIALS-REFUSED", "%s: %.*s", answer->code, (int)answer->size,
                  answer->json);
    }
}

static bool take_answer(struct sweep *sweep, const struct mr_answer *answer)
{
    bool good = true;

    if (sweep->first == 0 || answer->request < sweep->first) {
        return true; /* of a sweep that was given up */
    }
    sweep->heard_ms = monotonic_ms();
    if (answer->request != sweep->question) {
        take_decision(sweep, answer);
        return true;
    }
    sweep->question = 0;
    json_t *value = answer->ok ? json_loadb(answer->json, answer->size, 0, NULL) : NULL;
    if (value == NULL) {
        log_warn("MR-OFFICIALS-WAIT", "the engine says %s: %.*s", answer->ok ? "?" : answer->code,
                 (int)answer->size, answer->json);
        sweep->state = IDLE; /* asked again in a while */
    } else if (sweep->state == ASKING) {
        good = take_stats(sweep, value);
    } else if (sweep->state == PAGING) {
        take_page(sweep, value);
    }
    json_decref(value);
    return good;
}

static void go_on(struct sweep *sweep)
{
    if (sweep->state == PAGING && sweep->question == 0) {
        if (sweep->last_page && sweep->pending == 0) {
            finish(sweep);
        } else if (!sweep->last_page && sweep->pending < SWEEP_PENDING_MAX) {
            ask_page(sweep);
        }
    }
    if (sweep_wait_ms(sweep) == 0) {
        sweep->state = IDLE; /* no answer, the office opens, or a day's event was lost */
        sweep_begin(sweep);
    }
}

bool sweep_turn(struct sweep *sweep)
{
    struct mr_answer answer;

    do { /* after each sending too: ZeroMQ tells changes only */
        sweep->sent = false;
        while (mr_client_receive(sweep->client, 0, &answer, NULL)) {
            if (!take_answer(sweep, &answer)) {
                return false;
            }
        }
        go_on(sweep);
    } while (sweep->sent);
    return true;
}

int sweep_wait_ms(const struct sweep *sweep)
{
    int64_t limit = sweep->state == IDLE   ? SWEEP_EVERY_MS
                    : sweep->state == AWAY ? sweep->away_ms
                                           : SWEEP_ANSWER_MS;
    int64_t left = sweep->heard_ms + limit - monotonic_ms();

    return left > 0 ? (int)left : 0;
}

/* rehearse_course.c - plans run from their first day, on a clock that stands
 *
 * Owns:    the order: what the engine does by itself, then simulated people, then the clock.
 * In:      checked documents (rehearse_plans.h).
 * Out:     the terms, notices and what is stuck, of the rehearsal.
 * Always:  time moves only when nothing else can happen; the number of moves is bounded.
 * See:     docs/decisions/0011-try-is-a-real-engine.md, docs/time.md §7
 */
#include "cli/rehearse_course.h"

#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/rehearse_people.h"
#include "cli/rehearse_term.h"
#include "cli/try_ask.h"
#include "workers/sdk/marshrut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOKS_MAX  100000 /* at an engine that does not come to rest */
#define MOVES_MAX  200000 /* of the clock: every hour of twenty years */
#define AFTER_DAYS 400    /* of ladders that go on after the last term */
#define DAY_MS     INT64_C(86400000)

struct course {
    struct rehearsal *rehearsal;
    const struct rehearse_plans *plans;
    struct try_engine engine;
    struct mr_client *client;
    int64_t seq; /* of the last row that was read */
    int64_t now_ms;
    int64_t end_ms;
    struct progress progress; /* days of the plans */
    struct error *err;
};

static json_t *ask(void *arg, const char *verb, json_t *request, struct error *err)
{
    struct course *c = arg;

    return try_ask_engine(&c->engine, c->client, verb, request, err);
}

/* --- the beginning ------------------------------------------------------------------------- */

/* The first day on which any plan gives something out. */
static civil_day first_day(const struct rehearsal *r)
{
    civil_day first = INT32_MAX;

    for (uint32_t i = 0; i < r->plan_count; i++) {
        const struct roadmap *plan = &r->plans[i].definition->roadmap;
        first = plan->period.from < first ? plan->period.from : first;
        for (uint32_t j = 0; j < plan->item_count; j++) {
            civil_day from = plan->items[j].windows[0].from;
            first = from < first ? from : first;
        }
    }
    return first;
}

static civil_day last_day(const struct rehearsal *r)
{
    civil_day last = CIVIL_DAY_NONE;

    for (uint32_t i = 0; i < r->plan_count; i++) {
        const struct roadmap *plan = &r->plans[i].definition->roadmap;
        last = plan->period.to > last ? plan->period.to : last;
        for (uint32_t j = 0; j < plan->item_count; j++) {
            civil_day to = plan->items[j].windows[plan->items[j].window_count - 1].to;
            last = to > last ? to : last;
        }
    }
    return last;
}

/* Noon of the day before, unless another is asked for: the first day may begin earlier elsewhere.
 */
static bool open_engine(struct course *c)
{
    const struct rehearse_options *options = &c->rehearsal->options;
    const struct try_workers none = {0};
    bool given = options->start != CIVIL_DAY_NONE;
    char day[CIVIL_TEXT_MAX];
    char start[CIVIL_TEXT_MAX + 8];
    struct mr_error error;

    civil_print(given ? options->start : first_day(c->rehearsal) - 1, day);
    snprintf(start, sizeof start, "%s%s", day, given ? "T00:00" : "T12:00");
    if (!try_engine_start(&c->engine, start, &none, c->err)) {
        return false;
    }
    c->client = mr_client_create(c->engine.clients, &error);
    return c->client != NULL || error_set(c->err, ERROR_IO, "%s", error.text);
}

static bool deploy(struct course *c)
{
    uint32_t count;
    uint32_t *order = rehearse_plans_order(c->plans, &count);
    bool good = try_ask_deploy(&c->engine, c->client, &c->plans->documents, order, count, c->err);

    free(order);
    return good;
}

static bool start(struct course *c)
{
    for (uint32_t i = 0; i < c->rehearsal->plan_count; i++) {
        struct rehearsed_plan *plan = &c->rehearsal->plans[i];
        plan->instance = try_ask_start(&c->engine, c->client, plan->definition->name, "{}", c->err);
        if (plan->instance == 0) {
            return false;
        }
    }
    return true;
}

/* --- time passes --------------------------------------------------------------------------- */

/* Until the engine has nothing left to do at this moment. */
static bool settle(struct course *c)
{
    for (int i = 0; i < LOOKS_MAX; i++) {
        json_t *look = ask(c, "ADVANCE", json_pack("{sb}", "look", 1), c->err);
        bool quiet = json_is_true(json_object_get(look, "quiet"));
        bool known = dates_parse_moment(field_text(look, "now"), &c->now_ms);
        json_decref(look);
        if (!known || quiet) {
            return known;
        }
    }
    return error_set(c->err, ERROR_TOO_LARGE, _("the plans do not come to an end"));
}

static bool read_journal(struct course *c)
{
    size_t count = 1;

    while (count > 0) {
        json_t *page =
            ask(c, "JOURNAL",
                json_pack("{sI si sb}", "after", (json_int_t)c->seq, "limit", 1000, "brief", 1),
                c->err);
        if (page == NULL) {
            return false;
        }
        const json_t *rows = field_rows(page, &count);
        for (size_t i = 0; i < count; i++) {
            rehearsal_add(c->rehearsal, json_array_get(rows, i));
        }
        if (count > 0) {
            c->seq = (int64_t)field_number(json_array_get(rows, count - 1), "seq");
        }
        count = json_is_null(json_object_get(page, "next")) ? 0 : count;
        json_decref(page);
    }
    return true;
}

/* To what comes next: something due, people, the end. *ret_moved: it is not the end. */
static bool move_clock(struct course *c, bool *ret_moved)
{
    int64_t people_ms = rehearse_people_next(c->rehearsal);
    int64_t until_ms = people_ms < c->end_ms ? people_ms : c->end_ms;
    json_t *answer = ask(c, "ADVANCE", json_pack("{sI}", "until_ms", (json_int_t)until_ms), c->err);

    *ret_moved = json_is_true(json_object_get(answer, "moved")) && c->now_ms < c->end_ms;
    bool good = answer != NULL;
    json_decref(answer);
    return good;
}

static void show_progress(struct course *c)
{
    int64_t days = c->now_ms / DAY_MS - first_day(c->rehearsal);

    days = days < 0 ? 0 : days > (int64_t)c->progress.of ? (int64_t)c->progress.of : days;
    progress_set(&c->progress, (uint64_t)days);
}

static bool pass_time(struct course *c)
{
    bool moved = true;

    for (int i = 0; moved; i++) {
        if (i == MOVES_MAX) {
            return error_set(c->err, ERROR_TOO_LARGE, _("the plans do not come to an end"));
        }
        if (!settle(c) || !read_journal(c)) {
            return false;
        }
        show_progress(c);
        if (!rehearse_people_act(c->rehearsal, c->now_ms, ask, c) && !move_clock(c, &moved)) {
            return false;
        }
    }
    return true;
}

/* --- the end ------------------------------------------------------------------------------- */

/* Letters are not delivered here: they wait, and nobody for them. */
static void keep_stuck(struct course *c, const json_t *why)
{
    const json_t *waiting = json_object_get(why, "waiting");
    const json_t *row;
    size_t i;

    json_array_foreach(waiting, i, row)
    {
        const char *kind = field_text(row, "kind");
        bool known = kind != NULL && (strcmp(kind, "assignment") == 0 ||
                                      strcmp(kind, "decision") == 0 || strcmp(kind, "notice") == 0);
        if (!known) {
            json_array_append_new(
                c->rehearsal->stuck,
                json_pack("{sO sO* sO*}", "instance", json_object_get(why, "instance"), "kind",
                          json_object_get(row, "kind"), "step", json_object_get(row, "step")));
        }
    }
}

/* Does it wait for people, among others? Then it is not stuck. */
static bool has_open_term(const struct rehearsal *r, uint64_t instance)
{
    uint32_t i = instance < r->instance_room ? r->instances[instance].terms : TERM_NONE;

    while (i != TERM_NONE && !term_is_open(&r->terms[i])) {
        i = r->terms[i].next;
    }
    return i != TERM_NONE;
}

static bool look_at(struct course *c, uint64_t instance)
{
    const struct rehearsal *r = c->rehearsal;

    if (instance >= r->instance_room || r->instances[instance].item == NULL ||
        has_open_term(r, instance)) {
        return true;
    }
    json_t *why = ask(c, "WHY", json_pack("{sI}", "instance", (json_int_t)instance), c->err);
    if (why != NULL) {
        keep_stuck(c, why);
    }
    json_decref(why);
    return why != NULL;
}

/* What still waits for something else than people: a service, an event, an operator. */
static bool find_stuck(struct course *c)
{
    json_t *after = NULL;
    bool good = true;

    do {
        json_t *request = json_pack("{ss si}", "state", "running", "limit", 1000);
        size_t count;
        if (after != NULL) {
            json_object_set_new(request, "after", after);
        }
        json_t *page = ask(c, "LIST", request, c->err);
        good = page != NULL;
        const json_t *rows = field_rows(page, &count);
        for (size_t i = 0; good && i < count; i++) {
            good = look_at(c, (uint64_t)field_number(json_array_get(rows, i), "instance"));
        }
        after = json_incref(json_object_get(page, "next"));
        json_decref(page);
    } while (good && after != NULL && !json_is_null(after));
    json_decref(after);
    return good;
}

static bool run(struct course *c)
{
    /* also past --to: what lies there is counted */
    c->end_ms = (last_day(c->rehearsal) + AFTER_DAYS + 1) * DAY_MS;
    return open_engine(c) && deploy(c) && start(c) && pass_time(c) && find_stuck(c);
}

bool rehearse_course_run(struct rehearsal *rehearsal, const struct rehearse_plans *plans,
                         const struct session *session, struct error *err)
{
    struct course c = {.rehearsal = rehearsal, .plans = plans, .err = err};
    int days = last_day(rehearsal) - first_day(rehearsal) + 1;

    progress_begin(&c.progress, session, _("Days rehearsed"), days > 0 ? (uint64_t)days : 1);
    bool good = run(&c);
    progress_end(&c.progress);

    rehearsal_finish(rehearsal);
    mr_client_destroy(c.client);
    try_engine_stop(&c.engine);
    return good;
}

/* rehearse_people.c - simulated people: who reports when, and who accepts
 *
 * Owns:    the moment at which they act: the last minute of a day, after all letters of that day.
 * In:      the terms of a rehearsal.
 * Out:     commands ASSIGNMENT to its engine.
 * Always:  each term is reported once; a refusal is a finding, not a failure.
 * See:     docs/time.md §7
 */
#include "cli/rehearse_people.h"

#include "cli/fields.h"
#include "cli/language.h"
#include "cli/rehearse_term.h"

#include <string.h>

#define LAST_MINUTE (24 * 60 - 1)

/* A term that is over when it is given is reported on that day. */
static int64_t moment_of(const struct rehearsal *r, const struct rehearsed_term *t)
{
    const char *id = term_responsible(t);
    const struct body *body = id != NULL ? catalog_find_body(r->catalog, id) : NULL;
    int32_t late = r->options.people == PEOPLE_LATE ? (int32_t)r->options.late_days : 0;
    civil_day given;
    int minute;

    if (r->options.people == PEOPLE_NOBODY || body == NULL || t->to == CIVIL_DAY_NONE) {
        return INT64_MAX;
    }
    zone_civil(body->zone, t->given_ms, &given, &minute);
    return zone_utc_ms(body->zone, (given > t->to ? given : t->to) + late, LAST_MINUTE);
}

int64_t rehearse_people_next(struct rehearsal *r)
{
    int64_t next = INT64_MAX;

    for (uint32_t i = 0; i < r->term_count; i++) {
        struct rehearsed_term *t = &r->terms[i];
        if (t->acts_ms == INT64_MAX && !t->acted) {
            t->acts_ms = moment_of(r, t);
        }
        next = !t->acted && t->acts_ms < next ? t->acts_ms : next;
    }
    return next;
}

/* --- what they say ------------------------------------------------------------------------- */

/* The words say to every reader that nobody has written them. */
static json_t *report_of(const struct rehearsed_term *t)
{
    const char *expected = field_text(t->given, "result");
    char day[CIVIL_TEXT_MAX];

    civil_print(t->to, day);
    return json_pack("{ss s[{ss ss ss}] ss}", "text", "условный отчёт (репетиция)", "results",
                     "kind", expected != NULL ? expected : "отчёт", "number", "условный", "date",
                     day, "covers", "all");
}

struct act {
    struct rehearsal *rehearsal;
    const struct rehearsed_term *term;
    rehearse_ask_fn *ask;
    void *arg;
};

/* more is taken. */
static bool say(const struct act *act, const char *action, const char *by, json_t *more)
{
    json_t *request =
        json_pack("{ss ss ss}", "task", term_task(act->term), "action", action, "by", by);
    struct error err = ERROR_INIT;

    json_object_update(request, more);
    json_decref(more);
    json_t *answer = act->ask(act->arg, "ASSIGNMENT", request, &err);
    bool good = answer != NULL;
    if (!good) {
        json_array_append_new(act->rehearsal->refusals,
                              json_pack("{ss ss ss ss}", "task", term_task(act->term), "action",
                                        action, "by", by, "text", err.text));
    }
    json_decref(answer);
    return good;
}

static void report_and_accept(const struct act *act)
{
    const char *controller = term_controller(act->term);

    if (say(act, "report", term_responsible(act->term),
            json_pack("{so}", "report", report_of(act->term))) &&
        controller != NULL) {
        say(act, "accept", controller, json_object());
    }
}

bool rehearse_people_act(struct rehearsal *r, int64_t now_ms, rehearse_ask_fn *ask, void *arg)
{
    bool acted = false;

    rehearse_people_next(r);
    for (uint32_t i = 0; i < r->term_count; i++) {
        struct rehearsed_term *t = &r->terms[i];
        if (!t->acted && t->acts_ms <= now_ms) {
            struct act act = {r, t, ask, arg};
            t->acted = true;
            report_and_accept(&act);
            acted = true;
        }
    }
    return acted;
}

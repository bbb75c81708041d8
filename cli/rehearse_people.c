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
#define PARTS_MAX   64 /* bits of what was done */

/* --- when ---------------------------------------------------------------------------------- */

/* A term that is over when it is given is reported on that day. */
static int64_t moment_of(const struct rehearsal *r, const struct rehearsed_term *t, const char *id,
                         civil_day to)
{
    const struct body *body = id != NULL ? catalog_find_body(r->catalog, id) : NULL;
    int32_t late = r->options.people == PEOPLE_LATE ? (int32_t)r->options.late_days : 0;
    civil_day given;
    int minute;

    if (r->options.people == PEOPLE_NOBODY || body == NULL || to == CIVIL_DAY_NONE) {
        return INT64_MAX;
    }
    zone_civil(body->zone, t->given_ms, &given, &minute);
    return zone_utc_ms(body->zone, (given > to ? given : to) + late, LAST_MINUTE);
}

static int64_t moment_of_part(const struct rehearsal *r, const struct rehearsed_term *t,
                              const json_t *part)
{
    const char *to = field_text(part, "to");
    const char *state = field_text(part, "state");
    civil_day day;

    if (state == NULL || strcmp(state, "open") != 0 || to == NULL ||
        !civil_parse(bytes_of(to), &day)) {
        return INT64_MAX;
    }
    return moment_of(r, t, rehearse_body_id(part, "body"), day);
}

/* The first of those who have not acted: co-executors before the responsible body. *ret_part: its
 * index, or -1. */
static int64_t next_of(const struct rehearsal *r, const struct rehearsed_term *t, int *ret_part)
{
    const json_t *parts = json_object_get(t->row, "parts");
    int64_t next = t->acted ? INT64_MAX : moment_of(r, t, term_responsible(t), t->to);

    *ret_part = -1;
    for (int i = 0; i < PARTS_MAX && !t->acted && i < (int)json_array_size(parts); i++) {
        const json_t *part = json_array_get(parts, (size_t)i);
        int64_t moment = (t->parts >> i & 1) != 0 ? INT64_MAX : moment_of_part(r, t, part);
        if (moment < next || (moment == next && moment != INT64_MAX && *ret_part < 0)) {
            next = moment;
            *ret_part = i;
        }
    }
    return next;
}

int64_t rehearse_people_next(struct rehearsal *r)
{
    int64_t next = INT64_MAX;
    int part;

    for (uint32_t i = 0; i < r->term_count; i++) {
        struct rehearsed_term *t = &r->terms[i];
        t->acts_ms = t->acts_ms == 0 ? next_of(r, t, &part) : t->acts_ms;
        next = t->acts_ms < next ? t->acts_ms : next;
    }
    return next;
}

/* --- what they say ------------------------------------------------------------------------- */

struct act {
    struct rehearsal *rehearsal;
    const struct rehearsed_term *term;
    rehearse_ask_fn *ask;
    void *arg;
    int64_t now_ms;
};

/* The day of a document that is signed now, where the body is. */
static void today_text(const struct act *act, char text[CIVIL_TEXT_MAX])
{
    const struct body *body =
        catalog_find_body(act->rehearsal->catalog, term_responsible(act->term));
    civil_day day = act->term->to;
    int minute;

    if (body != NULL) {
        zone_civil(body->zone, act->now_ms, &day, &minute);
    }
    civil_print(day, text);
}

/* As many documents as are expected. The words say to every reader that nobody has written them. */
static json_t *report_of(const struct act *act)
{
    const json_t *expected = json_object_get(act->term->given, "result");
    size_t count = json_is_array(expected) ? json_array_size(expected) : 1;
    json_t *documents = json_array();
    char day[CIVIL_TEXT_MAX];

    today_text(act, day);
    for (size_t i = 0; i < count; i++) {
        const json_t *slot = json_is_array(expected) ? json_array_get(expected, i) : expected;
        const char *kind =
            json_is_object(slot) ? field_text(slot, "kind") : json_string_value(slot);
        json_array_append_new(documents, json_pack("{ss ss ss}", "kind", kind ? kind : "отчёт",
                                                   "number", "условный", "date", day));
    }
    return json_pack("{ss so sb}", "text", "условный отчёт (репетиция)", "documents", documents,
                     "simulated", 1);
}

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

/* Who decides; where anybody may who did not report, who is above. NULL: there is nobody. */
static const char *decider_of(const struct rehearsal *r, const struct rehearsed_term *t)
{
    const char *decider = field_text(t->row, "decider");
    const char *controller = term_controller(t);
    const struct body *body = catalog_find_body(r->catalog, term_responsible(t));

    if (decider != NULL || controller != NULL) {
        return decider != NULL ? decider : controller;
    }
    return body != NULL ? body->parent : NULL;
}

static void report_and_accept(const struct act *act)
{
    const char *decider = decider_of(act->rehearsal, act->term);

    if (say(act, "report", term_responsible(act->term),
            json_pack("{so}", "report", report_of(act))) &&
        decider != NULL) {
        say(act, "accept", decider, json_object());
    }
}

static void report_part(const struct act *act, int part)
{
    const json_t *one = json_array_get(json_object_get(act->term->row, "parts"), (size_t)part);

    say(act, "report", rehearse_body_id(one, "body"),
        json_pack("{s{ss}}", "report", "text", "условный отчёт (репетиция)"));
}

/* One after another, co-executors first. */
static void act_all(struct rehearsed_term *t, const struct act *act, int64_t now_ms)
{
    int part;

    while ((t->acts_ms = next_of(act->rehearsal, t, &part)) <= now_ms) {
        if (part >= 0) {
            t->parts |= UINT64_C(1) << part;
            report_part(act, part);
        } else {
            t->acted = true;
            report_and_accept(act);
        }
    }
}

bool rehearse_people_act(struct rehearsal *r, int64_t now_ms, rehearse_ask_fn *ask, void *arg)
{
    bool acted = false;

    rehearse_people_next(r);
    for (uint32_t i = 0; i < r->term_count; i++) {
        struct rehearsed_term *t = &r->terms[i];
        if (t->acts_ms <= now_ms) {
            act_all(t, &(struct act){r, t, ask, arg, now_ms}, now_ms);
            acted = true;
        }
    }
    return acted;
}

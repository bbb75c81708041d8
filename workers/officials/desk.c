/* desk.c - what a simulated official does about one assignment today
 *
 *   open, a part is owed     on the day of its own plan     the co-executor answers
 *   open, late by its plan   PLAN_ASK_DAYS before the end   some ask for an extension
 *   one is asked for         the next working day           granted, or refused
 *   open, never returned     on the day of its plan         report, with the parts that came
 *   open, returned           PLAN_REWORK_DAYS after that    report again
 *   reported                 1 or 2 days after the report,  accept (in part, where one never
 *                            some a week later still        answered), or return the first one
 *   any, on a weekend        on Monday; but the day of the plan stands
 *   in no plan               as any, but never is no plan of theirs: a workflow waits for it
 *
 * Owns:    this table.
 * In:      sweep.c, a row of ASSIGNMENTS at a time.
 * Out:     the payloads of commands; documents and reasons are invented by paper.c. Pure.
 * Always:  the same row on the same day gives the same commands; what the engine has done already
 *          it refuses as a conflict, so doing it twice does no harm.
 * See:     docs/workers.md §3
 */
#include "workers/officials/desk.h"

#include "base/must.h"
#include "workers/officials/paper.h"

#include <stdio.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *field)
{
    return json_string_value(json_object_get(object, field));
}

static bool read_row(const json_t *value, struct row *row, struct error *err)
{
    const char *reported = text_of(value, "reported");

    *row = (struct row){.task = text_of(value, "task"),
                        .state = text_of(value, "state"),
                        .title = text_of(value, "title"),
                        .result = json_object_get(value, "result"),
                        .in_plan = text_of(value, "plan") != NULL,
                        .responsible = text_of(json_object_get(value, "responsible"), "id"),
                        .controller = text_of(value, "controller"),
                        .decider = text_of(value, "decider"),
                        .co_executors = json_object_get(value, "co_executors"),
                        .parts = json_object_get(value, "parts"),
                        .extension = json_object_get(value, "extension"),
                        .extended = json_array_size(json_object_get(value, "terms")) > 1,
                        .reported = CIVIL_DAY_NONE,
                        .returns = json_integer_value(json_object_get(value, "returns"))};
    if (row->task == NULL || row->state == NULL || row->responsible == NULL ||
        !civil_parse(bytes_of(text_of(value, "from")), &row->from) ||
        !civil_parse(bytes_of(text_of(value, "to")), &row->to) || row->from > row->to ||
        (reported != NULL && !civil_parse(bytes_of(reported), &row->reported))) {
        return error_set(err, ERROR_INVALID,
                         "a row of ASSIGNMENTS is not as docs/protocol.md says");
    }
    return true;
}

/* The first co-executor; NULL when there is none. */
static const char *first_other(const struct row *row)
{
    return json_string_value(json_array_get(row->co_executors, 0));
}

/* Who decides about what the responsible body has written. */
static const char *decider_of(const struct row *row)
{
    const char *by = row->decider ? row->decider : row->controller;

    by = by != NULL ? by : first_other(row);
    return by != NULL ? by : "demonstration"; /* alone with it: somebody of the demonstration */
}

static json_t *add(json_t *commands, const struct row *row, const char *action, const char *by)
{
    json_t *value = json_pack("{ss ss ss}", "task", row->task, "action", action, "by", by);

    must(value != NULL);
    json_array_append_new(commands, value);
    return value;
}

/* --- parts ---------------------------------------------------------------------------------- */

static bool part_is_open(const json_t *part)
{
    const char *state = text_of(part, "state");

    return state != NULL && strcmp(state, "open") == 0;
}

/* Of some assignments one co-executor never answers, however many they have. */
static bool is_silent(const struct habits *habits, const struct row *row, size_t part)
{
    uint64_t lot = plan_draw(habits, row->task, "silent");

    return lot % 100 < habits->never_percent / 2 && lot / 100 % json_array_size(row->parts) == part;
}

/* Each co-executor has a day of its own; what it owes comes a little before the whole is due. */
static bool part_is_due(const struct habits *habits, const struct row *row, const json_t *part,
                        civil_day today)
{
    struct habits own = {.seed = habits->seed};
    char name[256];
    civil_day to = row->to;

    civil_parse(bytes_of(text_of(part, "to")), &to);
    snprintf(name, sizeof name, "%s/%s", row->task, text_of(part, "body"));
    struct plan plan = plan_of(&own, name, row->from, to < row->from ? row->from : to);
    return today >= plan.report_day - PLAN_PART_DAYS;
}

static void answer_parts(const struct habits *habits, const struct row *row, civil_day today,
                         json_t *commands)
{
    for (size_t i = 0; i < json_array_size(row->parts); i++) {
        const json_t *part = json_array_get(row->parts, i);
        const char *body = text_of(part, "body");
        if (body != NULL && part_is_open(part) && !is_silent(habits, row, i) &&
            part_is_due(habits, row, part, today)) {
            json_t *value = add(commands, row, "report", body);
            json_object_set_new(value, "report", paper_part(habits, row, body, today));
        }
    }
}

static bool lacks_parts(const struct row *row)
{
    for (size_t i = 0; i < json_array_size(row->parts); i++) {
        if (part_is_open(json_array_get(row->parts, i))) {
            return true;
        }
    }
    return false;
}

/* --- extensions ----------------------------------------------------------------------------- */

/* The day on which to ask, or the Monday after it: once, whatever the answer is. */
static bool is_day_to_ask(const struct row *row, civil_day today)
{
    civil_day day = row->to - PLAN_ASK_DAYS;

    while (plan_weekend(day)) {
        day++;
    }
    return today == day;
}

/* Half of those who will be late say so in time. */
static void ask(const struct habits *habits, const struct row *row, const struct plan *plan,
                civil_day today, json_t *commands)
{
    char day[CIVIL_TEXT_MAX];
    bool asks = plan_draw(habits, row->task, "extension") % 2 == 0;

    if (plan->punctuality != PLAN_LATE || !asks || row->extended || row->extension != NULL ||
        !is_day_to_ask(row, today)) {
        return;
    }
    json_t *value = add(commands, row, "extend", row->responsible);
    civil_print(plan->report_day, day);
    json_object_set_new(value, "day", json_string(day));
    json_object_set_new(value, "reason", json_string(paper_extension_reason(habits, row)));
}

/* What was asked for today stands in the row of tomorrow: it is answered then. */
static void answer_extension(const struct habits *habits, const struct row *row, json_t *commands)
{
    bool grants = plan_draw(habits, row->task, "grant") % 3 != 0;
    json_t *value = add(commands, row, grants ? "grant" : "refuse", decider_of(row));

    if (!grants) {
        json_object_set_new(value, "reason", json_string(paper_refusal_reason(habits, row)));
    }
}

/* --- the whole ------------------------------------------------------------------------------ */

static void decide_open(const struct habits *habits, const struct row *row, const struct plan *plan,
                        civil_day today, json_t *commands)
{
    civil_day day = plan->report_day;

    if (row->returns > 0) { /* its plan may say never, if a person reported */
        civil_day last = row->reported != CIVIL_DAY_NONE ? row->reported : day;
        day =
            last == CIVIL_DAY_NONE ? today : last + (civil_day)plan->decide_days + PLAN_REWORK_DAYS;
    }
    bool planned = today == plan->report_day && row->returns == 0;
    if (plan_weekend(today) && !planned) {
        return;
    }
    answer_parts(habits, row, today, commands);
    if (day == CIVIL_DAY_NONE || today < day) {
        ask(habits, row, plan, today, commands);
        return;
    }
    json_t *value = add(commands, row, "report", row->responsible);
    json_object_set_new(value, "report", paper_report(habits, row, today));
}

static void decide_reported(const struct habits *habits, const struct row *row,
                            const struct plan *plan, civil_day today, json_t *commands)
{
    const char *by = decider_of(row);

    if (plan_weekend(today) ||
        (row->reported != CIVIL_DAY_NONE && today < row->reported + (civil_day)plan->decide_days)) {
        return;
    }
    if (plan->returns_first && row->returns == 0) {
        json_t *value = add(commands, row, "return", by);
        json_object_set_new(value, "reason", json_string(paper_return_reason(habits, row)));
        return;
    }
    json_t *value = add(commands, row, "accept", by);
    if (lacks_parts(row)) {
        json_object_set_new(value, "in_part", json_true());
        json_object_set_new(value, "reason", json_string(PAPER_IN_PART));
    }
}

/* The term moves with an extension, the plan does not: it was made for the first term. */
static struct plan plan_for(const struct habits *habits, const struct row *row,
                            const json_t *row_json)
{
    struct habits own = *habits;
    civil_day to = row->to;

    if (!row->in_plan) { /* a workflow would wait for ever */
        own.never_percent = 0;
    }
    civil_parse(bytes_of(text_of(row_json, "first_to")), &to);
    return plan_of(&own, row->task, row->from, to < row->from ? row->from : to);
}

json_t *desk_commands(const struct habits *habits, const json_t *row_json, civil_day today,
                      struct error *err)
{
    json_t *commands = json_array();
    struct row row;

    if (!read_row(row_json, &row, err)) {
        return commands;
    }
    struct plan plan = plan_for(habits, &row, row_json);
    if (row.extension != NULL && !plan_weekend(today)) {
        answer_extension(habits, &row, commands);
    }
    if (strcmp(row.state, "open") == 0) {
        decide_open(habits, &row, &plan, today, commands);
    } else if (strcmp(row.state, "reported") == 0) {
        decide_reported(habits, &row, &plan, today, commands);
    }
    return commands; /* planned: it has not begun */
}

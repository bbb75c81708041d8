/* desk.c - what a simulated official does about one assignment today
 *
 *   open, never returned   on the day of its plan         report
 *   open, returned         PLAN_REWORK_DAYS after that    report again
 *   reported               1 or 2 days after the report   accept, or return the first one
 *   any, on a weekend      on Monday; but the day of the plan stands
 *   in no plan             as any, but never is no plan of theirs: a workflow waits for it
 *
 * Owns:    this table, the invented documents and the reasons.
 * In:      sweep.c, a row of ASSIGNMENTS at a time.
 * Out:     the payload of a command. Pure.
 * Always:  the same row on the same day gives the same command; what the engine has done already
 *          it refuses as a conflict, so doing it twice does no harm.
 * See:     docs/workers.md §3
 */
#include "workers/officials/desk.h"

#include "base/must.h"

#include <stdio.h>
#include <string.h>

struct row {
    const char *task;
    const char *state;
    const char *title;
    const char *result;      /* the document that is expected; NULL: any */
    bool in_plan;            /* else something may wait for it */
    const char *responsible; /* body ids */
    const char *controller;  /* NULL: none */
    const json_t *co_executors;
    civil_day from;
    civil_day to;
    civil_day reported; /* the last report; CIVIL_DAY_NONE */
    json_int_t returns;
};

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
                        .result = text_of(value, "result"),
                        .in_plan = text_of(value, "plan") != NULL,
                        .responsible = text_of(json_object_get(value, "responsible"), "id"),
                        .controller = text_of(value, "controller"),
                        .co_executors = json_object_get(value, "co_executors"),
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

/* The first co-executor that is not this body; NULL when there is none. */
static const char *other_than(const struct row *row, const char *body)
{
    for (size_t i = 0; i < json_array_size(row->co_executors); i++) {
        const char *id = json_string_value(json_array_get(row->co_executors, i));
        if (id != NULL && strcmp(id, body) != 0) {
            return id;
        }
    }
    return NULL;
}

/* Nobody decides about their own report: where the controller is responsible itself, somebody else
 * of those who do the work reports to it. */
static const char *reporter_of(const struct row *row)
{
    bool own = row->controller != NULL && strcmp(row->controller, row->responsible) == 0;
    const char *other = own ? other_than(row, row->responsible) : NULL;

    return other != NULL ? other : row->responsible;
}

/* Only orders are numbered with «-р»; reports belong to a year; the rest is just counted. */
static void print_number(const char *kind, unsigned count, civil_day today, char *buf, size_t size)
{
    if (strcmp(kind, "распоряжение") == 0) {
        snprintf(buf, size, "%u-р", count);
    } else if (strcmp(kind, "отчёт") == 0) {
        snprintf(buf, size, "%u/%d-отчёт", count, civil_of_day(today).year);
    } else {
        snprintf(buf, size, "%u", count);
    }
}

static json_t *report_of(const struct habits *habits, const struct row *row, civil_day today)
{
    static const char *const kinds[] = {"отчёт",    "приказ",  "распоряжение",
                                        "протокол", "справка", "план"};
    uint64_t draw = plan_draw(habits, row->task, "document");
    const char *kind = row->result != NULL && *row->result != '\0'
                           ? row->result
                           : kinds[draw % (sizeof kinds / sizeof *kinds)];
    char number[48];
    char date[CIVIL_TEXT_MAX];
    struct buffer text = BUFFER_INIT;

    print_number(kind, 1 + (unsigned)(draw / 8 % 400), today, number, sizeof number);
    civil_print(today, date);
    buffer_text(&text, "Поручение исполнено");
    if (row->title != NULL) {
        buffer_text(&text, ": ");
        buffer_text(&text, row->title);
    }
    buffer_text(&text, row->returns > 0 ? ". Замечания устранены. " : ". ");
    buffer_text(&text, DESK_MARK);
    json_t *report = json_pack("{ss ss ss ss% sb}", "kind", kind, "number", number, "date", date,
                               "text", (const char *)text.data, text.size, "simulated", 1);
    must(report != NULL);
    buffer_fini(&text);
    return report;
}

static json_t *command(const struct row *row, const char *action, const char *by)
{
    json_t *value = json_pack("{ss ss ss}", "task", row->task, "action", action, "by", by);

    must(value != NULL);
    return value;
}

static json_t *decide_open(const struct habits *habits, const struct row *row,
                           const struct plan *plan, civil_day today)
{
    civil_day day = plan->report_day;

    if (row->returns > 0) { /* its plan may say never, if a person reported */
        civil_day last = row->reported != CIVIL_DAY_NONE ? row->reported : day;
        day =
            last == CIVIL_DAY_NONE ? today : last + (civil_day)plan->decide_days + PLAN_REWORK_DAYS;
    }
    bool planned = today == plan->report_day && row->returns == 0;
    if (day == CIVIL_DAY_NONE || today < day || (plan_weekend(today) && !planned)) {
        return NULL;
    }
    json_t *value = command(row, "report", reporter_of(row));
    json_object_set_new(value, "report", report_of(habits, row, today));
    return value;
}

static json_t *decide_reported(const struct habits *habits, const struct row *row,
                               const struct plan *plan, civil_day today)
{
    static const char *const reasons[] = {"Не приложен подтверждающий документ (демонстрация).",
                                          "В отчёте нет сведений от соисполнителей (демонстрация).",
                                          "Не указаны реквизиты документа (демонстрация)."};
    const char *reporter = reporter_of(row);
    const char *by = row->controller ? row->controller : other_than(row, reporter);

    if (plan_weekend(today)) {
        return NULL;
    }
    if (row->reported != CIVIL_DAY_NONE && today < row->reported + (civil_day)plan->decide_days) {
        return NULL;
    }
    if (by == NULL) { /* alone with it: somebody of the demonstration decides */
        by = "demonstration";
    }
    if (!plan->returns_first || row->returns > 0) {
        return command(row, "accept", by);
    }
    json_t *value = command(row, "return", by);
    uint64_t draw = plan_draw(habits, row->task, "reason");
    json_object_set_new(value, "reason", json_string(reasons[draw % 3]));
    return value;
}

json_t *desk_command(const struct habits *habits, const json_t *row_json, civil_day today,
                     struct error *err)
{
    struct row row;

    if (!read_row(row_json, &row, err)) {
        return NULL;
    }
    struct habits own = *habits;
    if (!row.in_plan) { /* a workflow would wait for ever */
        own.never_percent = 0;
    }
    struct plan plan = plan_of(&own, row.task, row.from, row.to);
    if (strcmp(row.state, "open") == 0) {
        return decide_open(habits, &row, &plan, today);
    }
    if (strcmp(row.state, "reported") == 0) {
        return decide_reported(habits, &row, &plan, today);
    }
    return NULL; /* planned: it has not begun */
}

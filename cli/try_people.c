/* try_people.c - people of a try: what they report, who answers, who accepts
 *
 * Owns:    the papers of simulated people, and who acts where a command names nobody.
 * In:      rows of ASSIGNMENTS; commands of a course file.
 * Out:     commands ASSIGNMENT to the engine of the try.
 * Always:  their papers say that nobody has written them; nobody decides about their own report.
 * See:     docs/cli.md, try; docs/states.md §3
 */
#include "cli/try_people.h"

#include "cli/fields.h"
#include "cli/language.h"
#include "cli/try_command.h"

#include <string.h>

#define NOBODY "условный исполнитель" /* decides where no body is named for it */
#define PAPER  "условный"             /* the number of every document */
#define REASON "marshrut try"         /* when the command has none */

/* --- who ------------------------------------------------------------------------------------- */

static const char *body_id(const json_t *row, const char *field)
{
    const json_t *body = json_object_get(row, field);

    return json_is_object(body) ? json_string_value(json_object_get(body, "id"))
                                : json_string_value(body);
}

/* Who may decide about what the responsible body has done; anybody else, where nobody is named. */
static const char *decider_of(const json_t *row)
{
    const char *decider = body_id(row, "decider");

    return decider != NULL ? decider : NOBODY;
}

static const char *actor_of(const json_t *row, const char *action)
{
    static const char *const own[] = {"report", "extend", "delegate"};

    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        if (strcmp(own[i], action) == 0) {
            return body_id(row, "responsible");
        }
    }
    return decider_of(row);
}

/* --- papers ---------------------------------------------------------------------------------- */

static json_t *paper(const json_t *expected, const char *today)
{
    const char *kind =
        json_is_object(expected) ? field_text(expected, "kind") : json_string_value(expected);

    return json_pack("{ss ss ss}", "kind", kind != NULL && *kind ? kind : "отчёт", "number", PAPER,
                     "date", today);
}

/* One for each document that is expected; one at all where none is. */
static json_t *papers(const json_t *row, const char *today)
{
    const json_t *expected = json_object_get(row, "result");
    size_t count = json_is_array(expected) ? json_array_size(expected) : 1;
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        json_array_append_new(
            list, paper(json_is_array(expected) ? json_array_get(expected, i) : expected, today));
    }
    return list;
}

/* That of a mock, or a plain one; with the documents, unless the mock says which. */
static json_t *report_of(struct attempt *a, const json_t *row, const char *today)
{
    struct try_mock *mock = try_mocks_find(&a->mocks, "assignment");
    json_t *answer = mock != NULL ? try_mock_answer(mock, row) : NULL;
    json_t *report = json_incref(json_object_get(answer, "output"));

    json_decref(answer);
    if (mock == NULL) {
        report = json_pack("{ss}", "text", "условный отчёт");
    } else if (!json_is_object(report)) {
        report = json_pack("{so}", "report", report != NULL ? report : json_null());
    } else {
        json_t *own = json_copy(report);
        json_decref(report);
        report = own;
    }
    if (json_object_get(report, "kind") == NULL && json_object_get(report, "documents") == NULL) {
        json_object_set_new(report, "documents", papers(row, today));
    }
    json_object_set_new(report, "simulated", json_true()); /* a form may ask for more */
    return report;
}

/* --- acting ---------------------------------------------------------------------------------- */

/* more is taken; may be NULL. false with a->err. */
static bool act(struct attempt *a, const json_t *row, const char *action, const char *by,
                json_t *more)
{
    json_t *request = json_pack("{sO ss ss}", "task", json_object_get(row, "task"), "action",
                                action, "by", by != NULL ? by : NOBODY);

    json_object_update(request, more);
    json_decref(more);
    json_t *answer = try_ask(a, "ASSIGNMENT", request);
    bool good = answer != NULL;
    json_decref(answer);
    return good;
}

static bool answer_parts(struct attempt *a, const json_t *row)
{
    const json_t *missing = json_object_get(row, "missing");

    for (size_t i = 0; i < json_array_size(missing); i++) {
        json_t *answer = json_pack("{s{ss}}", "report", "text", "условный ответ соисполнителя");
        if (!act(a, row, "report", json_string_value(json_array_get(missing, i)), answer)) {
            return false;
        }
    }
    return true;
}

static json_t *today_of(struct attempt *a)
{
    json_t *stats = try_ask(a, "STATS", json_object());
    json_t *today = json_incref(json_object_get(stats, "today"));

    json_decref(stats);
    return today;
}

static bool report(struct attempt *a, const json_t *row)
{
    json_t *today = today_of(a);
    bool good = today != NULL &&
                act(a, row, "report", body_id(row, "responsible"),
                    json_pack("{so}", "report", report_of(a, row, json_string_value(today))));

    json_decref(today);
    return good;
}

/* Who decides may be another body by then: a deputy, or one above who reported. */
static json_t *row_again(struct attempt *a, const json_t *row)
{
    json_t *answer = try_ask(a, "ASSIGNMENTS", json_pack("{ss}", "state", "reported"));
    const char *task = field_text(row, "task");
    json_t *found = NULL;
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; found == NULL && i < count; i++) {
        json_t *one = json_array_get(rows, i);
        found = strcmp(field_text(one, "task"), task) == 0 ? json_incref(one) : NULL;
    }
    json_decref(answer);
    return found;
}

static bool finish_one(struct attempt *a, const json_t *row)
{
    if (!answer_parts(a, row) ||
        (strcmp(field_text(row, "state"), "reported") != 0 && !report(a, row))) {
        return false;
    }
    json_t *now = row_again(a, row);
    bool good = now == NULL || act(a, now, "accept", decider_of(now), NULL);
    json_decref(now);
    return good;
}

/* Paused and delegated ones wait for somebody else. */
static bool is_to_do(const json_t *row)
{
    static const char *const states[] = {"planned", "open", "reported"};
    const char *state = field_text(row, "state");

    for (size_t i = 0; state != NULL && i < sizeof states / sizeof states[0]; i++) {
        if (strcmp(states[i], state) == 0) {
            return true;
        }
    }
    return false;
}

bool try_people_act(struct attempt *a)
{
    json_t *answer = try_ask(a, "ASSIGNMENTS", json_pack("{sb}", "open", 1));
    bool acted = false;
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count && a->err.code == ERROR_NONE; i++) {
        const json_t *row = json_array_get(rows, i);
        if (is_to_do(row) && !try_command_is_awaited(a, field_text(row, "task"))) {
            acted = true;
            finish_one(a, row);
        }
    }
    json_decref(answer);
    return acted;
}

/* --- a command of a course file -------------------------------------------------------------- */

static json_t *row_of(struct attempt *a, const char *task)
{
    json_t *answer = try_ask(a, "ASSIGNMENTS", json_pack("{sb}", "open", 1));
    json_t *found = NULL;
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; found == NULL && i < count; i++) {
        json_t *row = json_array_get(rows, i);
        found = strcmp(field_text(row, "task"), task) == 0 ? json_incref(row) : NULL;
    }
    json_decref(answer);
    if (found == NULL && a->err.code == ERROR_NONE) {
        error_set(&a->err, ERROR_INVALID, _("the open step is no assignment that was given"));
    }
    return found;
}

/* What the file has said; what it leaves out and can't be left out. */
static json_t *details(struct attempt *a, const json_t *row, const json_t *command,
                       const char *action)
{
    static const char *const members[] = {"reason", "to", "day", "in_part", "pause", "report"};
    static const char *const plain[] = {"report", "accept", "grant", "resume", "delegate"};
    json_t *more = json_object();
    bool needs_reason = true;

    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        needs_reason &= strcmp(plain[i], action) != 0;
    }
    if (needs_reason) {
        json_object_set_new(more, "reason", json_string(REASON));
    }
    if (strcmp(action, "report") == 0 && json_object_get(command, "report") == NULL) {
        json_t *today = today_of(a);
        json_object_set_new(more, "report", report_of(a, row, json_string_value(today)));
        json_decref(today);
    }
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        json_t *member = json_object_get(command, members[i]);
        if (member != NULL) {
            json_object_set(more, members[i], member);
        }
    }
    return more;
}

bool try_people_command(struct attempt *a, const json_t *command)
{
    const char *action = field_text(command, "assignment");
    const char *by = field_text(command, "by");
    json_t *task = try_command_task(a, command);
    json_t *row = task != NULL ? row_of(a, json_string_value(task)) : NULL;
    bool good = row != NULL && act(a, row, action, by != NULL ? by : actor_of(row, action),
                                   details(a, row, command, action));

    json_decref(row);
    json_decref(task);
    return good;
}

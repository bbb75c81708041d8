/* assignment.c - `marshrut assignment`: the list of assignments, and what people do with one
 *
 * Owns:    the second word: list, report, accept, return, withdraw.
 * In:      the verbs ASSIGNMENTS and ASSIGNMENT (docs/protocol.md §3.5, §3.6).
 * Out:     a table, or one sentence.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/input.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/suggest.h"
#include "cli/table.h"

#include <stdlib.h>
#include <string.h>

/* --- list --------------------------------------------------------------------------------- */

static const char *state_of(const json_t *row)
{
    const char *state = field_text(row, "state");
    const char *phase = field_text(row, "phase");

    /* an open one is better known by how near its term is */
    if (state != NULL && phase != NULL && strcmp(state, "open") == 0) {
        return word_phase(phase);
    }
    return word_assignment_state(state);
}

static void add_row(struct table *table, const json_t *row)
{
    char from[DATES_TEXT_MAX];
    char to[DATES_TEXT_MAX];
    const char *cells[] = {field_text(row, "task"),
                           field_text(row, "plan"),
                           field_text(row, "no"),
                           state_of(row),
                           from,
                           to,
                           field_body(row, "responsible"),
                           field_text(row, "title")};

    dates_short_of(field_text(row, "from"), from);
    dates_short_of(field_text(row, "to"), to);
    table_add(table, cells);
}

static void print_list(const struct session *session, const json_t *answer)
{
    const struct column columns[] = {
        {.heading = _("Task")},
        {.heading = _("Plan")},
        {.heading = _("Item")},
        {.heading = _("State")},
        {.heading = _("From")},
        {.heading = _("Due")},
        {.heading = _("Responsible"), .flexible = true},
        {.heading = _("Title"), .flexible = true},
    };
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count; i++) {
        add_row(table, json_array_get(rows, i));
    }
    table_print(table, &session->out);
    table_destroy(table);
    pages_say_more(session, answer);
}

static enum exit_code list(struct session *session, const struct arguments *arguments)
{
    static const char *const states[] = {"planned",  "open",      "reported",
                                         "accepted", "withdrawn", NULL};
    static const char *const fields[] = {"state", "body", NULL};
    struct error err;
    json_t *answer;
    json_t *request = pages_word(arguments, "state", states, &err)
                          ? pages_request(arguments, fields, &err)
                          : NULL;

    if (request == NULL) {
        return session_usage(session, &err);
    }
    if (arguments_has(arguments, "open") || arguments_has(arguments, "closed")) {
        json_object_set_new(request, "open", json_boolean(arguments_has(arguments, "open")));
    }
    enum exit_code code = session_ask(session, "ASSIGNMENTS", request, &answer);
    if (answer != NULL && pages_has_rows(session, answer, _("There are no such assignments."))) {
        print_list(session, answer);
    }
    json_decref(answer);
    return code;
}

/* --- actions ------------------------------------------------------------------------------ */

struct action {
    const char *word;
    bool needs_reason;
    bool takes_report;
    const char *done; /* N_(): the task follows */
};

static const struct action actions[] = {
    {"report", false, true, N_("The report is taken on assignment")},
    {"accept", false, false, N_("The report is accepted on assignment")},
    {"return", true, false, N_("The report is returned for rework on assignment")},
    {"withdraw", true, false, N_("Withdrawn: assignment")},
};

static bool make_report(const struct arguments *arguments, json_t **ret_report, struct error *err)
{
    static const char *const fields[] = {"kind", "number", "date", "text", "link"};
    const char *path = arguments_get(arguments, "report");
    json_t *report = NULL;

    if (path != NULL && !input_read_json(path, &report, err)) {
        return false;
    }
    if (report == NULL) {
        report = json_object();
    }
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *value = arguments_get(arguments, fields[i]);
        civil_day day;
        if (value != NULL && strcmp(fields[i], "date") == 0 &&
            !civil_parse(bytes_of(value), &day)) {
            json_decref(report);
            return error_set(err, ERROR_INVALID, _("--date must be a date like 2023-08-15"));
        }
        if (value != NULL) {
            json_object_set_new(report, fields[i], json_string(value));
        }
    }
    if (json_object_size(report) == 0 ||
        (path == NULL && json_object_size(report) == 1 && arguments_has(arguments, "date"))) {
        json_decref(report);
        return error_set(
            err, ERROR_INVALID,
            _("a report needs --text, a document (--kind, --number, --date, --link) or "
              "--report FILE"));
    }
    *ret_report = report;
    return true;
}

static bool make_request(const struct action *action, const struct arguments *arguments,
                         json_t **ret_request, struct error *err)
{
    const char *by = arguments_get(arguments, "by");
    const char *reason = arguments_get(arguments, "reason");
    json_t *report = NULL;

    if (arguments->count < 2) {
        return error_set(err, ERROR_INVALID, _("which assignment? Its task is needed, like 17.1"));
    }
    if (!session_task(arguments->positional[1], err)) {
        return false;
    }
    if (by == NULL) {
        return error_set(err, ERROR_INVALID, _("who does it? --by BODY is needed"));
    }
    if (action->needs_reason && (reason == NULL || reason[0] == '\0')) {
        return error_set(err, ERROR_INVALID, _("a reason is needed: --reason TEXT"));
    }
    if (action->takes_report && !make_report(arguments, &report, err)) {
        return false;
    }
    *ret_request = json_pack("{ss ss ss ss* so*}", "task", arguments->positional[1], "action",
                             action->word, "by", by, "reason", reason, "report", report);
    return true;
}

static enum exit_code act(struct session *session, const struct action *action,
                          const struct arguments *arguments)
{
    struct error err;
    json_t *request = NULL;
    json_t *answer;

    if (!make_request(action, arguments, &request, &err)) {
        return session_usage(session, &err);
    }
    enum exit_code code = session_ask(session, "ASSIGNMENT", request, &answer);
    if (answer != NULL) {
        fprintf(session->out.file, "%s %s\n", _(action->done), arguments->positional[1]);
    }
    json_decref(answer);
    return code;
}

static enum exit_code unknown_action(const struct session *session, const char *word)
{
    const char *near = NULL;
    size_t best = SIZE_MAX;
    struct error err;

    near = suggest_nearer(word, "list", &best) ? "list" : NULL;
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (suggest_nearer(word, actions[i].word, &best)) {
            near = actions[i].word;
        }
    }
    if (near != NULL) {
        error_set(&err, ERROR_INVALID, _("assignment cannot \"%s\"; did you mean \"%s\"?"), word,
                  near);
    } else {
        error_set(&err, ERROR_INVALID,
                  _("assignment cannot \"%s\"; it can list, report, accept, return, withdraw"),
                  word);
    }
    return session_usage(session, &err);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    const char *word = arguments->positional[0];

    if (strcmp(word, "list") == 0) {
        return list(session, arguments);
    }
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(word, actions[i].word) == 0) {
            return act(session, &actions[i], arguments);
        }
    }
    return unknown_action(session, word);
}

static const struct option options[] = {
    {"by", N_("BODY"), N_("who does it: the id of a body")},
    {"reason", N_("TEXT"), N_("why it is returned or withdrawn")},
    {"report", N_("FILE"), N_("the report as a JSON object; - is standard input")},
    {"kind", N_("TEXT"), N_("report: what document it is: a report, an order, a plan")},
    {"number", N_("TEXT"), N_("report: its number")},
    {"date", N_("DATE"), N_("report: its date, like 2023-08-15")},
    {"text", N_("TEXT"), N_("report: what was done")},
    {"link", N_("URL"), N_("report: where the document is")},
    {"state", N_("STATE"), N_("list: planned, open, reported, accepted or withdrawn")},
    {"body", N_("BODY"), N_("list: only where this body is responsible or co-executor")},
    {"open", NULL, N_("list: only those that are not over")},
    {"closed", NULL, N_("list: only those that are over")},
    PAGES_OPTIONS,
    {NULL, NULL, NULL},
};

const struct command command_assignment = {
    .name = "assignment",
    .words = N_("list | report TASK | accept TASK | return TASK | withdraw TASK"),
    .summary = N_("assignments: list them; report, accept, return, withdraw one"),
    .examples = "marshrut assignment list --open --body kopo_lo\n"
                "marshrut assignment report 4.1 --by kopo_lo --kind приказ --number 12-р --date "
                "2023-02-20\n"
                "marshrut assignment return 4.1 --by kopo_lo_pervyj_zam_predsedatelya --reason "
                "\"нет приложения\"\n"
                "marshrut assignment accept 4.1 --by kopo_lo_pervyj_zam_predsedatelya",
    .options = options,
    .words_min = 1,
    .words_max = 2,
    .run = run,
};

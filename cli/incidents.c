/* incidents.c - `marshrut incidents`: tasks that wait for an operator
 *
 * Owns:    the columns of the list of incidents, and the ways out it names.
 * In:      the verb INCIDENTS (docs/protocol.md §3.6).
 * Out:     a table.
 */
#include "cli/incidents.h"

#include "base/must.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/refusal.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

/* The step; of a letter to whom it goes and about what: «письмо: Тарский район, п. 1.3». */
static char *step_of(const json_t *row)
{
    const json_t *letter = json_object_get(row, "input");
    const char *kind = field_text(row, "kind");
    const char *step = field_step(row);
    const char *to = field_body(letter, "to");
    const char *no = field_text(json_object_get(letter, "assignment"), "no");
    struct buffer out = BUFFER_INIT;

    if (kind == NULL || strcmp(kind, "notice") != 0 || to == NULL) {
        return xstrdup(step != NULL ? step : "—");
    }
    text_put(&out, _("letter: %s"), to);
    if (no != NULL) {
        buffer_text(&out, ", ");
        text_put(&out, _("item %s"), no);
    }
    return text_take(&out);
}

static void add_row(const struct session *session, struct table *table, const json_t *row)
{
    const json_t *problem = json_object_get(row, "problem");
    const char *title = field_text(problem, "title");
    char *detail = refusal_sentence(problem);
    struct buffer out = BUFFER_INIT;
    char since[DATES_TEXT_MAX];

    text_put(&out, "%s%s%s", title ? title : "—", detail ? ": " : "", detail ? detail : "");
    char *cause = text_take(&out);
    free(detail);
    char *attempt = field_printed(row, "attempt");
    char *step = step_of(row);
    const char *cells[] = {field_text(row, "task"),
                           field_text(row, "definition_title"),
                           step,
                           field_text(row, "service"),
                           attempt,
                           since,
                           cause};
    dates_moment_short(session->zone, field_text(row, "since"), since);
    table_add(table, cells);
    free(step);
    free(attempt);
    free(cause);
}

struct table *incidents_table(const struct session *session, const json_t *rows)
{
    const struct column columns[] = {
        {.heading = _("Task")},
        {.heading = _("Definition")},
        {.heading = _("Step"), .flexible = true},
        {.heading = _("Service")},
        {.heading = _("Attempt"), .right = true},
        {.heading = _("Since")},
        {.heading = _("Cause"), .flexible = true, .wraps = true},
    };
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);

    for (size_t i = 0; i < json_array_size(rows); i++) {
        add_row(session, table, json_array_get(rows, i));
    }
    return table;
}

static void print(const struct session *session, const json_t *answer)
{
    struct table *table = incidents_table(session, json_object_get(answer, "rows"));

    table_print(table, &session->out);
    table_destroy(table);
    pages_say_more(session, answer);
    fputs(_("Ways out: marshrut retry TASK, marshrut skip TASK --reason TEXT, marshrut cancel ID "
            "--reason TEXT\n"),
          session->out.file);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    static const char *const fields[] = {"definition", "service", NULL};
    struct error err;
    json_t *answer;
    json_t *request = pages_request(arguments, fields, &err);

    if (request == NULL) {
        return session_usage(session, &err);
    }
    enum exit_code code = session_ask(session, "INCIDENTS", request, &answer);
    if (answer != NULL &&
        pages_has_rows(session, answer,
                       _("There are no incidents: nothing waits for an operator."))) {
        print(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"definition", N_("NAME"), N_("only of this plan or workflow")},
    {"service", N_("SERVICE"), N_("only those that this service should have done")},
    PAGES_OPTIONS,
    {NULL, NULL, NULL},
};

const struct command command_incidents = {
    .name = "incidents",
    .words = "",
    .summary = N_("tasks that failed and wait for an operator"),
    .examples = "marshrut incidents\n"
                "marshrut incidents --service mail",
    .options = options,
    .run = run,
};

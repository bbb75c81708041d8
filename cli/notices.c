/* notices.c - `marshrut notices`: who was told what, and why
 *
 * Owns:    the columns of notices.
 * In:      the verb NOTICES (docs/protocol.md §3.6).
 * Out:     a table, newest first.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/table.h"
#include "cli/text.h"
#include "cli/why_told.h"

#include <stdlib.h>
#include <string.h>

/* When its letter left, or will; of one that was untrue before, when it was decided. */
static const char *moment_of(const json_t *row)
{
    const char *at = field_text(row, "at");

    return at != NULL ? at : field_text(row, "time");
}

static const char *state_of(const json_t *row)
{
    const char *state = field_text(row, "state");

    return state != NULL && strcmp(state, "waits") == 0     ? language_word(N_("notice|waits"))
           : state != NULL && strcmp(state, "dropped") == 0 ? language_word(N_("notice|dropped"))
                                                            : language_word(N_("notice|sent"));
}

/* Of a deputy also for whom. */
static char *recipient_of(const json_t *row)
{
    const char *to = field_body(row, "to");
    const char *absent = field_body(row, "for");
    struct buffer out = BUFFER_INIT;

    buffer_text(&out, to != NULL ? to : "—");
    if (absent != NULL) {
        text_put(&out, _(" (in the place of: %s)"), absent);
    }
    return text_take(&out);
}

static char *what_of(const json_t *row)
{
    struct buffer out = BUFFER_INIT;

    why_told_put(row, &out);
    return text_take(&out);
}

static void add_row(const struct session *session, struct table *table, const json_t *row)
{
    const json_t *assignment = json_object_get(row, "assignment");
    const char *no = field_text(assignment, "no");
    char *to = recipient_of(row);
    char *what = what_of(row);
    char when[DATES_TEXT_MAX];
    const char *cells[] = {when,
                           state_of(row),
                           to,
                           field_text(row, "task"),
                           no != NULL ? no : "",
                           field_text(assignment, "title"),
                           what};

    dates_moment_short(session->zone, moment_of(row), when);
    table_add(table, cells);
    free(what);
    free(to);
}

static void print(const struct session *session, const json_t *answer)
{
    const struct column columns[] = {{.heading = _("When")},
                                     {.heading = _("Letter")},
                                     {.heading = _("To whom"), .flexible = true},
                                     {.heading = _("Task")},
                                     {.heading = _("Item")},
                                     {.heading = _("Title"), .flexible = true},
                                     {.heading = _("About what"), .flexible = true, .wraps = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count; i++) {
        add_row(session, table, json_array_get(rows, i));
    }
    table_print(table, &session->out);
    table_destroy(table);
    pages_say_more(session, answer);
}

/* Here both are numbers. */
static bool set_number(const struct arguments *arguments, const char *name, json_t *request,
                       struct error *err)
{
    uint64_t number = 0;

    if (!arguments_number(arguments, name, 1, INT64_MAX, &number, err)) {
        return false;
    }
    if (number > 0) {
        json_object_set_new(request, name, json_integer((json_int_t)number));
    }
    return true;
}

static json_t *request_of(const struct arguments *arguments, struct error *err)
{
    static const char *const fields[] = {"body", "from", "to", NULL};
    json_t *request = pages_request(arguments, fields, err);

    if (request != NULL && (!set_number(arguments, "instance", request, err) ||
                            !set_number(arguments, "after", request, err))) {
        json_decref(request);
        request = NULL;
    }
    return request;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct error err;
    json_t *answer;
    json_t *request = request_of(arguments, &err);

    if (request == NULL) {
        return session_usage(session, &err);
    }
    enum exit_code code = session_ask(session, "NOTICES", request, &answer);
    if (answer != NULL &&
        pages_has_rows(session, answer, _("Nobody was told anything of the kind."))) {
        print(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"body", N_("BODY"), N_("only what this body was told")},
    {"instance", N_("ID"), N_("only about this instance")},
    {"from", N_("DATE"), N_("told on this day or later")},
    {"to", N_("DATE"), N_("told on this day or earlier")},
    PAGES_OPTIONS,
    {NULL, NULL, NULL},
};

const struct command command_notices = {
    .name = "notices",
    .words = "",
    .summary = N_("who was told what of which assignment, and why; newest first"),
    .more = N_("A letter that waits leaves at the time that is shown; one that was dropped was no "
               "longer true when it would have left."),
    .examples = "marshrut notices\n"
                "marshrut notices --body kopo_lo --from 2023-02-01 --to 2023-02-28\n"
                "marshrut notices --instance 17",
    .options = options,
    .run = run,
};

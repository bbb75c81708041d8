/* discipline.c - `marshrut discipline`: how terms were kept in a period
 *
 * Owns:    the columns of the report.
 * In:      the verb DISCIPLINE (docs/protocol.md §3.6), which also says the formula.
 * Out:     a table with a row for all at its end, and what the shares are of.
 */
#include "base/must.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/table.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const fields[] = {"total",        "met",  "met_late",     "met_after_extension",
                                     "in_part",      "open", "open_overdue", "withdrawn",
                                     "share_on_time"};
#define FIELDS (sizeof fields / sizeof *fields)

/* "50.0 %"; of nothing: NULL. */
static char *share_of(const json_t *row, const char *field)
{
    const json_t *value = json_object_get(row, field);
    struct buffer out = BUFFER_INIT;

    if (!json_is_number(value)) {
        return NULL;
    }
    int tenths = (int)(json_number_value(value) * 10 + 0.5);
    text_put(&out, _("%d.%d %%"), tenths / 10, tenths % 10);
    return text_take(&out);
}

static void add_row(struct table *table, const json_t *row, const char *name)
{
    const char *cells[FIELDS + 1] = {name};
    char *printed[FIELDS];

    for (size_t i = 0; i < FIELDS; i++) {
        bool share = strcmp(fields[i], "share_on_time") == 0;
        printed[i] = share ? share_of(row, fields[i]) : field_printed(row, fields[i]);
        cells[1 + i] = printed[i];
    }
    table_add(table, cells);
    for (size_t i = 0; i < FIELDS; i++) {
        free(printed[i]);
    }
}

/* NULL: in no plan. */
static const char *name_of(const json_t *row)
{
    const char *name = field_text(row, "short");

    name = name != NULL ? name : field_text(row, "name");
    return name != NULL && name[0] != '\0' ? name : NULL;
}

static struct table *make_table(const char *by)
{
    const char *what = by != NULL && strcmp(by, "plan") == 0      ? _("Plan")
                       : by != NULL && strcmp(by, "section") == 0 ? _("Section")
                       : by != NULL && strcmp(by, "month") == 0   ? _("Month")
                                                                  : _("Body");
    const struct column columns[FIELDS + 1] = {
        {.heading = what, .flexible = true},
        {.heading = language_word(N_("column|All")), .right = true},
        {.heading = language_word(N_("column|On time")), .right = true},
        {.heading = language_word(N_("column|Late")), .right = true},
        {.heading = language_word(N_("column|Ext.")), .right = true},
        {.heading = language_word(N_("column|Part")), .right = true},
        {.heading = language_word(N_("column|Open")), .right = true},
        {.heading = language_word(N_("column|Overdue")), .right = true},
        {.heading = language_word(N_("column|Gone")), .right = true},
        {.heading = language_word(N_("column|Share")), .right = true}};

    return table_create(columns, FIELDS + 1);
}

static void print_period(const struct session *session, const json_t *answer)
{
    char from[DATES_TEXT_MAX];
    char to[DATES_TEXT_MAX];

    dates_day_of(field_text(answer, "from"), from);
    dates_day_of(field_text(answer, "to"), to);
    fprintf(session->out.file, _("Terms from %s to %s\n"), from, to);
}

static void print_shares(const struct session *session, const json_t *all)
{
    char *now = share_of(all, "share_on_time");
    char *first = share_of(all, "share_on_time_original");
    struct buffer out = BUFFER_INIT;

    text_put(&out,
             _("On time: %s of what is due; against the first terms: %s. Counted are those met "
               "on time or after an extension, of all that were met, closed in part, or are "
               "overdue."),
             now != NULL ? now : "—", first != NULL ? first : "—");
    char *text = text_take(&out);
    char *wrapped = text_wrap(text, output_columns(&session->out));
    fprintf(session->out.file, "%s\n", wrapped);
    free(wrapped);
    free(text);
    free(first);
    free(now);
}

static void print(const struct session *session, const json_t *answer, const char *by)
{
    struct table *table = make_table(by);
    size_t count;
    const json_t *rows = field_rows(answer, &count);
    const json_t *all = json_object_get(answer, "all");

    print_period(session, answer);
    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        add_row(table, row, name_of(row));
    }
    add_row(table, all, _("all"));
    table_print(table, &session->out);
    table_destroy(table);
    print_shares(session, all);
    if (json_is_true(json_object_get(answer, "more"))) {
        fprintf(session->out.file, "%s\n", _("Not all rows are shown: choose a plan or a body."));
    }
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    static const char *const by[] = {"body", "plan", "section", "month", NULL};
    static const char *const words[] = {"by", "from", "to", "body", "plan", "section", NULL};
    struct error err;
    json_t *answer;
    json_t *request =
        pages_word(arguments, "by", by, &err) ? pages_request(arguments, words, &err) : NULL;

    if (request == NULL) {
        return session_usage(session, &err);
    }
    enum exit_code code = session_ask(session, "DISCIPLINE", request, &answer);
    if (answer != NULL) {
        print(session, answer, arguments_get(arguments, "by"));
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"by", N_("GROUP"), N_("a row for each body, plan, section or month (body)")},
    {"from", N_("DATE"), N_("terms that end on this day or later (the beginning of the year)")},
    {"to", N_("DATE"), N_("terms that end on this day or earlier (the end of the year)")},
    {"body", N_("BODY"), N_("only where this body takes part")},
    {"plan", N_("NAME"), N_("only of this plan")},
    {"section", N_("SECTION"), N_("only of this section of a plan: its number or title")},
    {NULL, NULL, NULL},
};

const struct command command_discipline = {
    .name = "discipline",
    .words = "",
    .summary = N_("how terms are kept: on time, late, after an extension, by whom"),
    .more = N_("A report that came in time and is not decided yet is not late. What is behind a "
               "number: marshrut assignment list with the same days and --outcome."),
    .examples = "marshrut discipline --from 2023-01-01 --to 2023-06-30\n"
                "marshrut discipline --by section --plan lo-2023",
    .options = options,
    .run = run,
};

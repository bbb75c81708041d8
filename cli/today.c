/* today.c - `marshrut today`: what is late, what is due, what waits for a decision
 *
 * Owns:    the order in which that is told.
 * In:      the verb OVERVIEW (docs/protocol.md §3.6).
 * Out:     a sentence of numbers, a table for each group that is not empty, a table of bodies.
 */
#include "cli/assignment_rows.h"
#include "cli/counts.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define BODIES_SHOWN 20 /* who has most that is late stands first */

static void print_numbers(const struct session *session, const json_t *answer)
{
    const json_t *numbers = json_object_get(answer, "counts");
    const struct count counts[] = {
        {language_word(N_("count|open assignments")), field_number(numbers, "total")},
        {word_standing("overdue"), field_number(numbers, "overdue")},
        {language_word(N_("count|of them long")), field_number(numbers, "critical")},
        {word_standing("today"), field_number(numbers, "today")},
        {word_standing("soon"), field_number(numbers, "soon")},
        {word_standing("reported"), field_number(numbers, "reported")},
        {language_word(N_("count|of them after the term")), field_number(numbers, "reported_late")},
        {word_standing("asked"), field_number(numbers, "asked")},
        {word_standing("paused"), field_number(numbers, "paused")},
        {language_word(N_("count|incidents")), field_number(numbers, "incidents")}};
    struct buffer out = BUFFER_INIT;
    char today[DATES_TEXT_MAX];

    dates_day_of(field_text(answer, "today"), today);
    text_put(&out, "%s: ", today);
    counts_put(&out, counts, sizeof counts / sizeof *counts, 1);
    char *line = text_take(&out);
    char *wrapped = text_wrap(line, output_columns(&session->out));
    fprintf(session->out.file, "%s\n", wrapped);
    free(wrapped);
    free(line);
}

static void add_body(struct table *table, const json_t *row)
{
    static const char *const fields[] = {"overdue", "today", "soon", "reported", "asked", "total"};
    const char *cells[8] = {field_text(row, "id"), field_text(row, "short")};
    char *printed[6];

    cells[1] = cells[1] != NULL ? cells[1] : field_text(row, "name");
    for (size_t i = 0; i < 6; i++) {
        printed[i] = field_printed(row, fields[i]);
        cells[2 + i] = printed[i];
    }
    table_add(table, cells);
    for (size_t i = 0; i < 6; i++) {
        free(printed[i]);
    }
}

/* more: how many bodies the answer left out. */
static void print_bodies(const struct session *session, const json_t *bodies, json_int_t more)
{
    const struct column columns[] = {
        {.heading = _("Body"), .flexible = true},
        {.heading = _("Title"), .flexible = true},
        {.heading = language_word(N_("column|Overdue")), .right = true},
        {.heading = language_word(N_("column|Today")), .right = true},
        {.heading = language_word(N_("column|Soon")), .right = true},
        {.heading = language_word(N_("column|To decide")), .right = true},
        {.heading = language_word(N_("column|Asked")), .right = true},
        {.heading = language_word(N_("column|Open")), .right = true}};
    size_t count = json_array_size(bodies);

    if (count == 0) {
        return;
    }
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count && i < BODIES_SHOWN; i++) {
        add_body(table, json_array_get(bodies, i));
    }
    assignment_rows_heading(&session->out, _("By responsible body"));
    table_print(table, &session->out);
    table_destroy(table);
    if (count > BODIES_SHOWN) {
        fprintf(session->out.file, _("and %zu more\n"), count - BODIES_SHOWN + (size_t)more);
    }
}

static void print(const struct session *session, const json_t *answer)
{
    const char *today = field_text(answer, "today");

    print_numbers(session, answer);
    assignment_rows_print(&session->out, _("Overdue"), json_object_get(answer, "overdue"), today);
    assignment_rows_print(&session->out, _("Due today"), json_object_get(answer, "due_today"),
                          today);
    assignment_rows_print(&session->out, _("Due soon"), json_object_get(answer, "due_soon"), today);
    assignment_rows_print(&session->out, _("Wait for a decision"),
                          json_object_get(answer, "decisions"), today);
    print_bodies(session, json_object_get(answer, "bodies"), field_number(answer, "bodies_more"));
    if (json_array_size(json_object_get(answer, "incidents")) > 0) {
        fprintf(session->out.file, "\n%s\n",
                _("There are incidents: marshrut incidents tells of them."));
    }
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    static const char *const fields[] = {"body", "plan", NULL};
    struct error err;
    json_t *answer;
    json_t *request = pages_request(arguments, fields, &err);

    if (request == NULL) {
        return session_usage(session, &err);
    }
    enum exit_code code = session_ask(session, "OVERVIEW", request, &answer);
    if (answer != NULL) {
        print(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"body", N_("BODY"), N_("only where this body takes part")},
    {"plan", N_("NAME"), N_("only of this plan")},
    {NULL, NULL, NULL},
};

const struct command command_today = {
    .name = "today",
    .words = "",
    .summary = N_("what is late, due today, due soon, and what waits for a decision"),
    .more = N_("Of each group the first twenty are shown, by their last day."),
    .examples = "marshrut today\n"
                "marshrut today --body kopo_lo",
    .options = options,
    .run = run,
};

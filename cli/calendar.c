/* calendar.c - `marshrut calendar`: a month, with how much is due on each day
 *
 * Owns:    the grid of the month, and the list of its terms.
 * In:      the verb CALENDAR (docs/protocol.md §3.6).
 * Out:     seven columns of days; under them what is due.
 */
#include "cli/assignment_rows.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/rehearse_words.h"
#include "cli/text.h"

#include <stdlib.h>

#define WEEK 7

/* --- the grid ------------------------------------------------------------------------------ */

/* «15 (3)», «12·»: its number, whether it is a day off or a short one, how much is due. */
static void put_day(struct buffer *out, const json_t *row, civil_day day)
{
    const char *kind = field_text(row, "kind");
    bool off = json_is_true(json_object_get(row, "off"));
    json_int_t count = field_number(row, "count");

    text_put(out, "%2d%s", civil_of_day(day).day, off ? "·" : kind != NULL ? "'" : "");
    if (count > 0) {
        text_put(out, " (%lld)", (long long)count);
    }
}

static void add_week(struct table *table, char *const week[WEEK])
{
    const char *cells[WEEK];

    for (int i = 0; i < WEEK; i++) {
        cells[i] = week[i] != NULL ? week[i] : "";
    }
    table_add(table, cells);
}

static void clear(char *week[WEEK])
{
    for (int i = 0; i < WEEK; i++) {
        free(week[i]);
        week[i] = NULL;
    }
}

static struct table *grid_of(const json_t *days)
{
    struct column columns[WEEK];
    char *week[WEEK] = {NULL};
    int weekday = 1;

    for (int i = 0; i < WEEK; i++) {
        columns[i] = (struct column){.heading = rehearse_weekday(i + 1)};
    }
    struct table *table = table_create(columns, WEEK);
    for (size_t i = 0; i < json_array_size(days); i++) {
        const json_t *row = json_array_get(days, i);
        const char *date = field_text(row, "date");
        struct buffer cell = BUFFER_INIT;
        civil_day day;
        if (date == NULL || !civil_parse(bytes_of(date), &day)) {
            continue;
        }
        put_day(&cell, row, day);
        weekday = civil_weekday(day);
        week[weekday - 1] = text_take(&cell);
        if (weekday == WEEK) {
            add_week(table, week);
            clear(week);
        }
    }
    if (weekday != WEEK) {
        add_week(table, week);
    }
    clear(week);
    return table;
}

static void print_heading(const struct session *session, const json_t *days)
{
    const char *date = field_text(json_array_get(days, 0), "date");
    civil_day first;

    if (date != NULL && civil_parse(bytes_of(date), &first)) {
        struct civil c = civil_of_day(first);
        char *month = rehearse_month(c.year, c.month);
        fprintf(session->out.file, "%s\n", month);
        free(month);
    }
}

/* --- what is due --------------------------------------------------------------------------- */

static void print_due(const struct session *session, const json_t *days)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < json_array_size(days); i++) {
        json_array_extend(rows, json_object_get(json_array_get(days, i), "due"));
    }
    assignment_rows_print(&session->out, _("Terms"), rows, NULL);
    json_decref(rows);
}

/* Of a day with very much only the first are there. */
static void print_left_out(const struct session *session, const json_t *days)
{
    for (size_t i = 0; i < json_array_size(days); i++) {
        const json_t *row = json_array_get(days, i);
        json_int_t left =
            field_number(row, "count") - (json_int_t)json_array_size(json_object_get(row, "due"));
        char *date = field_harmless(row, "date");
        if (left > 0 && date != NULL) {
            fprintf(session->out.file,
                    _("%s: %lld more, see marshrut assignment list --from %s --until %s\n"), date,
                    (long long)left, date, date);
        }
        free(date);
    }
}

static void print(const struct session *session, const json_t *answer)
{
    const json_t *days = json_object_get(answer, "days");
    struct table *grid = grid_of(days);

    print_heading(session, days);
    table_print(grid, &session->out);
    table_destroy(grid);
    fprintf(session->out.file, "%s\n",
            _("· is a day off, ' a short day; in brackets: how much is due"));
    if (json_is_false(json_object_get(answer, "approved"))) {
        fprintf(
            session->out.file, "%s\n",
            _("The production calendar of this year is not approved yet: days off may change."));
    }
    print_due(session, days);
    print_left_out(session, days);
    if (json_is_true(json_object_get(answer, "more"))) {
        fprintf(session->out.file, "%s\n",
                _("Not all assignments were counted: there are too many."));
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
    if (arguments->count > 0) {
        json_object_set_new(request, "month", json_string(arguments->positional[0]));
    }
    enum exit_code code = session_ask(session, "CALENDAR", request, &answer);
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

const struct command command_calendar = {
    .name = "calendar",
    .words = N_("[MONTH]"),
    .summary = N_("a month: days off, and what is due on each day"),
    .more =
        N_("MONTH is like 2023-08; the month of today unless given. Of each day the first twelve "
           "are listed. For calendar programs there is marshrut ics."),
    .examples = "marshrut calendar\n"
                "marshrut calendar 2023-08 --body kopo_lo",
    .options = options,
    .words_max = 1,
    .run = run,
};

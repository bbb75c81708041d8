/* assignment_rows.c - a short table of assignments: task, last day, lateness, body, item, title
 *
 * Owns:    its columns, and how lateness is written.
 * In:      rows of ASSIGNMENTS: `today`, `search` and `top`.
 */
#include "cli/assignment_rows.h"

#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS 7

/* Columns that are there when a row has something for them. */
struct shown {
    bool lateness;
    bool items;
};

static bool day_of(const char *text, civil_day *ret_day)
{
    return text != NULL && civil_parse(bytes_of(text), ret_day);
}

/* Until when it took, or takes so far; NULL: its clock stands, or it is over. */
static const char *until_of(const json_t *row, const char *today)
{
    const char *state = field_text(row, "state");

    if (state != NULL && strcmp(state, "reported") == 0) {
        return field_text(row, "reported");
    }
    bool runs = state == NULL || strcmp(state, "open") == 0 || strcmp(state, "delegated") == 0;
    return runs ? today : NULL;
}

/* «+3»: three days over; NULL while it is not. */
static char *late_by(const json_t *row, const char *today)
{
    struct buffer out = BUFFER_INIT;
    civil_day until;
    civil_day to;

    if (today == NULL || !day_of(until_of(row, today), &until) ||
        !day_of(field_text(row, "to"), &to) || until <= to) {
        return NULL;
    }
    text_put(&out, "+%d", (int)(until - to));
    return text_take(&out);
}

static void add_row(struct table *table, const json_t *row, const char *today,
                    const struct shown *shown)
{
    char *late = late_by(row, today);
    const char *cells[COLUMNS];
    char to[DATES_TEXT_MAX];
    size_t count = 0;

    dates_short_of(field_text(row, "to"), to);
    cells[count++] = field_text(row, "task");
    cells[count++] = to;
    if (shown->lateness) {
        cells[count++] = late != NULL ? late : "";
    }
    cells[count++] = word_standing(field_text(row, "standing"));
    cells[count++] = field_body(row, "responsible");
    if (shown->items) {
        cells[count++] = field_text(row, "no");
    }
    cells[count] = field_text(row, "title");
    table_add(table, cells);
    free(late);
}

static struct shown shown_of(const json_t *rows, const char *today)
{
    struct shown shown = {false, false};

    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        char *late = late_by(row, today);
        shown.lateness = shown.lateness || late != NULL;
        shown.items = shown.items || field_text(row, "no") != NULL;
        free(late);
    }
    return shown;
}

struct table *assignment_rows_table(const json_t *rows, const char *today)
{
    struct shown shown = shown_of(rows, today);
    struct column columns[COLUMNS] = {{.heading = _("Task")}, {.heading = _("Due")}};
    size_t count = 2;

    if (shown.lateness) {
        columns[count++] = (struct column){.heading = _("Late"), .right = true};
    }
    columns[count++] = (struct column){.heading = _("State")};
    columns[count++] = (struct column){.heading = _("Responsible"), .flexible = true};
    if (shown.items) {
        columns[count++] = (struct column){.heading = _("Item")};
    }
    columns[count++] = (struct column){.heading = _("Title"), .flexible = true};
    struct table *table = table_create(columns, count);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        add_row(table, json_array_get(rows, i), today, &shown);
    }
    return table;
}

void assignment_rows_heading(const struct output *output, const char *heading)
{
    fprintf(output->file, "\n%s%s%s\n", output_style(output, STYLE_BOLD), heading,
            output_plain(output));
}

void assignment_rows_print(const struct output *output, const char *heading, const json_t *rows,
                           const char *today)
{
    if (json_array_size(rows) == 0) {
        return;
    }
    assignment_rows_heading(output, heading);
    struct table *table = assignment_rows_table(rows, today);
    table_print(table, output);
    table_destroy(table);
}

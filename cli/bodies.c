/* bodies.c - `marshrut bodies`: who there is, how much each has to do, and when it is away
 *
 * Owns:    the columns of the list of bodies.
 * In:      the verb BODIES (docs/protocol.md §3.6).
 * Out:     a table, in the order of the documents.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/table.h"
#include "cli/text.h"

#include <stdlib.h>

#define COLUMNS 7

/* Columns that are there when a row has something for them. */
struct shown {
    bool deputies;
    bool absences;
};

static struct shown shown_of(const json_t *rows)
{
    struct shown shown = {false, false};

    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        shown.deputies = shown.deputies || json_object_get(row, "deputy") != NULL;
        shown.absences = shown.absences || json_object_get(row, "absent") != NULL;
    }
    return shown;
}

/* «01.07.2023–28.07.2023: omsu-luga; …» */
static char *absences_of(const json_t *row)
{
    const json_t *absent = json_object_get(row, "absent");
    struct buffer out = BUFFER_INIT;

    for (size_t i = 0; i < json_array_size(absent); i++) {
        const json_t *one = json_array_get(absent, i);
        const char *deputy = field_text(one, "deputy");
        char from[DATES_TEXT_MAX];
        char to[DATES_TEXT_MAX];
        dates_short_of(field_text(one, "from"), from);
        dates_short_of(field_text(one, "to"), to);
        text_put(&out, "%s%s–%s: %s", i > 0 ? "; " : "", from, to, deputy != NULL ? deputy : "—");
    }
    return text_take(&out);
}

static void add_row(struct table *table, const json_t *row, const struct shown *shown)
{
    static const char *const counts[] = {"overdue", "decide", "open"};
    const char *name = field_text(row, "short");
    const char *deputy = field_text(row, "deputy");
    const char *cells[COLUMNS] = {field_text(row, "id"),
                                  name != NULL ? name : field_text(row, "name")};
    char *absences = absences_of(row);
    char *printed[3];
    size_t count = 2;

    for (size_t i = 0; i < 3; i++) {
        printed[i] = field_printed(json_object_get(row, "counts"), counts[i]);
        cells[count++] = printed[i];
    }
    if (shown->deputies) {
        cells[count++] = deputy != NULL ? deputy : "";
    }
    if (shown->absences) {
        cells[count] = absences;
    }
    table_add(table, cells);
    for (size_t i = 0; i < 3; i++) {
        free(printed[i]);
    }
    free(absences);
}

static void print(const struct session *session, const json_t *answer)
{
    size_t rows_count;
    const json_t *rows = field_rows(answer, &rows_count);
    struct shown shown = shown_of(rows);
    size_t count = 5;
    struct column columns[COLUMNS] = {
        {.heading = _("Body"), .flexible = true},
        {.heading = _("Title"), .flexible = true},
        {.heading = language_word(N_("column|Overdue")), .right = true},
        {.heading = language_word(N_("column|To decide")), .right = true},
        {.heading = language_word(N_("column|Open")), .right = true}};

    if (shown.deputies) {
        columns[count++] = (struct column){.heading = _("Deputy"), .flexible = true};
    }
    if (shown.absences) {
        columns[count++] = (struct column){.heading = _("Away: who acts"), .flexible = true};
    }
    struct table *table = table_create(columns, count);
    for (size_t i = 0; i < rows_count; i++) {
        add_row(table, json_array_get(rows, i), &shown);
    }
    table_print(table, &session->out);
    table_destroy(table);
    if (json_is_true(json_object_get(answer, "more"))) {
        fprintf(session->out.file, "%s\n",
                _("Not all assignments were counted: there are too many."));
    }
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    json_t *answer;

    (void)arguments;
    enum exit_code code = session_ask(session, "BODIES", json_pack("{sb}", "counts", 1), &answer);
    if (answer != NULL &&
        pages_has_rows(session, answer, _("There are no bodies yet: see marshrut deploy."))) {
        print(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {NULL, NULL, NULL},
};

const struct command command_bodies = {
    .name = "bodies",
    .words = "",
    .summary = N_("bodies and officials: what each has to do, its deputy, when it is away"),
    .more = N_("Assignments are counted at the responsible body; those that are overdue are among "
               "the open ones."),
    .examples = "marshrut bodies\n"
                "marshrut assignment list --open --body kopo_lo",
    .options = options,
    .run = run,
};

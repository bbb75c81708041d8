/* history.c - `marshrut history`: what happened to an instance
 *
 * Owns:    the columns of a history.
 * In:      an instance; the verb HISTORY (docs/protocol.md §3.6).
 * Out:     a table, newest last.
 */
#include "base/limits.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/journal_text.h"
#include "cli/language.h"
#include "cli/session.h"
#include "cli/table.h"

#include <stdlib.h>

#define ROWS_USUAL 100

static void print(const struct session *session, const json_t *answer)
{
    const struct column columns[] = {{.heading = _("When")},
                                     {.heading = _("What happened"), .flexible = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        char when[DATES_TEXT_MAX];
        char *text = journal_text(row, session->zone);
        dates_moment_short(session->zone, field_text(row, "time"), when);
        const char *cells[] = {when, text};
        table_add(table, cells);
        free(text);
    }
    table_print(table, &session->out);
    table_destroy(table);
    char *next = field_printed(answer, "next");
    if (next != NULL) {
        fprintf(session->out.file, _("There is older history: repeat with --before %s\n"), next);
    }
    free(next);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct error err;
    json_t *answer;
    uint64_t instance;
    uint64_t limit = ROWS_USUAL;
    uint64_t before = 0;

    if (!session_instance(arguments->positional[0], &instance, &err) ||
        !arguments_number(arguments, "limit", 1, LIMIT_PAGE, &limit, &err) ||
        !arguments_number(arguments, "before", 1, INT64_MAX, &before, &err)) {
        return session_usage(session, &err);
    }
    json_t *request =
        json_pack("{sIsI}", "instance", (json_int_t)instance, "limit", (json_int_t)limit);
    if (before > 0) {
        json_object_set_new(request, "before", json_integer((json_int_t)before));
    }
    enum exit_code code = session_ask(session, "HISTORY", request, &answer);
    if (answer != NULL) {
        print(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"limit", N_("N"), N_("at most so many rows, 1 to 1000 (100)")},
    {"before", N_("N"), N_("the page of what happened before this record")},
    {NULL, NULL, NULL},
};

const struct command command_history = {
    .name = "history",
    .words = N_("ID"),
    .summary = N_("what happened to an instance, newest last"),
    .examples = "marshrut history 17",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};

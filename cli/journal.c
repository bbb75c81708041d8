/* journal.c - `marshrut journal`: everything the engine decided, oldest first
 *
 * Owns:    the columns of the journal.
 * In:      --after, --limit; the verb JOURNAL (docs/protocol.md §3.6).
 * Out:     a table, and the number to go on with.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/journal_text.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/table.h"

#include <stdlib.h>

#define ROWS_USUAL 100

static void add_row(const struct session *session, struct table *table,
                    const struct watch_names *names, const json_t *row)
{
    char when[DATES_TEXT_MAX];
    char *seq = field_printed(row, "seq");
    char *instance = field_printed(row, "instance");
    char *text = journal_text(row, session->zone, names);
    const char *cells[] = {seq, when, instance, text};

    dates_moment_short(session->zone, field_text(row, "time"), when);
    table_add(table, cells);
    free(text);
    free(instance);
    free(seq);
}

static void print(const struct session *session, const json_t *answer)
{
    const struct column columns[] = {
        {.heading = _("Record"), .right = true},
        {.heading = _("When")},
        {.heading = _("Instance"), .right = true},
        {.heading = _("What happened"), .flexible = true, .wraps = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);
    struct watch_names names;
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    watch_names_init(&names);
    for (size_t i = 0; i < count; i++) {
        watch_names_learn_row(&names, json_array_get(rows, i));
    }

    for (size_t i = 0; i < count; i++) {
        add_row(session, table, &names, json_array_get(rows, i));
    }
    table_print(table, &session->out);
    table_destroy(table);
    watch_names_fini(&names);
    pages_say_more(session, answer);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    static const char *const fields[] = {NULL};
    struct error err;
    json_t *answer;
    uint64_t after = 0;
    json_t *request = pages_request(arguments, fields, &err);

    if (request == NULL || !arguments_number(arguments, "after", 0, INT64_MAX, &after, &err)) {
        json_decref(request);
        return session_usage(session, &err);
    }
    json_object_set_new(request, "after", json_integer((json_int_t)after));
    if (!arguments_has(arguments, "limit")) {
        json_object_set_new(request, "limit", json_integer(ROWS_USUAL));
    }
    enum exit_code code = session_ask(session, "JOURNAL", request, &answer);
    if (answer != NULL &&
        pages_has_rows(session, answer, _("Nothing was decided after that record."))) {
        print(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"limit", N_("N"), N_("at most so many rows, 1 to 1000 (100)")},
    {"after", N_("N"), N_("records after this number (0)")},
    {NULL, NULL, NULL},
};

const struct command command_journal = {
    .name = "journal",
    .words = "",
    .summary = N_("everything that was decided, oldest first"),
    .examples = "marshrut journal --after 1041 --limit 50\n"
                "marshrut journal --json --limit 1000",
    .options = options,
    .run = run,
};

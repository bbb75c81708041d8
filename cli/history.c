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
#include <string.h>

#define ROWS_USUAL 100

/* Is there another row that says the same? An assignment that is given opens its task, and opens
 * itself where its time has come; a step without a new phase is a letter; a decision ends the
 * task. */
static bool said_by_another(const struct watch_names *names, const json_t *rows, size_t index)
{
    const json_t *row = json_array_get(rows, index);
    const json_t *before = index > 0 ? json_array_get(rows, index - 1) : NULL;
    const char *kind = field_text(row, "kind");
    const char *phase = field_text(row, "phase");

    if (kind == NULL || !watch_names_task_is(names, row, "assignment")) {
        return false;
    }
    if (strcmp(kind, "assignment.step") == 0) {
        bool given = json_equal(json_object_get(before, "time"), json_object_get(row, "time"));
        return phase == NULL || (strcmp(phase, "open") == 0 && given);
    }
    return strcmp(kind, "task.opened") == 0 || strcmp(kind, "task.done") == 0;
}

static void print(const struct session *session, const json_t *answer)
{
    const struct column columns[] = {
        {.heading = _("When")}, {.heading = _("What happened"), .flexible = true, .wraps = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);
    struct watch_names names;
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    watch_names_init(&names);
    for (size_t i = 0; i < count; i++) {
        watch_names_learn_row(&names, json_array_get(rows, i));
    }

    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        if (said_by_another(&names, rows, i)) {
            continue;
        }
        char when[DATES_TEXT_MAX];
        char *text = journal_text(row, session->zone, &names);
        dates_moment_short(session->zone, field_text(row, "time"), when);
        const char *cells[] = {when, text};
        table_add(table, cells);
        free(text);
    }
    table_print(table, &session->out);
    table_destroy(table);
    watch_names_fini(&names);
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
    .examples = "marshrut history 4",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};

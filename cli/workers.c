/* workers.c - `marshrut workers`: the programs that do tasks now
 *
 * Owns:    the columns of the list of workers.
 * In:      the verb WORKERS (docs/protocol.md §3.6).
 * Out:     a table.
 */
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/table.h"
#include "cli/text.h"

#include <stdlib.h>

static char *services_of(const json_t *row)
{
    const json_t *services = json_object_get(row, "services");
    struct buffer out = BUFFER_INIT;

    for (size_t i = 0; i < json_array_size(services); i++) {
        const char *name = json_string_value(json_array_get(services, i));
        text_put(&out, "%s%s", i > 0 ? ", " : "", name ? name : "?");
    }
    return text_take(&out);
}

static void add_row(struct table *table, const json_t *row)
{
    struct buffer seen = BUFFER_INIT;
    char *services = services_of(row);
    char *credit = field_printed(row, "credit");
    char *running = field_printed(row, "running");
    double seconds = (double)field_number(row, "seen_ms_ago") / 1000;

    text_put(&seen, _("%.1f s ago"), seconds);
    char *seen_text = text_take(&seen);
    const char *cells[] = {field_text(row, "name"), services, running, credit, seen_text};
    table_add(table, cells);
    free(seen_text);
    free(running);
    free(credit);
    free(services);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    const struct column columns[] = {{.heading = _("Program")},
                                     {.heading = _("Services"), .flexible = true},
                                     {.heading = _("At work"), .right = true},
                                     {.heading = _("Can take"), .right = true},
                                     {.heading = _("Last heard"), .right = true}};
    json_t *answer;
    size_t count;

    (void)arguments;
    enum exit_code code = session_ask(session, "WORKERS", NULL, &answer);
    if (answer != NULL && pages_has_rows(session, answer, _("No worker is connected."))) {
        struct table *table = table_create(columns, sizeof columns / sizeof *columns);
        const json_t *rows = field_rows(answer, &count);
        for (size_t i = 0; i < count; i++) {
            add_row(table, json_array_get(rows, i));
        }
        table_print(table, &session->out);
        table_destroy(table);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {NULL, NULL, NULL},
};

const struct command command_workers = {
    .name = "workers",
    .words = "",
    .summary = N_("programs that are connected and do tasks"),
    .examples = "marshrut workers",
    .options = options,
    .run = run,
};

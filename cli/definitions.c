/* definitions.c - `marshrut definitions`: what is in force
 *
 * Owns:    the columns of the list of definitions.
 * In:      the verb DEFINITIONS (docs/protocol.md §3.6).
 * Out:     a table.
 */
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/table.h"

#include <stdlib.h>

static void add_row(struct table *table, const json_t *row)
{
    char *version = field_printed(row, "version");
    const char *cells[] = {word_definition_kind(field_text(row, "kind")), field_text(row, "name"),
                           version, field_text(row, "doc_version"), field_text(row, "title")};

    table_add(table, cells);
    free(version);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    const struct column columns[] = {{.heading = _("Kind")},
                                     {.heading = _("Name")},
                                     {.heading = _("Version"), .right = true},
                                     {.heading = _("Document's version")},
                                     {.heading = _("Title"), .flexible = true}};
    json_t *answer;
    size_t count;

    (void)arguments;
    enum exit_code code = session_ask(session, "DEFINITIONS", NULL, &answer);
    if (answer != NULL &&
        pages_has_rows(session, answer, _("Nothing is in force yet: see marshrut deploy."))) {
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

const struct command command_definitions = {
    .name = "definitions",
    .words = "",
    .summary = N_("plans, workflows, bodies and policies in force"),
    .examples = "marshrut definitions",
    .options = options,
    .run = run,
};

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

/* The newest is what a start takes; a removed one is there for the instances that ran with it. */
static const char *standing(const json_t *row)
{
    if (json_is_true(json_object_get(row, "removed"))) {
        return _("removed");
    }
    return json_is_false(json_object_get(row, "newest")) ? _("earlier") : _("in force");
}

static void add_row(struct table *table, const json_t *row)
{
    char *version = field_printed(row, "version");
    char *used = field_printed(row, "used");
    const char *cells[] = {word_definition_kind(field_text(row, "kind")),
                           field_text(row, "name"),
                           version,
                           field_text(row, "doc_version"),
                           standing(row),
                           used,
                           field_text(row, "title")};

    table_add(table, cells);
    free(used);
    free(version);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    const struct column columns[] = {
        {.heading = _("Kind")},
        {.heading = _("Name"), .flexible = true},
        {.heading = _("Version"), .right = true},
        {.heading = language_word(N_("column|Doc."))},
        {.heading = _("Standing")},
        {.heading = language_word(N_("column|Running")), .right = true},
        {.heading = _("Title"), .flexible = true}};
    static const char *const fields[] = {"kind", "in-force", NULL};
    struct error err;
    json_t *answer;
    size_t count;
    json_t *request = pages_request(arguments, fields, &err);

    if (request == NULL) {
        return session_usage(session, &err);
    }
    enum exit_code code = session_ask(session, "DEFINITIONS", request, &answer);
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
    {"kind", N_("KIND"),
     N_("only workflow, roadmap, bodies, policy, calendar, routes or indicators")},
    {"in-force", NULL, N_("only the newest versions, without what was removed")},
    {NULL, NULL, NULL},
};

const struct command command_definitions = {
    .name = "definitions",
    .words = "",
    .summary =
        N_("plans, workflows, bodies, policies: all versions, and how many instances use them"),
    .examples = "marshrut definitions\n"
                "marshrut definitions --kind roadmap --in-force",
    .options = options,
    .run = run,
};

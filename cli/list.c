/* list.c - `marshrut list`: instances, filtered
 *
 * Owns:    the columns of the list of instances.
 * In:      options; the verb LIST (docs/protocol.md §3.6).
 * Out:     a table, oldest first, and how to get the next page.
 */
#include "cli/list.h"

#include "base/must.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"

#include <stdlib.h>
#include <string.h>

/* The item of a plan: keys of its instances are "plan/item/…" (docs/language.md). */
static char *item_of(const json_t *row)
{
    const char *key = field_text(row, "key");
    const char *slash = key != NULL ? strchr(key, '/') : NULL;
    size_t size = slash != NULL ? strspn(slash + 1, "0123456789.") : 0;

    return field_number(row, "parent") != 0 && size > 0 && slash[1 + size] == '/'
               ? xstrndup(slash + 1, size)
               : NULL;
}

static void add_row(const struct session *session, struct table *table, const json_t *row)
{
    char created[DATES_TEXT_MAX];
    char *number = field_printed(row, "instance");
    char *item = item_of(row);
    const char *cells[] = {number,
                           item,
                           word_instance_state(field_text(row, "state")),
                           field_text(row, "definition"),
                           field_text(row, "key"),
                           created,
                           field_text(row, "title")};

    dates_moment_short(session->zone, field_text(row, "created"), created);
    table_add(table, cells);
    free(item);
    free(number);
}

struct table *list_table(const struct session *session, const json_t *rows)
{
    const struct column columns[] = {{.heading = _("No."), .right = true},
                                     {.heading = _("Item")},
                                     {.heading = _("State")},
                                     {.heading = _("Definition"), .flexible = true},
                                     {.heading = _("Key"), .flexible = true},
                                     {.heading = _("Started")},
                                     {.heading = _("Title"), .flexible = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);

    for (size_t i = 0; i < json_array_size(rows); i++) {
        add_row(session, table, json_array_get(rows, i));
    }
    return table;
}

static void print(const struct session *session, const json_t *answer)
{
    struct table *table = list_table(session, json_object_get(answer, "rows"));

    table_print(table, &session->out);
    table_destroy(table);
    pages_say_more(session, answer);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    static const char *const states[] = {"running",   "suspended", "completed",
                                         "cancelled", "faulted",   NULL};
    static const char *const fields[] = {"state", "definition", "body", "parent", "letters", NULL};
    struct error err;
    json_t *answer;
    json_t *request = pages_word(arguments, "state", states, &err)
                          ? pages_request(arguments, fields, &err)
                          : NULL;

    if (request == NULL) {
        return session_usage(session, &err);
    }
    enum exit_code code = session_ask(session, "LIST", request, &answer);
    if (answer != NULL && pages_has_rows(session, answer, _("There are no such instances."))) {
        print(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"state", N_("STATE"), N_("running, suspended, completed, cancelled or faulted")},
    {"definition", N_("NAME"), N_("only of this plan or workflow")},
    {"body", N_("BODY"), N_("only with an open assignment of this body")},
    {"parent", N_("ID"), N_("only those that this instance started")},
    {"letters", NULL, N_("letters of the day too, which are instances of their own")},
    PAGES_OPTIONS,
    {NULL, NULL, NULL},
};

const struct command command_list = {
    .name = "list",
    .words = "",
    .summary = N_("instances: what runs and what ran"),
    .examples = "marshrut list --state running\n"
                "marshrut list --definition roadmap-item --limit 20",
    .options = options,
    .run = run,
};

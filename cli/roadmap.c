/* roadmap.c - `marshrut roadmap`: plans, and one as it was approved with what became of it
 *
 * Owns:    the columns of the list of plans, and the lines of items that are counted.
 * In:      the verbs ROADMAPS, ROADMAP, COMPUTED (docs/protocol.md §3.6).
 * Out:     a table; with a name the table of that plan.
 */
#include "cli/assignment_rows.h"
#include "cli/computed.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/roadmap_rows.h"
#include "cli/table.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

/* --- all plans ----------------------------------------------------------------------------- */

static void add_plan(struct table *table, const json_t *row)
{
    static const char *const counts[] = {"overdue", "decide", "open", "closed"};
    const char *state = field_text(row, "state");
    char *items = field_printed(row, "items");
    char *printed[4];

    for (size_t i = 0; i < 4; i++) {
        printed[i] = field_printed(json_object_get(row, "counts"), counts[i]);
    }
    const char *cells[] = {field_text(row, "name"),
                           state != NULL ? word_instance_state(state) : _("not started"),
                           items,
                           printed[0],
                           printed[1],
                           printed[2],
                           printed[3],
                           field_text(row, "title")};
    table_add(table, cells);
    for (size_t i = 0; i < 4; i++) {
        free(printed[i]);
    }
    free(items);
}

static enum exit_code list(struct session *session)
{
    const struct column columns[] = {
        {.heading = _("Plan"), .flexible = true},
        {.heading = _("State")},
        {.heading = language_word(N_("column|Items")), .right = true},
        {.heading = language_word(N_("column|Overdue")), .right = true},
        {.heading = language_word(N_("column|To decide")), .right = true},
        {.heading = language_word(N_("column|Open")), .right = true},
        {.heading = language_word(N_("column|Closed")), .right = true},
        {.heading = _("Title"), .flexible = true}};
    json_t *answer;
    size_t count;
    enum exit_code code = session_ask(session, "ROADMAPS", NULL, &answer);

    if (answer != NULL &&
        pages_has_rows(session, answer, _("There are no plans yet: see marshrut deploy."))) {
        struct table *table = table_create(columns, sizeof columns / sizeof *columns);
        const json_t *rows = field_rows(answer, &count);
        for (size_t i = 0; i < count; i++) {
            add_plan(table, json_array_get(rows, i));
        }
        table_print(table, &session->out);
        table_destroy(table);
    }
    json_decref(answer);
    return code;
}

/* --- one plan ------------------------------------------------------------------------------ */

static void print_counted(const struct session *session, const json_t *item, const json_t *number)
{
    struct buffer out = BUFFER_INIT;
    char *text = computed_number(number);

    text_put(&out, "%s: %s", field_text(item, "no"), text);
    char *line = text_harmless((const char *)out.data, out.size);
    fprintf(session->out.file, "%s\n", line);
    free(line);
    free(text);
    buffer_fini(&out);
}

/* The numbers of items whose progress is counted: each is a question of its own. */
static enum exit_code print_numbers(struct session *session, const json_t *plan)
{
    const json_t *items = json_object_get(plan, "items");
    enum exit_code code = EXIT_CODE_DONE;
    bool any = false;

    for (size_t i = 0; code == EXIT_CODE_DONE && i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        json_t *number = NULL;
        if (json_object_get(item, "computed") == NULL) {
            continue;
        }
        code = session_ask(
            session, "COMPUTED",
            json_pack("{ss ss}", "plan", field_text(plan, "name"), "no", field_text(item, "no")),
            &number);
        if (number != NULL && !any) {
            assignment_rows_heading(&session->out, _("Counted items"));
            any = true;
        }
        if (number != NULL) {
            print_counted(session, item, number);
        }
        json_decref(number);
    }
    return code;
}

static enum exit_code show(struct session *session, const struct arguments *arguments,
                           json_t *request)
{
    json_t *plan;

    json_object_set_new(request, "name", json_string(arguments->positional[0]));
    enum exit_code code = session_ask(session, "ROADMAP", request, &plan);
    if (plan != NULL) {
        roadmap_rows_head(session, plan);
        if (!roadmap_rows_print(session, plan)) {
            fprintf(session->out.file, "%s\n", _("There are no such items."));
        }
        code = print_numbers(session, plan);
    }
    json_decref(plan);
    return code;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    static const char *const fields[] = {"section", "body", "state", NULL};
    struct error err;
    json_t *request = pages_request(arguments, fields, &err);

    if (request == NULL) {
        return session_usage(session, &err);
    }
    if (arguments->count > 0) {
        return show(session, arguments, request);
    }
    bool narrowed = json_object_size(request) > 0;
    json_decref(request);
    if (narrowed) {
        error_set(&err, ERROR_INVALID, _("of which plan? Its name is needed, like lo-2023"));
        return session_usage(session, &err);
    }
    return list(session);
}

static const struct option options[] = {
    {"section", N_("SECTION"), N_("only of this section: its number or title; - for none")},
    {"body", N_("BODY"), N_("only where this body is responsible")},
    {"state", N_("STATE"),
     N_("only items that have a window in this state: planned, open, soon, today, overdue, "
        "critical, reported, asked, accepted, accepted_in_part, withdrawn or paused")},
    {NULL, NULL, NULL},
};

const struct command command_roadmap = {
    .name = "roadmap",
    .words = N_("[NAME]"),
    .summary = N_("plans; one as it was approved, with what became of each of its terms"),
    .more = N_("An item with several terms has a line for each."),
    .examples = "marshrut roadmap\n"
                "marshrut roadmap lo-2023 --section 1\n"
                "marshrut roadmap lo-2023 --body kopo_lo --state overdue",
    .options = options,
    .words_max = 1,
    .run = run,
};

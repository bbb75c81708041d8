/* assignment.c - `marshrut assignment`: the list of assignments, and what people do with one
 *
 * Owns:    the second word: list, or one of the actions (assignment_act.c).
 * In:      the verbs ASSIGNMENTS and ASSIGNMENT (docs/protocol.md §3.5, §3.6).
 * Out:     a table, or one sentence.
 */
#include "cli/assignment_part.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/suggest.h"
#include "cli/table.h"

#include <stdlib.h>
#include <string.h>

/* --- list --------------------------------------------------------------------------------- */

static void add_row(struct table *table, const json_t *row)
{
    char to[DATES_TEXT_MAX];
    const char *cells[] = {field_text(row, "task"),
                           to,
                           word_standing(field_text(row, "standing")),
                           field_body(row, "responsible"),
                           field_text(row, "plan"),
                           field_text(row, "no"),
                           field_text(row, "title")};

    dates_short_of(field_text(row, "to"), to);
    table_add(table, cells);
}

static void print_list(const struct session *session, const json_t *answer)
{
    const struct column columns[] = {
        {.heading = _("Task")},
        {.heading = _("Due")},
        {.heading = _("State")},
        {.heading = _("Responsible"), .flexible = true},
        {.heading = _("Plan"), .flexible = true},
        {.heading = _("Item")},
        {.heading = _("Title"), .flexible = true},
    };
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count; i++) {
        add_row(table, json_array_get(rows, i));
    }
    table_print(table, &session->out);
    table_destroy(table);
    pages_say_more(session, answer);
}

static enum exit_code list(struct session *session, const struct arguments *arguments)
{
    static const char *const states[] = {"planned",          "open",      "delegated",
                                         "paused",           "reported",  "accepted",
                                         "accepted_in_part", "withdrawn", NULL};
    static const char *const phases[] = {"planned", "open",     "soon", "today",
                                         "overdue", "critical", NULL};
    static const char *const fields[] = {
        "state", "phase",   "body",   "role",    "plan",
        "no",    "section", "from",   "outcome", "outcome-original",
        "q",     "overdue", "decide", "group",   NULL};
    struct error err;
    json_t *answer;
    json_t *request =
        pages_word(arguments, "state", states, &err) && pages_word(arguments, "phase", phases, &err)
            ? pages_request(arguments, fields, &err)
            : NULL;

    if (request == NULL) {
        return session_usage(session, &err);
    }
    if (arguments_has(arguments, "open") || arguments_has(arguments, "closed")) {
        json_object_set_new(request, "open", json_boolean(arguments_has(arguments, "open")));
    }
    if (arguments_has(arguments, "punctual")) {
        json_object_set_new(request, "overdue", json_false());
    }
    if (arguments_has(arguments, "until")) {
        json_object_set_new(request, "to", json_string(arguments_get(arguments, "until")));
    }
    enum exit_code code = session_ask(session, "ASSIGNMENTS", request, &answer);
    if (answer != NULL && pages_has_rows(session, answer, _("There are no such assignments."))) {
        print_list(session, answer);
    }
    json_decref(answer);
    return code;
}

static enum exit_code unknown_action(const struct session *session, const char *word)
{
    const char *near = NULL;
    size_t best = SIZE_MAX;
    struct error err;

    near = suggest_nearer(word, "list", &best) ? "list" : NULL;
    for (const struct action *a = assignment_actions; a->word != NULL; a++) {
        if (suggest_nearer(word, a->word, &best)) {
            near = a->word;
        }
    }
    if (near != NULL) {
        error_set(&err, ERROR_INVALID, _("assignment cannot \"%s\"; did you mean \"%s\"?"), word,
                  near);
    } else {
        error_set(&err, ERROR_INVALID,
                  _("assignment cannot \"%s\"; it can list, report, accept, return, withdraw, "
                    "extend, grant, refuse, move, pause, resume, delegate, reassign, comment"),
                  word);
    }
    return session_usage(session, &err);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    const char *word = arguments->positional[0];

    if (strcmp(word, "list") == 0) {
        return list(session, arguments);
    }
    for (const struct action *a = assignment_actions; a->word != NULL; a++) {
        if (strcmp(word, a->word) == 0) {
            return assignment_act(session, a, arguments);
        }
    }
    return unknown_action(session, word);
}

static const struct option options[] = {
    {"reason", N_("TEXT"), N_("why: needed for all but report, accept, grant, resume")},
    {"to", N_("BODY"), N_("delegate, reassign: to whom; return: the co-executor whose part it is")},
    {"day", N_("DATE"), N_("extend, grant, move, delegate: the last day, like 2023-08-15")},
    {"in-part", NULL, N_("accept: though not everybody has answered; needs --reason")},
    {"for", N_("KIND"), N_("pause: leave, higher-order or waits (for what others must do first)")},
    {"report", N_("FILE"), N_("report: the whole as a JSON object; - is standard input")},
    {"text", N_("TEXT"), N_("report: what was done; comment: what is said")},
    {"kind", N_("TEXT"), N_("report: what document it is: a report, an order, a plan")},
    {"number", N_("TEXT"), N_("report: its number")},
    {"date", N_("DATE"), N_("report: its date, like 2023-08-15")},
    {"title", N_("TEXT"), N_("report: its title")},
    {"link", N_("URL"), N_("report: where the document is")},
    {"file", N_("FILE"), N_("report: the document itself; its SHA-256 goes into the report")},
    {"covers", N_("BODY…"),
     N_("report: these co-executors have answered, the responsible body states; or all")},
    {"state", N_("STATE"),
     N_("list: planned, open, delegated, paused, reported, accepted, accepted_in_part or "
        "withdrawn")},
    {"group", N_("WORD"),
     N_("list: only those that this number of today counts: overdue, today, soon, decisions, "
        "critical, open, planned, reported, asked or paused")},
    {"phase", N_("PHASE"),
     N_("list: how near the last day is: planned, open, soon, today, overdue or critical")},
    {"body", N_("BODY"), N_("list: only where this body takes part")},
    {"role", N_("ROLE"),
     N_("list: the body is responsible, co (co-executor), controller, acting (for another) or "
        "any")},
    {"plan", N_("NAME"), N_("list: only of this plan")},
    {"no", N_("NUMBER"), N_("list: only of this item of a plan")},
    {"section", N_("SECTION"), N_("list: only of this section of a plan: its number or title")},
    {"from", N_("DATE"), N_("list: only those due on this day or later")},
    {"until", N_("DATE"), N_("list: only those due on this day or earlier")},
    {"outcome", N_("WORD"),
     N_("list: only what became so: open, met, met-late, met-after-extension, in-part, withdrawn")},
    {"outcome-original", N_("WORD"),
     N_("list: against the first term, as discipline counts: met or late")},
    {"overdue", NULL, N_("list: only those that are late")},
    {"punctual", NULL, N_("list: only those that are not late")},
    {"decide", NULL, N_("list: only where a report or an extension waits for its decision")},
    {"q", N_("WORDS"), N_("list: only with these words, or their beginnings, in title or number")},
    {"open", NULL, N_("list: only those that are not over")},
    {"closed", NULL, N_("list: only those that are over")},
    PAGES_OPTIONS,
    {NULL, NULL, NULL},
};

const struct command command_assignment = {
    .name = "assignment",
    .words = N_("list | report TASK | accept TASK | return TASK | withdraw TASK | extend TASK | …"),
    .summary = N_("assignments: list them; report, accept, return, extend, delegate, pause one"),
    .examples = "marshrut assignment list --open --body kopo_lo\n"
                "marshrut assignment list --overdue --plan lo-2023 --section 1\n"
                "marshrut assignment report 4.1 --by kopo_lo --kind приказ --number 12-р --date "
                "2023-02-20\n"
                "marshrut assignment extend 4.1 --by kopo_lo --day 2023-03-15 --reason \"ждём "
                "сведения\"\n"
                "marshrut assignment return 4.1 --by kopo_lo_pervyj_zam_predsedatelya --reason "
                "\"нет приложения\"\n"
                "marshrut assignment accept 4.1 --by kopo_lo_pervyj_zam_predsedatelya\n"
                "marshrut assignment comment 4.1 --by \"Иванова А. П.\" --text \"приказ в пути\"",
    .options = options,
    .words_min = 1,
    .words_max = 2,
    .run = run,
};

/* replan.c - `marshrut replan`: what calendars, policies and absences of today change about terms
 *
 * Owns:    the sum of all pages, and the list of last days that move.
 * In:      the verb REPLAN (docs/protocol.md §3.5).
 * Out:     a table before anything moves; with --apply what has moved.
 * Always:  nothing is changed without --apply and a reason, which stays with the terms.
 * See:     docs/time.md §6
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/rehearse_words.h"
#include "cli/session.h"
#include "cli/table.h"

#include <string.h>

/* All pages as one answer. */
struct total {
    json_t *rows;
    json_int_t moved;
    json_int_t changed;
};

static json_t *request_of(const struct arguments *arguments, struct error *err)
{
    const char *reason = arguments_get(arguments, "reason");
    bool apply = arguments_has(arguments, "apply");
    json_t *request = json_pack("{sb}", "apply", (int)apply);

    if (reason != NULL) {
        json_object_set_new(request, "reason", json_string(reason));
    }
    if (apply && reason == NULL) {
        error_set(err, ERROR_INVALID, _("why? --reason TEXT stays with the terms that move"));
        json_decref(request);
        return NULL;
    }
    return request;
}

static bool add_page(void *context, json_t *page, uint64_t *ret_done)
{
    struct total *total = context;

    total->moved += field_number(page, "moved");
    total->changed += field_number(page, "changed");
    json_array_extend(total->rows, json_object_get(page, "rows"));
    *ret_done = json_array_size(total->rows);
    return true;
}

/* --- what is shown ------------------------------------------------------------------------- */

static bool is_refused(const json_t *row)
{
    return field_text(row, "refused") != NULL;
}

static bool is_moved(const json_t *row)
{
    const char *why = field_text(row, "why");

    return why != NULL && strcmp(why, "term") == 0 && !is_refused(row);
}

#define DAY_MAX (DATES_TEXT_MAX + 16)

/* "15.10.2026 чт" */
static const char *day_text(const char *text, char buf[DAY_MAX])
{
    char day[DATES_TEXT_MAX];
    civil_day parsed;

    dates_short_of(text, day);
    if (text != NULL && civil_parse(bytes_of(text), &parsed)) {
        snprintf(buf, DAY_MAX, "%s %s", day, rehearse_weekday(civil_weekday(parsed)));
    } else {
        snprintf(buf, DAY_MAX, "%s", day);
    }
    return buf;
}

/* What the document says explains the move: that day is off now, or is not any more. */
static void add_row(struct table *table, const json_t *row)
{
    const char *literal = field_text(row, "literal_to");
    const char *before = field_text(row, "from_day");
    char days[3][DAY_MAX];

    table_add(table, (const char *const[]){
                         field_text(row, "task"), field_text(row, "plan"), field_text(row, "no"),
                         day_text(literal != NULL ? literal : before, days[0]),
                         day_text(before, days[1]), day_text(field_text(row, "to_day"), days[2]),
                         field_body(row, "responsible"), field_text(row, "title")});
}

static void print_moves(const struct session *session, const struct total *total)
{
    const struct column columns[] = {{.heading = _("Task")},
                                     {.heading = _("Plan")},
                                     {.heading = _("Item")},
                                     {.heading = _("In the document")},
                                     {.heading = _("Was due")},
                                     {.heading = _("Is due")},
                                     {.heading = _("Responsible"), .flexible = true},
                                     {.heading = _("Title"), .flexible = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);
    const json_t *row;
    size_t i;

    json_array_foreach(total->rows, i, row)
    {
        if (is_moved(row)) {
            add_row(table, row);
        }
    }
    if (table_rows(table) > 0) {
        table_print(table, &session->out);
        fputs("\n", session->out.file);
    }
    table_destroy(table);
}

static void print_moved(FILE *file, unsigned long moved, bool apply)
{
    fprintf(file,
            apply ? ngettext("%lu term has moved.\n", "%lu terms have moved.\n", moved)
                  : ngettext("%lu term would move.\n", "%lu terms would move.\n", moved),
            moved);
}

static void print_refused(FILE *file, const struct total *total)
{
    unsigned long refused = 0;
    const json_t *row;
    size_t i;

    json_array_foreach(total->rows, i, row)
    {
        refused += is_refused(row);
    }
    if (refused > 0) {
        fprintf(
            file,
            ngettext("%lu assignment stays as it is: that body may not decide about its term.\n",
                     "%lu assignments stay as they are: that body may not decide about their "
                     "terms.\n",
                     refused),
            refused);
    }
}

static void print_counts(FILE *file, const struct total *total, bool apply)
{
    unsigned long moved = (unsigned long)total->moved;
    unsigned long others = (unsigned long)(total->changed - total->moved);

    if (moved == 0) {
        fputs(apply ? _("No term has moved.\n") : _("No term would move.\n"), file);
    } else {
        print_moved(file, moved, apply);
    }
    if (others > 0) {
        fprintf(file,
                apply ? ngettext("Of %lu assignment only the letters or deputies have changed.\n",
                                 "Of %lu assignments only the letters or deputies have changed.\n",
                                 others)
                      : ngettext("Of %lu assignment only the letters or deputies would change.\n",
                                 "Of %lu assignments only the letters or deputies would change.\n",
                                 others),
                others);
    }
    print_refused(file, total);
    if (!apply && total->changed > 0) {
        fputs(_("Nothing has changed yet: repeat with --apply and --reason.\n"), file);
    }
}

static void print_json(const struct session *session, const struct total *total, bool apply)
{
    json_t *value = json_pack("{sb sI sI sO}", "apply", (int)apply, "moved", total->moved,
                              "changed", total->changed, "rows", total->rows);
    session_print_document(session, value);
    json_decref(value);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct total total = {0};
    struct error err;
    bool apply = arguments_has(arguments, "apply");
    json_t *request = request_of(arguments, &err);

    if (request == NULL) {
        return session_usage(session, &err);
    }
    total.rows = json_array();
    enum exit_code code =
        pages_each(session, "REPLAN", request, _("Looking at open assignments"), add_page, &total);
    if (code == EXIT_CODE_DONE && session->json) {
        print_json(session, &total, apply);
    } else if (code == EXIT_CODE_DONE) {
        print_moves(session, &total);
        print_counts(session->out.file, &total, apply);
    }
    json_decref(total.rows);
    json_decref(request);
    return code;
}

static const struct option options[] = {
    {"apply", NULL, N_("do it; else only say what would happen")},
    {"reason", N_("TEXT"), N_("with --apply: why; it stays with the terms")},
    {NULL, NULL, NULL},
};

const struct command command_replan = {
    .name = "replan",
    .words = "",
    .summary = N_("what calendars, policies and absences of today change about open terms"),
    .more = N_("After a new calendar, policy or list of bodies was deployed, terms that are open "
               "stay as they were given. This lists those whose last day would be another, and "
               "moves them when it is told to. A term that is over is not moved, nor one beyond "
               "the day that people have decided."),
    .examples = "marshrut replan\n"
                "marshrut replan --apply --by kopo_lo --reason \"утверждён календарь на 2027 год\"",
    .options = options,
    .run = run,
};

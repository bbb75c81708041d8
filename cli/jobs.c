/* jobs.c - `marshrut jobs`: long work that was begun on the page, seen and ended from the terminal
 *
 * Owns:    the table of work, and what is told of one.
 * In:      GET /jobs, GET and DELETE /jobs/{job} of the gateway (docs/http.md §4): the engine
 *          itself knows only the commands that such work gives.
 * Out:     a table, or one piece of work with what was refused.
 * See:     docs/cli.md §jobs
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/refusal.h"
#include "cli/table.h"
#include "cli/text.h"
#include "cli/web_client.h"

#include <stdlib.h>
#include <string.h>

#define NAMES_SHOWN 3u

/* --- words --------------------------------------------------------------------------------- */

/* "Incidents: retry"; names of plans or files. */
static char *what_of(const json_t *job)
{
    const json_t *request = json_object_get(job, "request");
    const char *list = field_text(request, "list");
    const char *action = field_text(request, "action");
    const json_t *plans = json_object_get(request, "plans");
    const json_t *names = plans != NULL ? plans : json_object_get(request, "files");
    struct buffer out = BUFFER_INIT;

    if (action != NULL && list != NULL) {
        text_put(&out, "%s: %s", word_work_list(list), word_work_action(list, action));
        return text_take(&out);
    }
    buffer_text(&out, plans != NULL ? _("rehearsal: ") : _("import: "));
    for (size_t i = 0; i < json_array_size(names) && i < NAMES_SHOWN; i++) {
        const char *name = json_string_value(json_array_get(names, i));
        text_put(&out, "%s%s", i > 0 ? ", " : "", name != NULL ? name : "?");
    }
    buffer_text(&out, json_array_size(names) > NAMES_SHOWN ? ", …" : "");
    return text_take(&out);
}

static char *progress_of(const json_t *job)
{
    struct buffer out = BUFFER_INIT;

    if (field_number(job, "of") > 0) {
        text_put(&out, _("%lld of %lld"), (long long)field_number(job, "done"),
                 (long long)field_number(job, "of"));
    }
    return text_take(&out);
}

static const char *who_of(const json_t *job)
{
    const char *name = field_text(job, "by_name");

    return name != NULL ? name : field_text(job, "by");
}

/* --- all ----------------------------------------------------------------------------------- */

static void add_row(const struct session *session, struct table *table, const json_t *job)
{
    char began[DATES_TEXT_MAX];
    char *number = field_printed(job, "id");
    char *what = what_of(job);
    char *progress = progress_of(job);
    char *refused =
        field_number(job, "refused_count") > 0 ? field_printed(job, "refused_count") : NULL;
    const char *cells[] = {number,   what,    word_work_state(field_text(job, "state")),
                           progress, refused, who_of(job),
                           began};

    dates_moment_short(session->zone, field_text(job, "began"), began);
    table_add(table, cells);
    free(refused);
    free(progress);
    free(what);
    free(number);
}

static void print_rows(const struct session *session, const json_t *rows)
{
    const struct column columns[] = {{.heading = _("No."), .right = true},
                                     {.heading = _("Work"), .flexible = true},
                                     {.heading = _("State")},
                                     {.heading = _("Done"), .right = true},
                                     {.heading = _("Refused"), .right = true},
                                     {.heading = _("By"), .flexible = true},
                                     {.heading = _("Began")}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);

    for (size_t i = 0; i < json_array_size(rows); i++) {
        add_row(session, table, json_array_get(rows, i));
    }
    table_print(table, &session->out);
    table_destroy(table);
}

static enum exit_code list(struct session *session)
{
    json_t *answer;
    enum exit_code code = web_ask(session, "GET", "/jobs", &answer);

    if (answer != NULL) {
        session_find_zone(session);
    }
    if (answer != NULL && pages_has_rows(session, answer, _("There was no long work."))) {
        print_rows(session, json_object_get(answer, "rows"));
    }
    json_decref(answer);
    return code;
}

/* --- one ----------------------------------------------------------------------------------- */

/* plan.yaml:3:7, or 17.1 Издать приказ */
static char *name_of(const json_t *row)
{
    char *task = field_printed(row, "task");
    char *instance = field_printed(row, "instance");
    const char *title = field_text(row, "title");
    struct buffer out = BUFFER_INIT;

    if (field_text(row, "file") != NULL) {
        text_put(&out, "%s", field_text(row, "file"));
        if (field_number(row, "line") > 0) {
            text_put(&out, ":%lld:%lld", (long long)field_number(row, "line"),
                     (long long)field_number(row, "column"));
        }
    } else {
        text_put(&out, "%s%s%s",
                 task != NULL       ? task
                 : instance != NULL ? instance
                                    : "?",
                 title != NULL ? " " : "", title != NULL ? title : "");
    }
    free(instance);
    free(task);
    return text_take(&out);
}

static void print_refused(const struct session *session, const json_t *job)
{
    const json_t *refused = json_object_get(job, "refused");
    json_int_t more = field_number(job, "refused_count") - (json_int_t)json_array_size(refused);

    for (size_t i = 0; i < json_array_size(refused); i++) {
        const json_t *row = json_array_get(refused, i);
        char *name = name_of(row);
        char *harmless = text_harmless(name, strlen(name));
        char *why = refusal_sentence(row);
        fprintf(session->out.file, "%s: %s\n", harmless, why != NULL ? why : "?");
        free(why);
        free(harmless);
        free(name);
    }
    if (more > 0) {
        fprintf(session->out.file, _("and %zu more\n"), (size_t)more);
    }
}

static void print_one(const struct session *session, json_t *job)
{
    const char *problem = field_text(job, "problem");
    char *why = problem != NULL ? text_harmless(problem, strlen(problem)) : NULL;
    json_t *rows = json_pack("[O]", job);

    print_rows(session, rows);
    json_decref(rows);
    if (why != NULL) {
        fprintf(session->out.file, "%s\n", why);
    }
    free(why);
    print_refused(session, job);
}

static enum exit_code show(struct session *session, const char *word, bool cancel)
{
    uint64_t number;
    char path[64];
    struct error err;
    json_t *answer;

    if (!arguments_parse_number(word, &number) || number == 0) {
        error_set(&err, ERROR_INVALID, _("\"%s\" is not the number of a piece of work, like 17"),
                  word);
        return session_usage(session, &err);
    }
    snprintf(path, sizeof path, "/jobs/%llu", (unsigned long long)number);
    enum exit_code code = web_ask(session, cancel ? "DELETE" : "GET", path, &answer);
    if (answer != NULL) {
        session_find_zone(session);
        print_one(session, answer);
    }
    json_decref(answer);
    return code;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    bool cancel = arguments_has(arguments, "cancel");
    struct error err;

    if (arguments->count > 0) {
        return show(session, arguments->positional[0], cancel);
    }
    if (cancel) {
        error_set(&err, ERROR_INVALID, _("which work? Its number is needed, like 17"));
        return session_usage(session, &err);
    }
    return list(session);
}

static const struct option options[] = {
    {"cancel", NULL, N_("end it; what it has done stays done")},
    {NULL, NULL, NULL},
};

const struct command command_jobs = {
    .name = "jobs",
    .words = N_("[NUMBER]"),
    .summary = N_("long work that was begun on the page: how far it is, what was refused, its end"),
    .more =
        N_("Actions on many, rehearsals and imports go on in the engine when the page is "
           "closed. The gateway of the engine is asked: its address stands in the file http.url "
           "of the folder of the engine."),
    .examples = "marshrut jobs\n"
                "marshrut jobs 17\n"
                "marshrut jobs 17 --cancel",
    .options = options,
    .words_max = 1,
    .run = run,
};

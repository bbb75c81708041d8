/* show.c - `marshrut show`: one instance with its tasks and data
 *
 * Owns:    the layout of an instance for people.
 * In:      an instance; the verb SHOW (docs/protocol.md §3.6).
 * Out:     what it is, a table of its tasks, its data as JSON.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

static void print_line(const struct session *session, const char *label, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        char *shown = text_harmless(value, strlen(value));
        fprintf(session->out.file, "%s: %s\n", label, shown);
        free(shown);
    }
}

static void print_heading(const struct session *session, const json_t *answer)
{
    char created[DATES_TEXT_MAX];
    char changed[DATES_TEXT_MAX];
    char *title = field_harmless(answer, "title");
    char *parent = field_printed(answer, "parent");
    const struct output *out = &session->out;
    const char *problem = field_text(json_object_get(answer, "problem"), "title");
    char *version = field_printed(answer, "version");

    dates_moment(session->zone, field_text(answer, "created"), created);
    dates_moment(session->zone, field_text(answer, "changed"), changed);
    fprintf(out->file, _("%sInstance %lld: %s%s\n"), output_style(out, STYLE_BOLD),
            (long long)field_number(answer, "instance"), title ? title : "—", output_plain(out));
    print_line(session, _("State"), word_instance_state(field_text(answer, "state")));
    print_line(session, _("Definition"), field_text(answer, "definition"));
    print_line(session, _("Version"), version);
    print_line(session, _("Key"), field_text(answer, "key"));
    print_line(session, _("Started by instance"), parent);
    print_line(session, _("Error"), problem);
    print_line(session, _("Started"), created);
    print_line(session, _("Changed"), changed);
    json_int_t children = field_number(json_object_get(answer, "children"), "open");
    if (children > 0) {
        fprintf(out->file, _("Instances it waits for: %lld\n"), (long long)children);
    }
    free(version);
    free(parent);
    free(title);
}

/* How far a step is that others run in, or that gathers. */
static void put_gathered(struct buffer *out, const json_t *task)
{
    const char *kind = field_text(task, "kind");

    if (json_object_get(task, "of") != NULL) {
        text_put(out, _("%lld of %lld ended"), (long long)field_number(task, "ended"),
                 (long long)field_number(task, "of"));
    } else if (field_number(task, "taken") > 0) {
        text_put(out, _("events taken: %lld"), (long long)field_number(task, "taken"));
    } else if (field_number(task, "child") > 0) {
        text_put(out, _("instance %lld"), (long long)field_number(task, "child"));
    } else if (kind != NULL && strcmp(kind, "iteration") == 0) {
        text_put(out, _("turn %lld"), (long long)field_number(task, "index") + 1);
    } else if (json_object_get(task, "caught") != NULL) {
        const char *title = field_text(json_object_get(task, "caught"), "title");
        text_put(out, _("an error was caught: %s"), title != NULL ? title : "—");
    }
}

#define TITLE_COLUMNS 40 /* of an assignment: who and when stand beside it */

/* «КОПО ЛО, срок 28.02.2023: «Разработка…»» */
static void put_assignment(struct buffer *out, const json_t *assignment)
{
    const char *body = field_body(assignment, "responsible");
    const char *title = field_text(assignment, "title");
    char date[DATES_TEXT_MAX];

    dates_short_of(field_text(assignment, "to"), date);
    text_put(out, _("%s, due %s"), body != NULL ? body : "—", date);
    if (title != NULL) {
        char *cut = text_fit(title, TITLE_COLUMNS);
        text_put(out, ": «%s»", cut);
        free(cut);
    }
}

/* On whom or what a task hangs, in a few words. */
static char *task_detail(const struct session *session, const json_t *task)
{
    struct buffer out = BUFFER_INIT;
    const json_t *assignment = json_object_get(task, "assignment");
    const char *service = field_text(task, "service");
    const char *worker = field_text(task, "worker");
    const char *problem = field_text(json_object_get(task, "problem"), "title");
    char date[DATES_TEXT_MAX];

    if (json_is_object(assignment)) {
        put_assignment(&out, assignment);
    } else if (problem != NULL) {
        buffer_text(&out, problem);
    } else if (worker != NULL) {
        text_put(&out, "%s → %s", service ? service : "?", worker);
    } else if (field_text(task, "until") != NULL) {
        dates_moment_short(session->zone, field_text(task, "until"), date);
        text_put(&out, _("until %s"), date);
    } else if (service != NULL) {
        buffer_text(&out, service);
    } else {
        put_gathered(&out, task);
    }
    return text_take(&out);
}

static const char *task_state(const json_t *task)
{
    const char *state = field_text(json_object_get(task, "assignment"), "state");

    return state != NULL ? word_standing(state) : word_task_state(field_text(task, "state"));
}

static const json_t *find_task(const json_t *tasks, const char *name)
{
    for (size_t i = 0; name != NULL && i < json_array_size(tasks); i++) {
        const json_t *task = json_array_get(tasks, i);
        const char *other = field_text(task, "task");
        if (other != NULL && strcmp(other, name) == 0) {
            return task;
        }
    }
    return NULL;
}

#define DEPTH_MAX 128 /* lists stand 32 deep in one another, each with a turn of a loop */

/* A step stands so far in as there are others around it. */
static char *indented_step(const json_t *tasks, const json_t *task)
{
    const json_t *around = find_task(tasks, field_text(task, "scope"));
    struct buffer out = BUFFER_INIT;

    for (int depth = 0; around != NULL && depth < DEPTH_MAX; depth++) {
        buffer_text(&out, "· ");
        around = find_task(tasks, field_text(around, "scope"));
    }
    const char *step = field_text(task, "step");
    buffer_text(&out, step != NULL ? step : "—");
    return text_take(&out);
}

static void add_task(const struct session *session, struct table *table, const json_t *tasks,
                     const json_t *task)
{
    char since[DATES_TEXT_MAX];
    char *attempt = field_number(task, "attempt") > 0 ? field_printed(task, "attempt") : NULL;
    char *detail = task_detail(session, task);
    char *step = indented_step(tasks, task);
    const char *cells[] = {field_text(task, "task"),
                           step,
                           word_task_kind(field_text(task, "kind")),
                           task_state(task),
                           attempt,
                           since,
                           detail,
                           field_text(task, "path")};

    dates_moment_short(session->zone, field_text(task, "since"), since);
    table_add(table, cells);
    free(step);
    free(detail);
    free(attempt);
}

/* The place of a step in its document is shown where steps stand in steps. */
static bool has_nested(const json_t *tasks)
{
    for (size_t i = 0; i < json_array_size(tasks); i++) {
        if (field_text(json_array_get(tasks, i), "scope") != NULL) {
            return true;
        }
    }
    return false;
}

static void print_tasks(const struct session *session, const json_t *tasks)
{
    const struct column columns[] = {{.heading = _("Task")},
                                     {.heading = _("Step"), .flexible = true},
                                     {.heading = _("Kind")},
                                     {.heading = _("State")},
                                     {.heading = _("Attempt"), .right = true},
                                     {.heading = _("Since")},
                                     {.heading = _("Detail"), .flexible = true},
                                     {.heading = _("Path"), .flexible = true}};

    if (json_array_size(tasks) == 0) {
        fprintf(session->out.file, "%s\n", _("It has no open tasks."));
        return;
    }
    size_t count = sizeof columns / sizeof *columns - (has_nested(tasks) ? 0 : 1);
    struct table *table = table_create(columns, count);
    for (size_t i = 0; i < json_array_size(tasks); i++) {
        add_task(session, table, tasks, json_array_get(tasks, i));
    }
    fputs("\n", session->out.file);
    table_print(table, &session->out);
    table_destroy(table);
}

static void print_data(const struct session *session, const json_t *data)
{
    if (json_object_size(data) == 0 && json_array_size(data) == 0) {
        return;
    }
    char *text = json_dumps(data, JSON_INDENT(2));
    if (text != NULL) {
        fprintf(session->out.file, "\n%s:\n", _("Data"));
        session_print_json(session, text, strlen(text));
    }
    free(text);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct error err;
    json_t *answer;
    uint64_t instance;

    if (!session_instance(arguments->positional[0], &instance, &err)) {
        return session_usage(session, &err);
    }
    enum exit_code code =
        session_ask(session, "SHOW", json_pack("{sI}", "instance", (json_int_t)instance), &answer);
    if (answer != NULL) {
        print_heading(session, answer);
        print_tasks(session, json_object_get(answer, "tasks"));
        print_data(session, json_object_get(answer, "data"));
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {NULL, NULL, NULL},
};

const struct command command_show = {
    .name = "show",
    .words = N_("ID"),
    .summary = N_("one instance: its tasks and data"),
    .examples = "marshrut show 4",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};

/* cycle.c - `marshrut cycle`: at which stage of a cycle people are, and where they are stuck
 *
 * Owns:    the tables of stages, of places and of people.
 * In:      the verb CYCLE (docs/protocol.md §3.6).
 */
#include "base/must.h"
#include "cli/assignment_rows.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

static void print_cycles(const struct session *session, const json_t *answer)
{
    const struct column columns[] = {{.heading = _("Definition")},
                                     {.heading = _("Title"), .flexible = true}};
    struct table *table;
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    if (!pages_has_rows(session, answer, _("No workflow in force is a cycle."))) {
        return;
    }
    table = table_create(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        table_add(table,
                  (const char *const[]){field_text(row, "definition"), field_text(row, "title")});
    }
    table_print(table, &session->out);
    table_destroy(table);
}

static void add_stage(struct table *table, const json_t *stage, const char *title)
{
    const json_t *oldest = json_object_get(stage, "oldest");
    char *count = field_printed(stage, "count");
    char *median = field_printed(stage, "median_days");
    char *days = field_printed(oldest, "days");
    char *instance = field_printed(oldest, "instance");
    const char *cells[] = {title, count, median, days, instance, field_text(oldest, "name")};

    table_add(table, cells);
    free(instance);
    free(days);
    free(median);
    free(count);
}

static void print_stages(const struct session *session, const json_t *answer)
{
    const struct column columns[] = {{.heading = _("Stage"), .flexible = true},
                                     {.heading = _("People"), .right = true},
                                     {.heading = _("Median, days"), .right = true},
                                     {.heading = _("Longest, days"), .right = true},
                                     {.heading = _("No."), .right = true},
                                     {.heading = _("Who"), .flexible = true}};
    const json_t *stages = json_object_get(answer, "stages");
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);

    for (size_t i = 0; i < json_array_size(stages); i++) {
        const json_t *stage = json_array_get(stages, i);
        add_stage(table, stage, field_text(stage, "title"));
    }
    add_stage(table, json_object_get(answer, "between"), _("between stages"));
    table_print(table, &session->out);
    table_destroy(table);
}

static void print_ended(const struct session *session, const json_t *answer)
{
    json_t *ended = json_object_get(answer, "ended");
    struct buffer out = BUFFER_INIT;
    const char *name;
    json_t *count;

    text_put(&out, _("Ended: %lld"), (long long)field_number(answer, "over"));
    const char *mark = " (";
    json_object_foreach(ended, name, count)
    {
        text_put(&out, "%s%s %lld", mark, word_instance_state(name),
                 (long long)json_integer_value(count));
        mark = ", ";
    }
    if (json_object_size(ended) > 0) {
        buffer_text(&out, ")");
    }
    char *text = text_take(&out);
    char *shown = text_harmless(text, strlen(text));
    fprintf(session->out.file, "%s\n", shown);
    free(shown);
    free(text);
}

/* How many at each stage, «3 · 0 · 12», in the order of the table above. */
static char *counts_of(const json_t *group)
{
    const json_t *counts = json_object_get(group, "counts");
    struct buffer out = BUFFER_INIT;

    for (size_t i = 0; i < json_array_size(counts); i++) {
        text_put(&out, "%s%lld", i > 0 ? " · " : "",
                 (long long)json_integer_value(json_array_get(counts, i)));
    }
    return text_take(&out);
}

static int compare_places(const void *a, const void *b)
{
    const json_t *x = *(const json_t *const *)a;
    const json_t *y = *(const json_t *const *)b;
    const char *left = field_text(x, "municipality");
    const char *right = field_text(y, "municipality");
    int order = strcmp(left != NULL ? left : "", right != NULL ? right : "");

    if (order != 0) {
        return order;
    }
    left = field_text(x, "school");
    right = field_text(y, "school");
    return strcmp(left != NULL ? left : "", right != NULL ? right : "");
}

/* By municipality and school; the rows are borrowed. Yours to free. */
static const json_t **sorted(const json_t *groups)
{
    size_t count = json_array_size(groups);
    const json_t **rows = xcalloc(count + 1, sizeof *rows);

    for (size_t i = 0; i < count; i++) {
        rows[i] = json_array_get(groups, i);
    }
    qsort(rows, count, sizeof *rows, compare_places);
    return rows;
}

static void print_groups(const struct session *session, const json_t *groups)
{
    const struct column columns[] = {{.heading = _("Municipality"), .flexible = true},
                                     {.heading = _("School"), .flexible = true},
                                     {.heading = _("At each stage"), .right = true},
                                     {.heading = _("Between"), .right = true},
                                     {.heading = _("Ended"), .right = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);

    const json_t **rows = sorted(groups);

    for (size_t i = 0; i < json_array_size(groups); i++) {
        const json_t *group = rows[i];
        char *counts = counts_of(group);
        char *between = field_printed(group, "between");
        char *ended = field_printed(group, "ended");
        table_add(table,
                  (const char *const[]){field_text(group, "municipality"),
                                        field_text(group, "school"), counts, between, ended});
        free(ended);
        free(between);
        free(counts);
    }
    free(rows);
    if (table_rows(table) > 0) {
        assignment_rows_heading(&session->out, _("By municipality and school"));
        table_print(table, &session->out);
    }
    table_destroy(table);
}

static void print_people(const struct session *session, const json_t *answer)
{
    const struct column columns[] = {
        {.heading = _("No."), .right = true},       {.heading = _("Who"), .flexible = true},
        {.heading = _("School"), .flexible = true}, {.heading = _("Stage"), .flexible = true},
        {.heading = _("Days"), .right = true},      {.heading = _("Waits for"), .flexible = true}};
    struct table *table;
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    if (!pages_has_rows(session, answer, _("There is nobody."))) {
        return;
    }
    table = table_create(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        const json_t *on = json_array_get(json_object_get(row, "on"), 0);
        char *instance = field_printed(row, "instance");
        char *days = field_printed(row, "days");
        const char *waits = field_text(on, "short");
        table_add(table,
                  (const char *const[]){instance, field_text(row, "name"),
                                        field_text(row, "school"), field_text(row, "stage"), days,
                                        waits != NULL ? waits : field_text(on, "name")});
        free(days);
        free(instance);
    }
    table_print(table, &session->out);
    table_destroy(table);
    pages_say_more(session, answer);
}

static void print_cycle(const struct session *session, const json_t *answer)
{
    print_stages(session, answer);
    print_ended(session, answer);
    print_groups(session, json_object_get(answer, "groups"));
    if (json_is_true(json_object_get(answer, "more"))) {
        fprintf(session->out.file, "%s\n",
                _("Not everybody was counted: choose a --municipality or a --school."));
    }
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    static const char *const fields[] = {"stage", "municipality", "school", NULL};
    bool people = arguments_has(arguments, "people") || arguments_has(arguments, "stage");
    bool one = arguments->count > 0;
    struct error err;
    json_t *answer;
    json_t *request = pages_request(arguments, fields, &err);

    if (request == NULL) {
        return session_usage(session, &err);
    }
    if (one) {
        json_object_set_new(request, "definition", json_string(arguments->positional[0]));
    }
    if (people) {
        json_object_set_new(request, "people", json_true());
    }
    enum exit_code code = session_ask(session, "CYCLE", request, &answer);
    if (answer != NULL && one && people) {
        print_people(session, answer);
    } else if (answer != NULL && one) {
        print_cycle(session, answer);
    } else if (answer != NULL) {
        print_cycles(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"people", NULL, N_("the people themselves, in place of their numbers")},
    {"stage", N_("STEP"), N_("people at this stage: its step, between or over")},
    {"municipality", N_("TEXT"), N_("only of this municipality")},
    {"school", N_("TEXT"), N_("only of this school")},
    PAGES_OPTIONS,
    {NULL, NULL, NULL},
};

const struct command command_cycle = {
    .name = "cycle",
    .words = N_("[NAME]"),
    .summary = N_("at which stage of a cycle people are, and where they are stuck"),
    .more =
        N_("Without a name: the workflows that are cycles. With one: how many are at each stage, "
           "how long half of them are there already, and who is there longest."),
    .examples = "marshrut cycle\n"
                "marshrut cycle teacher-cycle --municipality \"Тосненский район\"\n"
                "marshrut cycle teacher-cycle --stage diagnose",
    .options = options,
    .words_max = 1,
    .run = run,
};

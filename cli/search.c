/* search.c - `marshrut search`: find by words, among everything
 *
 * Owns:    what of each thing found is shown.
 * In:      the verb SEARCH (docs/protocol.md §3.6).
 * Out:     a table for each group that is not empty.
 */
#include "base/must.h"
#include "cli/assignment_rows.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/session.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX 4
#define FOUND_MAX   50 /* of each group, as the engine has it */

struct group {
    const char *field;
    const char *heading; /* N_() */
    struct {
        const char *field;   /* "problem.title": of an object */
        const char *heading; /* N_() */
    } columns[COLUMNS_MAX];  /* all but the first give way */
};

/* They come before assignments. */
static const struct group people_groups[] = {
    {"people",
     N_("Teachers"),
     {{"instance", N_("No.")},
      {"name", N_("Name")},
      {"stage", N_("Stage")},
      {"school", N_("School")}}},
    {"places",
     N_("Municipalities and schools"),
     {{"municipality", N_("Municipality")},
      {"school", N_("School")},
      {"definition", N_("Definition")},
      {NULL, NULL}}},
};

static const struct group groups[] = {
    {"incidents",
     N_("Incidents"),
     {{"task", N_("Task")},
      {"definition", N_("Definition")},
      {"problem.title", N_("Cause")},
      {NULL, NULL}}},
    {"instances",
     N_("Instances"),
     {{"instance", N_("No.")},
      {"definition", N_("Definition")},
      {"key", N_("Key")},
      {"title", N_("Title")}}},
    {"items",
     N_("Items of plans"),
     {{"plan", N_("Plan")}, {"no", N_("Item")}, {"title", N_("Title")}, {NULL, NULL}}},
    {"bodies",
     N_("Bodies"),
     {{"id", N_("Body")}, {"short", N_("Short name")}, {"name", N_("Title")}, {NULL, NULL}}},
    {"notices",
     N_("Notices"),
     {{"task", N_("Task")},
      {"time", N_("When")},
      {"to", N_("To")},
      {"assignment.title", N_("Title")}}},
    {"workers",
     N_("Workers"),
     {{"name", N_("Program")}, {"services", N_("Services")}, {NULL, NULL}, {NULL, NULL}}},
    {"definitions",
     N_("Definitions"),
     {{"kind", N_("Kind")}, {"name", N_("Name")}, {"title", N_("Title")}, {NULL, NULL}}},
    {"mentions",
     N_("Only in words"),
     {{"task", N_("Task")}, {"no", N_("Item")}, {"title", N_("Title")}, {"plan", N_("Plan")}}},
};

static char *list_text(const json_t *names)
{
    struct buffer out = BUFFER_INIT;

    for (size_t i = 0; i < json_array_size(names); i++) {
        text_put(&out, "%s%s", i > 0 ? ", " : "", json_string_value(json_array_get(names, i)));
    }
    return text_take(&out);
}

static char *cell_of(const struct session *session, const json_t *row, const char *field)
{
    const char *dot = strchr(field, '.');
    char moment[DATES_TEXT_MAX];

    if (dot != NULL) {
        return field_printed(json_object_getn(row, field, (size_t)(dot - field)), dot + 1);
    }
    const json_t *value = json_object_get(row, field);
    if (json_is_array(value)) {
        return list_text(value);
    }
    if (json_is_object(value)) {
        return xstrdup(field_body(row, field));
    }
    if (strcmp(field, "time") == 0) {
        dates_moment_short(session->zone, json_string_value(value), moment);
        return xstrdup(moment);
    }
    if (strcmp(field, "kind") == 0 && json_is_string(value)) {
        return xstrdup(word_definition_kind(json_string_value(value)));
    }
    return field_printed(row, field);
}

static void print_group(const struct session *session, const struct group *group,
                        const json_t *rows)
{
    struct column columns[COLUMNS_MAX] = {{NULL}};
    size_t count = 0;

    if (json_array_size(rows) == 0) {
        return;
    }
    while (count < COLUMNS_MAX && group->columns[count].field != NULL) {
        columns[count].heading = _(group->columns[count].heading);
        columns[count].flexible = count > 0;
        count++;
    }
    struct table *table = table_create(columns, count);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const char *cells[COLUMNS_MAX] = {NULL};
        char *printed[COLUMNS_MAX] = {NULL};
        for (size_t c = 0; c < count; c++) {
            cells[c] = printed[c] =
                cell_of(session, json_array_get(rows, i), group->columns[c].field);
        }
        table_add(table, cells);
        for (size_t c = 0; c < count; c++) {
            free(printed[c]);
        }
    }
    assignment_rows_heading(&session->out, _(group->heading));
    table_print(table, &session->out);
    table_destroy(table);
}

static size_t found(const json_t *answer)
{
    size_t count = 0;
    const char *field;
    const json_t *group;

    json_object_foreach((json_t *)answer, field, group)
    {
        count += json_array_size(group);
    }
    return count;
}

static void print_groups(const struct session *session, const struct group *list, size_t count,
                         const json_t *answer)
{
    for (size_t i = 0; i < count; i++) {
        print_group(session, &list[i], json_object_get(answer, list[i].field));
    }
}

static void print(const struct session *session, const json_t *answer)
{
    size_t count = found(answer);

    if (count == 0) {
        fprintf(session->out.file, "%s\n", _("Nothing is found."));
        return;
    }
    fprintf(session->out.file, _("Found: %zu\n"), count);
    print_groups(session, people_groups, sizeof people_groups / sizeof *people_groups, answer);
    assignment_rows_print(&session->out, _("Assignments"), json_object_get(answer, "assignments"),
                          NULL);
    assignment_rows_print(&session->out, _("With a document of this number"),
                          json_object_get(answer, "documents"), NULL);
    print_groups(session, groups, sizeof groups / sizeof *groups, answer);
    if (json_is_true(json_object_get(answer, "more"))) {
        fprintf(session->out.file, "\n%s\n", _("There is more: name more words, or a --limit."));
    }
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct buffer words = BUFFER_INIT;
    uint64_t limit = 0;
    struct error err;
    json_t *answer;

    if (!arguments_number(arguments, "limit", 1, FOUND_MAX, &limit, &err)) {
        return session_usage(session, &err);
    }
    for (size_t i = 0; i < arguments->count; i++) {
        text_put(&words, "%s%s", i > 0 ? " " : "", arguments->positional[i]);
    }
    char *q = text_take(&words);
    json_t *request = json_pack("{ss}", "q", q);
    free(q);
    if (limit > 0) {
        json_object_set_new(request, "limit", json_integer((json_int_t)limit));
    }
    enum exit_code code = session_ask(session, "SEARCH", request, &answer);
    if (answer != NULL) {
        print(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"limit", N_("N"), N_("at most so many of each group, 1 to 50 (10)")},
    {NULL, NULL, NULL},
};

const struct command command_search = {
    .name = "search",
    .words = N_("WORDS…"),
    .summary = N_("find people, assignments, incidents, items, bodies, workers by words"),
    .more =
        N_("All words must be there; each is the beginning of a word. An assignment is found by "
           "its title, by its reports with the numbers of their documents, and by remarks. The "
           "number of an instance and the beginning of a key are found too."),
    .examples = "marshrut search наставник план\n"
                "marshrut search 384-р\n"
                "marshrut search t-100",
    .options = options,
    .words_min = 1,
    .words_max = 50,
    .run = run,
};

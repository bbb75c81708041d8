/* computed.c - `marshrut computed`: an item of a plan whose progress is counted, and what counts
 *
 * Owns:    the sentence of the number, and the table of what was counted.
 * In:      the verb COMPUTED (docs/protocol.md §3.6).
 * Out:     how many of how many, what is wanted; with --rows a page of them.
 */
#include "cli/computed.h"

#include "base/must.h"
#include "cli/assignment_rows.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

/* "80", "62.5", with its unit. */
static void put_number(struct buffer *out, const json_t *value, const char *unit)
{
    double number = json_number_value(value);
    long long tenths = (long long)(number * 10 + 0.5);

    if (tenths % 10 == 0) {
        text_put(out, "%lld", tenths / 10);
    } else {
        text_put(out, _("%lld.%lld"), tenths / 10, tenths % 10);
    }
    text_put(out, "%s%s", unit[0] != '\0' ? " " : "", unit);
}

static void put_share(struct buffer *out, const json_t *answer, const char *unit)
{
    const json_t *of = json_object_get(answer, "of");

    if (json_is_integer(of)) {
        text_put(out, _("%lld of %lld: "), (long long)field_number(answer, "done"),
                 (long long)json_integer_value(of));
    }
    put_number(out, json_object_get(answer, "value"), unit);
}

/* «; требуется не менее 62,5 %: достигнуто» */
static void put_target(struct buffer *out, const json_t *answer, const char *unit)
{
    const json_t *target = json_object_get(answer, "target");
    const char *kind = field_text(target, "kind");
    bool most = kind != NULL && strcmp(kind, "at_most") == 0;
    bool reached = json_is_true(json_object_get(answer, "reached"));

    text_put(out, "%s", most ? _("; wanted at most ") : _("; wanted at least "));
    put_number(out, json_object_get(target, "value"), unit);
    buffer_text(out, reached ? _(": reached") : _(": not reached"));
}

char *computed_number(const json_t *answer)
{
    const char *unit = field_text(answer, "unit");
    struct buffer out = BUFFER_INIT;

    put_share(&out, answer, unit != NULL ? unit : "");
    put_target(&out, answer, unit != NULL ? unit : "");
    return text_take(&out);
}

static void print_number(const struct session *session, const json_t *answer)
{
    char *no = field_harmless(answer, "no");
    char *title = field_harmless(answer, "title");
    char *number = computed_number(answer);
    struct buffer out = BUFFER_INIT;

    text_put(&out, _("Item %s: %s\n"), no != NULL ? no : "—", title != NULL ? title : "—");
    text_put(&out, "%s\n", number);
    if (json_is_true(json_object_get(answer, "more"))) {
        text_put(&out, "%s\n", _("Not all was looked at: there is too much for one answer."));
    }
    if (field_number(answer, "unsure") > 0) {
        text_put(&out, _("Conditions that could not be answered: %lld\n"),
                 (long long)field_number(answer, "unsure"));
    }
    char *text = text_take(&out);
    fputs(text, session->out.file);
    free(text);
    free(number);
    free(title);
    free(no);
}

static void add_row(struct table *table, const json_t *row)
{
    char *number = field_printed(row, "instance");
    const char *cells[] = {number, word_instance_state(field_text(row, "state")),
                           field_text(row, "key"), field_text(row, "title")};

    table_add(table, cells);
    free(number);
}

static void print_instances(const struct session *session, const json_t *rows)
{
    const struct column columns[] = {{.heading = _("No."), .right = true},
                                     {.heading = _("State")},
                                     {.heading = _("Key"), .flexible = true},
                                     {.heading = _("Title"), .flexible = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);

    for (size_t i = 0; i < json_array_size(rows); i++) {
        add_row(table, json_array_get(rows, i));
    }
    table_print(table, &session->out);
    table_destroy(table);
}

static void print_rows(const struct session *session, const json_t *answer)
{
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    if (!pages_has_rows(session, answer, _("Nothing was counted."))) {
        return;
    }
    if (json_object_get(json_array_get(rows, 0), "task") != NULL) {
        struct table *table = assignment_rows_table(rows, NULL);
        table_print(table, &session->out);
        table_destroy(table);
    } else {
        print_instances(session, rows);
    }
    pages_say_more(session, answer);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    static const char *const which[] = {"done", "of", NULL};
    static const char *const fields[] = {"rows", NULL};
    struct error err;
    json_t *answer;
    json_t *request =
        pages_word(arguments, "rows", which, &err) ? pages_request(arguments, fields, &err) : NULL;

    if (request == NULL) {
        return session_usage(session, &err);
    }
    json_object_set_new(request, "plan", json_string(arguments->positional[0]));
    json_object_set_new(request, "no", json_string(arguments->positional[1]));
    enum exit_code code = session_ask(session, "COMPUTED", request, &answer);
    if (answer != NULL && json_object_get(answer, "rows") != NULL) {
        print_rows(session, answer);
    } else if (answer != NULL) {
        print_number(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"rows", N_("WHICH"), N_("what was counted: done, or of (of what it is counted)")},
    PAGES_OPTIONS,
    {NULL, NULL, NULL},
};

const struct command command_computed = {
    .name = "computed",
    .words = N_("PLAN ITEM"),
    .summary = N_("an item of a plan whose progress is counted, and what was counted"),
    .examples = "marshrut computed lo-2023 5.6\n"
                "marshrut computed lo-2023 5.6 --rows done --limit 20",
    .options = options,
    .words_min = 2,
    .words_max = 2,
    .run = run,
};

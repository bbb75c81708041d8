/* document_test.c - roadmaps, bodies, policies: what is read, and every refusal with its place */
#include "base/limits.h"
#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define BODIES                                                                                     \
    "document: {kind: bodies, name: b, version: '1'}\n"                                            \
    "timezone: Europe/Moscow\n"                                                                    \
    "bodies:\n"

#define POLICY                                                                                     \
    "document: {kind: policy, name: p, version: '1'}\n"                                            \
    "at: '09:00'\n"                                                                                \
    "soon: 10\n"                                                                                   \
    "ladder:\n"

#define ROADMAP                                                                                    \
    "document: {kind: roadmap, name: r, version: '1'}\n"                                           \
    "period: {from: 2023-01-01, to: 2023-12-31}\n"                                                 \
    "controller: boss\n"                                                                           \
    "policy: p\n"                                                                                  \
    "sections: [{no: '1', title: Раздел}]\n"                                                 \
    "items:\n"

#define DUE "due: {phrase: Май, kind: window, windows: [{from: 2023-05-01, to: 2023-05-31}]}"

static struct catalog *catalog;

static void add(const char *text)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;

    cr_assert(document_parse("add.yaml", bytes_of(text), catalog, &d, &err), "%d:%d: %s", err.line,
              err.column, err.text);
    catalog_add(catalog, &d, catalog_next_number(catalog), 1);
}

static void set_up(void)
{
    catalog = catalog_create();
    add(BODIES "  - {id: boss, name: Начальник, email: boss@lo.invalid}\n"
               "  - {id: a, name: Отдел, short: О, parent: boss, timezone: Asia/Omsk}\n");
    add(POLICY "  - remind: on the day\n");
    add("document: {dsl: '1.0.3', namespace: m, name: roadmap-item, version: '1.0.0'}\n"
        "do: [{s: {set: {a: 1}}}]\n");
}

static void tear_down(void)
{
    catalog_destroy(catalog);
}

TestSuite(document, .init = set_up, .fini = tear_down);

static struct definition *parsed_with(const struct catalog *with, const char *text)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;

    cr_assert(document_parse("t.yaml", bytes_of(text), with, &d, &err), "%d:%d: %s", err.line,
              err.column, err.text);
    cr_assert_str_eq(d->source, text);
    return d;
}

static bool said(const struct problems *problems, enum error_code code, int line, int column,
                 const char *words)
{
    for (uint32_t i = 0; i < problems->count; i++) {
        const struct error *err = &problems->items[i].error;
        if (err->code == code && err->line == line && err->column == column &&
            strstr(err->text, words) != NULL && strcmp(err->file, "t.yaml") == 0) {
            return true;
        }
    }
    return false;
}

/* Short texts lack more than what the test is about: it must be among what is said. */
static void refused_with(const struct catalog *with, const char *text, enum error_code code,
                         int line, int column, const char *words)
{
    struct document_options options = {.catalog = with};
    struct problems problems = {0};
    struct definition *d = NULL;

    cr_assert_not(document_check("t.yaml", bytes_of(text), &options, &problems, &d), "%s", text);
    cr_assert(said(&problems, code, line, column, words), "%u problems; %d:%d: %s", problems.count,
              problems.items[0].error.line, problems.items[0].error.column,
              problems.items[0].error.text);
    cr_assert_null(d, "the output is untouched");
    problems_fini(&problems);
}

static void refused(const char *text, enum error_code code, int line, int column, const char *words)
{
    refused_with(catalog, text, code, line, column, words);
}

static civil_day on(const char *text)
{
    civil_day day = 0;

    cr_assert(civil_parse(bytes_of(text), &day));
    return day;
}

/* --- what every document has ----------------------------------------------------------------- */

Test(document, a_document_without_a_kind_is_refused)
{
    refused("a: 1\n", ERROR_INVALID, 1, 1, "\"document\" is missing");
    refused("- 1\n", ERROR_INVALID, 1, 1, "a document is a map");
    refused("document: []\n", ERROR_INVALID, 1, 11, "must be a map");
    refused("document: {name: x}\n", ERROR_INVALID, 1, 11, "\"dsl\"");
    refused("document: {kind: registry, name: x}\n", ERROR_INVALID, 1, 18, "no kind of document");
    refused("document: {kind: workflow, name: x}\n", ERROR_INVALID, 1, 18, "\"dsl\" instead");
}

Test(document, the_header_is_checked)
{
    refused("document: {kind: policy, version: '1'}\n", ERROR_INVALID, 1, 11,
            "\"name\" is missing");
    refused("document: {kind: policy, name: x}\n", ERROR_INVALID, 1, 11, "\"version\" is missing");
    refused("document: {kind: policy, name: 'имя', version: '1'}\n", ERROR_INVALID, 1, 32,
            "is no name");
    refused("document: {kind: policy, name: x, version: '1', titel: y}\n", ERROR_INVALID, 1, 49,
            "did you mean \"title\"");
    refused("document: {kind: policy, name: [x], version: '1'}\n", ERROR_INVALID, 1, 32,
            "must be a text");
    refused("document: {kind: policy, name: '', version: '1'}\n", ERROR_INVALID, 1, 32, "empty");
    refused("document: {kind: policy, name: x, version: '1', title: ~}\n", ERROR_INVALID, 1, 56,
            "empty");
    refused("document: {kind: policy, name: x, version: '1', title: \"a\\nb\"}\n", ERROR_INVALID, 1,
            56, "one line");
}

Test(document, a_name_is_accepted_up_to_the_limit)
{
    char text[400];
    char name[LIMIT_NAME_BYTES + 2];

    memset(name, 'n', sizeof name);
    name[LIMIT_NAME_BYTES] = '\0';
    snprintf(text, sizeof text,
             "document: {kind: policy, name: %s, version: '1'}\nat: '00:00'\nsoon: 0\nladder: []\n",
             name);
    definition_destroy(parsed_with(catalog, text));
    name[LIMIT_NAME_BYTES] = 'n';
    name[LIMIT_NAME_BYTES + 1] = '\0';
    snprintf(text, sizeof text,
             "document: {kind: policy, name: %s, version: '1'}\nat: '00:00'\nsoon: 0\nladder: []\n",
             name);
    refused(text, ERROR_TOO_LARGE, 1, 32, "the limit is 128");
}

/* --- roadmap --------------------------------------------------------------------------------- */

Test(document, a_roadmap_is_read_as_it_stands)
{
    struct definition *d = parsed_with(
        catalog, ROADMAP "  - no: 1.10\n"
                         "    section: '1'\n"
                         "    title: >-\n      Первое\n      и второе\n"
                         "    bullets: ['раз;', два]\n"
                         "    responsible: [a, boss]\n"
                         "    due:\n      phrase: 1, 2 полугодие\n      kind: recurring\n"
                         "      windows: [{from: 2023-01-01, to: 2023-06-30}, {from: 2023-07-01, "
                         "to: 2023-12-31}]\n"
                         "    result: приказ\n"
                         "    note: заметка\n");
    const struct roadmap *r = &d->roadmap;
    const struct roadmap_item *item = &r->items[0];

    cr_assert_eq(d->kind, DEFINITION_ROADMAP);
    cr_assert_str_eq(d->title, "r", "the name stands in for a title");
    cr_assert_eq(r->period.to, on("2023-12-31"));
    cr_assert_str_eq(r->controller, "boss");
    cr_assert_str_eq(r->policy, "p");
    cr_assert_str_eq(r->sections[0].title, "Раздел");
    cr_assert_str_eq(item->no, "1.10", "a number is read as it is written");
    cr_assert_str_eq(item->title, "Первое и второе");
    cr_assert_str_eq(item->bullets[1], "два");
    cr_assert_eq(item->responsible_count, 2);
    cr_assert_str_eq(item->responsible[1], "boss");
    cr_assert_eq(item->due_kind, DUE_RECURRING);
    cr_assert_eq(item->window_count, 2);
    cr_assert_eq(item->windows[1].from, on("2023-07-01"));
    cr_assert_str_eq(item->workflow, "roadmap-item");
    cr_assert_str_eq(item->result, "приказ");
    definition_destroy(d);
}

Test(document, a_part_of_a_co_executor_may_be_due_before_its_item)
{
    struct definition *d = parsed_with(
        catalog, ROADMAP "  - {no: '1', section: '1', title: t, " DUE ",\n"
                         "     responsible: [a, {body: boss, days_before: 5, working: true}]}\n"
                         "  - {no: '2', section: '1', title: t, " DUE ",\n"
                         "     responsible: [a, {body: boss, to: 2023-05-15}]}\n"
                         "  - {no: '3', section: '1', title: t, " DUE ",\n"
                         "     responsible: [{body: a}, {body: boss}]}\n");
    const struct roadmap_item *items = d->roadmap.items;

    cr_assert_str_eq(items[0].responsible[1], "boss");
    cr_assert_eq(items[0].parts[0].kind, EXECUTOR_WITH_ALL);
    cr_assert_eq(items[0].parts[1].kind, EXECUTOR_DAYS_BEFORE);
    cr_assert_eq(items[0].parts[1].days.count, 5);
    cr_assert(items[0].parts[1].days.working);
    cr_assert_eq(items[1].parts[1].kind, EXECUTOR_DAY);
    cr_assert_eq(items[1].parts[1].to, on("2023-05-15"));
    cr_assert_eq(items[2].responsible_count, 2);
    cr_assert_null(items[2].parts, "all are due with the item");
    definition_destroy(d);
}

Test(document, a_part_is_due_from_the_opening_of_its_item_to_its_end)
{
    static const char *const good[] = {"days_before: 30", "to: 2023-05-01", "to: 2023-05-31"};
    static const char *const bad[] = {"days_before: 31", "to: 2023-04-30", "to: 2023-06-01"};
    char text[1024];

    for (size_t i = 0; i < 3; i++) {
        snprintf(text, sizeof text,
                 ROADMAP "  - {no: '1', section: '1', title: t, " DUE
                         ", responsible: [a, {body: boss, %s}]}\n",
                 good[i]);
        definition_destroy(parsed_with(catalog, text));
        snprintf(text, sizeof text,
                 ROADMAP "  - {no: '1', section: '1', title: t, " DUE ",\n"
                         "responsible: [a, {body: boss, %s}]}\n",
                 bad[i]);
        refused(text, ERROR_INVALID, 8, i == 0 ? 44 : 35, "outside of the term of the item");
    }
}

Test(document, an_unknown_body_is_refused)
{
    refused(ROADMAP "  - {no: '1', section: '1', title: t, responsible: [a, nobody], " DUE "}\n",
            ERROR_INVALID, 7, 56, "there is no body \"nobody\"");
}

Test(document, an_unknown_controller_or_policy_is_refused)
{
    struct catalog *other = catalog_create();

    refused_with(other,
                 ROADMAP "  - {no: '1', section: '1', title: t, responsible: [a], " DUE "}\n",
                 ERROR_INVALID, 3, 13, "there is no body \"boss\"");
    catalog_destroy(other);
    refused("document: {kind: roadmap, name: r, version: '1'}\n"
            "period: {from: 2023-01-01, to: 2023-12-31}\ncontroller: boss\npolicy: strict\n"
            "sections: [{no: '1', title: Раздел}]\nitems:\n"
            "  - {no: '1', section: '1', title: t, responsible: [a], " DUE "}\n",
            ERROR_INVALID, 4, 9, "there is no policy \"strict\"");
}

Test(document, an_unknown_workflow_or_section_is_refused)
{
    refused(ROADMAP "  - {no: '1', workflow: w, section: '1', title: t, responsible: [a], " DUE
                    "}\n",
            ERROR_INVALID, 7, 25, "there is no workflow \"w\"");
    refused(ROADMAP "  - {no: '1', section: '2', title: t, responsible: [a], " DUE "}\n",
            ERROR_INVALID, 7, 24, "there is no section \"2\"");
}

Test(document, a_duplicate_item_number_is_refused_at_the_second)
{
    refused(ROADMAP "  - {no: '1', section: '1', title: t, responsible: [a], " DUE "}\n"
                    "  - {no: '2', section: '1', title: t, responsible: [a], " DUE "}\n"
                    "  - {no: '1', section: '1', title: t, responsible: [a], " DUE "}\n",
            ERROR_INVALID, 9, 10, "\"1\" is here for the second time (first in line 7)");
}

Test(document, a_body_named_twice_in_an_item_is_refused)
{
    refused(ROADMAP "  - {no: '1', section: '1', title: t, responsible: [a, boss, a], " DUE "}\n",
            ERROR_INVALID, 7, 62, "second time");
}

static void due_refused(const char *due, enum error_code code, int column, const char *words)
{
    char text[1024];

    snprintf(text, sizeof text,
             ROADMAP
             "  - no: '1'\n    section: '1'\n    title: t\n    responsible: [a]\n    due: %s\n",
             due);
    refused(text, code, 11, column, words);
}

Test(document, windows_that_make_no_sense_are_refused)
{
    due_refused("{phrase: x, kind: window, windows: [{from: 2023-05-31, to: 2023-05-01}]}",
                ERROR_INVALID, 69, "ends (2023-05-01) before it starts (2023-05-31)");
    due_refused("{phrase: x, kind: window, windows: [{from: 2022-12-31, to: 2023-05-01}]}",
                ERROR_INVALID, 46, "period");
    due_refused("{phrase: x, kind: window, windows: [{from: 2023-12-31, to: 2024-01-01}]}",
                ERROR_INVALID, 46, "period");
    due_refused("{phrase: x, kind: window, windows: [{from: 2023-02-29, to: 2023-05-01}]}",
                ERROR_INVALID, 53, "no such day");
    due_refused("{phrase: x, kind: window, windows: [{from: 2023-02-01}]}", ERROR_INVALID, 46,
                "\"to\" is missing");
    due_refused("{phrase: x, kind: window, windows: []}", ERROR_INVALID, 45, "empty");
    due_refused("{phrase: x, kind: sometimes, windows: []}", ERROR_INVALID, 28, "no kind of due");
    due_refused("{phrase: x, kind: window, windows: [{from: 2023-02-01, to: 2023-02-02}, {from: "
                "2023-02-01, to: 2023-02-02}]}",
                ERROR_INVALID, 82, "in order");
    due_refused("[Май]", ERROR_INVALID, 10, "the document's words");
}

Test(document, a_window_of_one_day_is_a_window)
{
    definition_destroy(parsed_with(
        catalog, ROADMAP "  - {no: '1', section: '1', title: t, responsible: [a], due: {phrase: x, "
                         "kind: date, windows: [{from: 2023-12-31, to: 2023-12-31}]}}\n"));
}

Test(document, unknown_words_of_an_item_are_refused)
{
    refused(ROADMAP "  - {no: '1', section: '1', titel: t}\n", ERROR_INVALID, 7, 29,
            "did you mean \"title\"");
    refused(ROADMAP "  - {no: '1', section: '1', owner: t}\n", ERROR_INVALID, 7, 29,
            "an item has no field \"owner\"");
    refused(ROADMAP "  - {no: '1', section: '1', title: t, responsible: []}\n", ERROR_INVALID, 7,
            52, "empty");
    refused(ROADMAP "  - пункт\n", ERROR_INVALID, 7, 5, "an item is expected");
    refused(ROADMAP "  []\n", ERROR_INVALID, 7, 3, "at least one item");
}

Test(document, duplicate_sections_are_refused)
{
    refused("document: {kind: roadmap, name: r, version: '1'}\n"
            "period: {from: 2023-01-01, to: 2023-12-31}\ncontroller: boss\npolicy: p\n"
            "sections: [{no: '1', title: x}, {no: '1', title: y}]\nitems:\n"
            "  - {no: '1', section: '1', title: t, responsible: [a], " DUE "}\n",
            ERROR_INVALID, 5, 38, "the section number \"1\"");
}

Test(document, without_a_catalog_names_are_not_looked_up)
{
    definition_destroy(parsed_with(
        NULL, ROADMAP "  - {no: '1', section: '1', title: t, responsible: [nobody], " DUE "}\n"));
}

static struct buffer roadmap_of(unsigned items)
{
    struct buffer b = BUFFER_INIT;
    char line[256];

    buffer_text(&b, ROADMAP);
    for (unsigned i = 1; i <= items; i++) {
        snprintf(line, sizeof line,
                 "  - {no: '%u', section: '1', title: t, responsible: [a], " DUE "}\n", i);
        buffer_text(&b, line);
    }
    return b;
}

Test(document, items_are_accepted_up_to_the_limit)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;
    struct buffer b = roadmap_of(LIMIT_ITEMS);

    cr_assert(document_parse("t.yaml", buffer_bytes(&b), catalog, &d, &err), "%s", err.text);
    cr_assert_eq(d->roadmap.item_count, LIMIT_ITEMS);
    definition_destroy(d);
    buffer_fini(&b);
    b = roadmap_of(LIMIT_ITEMS + 1);
    cr_assert_not(document_parse("t.yaml", buffer_bytes(&b), catalog, &d, &err));
    cr_assert_eq(err.code, ERROR_TOO_LARGE);
    cr_assert_eq(err.line, 7);
    buffer_fini(&b);
}

static struct buffer windows_of(unsigned items, unsigned windows)
{
    struct buffer b = BUFFER_INIT;
    char line[256];

    buffer_text(&b, ROADMAP);
    for (unsigned i = 1; i <= items; i++) {
        snprintf(line, sizeof line,
                 "  - {no: '%u', section: '1', title: t, responsible: [a], due: {phrase: x, kind: "
                 "recurring, windows: [",
                 i);
        buffer_text(&b, line);
        for (unsigned w = 0; w < windows; w++) {
            char day[CIVIL_TEXT_MAX];
            civil_print(on("2023-01-01") + (civil_day)w, day);
            snprintf(line, sizeof line, "%s{from: %s, to: %s}", w ? ", " : "", day, day);
            buffer_text(&b, line);
        }
        buffer_text(&b, "]}}\n");
    }
    return b;
}

static void windows_answer(unsigned items, unsigned windows, enum error_code code)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;
    struct buffer b = windows_of(items, windows);

    document_parse("t.yaml", buffer_bytes(&b), catalog, &d, &err);
    cr_assert_eq(err.code, code, "%s", err.text);
    cr_assert_eq(d == NULL, code != ERROR_NONE);
    definition_destroy(d);
    buffer_fini(&b);
}

Test(document, windows_and_occurrences_are_accepted_up_to_the_limits)
{
    windows_answer(1, LIMIT_WINDOWS, ERROR_NONE);
    windows_answer(1, LIMIT_WINDOWS + 1, ERROR_TOO_LARGE);
    windows_answer(LIMIT_OCCURRENCES / 50, 50, ERROR_NONE);
    windows_answer(LIMIT_OCCURRENCES / 50 + 1, 50, ERROR_TOO_LARGE);
}

/* --- bodies ---------------------------------------------------------------------------------- */

Test(document, bodies_are_read_sorted_and_share_zones)
{
    struct definition *d =
        parsed_with(NULL, BODIES "  - {id: z, name: Я, parent: b}\n"
                                 "  - {id: b, name: Бэ, short: Б, timezone: Asia/Kamchatka}\n"
                                 "  - {id: c, name: Вэ, timezone: Europe/Moscow}\n");
    const struct bodies *b = &d->bodies;

    cr_assert_eq(b->body_count, 3);
    cr_assert_str_eq(b->bodies[0].id, "b");
    cr_assert_str_eq(b->bodies[0].short_name, "Б");
    cr_assert_str_eq(zone_name(b->bodies[0].zone), "Asia/Kamchatka");
    cr_assert_str_eq(b->bodies[2].id, "z");
    cr_assert_str_eq(b->bodies[2].short_name, "Я", "the full name when there is no short one");
    cr_assert_null(b->bodies[2].email);
    cr_assert_eq(b->bodies[1].zone, b->bodies[2].zone);
    cr_assert_eq(b->zone_count, 2);
    definition_destroy(d);
}

Test(document, bodies_have_the_calendar_of_their_document_or_their_own)
{
    struct definition *d = parsed_with(NULL, "document: {kind: bodies, name: b, version: '1'}\n"
                                             "timezone: UTC\n"
                                             "calendar: ru-six-day\n"
                                             "bodies:\n"
                                             "  - {id: a, name: А}\n"
                                             "  - {id: b, name: Б, calendar: tatarstan}\n"
                                             "  - {id: c, name: В, calendar: ru-six-day}\n");
    const struct bodies *b = &d->bodies;

    cr_assert_str_eq(b->bodies[0].calendar, "ru-six-day");
    cr_assert_str_eq(b->bodies[1].calendar, "tatarstan");
    cr_assert_eq(b->bodies[2].calendar, b->bodies[0].calendar, "kept once");
    cr_assert_eq(b->calendar_count, 2);
    definition_destroy(d);
    d = parsed_with(NULL, BODIES "  - {id: a, name: А}\n");
    cr_assert_null(d->bodies.bodies[0].calendar);
    definition_destroy(d);
}

static void add_calendar(const char *name)
{
    char text[128];

    snprintf(text, sizeof text,
             "document: {kind: calendar, name: %s, version: '1'}\nweek: five-day\n", name);
    struct definition *d = parsed_with(NULL, text);
    catalog_add(catalog, &d, catalog_next_number(catalog), 1);
}

Test(document, an_unknown_calendar_of_a_body_is_refused)
{
    add_calendar("ru");
    refused(BODIES "  - {id: x, name: y, calendar: rus}\n", ERROR_INVALID, 4, 32,
            "did you mean \"ru\"");
    refused("document: {kind: bodies, name: b, version: '1'}\ntimezone: UTC\ncalendar: nobody\n"
            "bodies: [{id: x, name: y}]\n",
            ERROR_INVALID, 3, 11, "no calendar \"nobody\"");
    refused(BODIES "  - {id: x, name: y, calendar: a b}\n", ERROR_INVALID, 4, 32, "is no name");
    definition_destroy(parsed_with(catalog, BODIES "  - {id: x, name: y, calendar: ru}\n"));
    definition_destroy(parsed_with(NULL, BODIES "  - {id: x, name: y, calendar: elsewhere}\n"));
}

Test(document, an_unknown_time_zone_is_refused)
{
    refused(BODIES "  - {id: x, name: y, timezone: Europe/Moskva}\n", ERROR_INVALID, 4, 32,
            "Europe/Moskva");
    refused("document: {kind: bodies, name: b, version: '1'}\nbodies: [{id: x, name: y}]\n",
            ERROR_INVALID, 1, 1, "\"timezone\" is missing");
}

Test(document, a_body_twice_is_refused_here_and_across_documents)
{
    refused(BODIES "  - {id: x, name: y}\n  - {id: x, name: y}\n", ERROR_INVALID, 5, 10,
            "first in line 4");
    refused("document: {kind: bodies, name: other, version: '1'}\ntimezone: UTC\n"
            "bodies: [{id: boss, name: y}]\n",
            ERROR_INVALID, 3, 15, "another document");
    /* the next version of the same document */
    definition_destroy(parsed_with(catalog, BODIES "  - {id: boss, name: y}\n"));
}

Test(document, an_unknown_parent_is_refused)
{
    refused(BODIES "  - {id: x, name: y, parent: nobody}\n", ERROR_INVALID, 4, 30, "no body");
    refused(BODIES "  - {id: x, name: y, parent: boss}\n", ERROR_INVALID, 4, 30,
            "no body \"boss\""); /* only in the version that this one replaces */
    definition_destroy(
        parsed_with(catalog, "document: {kind: bodies, name: other, version: '1'}\ntimezone: UTC\n"
                             "bodies: [{id: x, name: y, parent: boss}]\n"));
    definition_destroy(parsed_with(NULL, BODIES "  - {id: x, name: y, parent: elsewhere}\n"));
}

Test(document, parents_that_go_round_are_refused)
{
    refused(BODIES "  - {id: x, name: y, parent: x}\n", ERROR_INVALID, 4, 30, "circle");
    refused(BODIES "  - {id: x, name: y, parent: z}\n  - {id: w, name: y, parent: x}\n"
                   "  - {id: z, name: y, parent: w}\n",
            ERROR_INVALID, 4, 30, "circle");
    refused(BODIES "  - {id: x, name: y, parent: z}\n  - {id: z, name: y, parent: z}\n",
            ERROR_TOO_LARGE, 4, 30, "circle");
}

static struct buffer chain(int levels)
{
    struct buffer b = BUFFER_INIT;
    char line[100];

    buffer_text(&b, BODIES "  - {id: b0, name: n}\n");
    for (int i = 1; i <= levels; i++) {
        snprintf(line, sizeof line, "  - {id: b%d, name: n, parent: b%d}\n", i, i - 1);
        buffer_text(&b, line);
    }
    buffer_append(&b, "", 1);
    return b;
}

Test(document, levels_of_bodies_are_accepted_up_to_the_limit)
{
    struct buffer b = chain(32);

    definition_destroy(parsed_with(catalog, (const char *)b.data));
    buffer_fini(&b);
    b = chain(33);
    refused((const char *)b.data, ERROR_TOO_LARGE, 37, 32, "more than 32 levels");
    buffer_fini(&b);
}

Test(document, addresses_that_would_break_a_letter_are_refused)
{
    static const char *const wrong[] = {"x",       "@y",      "x@",        "x@y@z",
                                        "'x y@z'", "'<x@y>'", "'x@y,b@z'", "\"x@y\\r\\nBcc: z@w\""};
    char text[300];

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error err = ERROR_INIT;
        struct definition *d = NULL;
        snprintf(text, sizeof text, BODIES "  - {id: x, name: y, email: %s}\n", wrong[i]);
        cr_assert_not(document_parse("t.yaml", bytes_of(text), catalog, &d, &err), "%s", wrong[i]);
        cr_assert(err.line == 4 && (err.column == 29 || err.code == ERROR_SYNTAX), "%d:%d %s",
                  err.line, err.column, err.text);
    }
}

static struct buffer bodies_of(unsigned count)
{
    struct buffer b = BUFFER_INIT;
    char line[160];

    buffer_text(&b, BODIES);
    for (unsigned i = 0; i < count; i++) {
        snprintf(line, sizeof line,
                 "  - {id: s%u, name: Школа %u, short: Ш%u, parent: s0, email: s%u@x.invalid}\n",
                 i + 1, i, i, i);
        buffer_text(&b, i ? line : "  - {id: s0, name: Отдел, short: О, email: s@x.invalid}\n");
    }
    return b;
}

Test(document, bodies_are_accepted_up_to_the_limit)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;
    struct buffer b = bodies_of(LIMIT_BODIES);

    cr_assert(document_parse("t.yaml", buffer_bytes(&b), catalog, &d, &err), "%s", err.text);
    cr_assert_eq(d->bodies.zone_count, 1);
    definition_destroy(d);
    buffer_fini(&b);
    b = bodies_of(LIMIT_BODIES + 1);
    cr_assert_not(document_parse("t.yaml", buffer_bytes(&b), catalog, &d, &err));
    cr_assert_eq(err.code, ERROR_TOO_LARGE);
    buffer_fini(&b);
}

/* --- policy ---------------------------------------------------------------------------------- */

Test(document, a_policy_is_read)
{
    struct definition *d = parsed_with(NULL, POLICY "  - remind: 10 days before\n"
                                                    "  - remind: on the day\n"
                                                    "  - {escalate: 1 day after, to: parent}\n"
                                                    "  - escalate: 5 days after\n"
                                                    "    to: 2 levels up\n"
                                                    "  - escalate: 14 days after\n"
                                                    "    to: controller\n"
                                                    "    critical: true\n");
    const struct policy *p = &d->policy;

    cr_assert_eq(p->minute, 540);
    cr_assert_eq(p->soon.count, 10);
    cr_assert_eq(p->rung_count, 5);
    cr_assert_eq(p->rungs[0].offset.count, -10);
    cr_assert_eq(p->rungs[0].kind, LADDER_REMIND);
    cr_assert_eq(p->rungs[1].offset.count, 0);
    cr_assert_eq(p->rungs[2].offset.count, 1);
    cr_assert_eq(p->rungs[2].levels, 1);
    cr_assert_not(p->rungs[2].critical);
    cr_assert_eq(p->rungs[3].levels, 2);
    cr_assert_eq(p->rungs[4].levels, 0);
    cr_assert(p->rungs[4].critical);
    definition_destroy(d);
}

Test(document, rungs_that_make_no_sense_are_refused)
{
    refused(POLICY "  - remind: tomorrow\n", ERROR_INVALID, 5, 13, "\"10 days before\"");
    refused(POLICY "  - remind: 0 days before\n", ERROR_INVALID, 5, 13, "\"on the day\"");
    refused(POLICY "  - remind: 367 days before\n", ERROR_INVALID, 5, 13, "366");
    refused(POLICY "  - remind: -3\n", ERROR_INVALID, 5, 13, "\"10 days before\"");
    refused(POLICY "  - {remind: on the day, to: parent}\n", ERROR_INVALID, 5, 26, "a reminder");
    refused(POLICY "  - {escalate: 1 day after}\n", ERROR_INVALID, 5, 5, "\"to\" is missing");
    refused(POLICY "  - {escalate: 1 day after, to: mother}\n", ERROR_INVALID, 5, 33, "nobody");
    refused(POLICY "  - {escalate: 1 day after, to: 11 levels up}\n", ERROR_INVALID, 5, 33,
            "up to");
    refused(POLICY "  - {escalate: 1 day after, remind: on the day, to: parent}\n", ERROR_INVALID,
            5, 29, "an escalation");
    refused(POLICY "  - {escalate: 1 day after, to: parent, critical: yes}\n", ERROR_INVALID, 5, 51,
            "true or false");
    refused(POLICY "  - {to: parent}\n", ERROR_INVALID, 5, 5,
            "\"remind\", \"escalate\" or \"reassign\"");
    refused(POLICY "  - {escalat: 1 day after}\n", ERROR_INVALID, 5, 6,
            "did you mean \"escalate\"");
    refused(POLICY "  - remind: on the day\n  - remind: 1 day before\n", ERROR_INVALID, 6, 5,
            "in order");
}

Test(document, times_and_numbers_of_a_policy_are_checked)
{
    refused("document: {kind: policy, name: p, version: '1'}\nat: 9:00\nsoon: 1\nladder: []\n",
            ERROR_INVALID, 2, 5, "not a time");
    refused("document: {kind: policy, name: p, version: '1'}\nat: '24:00'\nsoon: 1\nladder: []\n",
            ERROR_INVALID, 2, 5, "not a time");
    refused("document: {kind: policy, name: p, version: '1'}\nat: '09:00'\nsoon: '1'\nladder: []\n",
            ERROR_INVALID, 3, 7, "whole number");
    refused("document: {kind: policy, name: p, version: '1'}\nat: '09:00'\nsoon: 367\nladder: []\n",
            ERROR_INVALID, 3, 7, "from 0 to 366");
}

static struct buffer ladder_of(int rungs)
{
    struct buffer b = BUFFER_INIT;

    buffer_text(&b, POLICY);
    for (int i = 0; i < rungs; i++) {
        buffer_text(&b, "  - remind: on the day\n");
    }
    buffer_append(&b, "", 1);
    return b;
}

Test(document, rungs_are_accepted_up_to_the_limit)
{
    struct buffer b = ladder_of(32);

    definition_destroy(parsed_with(NULL, (const char *)b.data));
    buffer_fini(&b);
    b = ladder_of(33);
    refused((const char *)b.data, ERROR_TOO_LARGE, 5, 3, "at most 32");
    buffer_fini(&b);
}

Test(document, a_hostile_word_is_shown_harmless_and_cut)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;
    struct buffer b = BUFFER_INIT;

    buffer_text(&b, POLICY "  - \"\\e[31m красный\\n");
    for (int i = 0; i < 300; i++) {
        buffer_text(&b, "ё");
    }
    buffer_text(&b, "\": 1\n");
    cr_assert_not(document_parse("t.yaml", buffer_bytes(&b), NULL, &d, &err));
    cr_assert_null(strpbrk(err.text, "\x1b\n"));
    cr_assert_not_null(strstr(err.text, "ё…\""));
    buffer_fini(&b);
}

Test(document, everything_that_is_wrong_with_a_roadmap_is_said_at_once)
{
    const char *text =
        "document: {kind: roadmap, name: r}\n"
        "period: {from: 2023-12-31, to: 2023-01-01}\n"
        "policy: p\n"
        "sections: [{no: '1'}]\n"
        "items:\n"
        "  - {no: '1', section: '2', title: t, responsible: [a], due: {kind: never}}\n"
        "  - {no: '2', section: '1', title: t, responsible: [], " DUE "}\n";
    static const int lines[] = {1, 1, 2, 4, 6, 6, 6, 7};
    struct document_options options = {.catalog = NULL};
    struct problems problems = {0};

    cr_assert_not(document_check("t.yaml", bytes_of(text), &options, &problems, NULL));
    cr_assert_eq(problems.count, sizeof lines / sizeof *lines, "%u", problems.count);
    for (uint32_t i = 0; i < problems.count; i++) {
        cr_assert_eq(problems.items[i].error.line, lines[i], "%s", problems.items[i].error.text);
    }
    problems_fini(&problems);
}

/* roadmap_test.c - plans: what is read, and every refusal with its place */
#include "tests/unit/language/documents.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(roadmap, .init = open_office, .fini = close_office);

Test(roadmap, a_roadmap_is_read_as_it_stands)
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

Test(roadmap, a_part_of_a_co_executor_may_be_due_before_its_item)
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

Test(roadmap, a_part_is_due_from_the_opening_of_its_item_to_its_end)
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

Test(roadmap, an_unknown_body_is_refused)
{
    refused(ROADMAP "  - {no: '1', section: '1', title: t, responsible: [a, nobody], " DUE "}\n",
            ERROR_INVALID, 7, 56, "there is no body \"nobody\"");
}

Test(roadmap, an_unknown_controller_or_policy_is_refused)
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

Test(roadmap, an_unknown_workflow_or_section_is_refused)
{
    refused(ROADMAP "  - {no: '1', workflow: w, section: '1', title: t, responsible: [a], " DUE
                    "}\n",
            ERROR_INVALID, 7, 25, "there is no workflow \"w\"");
    refused(ROADMAP "  - {no: '1', section: '2', title: t, responsible: [a], " DUE "}\n",
            ERROR_INVALID, 7, 24, "there is no section \"2\"");
}

Test(roadmap, a_duplicate_item_number_is_refused_at_the_second)
{
    refused(ROADMAP "  - {no: '1', section: '1', title: t, responsible: [a], " DUE "}\n"
                    "  - {no: '2', section: '1', title: t, responsible: [a], " DUE "}\n"
                    "  - {no: '1', section: '1', title: t, responsible: [a], " DUE "}\n",
            ERROR_INVALID, 9, 10, "\"1\" is here for the second time (first in line 7)");
}

Test(roadmap, a_body_named_twice_in_an_item_is_refused)
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

Test(roadmap, windows_that_make_no_sense_are_refused)
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

Test(roadmap, a_window_of_one_day_is_a_window)
{
    definition_destroy(parsed_with(
        catalog, ROADMAP "  - {no: '1', section: '1', title: t, responsible: [a], due: {phrase: x, "
                         "kind: date, windows: [{from: 2023-12-31, to: 2023-12-31}]}}\n"));
}

Test(roadmap, unknown_words_of_an_item_are_refused)
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

Test(roadmap, duplicate_sections_are_refused)
{
    refused("document: {kind: roadmap, name: r, version: '1'}\n"
            "period: {from: 2023-01-01, to: 2023-12-31}\ncontroller: boss\npolicy: p\n"
            "sections: [{no: '1', title: x}, {no: '1', title: y}]\nitems:\n"
            "  - {no: '1', section: '1', title: t, responsible: [a], " DUE "}\n",
            ERROR_INVALID, 5, 38, "the section number \"1\"");
}

Test(roadmap, without_a_catalog_names_are_not_looked_up)
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

Test(roadmap, items_are_accepted_up_to_the_limit)
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

Test(roadmap, windows_and_occurrences_are_accepted_up_to_the_limits)
{
    windows_answer(1, LIMIT_WINDOWS, ERROR_NONE);
    windows_answer(1, LIMIT_WINDOWS + 1, ERROR_TOO_LARGE);
    windows_answer(LIMIT_OCCURRENCES / 50, 50, ERROR_NONE);
    windows_answer(LIMIT_OCCURRENCES / 50 + 1, 50, ERROR_TOO_LARGE);
}

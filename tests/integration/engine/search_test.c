/* search_test.c - what was said is found: reports, remarks, reasons, problems, notices */
#include "tests/integration/engine/index_world.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(search, .init = index_world_init, .fini = index_world_fini);

static uint64_t item(const char *title)
{
    return index_start("item", NULL, index_item("1.1", title, "school", "2023-02-01"));
}

static void say(uint64_t id, enum assignment_action action, const char *by, const char *text)
{
    index_do(&(struct assignment_command){.instance = id,
                                          .task = 1,
                                          .action = action,
                                          .by = bytes_of(by),
                                          .reason = bytes_of(text),
                                          .report = bytes_of(text),
                                          .day = CIVIL_DAY_NONE});
}

static void report(uint64_t id, const char *number)
{
    char text[200];

    snprintf(text, sizeof text,
             "{\"text\":\"Приказ издан\",\"documents\":[{\"kind\":\"приказ\",\"number\":\"%s\","
             "\"date\":\"2023-01-09\"}]}",
             number);
    say(id, ACTION_REPORT, "school", text);
}

static json_t *search(const char *words)
{
    char request[200];

    snprintf(request, sizeof request, "{'q':'%s'}", words);
    return index_query(CLIENT_SEARCH, request);
}

static const json_t *row(const json_t *answer, const char *group, size_t n)
{
    return json_array_get(json_object_get(answer, group), n);
}

/* How many of the group; the first is of this instance. */
static size_t count(const char *words, const char *group, uint64_t first)
{
    json_t *answer = search(words);
    size_t found = json_array_size(json_object_get(answer, group));
    const json_t *id = json_object_get(row(answer, group, 0), "instance");

    cr_expect(found == 0 || first == 0 || (uint64_t)json_integer_value(id) == first, "%s: %d",
              words, (int)json_integer_value(id));
    json_decref(answer);
    return found;
}

Test(search, an_assignment_is_found_by_the_number_of_the_document_in_its_report)
{
    uint64_t id = item("Утвердить положение");
    report(id, "384-р");
    item("Провести семинар");

    cr_expect_eq(count("384-р", "assignments", id), 1);
    cr_expect_eq(count("384", "documents", id), 1, "a number alone: of a document");
    cr_expect_eq(count("положение 384-р", "assignments", id), 1, "words of the title beside it");
    cr_expect_eq(count("семинар 384-р", "assignments", 0), 0);
    cr_expect_eq(count("384-к", "assignments", 0), 0);
    cr_expect_eq(count("приказ изд", "assignments", id), 1);
    cr_expect_eq(count("384-р", "instances", 0), 0, "it is shown once, as the assignment");
    json_t *answer = search("384-р");
    cr_expect(json_is_true(json_object_get(row(answer, "assignments", 0), "said")));
    json_decref(answer);
    answer = search("положение");
    cr_expect_null(json_object_get(row(answer, "assignments", 0), "said"));
    json_decref(answer);
    index_assert_whole();
}

Test(search, very_numbers_come_before_those_that_begin_so)
{
    uint64_t id = item("Первое");

    report(id, "384-р");
    report(item("Второе"), "3841-р");
    cr_expect_eq(count("384", "documents", id), 2);
    cr_expect_eq(count("384-р", "assignments", id), 2);
}

Test(search, a_report_that_was_returned_is_found_still)
{
    uint64_t id = item("Утвердить положение");

    report(id, "384-р");
    say(id, ACTION_RETURN, "region", "нет приложения");
    report(id, "12-р");
    say(id, ACTION_COMMENT, "Иванова", "сдано в архив");
    say(id, ACTION_ACCEPT, "region", "");
    cr_expect_eq(count("384-р", "assignments", id), 1);
    cr_expect_eq(count("12-р", "assignments", id), 1);
    cr_expect_eq(count("приложения", "assignments", id), 1, "why it was returned");
    cr_expect_eq(count("положение архив", "assignments", id), 1, "a remark");
}

Test(search, what_is_said_of_no_assignment_that_is_there_leads_to_the_instance)
{
    uint64_t id = item("Утвердить положение");
    struct error err = ERROR_INIT;

    cr_assert(turn_begin(&iw.base.turn, iw.now_ms, &err));
    cr_assert(decide_cancel(turn_world(&iw.base.turn), id, bytes_of("школа закрыта"), &err));
    cr_assert(turn_commit(&iw.base.turn, &err));
    turn_end(&iw.base.turn);
    cr_expect_eq(count("школа закрыта", "instances", id), 1);
    cr_expect_eq(count("школа закрыта", "assignments", 0), 0);
}

Test(search, lists_of_assignments_know_what_was_said_too)
{
    report(item("Утвердить положение"), "384-р");
    item("Провести семинар");
    json_t *answer = index_query(CLIENT_ASSIGNMENTS, "{'q':'384-р'}");

    cr_expect_eq(index_rows(answer), 1);
    json_decref(answer);
}

Test(search, an_incident_is_found_by_its_problem_while_it_is_open)
{
    uint64_t id = index_start("item", NULL, index_item("1.1", "Дело", "nobody", "2023-02-01"));
    json_t *answer = index_query(CLIENT_INCIDENTS, "{}");
    const json_t *problem = json_object_get(row(answer, "rows", 0), "problem");

    cr_assert_not_null(problem);
    cr_expect_eq(count("nobody", "incidents", id), 1, "%s", json_dumps(problem, 0));
    cr_expect_eq(count("nobody синхрофазотрон", "incidents", 0), 0);
    json_decref(answer);
    index_assert_whole();
}

Test(search, notices_are_found_by_their_recipient_and_by_what_they_are_about)
{
    uint64_t id = item("Утвердить положение");

    index_go("2023-02-10");
    cr_expect_gt(count("школа № 1", "notices", id), 0);
    cr_expect_gt(count("утвердить", "notices", id), 0);
    cr_expect_eq(count("лицей", "notices", 0), 0);
}

Test(search, a_notice_to_a_body_about_an_assignment_that_were_both_found_is_shown_once)
{
    item("Утвердить положение школы");
    index_go("2023-02-10");
    json_t *answer = search("школ");
    const json_t *notices = json_object_get(answer, "notices");

    cr_expect_gt(json_array_size(json_object_get(answer, "bodies")), 0);
    cr_expect_gt(json_array_size(json_object_get(answer, "assignments")), 0);
    cr_expect_gt(json_array_size(notices), 1);
    for (size_t i = 0; i < json_array_size(notices); i++) {
        for (size_t n = 0; n < i; n++) {
            cr_expect_not(json_equal(json_array_get(notices, i), json_array_get(notices, n)));
        }
    }
    json_decref(answer);
}

/* --- people, and where they are --------------------------------------------------------------- */

static const char cycle[] =
    "document:\n"
    "  {dsl: '1.0.3', namespace: t, name: given, version: '1', metadata: {marshrut:\n"
    "    {cycle: {person: .who.name, stages: [{step: ask, title: Первый}]}}}}\n"
    "do:\n"
    "  - ask:\n"
    "      call: assignment\n"
    "      with: {title: '${ .who.name + \": диагностика\" }', responsible: [school],\n"
    "             controller: region, due: {from: 2023-01-09, to: 2023-02-01}}\n";

Test(search, a_person_stands_for_the_assignments_that_carry_the_name)
{
    index_deploy(9, cycle);
    uint64_t id = index_start("given", "p-1", "{\"who\":{\"name\":\"Анна Иванова\"}}");
    json_t *person = search("анна");

    cr_expect_eq(count("анна", "people", id), 1);
    cr_expect_eq(count("анна", "assignments", 0), 0, "they are on the page of the person");
    cr_expect_eq(count("анна", "instances", 0), 0);
    cr_expect_eq(count("анна диагностика", "assignments", id), 1);
    cr_expect_eq(count("анна диагностика", "people", 0), 0);
    cr_expect_eq(count("p-1", "people", id), 1, "by the key too");
    cr_expect_str_eq(json_string_value(json_object_get(row(person, "people", 0), "stage")),
                     "Первый");
    json_decref(person);
}

Test(search, titles_come_before_what_was_said)
{
    uint64_t title = item("Приказ о школах");

    report(item("Утвердить положение"), "17");
    cr_expect_eq(count("приказ", "assignments", title), 2, "though the other is newer");
}

static uint64_t teacher(const char *name, const char *place, const char *school)
{
    char input[300];

    snprintf(input, sizeof input, "{\"who\":{\"name\":\"%s\",\"place\":\"%s\",\"school\":\"%s\"}}",
             name, place, school);
    return index_start("cycle", NULL, input);
}

/* What stands at this place of the group, "place/school". */
static const char *place(const json_t *answer, size_t n)
{
    static char text[300];
    const json_t *school = json_object_get(row(answer, "places", n), "school");

    snprintf(text, sizeof text, "%s%s%s",
             json_string_value(json_object_get(row(answer, "places", n), "municipality")),
             school != NULL ? "/" : "", school != NULL ? json_string_value(school) : "");
    return text;
}

static bool has_more(const char *words, int limit)
{
    char request[200];

    snprintf(request, sizeof request, "{'q':'%s','limit':%d}", words, limit);
    json_t *answer = index_query(CLIENT_SEARCH, request);
    bool more = json_is_true(json_object_get(answer, "more"));
    json_decref(answer);
    return more;
}

Test(search, a_place_is_found_once_however_many_people_are_there)
{
    teacher("Вера", "Лужский район", "Школа № 1");
    for (int n = 0; n < 60; n++) { /* more than are read */
        teacher("Анна", "Лужский район", "Школа № 10");
    }
    teacher("Ольга", "Тосненский район", "Школа № 1");
    json_t *town = search("лужск");
    json_t *school = search("школа № 1");
    json_t *both = search("школа 1 тосненский");

    cr_expect_eq(count("лужский", "places", 0), 3, "and its schools");
    cr_expect_str_eq(place(town, 0), "Лужский район");
    cr_expect_eq(count("школа № 1", "places", 0), 3);
    cr_expect_str_eq(place(school, 2), "Лужский район/Школа № 10", "very numbers come first");
    cr_expect_eq(json_array_size(json_object_get(both, "places")), 1);
    cr_expect_str_eq(place(both, 0), "Тосненский район/Школа № 1");
    cr_expect_eq(count("лужский", "people", 0), 0);
    cr_expect_not(has_more("лужский", 3), "there are just three");
    cr_expect(has_more("лужский", 2));
    json_decref(town);
    json_decref(school);
    json_decref(both);
    index_assert_whole();
}

/* --- numbers ---------------------------------------------------------------------------------- */

Test(search, a_number_finds_what_has_it_before_documents_and_these_before_words)
{
    static const char *const queries[] = {"14", "№ 14", "п. 14", "п.14", "Пункт 14"};
    uint64_t its = index_start("item", NULL, index_item("14", "Утвердить", "school", "2023-02-01"));
    uint64_t below =
        index_start("item", NULL, index_item("14.2", "Провести", "school", "2023-02-01"));
    uint64_t document = item("Издать приказ");
    uint64_t title = item("Обучить 14 педагогов");
    uint64_t said = item("Собрать сведения");

    report(document, "14-р");
    say(said, ACTION_COMMENT, "Иванова", "осталось 14 школ");
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        cr_expect_eq(count(queries[i], "assignments", its), 2, "%s: and 14.2", queries[i]);
        cr_expect_eq(count(queries[i], "documents", document), 1, "%s", queries[i]);
        cr_expect_eq(count(queries[i], "mentions", said), 2, "%s: the newest first", queries[i]);
    }
    cr_expect_eq(count("14.2", "assignments", below), 1);
    cr_expect_eq(count("14 школ", "documents", 0), 0, "it has more than a number");
    cr_expect_eq(count("14 педагогов", "assignments", title), 1);
    json_t *answer = search("№ 14");
    cr_expect_str_eq(json_string_value(json_object_get(answer, "number")), "14");
    cr_expect(json_is_true(json_object_get(row(answer, "mentions", 0), "said")));
    cr_expect_null(json_object_get(row(answer, "mentions", 1), "said"));
    json_decref(answer);
    answer = search("14 школ");
    cr_expect_null(json_object_get(answer, "number"));
    json_decref(answer);
}

Test(search, items_of_a_number_come_before_those_whose_titles_say_it)
{
    index_deploy(9,
                 "document: {kind: roadmap, name: other, version: '1', title: Другой план}\n"
                 "act: {date: 2022-12-01}\n"
                 "period: {from: 2023-01-01, to: 2023-12-31}\n"
                 "controller: region\n"
                 "policy: default\n"
                 "items:\n"
                 "  - {no: '5', title: Обучить не менее 14 человек, responsible: [school],\n"
                 "     due: {phrase: до 1 марта, windows: [{from: 2023-01-09, to: 2023-03-01}],\n"
                 "     why: x}, workflow: item}\n"
                 "  - {no: '14', title: Утвердить план, responsible: [school],\n"
                 "     due: {phrase: до 1 марта, windows: [{from: 2023-01-09, to: 2023-03-01}],\n"
                 "     why: x}, workflow: item}\n");
    json_t *answer = search("пункт 14");

    cr_expect_eq(json_array_size(json_object_get(answer, "items")), 1);
    cr_expect_str_eq(json_string_value(json_object_get(row(answer, "items", 0), "no")), "14");
    cr_expect_eq(json_array_size(json_object_get(answer, "mentions")), 1);
    cr_expect_str_eq(json_string_value(json_object_get(row(answer, "mentions", 0), "no")), "5");
    json_decref(answer);
}

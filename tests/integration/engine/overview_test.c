/* overview_test.c - numbers of overviews, funnels and computed items, against what happened */
#include "tests/integration/engine/index_world.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(overview, .init = index_world_init, .fini = index_world_fini);

/* Late, due today, soon, planned far off, reported, asked, paused. */
static void a_day(void)
{
    index_start("item", "late", index_item("1", "Первое", "school", "2023-01-20"));
    index_start("item", "today", index_item("2", "Второе", "school", "2023-02-01"));
    index_start("item", "soon", index_item("3", "Третье", "lyceum", "2023-02-03"));
    index_start("item", "open", index_item("4", "Четвёртое", "lyceum", "2023-06-01"));
    index_act(index_start("item", "done", index_item("5", "Пятое", "school", "2023-06-01")),
              ACTION_REPORT, "school");
    index_ask(index_start("item", "ask", index_item("6", "Шестое", "school", "2023-06-01")),
              "school", "2023-07-01");
    index_go("2023-02-01");
}

Test(overview, counts_everything_once_and_by_body)
{
    a_day();
    json_t *o = index_query(CLIENT_OVERVIEW, "{}");

    cr_expect_eq(index_number(o, "counts.overdue"), 1);
    cr_expect_eq(index_number(o, "counts.critical"), 1);
    cr_expect_eq(index_number(o, "counts.today"), 1);
    cr_expect_eq(index_number(o, "counts.soon"), 1);
    cr_expect_eq(index_number(o, "counts.open"), 2);
    cr_expect_eq(index_number(o, "counts.reported"), 1);
    cr_expect_eq(index_number(o, "counts.asked"), 1);
    cr_expect_eq(index_number(o, "counts.total"), 6);
    cr_expect_str_eq(json_string_value(json_object_get(o, "today")), "2023-02-01");
    cr_expect_eq(index_number(o, "bodies.0.total"), 4, "the school is late: it comes first");
    cr_expect_eq(index_number(o, "bodies.1.soon"), 1);
    cr_expect_eq(json_array_size(json_object_get(o, "overdue")), 1);
    cr_expect_eq(json_array_size(json_object_get(o, "due_today")), 1);
    cr_expect_eq(json_array_size(json_object_get(o, "decisions")), 2);
    json_decref(o);
}

/* b-0 … b-102, each with an assignment; those with the greatest numbers are late. */
static void many_bodies(void)
{
    static char text[103 * 64];
    size_t used = (size_t)snprintf(text, sizeof text,
                                   "document: {kind: bodies, name: many, version: '1'}\n"
                                   "timezone: Europe/Moscow\nbodies:\n");
    char id[16];

    for (int i = 0; i < 103; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "  - {id: b-%d, name: Школа, parent: region}\n", i);
    }
    index_deploy(9, text);
    for (int i = 0; i < 103; i++) {
        snprintf(id, sizeof id, "b-%d", i);
        index_start("item", id, index_item("1", "Дело", id, i < 3 ? "2023-06-01" : "2023-01-20"));
    }
    index_go("2023-02-01");
}

Test(overview, of_very_many_bodies_those_with_most_that_is_late_are_shown)
{
    many_bodies();
    json_t *o = index_query(CLIENT_OVERVIEW, "{}");
    const json_t *bodies = json_object_get(o, "bodies");

    cr_expect_eq(index_number(o, "counts.total"), 103);
    cr_expect_eq(index_number(o, "counts.overdue"), 100);
    cr_expect_eq(json_array_size(bodies), 100);
    cr_expect_eq(index_number(o, "bodies_more"), 3);
    cr_expect_eq(index_number(o, "bodies.99.overdue"), 1);
    json_decref(o);
    o = index_query(CLIENT_OVERVIEW, "{'body':'b-0'}");
    cr_expect_eq(index_number(o, "counts.total"), 1);
    cr_expect_eq(index_number(o, "bodies_more"), 0);
    json_decref(o);
}

Test(overview, each_number_has_its_list)
{
    /* A number, and its first rows. */
    static const char *const groups[][2] = {
        {"overdue", "overdue"},     {"today", "due_today"}, {"soon", "due_soon"},
        {"decisions", "decisions"}, {"critical", NULL},     {"open", NULL},
        {"reported", NULL},         {"asked", NULL},        {"paused", NULL}};
    uint64_t both = index_start("item", "both", index_item("7", "Седьмое", "school", "2023-06-01"));
    uint64_t rest = index_start("item", "rest", index_item("8", "Восьмое", "school", "2023-02-03"));

    index_ask(both, "school", "2023-07-01");
    index_act(both, ACTION_REPORT, "school");
    a_day();
    index_do(&(struct assignment_command){.instance = rest,
                                          .task = 1,
                                          .action = ACTION_PAUSE,
                                          .by = bytes_of("region"),
                                          .reason = bytes_of("отпуск"),
                                          .pause = PAUSE_LEAVE,
                                          .day = CIVIL_DAY_NONE});
    json_t *o = index_query(CLIENT_OVERVIEW, "{}");
    cr_expect_eq(index_number(o, "counts.paused"), 1);
    cr_expect_eq(index_number(o, "counts.reported") + index_number(o, "counts.asked"), 4);
    cr_expect_eq(index_number(o, "counts.decisions"), 3);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        char text[64];
        snprintf(text, sizeof text, "counts.%s", groups[i][0]);
        size_t count = (size_t)index_number(o, text);
        snprintf(text, sizeof text, "{'group':'%s'}", groups[i][0]);
        json_t *list = index_query(CLIENT_ASSIGNMENTS, text);
        cr_expect_gt(count, 0);
        cr_expect_eq(index_rows(list), count, "%s: %zu", groups[i][0], index_rows(list));
        cr_expect(groups[i][1] == NULL ||
                  json_array_size(json_object_get(o, groups[i][1])) == count);
        json_decref(list);
    }
    json_decref(o);
    index_refused(CLIENT_ASSIGNMENTS, "{'group':'late'}", ERROR_INVALID);
}

Test(overview, a_report_after_the_last_day_is_counted_as_such_while_it_waits)
{
    uint64_t late = index_start("item", "x", index_item("1", "Первое", "school", "2023-01-20"));

    index_act(index_start("item", "y", index_item("2", "Второе", "school", "2023-01-25")),
              ACTION_REPORT, "school");
    index_go("2023-01-21");
    index_act(late, ACTION_REPORT, "school");
    index_go("2023-02-01");
    json_t *o = index_query(CLIENT_OVERVIEW, "{}");
    json_t *list = index_query(CLIENT_ASSIGNMENTS, "{'group':'reported','overdue':true}");
    json_t *d = index_query(CLIENT_DISCIPLINE, "{}");

    cr_expect_eq(index_number(o, "counts.reported"), 2);
    cr_expect_eq(index_number(o, "counts.reported_late"), 1);
    cr_expect_eq(index_number(o, "bodies.0.reported_late"), 1);
    cr_expect_eq(index_rows(list), 1);
    cr_expect_eq(index_number(d, "all.open_overdue"),
                 index_number(o, "counts.overdue") + index_number(o, "counts.reported_late"));
    json_decref(d);
    json_decref(list);
    json_decref(o);
}

Test(overview, of_one_body_counts_what_it_has_to_do_with)
{
    a_day();
    json_t *o = index_query(CLIENT_OVERVIEW, "{'body':'lyceum'}");

    cr_expect_eq(index_number(o, "counts.total"), 2);
    json_decref(o);
    index_refused(CLIENT_OVERVIEW, "{'body':'nobody'}", ERROR_NOT_FOUND);
}

/* --- discipline ------------------------------------------------------------------------------ */

static uint64_t closed(const char *key, const char *to, const char *reported)
{
    uint64_t id = index_start("item", key, index_item("1.1", "Дело", "school", to));

    index_go(reported);
    index_act(id, ACTION_REPORT, "school");
    index_act(id, ACTION_ACCEPT, "region");
    return id;
}

static void a_year(void)
{
    closed("met", "2023-01-20", "2023-01-20");
    closed("late", "2023-01-25", "2023-01-26");
    uint64_t id = index_start("item", "x", index_item("2.1", "Дело", "lyceum", "2023-02-10"));
    index_ask(id, "lyceum", "2023-03-10");
    index_act(id, ACTION_GRANT, "region");
    index_go("2023-03-01");
    index_act(id, ACTION_REPORT, "lyceum");
    index_act(id, ACTION_ACCEPT, "region");
    index_start("item", "overdue", index_item("2.1", "Дело", "lyceum", "2023-03-05"));
    index_start("item", "open", index_item("2.1", "Дело", "lyceum", "2023-12-05"));
    index_act(index_start("item", "gone", index_item("2.1", "Дело", "lyceum", "2023-12-06")),
              ACTION_WITHDRAW, "region");
    index_go("2023-04-01");
}

Test(overview, discipline_counts_against_the_first_and_the_last_term)
{
    a_year();
    json_t *d = index_query(CLIENT_DISCIPLINE, "{}");

    cr_expect_eq(index_number(d, "all.total"), 6);
    cr_expect_eq(index_number(d, "all.met"), 1);
    cr_expect_eq(index_number(d, "all.met_late"), 1);
    cr_expect_eq(index_number(d, "all.met_after_extension"), 1);
    cr_expect_eq(index_number(d, "all.open"), 1);
    cr_expect_eq(index_number(d, "all.open_overdue"), 1);
    cr_expect_eq(index_number(d, "all.withdrawn"), 1);
    cr_expect_eq(index_number(d, "all.original_met"), 1);
    cr_expect_eq(index_number(d, "all.original_late"), 3);
    cr_expect_float_eq(index_number(d, "all.share_on_time"), 50, 0.01);
    cr_expect_float_eq(index_number(d, "all.share_on_time_original"), 25, 0.01);
    json_decref(d);
}

Test(overview, discipline_is_grouped_and_each_number_has_its_rows)
{
    static const char *const by[] = {"body", "plan", "section", "month"};
    static const size_t groups[] = {2, 1, 2, 3};

    a_year();
    for (size_t i = 0; i < 4; i++) {
        char request[40];
        snprintf(request, sizeof request, "{'by':'%s'}", by[i]);
        json_t *d = index_query(CLIENT_DISCIPLINE, request);
        double total = 0;
        cr_expect_eq(index_rows(d), groups[i], "%s: %zu", by[i], index_rows(d));
        for (size_t n = 0; n < index_rows(d); n++) {
            total += json_number_value(
                json_object_get(json_array_get(json_object_get(d, "rows"), n), "total"));
        }
        cr_expect_eq(total, 6);
        json_decref(d);
    }
    json_t *rows = index_query(CLIENT_ASSIGNMENTS, "{'overdue':true,'to':'2023-12-31'}");
    cr_expect_eq(index_rows(rows), 1);
    json_decref(rows);
    index_refused(CLIENT_DISCIPLINE, "{'by':'year'}", ERROR_INVALID);
}

Test(overview, a_period_is_that_of_last_days)
{
    a_year();
    json_t *d = index_query(CLIENT_DISCIPLINE, "{'from':'2023-01-25','to':'2023-03-05'}");

    cr_expect_eq(index_number(d, "all.total"), 2);
    json_decref(d);
}

/* --- cycles ---------------------------------------------------------------------------------- */

static void people(void)
{
    index_start("cycle", "t-1", "{\"who\":{\"name\":\"Анна Иванова\",\"place\":\"Луга\"}}");
    index_go("2023-01-10");
    index_start("cycle", "t-2", "{\"who\":{\"name\":\"Борис\",\"place\":\"Луга\"}}");
    index_start("cycle", "t-3", "{\"who\":{\"name\":\"Вера\",\"place\":\"Тосно\"}}");
}

Test(overview, a_funnel_counts_who_stands_where)
{
    people();
    json_t *all = index_query(CLIENT_CYCLE, "{}");
    json_t *f = index_query(CLIENT_CYCLE, "{'definition':'cycle'}");

    cr_expect_eq(index_rows(all), 1);
    cr_expect_eq(index_number(f, "stages.0.count"), 2);
    cr_expect_eq(index_number(f, "stages.1.count"), 1);
    cr_expect_eq(json_array_size(json_object_get(f, "groups")), 2);
    json_decref(f);
    index_go("2023-01-14");
    index_go("2023-01-18");
    f = index_query(CLIENT_CYCLE, "{'definition':'cycle'}");
    cr_expect_eq(index_number(f, "ended.developed"), 3);
    cr_expect_eq(index_number(f, "over"), 3);
    json_decref(f);
    json_decref(all);
    index_refused(CLIENT_CYCLE, "{'definition':'item'}", ERROR_NOT_FOUND);
    index_assert_whole();
}

Test(overview, a_stage_that_only_waits_is_a_planned_pause)
{
    json_t *f;

    index_deploy(
        7, "document:\n"
           "  {dsl: '1.0.3', namespace: t, name: year, version: '1', metadata: {marshrut:\n"
           "    {cycle: {person: .who.name,\n"
           "             stages: [{step: work, title: Дело}, {step: rest, title: Отдых}]}}}}\n"
           "do:\n"
           "  - work: {call: letter, with: {}}\n"
           "  - rest: {wait: P180D}\n");
    f = index_query(CLIENT_CYCLE, "{'definition':'year'}");
    const json_t *stages = json_object_get(f, "stages");

    cr_expect_null(json_object_get(json_array_get(stages, 0), "pause"));
    cr_expect(json_is_true(json_object_get(json_array_get(stages, 1), "pause")));
    cr_expect_null(json_object_get(json_object_get(f, "between"), "pause"));
    json_decref(f);
}

Test(overview, the_median_of_two_is_between_them)
{
    const char *who = "{\"who\":{\"name\":\"Анна\",\"place\":\"Луга\",\"school\":\"1\"}}";

    index_go("2023-02-01");
    index_start("cycle", "a", who);
    index_go("2023-02-02");
    index_start("cycle", "b", who);
    index_go("2023-02-03");
    json_t *f = index_query(CLIENT_CYCLE, "{'definition':'cycle'}");

    cr_expect_eq(index_number(f, "stages.1.count"), 2, "since yesterday, and since today");
    cr_expect_eq(index_number(f, "stages.1.median_days"), 1, "half a day is a day");
    json_decref(f);
}

Test(overview, people_are_listed_by_stage_and_place)
{
    people();
    json_t *first =
        index_query(CLIENT_CYCLE, "{'definition':'cycle','people':true,'stage':'first'}");
    json_t *luga =
        index_query(CLIENT_CYCLE, "{'definition':'cycle','people':true,'municipality':'Луга'}");

    cr_expect_eq(index_rows(first), 2);
    cr_expect_eq(index_rows(luga), 2);
    json_decref(first);
    json_decref(luga);
    index_refused(CLIENT_CYCLE, "{'definition':'cycle','people':true,'stage':'third'}",
                  ERROR_NOT_FOUND);
}

/* --- search and counting --------------------------------------------------------------------- */

static size_t found(const json_t *answer, const char *group)
{
    return json_array_size(json_object_get(answer, group));
}

Test(overview, a_search_finds_people_items_bodies_and_keys)
{
    people();
    index_start("item", "k-17", index_item("1.1", "Утвердить положение", "school", "2023-02-01"));
    json_t *person = index_query(CLIENT_SEARCH, "{'q':'иван анна'}");
    json_t *title = index_query(CLIENT_SEARCH, "{'q':'утвердить'}");
    json_t *body = index_query(CLIENT_SEARCH, "{'q':'лицей'}");
    json_t *key = index_query(CLIENT_SEARCH, "{'q':'k-1'}");

    cr_expect_eq(found(person, "people"), 1);
    cr_expect_eq(found(title, "assignments"), 1);
    cr_expect_eq(found(title, "items"), 1);
    cr_expect_eq(found(body, "bodies"), 1);
    cr_expect_eq(found(key, "instances"), 1);
    json_decref(person);
    json_decref(title);
    json_decref(body);
    json_decref(key);
    index_refused(CLIENT_SEARCH, "{'q':' — '}", ERROR_INVALID);
    index_refused(CLIENT_SEARCH, "{}", ERROR_INVALID);
}

static const char *first(const json_t *answer, const char *group, const char *member)
{
    const json_t *row = json_array_get(json_object_get(answer, group), 0);

    return json_string_value(json_object_get(row, member));
}

Test(overview, a_search_shows_what_has_the_very_words_before_what_has_longer_ones)
{
    char input[128];
    char key[16];

    for (int n = 1; n <= 19; n++) {
        snprintf(input, sizeof input, "{\"who\":{\"name\":\"Условный педагог № %d\"}}", n);
        snprintf(key, sizeof key, "p-%d", n);
        index_start("cycle", key, input);
        snprintf(input, sizeof input, "Сверка списка № %d", n);
        index_start("item", NULL, index_item("1.1", input, "school", "2023-02-01"));
    }
    json_t *person = index_query(CLIENT_SEARCH, "{'q':'Условный педагог № 1'}");
    json_t *title = index_query(CLIENT_SEARCH, "{'q':'Сверка списка № 1'}");
    json_t *all = index_query(CLIENT_SEARCH, "{'q':'Условный педагог № 1','limit':50}");

    cr_expect_eq(found(person, "people"), 10);
    cr_expect_str_eq(first(person, "people", "key"), "p-1");
    cr_expect_eq(found(title, "assignments"), 10);
    cr_expect_str_eq(first(title, "assignments", "title"), "Сверка списка № 1");
    cr_expect_eq(found(all, "people"), 11, "no doubles: 1, 10-19");
    cr_expect_eq(json_object_get(all, "more"), json_false());
    json_decref(person);
    json_decref(title);
    json_decref(all);
}

Test(overview, an_item_is_counted_from_instances)
{
    people();
    json_t *c = index_query(CLIENT_COMPUTED, "{'plan':'plan','no':'2.1'}");
    json_t *rows = index_query(CLIENT_COMPUTED, "{'plan':'plan','no':'2.1','rows':'done'}");

    cr_expect_eq(index_number(c, "done"), 1);
    cr_expect_eq(index_number(c, "of"), 3);
    cr_expect_float_eq(index_number(c, "value"), 33.3, 0.1);
    cr_expect(json_is_false(json_object_get(c, "reached")));
    cr_expect_eq(index_rows(rows), 1);
    json_decref(c);
    json_decref(rows);
    index_refused(CLIENT_COMPUTED, "{'plan':'plan','no':'1.1'}", ERROR_NOT_FOUND);
    index_refused(CLIENT_COMPUTED, "{'plan':'plan','no':'2.1','rows':'all'}", ERROR_INVALID);
}

/* plans_test.c - plans as their tables, who there is, and months */
#include "tests/integration/engine/index_world.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(plans, .init = index_world_init, .fini = index_world_fini);

static json_t *items_of(json_t *plan)
{
    return json_object_get(plan, "items");
}

static void assert_items(const char *request, size_t count)
{
    json_t *plan = index_query(CLIENT_ROADMAP, request);

    cr_expect_eq(json_array_size(items_of(plan)), count, "%s", request);
    cr_expect_eq(json_array_size(json_object_get(plan, "sections")), 2, "all of them: %s", request);
    json_decref(plan);
}

Test(plans, one_that_was_not_started_has_windows_that_are_planned)
{
    json_t *plan = index_query(CLIENT_ROADMAP, "{'name':'plan'}");
    json_t *item = json_array_get(items_of(plan), 0);
    json_t *window = json_array_get(json_object_get(item, "windows"), 0);

    cr_expect_null(json_object_get(plan, "instance"));
    cr_expect_str_eq(json_string_value(json_object_get(window, "state")), "planned");
    cr_expect_str_eq(json_string_value(json_object_get(window, "to")), "2023-03-01");
    cr_expect_null(json_object_get(window, "instance"));
    json_decref(plan);
}

Test(plans, one_that_runs_says_what_became_of_each_window)
{
    uint64_t id = index_start("plan", "p", "{}");
    json_t *plan = index_query(CLIENT_ROADMAP, "{'name':'plan'}");
    json_t *item = json_array_get(items_of(plan), 0);
    json_t *window = json_array_get(json_object_get(item, "windows"), 0);

    cr_expect_eq(index_number(plan, "instance"), (double)id);
    cr_expect_not_null(json_object_get(window, "task"));
    cr_expect_eq(index_number(item, "progress.of"), 1);
    cr_expect_eq(index_number(item, "progress.done"), 0);
    json_decref(plan);
}

Test(plans, an_item_that_is_counted_leaves_its_number_to_who_counts)
{
    json_t *plan = index_query(CLIENT_ROADMAP, "{'name':'plan'}");

    cr_expect_null(json_object_get(json_array_get(items_of(plan), 0), "computed"));
    cr_expect(json_is_null(json_object_get(json_array_get(items_of(plan), 1), "computed")));
    json_decref(plan);
}

Test(plans, items_are_narrowed_by_section_body_and_state)
{
    assert_items("{'name':'plan'}", 2);
    assert_items("{'name':'plan','section':'2'}", 1);
    assert_items("{'name':'plan','section':'Управление'}", 1);
    assert_items("{'name':'plan','section':'-'}", 0);
    assert_items("{'name':'plan','section':null,'body':null,'state':null}", 2);
    assert_items("{'name':'plan','body':'school'}", 1);
    assert_items("{'name':'plan','body':'region'}", 0);
    assert_items("{'name':'plan','state':'planned'}", 2);
    assert_items("{'name':'plan','state':'overdue'}", 0);
    assert_items("{'name':'plan','section':'2','body':'school'}", 0);
}

Test(plans, a_report_that_waits_is_known_as_such_and_not_by_its_day)
{
    index_start("plan", "p", "{}");
    json_t *list = index_query(CLIENT_ASSIGNMENTS, "{'body':'school'}");
    json_t *row = json_array_get(json_object_get(list, "rows"), 0);

    index_act((uint64_t)json_integer_value(json_object_get(row, "instance")), ACTION_REPORT,
              "school");
    assert_items("{'name':'plan','state':'reported'}", 1);
    assert_items("{'name':'plan','state':'open'}", 1);
    json_decref(list);
}

Test(plans, words_that_mean_nothing_are_refused)
{
    index_refused(CLIENT_ROADMAP, "{}", ERROR_INVALID);
    index_refused(CLIENT_ROADMAP, "{'name':'none'}", ERROR_NOT_FOUND);
    index_refused(CLIENT_ROADMAP, "{'name':'plan','state':'late'}", ERROR_INVALID);
    index_refused(CLIENT_ROADMAP, "{'name':'plan','body':'nobody'}", ERROR_NOT_FOUND);
    index_refused(CLIENT_ROADMAP, "{'name':'plan','section':2}", ERROR_INVALID);
    index_refused(CLIENT_BODIES, "{'counts':'yes'}", ERROR_INVALID);
}

Test(plans, all_of_them_have_the_counts_of_their_assignments)
{
    index_start("plan", "p", "{}");
    json_t *answer = index_query(CLIENT_ROADMAPS, "{}");

    cr_assert_eq(index_rows(answer), 1);
    cr_expect_eq(index_number(answer, "rows.0.items"), 2);
    cr_expect_eq(index_number(answer, "rows.0.counts.open"), 2);
    cr_expect_eq(index_number(answer, "rows.0.counts.closed"), 0);
    json_decref(answer);
}

Test(plans, bodies_are_counted_when_that_is_asked_for)
{
    index_start("item", "late", index_item("1", "Первое", "school", "2023-01-20"));
    index_start("item", "open", index_item("2", "Второе", "school", "2023-06-01"));
    index_go("2023-02-01");
    json_t *plain = index_query(CLIENT_BODIES, "{}");
    json_t *counted = index_query(CLIENT_BODIES, "{'counts':true}");
    json_t *school = json_array_get(json_object_get(counted, "rows"), 2);

    cr_expect_eq(index_rows(plain), 3);
    cr_expect_null(json_object_get(json_array_get(json_object_get(plain, "rows"), 2), "counts"));
    cr_expect_str_eq(json_string_value(json_object_get(school, "id")), "school");
    cr_expect_eq(index_number(school, "counts.open"), 2);
    cr_expect_eq(index_number(school, "counts.overdue"), 1);
    cr_expect_eq(index_number(counted, "rows.0.counts.all"), 0);
    json_decref(counted);
    json_decref(plain);
}

/* --- months -------------------------------------------------------------------------------- */

static json_t *day_of(json_t *month, size_t day)
{
    return json_array_get(json_object_get(month, "days"), day - 1);
}

Test(plans, a_month_has_all_its_days_with_what_is_due_on_each)
{
    index_start("item", "a", index_item("1", "Первое", "school", "2023-02-21"));
    index_start("item", "b", index_item("2", "Второе", "lyceum", "2023-02-21"));
    json_t *all = index_query(CLIENT_CALENDAR, "{'month':'2023-02'}");
    json_t *some = index_query(CLIENT_CALENDAR, "{'month':'2023-02','body':'school'}");

    cr_expect_eq(json_array_size(json_object_get(all, "days")), 28);
    cr_expect_eq(index_number(day_of(all, 21), "count"), 2);
    cr_expect_eq(index_number(day_of(all, 22), "count"), 0);
    cr_expect_eq(index_number(day_of(some, 21), "count"), 1);
    cr_expect_eq(json_array_size(json_object_get(day_of(some, 21), "due")), 1);
    json_decref(some);
    json_decref(all);
}

Test(plans, of_a_day_with_very_much_only_the_first_dozen_is_shown)
{
    char key[16];

    for (int i = 0; i < 14; i++) {
        snprintf(key, sizeof key, "k%d", i);
        index_start("item", key, index_item("1", "Дело", "school", "2023-02-21"));
    }
    json_t *month = index_query(CLIENT_CALENDAR, "{'month':'2023-02'}");

    cr_expect_eq(index_number(day_of(month, 21), "count"), 14);
    cr_expect_eq(json_array_size(json_object_get(day_of(month, 21), "due")), 12);
    json_decref(month);
}

Test(plans, the_month_of_today_is_meant_where_none_is_named)
{
    index_go("2023-12-31");
    json_t *month = index_query(CLIENT_CALENDAR, "{}");

    cr_expect_str_eq(json_string_value(json_object_get(day_of(month, 31), "date")), "2023-12-31");
    cr_expect_eq(json_array_size(json_object_get(month, "days")), 31);
    json_decref(month);
    index_refused(CLIENT_CALENDAR, "{'month':'2023-13'}", ERROR_INVALID);
    index_refused(CLIENT_CALENDAR, "{'month':'август'}", ERROR_INVALID);
    index_refused(CLIENT_CALENDAR, "{'month':8}", ERROR_INVALID);
    index_refused(CLIENT_CALENDAR, "{'body':'nobody'}", ERROR_NOT_FOUND);
}

/* roadmap_test.c - what an item of a plan says to the workflow that carries it out */
#include "fixture.h"

#include <criterion/criterion.h>
#include <jansson.h>

TestSuite(roadmap, .init = fixture_init, .fini = fixture_fini);

static const char work[] = "document: {dsl: '1.0.3', namespace: t, name: w, version: '1'}\n"
                           "do:\n"
                           "  - a: {call: work.a}\n";

static const char plan[] =
    "document: {kind: roadmap, name: plan, version: '1', title: План}\n"
    "act: {number: 198/1.1 - 05, date: 2023-02-08}\n"
    "period: {from: 2023-01-01, to: 2023-12-31}\n"
    "controller: inspector\n"
    "policy: default\n"
    "items:\n"
    "  - {no: '1', title: Первый, responsible: [school], audience: Учителя, note: Дважды,\n"
    "     due: {phrase: раз, kind: recurring, windows: [2023-03-14, 2023-03-28]}, workflow: w}\n"
    "  - {no: '2', title: Второй, responsible: [school],\n"
    "     due: {phrase: май, kind: window, windows: [{from: 2023-05-01, to: 2023-05-31}]},\n"
    "     workflow: w}\n";

/* The input of the nth occurrence, from 1. */
static json_t *input(uint32_t n)
{
    struct bytes data = fixture_get(1 + n)->data;
    json_t *json = json_loadb(data.data, data.size, 0, NULL);

    cr_assert_not_null(json);
    return json;
}

static void says(const json_t *input, const char *map, const char *key, const char *expected)
{
    const json_t *value = json_object_get(map ? json_object_get(input, map) : input, key);

    cr_assert_not_null(value, "%s", key);
    cr_assert_str_eq(json_string_value(value), expected, "%s", key);
}

Test(roadmap, an_occurrence_knows_what_the_item_and_the_plan_say)
{
    fixture_deploy(work);
    fixture_deploy(plan);
    fixture_start("plan", "{}");
    json_t *got = input(2);

    cr_assert_eq(fx.instance_count, 4);
    says(got, NULL, "plan", "plan");
    says(got, NULL, "plan_title", "План");
    says(got, "act", "number", "198/1.1 - 05");
    says(got, "act", "date", "2023-02-08");
    says(got, NULL, "audience", "Учителя");
    says(got, NULL, "note", "Дважды");
    says(got, NULL, "controller", "inspector");
    says(got, NULL, "due_phrase", "раз");
    says(got, NULL, "due_kind", "recurring");
    cr_assert_eq(json_integer_value(json_object_get(got, "occurrence")), 2);
    json_decref(got);
    fixture_assert_replay();
}

Test(roadmap, what_the_item_does_not_say_is_left_out)
{
    static const char *const absent[] = {"section", "audience", "note", "result"};

    fixture_deploy(work);
    fixture_deploy(plan);
    fixture_start("plan", "{}");
    json_t *got = input(3);

    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        cr_assert_null(json_object_get(got, absent[i]), "%s", absent[i]);
    }
    says(got, "window", "from", "2023-05-01");
    json_decref(got);
}

/* Else nobody could be reminded of it. */
Test(roadmap, what_is_due_on_one_day_is_given_out_before_it)
{
    fixture_deploy(work);
    fixture_deploy(plan);
    fixture_start("plan", "{}");
    json_t *first = input(1);
    json_t *second = input(2);

    says(first, "window", "from", "2023-02-08");
    says(first, "window", "to", "2023-03-14");
    says(second, "window", "from", "2023-03-15");
    says(second, "window", "to", "2023-03-28");
    json_decref(first);
    json_decref(second);
}

Test(roadmap, a_part_that_is_due_before_its_item_is_a_co_executor_with_a_term)
{
    fixture_deploy(work);
    fixture_deploy("document: {kind: roadmap, name: plan, version: '1', title: План}\n"
                   "period: {from: 2023-01-01, to: 2023-12-31}\n"
                   "controller: inspector\npolicy: default\nitems:\n"
                   "  - {no: '1', title: Первый, workflow: w, due: май,\n"
                   "     responsible: [school, district, {body: alone, days_before: 3},\n"
                   "                   {body: region, to: 2023-05-15}]}\n"
                   "  - {no: '2', title: Второй, workflow: w, due: май, responsible: [school]}\n");
    fixture_start("plan", "{}");
    json_t *got = input(1);
    json_t *expected = json_loads("[{\"body\":\"alone\",\"days_before\":3,\"working\":false},"
                                  "{\"body\":\"region\",\"to\":\"2023-05-15\"}]",
                                  0, NULL);

    cr_assert_eq(json_array_size(json_object_get(got, "responsible")), 4);
    cr_assert(json_equal(json_object_get(got, "co_executors"), expected));
    json_decref(got);
    got = input(2);
    cr_assert_null(json_object_get(got, "co_executors"), "as it was before there were parts");
    json_decref(got);
    json_decref(expected);
}

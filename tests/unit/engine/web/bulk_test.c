/* bulk_test.c - commands of one action on many */
#include "engine/web/bulk.h"

#include <criterion/criterion.h>

static json_t *request_of(const char *text)
{
    json_t *request = json_loads(text, 0, NULL);

    cr_assert_not_null(request);
    return request;
}

static void expect_payload(const struct bulk_plan *plan, struct bulk_target target,
                           const char *expected)
{
    struct ask ask = bulk_ask(plan, target, "komitet", "job-1-0-5");
    json_t *wanted = request_of(expected);

    cr_expect(json_equal(ask.payload, wanted), "%s", json_dumps(ask.payload, 0));
    json_decref(ask.payload);
    json_decref(wanted);
}

Test(bulk, a_command_names_the_task_who_acts_and_its_key)
{
    json_t *request = request_of("{\"list\":\"incidents\",\"action\":\"skip\",\"filter\":{},"
                                 "\"reason\":\"вручную\"}");
    json_t *row = request_of("{\"task\":\"17.2\",\"instance\":17}");
    struct bulk_target target;
    struct bulk_plan plan;

    bulk_plan_init(&plan, request);
    cr_assert(bulk_target_of(&plan, row, &target));
    cr_expect_eq(target.instance, 17);
    cr_expect_eq(target.task, 2);
    expect_payload(&plan, target,
                   "{\"task\":\"17.2\",\"reason\":\"вручную\",\"by\":\"komitet\","
                   "\"once\":\"job-1-0-5\"}");
    bulk_plan_fini(&plan);
    json_decref(row);
    json_decref(request);
}

Test(bulk, an_action_on_the_instance_of_an_incident_names_the_instance)
{
    json_t *request = request_of("{\"list\":\"incidents\",\"action\":\"cancel\",\"filter\":{},"
                                 "\"reason\":\"ошибка\"}");
    json_t *row = request_of("{\"task\":\"17.2\",\"instance\":17}");
    struct bulk_target target;
    struct bulk_plan plan;

    bulk_plan_init(&plan, request);
    cr_assert(bulk_target_of(&plan, row, &target));
    cr_expect_eq(target.task, 0);
    expect_payload(&plan, target,
                   "{\"instance\":17,\"reason\":\"ошибка\",\"by\":\"komitet\","
                   "\"once\":\"job-1-0-5\"}");
    bulk_plan_fini(&plan);
    json_decref(row);
    json_decref(request);
}

Test(bulk, the_same_word_means_another_command_on_another_list)
{
    json_t *request = request_of("{\"list\":\"assignments\",\"action\":\"resume\",\"filter\":{}}");
    json_t *other = request_of("{\"list\":\"instances\",\"action\":\"resume\",\"filter\":{}}");
    struct bulk_plan plan;

    bulk_plan_init(&plan, request);
    expect_payload(&plan, (struct bulk_target){17, 1},
                   "{\"task\":\"17.1\",\"action\":\"resume\",\"by\":\"komitet\","
                   "\"once\":\"job-1-0-5\"}");
    bulk_plan_fini(&plan);
    bulk_plan_init(&plan, other);
    expect_payload(&plan, (struct bulk_target){17, 0},
                   "{\"instance\":17,\"by\":\"komitet\",\"once\":\"job-1-0-5\"}");
    bulk_plan_fini(&plan);
    json_decref(other);
    json_decref(request);
}

Test(bulk, a_row_without_a_task_is_passed_over)
{
    json_t *request = request_of("{\"list\":\"incidents\",\"action\":\"retry\",\"filter\":{}}");
    json_t *row = request_of("{\"instance\":17}");
    struct bulk_target target;
    struct bulk_plan plan;

    bulk_plan_init(&plan, request);
    cr_expect_not(bulk_target_of(&plan, row, &target));
    bulk_plan_fini(&plan);
    json_decref(row);
    json_decref(request);
}

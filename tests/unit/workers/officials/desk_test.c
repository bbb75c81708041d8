/* desk_test.c - what simulated officials do about a row of ASSIGNMENTS */
#include "workers/officials/desk.h"

#include "base/must.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct habits on_time = {.seed = 5};
static const struct habits returning = {.seed = 5, .return_percent = 100};
static const struct habits never = {.seed = 5, .never_percent = 100};

static civil_day day(const char *text)
{
    civil_day result = CIVIL_DAY_NONE;

    cr_assert(civil_parse(bytes_of(text), &result));
    return result;
}

static json_t *row(const char *state)
{
    return json_pack("{ss si ss ss ss ss s{ss ss} s[s] ss ss ss si}", "task", "17.1", "instance",
                     17, "plan", "lo-2023", "title", "Разработка документации", "state", state,
                     "phase", "open", "responsible", "id", "loiro", "name", "ЛОИРО", "co_executors",
                     "omsu", "controller", "komitet", "from", "2023-01-09", "to", "2023-02-28",
                     "returns", 0);
}

/* Steals row; "" when nothing is to be done, else "action by". */
static const char *does(const struct habits *habits, json_t *r, civil_day today)
{
    static char text[128];
    struct error err = ERROR_INIT;
    json_t *command = desk_command(habits, r, today, &err);

    cr_assert_eq(err.code, ERROR_NONE, "%s", err.text);
    text[0] = '\0';
    if (command != NULL) {
        cr_assert_str_eq(json_string_value(json_object_get(command, "task")), "17.1");
        snprintf(text, sizeof text, "%s %s", json_string_value(json_object_get(command, "action")),
                 json_string_value(json_object_get(command, "by")));
    }
    json_decref(command);
    json_decref(r);
    return text;
}

Test(desk, the_responsible_reports_from_the_day_of_the_plan_on)
{
    civil_day plan = plan_of(&on_time, "17.1", day("2023-01-09"), day("2023-02-28")).report_day;

    cr_assert_str_eq(does(&on_time, row("open"), plan - 1), "");
    cr_assert_str_eq(does(&on_time, row("open"), plan), "report loiro");
    cr_assert_str_eq(does(&on_time, row("open"), plan + 98), "report loiro");
    cr_assert_str_eq(does(&never, row("open"), plan + 98), "");
    cr_assert_str_eq(does(&on_time, row("planned"), plan + 98), "");
}

Test(desk, what_stands_in_no_plan_is_always_reported)
{
    json_t *r = row("open");

    json_object_del(r, "plan");
    cr_assert_str_eq(does(&never, r, day("2023-02-28")), "report loiro");
}

Test(desk, the_document_is_the_one_that_is_expected)
{
    json_t *r = row("open");
    struct error err = ERROR_INIT;

    json_object_set_new(r, "result", json_string("лист посещения урока"));
    json_t *command = desk_command(&on_time, r, day("2023-03-01"), &err);
    const json_t *report = json_object_get(command, "report");
    cr_assert_str_eq(json_string_value(json_object_get(report, "kind")), "лист посещения урока");
    json_decref(command);
    json_decref(r);
}

Test(desk, every_report_says_that_it_is_simulated)
{
    json_t *r = row("open");
    struct error err = ERROR_INIT;
    json_t *command = desk_command(&on_time, r, day("2023-03-01"), &err);
    const json_t *report = json_object_get(command, "report");
    const char *text = json_string_value(json_object_get(report, "text"));

    cr_assert(strstr(text, "Отчёт подготовлен имитатором исполнителей (демонстрация)") != NULL);
    cr_assert(strstr(text, "Разработка документации") != NULL);
    cr_assert(json_is_true(json_object_get(report, "simulated")));
    cr_assert_str_eq(json_string_value(json_object_get(report, "date")), "2023-03-01");
    cr_assert_gt(json_string_length(json_object_get(report, "kind")), 0);
    cr_assert_gt(json_string_length(json_object_get(report, "number")), 0);
    json_decref(command);
    json_decref(r);
}

Test(desk, where_the_controller_is_responsible_somebody_else_reports)
{
    json_t *r = row("open");

    json_object_set_new(r, "controller", json_string("loiro"));
    cr_assert_str_eq(does(&on_time, r, day("2023-03-01")), "report omsu");
    r = row("reported");
    json_object_set_new(r, "controller", json_string("loiro"));
    cr_assert_str_eq(does(&on_time, r, day("2023-03-01")), "accept loiro");
}

static json_t *reported(void)
{
    json_t *r = row("reported");

    json_object_set_new(r, "reported", json_string("2023-02-20"));
    return r;
}

Test(desk, the_controller_accepts_a_day_or_two_later)
{
    civil_day last = day("2023-02-20");
    unsigned wait = plan_of(&on_time, "17.1", day("2023-01-09"), day("2023-02-28")).decide_days;

    cr_assert_str_eq(does(&on_time, reported(), last + (civil_day)wait - 1), "");
    cr_assert_str_eq(does(&on_time, reported(), last + (civil_day)wait), "accept komitet");
}

Test(desk, a_first_report_may_be_returned_with_a_reason_and_is_accepted_then)
{
    json_t *r = reported();
    struct error err = ERROR_INIT;
    json_t *command = desk_command(&returning, r, day("2023-02-27"), &err);

    cr_assert_str_eq(json_string_value(json_object_get(command, "action")), "return");
    cr_assert_gt(json_string_length(json_object_get(command, "reason")), 0);
    json_decref(command);
    json_object_set_new(r, "returns", json_integer(1));
    cr_assert_str_eq(does(&returning, r, day("2023-02-27")), "accept komitet");
}

Test(desk, what_was_returned_is_reported_again_three_days_later)
{
    unsigned wait = plan_of(&returning, "17.1", day("2023-01-09"), day("2023-02-28")).decide_days;
    civil_day again = day("2023-02-20") + (civil_day)wait + PLAN_REWORK_DAYS;

    while (plan_weekend(again)) {
        again++;
    }
    for (int before = 0; before < 2; before++) {
        json_t *r = reported();
        json_object_set_new(r, "state", json_string("open"));
        json_object_set_new(r, "returns", json_integer(1));
        cr_assert_str_eq(does(&returning, r, again - before), before ? "" : "report loiro");
    }
}

Test(desk, nobody_decides_on_a_weekend_and_on_monday_they_do)
{
    cr_assert_str_eq(does(&on_time, reported(), day("2023-02-25")), "");
    cr_assert_str_eq(does(&on_time, reported(), day("2023-02-26")), "");
    cr_assert_str_eq(does(&on_time, reported(), day("2023-02-27")), "accept komitet");
    cr_assert_str_eq(does(&returning, reported(), day("2023-02-26")), "");
    cr_assert_str_eq(does(&returning, reported(), day("2023-02-27")), "return komitet");
    cr_assert_str_eq(does(&on_time, row("open"), day("2023-03-04")), "", "overslept: on Monday");
    cr_assert_str_eq(does(&on_time, row("open"), day("2023-03-06")), "report loiro");
}

Test(desk, a_window_of_a_weekend_is_reported_on_its_day)
{
    json_t *r = row("open");

    json_object_set_new(r, "from", json_string("2023-02-26"));
    json_object_set_new(r, "to", json_string("2023-02-26"));
    cr_assert_str_eq(does(&on_time, r, day("2023-02-26")), "report loiro");
}

Test(desk, only_orders_are_numbered_like_orders)
{
    unsigned orders = 0;
    unsigned reports = 0;

    for (int i = 1; i < 200; i++) {
        char id[16];
        json_t *r = row("open");
        struct error err = ERROR_INIT;
        snprintf(id, sizeof id, "%d.1", i);
        json_object_set_new(r, "task", json_string(id));
        json_t *command = desk_command(&on_time, r, day("2023-03-01"), &err);
        const json_t *report = json_object_get(command, "report");
        const char *kind = json_string_value(json_object_get(report, "kind"));
        const char *number = json_string_value(json_object_get(report, "number"));
        bool order = strcmp(kind, "распоряжение") == 0;
        bool own = strcmp(kind, "отчёт") == 0;
        cr_assert_eq(strstr(number, "-р") != NULL, order, "%s %s", kind, number);
        cr_assert_eq(strstr(number, "/2023-отчёт") != NULL, own, "%s %s", kind, number);
        orders += order;
        reports += own;
        json_decref(command);
        json_decref(r);
    }
    cr_assert(orders > 0 && reports > 0);
}

Test(desk, without_a_controller_a_co_executor_decides)
{
    json_t *r = reported();

    json_object_set_new(r, "controller", json_null());
    cr_assert_str_eq(does(&on_time, r, day("2023-02-27")), "accept omsu");
    r = reported();
    json_object_del(r, "controller");
    json_object_set_new(r, "co_executors", json_array());
    cr_assert_str_eq(does(&on_time, r, day("2023-02-27")), "accept demonstration");
}

Test(desk, the_same_row_on_the_same_day_gives_the_same_command)
{
    json_t *r = row("open");
    struct error err = ERROR_INIT;
    json_t *one = desk_command(&on_time, r, day("2023-03-01"), &err);
    json_t *two = desk_command(&on_time, r, day("2023-03-01"), &err);

    cr_assert(json_equal(one, two));
    json_decref(one);
    json_decref(two);
    json_decref(r);
}

Test(desk, a_row_that_is_none_is_told)
{
    static const char *const fields[] = {"task", "state", "responsible", "from", "to"};

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        json_t *r = row("open");
        struct error err = ERROR_INIT;
        json_object_del(r, fields[i]);
        cr_assert_null(desk_command(&on_time, r, day("2023-03-01"), &err));
        cr_assert_eq(err.code, ERROR_INVALID, "%s", fields[i]);
        json_decref(r);
    }
}

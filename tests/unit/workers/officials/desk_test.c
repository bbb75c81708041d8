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

/* Steals row; "" when nothing is to be done, else "action by, action by". */
static const char *does(const struct habits *habits, json_t *r, civil_day today)
{
    static char text[128];
    struct error err = ERROR_INIT;
    json_t *commands = desk_commands(habits, r, today, &err);
    size_t used = 0;

    cr_assert_eq(err.code, ERROR_NONE, "%s", err.text);
    text[0] = '\0';
    for (size_t i = 0; i < json_array_size(commands); i++) {
        const json_t *command = json_array_get(commands, i);
        cr_assert_str_eq(json_string_value(json_object_get(command, "task")), "17.1");
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %s", i > 0 ? ", " : "",
                                 json_string_value(json_object_get(command, "action")),
                                 json_string_value(json_object_get(command, "by")));
    }
    json_decref(commands);
    json_decref(r);
    return text;
}

/* The only command; the caller's. */
static json_t *only(const struct habits *habits, const json_t *r, civil_day today)
{
    struct error err = ERROR_INIT;
    json_t *commands = desk_commands(habits, r, today, &err);

    cr_assert_eq(json_array_size(commands), 1);
    json_t *command = json_incref(json_array_get(commands, 0));
    json_decref(commands);
    return command;
}

/* The only document of a report. */
static const char *paper(const json_t *command, const char *field)
{
    const json_t *results = json_object_get(json_object_get(command, "report"), "documents");

    cr_assert_eq(json_array_size(results), 1);
    return json_string_value(json_object_get(json_array_get(results, 0), field));
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

    json_object_set_new(r, "result", json_string("лист посещения урока"));
    json_t *command = only(&on_time, r, day("2023-03-01"));
    cr_assert_str_eq(paper(command, "kind"), "лист посещения урока");
    json_decref(command);
    json_decref(r);
}

Test(desk, every_report_says_that_it_is_simulated)
{
    json_t *r = row("open");
    json_t *command = only(&on_time, r, day("2023-03-01"));
    const json_t *report = json_object_get(command, "report");
    const char *text = json_string_value(json_object_get(report, "text"));

    cr_assert(strstr(text, "Отчёт подготовлен имитатором исполнителей (демонстрация)") != NULL);
    cr_assert(strstr(text, "Разработка документации") != NULL);
    cr_assert(json_is_true(json_object_get(report, "simulated")));
    cr_assert_str_eq(paper(command, "date"), "2023-03-01");
    cr_assert(paper(command, "kind")[0] != '\0' && paper(command, "number")[0] != '\0');
    json_decref(command);
    json_decref(r);
}

Test(desk, who_decides_is_who_the_engine_says)
{
    json_t *r = row("reported");

    json_object_set_new(r, "controller", json_string("loiro"));
    json_object_set_new(r, "decider", json_string("komitet"));
    cr_assert_str_eq(does(&on_time, r, day("2023-03-01")), "accept komitet");
}

static void owe(json_t *r, const char *state)
{
    json_object_set_new(
        r, "parts", json_pack("[{ss ss ss}]", "body", "omsu", "state", state, "to", "2023-02-28"));
}

Test(desk, a_co_executor_answers_its_part_before_the_whole_is_reported)
{
    civil_day plan =
        plan_of(&on_time, "17.1/omsu", day("2023-01-09"), day("2023-02-28")).report_day;
    json_t *r = row("open");

    owe(r, "open");
    const char *said = does(&on_time, r, plan);
    cr_assert(strncmp(said, "report omsu", 11) == 0, "%s", said);
    r = row("open");
    owe(r, "answered");
    cr_assert_str_eq(does(&on_time, r, day("2023-02-28")), "report loiro");
}

Test(desk, what_lacks_a_part_is_accepted_in_part_with_a_reason)
{
    json_t *r = row("reported");

    json_object_set_new(r, "reported", json_string("2023-02-20"));
    owe(r, "open");
    json_t *command = only(&on_time, r, day("2023-02-27"));
    cr_assert(json_is_true(json_object_get(command, "in_part")));
    cr_assert_gt(json_string_length(json_object_get(command, "reason")), 0);
    json_decref(command);
    json_decref(r);
}

Test(desk, some_of_those_who_will_be_late_ask_for_an_extension_and_it_is_answered_next_day)
{
    struct habits late = {.seed = 5, .late_percent = 100};
    int asked = 0;

    for (int i = 1; i < 40; i++) {
        char id[16];
        json_t *r = row("open");
        struct error err = ERROR_INIT;
        snprintf(id, sizeof id, "%d.1", i);
        json_object_set_new(r, "task", json_string(id));
        json_t *commands = desk_commands(&late, r, day("2023-02-21"), &err);
        for (size_t c = 0; c < json_array_size(commands); c++) {
            const json_t *command = json_array_get(commands, c);
            cr_assert_str_eq(json_string_value(json_object_get(command, "action")), "extend");
            cr_assert_gt(strcmp(json_string_value(json_object_get(command, "day")), "2023-02-28"),
                         0);
            asked++;
        }
        json_decref(commands);
        json_decref(r);
    }
    cr_assert(asked > 5 && asked < 35, "%d of 39", asked);
    json_t *r = row("open");
    json_object_set_new(r, "extension", json_pack("{ss}", "by", "loiro"));
    const char *said = does(&late, r, day("2023-02-22"));
    cr_assert(strstr(said, "komitet") != NULL, "%s", said);
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
    json_t *command = only(&returning, r, day("2023-02-27"));

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
        snprintf(id, sizeof id, "%d.1", i);
        json_object_set_new(r, "task", json_string(id));
        json_t *command = only(&on_time, r, day("2023-03-01"));
        const char *kind = paper(command, "kind");
        const char *number = paper(command, "number");
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
    json_t *one = only(&on_time, r, day("2023-03-01"));
    json_t *two = only(&on_time, r, day("2023-03-01"));

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
        json_t *none = desk_commands(&on_time, r, day("2023-03-01"), &err);
        cr_assert_eq(json_array_size(none), 0);
        json_decref(none);
        cr_assert_eq(err.code, ERROR_INVALID, "%s", fields[i]);
        json_decref(r);
    }
}

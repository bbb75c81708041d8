/* workdays_json_test.c - answers about working days, and what is told of years without an act */
#include "calendar/workdays_json.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static civil_day on(int year, int month, int day)
{
    return civil_to_day((struct civil){year, month, day});
}

/* Two years are approved; of the third some days are known. */
static struct workdays *calendar(void)
{
    struct workdays *w = workdays_create();

    workdays_approve(w, 2023);
    workdays_approve(w, 2024);
    workdays_add_short(w, on(2023, 2, 22));
    workdays_add_off(w, on(2025, 1, 9));
    workdays_seal(w);
    return w;
}

static int64_t number(const json_t *answer, const char *name)
{
    return json_integer_value(json_object_get(answer, name));
}

static void keep(void *context, const struct error *sentence)
{
    char *said = context;

    snprintf(said + strlen(said), 1024 - strlen(said), "%s\n", sentence->text);
}

/* What is told of the two days, a sentence a line. */
static json_t *missing(const struct workdays *w, civil_day a, civil_day b, char said[1024])
{
    json_t *answer = json_object();

    said[0] = '\0';
    workdays_json_missing(w, a, b, answer, keep, said);
    return answer;
}

Test(workdays_json, both_ends_of_a_span_are_counted_and_short_days_among_them)
{
    struct workdays *w = calendar();
    json_t *answer = workdays_json_count(w, on(2023, 2, 20), on(2023, 2, 22));

    cr_assert_eq(number(answer, "working_days"), 3);
    cr_assert_eq(number(answer, "short_days"), 1);
    cr_assert_str_eq(json_string_value(json_object_get(answer, "to")), "2023-02-22");
    json_decref(answer);
    workdays_destroy(&w);
}

Test(workdays_json, a_day_that_the_calendar_does_not_reach_is_refused_and_the_last_one_is_not)
{
    struct workdays *w = calendar();
    struct error err = ERROR_INIT;
    civil_day found;
    json_t *answer =
        workdays_json_add(w, on(2199, 12, 27), 2, &found, &err); /* a Friday, then Monday */

    cr_assert_not_null(answer);
    cr_assert_eq(found, on(2199, 12, 31));
    cr_assert_str_eq(json_string_value(json_object_get(answer, "date")), "2199-12-31");
    cr_assert_eq(number(answer, "weekday"), 2);
    json_decref(answer);
    cr_assert_null(workdays_json_add(w, on(2199, 12, 27), 3, &found, &err));
    cr_assert_eq(err.code, ERROR_INVALID);
    cr_assert_eq(strncmp(err.text, "+3: ", 4), 0);
    cr_assert_null(workdays_json_add(w, on(1900, 1, 1), -1, &found, &err));
    answer = workdays_json_add(w, on(2023, 2, 25), 0, &found, &err);
    cr_assert_str_eq(json_string_value(json_object_get(answer, "kind")), "weekend");
    json_decref(answer);
    workdays_destroy(&w);
}

Test(workdays_json, years_without_an_act_are_told_each_run_of_one_kind_once)
{
    struct workdays *w = calendar();
    char said[1024];
    json_t *answer = missing(w, on(2023, 1, 1), on(2024, 12, 31), said);

    cr_assert_str_empty(said);
    cr_assert_eq(json_object_size(answer), 0);
    json_decref(answer);
    answer = missing(w, on(2027, 1, 1), on(2021, 1, 1), said);
    cr_assert_eq(number(answer, "missing_year"), 2021);
    cr_assert_eq(json_array_size(json_object_get(answer, "missing_years")), 5);
    cr_assert_str_eq(said,
                     "there are no calendars for 2021–2022: the program has them from 2023 on\n"
                     "the calendar for 2025 is not approved: not all that will be off is known\n"
                     "the calendars for 2026–2027 are not approved: only the holidays of "
                     "article 112 were counted\n");
    json_decref(answer);
    workdays_destroy(&w);
}

/* due_workdays_test.c - working days of a term, by a production calendar and without one */
#include "calendar/workdays.h"
#include "tests/unit/calendar/due_phrase.h"

/* 2023 as it was from January to May, and no other year. */
static struct workdays *calendar_of_2023(void)
{
    static const int off[][2] = {{2, 24}, {5, 8}};
    struct workdays *w = workdays_create();

    for (int day = 1; day <= 8; day++) {
        workdays_add_holiday(w, 1, day, 0, 0);
    }
    workdays_add_holiday(w, 2, 23, 0, 0);
    workdays_add_holiday(w, 3, 8, 0, 0);
    workdays_add_holiday(w, 5, 1, 0, 0);
    workdays_add_holiday(w, 5, 9, 0, 0);
    for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
        workdays_add_off(w, civil_to_day((struct civil){2023, off[i][0], off[i][1]}));
    }
    workdays_approve(w, 2023);
    workdays_seal(w);
    return w;
}

static void says(const struct due_context *context, const char *phrase, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct due due;

    cr_assert(due_parse(bytes_of(phrase), context, &arena, &due, &err), "%s", err.text);
    cr_expect(bytes_equal(due.ambiguity, bytes_of(expected)), "%s: %.*s", phrase,
              (int)due.ambiguity.size, (const char *)due.ambiguity.data);
    arena_fini(&arena);
}

Test(due_workdays, the_first_of_a_month_is_worked_by_the_production_calendar)
{
    struct due_context context = due_test_context("2023-01-01", "2023-05-31", 2023);
    struct workdays *w = calendar_of_2023();

    context.workdays = w;
    due_test_reads(context, "первый рабочий день месяца", DUE_RECURRING,
                   "2023-01-09 2023-02-01 2023-03-01 2023-04-03 2023-05-02");
    due_test_reads(context, "за 3 рабочих дня до 10 мая", DUE_RELATIVE, "2023-05-03");
    due_test_reads(context, "последний рабочий день февраля", DUE_DATE, "2023-02-28");
    says(&context, "первый рабочий день месяца", "");
    workdays_destroy(&w);
}

Test(due_workdays, without_a_calendar_monday_to_friday_are_worked_and_it_is_told)
{
    struct due_context context = due_test_context("2023-05-01", "2023-05-31", 2023);

    due_test_reads(context, "первый рабочий день месяца", DUE_RECURRING, "2023-05-01");
    says(&context, "первый рабочий день месяца",
         "рабочие дни посчитаны с понедельника по пятницу, без праздников");
}

Test(due_workdays, a_year_without_an_approved_calendar_is_told)
{
    struct due_context context = due_test_context("2024-05-01", "2024-05-31", 2024);
    struct workdays *w = calendar_of_2023();
    struct workdays *none = workdays_create();

    context.workdays = w;
    due_test_reads(context, "первый рабочий день месяца", DUE_RECURRING, "2024-05-02");
    says(&context, "первый рабочий день месяца",
         "календарь на 2024 год не утверждён: учтены только праздники по ст. 112 ТК РФ");
    context.period.to = civil_to_day((struct civil){2026, 5, 31});
    says(&context, "первый рабочий день месяца",
         "календари на 2024–2026 годы не утверждены: учтены только праздники по ст. 112 ТК РФ");
    workdays_seal(none);
    context.workdays = none;
    says(&context, "первый рабочий день месяца",
         "рабочие дни посчитаны без переноса выходных: учтены только праздники по ст. 112 ТК РФ");
    workdays_destroy(&w);
    workdays_destroy(&none);
}

Test(due_workdays, a_term_beyond_the_calendar_does_not_leave_it)
{
    struct due_context context = due_test_context("2190-01-01", "2196-12-31", 2196);
    struct workdays *w = calendar_of_2023();
    struct arena arena = ARENA_INIT;
    struct due due;

    context.workdays = w;
    cr_expect(due_parse(bytes_of("в течение 3600 рабочих дней после 1 декабря 2196 года"), &context,
                        &arena, &due, NULL));
    arena_fini(&arena);
    workdays_destroy(&w);
}

/* due_days_test.c - dates, ranges, and the parts of years */
#include "tests/unit/calendar/due_phrase.h"

static void reads(const char *phrase, enum due_kind kind, const char *windows)
{
    due_test_reads(due_test_2023(), phrase, kind, windows);
}

Test(due_days, a_day_may_be_written_in_many_ways)
{
    static const char *const ways[] = {
        "15 августа 2023 года",
        "15 авг. 2023 г.",
        "15августа 2023года",
        "15.08.2023",
        "15.08.23",
        "15/08/2023",
        "2023-08-15",
        "пятнадцатое августа",
        "15-го августа",
        "15 АВГУСТА 2023 г.*",
        "15\u00a0августа",
        "«15 августа»",
        "15 aвгуcтa",
        "15 ав\u00adгуста",
        "15.08",
        "15 августа¹",
    };

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        reads(ways[i], DUE_DATE, "2023-08-15");
    }
}

Test(due_days, bounds_leave_what_is_before_them)
{
    reads("до 1 марта", DUE_DATE, "..2023-03-01");
    reads("не позднее 1 марта", DUE_DATE, "..2023-03-01");
    reads("до марта", DUE_DATE, "..2023-02-28");
    reads("до конца марта", DUE_DATE, "..2023-03-31");
    reads("до начала учебного года", DUE_DATE, "..2023-08-31");
    reads("с 1 марта", DUE_CONTINUOUS, "2023-03-01..2023-12-31");
    reads("после 1 марта", DUE_WINDOW, "2023-03-02..2023-12-31");
}

Test(due_days, a_hyphen_is_a_range_and_a_comma_a_list)
{
    reads("сентябрь-ноябрь", DUE_WINDOW, "2023-09-01..2023-11-30");
    reads("сентябрь, ноябрь", DUE_WINDOW, "2023-09-01..2023-09-30 2023-11-01..2023-11-30");
    reads("с 1 по 5 и с 10 по 15 мая", DUE_WINDOW, "2023-05-01..2023-05-05 2023-05-10..2023-05-15");
    reads("15.08-20.08.2023", DUE_WINDOW, "2023-08-15..2023-08-20");
    reads("с1по5 сентября", DUE_WINDOW, "2023-09-01..2023-09-05");
}

Test(due_days, a_range_may_go_on_in_the_next_year)
{
    due_test_reads(due_test_context("2022-09-01", "2023-08-31", 0), "ноябрь-февраль", DUE_WINDOW,
                   "2022-11-01..2023-02-28");
    due_test_reads(due_test_context(NULL, NULL, 2023), "осень-зима", DUE_WINDOW,
                   "2023-09-01..2024-02-29");
    due_test_reads(due_test_context(NULL, NULL, 0), "сентябрь – май 2024", DUE_WINDOW,
                   "2023-09-01..2024-05-31");
}

Test(due_days, one_year_stands_for_a_whole_list)
{
    struct due_context none = due_test_context(NULL, NULL, 0);

    due_test_reads(none, "сентябрь, ноябрь 2021 года", DUE_WINDOW,
                   "2021-09-01..2021-09-30 2021-11-01..2021-11-30");
    due_test_reads(none, "2021 год: март, май", DUE_WINDOW,
                   "2021-03-01..2021-03-31 2021-05-01..2021-05-31");
    due_test_reads(none, "декабрь 2023 – январь 2024", DUE_WINDOW, "2023-12-01..2024-01-31");
}

Test(due_days, parts_of_years_and_months)
{
    reads("IV квартал", DUE_WINDOW, "2023-10-01..2023-12-31");
    reads("П квартал", DUE_WINDOW, "2023-04-01..2023-06-30");
    reads("1, 2 полугодие", DUE_RECURRING, "2023-01-01..2023-06-30 2023-07-01..2023-12-31");
    reads("третья декада февраля", DUE_WINDOW, "2023-02-21..2023-02-28");
    reads("вторая половина мая", DUE_WINDOW, "2023-05-16..2023-05-31");
    reads("последняя пятница мая", DUE_DATE, "2023-05-26");
    reads("последние 5 дней мая", DUE_WINDOW, "2023-05-27..2023-05-31");
    reads("летние каникулы", DUE_WINDOW, "2023-06-01..2023-08-31");
    reads("конец осенних каникул", DUE_WINDOW, "2023-11-03..2023-11-05");
    reads("середина мая", DUE_WINDOW, "2023-05-11..2023-05-20");
}

Test(due_days, a_school_says_when_its_terms_are)
{
    struct school school = {
        .year = {9, 1, 5, 25}, .terms = {{9, 1, 10, 22}, {10, 30, 12, 28}}, .term_count = 2};
    struct due_context context = due_test_context("2022-09-01", "2023-08-31", 0);

    context.school = &school;
    due_test_reads(context, "2 четверть", DUE_WINDOW, "2022-10-30..2022-12-28");
    due_test_reads(context, "учебный год", DUE_WINDOW, "2022-09-01..2023-05-25");
    due_test_reads(context, "летние каникулы", DUE_WINDOW, "2023-05-26..2023-08-31");
}

Test(due_days, without_any_year_there_are_no_windows)
{
    struct due_context context = due_test_context(NULL, NULL, 0);
    struct arena arena = ARENA_INIT;
    struct due due;

    cr_assert(due_parse(bytes_of("май"), &context, &arena, &due, NULL));
    cr_expect(due.year_missing);
    cr_expect_eq(due.reading.window_count, 0);
    arena_fini(&arena);
}

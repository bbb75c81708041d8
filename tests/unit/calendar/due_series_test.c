/* due_series_test.c - what comes again, what goes on, and what is counted from an event */
#include "calendar/recurrence.h"
#include "tests/unit/calendar/due_phrase.h"

static void reads(const char *phrase, enum due_kind kind, const char *windows)
{
    due_test_reads(due_test_2023(), phrase, kind, windows);
}

Test(due_series, adverbs_divide_the_period)
{
    reads("ежеквартально", DUE_RECURRING,
          "2023-01-01..2023-03-31 2023-04-01..2023-06-30 2023-07-01..2023-09-30 "
          "2023-10-01..2023-12-31");
    reads("раз в полгода", DUE_RECURRING, "2023-01-01..2023-06-30 2023-07-01..2023-12-31");
    reads("не реже 2 раз в год", DUE_RECURRING, "2023-01-01..2023-06-30 2023-07-01..2023-12-31");
    due_test_reads(due_test_context("2021-01-01", "2024-12-31", 0), "1 раз в 2 года", DUE_RECURRING,
                   "2021-01-01..2022-12-31 2023-01-01..2024-12-31");
}

Test(due_series, days_inside_come_each_time)
{
    struct due_context four = due_test_context("2021-01-01", "2024-12-31", 0);

    due_test_reads(four, "до 1 марта ежегодно", DUE_RECURRING,
                   "2021-03-01 2022-03-01 2023-03-01 2024-03-01");
    due_test_reads(four, "ноябрь-декабрь 2021 (далее – ежегодно)", DUE_RECURRING,
                   "2021-11-01..2021-12-31 2022-11-01..2022-12-31 2023-11-01..2023-12-31 "
                   "2024-11-01..2024-12-31");
    due_test_reads(four, "декабрь, ежегодно, до 25 числа", DUE_RECURRING,
                   "2021-12-25 2022-12-25 2023-12-25 2024-12-25");
    reads("до 10 числа месяца, следующего за отчётным кварталом", DUE_RECURRING,
          "2023-04-10 2023-07-10 2023-10-10");
    reads("2 раза в год (апрель, октябрь)", DUE_RECURRING,
          "2023-04-01..2023-04-30 2023-10-01..2023-10-31");
}

/* The n-th weekday of a month, by rules of the other form. */
static civil_day by_rule(int year, int month, int weekday, int number)
{
    struct recurrence rule = {.months = 1u << month, .weekdays = 1u << weekday};
    civil_day from = civil_to_day((struct civil){year, month, 1});
    civil_day last = from + 30;
    civil_day day = CIVIL_DAY_NONE;

    for (int i = 0; i < number; i++) {
        if (!recurrence_next(&rule, from, last, &day)) {
            return CIVIL_DAY_NONE;
        }
        from = day + 1;
    }
    return day;
}

Test(due_series, weekdays_are_those_of_recurrence_rules)
{
    static const char *const names[] = {"", "понедельник", "вторник", "четверг", "воскресенье"};
    static const int weekdays[] = {0, 1, 2, 4, 7};
    struct arena arena = ARENA_INIT;

    for (int w = 1; w < 5; w++) {
        for (int number = 1; number <= 5; number++) {
            struct due_context context = due_test_2023();
            struct due due;
            char phrase[128];
            uint32_t at = 0;
            snprintf(phrase, sizeof phrase, "%d-й %s каждого месяца", number, names[w]);
            cr_assert(due_parse(bytes_of(phrase), &context, &arena, &due, NULL), "%s", phrase);
            for (int month = 1; month <= 12; month++) {
                civil_day day = by_rule(2023, month, weekdays[w], number);
                if (day != CIVIL_DAY_NONE) {
                    cr_assert(at < due.reading.window_count);
                    cr_expect_eq(due.reading.windows[at++].to, day, "%s", phrase);
                }
            }
            cr_expect_eq(at, due.reading.window_count, "%s", phrase);
            arena_reset(&arena);
        }
    }
    arena_fini(&arena);
}

Test(due_series, what_goes_on_begins_with_the_act)
{
    struct due_context context = due_test_context("2021-01-01", "2022-12-31", 0);

    context.signed_day = due_test_day("2021-08-09");
    due_test_reads(context, "в течение года", DUE_CONTINUOUS,
                   "2021-08-09..2021-12-31 2022-01-01..2022-12-31");
    due_test_reads(context, "постоянно", DUE_CONTINUOUS, "2021-08-09..2022-12-31");
    due_test_reads(context, "ежегодно (август)", DUE_RECURRING,
                   "2021-08-01..2021-08-31 2022-08-01..2022-08-31");
}

Test(due_series, no_more_windows_than_an_item_has)
{
    struct due_context context = due_test_2023();
    struct arena arena = ARENA_INIT;
    struct due due;

    cr_assert(due_parse(bytes_of("ежедневно"), &context, &arena, &due, NULL));
    cr_expect_eq(due.reading.window_count, 64);
    cr_expect(due.more);
    cr_assert(due_parse(bytes_of("еженедельно"), &context, &arena, &due, NULL));
    cr_expect_eq(due.reading.window_count, 53);
    cr_expect_not(due.more);
    arena_fini(&arena);
}

static void anchored(const char *phrase, const char *event, int count, enum due_unit unit)
{
    struct arena arena = ARENA_INIT;
    struct due due = due_test_parsed(due_test_2023(), phrase, &arena);

    cr_expect_eq(due.reading.kind, DUE_RELATIVE, "%s", phrase);
    cr_expect(bytes_equal(due.anchor.event, bytes_of(event)), "%s: %.*s", phrase,
              (int)due.anchor.event.size, (const char *)due.anchor.event.data);
    cr_expect_eq(due.anchor.count, count, "%s", phrase);
    cr_expect_eq(due.anchor.unit, unit, "%s", phrase);
    arena_fini(&arena);
}

Test(due_series, events_are_as_they_were_written)
{
    anchored("в течение 10 рабочих дней со дня получения запроса", "получения запроса", 10,
             DUE_WORKING_DAYS);
    anchored("не позднее чем за 45 дней до начала конкурса", "начала конкурса", 45, DUE_DAYS);
    anchored("в трёхдневный срок", "", 3, DUE_DAYS);
    anchored("через 2 недели после заседания", "заседания", 2, DUE_WEEKS);
    anchored("в течение 3 (трёх) месяцев с момента подписания", "подписания", 3, DUE_MONTHS);
}

Test(due_series, an_event_of_the_calendar_has_its_day)
{
    reads("за 10 дней до 1 сентября 2023 года", DUE_RELATIVE, "2023-08-22");
    reads("в течение 10 дней после окончания квартала", DUE_RELATIVE,
          "2023-04-01..2023-04-10 2023-07-01..2023-07-10 2023-10-01..2023-10-10");
}

/* due_events_test.c - terms counted from events, the signing of the act, and hours of a day */
#include "calendar/workdays.h"
#include "tests/unit/calendar/due_phrase.h"

static struct due_context signed_in_august(void)
{
    struct due_context context = due_test_context(NULL, NULL, 0);

    context.signed_day = civil_to_day((struct civil){2022, 8, 8});
    return context;
}

Test(due_events, the_day_after_the_signing_is_the_first)
{
    struct due_context context = signed_in_august();

    due_test_reads(context, "в течение 10 рабочих дней со дня подписания", DUE_RELATIVE,
                   "2022-08-09..2022-08-22");
    due_test_reads(context, "14 календарных дней со дня подписания", DUE_RELATIVE,
                   "2022-08-09..2022-08-22");
    due_test_reads(context, "через месяц со дня издания настоящего приказа", DUE_RELATIVE,
                   "2022-09-08");
    due_test_reads(context, "в день подписания", DUE_RELATIVE, "2022-08-08");
    due_test_reads(context, "не ранее чем через 10 дней после утверждения", DUE_RELATIVE,
                   "2022-08-18..2022-12-31");
}

Test(due_events, a_month_after_the_last_day_of_january_ends_with_february)
{
    struct due_context context = signed_in_august();

    context.signed_day = civil_to_day((struct civil){2023, 1, 31});
    due_test_reads(context, "в течение месяца со дня принятия", DUE_RELATIVE,
                   "2023-02-01..2023-02-28");
}

Test(due_events, working_days_since_the_signing_are_those_of_the_calendar)
{
    struct due_context context = signed_in_august();
    struct workdays *workdays = workdays_create();

    workdays_add_off(workdays, civil_to_day((struct civil){2022, 8, 10}));
    workdays_seal(workdays);
    context.workdays = workdays;
    due_test_reads(context, "в течение 3 рабочих дней со дня подписания", DUE_RELATIVE,
                   "2022-08-09..2022-08-12");
    workdays_destroy(&workdays);
}

Test(due_events, the_signing_of_something_else_gives_no_day)
{
    struct due_context context = signed_in_august();

    due_test_reads(context, "в течение 5 дней со дня подписания соглашения", DUE_RELATIVE, "");
    due_test_reads(context, "в течение 5 дней со дня принятия решения", DUE_RELATIVE, "");
    context.signed_day = CIVIL_DAY_NONE;
    context.year = 2022;
    due_test_reads(context, "в течение 5 дней со дня подписания", DUE_RELATIVE, "");
}

static void doubts(struct due_context context, const char *phrase, const char *words, bool said)
{
    struct arena arena = ARENA_INIT;
    struct due due = due_test_parsed(context, phrase, &arena);

    char *text = arena_text(&arena, due.ambiguity);
    cr_expect_eq(strstr(text, words) != NULL, said, "%s: %s", phrase, text);
    arena_fini(&arena);
}

Test(due_events, whose_signing_is_told_where_it_is_not_said)
{
    struct due_context context = signed_in_august();

    doubts(context, "через месяц со дня подписания", "не сказано, какого документа", true);
    doubts(context, "через месяц со дня подписания настоящего приказа", "какого документа", false);
}

Test(due_events, years_that_are_counted_by_several_begin_with_the_document)
{
    struct due_context context = due_test_2023();

    doubts(context, "раз в три года", "с какого времени вести счёт", true);
    doubts(context, "раз в три года", "выходит за период", true);
    doubts(context, "ежегодно", "вести счёт", false);
}

/* The hour by which it is due, -1 for none. */
static void hour(const char *phrase, int minute)
{
    struct arena arena = ARENA_INIT;
    struct due due = due_test_parsed(due_test_2023(), phrase, &arena);

    cr_expect_eq(due.by_minute, minute, "%s: %d", phrase, due.by_minute);
    cr_expect_eq(due.part_count, 0, "%s", phrase);
    arena_fini(&arena);
}

Test(due_events, the_hour_of_a_span_is_its_end)
{
    hour("по четвергам с 15:00 до 17:00", 17 * 60);
    hour("10 сентября с 15:00 до 17:00", 17 * 60);
    hour("15 мая, с 10 до 12 часов", 12 * 60);
    hour("15:00-17:00 20 мая", 17 * 60);
    hour("5 июня с 15:00", -1);
    hour("5 июня до 18 часов 30 минут", 18 * 60 + 30);
}

static void refused(const char *phrase, int column)
{
    struct due_context context = due_test_2023();
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct due due;

    cr_assert_not(due_parse(bytes_of(phrase), &context, &arena, &due, &err), "%s", phrase);
    cr_expect_eq(err.column, column, "%s: %d", phrase, err.column);
    arena_fini(&arena);
}

Test(due_events, hours_without_a_day_and_without_an_event_are_refused)
{
    refused("2 часа", 7);
    refused("24 часа", 8);
    refused("до 12 часов", 7);
    refused("с 22:00 до 06:00", 17);
    refused("с 10:00 1 мая до 18:00 5 мая", 15);
}

Test(due_events, what_ends_first_counts_since_the_signing)
{
    due_test_reads(signed_in_august(),
                   "в течение 10 рабочих дней со дня подписания, но не позднее 25 августа",
                   DUE_RELATIVE, "2022-08-09..2022-08-22");
    due_test_reads(signed_in_august(),
                   "в течение 30 дней со дня подписания, но не позднее 25 августа", DUE_RELATIVE,
                   "2022-08-09..2022-08-25");
}

/* due_doubts_test.c - other readings, plain forms, parts; and what is refused, with its place */
#include "tests/unit/calendar/due_phrase.h"

/* The number-th alternative has these windows; 0: there is none at all. */
static void other(const char *phrase, uint32_t number, const char *windows)
{
    struct arena arena = ARENA_INIT;
    struct due due = due_test_parsed(due_test_2023(), phrase, &arena);
    char text[WINDOWS_TEXT];

    if (number == 0) {
        cr_expect_eq(due.alternative_count, 0, "%s", phrase);
    } else {
        cr_assert(due.alternative_count >= number, "%s", phrase);
        cr_expect(due.ambiguity.size > 0, "%s", phrase);
        due_test_windows(&due.alternatives[number - 1], text);
        cr_expect_str_eq(text, windows, "%s: %s", phrase, text);
    }
    arena_fini(&arena);
}

Test(due_doubts, what_can_be_read_in_two_ways_has_both)
{
    other("до 15 августа", 1, "..2023-08-14");
    other("до мая", 1, "..2023-05-31");
    other("первое полугодие", 1, "2023-09-01..2023-12-31");
    other("последняя неделя августа", 1, "2023-08-21..2023-08-27"); /* a whole one */
    other("первая неделя октября", 1, "2023-10-02..2023-10-08");
    other("ноябрь-февраль", 1, "2023-01-01..2023-02-28");
    other("ноябрь-февраль", 2, "2023-11-01..2024-02-29");
    other("2 раза в год", 1, "2023-06-30 2023-12-31");
}

Test(due_doubts, what_is_clear_has_none)
{
    other("не позднее 15 августа", 0, "");
    other("до 15 августа включительно", 0, "");
    other("до конца года", 0, "");
    other("сентябрь-декабрь", 0, "");
    other("ежемесячно", 0, "");
}

static void printed(const char *phrase, const char *plain)
{
    struct arena arena = ARENA_INIT;
    struct due due = due_test_parsed(due_test_2023(), phrase, &arena);

    cr_expect(bytes_equal(due.printed, bytes_of(plain)), "%s: %.*s", phrase, (int)due.printed.size,
              (const char *)due.printed.data);
    arena_fini(&arena);
}

Test(due_doubts, a_plain_form_is_good_russian)
{
    printed("08августа 2022года", "8 августа 2022 года");
    printed("cо 2 по 3-ю декаду мая", "со второй по третью декаду мая");
    printed("сент.-дек. 2023", "с сентября по декабрь 2023 года");
    printed("(каждый второй вторник месяца) дважды в месяц",
            "2 раза в месяц, каждый второй вторник месяца");
    printed("в 3-х дневный срок", "в течение 3 дней");
    printed("проект – март, утверждение – май", "проект: март; утверждение: май");
}

Test(due_doubts, each_part_has_its_purpose)
{
    struct due_context context = due_test_context("2021-01-01", "2024-12-31", 0);
    struct arena arena = ARENA_INIT;
    struct due due;

    cr_assert(due_parse(bytes_of("Сентябрь - декабрь 2021, актуализация НПА (по мере "
                                 "необходимости)"),
                        &context, &arena, &due, NULL));
    cr_assert_eq(due.part_count, 2);
    cr_expect_eq(due.parts[0].purpose.size, 0);
    cr_expect(bytes_equal(due.parts[1].purpose, bytes_of("актуализация НПА")));
    cr_expect_eq(due.parts[1].reading.kind, DUE_ON_DEMAND);
    cr_expect_eq(due.parts[1].bounds.from, due_test_day("2022-01-01"));
    arena_fini(&arena);
}

static void refused(const char *phrase, enum error_code code, int column)
{
    struct due_context context = due_test_2023();
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct due due;

    cr_assert_not(due_parse(bytes_of(phrase), &context, &arena, &due, &err), "%s", phrase);
    cr_expect_eq(err.code, code, "%s: %s", phrase, err.text);
    cr_expect_eq(err.column, column, "%s: %d", phrase, err.column);
    arena_fini(&arena);
}

Test(due_doubts, days_that_do_not_exist_are_refused)
{
    refused("31 февраля", ERROR_INVALID, 1);
    refused("до 29 февраля 2023 года", ERROR_INVALID, 4);
    refused("32 квартал", ERROR_INVALID, 1);
    refused("пятая пятница февраля 2023 года", ERROR_INVALID, 1);
    refused("до 31.02.2023", ERROR_INVALID, 4);
    refused("5 мая 2023 года (вторник)", ERROR_INVALID, 1);
    refused("15 мая – 1 мая 2023", ERROR_INVALID, 1);
    refused("май – март 2023", ERROR_INVALID, 1);
}

Test(due_doubts, what_is_not_understood_is_an_error_at_its_word)
{
    refused("", ERROR_SYNTAX, 1);
    refused("—", ERROR_SYNTAX, 1);
    refused("до 15 мартобря", ERROR_SYNTAX, 7);
    refused("до сентебря", ERROR_SYNTAX, 4);
    refused("март, кроме праздников", ERROR_SYNTAX, 7);
    refused("ежегодно до", ERROR_SYNTAX, 12);
    refused("срочно", ERROR_SYNTAX, 1);
    refused("10 раз", ERROR_SYNTAX, 1);
}

Test(due_doubts, a_phrase_may_have_so_many_bytes_and_no_more)
{
    char text[2002];

    memset(text, ' ', sizeof text);
    memcpy(text, "15.08.2023", 10);
    text[2000] = '\0';
    due_test_reads(due_test_2023(), text, DUE_DATE, "2023-08-15");
    text[2000] = ' ';
    text[2001] = '\0';
    refused(text, ERROR_TOO_LARGE, 2001);
}

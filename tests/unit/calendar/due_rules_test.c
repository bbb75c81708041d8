/* due_rules_test.c - rules as officials would say them, and plain forms that are read back */
#include "tests/unit/calendar/due_phrase.h"

static struct due parsed(const char *phrase, struct arena *arena)
{
    return due_test_parsed(due_test_context("2023-01-01", "2024-12-31", 0), phrase, arena);
}

/* The rule of the chosen reading. */
static void rules(const char *phrase, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct due due = parsed(phrase, &arena);

    cr_expect(bytes_equal(due.reading.rule, bytes_of(expected)), "%s: %.*s", phrase,
              (int)due.reading.rule.size, (const char *)due.reading.rule.data);
    arena_fini(&arena);
}

Test(due_rules, lists_have_words_and_nouns_in_the_plural)
{
    rules("2 и 4 среда месяца", "во вторую и четвёртую среду месяца");
    rules("5, 15, 25 число каждого месяца", "5, 15 и 25 числа каждого месяца");
    rules("10, 25 числа", "10 и 25 числа");
    rules("2023, 2024 годы", "в 2023 и 2024 годах");
    rules("I, III кварталы", "в первом и третьем кварталах");
    rules("1, 2 полугодие", "в первом и втором полугодиях");
    rules("1-5, 10-12 сентября 2023 г.", "1–5 и 10–12 сентября 2023 года");
    rules("март, июнь, сентябрь 2023 года", "в марте, июне и сентябре 2023 года");
    rules("до 1 апреля и до 1 октября 2023 г.",
          "до 1 апреля и до 1 октября 2023 года включительно");
}

Test(due_rules, ranges_say_once_what_both_ends_share)
{
    rules("в течение 2023-2024 годов", "в течение 2023–2024 годов");
    rules("май - июнь каждого года", "с мая по июнь каждого года");
    rules("с 1 сентября по 31 декабря 2023 г.", "с 1 сентября по 31 декабря 2023 года");
    rules("в течение мая-июня", "в течение мая – июня");
    rules("По мере необходимости", "по мере необходимости");
    rules("По отдельному графику ЛО", "по отдельному графику ЛО");
}

Test(due_rules, lengths_and_events_are_said_as_people_say_them)
{
    rules("за полгода до окончания срока", "за полгода до окончания срока");
    rules("за 1 месяц до начала аттестации", "за месяц до начала аттестации");
    rules("в течение 5 дней с даты утверждения", "в течение 5 дней со дня утверждения");
    rules("в течение 2 часов с момента получения", "в течение 2 часов с момента получения");
    rules("к 1 сентября 2023 г.", "не позднее 1 сентября 2023 года");
    rules("до 5 числа месяца, следующего за отчетным",
          "до 5 числа месяца, следующего за отчётным, включительно");
}

Test(due_rules, no_two_readings_are_said_in_the_same_words)
{
    static const char *const phrases[] = {
        "каждый третий четверг месяца", "ежемесячно, каждый первый понедельник",
        "к началу учебного года",       "по мере необходимости, но не реже 1 раза в год",
        "каждый второй вторник",        "июнь 2023 г., далее - ежемесячно",
        "по итогам квартала",
    };
    struct arena arena = ARENA_INIT;

    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        struct due due = parsed(phrases[i], &arena);
        for (uint32_t j = 0; j < due.alternative_count; j++) {
            cr_expect_not(bytes_equal(due.alternatives[j].rule, due.reading.rule), "%s: %.*s",
                          phrases[i], (int)due.reading.rule.size,
                          (const char *)due.reading.rule.data);
        }
    }
    arena_fini(&arena);
}

Test(due_rules, the_plain_form_is_read_as_the_same_again)
{
    static const char *const phrases[] = {
        "2 и 4 среда месяца", "I, III кварталы 2023 года",      "5, 15, 25 число",
        "2023, 2024 годы",    "за 1 полугодие до окончания",    "май - июнь каждого года",
        "в течение мая-июня", "1-5, 10-12 сентября 2023 года",  "1, 2 полугодие",
        "6 и 7 неделя года",  "в течение месяца со дня начала",
    };
    struct arena arena = ARENA_INIT;
    char once[WINDOWS_TEXT];
    char again[WINDOWS_TEXT];

    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        struct due due = parsed(phrases[i], &arena);
        char *printed = arena_text(&arena, due.printed);
        struct due other = parsed(printed, &arena);
        due_test_windows(&due.reading, once);
        due_test_windows(&other.reading, again);
        cr_expect_str_eq(once, again, "%s: %s", phrases[i], printed);
        cr_expect(bytes_equal(due.printed, other.printed), "%s: %s", phrases[i], printed);
    }
    arena_fini(&arena);
}

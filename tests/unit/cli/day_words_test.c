/* day_words_test.c - days, spans and counts of days from the command line */
#include "cli/day_words.h"

#include <criterion/criterion.h>
#include <string.h>

static civil_day on(int year, int month, int day)
{
    return civil_to_day((struct civil){year, month, day});
}

static void is_day(const char *word, civil_day expected)
{
    struct error err = ERROR_INIT;
    civil_day day = 0;

    cr_assert(day_word(word, &day, &err), "%s: %s", word, err.text);
    cr_assert_eq(day, expected, "%s", word);
}

static void no_day(const char *word, const char *said)
{
    struct error err = ERROR_INIT;
    civil_day day = 7;

    cr_assert_not(day_word(word, &day, &err), "%s", word);
    cr_assert_eq(err.code, ERROR_INVALID);
    cr_assert(strstr(err.text, said) != NULL, "%s: %s", word, err.text);
    cr_assert_eq(day, 7, "the output is untouched");
}

static void is_span(const char *word, civil_day from, civil_day to)
{
    struct error err = ERROR_INIT;
    civil_day first = 0;
    civil_day last = 0;

    cr_assert(day_word_span(word, &first, &last, &err), "%s: %s", word, err.text);
    cr_assert(first == from && last == to, "%s", word);
}

static void no_span(const char *word, const char *said)
{
    struct error err = ERROR_INIT;
    civil_day from = 7;
    civil_day to = 7;

    cr_assert_not(day_word_span(word, &from, &to, &err), "%s", word);
    cr_assert(strstr(err.text, said) != NULL, "%s: %s", word, err.text);
    cr_assert(from == 7 && to == 7, "the outputs are untouched");
}

Test(day_words, a_day_is_written_in_either_order)
{
    is_day("2023-02-20", on(2023, 2, 20));
    is_day("20.02.2023", on(2023, 2, 20));
    is_day("29.02.2024", on(2024, 2, 29));
}

Test(day_words, what_is_no_day_is_refused_and_named)
{
    no_day("2023-02-30", "\"2023-02-30\": there is no such day");
    no_day("29.02.2023", "there is no such day");
    no_day("1899-12-31", "1900 to 2199");
    no_day("2200-01-01", "1900 to 2199");
    no_day("2023-2-20", "is not a date");
    no_day("2023-02", "is not a date");
    no_day("20/02/2023", "is not a date");
    no_day("2O23-02-20", "is not a date");
    no_day("", "is not a date");
    no_day("сегодня", "is not a date");
}

Test(day_words, a_span_has_both_its_ends)
{
    is_span("2023-02-20..2023-03-01", on(2023, 2, 20), on(2023, 3, 1));
    is_span("20.02.2023..01.03.2023", on(2023, 2, 20), on(2023, 3, 1));
    is_span("2023-02-20..2023-02-20", on(2023, 2, 20), on(2023, 2, 20));
    is_span("2023-02-20", on(2023, 2, 20), on(2023, 2, 20));
}

Test(day_words, months_and_years_stand_for_all_their_days)
{
    is_span("2023", on(2023, 1, 1), on(2023, 12, 31));
    is_span("2024-02", on(2024, 2, 1), on(2024, 2, 29));
    is_span("2023-02", on(2023, 2, 1), on(2023, 2, 28));
    is_span("2023-04..2023-05", on(2023, 4, 1), on(2023, 5, 31));
    is_span("2012..2026", on(2012, 1, 1), on(2026, 12, 31));
    is_span("2023-05..2023-05-10", on(2023, 5, 1), on(2023, 5, 10));
    is_span("1900..2199", on(1900, 1, 1), on(2199, 12, 31));
}

Test(day_words, what_is_no_span_is_refused_and_the_wrong_end_is_named)
{
    no_span("2023-02-20..2023-02-31", "\"2023-02-31\"");
    no_span("2023-02-20..", "\"\" is not a date");
    no_span("..2023-02-20", "\"\" is not a date");
    no_span("2023-02-20...2023-02-21", "\".2023-02-21\"");
    no_span("2023-02-20-2023-02-21", "is not a date");
    no_span("2023-13", "no such day");
    no_span("2023-00", "no such day");
    no_span("1899", "no such day");
    no_span("2200", "no such day");
    no_span("2023-03-01..2023-02-28", "ends before it starts");
    no_span("2024..2023", "ends before it starts");
}

Test(day_words, a_count_has_a_sign_or_none)
{
    static const struct {
        const char *word;
        int32_t count;
    } counts[] = {{"+5", 5}, {"5", 5},  {"-5", -5}, {"−5", -5},
                  {"+0", 0}, {"-0", 0}, {"007", 7}, {"-999999999", -999999999}};
    static const char *const wrong[] = {"",    "+",  "-",   "−",          "+-5",
                                        "--5", "5d", "1.5", "1000000000", "пять"};
    struct error err = ERROR_INIT;
    int32_t count;

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        cr_assert(day_word_count(counts[i].word, &count, &err), "%s", counts[i].word);
        cr_assert_eq(count, counts[i].count, "%s", counts[i].word);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cr_assert_not(day_word_count(wrong[i], &count, &err), "%s", wrong[i]);
        cr_assert_eq(err.code, ERROR_INVALID);
    }
}

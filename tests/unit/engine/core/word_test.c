/* word_test.c - texts cut into words that are searched for */
#include "engine/core/word.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void assert_words(const char *text, const char *expected)
{
    char found[400] = "";
    struct word word;
    size_t at = 0;

    while (word_next(bytes_of(text), &at, &word)) {
        size_t used = strlen(found);
        snprintf(found + used, sizeof found - used, "%s%.*s", used > 0 ? " " : "", (int)word.size,
                 word.text);
    }
    cr_expect_str_eq(found, expected);
}

Test(word, letters_are_small_and_what_is_between_is_left_out)
{
    assert_words("Утвердить «План-график», №1982-р", "утвердить план график 1982 р");
    assert_words("Ёлка ЕЩЁ еще", "елка еще еще");
    assert_words("CNPPM_lo", "cnppm lo");
    assert_words("Әлмәт", "әлмәт");
    assert_words("— … ©", "");
    assert_words("", "");
}

Test(word, a_dot_between_digits_is_part_of_a_number)
{
    assert_words("п. 1.4. Отчёт", "п 1.4 отчет");
    assert_words("1..2 .5", "1 2 5");
}

Test(word, a_long_one_is_cut_between_characters)
{
    struct word word;
    size_t at = 0;

    cr_assert(word_next(bytes_of("xпрофессиональнообщественный"), &at, &word));
    cr_expect_eq(word.size, WORD_BYTES_MAX - 1);
    cr_expect_not(word_next(bytes_of("xпрофессиональнообщественный"), &at, &word));
}

Test(word, any_bytes_come_to_an_end)
{
    for (unsigned seed = 0; seed < 256; seed++) {
        char text[] = {(char)seed, (char)(seed * 7 + 1), (char)0xD0, (char)seed,
                       'a',        (char)0xD0,           0};
        struct word word;
        size_t at = 0;
        while (word_next((struct bytes){text, 6}, &at, &word)) {
            cr_assert_leq(word.size, WORD_BYTES_MAX);
        }
        cr_assert_eq(at, 6);
    }
}

Test(word, a_letter_alone_is_not_kept_and_a_digit_is)
{
    size_t at = 0;
    struct word word;

    cr_assert(word_next(bytes_of("и 1 на"), &at, &word));
    cr_expect_not(word_is_kept(&word));
    cr_assert(word_next(bytes_of("и 1 на"), &at, &word));
    cr_expect(word_is_kept(&word));
    cr_assert(word_next(bytes_of("и 1 на"), &at, &word));
    cr_expect(word_is_kept(&word));
}

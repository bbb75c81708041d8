/* text_test.c - columns, cutting between characters, and what never reaches a terminal */
#include "speech.h"

#include "cli/text.h"

#include <string.h>

TestSuite(text, .init = speak_russian);

static void expect_harmless(const char *text, const char *harmless)
{
    char *made = text_harmless(text, strlen(text));

    cr_expect_str_eq(made, harmless);
    free(made);
}

static void expect_fit(const char *text, size_t columns, const char *fit)
{
    char *made = text_fit(text, columns);

    cr_expect_str_eq(made, fit);
    cr_expect_leq(text_columns(made), columns);
    free(made);
}

Test(text, a_cyrillic_letter_takes_one_column)
{
    cr_assert_eq(text_columns("Приказ № 12-р"), 13);
    cr_assert_eq(text_columns(""), 0);
}

Test(text, a_combining_mark_takes_none_and_an_ideogram_two)
{
    cr_assert_eq(text_columns("и\xCC\x86"), 1);
    cr_assert_eq(text_columns("漢字"), 4);
}

Test(text, escape_sequences_lose_their_escape)
{
    expect_harmless("\033[2Jпусто", "\xEF\xBF\xBD[2Jпусто");
    expect_harmless("\033]0;окно\007", "\xEF\xBF\xBD]0;окно\xEF\xBF\xBD");
    expect_harmless("\x7F", "\xEF\xBF\xBD");
}

Test(text, c1_controls_are_controls_too)
{
    expect_harmless("\xC2\x9B"
                    "31m",
                    "\xEF\xBF\xBD"
                    "31m");
}

Test(text, the_writing_direction_can_not_be_turned)
{
    expect_harmless("a\xE2\x80\xAEz", "a\xEF\xBF\xBDz");
    expect_harmless("a\xE2\x81\xA6z", "a\xEF\xBF\xBDz");
}

Test(text, line_ends_and_tabs_become_blanks)
{
    expect_harmless("раз\nдва\tтри\r", "раз два три ");
}

Test(text, bytes_that_are_no_utf8_are_replaced_one_by_one)
{
    expect_harmless("a\xFFz", "a\xEF\xBF\xBDz");
    expect_harmless("\xD0", "\xEF\xBF\xBD");
    expect_harmless("\xC0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD");
    expect_harmless("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

Test(text, a_zero_byte_does_not_end_it)
{
    char *made = text_harmless("a\0b", 3);

    cr_assert_str_eq(made, "a\xEF\xBF\xBD"
                           "b");
    free(made);
}

Test(text, no_byte_sequence_comes_through_as_a_control)
{
    char text[3];

    for (unsigned a = 0; a < 256; a++) {
        for (unsigned b = 0; b < 256; b++) {
            text[0] = (char)a;
            text[1] = (char)b;
            text[2] = 'z';
            char *made = text_harmless(text, sizeof text);
            const char *at = made;
            const char *end = made + strlen(made);
            while (at < end) {
                uint32_t character = text_next(&at, end);
                cr_assert(character >= 0x20 && !(character >= 0x7F && character < 0xA0),
                          "%02x %02x gave %x", a, b, character);
            }
            free(made);
        }
    }
}

Test(text, harmless_json_is_the_same_document)
{
    /* DEL, CSI as one character, and a change of direction may stand in JSON as they are */
    const char json[] = "{\"a\":\"x\x7Fy\xC2\x9Bz\xE2\x80\xAE\",\n\t\"b\":1}";
    char *made = text_harmless_json(json, strlen(json));
    json_t *before = json_loads(json, 0, NULL);
    json_t *after = json_loads(made, 0, NULL);

    cr_assert_str_eq(made, "{\"a\":\"x\\u007fy\\u009bz\\u202e\",\n \"b\":1}");
    cr_assert(json_equal(before, after));
    json_decref(before);
    json_decref(after);
    free(made);
}

Test(text, beyond_the_first_plane_json_needs_two_halves)
{
    const char json[] = "\"\xF3\xA0\x80\x81\""; /* a tag, U+E0001 */
    char *made = text_harmless_json(json, strlen(json));

    cr_assert_str_eq(made, "\"\\udb40\\udc01\"");
    free(made);
}

Test(text, what_fits_stays_whole)
{
    expect_fit("Приказ", 6, "Приказ");
    expect_fit("", 0, "");
}

Test(text, what_does_not_fit_is_cut_between_characters)
{
    expect_fit("Приказ", 5, "Прик…");
    expect_fit("Приказ", 1, "…");
    expect_fit("Приказ", 0, "");
    expect_fit("два слова", 5, "два…");
    expect_fit("漢字漢字", 4, "漢…");
}

Test(text, a_sentence_begins_with_a_large_letter)
{
    char *large = text_large_first("поручение");
    char *small = text_small_first("Ёлка");

    cr_assert_str_eq(large, "Поручение");
    cr_assert_str_eq(small, "ёлка");
    free(large);
    free(small);
}

static void expect_title(const char *text, const char *title)
{
    char *made = text_title(text);

    cr_expect_str_eq(made, title);
    free(made);
}

Test(text, a_title_loses_the_punctuation_at_its_end_but_not_the_dot_of_a_short_word)
{
    expect_title("Развитие сети.", "Развитие сети");
    expect_title("Развитие сети, ", "Развитие сети");
    expect_title("План на 2023 г.", "План на 2023 г.");
    expect_title("Актив и др.", "Актив и др.");
    expect_title("Меры и т.д.", "Меры и т.д.");
    expect_title("...", "");
}

Test(text, wrapping_breaks_at_blanks)
{
    char *wrapped = text_wrap("один два три четырнадцать", 8);

    cr_expect_str_eq(wrapped, "один два\nтри\nчетырнадцать");
    free(wrapped);
    wrapped = text_wrap("один два", 0);
    cr_expect_str_eq(wrapped, "один два");
    free(wrapped);
}

/* error_test.c - names of errors, and sentences that are cut at a character */
#include "base/error.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* Is this well-formed UTF-8, as far as whole characters go? */
static bool whole_characters(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != 0;) {
        int more = *at < 0x80 ? 0 : *at >= 0xF0 ? 3 : *at >= 0xE0 ? 2 : *at >= 0xC0 ? 1 : -1;
        if (more < 0) {
            return false;
        }
        for (at++; more > 0; more--, at++) {
            if ((*at & 0xC0) != 0x80) {
                return false;
            }
        }
    }
    return true;
}

Test(error, every_code_has_a_name_of_its_own_that_leads_back_to_it)
{
    for (int i = ERROR_NONE + 1; i < ERROR_CODE_COUNT; i++) {
        const char *name = error_name((enum error_code)i);
        cr_assert_not_null(name, "code %d", i);
        cr_assert_eq(error_code_find(name), (enum error_code)i, "%s", name);
    }
}

Test(error, names_that_are_sent_to_others_do_not_change)
{
    cr_assert_str_eq(error_name(ERROR_NONE), "none");
    cr_assert_str_eq(error_name(ERROR_NOT_FOUND), "not-found");
    cr_assert_str_eq(error_name(ERROR_TOO_LARGE), "too-large");
    cr_assert_str_eq(error_name(ERROR_DISK_FULL), "disk-full");
    cr_assert_str_eq(error_name(ERROR_TIMEOUT), "timeout");
}

Test(error, a_number_that_is_no_code_is_called_unknown)
{
    cr_assert_str_eq(error_name(ERROR_CODE_COUNT), "unknown");
    cr_assert_str_eq(error_name((enum error_code) - 1), "unknown");
}

Test(error, a_name_that_is_none_of_ours_finds_no_code)
{
    cr_assert_eq(error_code_find("unknown"), ERROR_NONE);
    cr_assert_eq(error_code_find(""), ERROR_NONE);
    cr_assert_eq(error_code_find("none"), ERROR_NONE);
    cr_assert_eq(error_code_find("Syntax"), ERROR_NONE);
}

Test(error, setting_an_error_returns_false_and_fills_code_and_sentence)
{
    struct error err = {.line = 7, .file = "old.yaml"};

    cr_assert_not(error_set(&err, ERROR_CONFLICT, "item %d is there", 4));
    cr_assert_eq(err.code, ERROR_CONFLICT);
    cr_assert_str_eq(err.text, "item 4 is there");
    cr_assert_str_eq(err.file, "", "the place of an earlier error is forgotten");
    cr_assert_eq(err.line, 0);
}

Test(error, nobody_has_to_listen)
{
    cr_assert_not(error_set(NULL, ERROR_IO, "x"));
    cr_assert_not(error_set_at(NULL, ERROR_IO, "f", 1, 1, "x"));
}

Test(error, a_long_sentence_is_cut_at_a_character)
{
    /* Shifted by one byte each time, the cut falls on every byte of a character. */
    for (int shift = 0; shift < 8; shift++) {
        char text[2 * ERROR_TEXT_MAX];
        struct error err;
        int used = snprintf(text, sizeof text, "%.*s", shift, "xxxxxxxx");

        while (used + 8 < (int)sizeof text) {
            used += snprintf(text + used, sizeof text - (size_t)used, "ж€𝄞");
        }
        error_set(&err, ERROR_INVALID, "%s", text);
        cr_assert(whole_characters(err.text), "shift %d", shift);
        cr_assert_geq(strlen(err.text), ERROR_TEXT_MAX - 9, "no more is lost than must be");
        cr_assert_eq(strncmp(err.text, text, strlen(err.text)), 0);
    }
}

Test(error, a_sentence_that_just_fits_is_whole)
{
    char text[ERROR_TEXT_MAX];
    struct error err;

    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    memcpy(text + sizeof text - 3, "ж", 2);
    error_set(&err, ERROR_INVALID, "%s", text);
    cr_assert_str_eq(err.text, text);
}

Test(error, a_sentence_of_one_byte_too_many_loses_its_last_character)
{
    char text[ERROR_TEXT_MAX + 1];
    struct error err;

    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    memcpy(text + sizeof text - 3, "ж", 2);
    error_set(&err, ERROR_INVALID, "%s", text);
    cr_assert_eq(strlen(err.text), ERROR_TEXT_MAX - 2);
    cr_assert(whole_characters(err.text));
}

Test(error, a_long_file_name_is_cut_and_the_sentence_is_not)
{
    char name[2 * ERROR_FILE_MAX];
    struct error err;

    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    error_set_at(&err, ERROR_SYNTAX, name, 1, 2, "why");
    cr_assert_eq(strlen(err.file), ERROR_FILE_MAX - 1);
    cr_assert_str_eq(err.text, "why");
}

Test(error, printing_shows_as_much_of_the_place_as_is_known)
{
    struct error err;
    char out[128];

    error_set_at(&err, ERROR_SYNTAX, "plan.yaml", 3, 9, "a due date is missing");
    error_print(&err, out, sizeof out);
    cr_assert_str_eq(out, "plan.yaml:3:9: a due date is missing");

    error_set_at(&err, ERROR_IO, "plan.yaml", 0, 0, "no such file");
    error_print(&err, out, sizeof out);
    cr_assert_str_eq(out, "plan.yaml: no such file");

    error_set(&err, ERROR_BUSY, "later");
    error_print(&err, out, sizeof out);
    cr_assert_str_eq(out, "later");
}

Test(error, printing_into_too_little_room_ends_in_zero)
{
    struct error err;
    char out[6] = "?????";

    error_set_at(&err, ERROR_SYNTAX, "plan.yaml", 3, 9, "why");
    error_print(&err, out, sizeof out);
    cr_assert_str_eq(out, "plan.");
}

static const char *to_russian(const char *text)
{
    cr_assert_str_neq(text, "", "the head of a catalogue was asked for");
    if (strcmp(text, "%s has %d steps") == 0) {
        return "%s: шагов — %d";
    }
    return strcmp(text, "a workflow") == 0 ? "процесс" : text;
}

Test(error, sentences_and_the_words_in_them_are_in_the_language_of_the_program)
{
    struct error err;

    error_translate_by(to_russian);
    error_set_at(&err, ERROR_INVALID, "a.yaml", 1, 2, "%s has %d steps", error_word("a workflow"),
                 3);
    cr_assert_str_eq(err.text, "процесс: шагов — 3");
    error_set(&err, ERROR_INVALID, "%s has %d steps", error_word("a list"), 4);
    cr_assert_str_eq(err.text, "a list: шагов — 4");
    cr_assert_str_eq(error_word(""), "");
}

Test(error, without_a_language_sentences_stay_as_they_are_written)
{
    struct error err;

    error_set(&err, ERROR_INVALID, "%s has %d steps", error_word("a workflow"), 3);
    cr_assert_str_eq(err.text, "a workflow has 3 steps");
}

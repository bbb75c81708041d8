/* label_test.c - lines of a label, and what strangers may not put there */
#include "picture/label.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void expect(const char *text, const char *label)
{
    char *made = label_of(text);

    cr_expect_str_eq(made, label, "%s instead of %s", made, label);
    free(made);
}

Test(label, a_line_is_broken_at_the_last_blank_that_fits)
{
    expect("Подготовка приказа о составе рабочей группы",
           "Подготовка приказа о составе рабочей\nгруппы");
    expect("short", "short");
    expect("", "");
}

Test(label, a_word_without_end_is_broken_too)
{
    expect("0123456789012345678901234567890123456789012345678901234567890123456789",
           "01234567890123456789012345678901234567890123\n45678901234567890123456789");
}

Test(label, a_long_text_is_cut_between_characters)
{
    char text[2 * 400 + 1];

    for (size_t i = 0; i < 400; i++) {
        memcpy(text + 2 * i, i % 10 == 9 ? "  " : "ж", 2);
    }
    text[800] = '\0';
    char *made = label_of(text);
    cr_expect_str_eq(made + strlen(made) - strlen("…"), "…");
    cr_expect_lt(strlen(made), 400);
    free(made);
}

Test(label, what_misleads_a_reader_is_replaced)
{
    expect("a\x01\x7F\xC2\x85\xE2\x80\xAE"
           "b",
           "a \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
           "b");
    expect("a\nb\tc", "a b c");
    expect("\xE2\x80\x8B\xEF\xBB\xBFx", "\xEF\xBF\xBD\xEF\xBF\xBDx");
    expect("\xD0 \xFF", "\xEF\xBF\xBD \xEF\xBF\xBD");
    expect("a — b… «c»", "a — b… «c»");
}

Test(label, paragraphs_stand_one_under_the_other)
{
    struct buffer out = BUFFER_INIT;

    label_add(&out, "%s", "name");
    label_add(&out, "%s: %d", "number", 5);
    char *made = label_take(&out);
    cr_expect_str_eq(made, "name\nnumber: 5");
    free(made);
}

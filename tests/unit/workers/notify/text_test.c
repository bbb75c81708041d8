/* text_test.c - hostile text becomes one readable line */
#include "workers/notify/text.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <string.h>

static char *line(const char *text, size_t max)
{
    struct buffer out = BUFFER_INIT;

    text_append_line(&out, text, max);
    return sample_text(&out);
}

static void expect(const char *text, size_t max, const char *expected)
{
    char *got = line(text, max);

    cr_assert_str_eq(got, expected, "\"%s\" became \"%s\"", text, got);
    free(got);
}

Test(text, readable_text_stays_as_it_is)
{
    expect("Разработка «дорожной карты», 2 этап — ЛОИРО", 100,
           "Разработка «дорожной карты», 2 этап — ЛОИРО");
    expect("", 100, "");
    expect(NULL, 100, "");
    expect("😀 ok", 100, "😀 ok");
}

Test(text, nothing_that_ends_a_line_survives)
{
    expect("a\r\nBcc: x@y", 100, "a Bcc: x@y");
    expect("a\vb\fc\bd\x1b[2Je\x7f", 100, "a b c d [2Je");
    expect("a\xC2\x85"
           "b\u2028c\u2029d",
           100, "a b c d");
    expect("  a \t\n b  ", 100, "a b");
}

Test(text, marks_that_turn_the_direction_of_reading_are_taken_out)
{
    expect("a\u202Eb\u2066c\u200Fd\uFEFFe", 100, "a b c d e");
}

Test(text, bytes_that_are_not_utf8_become_replacement_characters)
{
    expect("a\xFF"
           "b",
           100, "a\uFFFDb");
    expect("\xC0\xAF", 100, "\uFFFD\uFFFD");           /* overlong */
    expect("\xED\xA0\x80", 100, "\uFFFD\uFFFD\uFFFD"); /* a surrogate */
    expect("\xF4\x90\x80\x80", 100, "\uFFFD\uFFFD\uFFFD\uFFFD");
    expect("\xD0", 100, "\uFFFD"); /* cut in the middle */
}

Test(text, at_the_limit_it_is_whole_and_one_past_it_is_cut_with_an_ellipsis)
{
    expect("абвгд", 5, "абвгд");
    expect("абвгд  ", 5, "абвгд");
    expect("абвгде", 5, "абвгд…");
    expect("абвг де", 5, "абвг…");
}

/* place_test.c - the caret under the place, whatever is around it */
#include "speech.h"

#include "cli/place.h"
#include "cli/text.h"

#include <string.h>

TestSuite(place, .init = speak_russian); /* for the widths of characters */

static void expect(const char *source, int64_t line, int64_t column, size_t columns,
                   const char *text)
{
    struct buffer out = BUFFER_INIT;

    place_print(source, line, column, columns, &out);
    char *made = text_take(&out);
    cr_expect_str_eq(made, text, "%s instead of %s", made, text);
    free(made);
}

Test(place, a_caret_stands_under_the_character)
{
    expect("a\nкто: там\nb", 2, 6, 0, "    кто: там\n         ^\n");
    expect("кто", 1, 1, 0, "    кто\n    ^\n");
}

Test(place, tabs_and_wide_characters_take_what_they_take)
{
    expect("\t漢字x", 1, 4, 0, "     漢字x\n         ^\n");
}

Test(place, what_combines_with_a_letter_is_shown_under_the_letter)
{
    /* и and a breve, then x */
    expect("аи\xCC\x86x", 1, 3, 0, "    аи\xCC\x86x\n     ^\n");
    expect("аи\xCC\x86x", 1, 4, 0, "    аи\xCC\x86x\n      ^\n");
}

Test(place, of_a_long_line_the_part_around_the_caret_is_shown)
{
    const char *line = "0123456789abcdefghij0123456789ABCDEFGHIJ";

    expect(line, 1, 3, 24, "    0123456789abcdefghi…\n      ^\n");
    expect(line, 1, 31, 24, "    …j0123456789ABCDEFG…\n                ^\n");
    expect(line, 1, 40, 24, "    …123456789ABCDEFGHIJ\n                       ^\n");
}

Test(place, a_wide_character_at_the_cut_is_left_out_whole)
{
    expect("漢漢漢漢漢漢漢漢漢漢漢漢x", 1, 13, 24,
           "    …漢漢漢漢漢漢漢漢漢x\n                       ^\n");
}

Test(place, a_narrow_screen_still_shows_the_character)
{
    expect("0123456789abcdefghij", 1, 11, 1, "    …789abcdefg…\n        ^\n");
}

Test(place, past_the_end_the_last_line_is_shown_and_far_past_it_nothing)
{
    expect("a: [\n  b\n", 3, 1, 0, "      b\n       ^\n");
    expect("x\n", 9, 1, 0, "");
    expect("x", 1, 0, 0, "    x\n");
}

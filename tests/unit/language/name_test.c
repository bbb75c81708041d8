/* name_test.c - what is a name, and what is none */
#include "language/name.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <string.h>

static bool is_name(const char *text)
{
    return name_valid(bytes_of(text));
}

Test(name, latin_letters_digits_and_three_marks_make_one)
{
    cr_expect(is_name("a"));
    cr_expect(is_name("Plan_2023.v-1"));
    cr_expect_not(is_name("п"));
    cr_expect_not(is_name("a b"));
    cr_expect_not(is_name("a/b"));
    cr_expect_not(is_name(""));
}

Test(name, is_as_long_as_the_limit_and_has_no_zero_inside)
{
    char text[LIMIT_NAME_BYTES + 1];

    memset(text, 'n', sizeof text);
    cr_expect(name_valid((struct bytes){text, LIMIT_NAME_BYTES}));
    cr_expect_not(name_valid((struct bytes){text, LIMIT_NAME_BYTES + 1}));
    cr_expect_not(name_valid((struct bytes){"a\0b", 3}));
}

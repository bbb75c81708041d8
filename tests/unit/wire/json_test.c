/* json_test.c - nesting is counted in lists and maps, not in what strings say */
#include "wire/json.h"

#include <criterion/criterion.h>

static bool within(const char *text, unsigned levels)
{
    return wire_json_within(bytes_of(text), levels);
}

Test(json, at_the_limit_it_is_within_and_one_past_it_is_not)
{
    cr_expect(within("1", 0));
    cr_expect(within("[]", 1));
    cr_expect_not(within("[]", 0));
    cr_expect(within("{\"a\":[{\"b\":1}]}", 3));
    cr_expect_not(within("{\"a\":[{\"b\":1}]}", 2));
    cr_expect(within("[[],[],[[]]]", 3));
    cr_expect_not(within("[[],[],[[]]]", 2));
}

Test(json, brackets_in_strings_do_not_count)
{
    cr_expect(within("{\"a\":\"[[[[\"}", 1));
    cr_expect(within("[\"\\\"[[[[\"]", 1));
    cr_expect(within("[\"\\\\\",\"[[\"]", 1));
    cr_expect_not(within("[\"\\\\\",[]]", 1));
}

Test(json, text_that_is_cut_is_read_to_its_end_only)
{
    cr_expect(within("", 0));
    cr_expect(within("\"", 0));
    cr_expect(within("\"\\", 0));
    cr_expect(within("]]]]", 0));
}

/* suggest_test.c - which command was meant */
#include "cli/command.h"
#include "cli/suggest.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

static void expect_meant(const char *word, const char *meant)
{
    const struct command *near = command_near(word);

    cr_expect_str_eq(near != NULL ? near->name : "", meant, "%s", word);
}

Test(suggest, distance_counts_letters_put_in_left_out_changed_and_swapped)
{
    cr_assert_eq(suggest_distance("list", "list"), 0);
    cr_assert_eq(suggest_distance("lst", "list"), 1);
    cr_assert_eq(suggest_distance("lits", "list"), 1);
    cr_assert_eq(suggest_distance("mist", "list"), 1);
    cr_assert_eq(suggest_distance("", "list"), 4);
    cr_assert_eq(suggest_distance("show", "list"), 4);
}

Test(suggest, a_slip_of_the_finger_finds_the_command)
{
    expect_meant("lits", "list");
    expect_meant("histroy", "history");
    expect_meant("asignment", "assignment");
    expect_meant("hwy", "why");
}

Test(suggest, the_beginning_of_a_word_is_enough)
{
    expect_meant("assign", "assignment");
    expect_meant("def", "definitions");
}

Test(suggest, what_is_far_from_everything_means_nothing)
{
    expect_meant("qqqqqq", "");
    expect_meant("", "");
    expect_meant("x", "");
}

Test(suggest, a_very_long_word_is_near_to_nothing)
{
    char word[4096];

    memset(word, 'l', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    cr_assert_eq(suggest_distance(word, "list"), SIZE_MAX);
    expect_meant(word, "");
}

Test(suggest, every_command_is_found_by_its_name)
{
    for (size_t i = 0; commands[i] != NULL; i++) {
        cr_expect_eq(command_find(commands[i]->name), commands[i]);
    }
    cr_assert_null(command_find("frob"));
}

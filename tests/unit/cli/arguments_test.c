/* arguments_test.c - options, positional words, and what is said about mistakes */
#include "speech.h"

#include "cli/arguments.h"

#include <string.h>

TestSuite(arguments, .init = speak_russian);

static const struct option own[] = {{"state", N_("STATE"), "x"},
                                    {"open", NULL, "x"},
                                    {"limit", N_("N"), "x"},
                                    {"with", N_("FILE…"), "x"},
                                    {NULL, NULL, NULL}};
static const struct option common[] = {
    {"folder", N_("DIR"), "x"}, {"help", NULL, "x"}, {NULL, NULL, NULL}};
static const struct option *const tables[] = {own, common, NULL};

/* Words separated by one blank. */
static bool parse(const char *line, struct arguments *ret_arguments, struct error *err)
{
    static char copy[256];
    static char *words[32];
    int count = 0;

    snprintf(copy, sizeof copy, "%s", line);
    for (char *at = copy; *at != '\0';) {
        words[count++] = at;
        at += strcspn(at, " ");
        if (*at != '\0') {
            *at++ = '\0';
        }
    }
    return arguments_parse(count, words, tables, ret_arguments, err);
}

static void expect_refused(const char *line, const char *sentence)
{
    struct arguments arguments;
    struct error err;

    cr_expect_not(parse(line, &arguments, &err), "%s", line);
    cr_expect_eq(err.code, ERROR_INVALID);
    cr_expect_str_eq(err.text, sentence);
}

Test(arguments, a_value_follows_its_option_or_stands_after_an_equals_sign)
{
    struct arguments arguments;

    cr_assert(parse("--state open 17 --folder=/x=y", &arguments, NULL));
    cr_assert_str_eq(arguments_get(&arguments, "state"), "open");
    cr_assert_str_eq(arguments_get(&arguments, "folder"), "/x=y");
    cr_assert_eq(arguments.count, 1);
    cr_assert_str_eq(arguments.positional[0], "17");
    arguments_fini(&arguments);
}

Test(arguments, what_was_not_given_is_null)
{
    struct arguments arguments;

    cr_assert(parse("--open", &arguments, NULL));
    cr_assert(arguments_has(&arguments, "open"));
    cr_assert_null(arguments_get(&arguments, "state"));
    arguments_fini(&arguments);
}

Test(arguments, after_two_dashes_everything_is_a_word)
{
    struct arguments arguments;

    cr_assert(parse("-- --state -x", &arguments, NULL));
    cr_assert_eq(arguments.count, 2);
    cr_assert_str_eq(arguments.positional[0], "--state");
    arguments_fini(&arguments);
}

Test(arguments, a_number_with_a_minus_is_a_word)
{
    struct arguments arguments;

    cr_assert(parse("2023-02-20 -3 --open", &arguments, NULL));
    cr_assert_eq(arguments.count, 2);
    cr_assert_str_eq(arguments.positional[1], "-3");
    arguments_fini(&arguments);
    expect_refused("-x3", "нет параметра -x3");
}

Test(arguments, one_dash_is_standard_input_and_h_is_help)
{
    struct arguments arguments;

    cr_assert(parse("- -h", &arguments, NULL));
    cr_assert_str_eq(arguments.positional[0], "-");
    cr_assert(arguments_has(&arguments, "help"));
    arguments_fini(&arguments);
}

Test(arguments, mistakes_are_refused_with_a_sentence)
{
    expect_refused("--stat open", "нет параметра --stat; вы имели в виду --state?");
    expect_refused("--frobnicate", "нет параметра --frobnicate");
    expect_refused("-x", "нет параметра -x");
    expect_refused("--state", "параметру --state нужно значение: СОСТОЯНИЕ");
    expect_refused("--open=yes", "у параметра --open нет значения");
    expect_refused("--open --open", "параметр --open указан дважды");
}

Test(arguments, numbers_are_checked_against_their_bounds)
{
    struct arguments arguments;
    struct error err;
    uint64_t number = 100;

    cr_assert(parse("--limit 1000", &arguments, NULL));
    cr_assert(arguments_number(&arguments, "limit", 1, 1000, &number, &err));
    cr_assert_eq(number, 1000);
    cr_assert_not(arguments_number(&arguments, "limit", 1, 999, &number, &err));
    cr_assert_str_eq(err.text, "--limit: нужно число от 1 до 999");
    arguments_fini(&arguments);

    number = 7;
    cr_assert(parse("", &arguments, NULL));
    cr_assert(arguments_number(&arguments, "limit", 1, 1000, &number, &err));
    cr_assert_eq(number, 7, "not given: the value stays");
    arguments_fini(&arguments);
}

Test(arguments, a_number_is_digits_without_overflow)
{
    uint64_t number;

    cr_assert(arguments_parse_number("18446744073709551615", &number));
    cr_assert_eq(number, UINT64_MAX);
    cr_assert_not(arguments_parse_number("18446744073709551616", &number));
    cr_assert_not(arguments_parse_number("", &number));
    cr_assert_not(arguments_parse_number("-1", &number));
    cr_assert_not(arguments_parse_number("1 ", &number));
}

Test(arguments, a_task_is_named_by_two_numbers_from_one)
{
    cr_assert(arguments_task_valid("17.2"));
    cr_assert(arguments_task_valid("1.4294967295"));
    cr_assert_not(arguments_task_valid("1.4294967296"));
    cr_assert_not(arguments_task_valid("17"));
    cr_assert_not(arguments_task_valid("17.0"));
    cr_assert_not(arguments_task_valid("0.1"));
    cr_assert_not(arguments_task_valid("17.2.3"));
    cr_assert_not(arguments_task_valid(".2"));
}

Test(arguments, an_option_that_is_meant_for_more_may_be_given_more_than_once)
{
    struct arguments arguments;

    cr_assert(parse("--with a --open --with=b", &arguments, NULL));
    cr_assert_str_eq(arguments_get(&arguments, "with"), "a");
    cr_assert_str_eq(arguments_get_at(&arguments, "with", 0), "a");
    cr_assert_str_eq(arguments_get_at(&arguments, "with", 1), "b");
    cr_assert_null(arguments_get_at(&arguments, "with", 2));
    cr_assert_null(arguments_get_at(&arguments, "state", 0));
    arguments_fini(&arguments);
    expect_refused("--state a --state b", "параметр --state указан дважды");
}

Test(arguments, there_is_an_end_of_options)
{
    static char with[] = "--with=a";
    char *words[ARGUMENTS_GIVEN_MAX + 1];
    struct arguments arguments;
    struct error err;

    for (int i = 0; i <= ARGUMENTS_GIVEN_MAX; i++) {
        words[i] = with;
    }
    cr_assert(arguments_parse(ARGUMENTS_GIVEN_MAX, words, tables, &arguments, &err));
    arguments_fini(&arguments);
    cr_assert_not(arguments_parse(ARGUMENTS_GIVEN_MAX + 1, words, tables, &arguments, &err));
    cr_assert_eq(err.code, ERROR_TOO_LARGE);
}

/* problems_test.c - everything that is wrong at once: order, bound, nothing twice */
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static bool check(const char *text, struct problems *problems)
{
    struct document_options options = {0};

    return document_check("t.yaml", bytes_of(text), &options, problems, NULL);
}

static void at(const struct problems *problems, uint32_t index, int line, int column)
{
    cr_assert_lt(index, problems->count);
    const struct error *err = &problems->items[index].error;
    cr_assert(err->line == line && err->column == column, "%u: %d:%d: %s", index, err->line,
              err->column, err->text);
}

Test(problems, every_mistake_is_told_in_the_order_of_places)
{
    struct problems problems = {0};

    cr_assert_not(check("document: {dsl: '1.0.3', namespce: m, name: w, version: '1.0.0'}\n"
                        "do:\n"
                        "  - a: {cal: x}\n"
                        "  - b: {wait: soon, then: nowhere, tiemout: 5}\n"
                        "  - c: {set: 5}\n"
                        "  - c: {call: x, with: [1], retry: 5}\n"
                        "schedule: {cron: '1 2 3'}\n"
                        "inptu: {}\n",
                        &problems));
    cr_assert_eq(problems.count, 11);
    cr_assert_eq(problems.error_count, 11);
    at(&problems, 0, 1, 26);
    at(&problems, 1, 3, 9);
    at(&problems, 2, 4, 15);
    at(&problems, 3, 4, 27);
    at(&problems, 4, 4, 36);
    at(&problems, 5, 5, 14);
    at(&problems, 6, 6, 5);
    at(&problems, 7, 6, 24);
    at(&problems, 8, 6, 29);
    at(&problems, 9, 7, 19);
    at(&problems, 10, 8, 1);
    problems_fini(&problems);
}

Test(problems, other_kinds_tell_everything_too)
{
    struct problems problems = {0};

    cr_assert_not(check("document: {kind: policy, name: 'п', version: '1', titel: x}\n"
                        "at: 25:00\nsoon: many\n"
                        "ladder: [{remind: never}, {escalate: 1 day after}]\n",
                        &problems));
    cr_assert_eq(problems.count, 6);
    problems_fini(&problems);
    cr_assert_not(check("document: {kind: bodies, name: b, version: '1'}\n"
                        "timezone: Europe/Nowhere\n"
                        "bodies: [{id: a}, {id: b, name: B, email: x}, {name: C, parnt: a}]\n",
                        &problems));
    cr_assert_eq(problems.count, 5);
    problems_fini(&problems);
}

Test(problems, a_document_without_mistakes_has_none)
{
    struct problems problems = {0};

    cr_assert(check(HEAD "  - a: {call: x}\n", &problems));
    cr_assert_eq(problems.count, 0);
    problems_fini(&problems);
}

Test(problems, what_is_not_yaml_is_one_mistake)
{
    struct problems problems = {0};

    cr_assert_not(check("a: [", &problems));
    cr_assert_eq(problems.count, 1);
    cr_assert_eq(problems.items[0].error.code, ERROR_SYNTAX);
    problems_fini(&problems);
}

Test(problems, files_add_up_in_one_list)
{
    struct problems problems = {0};

    cr_assert_not(check("a: [", &problems));
    cr_assert(check(HEAD "  - a: {call: x}\n", &problems), "the mistakes of another are not its");
    cr_assert_eq(problems.count, 1);
    problems_fini(&problems);
}

static struct buffer wrong_steps(unsigned count)
{
    struct buffer b = BUFFER_INIT;
    char line[64];

    buffer_text(&b, HEAD);
    for (unsigned i = 0; i < count; i++) {
        snprintf(line, sizeof line, "  - s%u: {wait: soon}\n", i);
        buffer_text(&b, line);
    }
    buffer_append(&b, "", 1);
    return b;
}

Test(problems, the_first_ones_are_kept_and_all_are_counted)
{
    struct problems problems = {0};
    struct buffer b = wrong_steps(LIMIT_PROBLEMS);

    cr_assert_not(check((const char *)b.data, &problems));
    cr_assert_eq(problems.count, LIMIT_PROBLEMS);
    cr_assert_eq(problems.left_out, 0);
    problems_fini(&problems);
    buffer_fini(&b);
    b = wrong_steps(LIMIT_PROBLEMS + 1);
    cr_assert_not(check((const char *)b.data, &problems));
    cr_assert_eq(problems.count, LIMIT_PROBLEMS);
    cr_assert_eq(problems.left_out, 1);
    cr_assert_eq(problems.error_count, LIMIT_PROBLEMS + 1);
    problems_fini(&problems);
    buffer_fini(&b);
}

Test(problems, one_place_and_sentence_is_there_once_and_order_is_stable)
{
    struct problems problems = {0};
    struct error first = ERROR_INIT;
    struct error second = ERROR_INIT;

    error_set_at(&first, ERROR_INVALID, "f", 5, 1, "one");
    error_set_at(&second, ERROR_INVALID, "f", 5, 1, "two");
    problems_add(&problems, SEVERITY_ERROR, &first);
    problems_add(&problems, SEVERITY_WARNING, &second);
    problems_add(&problems, SEVERITY_ERROR, &first);
    error_set_at(&first, ERROR_INVALID, "f", 4, 9, "three");
    problems_add(&problems, SEVERITY_ERROR, &first);
    problems_sort(&problems);
    cr_assert_eq(problems.count, 3);
    cr_assert_eq(problems.error_count, 2);
    cr_assert_str_eq(problems.items[0].error.text, "three");
    cr_assert_str_eq(problems.items[1].error.text, "one");
    cr_assert_str_eq(problems.items[2].error.text, "two");
    cr_assert(problems_at(&problems, 5, 1));
    cr_assert_not(problems_at(&problems, 5, 2));
    problems_fini(&problems);
}

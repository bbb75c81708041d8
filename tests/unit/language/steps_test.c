/* steps_test.c - lists of steps: the tree, names, `then`, and their limits */
#include "base/limits.h"
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void stands(const struct definition *d, uint32_t step, enum step_kind kind,
                   const char *pointer, uint32_t parent, uint32_t next, uint32_t child)
{
    const struct step *s = &d->workflow.steps[step];

    cr_assert_eq(s->kind, kind, "%s", s->pointer);
    cr_assert_str_eq(s->pointer, pointer);
    cr_assert_eq(s->parent, parent, "%s: parent %u", s->pointer, s->parent);
    cr_assert_eq(s->next, next, "%s: next %u", s->pointer, s->next);
    cr_assert_eq(s->child, child, "%s: child %u", s->pointer, s->child);
}

Test(steps, a_tree_stands_in_preorder_with_its_places)
{
    struct definition *d = parsed(HEAD "  - a:\n"
                                       "      do:\n"
                                       "        - b: {set: {x: 1}}\n"
                                       "        - c: {do: [{d: {set: {x: 2}}}]}\n"
                                       "  - e:\n"
                                       "      try: [{f: {call: x}}]\n"
                                       "      catch: {do: [{g: {set: {x: 3}}}, {h: {set: {}}}]}\n"
                                       "  - i:\n"
                                       "      fork: {branches: [{j: {call: x}}, {k: {call: y}}]}\n"
                                       "  - l:\n"
                                       "      for: {in: .list}\n"
                                       "      do: [{m/~n: {call: x}}]\n"
                                       "  - o:\n"
                                       "      listen: {to: {any: []}}\n"
                                       "      foreach: {do: [{p: {call: x}}]}\n");

    cr_assert_eq(d->workflow.step_count, 15);
    stands(d, 0, STEP_DO, "/do/0/a", STEP_NONE, 4, 1);
    stands(d, 1, STEP_SET, "/do/0/a/do/0/b", 0, 2, STEP_NONE);
    stands(d, 2, STEP_DO, "/do/0/a/do/1/c", 0, STEP_NONE, 3);
    stands(d, 3, STEP_SET, "/do/0/a/do/1/c/do/0/d", 2, STEP_NONE, STEP_NONE);
    stands(d, 4, STEP_TRY, "/do/1/e", STEP_NONE, 8, 5);
    stands(d, 5, STEP_CALL, "/do/1/e/try/0/f", 4, STEP_NONE, STEP_NONE);
    cr_assert_eq(d->workflow.steps[4].catch_child, 6);
    stands(d, 6, STEP_SET, "/do/1/e/catch/do/0/g", 4, 7, STEP_NONE);
    stands(d, 7, STEP_SET, "/do/1/e/catch/do/1/h", 4, STEP_NONE, STEP_NONE);
    stands(d, 8, STEP_FORK, "/do/2/i", STEP_NONE, 11, 9);
    stands(d, 9, STEP_CALL, "/do/2/i/fork/branches/0/j", 8, 10, STEP_NONE);
    stands(d, 11, STEP_FOR, "/do/3/l", STEP_NONE, 13, 12);
    stands(d, 12, STEP_CALL, "/do/3/l/do/0/m~1~0n", 11, STEP_NONE, STEP_NONE);
    stands(d, 13, STEP_LISTEN, "/do/4/o", STEP_NONE, STEP_NONE, 14);
    stands(d, 14, STEP_CALL, "/do/4/o/foreach/do/0/p", 13, STEP_NONE, STEP_NONE);
    cr_assert_eq(d->workflow.steps[12].line, 14);
    definition_destroy(d);
}

Test(steps, then_leads_to_steps_of_the_same_list)
{
    struct definition *d = parsed(HEAD "  - a: {call: x, then: c}\n"
                                       "  - b: {call: x, then: exit}\n"
                                       "  - c: {call: x, then: continue}\n"
                                       "  - d:\n"
                                       "      switch:\n"
                                       "        - one: {when: .x, then: b}\n"
                                       "        - two: {when: .y, then: end}\n"
                                       "        - other: {then: continue}\n"
                                       "      then: end\n");
    const struct step *s = d->workflow.steps;

    cr_assert_eq(s[0].then.then, THEN_STEP);
    cr_assert_eq(s[0].then.step, 2);
    cr_assert_eq(s[1].then.then, THEN_EXIT);
    cr_assert_eq(s[2].then.then, THEN_CONTINUE);
    cr_assert_eq(s[3].then.then, THEN_END);
    cr_assert_eq(s[3].case_count, 3);
    cr_assert_str_eq(s[3].cases[0].name, "one");
    cr_assert_eq(s[3].cases[0].then.then, THEN_STEP);
    cr_assert_eq(s[3].cases[0].then.step, 1);
    cr_assert_str_eq(expression(d, s[3].cases[0].when), ".x");
    cr_assert_eq(s[3].cases[1].then.then, THEN_END);
    cr_assert_eq(s[3].cases[2].when, EXPRESSION_NONE);
    definition_destroy(d);
}

Test(steps, then_to_nowhere_is_refused)
{
    refused(HEAD "  - first: {call: x, then: secnod}\n  - second: {call: x}\n", ERROR_INVALID, 3,
            28, "this list has no step \"secnod\": did you mean \"second\"");
    refused(HEAD "  - a: {call: x, then: c}\n  - b: {do: [{c: {call: x}}]}\n", ERROR_INVALID, 3, 24,
            "this list has no step \"c\"");
    refused(HEAD "  - a: {do: [{c: {call: x, then: b}}]}\n  - b: {call: x}\n", ERROR_INVALID, 3, 34,
            "this list has no step \"b\"");
    refused(HEAD "  - a: {call: x, then: [b]}\n", ERROR_INVALID, 3, 24, "must be a text");
    refused(HEAD "  - a: {switch: [{c: {then: nowhere}}]}\n", ERROR_INVALID, 3, 29, "\"nowhere\"");
    refused(HEAD "  - a: {fork: {branches: [{b: {call: x, then: c}}, {c: {call: x}}]}}\n",
            ERROR_INVALID, 3, 47, "none leads to another");
}

Test(steps, a_step_that_is_wrong_can_still_be_led_to)
{
    struct document_options options = {0};
    struct problems problems = {0};
    const char *text = HEAD "  - a: {call: x, then: b}\n  - b: {wait: soon}\n";

    cr_assert_not(document_check("t.yaml", bytes_of(text), &options, &problems, NULL));
    cr_assert_eq(problems.count, 1);
    cr_assert_eq(problems.items[0].error.line, 4);
    problems_fini(&problems);
}

Test(steps, names_are_unique_in_their_list_only)
{
    definition_destroy(parsed(HEAD "  - a: {do: [{a: {call: x}}, {b: {call: x}}]}\n"
                                   "  - b: {call: x}\n"));
    refused(HEAD "  - a: {do: [{a: {call: x}}, {a: {call: x}}]}\n", ERROR_INVALID, 3, 31,
            "second time (first in line 3)");
    refused(HEAD "  - end: {call: x}\n", ERROR_INVALID, 3, 5, "a word of \"then\"");
    refused(HEAD "  - '': {call: x}\n", ERROR_INVALID, 3, 5, "empty");
}

Test(steps, words_stand_where_they_belong)
{
    refused(HEAD "  - s: {call: x, catch: {}}\n", ERROR_INVALID, 3, 18,
            "\"catch\" belongs to \"try\", not to \"call\"");
    refused(HEAD "  - s: {call: x, while: .a}\n", ERROR_INVALID, 3, 18, "belongs to \"for\"");
    refused(HEAD "  - s: {call: x, foreach: {}}\n", ERROR_INVALID, 3, 18, "belongs to \"listen\"");
    refused(HEAD "  - s: {call: x, do: [{a: {call: x}}]}\n", ERROR_INVALID, 3, 18,
            "both \"call\" and \"do\"");
    refused(HEAD "  - s: {for: {in: .a}}\n", ERROR_INVALID, 3, 8, "\"do\" is missing");
    refused(HEAD "  - s: {do: {a: {call: x}}}\n", ERROR_INVALID, 3, 13, "must be a list");
    refused(HEAD "  - s: {do: []}\n", ERROR_INVALID, 3, 13, "at least one step");
    refused(HEAD "  - s: {try: [{a: {call: x}}]}\n", ERROR_INVALID, 3, 8, "\"catch\" is missing");
}

Test(steps, what_every_step_may_have_is_read)
{
    struct definition *d = parsed(HEAD "  - s:\n"
                                       "      if: ${ .go }\n"
                                       "      input: {from: .in}\n"
                                       "      set: {a: 1}\n"
                                       "      output: {as: {b: '${ .a }'}}\n"
                                       "      export: {as: '$context + .'}\n"
                                       "      timeout: {after: '${ .limit }'}\n");
    const struct step *s = &d->workflow.steps[0];

    cr_assert_str_eq(expression(d, s->condition), " .go ");
    cr_assert_str_eq(expression(d, s->input_from), ".in");
    gives(d, s->output_as, "{\"a\":7}", "{\"b\":7}");
    cr_assert_str_eq(expression(d, s->export_as), "$context + .");
    cr_assert_str_eq(expression(d, s->timeout.expression), " .limit ");
    definition_destroy(d);
}

/* --- limits ---------------------------------------------------------------------------------- */

static const char *indent(unsigned columns)
{
    static char blanks[1000];

    memset(blanks, ' ', sizeof blanks);
    cr_assert_lt(columns, sizeof blanks);
    blanks[columns] = '\0';
    return blanks;
}

/* The workflow's list and that many lists in it, each in a `catch`, the deepest way of all. */
static struct buffer nested(unsigned lists)
{
    struct buffer b = BUFFER_INIT;
    unsigned in = 2;

    buffer_text(&b, HEAD);
    for (unsigned i = 1; i < lists; i++, in += 8) {
        buffer_text(&b, indent(in));
        buffer_text(&b, "- s:\n");
        buffer_text(&b, indent(in + 4));
        buffer_text(&b, "try: [{t: {call: x}}]\n");
        buffer_text(&b, indent(in + 4));
        buffer_text(&b, "catch:\n");
        buffer_text(&b, indent(in + 6));
        buffer_text(&b, "do:\n");
    }
    buffer_text(&b, indent(in));
    buffer_text(&b, "- s: {call: x}\n");
    buffer_append(&b, "", 1);
    return b;
}

Test(steps, lists_are_nested_up_to_the_limit)
{
    struct buffer b = nested(LIMIT_STEP_DEPTH);

    definition_destroy(parsed((const char *)b.data));
    buffer_fini(&b);
    b = nested(LIMIT_STEP_DEPTH + 1);
    refused((const char *)b.data, ERROR_TOO_LARGE, 4 * (int)LIMIT_STEP_DEPTH,
            4 + 8 * (int)LIMIT_STEP_DEPTH, "nested deeper than 32"); /* its `try` */
    buffer_fini(&b);
}

static struct buffer calls(unsigned count)
{
    struct buffer b = BUFFER_INIT;
    char line[64];

    buffer_text(&b, "use:\n  functions:\n    f: {do: [{a: {call: x}}, {b: {call: x}}]}\n" HEAD);
    for (unsigned i = 0; i < count; i++) {
        snprintf(line, sizeof line, "  - s%u: {call: f}\n", i);
        buffer_text(&b, line);
    }
    buffer_append(&b, "", 1);
    return b;
}

Test(steps, those_of_functions_count_at_each_call)
{
    struct buffer b = calls(LIMIT_TASKS / 4);

    definition_destroy(parsed((const char *)b.data));
    buffer_fini(&b);
    b = calls(LIMIT_TASKS / 4 + 1);
    refused((const char *)b.data, ERROR_TOO_LARGE, 5 + (int)LIMIT_TASKS / 4 + 1, 5,
            "functions at each call");
    buffer_fini(&b);
}

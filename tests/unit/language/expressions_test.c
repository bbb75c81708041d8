/* expressions_test.c - which expressions may stand where, and how a mistake in one is shown */
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char *const variables[] = {"context", "input",    "output",  "secrets",
                                        "task",    "workflow", "runtime", "pet"};

/* The DSL's table "Runtime expression arguments". A letter for each variable above. */
static const struct {
    const char *text; /* with @ for the variable */
    const char *allowed;
} places[] = {
    {"input: {from: '$@'}\n" HEAD "  - a: {call: x}\n", "---s-wr-"},
    {HEAD "  - a: {call: x, if: '$@'}\n", "c--stwr-"},
    {HEAD "  - a: {call: x, input: {from: '$@'}}\n", "c--stwr-"},
    {HEAD "  - a: {call: x, with: {a: '${ $@ }'}}\n", "ci-stwr-"},
    {HEAD "  - a: {wait: '${ $@ }'}\n", "ci-stwr-"},
    {HEAD "  - a: {for: {in: '$@', each: pet}, do: [{b: {call: x}}]}\n", "ci-stwr-"},
    {HEAD "  - a: {for: {in: .a, each: pet}, while: '$@', do: [{b: {call: x}}]}\n", "ci-stwrp"},
    {HEAD "  - a: {for: {in: .a, each: pet}, do: [{b: {if: '$@', call: x}}]}\n", "c--stwrp"},
    {HEAD "  - a: {call: x, output: {as: '$@'}}\n", "ci-stwr-"},
    {HEAD "  - a: {call: x, export: {as: '$@'}}\n", "ciostwr-"},
    {"output: {as: '$@'}\n" HEAD "  - a: {call: x}\n", "c--s-wr-"},
    {"schedule: {on: {one: {with: {data: '${ $@ }'}}}}\n" HEAD "  - a: {call: x}\n", "------r-"},
    {HEAD "  - a: {try: [{b: {call: x}}], catch: {as: pet, when: '$@'}}\n", "ci-stwrp"},
    {HEAD "  - a: {try: [{b: {if: '$@', call: x}}], catch: {as: pet}}\n", "c--stwr-"},
    {HEAD "  - a: {listen: {to: {any: []}}, foreach: {item: pet, output: {as: '$@'}}}\n",
     "ci-stwrp"},
};

Test(expressions, each_place_has_its_variables)
{
    char text[300];

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        for (size_t j = 0; j < sizeof variables / sizeof *variables; j++) {
            struct error err = ERROR_INIT;
            struct definition *d = NULL;
            bool allowed = places[i].allowed[j] != '-';
            size_t before = strcspn(places[i].text, "@");
            snprintf(text, sizeof text, "%.*s%s%s", (int)before, places[i].text, variables[j],
                     places[i].text + before + 1);
            cr_assert_eq(document_parse("t.yaml", bytes_of(text), NULL, &d, &err), allowed,
                         "%s: $%s: %s", places[i].text, variables[j], err.text);
            cr_assert(allowed || err.code == ERROR_INVALID);
            definition_destroy(d);
        }
    }
}

Test(expressions, names_bound_around_a_step_add_up)
{
    definition_destroy(
        parsed(HEAD "  - a: {for: {in: .a}, do: [{b: {for: {each: x, at: y, in: $item.list}, do: "
                    "[{c: {set: '${ [$item, $index, $x, $y] }'}}]}}]}\n"));
}

Test(expressions, a_mistake_is_shown_at_its_column)
{
    refused(HEAD "  - a: {if: .a == $nobody, call: x}\n", ERROR_INVALID, 3, 19, "$nobody");
    refused(HEAD "  - a: {if: '.a == $nobody', call: x}\n", ERROR_INVALID, 3, 20, "$nobody");
    refused(HEAD "  - шаг: {if: '.\"ключ\" == $nobody', call: x}\n", ERROR_INVALID, 3, 27, "");
    refused(HEAD "  - a: {call: x, with: {b: '${ .a + $nobody }'}}\n", ERROR_INVALID, 3, 37, "");
    refused(HEAD "  - a: {call: x, if: 'it''s $nobody'}\n", ERROR_SYNTAX, 3, 22,
            ""); /* an escape: the columns can't be counted on */
    refused(HEAD "  - a:\n      call: x\n      if: >-\n        .a ==\n        $nobody\n",
            ERROR_INVALID, 5, 11, "$nobody");
}

Test(expressions, jq_that_is_not_let_in_is_refused)
{
    refused(HEAD "  - a: {if: env.HOME, call: x}\n", ERROR_UNSUPPORTED, 3, 13, "env");
    refused(HEAD "  - a: {if: '.a)', call: x}\n", ERROR_SYNTAX, 3, 16, "");
    refused(HEAD "  - a: {if: '', call: x}\n", ERROR_INVALID, 3, 13, "it is empty");
    refused(HEAD "  - a: {if: [x], call: x}\n", ERROR_INVALID, 3, 13, "an expression is expected");
    refused(HEAD "  - a: {if: $authorization.scheme, call: x}\n", ERROR_UNSUPPORTED, 3, 13,
            "$authorization is not supported");
}

Test(expressions, an_expression_is_the_whole_text)
{
    refused(HEAD "  - a: {set: {b: 'Привет, ${ .name }!'}}\n", ERROR_INVALID, 3, 27,
            "around the whole text: write ${ \"… \\(.x) …\" }");
    refused(HEAD "  - a: {set: {b: '${ .a } и ${ .b }'}}\n", ERROR_INVALID, 3, 19,
            "around the whole text");
    refused(HEAD "  - a: {set: '${ .a'}\n", ERROR_INVALID, 3, 15, "around the whole text");
    struct definition *d = parsed(HEAD "  - a: {set: {b: '${ \"Привет, \\(.name)!\" }'}}\n");
    cr_assert_neq(d->workflow.steps[0].with, EXPRESSION_NONE);
    definition_destroy(d);
}

Test(expressions, in_the_loose_mode_what_looks_like_jq_is_jq_or_else_a_text)
{
    struct definition *d =
        parsed("evaluate: {mode: loose}\n" HEAD
               "  - a: {set: {a: .x, b: плюс, c: .5, d: ..., e: '$5', f: '.x и'}}\n"
               "  - b: {set: .}\n");

    cr_assert_str_eq(expression(d, d->workflow.steps[0].with),
                     "{\"a\":(  try (.x) catch \".x\"  ),\"b\":\"плюс\",\"c\":0.5,\"d\":\"...\","
                     "\"e\":\"$5\",\"f\":\".x и\"}");
    cr_assert_str_eq(expression(d, d->workflow.steps[1].with), "(  try (.) catch \".\"  )");
    definition_destroy(d);
    refused("evaluate: {mode: lose}\n" HEAD "  - a: {call: x}\n", ERROR_INVALID, 1, 18,
            "strict or loose");
}

Test(expressions, the_document_is_kept_only_for_those_who_read_it)
{
    static const struct {
        const char *expression;
        bool kept;
    } cases[] = {
        {"$workflow.id", false},
        {"$workflow.definition.document.name", true},
        {"$workflow", true},
        {"$task.definition", true},
        {"$task.name", false},
        {"[$workflow.input, $task.reference]", false},
        {"$workflow[\"definition\"]", true},
    };
    char text[200];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(text, sizeof text, HEAD "  - a: {set: {x: '${ %s }'}}\n", cases[i].expression);
        struct definition *d = parsed(text);
        cr_assert_eq(d->workflow.document != NULL, cases[i].kept, "%s", cases[i].expression);
        if (d->workflow.document != NULL) {
            json_t *header = json_object_get(d->workflow.document, "document");
            cr_assert_str_eq(json_string_value(json_object_get(header, "name")), "w");
        }
        definition_destroy(d);
    }
}

Test(expressions, what_jq_does_not_compile_is_refused_at_its_place)
{
    struct evaluator *evaluator = evaluator_create(NULL);
    struct document_options options = {.evaluator = evaluator};
    struct problems problems = {0};
    const char *text = HEAD "  - a: {if: .a | nothing, call: x}\n"
                            "  - b: {set: {c: '${ . | }', d: '${ map(.x) }'}}\n"
                            "  - e: {wait: soon}\n";

    cr_assert_not(document_check("t.yaml", bytes_of(text), &options, &problems, NULL));
    cr_assert_eq(problems.count, 3);
    for (uint32_t i = 0; i < 3; i++) {
        cr_assert_eq(problems.items[i].error.line, 3 + (int)i, "%s", problems.items[i].error.text);
    }
    cr_assert_not_null(strstr(problems.items[0].error.text, "nothing/0 is not defined"), "%s",
                       problems.items[0].error.text);
    cr_assert_geq(problems.items[0].error.column, 13);
    cr_assert_geq(problems.items[1].error.column, 19);
    problems_fini(&problems);
    evaluator_destroy(evaluator);
}

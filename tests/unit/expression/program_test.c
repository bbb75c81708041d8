/* program_test.c - collecting expressions: numbers, variables, templates */
#include "base/limits.h"
#include "base/must.h"
#include "expression/program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const VARIABLES[] = {"context", "item", "runtime", NULL};
static const struct piece_place PLACE = {3, 7, true};

static struct program *program;

static void setup(void)
{
    program = program_create();
}

static void teardown(void)
{
    program_destroy(program);
}

TestSuite(program, .init = setup, .fini = teardown);

static void piece(const char *text)
{
    struct error err = ERROR_INIT;
    size_t offset;

    cr_assert(program_add_piece(program, text, PLACE, VARIABLES, &offset, &err), "%s: %s", text,
              err.text);
}

static uint32_t entry(const char *text)
{
    piece(text);
    return program_add_entry(program, NULL);
}

static json_t *given(void *context, const char *name)
{
    cr_assert_str_eq(name, "context");
    return json_incref(context);
}

Test(program, gives_equal_texts_one_number)
{
    cr_assert_eq(entry(".a"), 1);
    cr_assert_eq(entry(".b"), 2);
    cr_assert_eq(entry(".a"), 1);
    cr_assert_eq(program_count(program), 2);
    cr_assert_str_eq(program_text(program, 2), ".b");
}

Test(program, makes_one_entry_of_several_pieces)
{
    piece(".a");
    piece("$item | .b");
    cr_assert_eq(program_add_entry(program, "{\"x\":( .a ),\"y\":( $item | .b )}"), 1);
    cr_assert(program_uses(program, 1, "item"));
    cr_assert_not(program_uses(program, 1, "context"));
    cr_assert_eq(entry("$item | .b"), 2);
}

Test(program, knows_which_variables_are_read)
{
    uint32_t a = entry("\"\\($context.a)\"");
    uint32_t b = entry("now | todate");
    uint32_t c = entry(".context + {item: 1}.item");
    uint32_t d = entry("1 as $own | $own");

    cr_assert(program_uses(program, a, "context"));
    cr_assert(program_uses(program, b, "runtime"), "now is a part of $runtime");
    cr_assert_not(program_uses(program, c, "context"));
    cr_assert_not(program_uses(program, c, "item"));
    cr_assert_not(program_uses(program, d, "own"));
    cr_assert(program_uses_any(program, "context"));
    cr_assert_not(program_uses_any(program, "item"));
}

Test(program, has_an_identity_that_is_never_used_again)
{
    uint64_t id = program_id(program);

    program_destroy(program);
    program = program_create();
    cr_assert_neq(program_id(program), id);
    cr_assert_neq(program_id(program), 0);
}

Test(program, refuses_a_piece_with_its_place)
{
    struct error err = ERROR_INIT;
    size_t offset = 0;

    cr_assert_not(program_add_piece(program, ".a + $itm", PLACE, VARIABLES, &offset, &err));
    cr_assert_eq(err.code, ERROR_INVALID);
    cr_assert_eq(offset, 5);
    cr_assert_eq(entry(".a"), 1);
}

Test(program, holds_as_much_as_its_limits_say)
{
    struct error err = ERROR_INIT;
    size_t offset;
    char text[32];

    for (unsigned i = 0; i < LIMIT_EXPRESSIONS; i++) {
        snprintf(text, sizeof text, ".a%u", i);
        cr_assert_eq(entry(text), i + 1);
    }
    cr_assert_not(program_add_piece(program, ".b", PLACE, VARIABLES, &offset, &err));
    cr_assert_eq(err.code, ERROR_TOO_LARGE);
}

Test(program, bounds_its_text)
{
    struct error err = ERROR_INIT;
    size_t offset;
    char *text = xcalloc(1, 8193);
    unsigned i = 0;

    for (; i < LIMIT_EXPRESSIONS_BYTES / 8192; i++) {
        snprintf(text, 8193, "%08u", i);
        memset(text + 8, ' ', 8192 - 8);
        piece(text);
        program_add_entry(program, NULL);
    }
    cr_assert_not(program_add_piece(program, "1", PLACE, VARIABLES, &offset, &err));
    cr_assert_eq(err.code, ERROR_TOO_LARGE);
    free(text);
}

static void strict(const char *text, const char *expected, size_t expected_offset)
{
    size_t offset = 77;
    char *inner = program_strict_text(text, &offset);

    if (expected == NULL) {
        cr_assert_null(inner, "%s", text);
        cr_assert_eq(offset, 77);
        return;
    }
    cr_assert_str_eq(inner, expected);
    cr_assert_eq(offset, expected_offset, "%s: %zu", text, offset);
    free(inner);
}

Test(program, finds_the_text_of_a_strict_expression)
{
    strict("${ .a }", " .a ", 2);
    strict("  ${.a}\n", ".a", 4);
    strict("${}", "", 2);
    strict("${ {a: 1} }", " {a: 1} ", 2);
    strict("${ .a", NULL, 0);
    strict("$ {.a}", NULL, 0);
    strict("x ${ .a }", NULL, 0);
    strict("${ .a } x", NULL, 0);
    strict("", NULL, 0);
    strict("${", NULL, 0);
}

static void prints(const char *template_text, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    json_t *template = json_loads(template_text, JSON_DECODE_ANY, NULL);

    program_print_template(template, &out);
    buffer_append(&out, "", 1);
    cr_assert_str_eq((const char *)out.data, expected);
    buffer_fini(&out);
    json_decref(template);
}

Test(program, prints_a_template_as_jq)
{
    prints("{\"a\":\"${ .x }\",\"b\":[1,\"${.y}\",null],\"c\":{\"d e\":true}}",
           "{\"a\":(  .x  ),\"b\":[1,( .y ),null],\"c\":{\"d e\":true}}");
    prints("\"${ .x }\"", "(  .x  )");
    prints("[]", "[]");
    prints("-1.5", "-1.5");
}

Test(program, keeps_literals_of_a_template_literal)
{
    const char *literal = "{\"a \\\\(env)\":\"\\\\(.x) \\\"q\\\" \\n\",\"n\":[-1,{}]}";
    json_t *expected = json_loads(literal, 0, NULL);
    struct buffer out = BUFFER_INIT;

    program_print_template(expected, &out);
    buffer_append(&out, "", 1);
    uint32_t number = program_add_entry(program, (const char *)out.data);
    json_t *value = program_run_plain(program, number, json_null(), given, NULL);
    cr_assert(json_equal(value, expected));
    json_decref(value);
    json_decref(expected);
    buffer_fini(&out);
}

Test(program, asks_once_for_the_variables_that_are_used)
{
    json_t *context = json_pack("{s:i}", "a", 1);
    uint32_t number = entry("if true then $context.a + $context.a else $item end");
    json_t *value = program_run_plain(program, number, json_null(), given, context);

    cr_assert_eq(json_integer_value(value), 2);
    cr_assert_eq(context->refcount, 1);
    json_decref(value);
    json_decref(context);
}

/* template_test.c - `${ .a.b }` checked and filled */
#include "base/limits.h"
#include "language/template.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static json_t *json(const char *text)
{
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);

    cr_assert_not_null(value, "%s", text);
    return value;
}

static void fills(const char *template_text, const char *input_text, const char *expected_text)
{
    struct error err = ERROR_INIT;
    json_t *template = json(template_text);
    json_t *input = json(input_text);
    json_t *expected = json(expected_text);

    cr_assert(template_check(template, &err), "%s: %s", template_text, err.text);
    json_t *filled = template_fill(template, input, &err);
    cr_assert_not_null(filled, "%s: %s", template_text, err.text);
    cr_assert(json_equal(filled, expected), "%s", template_text);
    json_decref(filled);
    json_decref(expected);
    json_decref(input);
    json_decref(template);
}

Test(template, paths_stand_for_values_of_the_input)
{
    const char *input = "{\"a\":{\"b\":[10,20,{\"c d\":true}]},\"title\":\"Тема\"}";

    fills("\"${ .title }\"", input, "\"Тема\"");
    fills("\"${.title}\"", input, "\"Тема\"");
    fills("\"${ .a.b }\"", input, "[10,20,{\"c d\":true}]");
    fills("\"${ .a.b[0] }\"", input, "10");
    fills("\"${ .a.b[-2] }\"", input, "20");
    fills("\"${ .a[\\\"b\\\"][2].\\\"c d\\\" }\"", input, "true");
    fills("\"${ .[\\\"a\\\"].b[ 1 ] }\"", input, "20");
    fills("\"${ . }\"", "7", "7");
    fills("\"${ .[1] }\"", "[1,2]", "2");
}

Test(template, everything_else_stays_as_it_is)
{
    const char *constant = "{\"n\":1.5,\"t\":\"$ {x}\",\"l\":[null,true,\"\"],\"o\":{}}";

    fills(constant, "{}", constant);
    fills("{\"x\":[\"${ .v }\",{\"y\":\"${ .v }\"}]}", "{\"v\":[1]}", "{\"x\":[[1],{\"y\":[1]}]}");
}

Test(template, what_is_missing_gives_null)
{
    fills("\"${ .a }\"", "{}", "null");
    fills("\"${ .a.b.c }\"", "{\"a\":null}", "null");
    fills("\"${ .a[5] }\"", "{\"a\":[1]}", "null");
    fills("\"${ .a[-2] }\"", "{\"a\":[1]}", "null");
    fills("\"${ .a[0].b }\"", "{}", "null");
}

Test(template, a_path_into_a_value_without_parts_is_refused)
{
    struct error err = ERROR_INIT;
    json_t *template = json("{\"k\":[1,\"${ .a.b }\"]}");
    json_t *input = json("{\"a\":5}");

    cr_assert_null(template_fill(template, input, &err));
    cr_assert_eq(err.code, ERROR_INVALID);
    json_decref(input);
    json_decref(template);
}

Test(template, everything_beyond_paths_is_unsupported)
{
    static const char *const wrong[] = {"${ .a | length }",
                                        "${ .a + 1 }",
                                        "${ $context.a }",
                                        "${ env }",
                                        "${ }",
                                        "${}",
                                        "Тема ${ .a }",
                                        "${ .a } и ${ .b }",
                                        "${ .a",
                                        "${ ..a }",
                                        "${ .a. }",
                                        "${ .a[] }",
                                        "${ .a[1:2] }",
                                        "${ .a[1 }",
                                        "${ .\"a\\(1)\" }",
                                        "${ .1a }",
                                        "${ input }",
                                        "${ .a.[x] }",
                                        " ${ .a }",
                                        "${ .a?.b }",
                                        "${ .a[--1] }",
                                        "${ .a\"b\" }",
                                        "${ .[\"a }"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error err = ERROR_INIT;
        json_t *template = json_pack("{s:[s]}", "k", wrong[i]);
        cr_assert_not(template_check(template, &err), "%s", wrong[i]);
        cr_assert_eq(err.code, ERROR_UNSUPPORTED);
        json_decref(template);
    }
}

static json_t *filled_of_size(size_t bytes, struct error *err)
{
    char *text = calloc(1, bytes + 1);
    json_t *template = json("{\"a\":\"${ .t }\"}"); /* {"a":"…"} has 8 bytes around the text */

    memset(text, 'x', bytes);
    json_t *input = json_pack("{s:s}", "t", text);
    json_t *value = template_fill(template, input, err);
    json_decref(input);
    json_decref(template);
    free(text);
    return value;
}

Test(template, a_value_is_filled_up_to_the_limit_of_a_payload)
{
    struct error err = ERROR_INIT;
    json_t *value = filled_of_size(LIMIT_PAYLOAD_BYTES - 8, &err);

    cr_assert_not_null(value);
    json_decref(value);
    cr_assert_null(filled_of_size(LIMIT_PAYLOAD_BYTES - 7, &err));
    cr_assert_eq(err.code, ERROR_TOO_LARGE);
}

Test(template, repeating_a_large_input_costs_nothing_before_it_is_refused)
{
    struct error err = ERROR_INIT;
    json_t *template = json_array();
    json_t *input = json_array();

    for (int i = 0; i < 100000; i++) {
        json_array_append_new(template, json_string("${ . }"));
        json_array_append_new(input, json_integer(i));
    }
    cr_assert_null(template_fill(template, input, &err));
    cr_assert_eq(err.code, ERROR_TOO_LARGE);
    json_decref(input);
    json_decref(template);
}

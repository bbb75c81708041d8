/* plain_test.c - what is answered in place, and what is left to jq
 *
 * That the answers are jq's own is tested in evaluator_test.c, with jq.
 */
#include "base/limits.h"
#include "base/must.h"
#include "expression/program.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char *const VARIABLES[] = {"context", "item", NULL};

static json_t *variable(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "context") == 0 ? json_pack("{s:i,s:[s,s]}", "n", 5, "list", "x", "y")
                                        : NULL;
}

static json_t *run(const char *text, const char *input_text)
{
    struct program *program = program_create();
    struct error err = ERROR_INIT;
    size_t offset;
    json_t *input = json_loads(input_text, JSON_DECODE_ANY, NULL);

    cr_assert_not_null(input, "%s", input_text);
    cr_assert(program_add_piece(program, text, (struct piece_place){1, 1, true}, VARIABLES, &offset,
                                &err),
              "%s: %s", text, err.text);
    uint32_t number = program_add_entry(program, NULL);
    json_t *value = program_run_plain(program, number, input, variable, NULL);
    json_decref(input);
    program_destroy(program);
    return value;
}

static void gives(const char *text, const char *input, const char *expected_text)
{
    json_t *value = run(text, input);
    json_t *expected = json_loads(expected_text, JSON_DECODE_ANY, NULL);
    char *shown = value != NULL ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;

    cr_assert_not_null(value, "%s is plain", text);
    cr_assert(json_equal(value, expected), "%s gives %s", text, shown);
    free(shown);
    json_decref(expected);
    json_decref(value);
}

static void left_to_jq(const char *text, const char *input)
{
    json_t *value = run(text, input);

    cr_assert_null(value, "%s", text);
}

#define DATA "{\"a\":{\"b\":[10,20,{\"c d\":true}]},\"n\":3,\"t\":\"Тема\",\"f\":false}"

Test(plain, follows_paths)
{
    gives(".", DATA, DATA);
    gives(".a.b[0]", DATA, "10");
    gives(".a.b[-2]", DATA, "20");
    gives(".a[\"b\"][2].\"c d\"", DATA, "true");
    gives(".[\"a\"] .b[1]", DATA, "20");
    gives(".a.b[.n - 1][\"c\" + \" d\"]", DATA, "true");
    gives(".missing.more[3]", DATA, "null");
    gives(".a.b[7]", DATA, "null");
    gives(".a.b[1.5]", DATA, "null");
    gives(".a.b[-7]", DATA, "null");
}

Test(plain, reads_variables)
{
    gives("$context.list[1]", "null", "\"y\"");
    gives("$item", "1", "null");
    gives("{$context}.context.n", "1", "5");
}

Test(plain, computes)
{
    gives("1 + 2 * 3 - . / 2", "4", "5");
    gives("-.n + 1", DATA, "-2");
    gives("1 - -2", DATA, "3");
    gives("7 / (.n + 1)", DATA, "1.75");
    gives("0.5 + 0.5 + 1e2", "null", "101");
    gives("null + .n", DATA, "3");
    gives("\"a\" + .t + \"б\"", DATA, "\"aТемаб\"");
    gives("[1] + [2, [3]]", "null", "[1,2,[3]]");
    gives("{a: 1, b: 1} + {b: 2}", "null", "{\"a\":1,\"b\":2}");
}

Test(plain, compares_in_jqs_order)
{
    gives("[null < false, false < true, true < 0, 0 < \"\", \"\" < [], [] < {}]", "null",
          "[true,true,true,true,true,true]");
    gives("[1 == 1.0, \"a\" == \"b\", [1, {a: 2}] == [1.0, {a: 2}], {} != {a: 1}]", "null",
          "[true,false,true,true]");
    gives("[\"a\" < \"ab\", \"ab\" <= \"ab\", \"б\" > \"a\", 2 >= 3]", "null",
          "[true,true,true,false]");
}

Test(plain, decides)
{
    gives("[.f and .x.y, .n and .t, .f or null, .n or .f]", DATA, "[false,true,false,true]");
    gives(".x // .f // 7", DATA, "7");
    gives(".n // .t.x", DATA, "3");
    gives("if .n > 2 then \"many\" elif .n > 1 then \"few\" else \"one\" end", DATA, "\"many\"");
    gives("if .f then 1 elif .x then 2 else 3 end", DATA, "3");
    gives(".a.b | length > 2 and (.[0] == 10 | not | not)", DATA, "true");
}

Test(plain, builds_lists_maps_and_texts)
{
    gives("{t, \"k k\": .n, (.t): -1, \"x\\(.n)\": [.n, .n + 1], if: 2, a: .f | not}", DATA,
          "{\"t\":\"Тема\",\"k k\":3,\"Тема\":-1,\"x3\":[3,4],\"if\":2,\"a\":true}");
    gives("\"№ \\(.n): \\(.t)\\(null)\\(.f)\\n\\\"\"", DATA, "\"№ 3: Темаnullfalse\\n\\\"\"");
}

Test(plain, names_kinds_and_lengths)
{
    gives("[(.a | length), (.a.b | length), (.t | length), (-.n | length), (null | length)]", DATA,
          "[1,3,4,3,0]");
    gives("{a: .a | type, b: .a.b | type, c: .t | type, d: .n | type, e: .f | type, g: .x | type}",
          DATA,
          "{\"a\":\"object\",\"b\":\"array\",\"c\":\"string\",\"d\":\"number\","
          "\"e\":\"boolean\",\"g\":\"null\"}");
}

Test(plain, leaves_to_jq_what_it_cannot_be_sure_of)
{
    static const char *const TEXTS[] = {".n.x",
                                        ".t[0]",
                                        ".[]",
                                        ".a[1:]",
                                        ".a?",
                                        "1, 2",
                                        "map(.)",
                                        ".a as $x | 1",
                                        "1 < 2 < 3",
                                        "-.t",
                                        "1 - .t",
                                        ".n / 0",
                                        "1 / 0",
                                        ".n + .t",
                                        "{(.n): 1}",
                                        "{a: 1 + 2}",
                                        "{(1): 2}",
                                        "{a: 1,}",
                                        ".a.[\"b\"]",
                                        "[1] < [2]",
                                        "empty",
                                        "{if}",
                                        "@base64 \"a\"",
                                        "\"\\(.a)\"",
                                        "\"\\u0000\"",
                                        "1. + 2",
                                        "1e300 * 1e300 * .n",
                                        "-0 * .n",
                                        "if .n then 1 end",
                                        ".. | 1",
                                        "null.a.[0]",
                                        "length(1)",
                                        "not 1",
                                        ".a = 1",
                                        "true | length"};

    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        left_to_jq(TEXTS[i], DATA);
    }
}

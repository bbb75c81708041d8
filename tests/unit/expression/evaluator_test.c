/* evaluator_test.c - entries run by marshrut-jq: values, refusals, limits, and its many deaths */
#include "base/limits.h"
#include "base/must.h"
#include "expression/asking.h"
#include "expression/evaluator.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const VARIABLES[] = {"context", "runtime", NULL};

static struct evaluator *evaluator;
static struct program *program;

static void setup(void)
{
    evaluator = evaluator_create(NULL);
    program = program_create();
}

static void teardown(void)
{
    program_destroy(program);
    evaluator_destroy(evaluator);
}

TestSuite(evaluator, .init = setup, .fini = teardown, .timeout = 300);

static json_t *variable(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "context") == 0 ? json_pack("{s:i}", "n", 5)
                                        : json_pack("{s:i}", "now", 86400);
}

static uint32_t entry(const char *text)
{
    struct error err = ERROR_INIT;
    size_t offset;

    cr_assert(program_add_piece(program, text, (struct piece_place){1, 1, true}, VARIABLES, &offset,
                                &err),
              "%s: %s", text, err.text);
    return program_add_entry(program, NULL);
}

static json_t *run(const char *text, json_t *input, struct error *err)
{
    return evaluator_run(evaluator, program, entry(text), input, variable, NULL, err);
}

static void gives(const char *text, const char *input_text, const char *expected_text)
{
    struct error err = ERROR_INIT;
    json_t *input = json_loads(input_text, JSON_DECODE_ANY, NULL);
    json_t *expected = json_loads(expected_text, JSON_DECODE_ANY, NULL);
    json_t *value = run(text, input, &err);
    char *shown = value != NULL ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;

    cr_assert_not_null(value, "%s: %s", text, err.text);
    cr_assert(json_equal(value, expected), "%s gives %s", text, shown);
    free(shown);
    json_decref(expected);
    json_decref(value);
    json_decref(input);
}

static void fails(const char *text, enum error_code code, const char *sentence)
{
    struct error err = ERROR_INIT;
    json_t *input = json_pack("{s:[i,i,i]}", "a", 1, 2, 3);

    cr_assert_null(run(text, input, &err), "%s", text);
    cr_assert_eq(err.code, code, "%s: %s %s", text, error_name(err.code), err.text);
    cr_assert(sentence == NULL || strcmp(err.text, sentence) == 0, "%s: %s", text, err.text);
    json_decref(input);
}

Test(evaluator, runs_what_is_not_plain)
{
    gives("map(select(. > 1))", "[1,2,3]", "[2,3]");
    gives("[.[] | . * $context.n]", "[1,2]", "[5,10]");
    gives("now | todate", "null", "\"1970-01-02T00:00:00Z\"");
    gives("reduce .[] as $x (0; . + $x)", "[1,2,3]", "6");
    gives(".b.a // .a", "{\"b\":null,\"a\":\"так\"}", "\"так\"");
    gives("{b: 1, a: 2} | with_entries(.value += 1)", "null", "{\"a\":3,\"b\":2}");
    gives("\"2024-02-29T00:00:00Z\" | fromdate", "null", "1709164800");
}

Test(evaluator, keeps_whole_numbers_whole)
{
    gives("map(.)", "[9007199254740992,-9007199254740991,0,1.0,0.1,1e300]",
          "[9007199254740992,-9007199254740991,0,1,0.1,1e300]");
    gives("[infinite, -infinite, nan]", "null",
          "[1.7976931348623157e308,-1.7976931348623157e308,null]");
}

Test(evaluator, gives_jqs_own_words_for_an_error)
{
    fails(".a.b", ERROR_INVALID, "Cannot index array with string \"b\"");
    fails("error(\"так нельзя\")", ERROR_INVALID, "так нельзя");
    fails("error({a: 1})", ERROR_INVALID, "{\"a\":1}");
    fails("[.a[] | error(\"x\")]", ERROR_INVALID, "x");
    fails("1, error(\"late\")", ERROR_INVALID, "late");
}

Test(evaluator, wants_exactly_one_value)
{
    fails("empty", ERROR_INVALID, "the expression gives no value");
    fails(".a[]", ERROR_INVALID, "the expression gives more than one value");
    fails("repeat(1)", ERROR_INVALID, "the expression gives more than one value");
    gives("first(repeat(1))", "null", "1");
}

/* jq 1.6 aborts or never ends on these. */
Test(evaluator, makes_functions_safe)
{
    gives("[65, 1078, 128512] | implode", "null", "\"Aж😀\"");
    fails("[-1] | implode", ERROR_INVALID, "implode wants a list of code points");
    fails("[55296] | implode", ERROR_INVALID, "implode wants a list of code points");
    fails("[\"a\"] | implode", ERROR_INVALID, "implode wants a list of code points");
    gives("[indices(\"\"), index(\"\"), rindex(\"\")]", "\"abc\"", "[[],null,null]");
    gives("[indices(\"b\"), index(\"b\"), rindex(\"b\")]", "\"abcb\"", "[[1,3],1,3]");
    gives("gsub(\"\"; \"-\")", "\"ёж\"", "\"ёж\"");
    gives("[match(\"\"; \"g\")]", "\"ёж\"", "[]");
    gives("gsub(\"x*\"; \"-\")", "\"axxb\"", "\"a-b\"");
}

Test(evaluator, matches_as_jq_does)
{
    gives("[match(\"ж(?<n>.)\"; \"g\") | [.offset, .length, .string, .captures[0].name]]",
          "\"ёжик жук\"", "[[1,2,\"жи\",\"n\"],[5,2,\"жу\",\"n\"]]");
    gives("[test(\"Ж\"; \"i\"), test(\"q\")]", "\"ёж\"", "[true,false]");
    gives("capture(\"(?<y>[0-9]+)-(?<m>[0-9]+)\")", "\"2023-05\"", "{\"m\":\"05\",\"y\":\"2023\"}");
    gives("[scan(\"[0-9]\")]", "\"a1b2\"", "[\"1\",\"2\"]");
    gives("[scan(\"([a-z])([0-9])\")]", "\"a1b2\"", "[[\"a\",\"1\"],[\"b\",\"2\"]]");
    gives("[splits(\", *\")]", "\"a,b, c\"", "[\"a\",\"b\",\"c\"]");
    gives("split(\", *\"; null)", "\"\"", "[\"\"]");
    gives("sub(\"(?<x>[0-9])\"; \"<\\(.x)>\")", "\"a1b2\"", "\"a<1>b2\"");
    gives("gsub(\"(?<x>[0-9])\"; \"<\\(.x)>\")", "\"a1b2\"", "\"a<1>b<2>\"");
    gives("gsub(\"A\"; \"c\"; \"i\")", "\"aAb\"", "\"ccb\"");
}

Test(evaluator, outlives_whatever_an_expression_does)
{
    static const char *const TEXTS[] = {
        "last(range(1e12))",
        "[range(1e12)]",
        "[limit(1e9; repeat(1))] | length",
        "\"x\" * 1e9",
        "reduce range(100) as $i (\"x\"; . + .)",
        "reduce range(1e7) as $i (1; [.])",
        "reduce range(60) as $i (1; [., .])",
        "reduce range(60) as $i (1; [., .]) | tojson | length",
        "[[range(9)] as $x | [range(12) | $x] | combinations] | length",
        "(\"a\" * 40) + \"!\" | test(\"(a|a)*$\")",
        "null | .[1431655765] = 1",
        "null | .[1e9] = 1",
        "(-9223372036854775807 - 1) % -1",
        "1e300 | todate",
        "until(false; .)",
        "[while(true; .)] | length",
    };

    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct error err = ERROR_INIT;
        json_t *input = json_null();
        cr_assert_null(run(TEXTS[i], input, &err), "%s", TEXTS[i]);
        cr_assert(err.code == ERROR_TIMEOUT || err.code == ERROR_TOO_LARGE ||
                      err.code == ERROR_INVALID,
                  "%s: %s", TEXTS[i], err.text);
        cr_assert_str_neq(err.text, "");
        gives("map(.)", "[1]", "[1]");
    }
}

Test(evaluator, calls_a_stall_a_timeout)
{
    fails("last(range(1e12))", ERROR_TIMEOUT, "the expression takes too long");
    gives("map(.)", "[1]", "[1]");
}

Test(evaluator, does_not_wait_for_a_child_that_stands_still)
{
    struct error err = ERROR_INIT;

    gives("map(.)", "[1]", "[1]");
    kill(evaluator->child.pid, SIGSTOP);
    cr_assert_null(run("map(.)", json_null(), &err));
    cr_assert_eq(err.code, ERROR_TIMEOUT);
    gives("map(.)", "[1]", "[1]");
}

Test(evaluator, does_not_show_that_a_child_was_killed)
{
    static const int SIGNALS[] = {SIGKILL, SIGTERM, SIGSEGV};

    for (size_t i = 0; i < 3; i++) {
        gives("map(.)", "[1]", "[1]");
        pid_t before = evaluator->child.pid;
        kill(before, SIGNALS[i]);
        gives("map(.)", "[2]", "[2]");
        cr_assert_neq(evaluator->child.pid, before);
    }
}

Test(evaluator, leaves_no_process_behind)
{
    gives("map(.)", "[1]", "[1]");
    pid_t pid = evaluator->child.pid;

    evaluator_destroy(evaluator);
    evaluator = NULL;
    cr_assert(kill(pid, 0) == -1 && errno == ESRCH);
}

static void has_in_proc(const char *file, const char *wanted)
{
    char path[64];
    char text[8192];

    snprintf(path, sizeof path, "/proc/%d/%s", (int)evaluator->child.pid, file);
    FILE *stream = fopen(path, "r");
    cr_assert_not_null(stream);
    size_t size = fread(text, 1, sizeof text - 1, stream);
    fclose(stream);
    text[size] = '\0';
    cr_assert(wanted != NULL ? strstr(text, wanted) != NULL : size == 0, "%s: %s", file, text);
}

Test(evaluator, gives_the_child_nothing)
{
    gives("map(.)", "[1]", "[1]");
    has_in_proc("environ", NULL);
    has_in_proc("limits", "Max open files            1 ");
    has_in_proc("limits", "Max core file size        0 ");
    has_in_proc("status", "NoNewPrivs:\t1");
}

static json_t *nested(unsigned depth)
{
    json_t *value = json_null();

    for (; depth > 0; depth--) {
        json_t *list = json_array();
        json_array_append_new(list, value);
        value = list;
    }
    return value;
}

static void nests(const char *text, unsigned depth, bool fits)
{
    struct error err = ERROR_INIT;
    json_t *input = nested(depth);
    json_t *value = run(text, input, &err);

    cr_assert_eq(value != NULL, fits, "%s at %u: %s", text, depth, err.text);
    cr_assert(fits || err.code == ERROR_TOO_LARGE, "%s", error_name(err.code));
    json_decref(value);
    json_decref(input);
}

Test(evaluator, bounds_the_depth_of_values)
{
    nests("select(true)", LIMIT_JSON_DEPTH, true);
    nests("select(true)", LIMIT_JSON_DEPTH + 1, false);
    nests("[.]", LIMIT_JSON_DEPTH - 1, true);
    nests("[.]", LIMIT_JSON_DEPTH, false);
    nests("[.] | select(true)", LIMIT_JSON_DEPTH - 1, true);
    nests("[.] | select(true)", LIMIT_JSON_DEPTH, false);
}

static void sized(const char *text, size_t letters, bool fits)
{
    struct error err = ERROR_INIT;
    char *string = xmalloc(letters + 1);

    memset(string, 'x', letters);
    json_t *input = json_stringn(string, letters);
    json_t *value = run(text, input, &err);
    cr_assert_eq(value != NULL, fits, "%s of %zu: %s", text, letters, err.text);
    cr_assert(fits || err.code == ERROR_TOO_LARGE, "%s", error_name(err.code));
    json_decref(value);
    json_decref(input);
    free(string);
}

Test(evaluator, bounds_the_size_of_values)
{
    sized("select(true)", LIMIT_PAYLOAD_BYTES - 2, true);
    sized("select(true)", LIMIT_PAYLOAD_BYTES - 1, false);
    sized("[.]", LIMIT_PAYLOAD_BYTES - 4, true);
    sized("[.]", LIMIT_PAYLOAD_BYTES - 3, false);
    sized(". + \"y\"", LIMIT_PAYLOAD_BYTES - 3, true);
    sized(". + \"y\"", LIMIT_PAYLOAD_BYTES - 2, false);
}

Test(evaluator, tells_the_entries_of_a_large_program_apart)
{
    char text[64];
    uint32_t numbers[200];

    for (unsigned i = 0; i < 200; i++) {
        snprintf(text, sizeof text, i % 3 == 0 ? ".x[%u]" : "[%u] | map(. + 0)[0]", i);
        numbers[i] = entry(text);
    }
    for (unsigned i = 0; i < 200; i++) {
        struct error err = ERROR_INIT;
        json_t *input = i % 3 == 0 ? json_integer(1) : json_null();
        json_t *value = evaluator_run(evaluator, program, numbers[i], input, variable, NULL, &err);
        if (i % 3 == 0) { /* an error of a plain one: jq says it */
            cr_assert_str_eq(err.text, "Cannot index number with string \"x\"");
        } else {
            cr_assert_eq(json_integer_value(value), i, "%u: %s", i, err.text);
        }
        json_decref(value);
        json_decref(input);
    }
}

Test(evaluator, serves_more_programs_than_the_child_keeps)
{
    char text[64];

    for (unsigned i = 0; i < 2 * FRAME_SLOTS + 3; i++) {
        struct error err = ERROR_INIT;
        program_destroy(program);
        program = program_create();
        snprintf(text, sizeof text, "[%u] | add", i);
        json_t *value = run(text, json_null(), &err);
        cr_assert_eq(json_integer_value(value), i, "%s", err.text);
        json_decref(value);
    }
}

Test(evaluator, says_that_there_is_no_jq)
{
    evaluator_destroy(evaluator);
    evaluator = evaluator_create("/nowhere/marshrut-jq");
    fails("map(.)", ERROR_IO, NULL); /* the sentence is the system's */
    gives(".a", "{\"a\":1}", "1");
}

Test(evaluator, is_not_fooled_by_another_program)
{
    evaluator_destroy(evaluator);
    evaluator = evaluator_create("/bin/true");
    fails("map(.)", ERROR_IO, "marshrut-jq did not start");
}

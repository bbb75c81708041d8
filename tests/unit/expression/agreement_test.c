/* agreement_test.c - random plain expressions on random values: the same answer as jq's
 *
 * What is answered in place must be what jq would have answered, for every text and value there is;
 * so texts and values are made at random, and both are asked.
 */
#include "base/must.h"
#include "expression/entries.h"
#include "expression/evaluator.h"
#include "expression/guard.h"
#include "tests/unit/wire/random.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPRESSIONS 320
#define INPUTS      6
#define SEEDS       4

static const char *const VARIABLES[] = {"context", "item", NULL};

static uint64_t state;
static json_t *values[2]; /* of the variables */

static uint64_t below(uint64_t n)
{
    return random_bits(&state) % n;
}

static const char *one_of(const char *const *list, size_t count)
{
    return list[below(count)];
}

#define ONE_OF(...)                                                                                \
    one_of((const char *const[]){__VA_ARGS__},                                                     \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static json_t *random_value(unsigned depth)
{
    json_t *value;

    switch (below(depth > 0 ? 12 : 8)) {
    case 0:
        return json_null();
    case 1:
        return json_boolean(below(2) == 0);
    case 2:
    case 3:
        return json_integer((json_int_t)below(7) - 2);
    case 4:
        return below(2) ? json_real((double)below(9) / 4 - 1)
                        : json_integer((json_int_t)1 << below(60));
    case 5:
    case 6:
    case 7:
        return json_string(ONE_OF("", "a", "b", "aa", "Тема", "\"q\\u0041\n", "😀", "c", "10"));
    case 8:
    case 9:
        value = json_array();
        for (uint64_t i = below(4); i > 0; i--) {
            json_array_append_new(value, random_value(depth - 1));
        }
        return value;
    default:
        value = json_object();
        for (uint64_t i = below(5); i > 0; i--) {
            json_object_set_new(value, ONE_OF("a", "b", "c", "c d", "Тема"),
                                random_value(depth - 1));
        }
        return value;
    }
}

static void put(struct buffer *out, const char *text)
{
    buffer_text(out, text);
    buffer_text(out, ONE_OF("", "", "", " ", "\n", " # aside \" ) \\(\n"));
}

static void random_expression(unsigned depth, struct buffer *out);

static void random_string(unsigned depth, struct buffer *out)
{
    buffer_text(out, ONE_OF("\"", "\"x", "\"\\\"\\u0416\\\\", "\"№ "));
    for (uint64_t i = below(3); depth > 0 && i > 0; i--) {
        buffer_text(out, "\\(");
        random_expression(depth - 1, out);
        buffer_text(out, ONE_OF(")", ")é", ")\\n"));
    }
    put(out, "\"");
}

static void random_term(unsigned depth, struct buffer *out);

static void random_map(unsigned depth, struct buffer *out)
{
    put(out, "{");
    for (uint64_t i = below(4), first = 1; i > 0; i--, first = 0) {
        put(out, first ? "" : ",");
        switch (below(5)) {
        case 0:
            put(out, ONE_OF("a", "b", "$context", "$item", "\"c d\"", "\"\\(.a)\""));
            continue;
        case 1:
            put(out, "(");
            random_expression(depth - 1, out);
            put(out, ")");
            break;
        default:
            put(out, ONE_OF("a", "b", "if", "and", "null", "\"c d\"", "\"x\\(.b)\""));
            break;
        }
        put(out, ":");
        put(out, ONE_OF("", "", "", "-"));
        random_term(depth - 1, out);
        put(out, ONE_OF("", "", "", "|not", "|length", "|.a"));
    }
    put(out, "}");
}

static void random_list(unsigned depth, struct buffer *out)
{
    put(out, "[");
    for (uint64_t i = below(4), first = 1; i > 0; i--, first = 0) {
        put(out, first ? "" : ",");
        random_expression(depth - 1, out);
    }
    put(out, "]");
}

static void random_term(unsigned depth, struct buffer *out)
{
    switch (below(depth > 0 ? 14 : 7)) {
    case 0:
        put(out, ONE_OF("0", "1", "2", "1.5", "1e3", "0.1", "3", "12345678901234567"));
        break;
    case 1:
        put(out, ONE_OF("null", "true", "false", "\"\"", "\"a\"", "\"Тема\""));
        break;
    case 2:
        put(out, ONE_OF("$context", "$item"));
        break;
    case 7:
        put(out, "(");
        random_expression(depth - 1, out);
        put(out, ")");
        break;
    case 8:
        random_list(depth, out);
        break;
    case 9:
        random_map(depth, out);
        break;
    case 10:
        random_string(depth, out);
        break;
    default:
        put(out, ".");
        break;
    }
    for (uint64_t i = below(4); i > 1; i--) {
        if (below(4) > 0 || depth == 0) {
            put(out, ONE_OF(".a", ".b", ".c", ".\"c d\"", "[0]", "[-1]", "[\"a\"]", "[1.5]", ".a"));
        } else {
            put(out, "[");
            random_expression(depth - 1, out);
            put(out, "]");
        }
    }
}

static void random_expression(unsigned depth, struct buffer *out)
{
    if (depth > 0 && below(8) == 0) {
        put(out, "if ");
        random_expression(depth - 1, out);
        put(out, " then ");
        random_expression(depth - 1, out);
        put(out, " else ");
        random_expression(depth - 1, out);
        put(out, " end ");
    } else {
        put(out, ONE_OF("", "", "", "", "", "-"));
        random_term(depth, out);
    }
    for (uint64_t i = below(5); depth > 0 && i > 0; i--) {
        switch (below(8)) {
        case 0:
            put(out, ONE_OF("|not", "|length", "|type", " | . "));
            break;
        default:
            put(out,
                ONE_OF(" + ", " + ", " - ", " * ", " / ", " == ", " != ", " < ", " >= ", " > ",
                       " <= ", " and ", " or ", " and ", " or ", " // ", " // ", " // ", " | "));
            random_term(depth - 1, out);
            break;
        }
    }
}

static json_t *variable(void *context, const char *name)
{
    (void)context;
    return json_incref(values[strcmp(name, "context") == 0 ? 0 : 1]);
}

/* Numbers by value: what was 1.0 in the input comes back from jq as 1. */
static bool same(const json_t *a, const json_t *b)
{
    bool equal;

    if (json_is_number(a) && json_is_number(b)) {
        return !(json_number_value(a) < json_number_value(b)) &&
               !(json_number_value(a) > json_number_value(b));
    }
    if (json_is_array(a) && json_is_array(b)) {
        equal = json_array_size(a) == json_array_size(b);
        for (size_t i = 0; equal && i < json_array_size(a); i++) {
            equal = same(json_array_get(a, i), json_array_get(b, i));
        }
        return equal;
    }
    if (json_is_object(a) && json_is_object(b)) {
        equal = json_object_size(a) == json_object_size(b);
        void *at = json_object_iter((json_t *)a);
        for (; equal && at != NULL; at = json_object_iter_next((json_t *)a, at)) {
            json_t *other = json_object_get(b, json_object_iter_key(at));
            equal = other != NULL && same(json_object_iter_value(at), other);
        }
        return equal;
    }
    return json_equal(a, b);
}

static uint32_t add(struct program *program, const char *text)
{
    struct error err = ERROR_INIT;
    size_t offset;

    cr_assert(program_add_piece(program, text, (struct piece_place){1, 1, true}, VARIABLES, &offset,
                                &err),
              "%s: %s", text, err.text);
    return program_add_entry(program, NULL);
}

static bool is_plain(const char *text)
{
    struct program *program = program_create();
    bool plain = program_entry(program, add(program, text))->plain.root != NULL;

    program_destroy(program);
    return plain;
}

/* The text between brackets; *ret_twin is the same for jq alone. NULL when it is not plain. */
static char *random_plain(char **ret_twin)
{
    struct buffer text = BUFFER_INIT;
    char *plain = NULL;

    buffer_text(&text, "(\n");
    random_expression(3, &text);
    buffer_text(&text, "\n)");
    char *whole = bytes_strdup(buffer_bytes(&text));
    if (is_plain(whole)) {
        plain = whole;
        buffer_text(&text, " | select(true), empty");
        *ret_twin = bytes_strdup(buffer_bytes(&text));
    } else {
        free(whole);
    }
    buffer_fini(&text);
    return plain;
}

static void show(void *context, struct piece_place place, const char *text, size_t offset,
                 const char *message)
{
    (void)context;
    (void)place;
    (void)offset;
    fprintf(stderr, "%s: %s\n", text, message);
}

static unsigned compare(struct evaluator *evaluator, const struct program *program, uint32_t plain,
                        uint32_t by_jq)
{
    unsigned compared = 0;

    for (unsigned i = 0; i < INPUTS; i++) {
        struct error err = ERROR_INIT;
        json_t *input = random_value(3);
        values[0] = random_value(3);
        values[1] = random_value(1);
        json_t *quick = program_run_plain(program, plain, input, variable, NULL);
        if (quick != NULL) {
            json_t *slow = evaluator_run(evaluator, program, by_jq, input, variable, NULL, &err);
            char *shown = json_dumps(input, JSON_ENCODE_ANY);
            char *value = json_dumps(quick, JSON_ENCODE_ANY);
            cr_assert(slow != NULL && same(quick, slow), "%s\non %s gives %s, but jq: %s %s",
                      program_text(program, plain), shown, value,
                      slow != NULL ? json_dumps(slow, JSON_ENCODE_ANY) : "", err.text);
            free(value);
            free(shown);
            json_decref(slow);
            compared++;
        }
        json_decref(quick);
        json_decref(values[0]);
        json_decref(values[1]);
        json_decref(input);
    }
    return compared;
}

static void agree(uint64_t seed)
{
    struct evaluator *evaluator = evaluator_create(NULL);
    struct program *program = program_create();
    struct error err = ERROR_INIT;
    uint32_t plain[EXPRESSIONS];
    uint32_t by_jq[EXPRESSIONS];
    unsigned compared = 0;

    state = seed * 0x9E3779B97F4A7C15u + 1;
    for (unsigned i = 0; i < EXPRESSIONS;) {
        char *twin;
        char *text = random_plain(&twin);
        if (text != NULL) {
            plain[i] = add(program, text);
            by_jq[i] = add(program, twin);
            free(twin);
            free(text);
            i++;
        }
    }
    cr_assert(evaluator_check(evaluator, program, show, NULL, &err), "seed %u: %s", (unsigned)seed,
              err.text);
    for (unsigned i = 0; i < EXPRESSIONS; i++) {
        compared += compare(evaluator, program, plain[i], by_jq[i]);
    }
    cr_assert(compared > EXPRESSIONS, "seed %u: only %u were answered in place", (unsigned)seed,
              compared);
    program_destroy(program);
    evaluator_destroy(evaluator);
}

Test(agreement, plain_answers_are_jqs_answers, .timeout = 300)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        agree(seed);
    }
}

/* Words and signs in any order: most of it is nonsense, some of it is meant badly. */
static void random_soup(struct buffer *out)
{
    for (uint64_t i = 1 + below(8); i > 0; i--) {
        put(out,
            ONE_OF("(", ")", "[", "]", "{", "}", ".", ".a", "|", ",", ";", ":", "1", "+ ", "\"",
                   "\"", "\\(", "\\", "#", "\n", "def f: ", "f", "if ", " then ", " else ", " end",
                   " as $x", "$x", "reduce ", "..", "?", "//", "=", "map(.)", "empty", "error",
                   "label $x|", "break $x", "try ", " catch ", "@json", "%", "\"a\\(", ")\""));
    }
}

/* As if somebody knew what stands around. */
static void random_breakout(struct buffer *out)
{
    put(out, ONE_OF("1", ".a", "[]", ""));
    put(out, ONE_OF(")", ")]", ")],", ")] | [", "#)]", ")\n)", "\")]", "]"));
    put(out, ONE_OF(",", "|", "+", "", "else"));
    put(out, ONE_OF("(", "[(", "[(\"", "[", "((", "["));
    put(out, ONE_OF("2", ".b", ""));
}

static char *random_guarded(void)
{
    for (;;) {
        struct buffer text = BUFFER_INIT;
        size_t offset;
        (below(2) == 0 ? random_soup : random_breakout)(&text);
        char *soup = bytes_strdup(buffer_bytes(&text));
        buffer_fini(&text);
        if (guard_check(soup, VARIABLES, &offset, NULL) && !is_plain(soup)) {
            return soup;
        }
        free(soup);
    }
}

/* The text as a part of `[[( … )], 42]`: whatever it gives, that is a list of two. */
static bool stays_inside(struct evaluator *evaluator, const char *text)
{
    struct program *program = program_create();
    struct buffer whole = BUFFER_INIT;
    size_t offset;
    json_t *null = json_null();

    cr_assert(program_add_piece(program, text, (struct piece_place){1, 1, true}, VARIABLES, &offset,
                                NULL));
    buffer_text(&whole, "[[( ");
    buffer_text(&whole, text);
    buffer_text(&whole, " )], 42]");
    buffer_append(&whole, "", 1);
    uint32_t number = program_add_entry(program, (const char *)whole.data);
    json_t *value = evaluator_run(evaluator, program, number, null, variable, NULL, NULL);
    bool given = value != NULL;
    cr_assert(!given || (json_array_size(value) == 2 &&
                         json_integer_value(json_array_get(value, 1)) == 42),
              "%s", text);
    json_decref(value);
    buffer_fini(&whole);
    program_destroy(program);
    return given;
}

Test(agreement, what_passes_the_guard_stays_inside_its_brackets, .timeout = 300)
{
    struct evaluator *evaluator = evaluator_create(NULL);
    unsigned given = 0;

    state = 77;
    values[0] = json_integer(1);
    values[1] = json_integer(2);
    for (unsigned i = 0; i < 150; i++) {
        char *text = random_guarded();
        given += stays_inside(evaluator, text) ? 1 : 0;
        free(text);
    }
    cr_assert(given > 5, "%u", given);
    json_decref(values[0]);
    json_decref(values[1]);
    evaluator_destroy(evaluator);
}

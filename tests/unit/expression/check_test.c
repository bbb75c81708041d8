/* check_test.c - what jq has against a program, under the author's word */
#include "base/must.h"
#include "expression/evaluator.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const VARIABLES[] = {"context", NULL};

static struct evaluator *evaluator;
static struct program *program;
static char said[4096];

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

TestSuite(check, .init = setup, .fini = teardown, .timeout = 300);

static void piece(const char *text, int line)
{
    struct error err = ERROR_INIT;
    size_t offset;

    cr_assert(program_add_piece(program, text, (struct piece_place){line, 5, true}, VARIABLES,
                                &offset, &err),
              "%s: %s", text, err.text);
}

static void entry(const char *text, int line)
{
    piece(text, line);
    program_add_entry(program, NULL);
}

/* "line: word: message;" of each report */
static void note(void *context, struct piece_place place, const char *text, size_t offset,
                 const char *message)
{
    size_t used = strlen(said);

    (void)context;
    cr_assert(offset <= strlen(text));
    snprintf(said + used, sizeof said - used, "%d: %.6s: %s;", place.line, text + offset, message);
}

static void says(const char *expected)
{
    struct error err = ERROR_INIT;

    said[0] = '\0';
    cr_assert_eq(evaluator_check(evaluator, program, note, NULL, &err), expected[0] == '\0');
    cr_assert_eq(err.code, ERROR_NONE, "%s", err.text);
    cr_assert_str_eq(said, expected);
}

Test(check, is_content_with_what_compiles)
{
    entry("map(. + $context.n)", 1);
    entry(".a", 2);
    entry("def f($x): $x + 1; [f(.a), (.b | @base64)]", 3);
    says("");
}

Test(check, shows_the_word)
{
    entry(".a\n  | mapp(.b) # not map\n  | length", 1);
    says("1: mapp(.: mapp/1 is not defined;");
}

Test(check, shows_the_word_in_a_text)
{
    entry("\"строка \\(1 + foo) x и\nещё\" | test(\"x\")", 1);
    says("1: foo) x: foo/0 is not defined;");
}

Test(check, shows_where_the_grammar_ends)
{
    entry(".a .b c", 1);
    entry("if .a then", 2);
    entry("{a: 1 + 2}", 3);
    entry("1 +", 4);
    says("1: c: syntax error, unexpected IDENT;"
         "2: : syntax error, unexpected end;"
         "3: + 2}: syntax error, unexpected '+', expecting '}';"
         "4: : syntax error, unexpected end;");
}

Test(check, shows_a_variable_out_of_its_scope)
{
    entry("(1 as $x | $x) + $x | map(.)", 1);
    says("1: $x | m: $x is not defined;");
}

Test(check, finds_the_piece_of_a_template)
{
    piece(".a | map(.)", 1);
    piece(".b | bad", 2);
    piece(".c", 3);
    program_add_entry(program, "{\"a\":( .a | map(.) ),\"b\":[( .b | bad ),( .c )]}");
    says("2: bad: bad/0 is not defined;");
}

Test(check, finds_all_that_is_wrong_among_many)
{
    char text[64];

    for (int i = 1; i <= 150; i++) {
        snprintf(text, sizeof text, i % 70 == 7 ? "wrong%d" : "map(.a%d)", i);
        entry(text, i);
    }
    says("7: wrong7: wrong7/0 is not defined;77: wrong7: wrong77/0 is not defined;"
         "147: wrong1: wrong147/0 is not defined;");
}

Test(check, asks_nobody_about_plain_ones)
{
    evaluator_destroy(evaluator);
    evaluator = evaluator_create("/nowhere/marshrut-jq");
    entry(".a + 1", 1);
    entry("{a: .b}", 2);
    says("");
}

Test(check, says_when_it_cannot_tell)
{
    struct error err = ERROR_INIT;

    evaluator_destroy(evaluator);
    evaluator = evaluator_create("/nowhere/marshrut-jq");
    entry("map(.)", 1);
    cr_assert_not(evaluator_check(evaluator, program, note, NULL, &err));
    cr_assert_eq(err.code, ERROR_IO);
}

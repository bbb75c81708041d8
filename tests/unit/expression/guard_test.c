/* guard_test.c - which jq may stand in a document, and where it is refused */
#include "base/limits.h"
#include "base/must.h"
#include "expression/guard.h"
#include "expression/tokens.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const VARIABLES[] = {"context", "input", "item", NULL};
static const char *const WITH_CLOCK[] = {"context", "runtime", NULL};

static void passes(const char *text)
{
    struct error err = ERROR_INIT;
    size_t offset = 99;

    cr_assert(guard_check(text, VARIABLES, &offset, &err), "%s: %zu: %s", text, offset, err.text);
    cr_assert_eq(offset, 99, "outputs are untouched");
}

/* The place is where `word` begins in the text. */
static void refused(enum error_code code, const char *text, const char *word)
{
    struct error err = ERROR_INIT;
    size_t offset = 0;

    cr_assert_not(guard_check(text, VARIABLES, &offset, &err), "%s", text);
    cr_assert_eq(err.code, code, "%s: %s %s", text, error_name(err.code), err.text);
    cr_assert(strncmp(text + offset, word, strlen(word)) == 0, "%s: %zu: %s", text, offset,
              err.text);
}

static void tokens_are(const char *text, const char *expected)
{
    struct token_row row;
    struct error err = ERROR_INIT;
    size_t offset = 0;
    char buf[512] = "";

    cr_assert(token_row_read(text, &row, &offset, &err), "%s", err.text);
    for (size_t i = 0; i + 1 < row.count; i++) {
        size_t used = strlen(buf);
        snprintf(buf + used, sizeof buf - used, "%s%.*s", i > 0 ? " " : "", (int)row.items[i].size,
                 text + row.items[i].offset);
    }
    cr_assert_str_eq(buf, expected);
    token_row_fini(&row);
}

Test(guard, splits_as_jq_does)
{
    tokens_are(".a.b|.[0]", ".a .b | . [ 0 ]");
    tokens_are("..|.5,1.5e3,...", ".. | .5 , 1.5e3 , ...");
    tokens_are("a//=b//c?//d", "a //= b // c ?// d");
    tokens_are(".e1 # rest $x \"\n| 1else", ".e1 | 1 else");
    tokens_are("@base64 \"x\" $a==-1", "@base64 \"x\" $a == - 1");
}

Test(guard, reads_what_texts_interpolate)
{
    tokens_are("\"a\\(.b + \"c\\(1)\")d\"",
               "\"a\\(.b + \"c\\(1)\")d\" \\( .b + \"c\\(1)\" \\( 1 ) )");
    tokens_are("\"\\\\(x)\"", "\"\\\\(x)\"");
    tokens_are("\"a)\" )", "\"a)\" )");
}

Test(guard, lets_jq_pass)
{
    passes(".");
    passes(" .a.b[0] // \"x\" | map(select(.n > 1)) ");
    passes("reduce .[] as [$a, {b: $b}] (0; . + $a + $b)");
    passes(". as {(.k): $v} ?// [$v] | $v");
    passes("foreach .[] as $x (0; . + $x; [$x, .])");
    passes("def f($a; g): $a + g; f(1; .x)");
    passes("label $out | .[] | if . > 1 then ., break $out else . end");
    passes("\"\\(.a as $x | $x) и \\($context.b)\"");
    passes(".a # only open ones\n| .b");
    passes("try error(\"no\") catch .");
}

Test(guard, takes_refused_words_for_fields_and_keys)
{
    passes(".env.input | .[\"halt\"]");
    passes("{env: 1, input, halt: {debug}, \"env\": 2, as: 3, def: 4, _own: 5}");
    passes(". as {input: $x} | $x");
    refused(ERROR_UNSUPPORTED, "{a: env}", "env");
    refused(ERROR_UNSUPPORTED, "{(env): 1}", "env");
    refused(ERROR_UNSUPPORTED, "{a: 1, \"\\(env)\": 2}", "env");
    refused(ERROR_UNSUPPORTED, "[{}, env]", "env");
}

Test(guard, refuses_the_outside)
{
    static const char *const WORDS[] = {"env",
                                        "input",
                                        "inputs",
                                        "debug",
                                        "stderr",
                                        "input_filename",
                                        "input_line_number",
                                        "halt",
                                        "halt_error(1)",
                                        "modulemeta",
                                        "get_search_list",
                                        "localtime",
                                        "strflocaltime(\"%H\")",
                                        "import \"a\" as a;",
                                        "include \"a\";",
                                        "$ENV",
                                        "$__loc__",
                                        "$__prog_args",
                                        "_input",
                                        "now"};

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        char text[128];
        refused(ERROR_UNSUPPORTED, WORDS[i], WORDS[i]);
        snprintf(text, sizeof text, ".a | [\"x\\({b: (%s)})\"]", WORDS[i]);
        refused(ERROR_UNSUPPORTED, text, WORDS[i]);
    }
    refused(ERROR_UNSUPPORTED, "1 as $ENV | $ENV", "$ENV");
    refused(ERROR_UNSUPPORTED, "a::b", ":b");
    refused(ERROR_SYNTAX, "$ ENV", "$ ENV");
    refused(ERROR_SYNTAX, "$ # c\nENV", "$ #");
}

Test(guard, lets_the_given_clock_be_read)
{
    size_t offset;

    cr_assert(guard_check("now | todate", WITH_CLOCK, &offset, NULL));
}

Test(guard, keeps_a_text_inside_its_brackets)
{
    refused(ERROR_SYNTAX, ") | 1 + (", ")");
    refused(ERROR_SYNTAX, "1 ] [", "]");
    refused(ERROR_SYNTAX, "(1 ]", "]");
    refused(ERROR_SYNTAX, "{a: 1", "");
    refused(ERROR_SYNTAX, "\"\\(1 ] )\"", "]");
    refused(ERROR_SYNTAX, "\"\\(1", "\"");
    refused(ERROR_SYNTAX, "\"never closed", "\"");
    refused(ERROR_SYNTAX, "\"a\\", "\"");
    refused(ERROR_SYNTAX, "\"\\( 1 # )\" ", "\"");
    refused(ERROR_SYNTAX, ".a # swallows", "#");
    refused(ERROR_SYNTAX, "#", "#");
    refused(ERROR_SYNTAX, ".a # one\r | .b", "\r");
    refused(ERROR_SYNTAX, "", "");
    refused(ERROR_SYNTAX, " \n ", "");
}

Test(guard, refuses_letters_that_jq_does_not_know)
{
    refused(ERROR_SYNTAX, ".a & .b", "&");
    refused(ERROR_SYNTAX, ".имя", "и");
    refused(ERROR_SYNTAX, "'a'", "'");
    refused(ERROR_SYNTAX, ".a\001", "\001");
    refused(ERROR_SYNTAX, "@", "@");
}

Test(guard, refuses_recursion)
{
    refused(ERROR_UNSUPPORTED, "def f: f; f", "f; f");
    refused(ERROR_UNSUPPORTED, "def f: def g: f; g; f", "f; g");
    refused(ERROR_UNSUPPORTED, "def f(x): [.[] | f(x)]; f(1)", "f(x)]");
    passes("def f: 1; def g: f; [f, g]");
    passes("def f: .f; f");
}

Test(guard, knows_who_gives_a_variable)
{
    struct error err = ERROR_INIT;
    size_t offset = 0;

    refused(ERROR_INVALID, ".a + $other", "$other");
    refused(ERROR_INVALID, "\"\\($x)\"", "$x");
    refused(ERROR_INVALID, ". as {($y): $x} | $x", "$y");
    refused(ERROR_INVALID, "break $out", "$out");
    cr_assert_not(guard_check(". + $contxt", VARIABLES, &offset, &err));
    cr_assert_str_eq(err.text, "there is no $contxt here: did you mean $context?");
    cr_assert_not(guard_check("$other", VARIABLES, &offset, &err));
    cr_assert_str_eq(err.text, "there is no $other here, but $context, $input, $item");
    cr_assert_not(guard_check("$other", VARIABLES + 3, &offset, &err));
    cr_assert_str_eq(err.text, "there is no $other here");
}

static char *repeat(const char *open, const char *middle, const char *close, unsigned times)
{
    char *text = xcalloc(1, (strlen(open) + strlen(close)) * times + strlen(middle) + 1);
    size_t at = 0;

    for (unsigned i = 0; i < times; i++, at += strlen(open)) {
        memcpy(text + at, open, strlen(open));
    }
    memcpy(text + at, middle, strlen(middle));
    at += strlen(middle);
    for (unsigned i = 0; i < times; i++, at += strlen(close)) {
        memcpy(text + at, close, strlen(close));
    }
    return text;
}

static void deepest(const char *open, const char *close)
{
    char *text = repeat(open, "1", close, EXPRESSION_DEPTH_MAX);
    passes(text);
    free(text);
    text = repeat(open, "1", close, EXPRESSION_DEPTH_MAX + 1);
    refused(ERROR_TOO_LARGE, text, "");
    free(text);
}

Test(guard, bounds_how_deep_and_how_long_a_text_is)
{
    deepest("[", "]");
    deepest("(", ")");
    deepest("\"\\(", ")\"");
    deepest("def f: ", "; 1");
    char *text = repeat(" ", ".", "", EXPRESSION_BYTES_MAX - 1);
    passes(text);
    free(text);
    text = repeat(" ", ".", "", EXPRESSION_BYTES_MAX);
    refused(ERROR_TOO_LARGE, text, " ");
    free(text);
}

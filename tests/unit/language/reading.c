/* reading.c - for tests of the language: a text that must be read, a text that must be refused */
#include "reading.h"

#include <criterion/criterion.h>
#include <string.h>

struct definition *parsed(const char *text)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;

    cr_assert(document_parse("t.yaml", bytes_of(text), NULL, &d, &err), "%d:%d: %s", err.line,
              err.column, err.text);
    return d;
}

void refused_with(const struct catalog *catalog, const char *text, enum error_code code, int line,
                  int column, const char *words)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;

    cr_assert_not(document_parse("t.yaml", bytes_of(text), catalog, &d, &err), "%s", text);
    cr_assert_eq(err.code, code, "%s: %d:%d: %s\n%s", error_name(err.code), err.line, err.column,
                 err.text, text);
    cr_assert(err.line == line && err.column == column, "%d:%d: %s\n%s", err.line, err.column,
              err.text, text);
    cr_assert_not_null(strstr(err.text, words), "%s", err.text);
    cr_assert_str_eq(err.file, "t.yaml");
    cr_assert_null(d);
}

void refused(const char *text, enum error_code code, int line, int column, const char *words)
{
    refused_with(NULL, text, code, line, column, words);
}

void warned(const struct catalog *catalog, const char *text, int line, int column,
            const char *words)
{
    struct document_options options = {.catalog = catalog};
    struct problems problems = {0};

    cr_assert(document_check("t.yaml", bytes_of(text), &options, &problems, NULL), "%s",
              problems.items ? problems.items[0].error.text : "");
    cr_assert_eq(problems.count, 1, "%u: %s", problems.count, text);
    const struct error *err = &problems.items[0].error;
    cr_assert_eq(problems.items[0].severity, SEVERITY_WARNING);
    cr_assert(err->line == line && err->column == column, "%d:%d: %s", err->line, err->column,
              err->text);
    cr_assert_not_null(strstr(err->text, words), "%s", err->text);
    problems_fini(&problems);
}

const char *expression(const struct definition *d, uint32_t number)
{
    return number == EXPRESSION_NONE ? "" : program_text(d->workflow.program, number);
}

json_t *evaluated(const struct definition *d, uint32_t number, const char *input)
{
    json_t *json = json_loads(input, JSON_DECODE_ANY, NULL);

    cr_assert_not_null(json, "%s", input);
    json_t *value = program_run_plain(d->workflow.program, number, json, NULL, NULL);
    cr_assert_not_null(value, "%s", expression(d, number));
    json_decref(json);
    return value;
}

void gives(const struct definition *d, uint32_t number, const char *input, const char *json)
{
    json_t *expected = json_loads(json, JSON_DECODE_ANY, NULL);
    json_t *value = evaluated(d, number, input);
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

    cr_assert(json_equal(value, expected), "%s", text);
    free(text);
    json_decref(value);
    json_decref(expected);
}

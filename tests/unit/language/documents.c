/* documents.c - the office of these tests, and what is said of their texts */
#include "tests/unit/language/documents.h"

#include <criterion/criterion.h>
#include <string.h>

struct catalog *catalog;

static void add(const char *text)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;

    cr_assert(document_parse("add.yaml", bytes_of(text), catalog, &d, &err), "%d:%d: %s", err.line,
              err.column, err.text);
    catalog_add(catalog, &d, catalog_next_number(catalog), 1);
}

void open_office(void)
{
    catalog = catalog_create();
    add(BODIES "  - {id: boss, name: Начальник, email: boss@lo.invalid}\n"
               "  - {id: a, name: Отдел, short: О, parent: boss, timezone: Asia/Omsk}\n");
    add(POLICY "  - remind: on the day\n");
    add("document: {dsl: '1.0.3', namespace: m, name: roadmap-item, version: '1.0.0'}\n"
        "do: [{s: {set: {a: 1}}}]\n");
}

void close_office(void)
{
    catalog_destroy(catalog);
}

struct definition *parsed_with(const struct catalog *with, const char *text)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;

    cr_assert(document_parse("t.yaml", bytes_of(text), with, &d, &err), "%d:%d: %s", err.line,
              err.column, err.text);
    cr_assert_str_eq(d->source, text);
    return d;
}

static bool said(const struct problems *problems, enum error_code code, int line, int column,
                 const char *words)
{
    for (uint32_t i = 0; i < problems->count; i++) {
        const struct error *err = &problems->items[i].error;
        if (err->code == code && err->line == line && err->column == column &&
            strstr(err->text, words) != NULL && strcmp(err->file, "t.yaml") == 0) {
            return true;
        }
    }
    return false;
}

void refused_with(const struct catalog *with, const char *text, enum error_code code, int line,
                  int column, const char *words)
{
    struct document_options options = {.catalog = with};
    struct problems problems = {0};
    struct definition *d = NULL;

    cr_assert_not(document_check("t.yaml", bytes_of(text), &options, &problems, &d), "%s", text);
    cr_assert(said(&problems, code, line, column, words), "%u problems; %d:%d: %s", problems.count,
              problems.items[0].error.line, problems.items[0].error.column,
              problems.items[0].error.text);
    cr_assert_null(d, "the output is untouched");
    problems_fini(&problems);
}

void refused(const char *text, enum error_code code, int line, int column, const char *words)
{
    refused_with(catalog, text, code, line, column, words);
}

civil_day on(const char *text)
{
    civil_day day = 0;

    cr_assert(civil_parse(bytes_of(text), &day));
    return day;
}

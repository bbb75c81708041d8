/* form_test.c - the form of a report: what it may ask for */
#include "base/limits.h"
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define ASSIGN                                                                                     \
    HEAD "  - a:\n      call: assignment\n      with:\n        title: t\n        responsible: "    \
         "[a]\n        due: {days: 3}\n"
#define FORM ASSIGN "        form: "

static void is_read(const char *text)
{
    definition_destroy(parsed(text));
}

/* A second field between braces of its own, refused where `at` begins. */
static void field_refused(const char *field, const char *at, const char *words)
{
    char text[1024];
    char line[512];

    snprintf(line, sizeof line, "        form: [{name: a, title: A}, {%s}]\n", field);
    snprintf(text, sizeof text, "%s%s", ASSIGN, line);
    const char *place = strstr(strstr(line, "}, {") + 3, at);
    cr_assert_not_null(place);
    refused(text, ERROR_INVALID, 9, (int)(place - line) + 1, words);
}

Test(form, every_kind_of_field_is_read)
{
    is_read(FORM "[{name: a, title: A}, {name: b, title: B, kind: number, min: 0, max: 100.5},\n"
                 "          {name: c, title: C, kind: date, required: true, hint: h},\n"
                 "          {name: d, title: D, kind: flag}, {name: e, title: E, kind: choice, "
                 "options: [x, {value: y, title: Y}], unless: a},\n"
                 "          {name: f, title: F, kind: table, columns: [{name: a, title: A}, {name: "
                 "b, title: B, kind: choice, options: [x], title_as: c}]}]\n");
    is_read(FORM "${ .form }\n");
    is_read(FORM "[{name: a, title: '${ .title }', kind: number, max: '${ .max }'}]\n");
}

Test(form, what_is_no_form_is_refused_with_its_place)
{
    refused(FORM "table\n", ERROR_INVALID, 9, 15, "must be a list");
    refused(FORM "[]\n", ERROR_INVALID, 9, 15, "from 1 to 32");
    refused(FORM "[a]\n", ERROR_INVALID, 9, 16, "a field of a form");
    field_refused("title: B", "{title", "\"name\" is missing");
    field_refused("name: b", "{name", "\"title\" is missing");
    field_refused("name: b, title: B, kind: tabel", "tabel", "did you mean \"table\"");
    field_refused("name: b, title: B, options: [x]", "options", "a field of a form");
    field_refused("name: b, title: B, kind: choice", "{name", "\"options\" is missing");
    field_refused("name: b, title: B, kind: choice, options: [{value: x}]", "{value",
                  "\"title\" is missing");
    field_refused("name: b, title: B, kind: number, min: low", "low", "must be a number");
    field_refused("name: b, title: B, kind: table", "{name", "\"columns\" is missing");
    field_refused("name: b, title: B, kind: table, columns: [{name: x, title: X, kind: table}]",
                  "table}", "kind of field");
    field_refused("name: b, title: B, kind: table, columns: [{name: x, title: X, unless: a}]",
                  "unless", "a column of a form");
}

Test(form, names_of_fields_are_their_own)
{
    field_refused("name: a, title: B", "a, title", "two fields \"a\"");
    field_refused("name: documents, title: B", "documents", "of its own");
    field_refused("name: b, title: B, unless: b", "b}", "no other field \"b\"");
    field_refused("name: b, title: B, unless: c", "c}", "no other field \"c\"");
    is_read(FORM
            "[{name: a, title: A, unless: b}, {name: b, title: B, kind: table, columns: [{name: "
            "text, title: T}]}]\n");
}

Test(form, a_form_has_so_many_fields_and_a_choice_so_many_options)
{
    char text[16384];

    for (uint32_t count = LIMIT_FORM_FIELDS; count <= LIMIT_FORM_FIELDS + 1; count++) {
        size_t at = (size_t)snprintf(text, sizeof text, "%s[", FORM);
        for (uint32_t i = 0; i < count; i++) {
            at += (size_t)snprintf(text + at, sizeof text - at, "%s{name: f%u, title: T}",
                                   i ? ", " : "", i);
        }
        snprintf(text + at, sizeof text - at, "]\n");
        if (count == LIMIT_FORM_FIELDS) {
            is_read(text);
        } else {
            refused(text, ERROR_TOO_LARGE, 9, 15, "from 1 to 32");
        }
    }
    for (uint32_t count = LIMIT_FORM_OPTIONS; count <= LIMIT_FORM_OPTIONS + 1; count++) {
        size_t at = (size_t)snprintf(text, sizeof text,
                                     "%s[{name: a, title: A, kind: choice, options: [", FORM);
        for (uint32_t i = 0; i < count; i++) {
            at += (size_t)snprintf(text + at, sizeof text - at, "%so%u", i ? ", " : "", i);
        }
        snprintf(text + at, sizeof text - at, "]}]\n");
        if (count == LIMIT_FORM_OPTIONS) {
            is_read(text);
        } else {
            refused(text, ERROR_TOO_LARGE, 9, 59, "from 1 to 100");
        }
    }
}

#define FUNCTION                                                                                   \
    "document: {dsl: '1.0.3', namespace: m, name: w, version: '1.0.0'}\n"                          \
    "use:\n  functions:\n    give:\n      call: assignment\n      with: {title: t, responsible: "  \
    "[a], due: {days: 3}, form: '${ .asked }'}\n"                                                  \
    "do:\n  - a:\n      call: give\n      with:\n        asked: "

Test(form, one_that_is_given_to_a_function_is_looked_at_in_its_call)
{
    is_read(FUNCTION "[{name: a, title: A}]\n");
    is_read(FUNCTION "${ .form }\n");
    refused(FUNCTION "[{name: a}]\n", ERROR_INVALID, 11, 17, "\"title\" is missing");
}

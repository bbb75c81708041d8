/* document_test.c - what every document has, and how all that is wrong with one is said */
#include "tests/unit/language/documents.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(document, .init = open_office, .fini = close_office);

Test(document, a_document_without_a_kind_is_refused)
{
    refused("a: 1\n", ERROR_INVALID, 1, 1, "\"document\" is missing");
    refused("- 1\n", ERROR_INVALID, 1, 1, "a document is a map");
    refused("document: []\n", ERROR_INVALID, 1, 11, "must be a map");
    refused("document: {name: x}\n", ERROR_INVALID, 1, 11, "\"dsl\"");
    refused("document: {kind: registry, name: x}\n", ERROR_INVALID, 1, 18, "no kind of document");
    refused("document: {kind: workflow, name: x}\n", ERROR_INVALID, 1, 18, "\"dsl\" instead");
}

Test(document, the_header_is_checked)
{
    refused("document: {kind: policy, version: '1'}\n", ERROR_INVALID, 1, 11,
            "\"name\" is missing");
    refused("document: {kind: policy, name: x}\n", ERROR_INVALID, 1, 11, "\"version\" is missing");
    refused("document: {kind: policy, name: 'имя', version: '1'}\n", ERROR_INVALID, 1, 32,
            "is no name");
    refused("document: {kind: policy, name: x, version: '1', titel: y}\n", ERROR_INVALID, 1, 49,
            "did you mean \"title\"");
    refused("document: {kind: policy, name: [x], version: '1'}\n", ERROR_INVALID, 1, 32,
            "must be a text");
    refused("document: {kind: policy, name: '', version: '1'}\n", ERROR_INVALID, 1, 32, "empty");
    refused("document: {kind: policy, name: x, version: '1', title: ~}\n", ERROR_INVALID, 1, 56,
            "empty");
    refused("document: {kind: policy, name: x, version: '1', title: \"a\\nb\"}\n", ERROR_INVALID, 1,
            56, "one line");
}

Test(document, a_name_is_accepted_up_to_the_limit)
{
    char text[400];
    char name[LIMIT_NAME_BYTES + 2];

    memset(name, 'n', sizeof name);
    name[LIMIT_NAME_BYTES] = '\0';
    snprintf(text, sizeof text,
             "document: {kind: policy, name: %s, version: '1'}\nat: '00:00'\nsoon: 0\nladder: []\n",
             name);
    definition_destroy(parsed_with(catalog, text));
    name[LIMIT_NAME_BYTES] = 'n';
    name[LIMIT_NAME_BYTES + 1] = '\0';
    snprintf(text, sizeof text,
             "document: {kind: policy, name: %s, version: '1'}\nat: '00:00'\nsoon: 0\nladder: []\n",
             name);
    refused(text, ERROR_TOO_LARGE, 1, 32, "the limit is 128");
}

Test(document, a_hostile_word_is_shown_harmless_and_cut)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;
    struct buffer b = BUFFER_INIT;

    buffer_text(&b, POLICY "  - \"\\e[31m красный\\n");
    for (int i = 0; i < 300; i++) {
        buffer_text(&b, "ё");
    }
    buffer_text(&b, "\": 1\n");
    cr_assert_not(document_parse("t.yaml", buffer_bytes(&b), NULL, &d, &err));
    cr_assert_null(strpbrk(err.text, "\x1b\n"));
    cr_assert_not_null(strstr(err.text, "ё…\""));
    buffer_fini(&b);
}

Test(document, everything_that_is_wrong_with_a_roadmap_is_said_at_once)
{
    const char *text =
        "document: {kind: roadmap, name: r}\n"
        "period: {from: 2023-12-31, to: 2023-01-01}\n"
        "policy: p\n"
        "sections: [{no: '1'}]\n"
        "items:\n"
        "  - {no: '1', section: '2', title: t, responsible: [a], due: {kind: never}}\n"
        "  - {no: '2', section: '1', title: t, responsible: [], " DUE "}\n";
    static const int lines[] = {1, 1, 2, 4, 6, 6, 6, 7};
    struct document_options options = {.catalog = NULL};
    struct problems problems = {0};

    cr_assert_not(document_check("t.yaml", bytes_of(text), &options, &problems, NULL));
    cr_assert_eq(problems.count, sizeof lines / sizeof *lines, "%u", problems.count);
    for (uint32_t i = 0; i < problems.count; i++) {
        cr_assert_eq(problems.items[i].error.line, lines[i], "%s", problems.items[i].error.text);
    }
    problems_fini(&problems);
}

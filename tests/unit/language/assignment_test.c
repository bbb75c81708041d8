/* assignment_test.c - the terms, parts and documents of an assignment, as far as they are written
 */
#include "base/limits.h"
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define ASSIGN HEAD "  - a:\n      call: assignment\n      with:\n"
#define PEOPLE ASSIGN "        title: t\n        responsible: [a]\n"
#define DUE    PEOPLE "        due: "

/* A policy that has a term for «срочно». */
static struct catalog *catalog_with_policy(const char *name)
{
    struct catalog *catalog = catalog_create();
    struct definition *definition = NULL;
    char text[512];

    snprintf(text, sizeof text,
             "document: {kind: policy, name: %s, version: '1'}\nat: '09:00'\nsoon: 1\nladder: []\n"
             "urgent: [{word: срочно, within: 3 working days, source: s}]\n",
             name);
    cr_assert(document_parse("p.yaml", bytes_of(text), NULL, &definition, NULL));
    catalog_add(catalog, &definition, 1, 1);
    cr_assert(
        document_parse("b.yaml",
                       bytes_of("document: {kind: bodies, name: b, version: '1'}\ntimezone: UTC\n"
                                "bodies: [{id: a, name: A}]\n"),
                       NULL, &definition, NULL));
    catalog_add(catalog, &definition, 2, 2);
    return catalog;
}

static void is_read(const struct catalog *catalog, const char *text)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;

    cr_assert(document_parse("t.yaml", bytes_of(text), catalog, &d, &err), "%d:%d: %s", err.line,
              err.column, err.text);
    definition_destroy(d);
}

Test(assignment, a_term_may_be_dates_days_or_a_word)
{
    is_read(NULL, DUE "{from: 2023-01-01, to: 2023-02-01}\n");
    is_read(NULL, DUE "{days: 10}\n");
    is_read(NULL, DUE "{days: 0, working: true, since: 2023-01-01, from: 2023-01-01}\n");
    is_read(NULL, DUE "{days: '${ .n }', working: '${ .w }', since: '${ .d }'}\n");
    is_read(NULL, DUE "{word: срочно, since: '${ .d }'}\n");
    is_read(NULL, DUE "{word: '${ .w }'}\n");
    is_read(NULL, DUE "${ .due }\n");
    is_read(NULL, DUE "{phrase: до 15 августа}\n");
    is_read(NULL, DUE "{phrase: ежегодно (сентябрь), year: 2023, signed: 2023-01-10, since: '${ .d "
                      "}', from: 2023-09-05}\n");
    is_read(NULL, DUE "{phrase: '${ .words }', year: '${ .y }'}\n");
    is_read(NULL, DUE "{phrase: в течение 10 рабочих дней со дня получения}\n");
}

Test(assignment, a_term_that_makes_no_sense_is_refused)
{
    refused(DUE "{days: -1}\n", ERROR_INVALID, 8, 21, "from 0 to 3660");
    refused(DUE "{days: 3661}\n", ERROR_INVALID, 8, 21, "from 0 to 3660");
    refused(DUE "{days: ten}\n", ERROR_INVALID, 8, 21, "whole number");
    refused(DUE "{days: 10, working: yes}\n", ERROR_INVALID, 8, 34, "true or false");
    refused(DUE "{days: 10, since: 2023-02-30}\n", ERROR_INVALID, 8, 32, "no such day");
    refused(DUE "{days: 10, to: 2023-02-20}\n", ERROR_INVALID, 8, 25, "a term in days");
    refused(DUE "{days: 10, word: срочно}\n", ERROR_INVALID, 8, 25, "a term in days");
    refused(DUE "{word: срочно, days_: 10}\n", ERROR_INVALID, 8, 29, "a term by a word");
    refused(DUE "{word: [срочно]}\n", ERROR_INVALID, 8, 21, "text");
    refused(DUE "{phrase: до 15 августта}\n", ERROR_SYNTAX, 8, 29, "августта");
    refused(DUE "{phrase: до 31 февраля 2023 года}\n", ERROR_INVALID, 8, 26, "no such day");
    refused(DUE "{phrase: по мере необходимости}\n", ERROR_INVALID, 8, 23, "no last day");
    refused(DUE "{phrase: по отдельному плану}\n", ERROR_INVALID, 8, 23, "no last day");
    refused(DUE "{phrase: май, year: 23}\n", ERROR_INVALID, 8, 34, "from 1900 to 2199");
    refused(DUE "{phrase: май, signed: 10 мая}\n", ERROR_INVALID, 8, 36, "not a date");
    refused(DUE "{phrase: май, to: 2023-05-31}\n", ERROR_INVALID, 8, 28, "a term in words");
    refused(DUE "{phrase: [май]}\n", ERROR_INVALID, 8, 23, "text");
    refused(DUE "{weeks: 2}\n", ERROR_INVALID, 8, 14, "two dates");
    refused(DUE "10\n", ERROR_INVALID, 8, 14, "two dates");
}

Test(assignment, a_word_must_be_in_the_policy_that_is_named)
{
    struct catalog *catalog = catalog_with_policy("quick");

    is_read(catalog, DUE "{word: срочно}\n        policy: quick\n");
    is_read(catalog, DUE "{word: срочно}\n        policy: ${ .policy }\n");
    refused_with(catalog, DUE "{word: весьма срочно}\n        policy: quick\n", ERROR_INVALID, 8,
                 21, "the policy \"quick\" has no term for the word \"весьма срочно\"");
    catalog_destroy(catalog);

    catalog = catalog_with_policy("default");
    is_read(catalog, DUE "{word: срочно}\n");
    refused_with(catalog, DUE "{word: скоро}\n", ERROR_INVALID, 8, 21, "the policy \"default\"");
    catalog_destroy(catalog);
}

#define PARTS DUE "{from: 2023-01-01, to: 2023-02-01}\n        co_executors: "

Test(assignment, co_executors_may_have_terms_of_their_own)
{
    is_read(NULL,
            PARTS "[b, {body: c, to: 2023-02-01}, {body: d, days_before: 5, working: true}]\n");
    is_read(NULL, PARTS "[{body: '${ .b }', to: '${ .d }'}, {body: c}]\n");
    refused(PARTS "[{to: 2023-01-20}]\n", ERROR_INVALID, 9, 24, "\"body\" is missing");
    refused(PARTS "[{body: b, to: 2023-02-02}]\n", ERROR_INVALID, 9, 38, "after the term");
    refused(PARTS "[{body: b, to: 2023-01-32}]\n", ERROR_INVALID, 9, 38, "not a date");
    refused(PARTS "[{body: b, to: 2023-01-20, days_before: 3}]\n", ERROR_INVALID, 9, 38,
            "one of \"to\"");
    refused(PARTS "[{body: b, days_before: -3}]\n", ERROR_INVALID, 9, 47, "from 0 to 3660");
    refused(PARTS "[{body: b, before: 3}]\n", ERROR_INVALID, 9, 34, "a co-executor");
    refused(DUE "{days: 3}\n        controller: {body: b}\n", ERROR_INVALID, 9, 21, "text");
    refused(ASSIGN "        title: t\n        responsible: [{body: a}]\n        due: {days: 3}\n",
            ERROR_INVALID, 7, 23, "text");
}

#define RESULT DUE "{days: 3}\n        result: "

Test(assignment, documents_that_it_must_give_are_one_or_a_list)
{
    char text[4096];

    is_read(NULL, RESULT "приказ\n");
    is_read(NULL, RESULT "${ .result }\n");
    is_read(NULL,
            RESULT "[приказ, '${ .x }', {kind: план, title: План работы}, {kind: '${ .k }'}]\n");
    is_read(NULL, RESULT "{kind: приказ}\n");
    refused(RESULT "[]\n", ERROR_INVALID, 9, 17, "from 1 to 32");
    refused(RESULT "[{title: План}]\n", ERROR_INVALID, 9, 18, "\"kind\" is missing");
    refused(RESULT "[[приказ]]\n", ERROR_INVALID, 9, 18, "an expected document");
    refused(RESULT "{kind: приказ, name: x}\n", ERROR_INVALID, 9, 32, "an expected document");
    for (uint32_t count = LIMIT_RESULTS; count <= LIMIT_RESULTS + 1; count++) {
        snprintf(text, sizeof text, "%s[", RESULT);
        for (uint32_t i = 0; i < count; i++) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "x%s",
                     i + 1 < count ? ", " : "]\n");
        }
        if (count == LIMIT_RESULTS) {
            is_read(NULL, text);
        } else {
            refused(text, ERROR_TOO_LARGE, 9, 17, "from 1 to 32");
        }
    }
}

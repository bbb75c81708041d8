/* absences_test.c - deputies and absences of bodies: what is read, and every refusal */
#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define HEAD "document: {kind: bodies, name: b, version: '1'}\ntimezone: Europe/Moscow\nbodies:\n"

static struct definition *definition;
static struct problems problems;
static struct catalog *catalog;

static void tear_down(void)
{
    definition_destroy(definition);
    problems_fini(&problems);
    catalog_destroy(catalog);
}

TestSuite(absences, .fini = tear_down);

static const struct bodies *bodies_of(const char *text)
{
    static char document[8192];
    struct error err = ERROR_INIT;

    snprintf(document, sizeof document, "%s%s", HEAD, text);
    cr_assert(document_parse("t.yaml", bytes_of(document), NULL, &definition, &err), "%d:%d: %s",
              err.line, err.column, err.text);
    return &definition->bodies;
}

static void refused(const char *text, int line, int column, const char *said)
{
    char document[16384];
    struct definition *d = NULL;
    struct error err = ERROR_INIT;

    snprintf(document, sizeof document, "%s%s", HEAD, text);
    cr_assert_not(document_parse("t.yaml", bytes_of(document), catalog, &d, &err), "%s", text);
    cr_assert(err.line == line && err.column == column, "%s at %d:%d: %s", text, err.line,
              err.column, err.text);
    cr_assert_not_null(strstr(err.text, said), "\"%s\" is not in: %s", said, err.text);
}

static void assert_absence(const struct absence *a, const char *from, const char *to,
                           const char *deputy)
{
    char text[CIVIL_TEXT_MAX];

    civil_print(a->days.from, text);
    cr_assert_str_eq(text, from);
    civil_print(a->days.to, text);
    cr_assert_str_eq(text, to);
    cr_assert_str_eq(a->deputy, deputy);
}

Test(absences, each_has_a_deputy_of_its_own_or_that_of_the_body)
{
    const struct bodies *b = bodies_of(
        "  - id: a\n    name: A\n    deputy: b\n    absences:\n"
        "      - {from: 2023-07-03, to: 2023-07-30, reason: отпуск}\n"
        "      - {from: 2023-07-31, to: 2023-07-31, deputy: c}\n"
        "  - {id: b, name: B}\n"
        "  - {id: c, name: C, absences: [{from: 2023-01-09, to: 2023-01-10, deputy: b}]}\n");

    cr_assert_str_eq(b->bodies[0].deputy, "b");
    cr_assert_eq(b->bodies[0].absence_count, 2);
    assert_absence(&b->bodies[0].absences[0], "2023-07-03", "2023-07-30", "b");
    cr_assert_str_eq(b->bodies[0].absences[0].reason, "отпуск");
    assert_absence(&b->bodies[0].absences[1], "2023-07-31", "2023-07-31", "c");
    cr_assert_null(b->bodies[0].absences[1].reason);
    cr_assert_null(b->bodies[1].deputy);
    cr_assert_null(b->bodies[2].deputy);
    assert_absence(&b->bodies[2].absences[0], "2023-01-09", "2023-01-10", "b");
}

#define AWAY(absences) "  - {id: a, name: A, deputy: b, absences: [" absences "]}\n"

Test(absences, what_makes_no_sense_is_refused)
{
    refused(AWAY("{from: 2023-07-03}"), 4, 44, "\"to\" is missing");
    refused(AWAY("{to: 2023-07-03}"), 4, 44, "\"from\" is missing");
    refused(AWAY("{from: 2023-07-03, to: 2023-07-02}"), 4, 67, "ends before it starts");
    refused(AWAY("{from: 2023-07-03, to: 2023-07-32}"), 4, 67, "2023");
    refused(AWAY("vacation"), 4, 44, "an absence");
    refused(AWAY("{from: 2023-07-03, to: 2023-07-09, who: c}"), 4, 79, "who");
    refused(AWAY("{from: 2023-07-03, to: 2023-07-09}, {from: 2023-07-09, to: 2023-07-10}"), 4, 80,
            "in order");
    refused(AWAY("{from: 2023-07-03, to: 2023-07-09, deputy: a}"), 4, 87,
            "nobody is the own deputy");
    refused("  - {id: a, name: A, deputy: a}\n", 4, 30, "nobody is the own deputy");
    refused("  - {id: a, name: A, absences: [{from: 2023-07-03, to: 2023-07-09}]}\n", 4, 33,
            "\"deputy\" is missing");
    refused("  - {id: a, name: A, absences: {from: 2023-07-03}}\n", 4, 32, "list");
}

Test(absences, a_deputy_must_be_known)
{
    struct error err = ERROR_INIT;

    catalog = catalog_create();
    cr_assert(document_parse("o.yaml",
                             bytes_of("document: {kind: bodies, name: other, version: '1'}\n"
                                      "timezone: UTC\nbodies: [{id: z, name: Z}]\n"),
                             NULL, &definition, &err));
    catalog_add(catalog, &definition, 1, 1);
    refused("  - {id: a, name: A, deputy: b}\n", 4, 30, "no body \"b\"");
    refused("  - {id: a, name: A, deputy: z, absences: [{from: 2023-07-03, to: 2023-07-09, "
            "deputy: b}]}\n",
            4, 87, "no body \"b\"");
    cr_assert(document_parse("t.yaml", bytes_of(HEAD "  - {id: a, name: A, deputy: z}\n"), catalog,
                             &definition, &err),
              "%s", err.text);
}

Test(absences, a_deputy_who_is_away_as_well_is_told_of)
{
    struct document_options options = {0};

    cr_assert(document_check(
        "t.yaml",
        bytes_of(HEAD AWAY("{from: 2023-07-03, to: 2023-07-09}, {from: 2023-08-01, to: "
                           "2023-08-09}") "  - id: b\n    name: B\n    deputy: c\n    absences:\n"
                                          "      - {from: 2023-06-30, to: 2023-07-03}\n"
                                          "      - {from: 2023-07-10, to: 2023-07-31}\n"
                                          "      - {from: 2023-08-09, to: 2023-08-10}\n"
                                          "  - {id: c, name: C}\n"),
        &options, &problems, &definition));
    cr_assert_eq(problems.count, 2);
    cr_assert(problems.items[0].severity == SEVERITY_WARNING &&
              problems.items[0].error.column == 44 && problems.items[1].error.column == 80);
}

Test(absences, they_are_taken_up_to_the_limit)
{
    for (int count = 100; count <= 101; count++) {
        char text[8192] = "  - id: a\n    name: A\n    deputy: b\n    absences:\n";
        for (int i = 0; i < count; i++) {
            size_t size = strlen(text);
            snprintf(text + size, sizeof text - size, "      - {from: %d-01-01, to: %d-01-02}\n",
                     2000 + i, 2000 + i);
        }
        if (count == 100) {
            cr_assert_eq(bodies_of(text)->bodies[0].absence_count, 100);
        } else {
            refused(text, 8, 7, "the limit is 100");
        }
    }
}

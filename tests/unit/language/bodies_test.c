/* bodies_test.c - bodies: what is read, and every refusal with its place */
#include "tests/unit/language/documents.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(bodies, .init = open_office, .fini = close_office);

Test(bodies, bodies_are_read_sorted_and_share_zones)
{
    struct definition *d =
        parsed_with(NULL, BODIES "  - {id: z, name: Я, parent: b}\n"
                                 "  - {id: b, name: Бэ, short: Б, timezone: Asia/Kamchatka}\n"
                                 "  - {id: c, name: Вэ, timezone: Europe/Moscow}\n");
    const struct bodies *b = &d->bodies;

    cr_assert_eq(b->body_count, 3);
    cr_assert_str_eq(b->bodies[0].id, "b");
    cr_assert_str_eq(b->bodies[0].short_name, "Б");
    cr_assert_str_eq(zone_name(b->bodies[0].zone), "Asia/Kamchatka");
    cr_assert_str_eq(b->bodies[2].id, "z");
    cr_assert_str_eq(b->bodies[2].short_name, "Я", "the full name when there is no short one");
    cr_assert_null(b->bodies[2].email);
    cr_assert_eq(b->bodies[1].zone, b->bodies[2].zone);
    cr_assert_eq(b->zone_count, 2);
    definition_destroy(d);
}

Test(bodies, bodies_have_the_calendar_of_their_document_or_their_own)
{
    struct definition *d = parsed_with(NULL, "document: {kind: bodies, name: b, version: '1'}\n"
                                             "timezone: UTC\n"
                                             "calendar: ru-six-day\n"
                                             "bodies:\n"
                                             "  - {id: a, name: А}\n"
                                             "  - {id: b, name: Б, calendar: tatarstan}\n"
                                             "  - {id: c, name: В, calendar: ru-six-day}\n");
    const struct bodies *b = &d->bodies;

    cr_assert_str_eq(b->bodies[0].calendar, "ru-six-day");
    cr_assert_str_eq(b->bodies[1].calendar, "tatarstan");
    cr_assert_eq(b->bodies[2].calendar, b->bodies[0].calendar, "kept once");
    cr_assert_eq(b->calendar_count, 2);
    definition_destroy(d);
    d = parsed_with(NULL, BODIES "  - {id: a, name: А}\n");
    cr_assert_null(d->bodies.bodies[0].calendar);
    definition_destroy(d);
}

static void add_calendar(const char *name)
{
    char text[128];

    snprintf(text, sizeof text,
             "document: {kind: calendar, name: %s, version: '1'}\nweek: five-day\n", name);
    struct definition *d = parsed_with(NULL, text);
    catalog_add(catalog, &d, catalog_next_number(catalog), 1);
}

Test(bodies, an_unknown_calendar_of_a_body_is_refused)
{
    add_calendar("ru");
    refused(BODIES "  - {id: x, name: y, calendar: rus}\n", ERROR_INVALID, 4, 32,
            "did you mean \"ru\"");
    refused("document: {kind: bodies, name: b, version: '1'}\ntimezone: UTC\ncalendar: nobody\n"
            "bodies: [{id: x, name: y}]\n",
            ERROR_INVALID, 3, 11, "no calendar \"nobody\"");
    refused(BODIES "  - {id: x, name: y, calendar: a b}\n", ERROR_INVALID, 4, 32, "is no name");
    definition_destroy(parsed_with(catalog, BODIES "  - {id: x, name: y, calendar: ru}\n"));
    definition_destroy(parsed_with(NULL, BODIES "  - {id: x, name: y, calendar: elsewhere}\n"));
}

Test(bodies, an_unknown_time_zone_is_refused)
{
    refused(BODIES "  - {id: x, name: y, timezone: Europe/Moskva}\n", ERROR_INVALID, 4, 32,
            "Europe/Moskva");
    refused("document: {kind: bodies, name: b, version: '1'}\nbodies: [{id: x, name: y}]\n",
            ERROR_INVALID, 1, 1, "\"timezone\" is missing");
}

Test(bodies, a_body_twice_is_refused_here_and_across_documents)
{
    refused(BODIES "  - {id: x, name: y}\n  - {id: x, name: y}\n", ERROR_INVALID, 5, 10,
            "first in line 4");
    refused("document: {kind: bodies, name: other, version: '1'}\ntimezone: UTC\n"
            "bodies: [{id: boss, name: y}]\n",
            ERROR_INVALID, 3, 15, "another document");
    /* the next version of the same document */
    definition_destroy(parsed_with(catalog, BODIES "  - {id: boss, name: y}\n"));
}

Test(bodies, an_unknown_parent_is_refused)
{
    refused(BODIES "  - {id: x, name: y, parent: nobody}\n", ERROR_INVALID, 4, 30, "no body");
    refused(BODIES "  - {id: x, name: y, parent: boss}\n", ERROR_INVALID, 4, 30,
            "no body \"boss\""); /* only in the version that this one replaces */
    definition_destroy(
        parsed_with(catalog, "document: {kind: bodies, name: other, version: '1'}\ntimezone: UTC\n"
                             "bodies: [{id: x, name: y, parent: boss}]\n"));
    definition_destroy(parsed_with(NULL, BODIES "  - {id: x, name: y, parent: elsewhere}\n"));
}

Test(bodies, parents_that_go_round_are_refused)
{
    refused(BODIES "  - {id: x, name: y, parent: x}\n", ERROR_INVALID, 4, 30, "circle");
    refused(BODIES "  - {id: x, name: y, parent: z}\n  - {id: w, name: y, parent: x}\n"
                   "  - {id: z, name: y, parent: w}\n",
            ERROR_INVALID, 4, 30, "circle");
    refused(BODIES "  - {id: x, name: y, parent: z}\n  - {id: z, name: y, parent: z}\n",
            ERROR_TOO_LARGE, 4, 30, "circle");
}

static struct buffer chain(int levels)
{
    struct buffer b = BUFFER_INIT;
    char line[100];

    buffer_text(&b, BODIES "  - {id: b0, name: n}\n");
    for (int i = 1; i <= levels; i++) {
        snprintf(line, sizeof line, "  - {id: b%d, name: n, parent: b%d}\n", i, i - 1);
        buffer_text(&b, line);
    }
    buffer_append(&b, "", 1);
    return b;
}

Test(bodies, levels_of_bodies_are_accepted_up_to_the_limit)
{
    struct buffer b = chain(32);

    definition_destroy(parsed_with(catalog, (const char *)b.data));
    buffer_fini(&b);
    b = chain(33);
    refused((const char *)b.data, ERROR_TOO_LARGE, 37, 32, "more than 32 levels");
    buffer_fini(&b);
}

Test(bodies, addresses_that_would_break_a_letter_are_refused)
{
    static const char *const wrong[] = {"x",       "@y",      "x@",        "x@y@z",
                                        "'x y@z'", "'<x@y>'", "'x@y,b@z'", "\"x@y\\r\\nBcc: z@w\""};
    char text[300];

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error err = ERROR_INIT;
        struct definition *d = NULL;
        snprintf(text, sizeof text, BODIES "  - {id: x, name: y, email: %s}\n", wrong[i]);
        cr_assert_not(document_parse("t.yaml", bytes_of(text), catalog, &d, &err), "%s", wrong[i]);
        cr_assert(err.line == 4 && (err.column == 29 || err.code == ERROR_SYNTAX), "%d:%d %s",
                  err.line, err.column, err.text);
    }
}

static struct buffer bodies_of(unsigned count)
{
    struct buffer b = BUFFER_INIT;
    char line[160];

    buffer_text(&b, BODIES);
    for (unsigned i = 0; i < count; i++) {
        snprintf(line, sizeof line,
                 "  - {id: s%u, name: Школа %u, short: Ш%u, parent: s0, email: s%u@x.invalid}\n",
                 i + 1, i, i, i);
        buffer_text(&b, i ? line : "  - {id: s0, name: Отдел, short: О, email: s@x.invalid}\n");
    }
    return b;
}

Test(bodies, bodies_are_accepted_up_to_the_limit)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;
    struct buffer b = bodies_of(LIMIT_BODIES);

    cr_assert(document_parse("t.yaml", buffer_bytes(&b), catalog, &d, &err), "%s", err.text);
    cr_assert_eq(d->bodies.zone_count, 1);
    definition_destroy(d);
    buffer_fini(&b);
    b = bodies_of(LIMIT_BODIES + 1);
    cr_assert_not(document_parse("t.yaml", buffer_bytes(&b), catalog, &d, &err));
    cr_assert_eq(err.code, ERROR_TOO_LARGE);
    buffer_fini(&b);
}

/* catalog_test.c - definitions by name, by number, bodies by id */
#include "base/limits.h"
#include "base/must.h"
#include "language/catalog.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static void add(struct catalog *catalog, enum definition_kind kind, const char *name,
                uint32_t number, uint32_t version)
{
    struct definition *d = xcalloc(1, sizeof *d);

    d->kind = kind;
    d->name = xstrdup(name);
    catalog_add(catalog, &d, number, version);
    cr_assert_null(d);
}

/* A bodies document with one body. */
static void add_body(struct catalog *catalog, const char *name, const char *id, uint32_t number,
                     uint32_t version)
{
    struct definition *d = xcalloc(1, sizeof *d);

    d->kind = DEFINITION_BODIES;
    d->name = xstrdup(name);
    d->bodies.bodies = xcalloc(1, sizeof *d->bodies.bodies);
    d->bodies.body_count = 1;
    d->bodies.bodies[0].id = xstrdup(id);
    catalog_add(catalog, &d, number, version);
}

Test(catalog, an_empty_catalog_finds_nothing)
{
    struct catalog *catalog = catalog_create();

    cr_assert_null(catalog_find(catalog, DEFINITION_WORKFLOW, "a"));
    cr_assert_null(catalog_find_number(catalog, 0));
    cr_assert_null(catalog_find_number(catalog, 1));
    cr_assert_null(catalog_find_number(catalog, UINT32_MAX));
    cr_assert_null(catalog_find_body(catalog, "a"));
    cr_assert_null(catalog_at(catalog, 0));
    cr_assert_eq(catalog_next_number(catalog), 1);
    catalog_destroy(catalog);
    catalog_destroy(NULL);
}

Test(catalog, many_definitions_are_found_by_name_and_by_number)
{
    struct catalog *catalog = catalog_create();
    char name[16];

    for (uint32_t i = 1; i <= 500; i++) {
        uint32_t number = i * 7919 % 503; /* every number from 1 to 502 but two, out of order */
        snprintf(name, sizeof name, "n%u", number);
        add(catalog, number % 2 ? DEFINITION_WORKFLOW : DEFINITION_ROADMAP, name, number, 1);
    }
    uint32_t last = 0;
    for (uint32_t i = 0; i < 500; i++) {
        const struct definition *d = catalog_at(catalog, i);
        cr_assert_gt(d->number, last, "in the order of numbers");
        last = d->number;
        cr_assert_eq(catalog_find(catalog, d->kind, d->name), d);
        cr_assert_eq(catalog_find_number(catalog, d->number), d);
    }
    cr_assert_null(catalog_at(catalog, 500));
    cr_assert_null(catalog_find(catalog, DEFINITION_POLICY, "n1"));
    cr_assert_eq(catalog_next_number(catalog), last + 1);
    catalog_destroy(catalog);
}

Test(catalog, the_newest_version_is_found_by_name_and_old_ones_by_number)
{
    struct catalog *catalog = catalog_create();

    add(catalog, DEFINITION_WORKFLOW, "a", 2, 2);
    add(catalog, DEFINITION_WORKFLOW, "a", 1, 1);
    add(catalog, DEFINITION_POLICY, "a", 4, 1);
    add(catalog, DEFINITION_WORKFLOW, "a", 5, 3);
    cr_assert_eq(catalog_find(catalog, DEFINITION_WORKFLOW, "a")->number, 5);
    cr_assert_eq(catalog_find(catalog, DEFINITION_POLICY, "a")->number, 4);
    cr_assert_eq(catalog_find_number(catalog, 1)->version, 1);
    cr_assert_null(catalog_find_number(catalog, 3));
    cr_assert_eq(catalog_next_number(catalog), 6);
    catalog_destroy(catalog);
}

Test(catalog, when_the_newest_is_removed_the_one_before_it_is_and_a_removed_one_never)
{
    struct catalog *catalog = catalog_create();

    for (uint32_t version = 1; version <= 3; version++) {
        add(catalog, DEFINITION_WORKFLOW, "a", version, version);
    }
    cr_assert(catalog_is_newest(catalog, catalog_find_number(catalog, 3)));
    cr_assert_not(catalog_is_newest(catalog, catalog_find_number(catalog, 2)));
    catalog_remove(catalog, 2);
    catalog_remove(catalog, 3);
    cr_assert(catalog_is_newest(catalog, catalog_find_number(catalog, 1)));
    cr_assert_not(catalog_is_newest(catalog, catalog_find_number(catalog, 2)));
    cr_assert_not(catalog_is_newest(catalog, catalog_find_number(catalog, 3)));
    catalog_remove(catalog, 1);
    cr_assert_not(catalog_is_newest(catalog, catalog_find_number(catalog, 1)));
    catalog_destroy(catalog);
}

Test(catalog, a_walk_of_those_in_force_leaves_out_older_and_removed_versions)
{
    struct catalog *catalog = catalog_create();
    uint32_t at = 0;

    cr_assert_null(catalog_next_in_force(catalog, &at));
    add(catalog, DEFINITION_WORKFLOW, "a", 1, 1);
    add(catalog, DEFINITION_POLICY, "b", 2, 1);
    add(catalog, DEFINITION_WORKFLOW, "a", 3, 2);
    add(catalog, DEFINITION_WORKFLOW, "c", 4, 1);
    catalog_remove(catalog, 4);
    cr_assert_eq(catalog_next_in_force(catalog, &at)->number, 2);
    cr_assert_eq(catalog_next_in_force(catalog, &at)->number, 3);
    cr_assert_null(catalog_next_in_force(catalog, &at));
    cr_assert_null(catalog_next_in_force(catalog, &at), "the end stays the end");
    catalog_destroy(catalog);
}

Test(catalog, bodies_are_found_in_the_newest_versions_only)
{
    struct catalog *catalog = catalog_create();

    add_body(catalog, "lo", "old", 1, 1);
    add_body(catalog, "lo", "new", 2, 2);
    add_body(catalog, "mo", "other", 3, 1);
    add(catalog, DEFINITION_POLICY, "zz", 4, 1);
    cr_assert_null(catalog_find_body(catalog, "old"));
    cr_assert_not_null(catalog_find_body(catalog, "new"));
    cr_assert_not_null(catalog_find_body(catalog, "other"));
    cr_assert_null(catalog_find_body_beside(catalog, "new", "lo"));
    cr_assert_not_null(catalog_find_body_beside(catalog, "other", "lo"));
    catalog_destroy(catalog);
}

Test(catalog, a_name_of_a_record_is_found_without_its_zero_and_a_long_one_is_none)
{
    struct catalog *catalog = catalog_create();
    char id[LIMIT_NAME_BYTES + 2] = {0};

    memset(id, 'a', LIMIT_NAME_BYTES);
    add_body(catalog, "lo", id, 1, 1);
    id[LIMIT_NAME_BYTES] = 'b';
    cr_assert_not_null(catalog_find_named(catalog, DEFINITION_BODIES, (struct bytes){"long", 2}));
    cr_assert_null(catalog_find_named(catalog, DEFINITION_BODIES, bytes_of("long")));
    cr_assert_null(catalog_find_named(catalog, DEFINITION_BODIES, bytes_of(id)));
    cr_assert_not_null(catalog_find_body_named(catalog, (struct bytes){id, LIMIT_NAME_BYTES}));
    cr_assert_null(catalog_find_body_named(catalog, bytes_of(id)));
    cr_assert_null(catalog_find_body_named(catalog, bytes_of(NULL)));
    catalog_destroy(catalog);
}

Test(catalog, a_number_cannot_be_given_twice, .signal = SIGABRT)
{
    struct catalog *catalog = catalog_create();

    add(catalog, DEFINITION_WORKFLOW, "a", 1, 1);
    add(catalog, DEFINITION_WORKFLOW, "b", 1, 1);
}

Test(catalog, a_version_cannot_be_given_twice, .signal = SIGABRT)
{
    struct catalog *catalog = catalog_create();

    add(catalog, DEFINITION_WORKFLOW, "a", 1, 1);
    add(catalog, DEFINITION_WORKFLOW, "a", 2, 1);
}

/* entry_test.c - rows of the table of assignments say what the assignment is */
#include "people_fixture.h"

#include "engine/core/entry.h"
#include "engine/core/facets.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(entry, .init = people_fixture_init, .fini = fixture_fini);

static struct assignment_entry row(void)
{
    struct assignment_entry e = {0};
    struct facets rows;

    facets_of(fixture_get(id), fx.catalog, &fx.arena, &rows);
    for (uint32_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].table == TABLE_ASSIGNMENT) {
            cr_assert(entry_read(rows.rows[i].key, rows.rows[i].value, &e));
        }
    }
    cr_assert_eq(e.instance, id);
    return e;
}

static bool is(struct bytes text, const char *expected)
{
    return bytes_equal(text, bytes_of(expected));
}

Test(entry, says_who_takes_part_and_by_when)
{
    start("2023-01-09", "2023-03-31");
    struct assignment_entry e = row();

    cr_expect_not(e.closed);
    cr_expect_eq(e.task, 1);
    cr_expect_eq(e.to, day_of("2023-03-31"));
    cr_expect_eq(e.from, day_of("2023-01-09"));
    cr_expect_eq(e.first_to, e.to);
    cr_expect_eq(e.reported, CIVIL_DAY_NONE);
    cr_expect_eq(e.outcome, OUTCOME_NONE);
    cr_expect(is(e.responsible, "school") && is(e.controller, "inspector"));
    cr_expect_eq(entry_roles(&e, bytes_of("school")), ROLE_RESPONSIBLE);
    cr_expect_eq(entry_roles(&e, bytes_of("district")), ROLE_CO);
    cr_expect_eq(entry_roles(&e, bytes_of("inspector")), ROLE_CONTROLLER);
    cr_expect_eq(entry_roles(&e, bytes_of("region")), ROLE_NONE);
}

Test(entry, has_plan_and_number_of_its_input)
{
    fixture_deploy(
        HEAD("item") "  - a: {call: assignment, with: {title: t, plan: lo-2023, no: '1.4',\n"
                     "        responsible: [school], due: '${ .due }'}}\n");
    id = fixture_start("item", "{" DUE "}");
    struct assignment_entry e = row();

    cr_expect(is(e.plan, "lo-2023") && is(e.no, "1.4"));
}

Test(entry, says_what_waits_for_a_decision)
{
    start("2023-01-09", "2023-03-31");
    struct assignment_command ask = command(ACTION_ASK, "school");
    ask.day = day_of("2023-04-20");
    give(&ask);
    cr_expect(row().asked);
    cr_expect_not(row().extended);
    act(ACTION_GRANT, "inspector");
    cr_expect_not(row().asked);
    cr_expect(row().extended);
    cr_expect_eq(row().first_to, day_of("2023-03-31"));
    cr_expect_gt(row().to, row().first_to);
}

Test(entry, of_a_closed_one_says_what_became_of_it)
{
    start("2023-01-09", "2023-01-20");
    at("2023-01-25", 12);
    act(ACTION_REPORT, "school");
    cr_expect_eq(row().state, ASSIGNMENT_REPORTED);
    cr_expect_eq(row().reported, day_of("2023-01-25"));
    act(ACTION_ACCEPT, "inspector");
    cr_expect(row().closed);
    cr_expect_eq(outcome_of(assignment()), row().outcome);
    cr_expect_eq(row().outcome_original, OUTCOME_MET_LATE);
}

Test(entry, of_a_withdrawn_one_has_an_outcome_too)
{
    start("2023-01-09", "2023-01-20");
    act(ACTION_WITHDRAW, "inspector");
    cr_expect_eq(row().outcome, OUTCOME_WITHDRAWN);
}

Test(entry, names_who_acts_for_whom)
{
    start("2023-01-09", "2023-03-31");
    hand_over(0, "deputy");
    struct assignment_entry e = row();
    struct cursor c = cursor_of(e.acting);
    struct bytes body;
    struct bytes deputy;

    cr_assert(entry_acting(&c, &body, &deputy));
    cr_expect(is(body, "school") && is(deputy, "deputy"));
    cr_expect_not(entry_acting(&c, &body, &deputy));
    cr_expect_eq(entry_roles(&e, bytes_of("deputy")), ROLE_ACTING);
}

/* A row of an older program, and one cut anywhere, is no row. */
Test(entry, refuses_what_it_has_not_written)
{
    struct assignment_entry e;
    struct facets rows;
    const struct facet *whole = NULL;

    start("2023-01-09", "2023-03-31");
    facets_of(fixture_get(id), fx.catalog, &fx.arena, &rows);
    for (uint32_t i = 0; i < rows.count; i++) {
        whole = rows.rows[i].table == TABLE_ASSIGNMENT ? &rows.rows[i] : whole;
    }
    cr_expect_not(entry_read(whole->key, bytes_of("\2\2school"), &e));
    for (size_t size = 0; size < whole->value.size; size++) {
        cr_expect_not(entry_read(whole->key, (struct bytes){whole->value.data, size}, &e));
    }
}

Test(entry, names_are_read_back)
{
    for (int o = 0; o < OUTCOME_COUNT; o++) {
        cr_expect_eq(outcome_parse(outcome_name((enum outcome)o)), o);
    }
    cr_expect_eq(outcome_parse("late"), OUTCOME_COUNT);
    cr_expect_eq(role_parse("controller"), ROLE_CONTROLLER);
    cr_expect_eq(role_parse("all"), ROLE_NONE);
}

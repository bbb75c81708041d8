/* bulk_table_test.c - which actions fit which lists, and by what these are filtered */
#include "wire/bulk_table.h"

#include <criterion/criterion.h>

Test(bulk_table, there_are_three_lists_and_no_others)
{
    cr_expect_eq(bulk_list_verb(bulk_list_find("incidents")), CLIENT_INCIDENTS);
    cr_expect_eq(bulk_list_verb(bulk_list_find("instances")), CLIENT_LIST);
    cr_expect_eq(bulk_list_verb(bulk_list_find("assignments")), CLIENT_ASSIGNMENTS);
    cr_expect_null(bulk_list_find("workers"));
    cr_expect_null(bulk_list_find(NULL));
}

Test(bulk_table, a_field_is_a_filter_of_its_own_list_only)
{
    const struct bulk_list *incidents = bulk_list_find("incidents");
    const struct bulk_list *instances = bulk_list_find("instances");

    cr_expect_eq(bulk_list_field(incidents, "service"), BULK_TEXT);
    cr_expect_eq(bulk_list_field(instances, "service"), BULK_NO_FIELD);
    cr_expect_eq(bulk_list_field(instances, "letters"), BULK_FLAG);
    cr_expect_eq(bulk_list_field(instances, "parent"), BULK_NUMBER);
    cr_expect_eq(bulk_list_field(incidents, "parent"), BULK_NO_FIELD);
}

Test(bulk_table, the_same_word_means_another_command_on_another_list)
{
    cr_expect_eq(bulk_action_find("resume", bulk_list_find("instances"))->verb, CLIENT_RESUME);
    cr_expect_eq(bulk_action_find("resume", bulk_list_find("assignments"))->verb,
                 CLIENT_ASSIGNMENT);
    cr_expect_null(bulk_action_find("resume", bulk_list_find("incidents")));
}

Test(bulk_table, what_is_not_known_is_not_found)
{
    cr_expect_null(bulk_action_find("explode", bulk_list_find("incidents")));
    cr_expect_null(bulk_action_find(NULL, bulk_list_find("incidents")));
    cr_expect_null(bulk_action_find("retry", NULL));
}

Test(bulk_table, actions_of_a_list_are_given_one_by_one)
{
    const struct bulk_list *instances = bulk_list_find("instances");

    cr_expect_str_eq(bulk_action_at(instances, 0)->name, "cancel");
    cr_expect_str_eq(bulk_action_at(instances, 1)->name, "suspend");
    cr_expect_str_eq(bulk_action_at(instances, 2)->name, "resume");
    cr_expect_null(bulk_action_at(instances, 3));
}

Test(bulk_table, an_action_lacks_its_reason_or_the_field_that_it_needs)
{
    const struct bulk_list *assignments = bulk_list_find("assignments");
    const struct bulk_action *move = bulk_action_find("move", assignments);

    cr_expect(bulk_action_lacks(move, false, true));
    cr_expect(bulk_action_lacks(move, true, false));
    cr_expect_not(bulk_action_lacks(move, true, true));
    cr_expect_not(bulk_action_lacks(bulk_action_find("accept", assignments), false, false));
}

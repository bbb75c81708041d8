/* ladder_test.c - policies and their ladders: what is read, and every refusal with its place */
#include "tests/unit/language/documents.h"

#include <criterion/criterion.h>

TestSuite(ladder, .init = open_office, .fini = close_office);

Test(ladder, a_policy_is_read)
{
    struct definition *d = parsed_with(NULL, POLICY "  - remind: 10 days before\n"
                                                    "  - remind: on the day\n"
                                                    "  - {escalate: 1 day after, to: parent}\n"
                                                    "  - escalate: 5 days after\n"
                                                    "    to: 2 levels up\n"
                                                    "  - escalate: 14 days after\n"
                                                    "    to: controller\n"
                                                    "    critical: true\n");
    const struct policy *p = &d->policy;

    cr_assert_eq(p->minute, 540);
    cr_assert_eq(p->soon.count, 10);
    cr_assert_eq(p->rung_count, 5);
    cr_assert_eq(p->rungs[0].offset.count, -10);
    cr_assert_eq(p->rungs[0].kind, LADDER_REMIND);
    cr_assert_eq(p->rungs[1].offset.count, 0);
    cr_assert_eq(p->rungs[2].offset.count, 1);
    cr_assert_eq(p->rungs[2].levels, 1);
    cr_assert_not(p->rungs[2].critical);
    cr_assert_eq(p->rungs[3].levels, 2);
    cr_assert_eq(p->rungs[4].levels, 0);
    cr_assert(p->rungs[4].critical);
    definition_destroy(d);
}

Test(ladder, rungs_that_make_no_sense_are_refused)
{
    refused(POLICY "  - remind: tomorrow\n", ERROR_INVALID, 5, 13, "\"10 days before\"");
    refused(POLICY "  - remind: 0 days before\n", ERROR_INVALID, 5, 13, "\"on the day\"");
    refused(POLICY "  - remind: 367 days before\n", ERROR_INVALID, 5, 13, "366");
    refused(POLICY "  - remind: -3\n", ERROR_INVALID, 5, 13, "\"10 days before\"");
    refused(POLICY "  - {remind: on the day, to: parent}\n", ERROR_INVALID, 5, 26, "a reminder");
    refused(POLICY "  - {escalate: 1 day after}\n", ERROR_INVALID, 5, 5, "\"to\" is missing");
    refused(POLICY "  - {escalate: 1 day after, to: mother}\n", ERROR_INVALID, 5, 33, "nobody");
    refused(POLICY "  - {escalate: 1 day after, to: 11 levels up}\n", ERROR_INVALID, 5, 33,
            "up to");
    refused(POLICY "  - {escalate: 1 day after, remind: on the day, to: parent}\n", ERROR_INVALID,
            5, 29, "an escalation");
    refused(POLICY "  - {escalate: 1 day after, to: parent, critical: yes}\n", ERROR_INVALID, 5, 51,
            "true or false");
    refused(POLICY "  - {to: parent}\n", ERROR_INVALID, 5, 5,
            "\"remind\", \"escalate\" or \"reassign\"");
    refused(POLICY "  - {escalat: 1 day after}\n", ERROR_INVALID, 5, 6,
            "did you mean \"escalate\"");
    refused(POLICY "  - remind: on the day\n  - remind: 1 day before\n", ERROR_INVALID, 6, 5,
            "in order");
}

Test(ladder, times_and_numbers_of_a_policy_are_checked)
{
    refused("document: {kind: policy, name: p, version: '1'}\nat: 9:00\nsoon: 1\nladder: []\n",
            ERROR_INVALID, 2, 5, "not a time");
    refused("document: {kind: policy, name: p, version: '1'}\nat: '24:00'\nsoon: 1\nladder: []\n",
            ERROR_INVALID, 2, 5, "not a time");
    refused("document: {kind: policy, name: p, version: '1'}\nat: '09:00'\nsoon: '1'\nladder: []\n",
            ERROR_INVALID, 3, 7, "whole number");
    refused("document: {kind: policy, name: p, version: '1'}\nat: '09:00'\nsoon: 367\nladder: []\n",
            ERROR_INVALID, 3, 7, "from 0 to 366");
}

static struct buffer ladder_of(int rungs)
{
    struct buffer b = BUFFER_INIT;

    buffer_text(&b, POLICY);
    for (int i = 0; i < rungs; i++) {
        buffer_text(&b, "  - remind: on the day\n");
    }
    buffer_append(&b, "", 1);
    return b;
}

Test(ladder, rungs_are_accepted_up_to_the_limit)
{
    struct buffer b = ladder_of(32);

    definition_destroy(parsed_with(NULL, (const char *)b.data));
    buffer_fini(&b);
    b = ladder_of(33);
    refused((const char *)b.data, ERROR_TOO_LARGE, 5, 3, "at most 32");
    buffer_fini(&b);
}

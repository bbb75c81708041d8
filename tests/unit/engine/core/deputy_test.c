/* deputy_test.c - who stands in when the deputy is absent too */
#include "people_fixture.h"

#include "engine/core/deputy.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(deputies, .init = people_fixture_init, .fini = fixture_fini);

/* The school is away from 16 to 27 January; what is said of its deputy, and of others. */
static void deploy(const char *school2, const char *others)
{
    char text[4096];

    snprintf(text, sizeof text,
             "document: {kind: bodies, name: test, version: '2'}\n"
             "timezone: Europe/Moscow\n"
             "bodies:\n"
             "  - {id: region, name: Регион}\n"
             "  - id: school\n"
             "    name: Школа\n"
             "    parent: district\n"
             "    absences: [{from: 2023-01-16, to: 2023-01-27, deputy: school2}]\n"
             "  - {id: school2, name: Школа вторая%s}\n"
             "  - {id: inspector, name: Контроль, parent: region}\n"
             "%s",
             school2, others);
    fixture_deploy(text);
}

#define DISTRICT "  - {id: district, name: Район, parent: inspector}\n"
#define ALONE    "  - {id: alone, name: Сам по себе}\n"

/* For the school. */
static void acts(const char *deputy, const char *until)
{
    const struct assignment *a = assignment();
    struct bytes actor = assignment_actor(a, bytes_of("school"));

    cr_assert(text_is(actor, deputy), "%.*s acts, and not %s", (int)actor.size,
              (const char *)actor.data, deputy);
    for (uint32_t i = 0; i < a->acting_count; i++) {
        bool same = text_is(a->acting[i].body, "school");
        cr_assert(!same || a->acting[i].until == day_of(until), "until %s", until);
    }
}

Test(deputies, the_deputy_of_an_absent_deputy_acts_while_it_is_away)
{
    deploy(", absences: [{from: 2023-01-18, to: 2023-01-20, deputy: alone}]", DISTRICT ALONE);
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 0);
    acts("school2", "2023-01-27");
    at("2023-01-18", 0);
    acts("alone", "2023-01-20");
    act(ACTION_ASK, "alone");
    assert_refused(ACTION_REPORT, "school2", ERROR_REFUSED);
    at("2023-01-21", 0);
    acts("school2", "2023-01-27");
    at("2023-01-28", 0);
    cr_assert_eq(assignment()->acting_count, 0);
    cr_assert_eq(letters_of(LETTER_HANDED_OVER, "alone"), 1);
    cr_assert_eq(letters_of(LETTER_HANDED_OVER, "school2"), 2);
    cr_assert_eq(letters_of(LETTER_HANDED_BACK, "school"), 1);
    fixture_assert_replay();
}

Test(deputies, who_is_absent_from_before_is_passed_over_from_the_start)
{
    deploy(", absences: [{from: 2023-01-10, to: 2023-01-17, deputy: alone}]", DISTRICT ALONE);
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 0);
    acts("alone", "2023-01-17");
    at("2023-01-18", 0);
    acts("school2", "2023-01-27");
    cr_assert_eq(letters_of(LETTER_HANDED_OVER, "school2"), 1);
}

Test(deputies, who_stand_in_for_one_another_leave_the_work_to_the_one_above)
{
    deploy(", absences: [{from: 2023-01-18, to: 2023-01-20, deputy: school}]", DISTRICT ALONE);
    start("2023-01-09", "2023-01-31");
    at("2023-01-18", 0);
    acts("district", "2023-01-20");
    at("2023-01-21", 0);
    acts("school2", "2023-01-27");
    fixture_assert_replay();
}

Test(deputies, the_controller_does_not_stand_in_for_who_it_controls)
{
    deploy(", absences: [{from: 2023-01-16, to: 2023-01-27, deputy: school}]",
           "  - {id: district, name: Район, parent: inspector,\n"
           "     absences: [{from: 2023-01-16, to: 2023-01-27, deputy: alone}]}\n" ALONE);
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 0);
    acts("region", "2023-01-27");
}

Test(deputies, who_is_named_acts_when_there_is_nobody_at_all)
{
    deploy(", absences: [{from: 2023-01-16, to: 2023-01-27, deputy: school}]",
           "  - {id: district, name: Район}\n");
    fixture_deploy("document: {kind: bodies, name: test, version: '3'}\n"
                   "timezone: Europe/Moscow\n"
                   "bodies:\n"
                   "  - {id: school, name: Школа,\n"
                   "     absences: [{from: 2023-01-16, to: 2023-01-27, deputy: school2}]}\n"
                   "  - {id: school2, name: Школа вторая,\n"
                   "     absences: [{from: 2023-01-16, to: 2023-01-27, deputy: school}]}\n"
                   "  - {id: region, name: Регион}\n"
                   "  - {id: district, name: Район}\n"
                   "  - {id: inspector, name: Контроль}\n");
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 0);
    acts("school2", "2023-01-27");
}

/* A line of n deputies, all away, and one more who is there. */
static void deploy_line(int n)
{
    static char text[8192];
    size_t size = (size_t)snprintf(text, sizeof text,
                                   "document: {kind: bodies, name: test, version: '4'}\n"
                                   "timezone: Europe/Moscow\nbodies:\n"
                                   "  - {id: region, name: Р}\n  - {id: inspector, name: К}\n"
                                   "  - {id: district, name: О}\n  - {id: d%d, name: Последний}\n"
                                   "  - {id: school, name: Ш, parent: region, absences:\n"
                                   "     [{from: 2023-01-16, to: 2023-01-27, deputy: d1}]}\n",
                                   n + 1);

    for (int i = 1; i <= n; i++) {
        size += (size_t)snprintf(text + size, sizeof text - size,
                                 "  - {id: d%d, name: З, absences:\n"
                                 "     [{from: 2023-01-16, to: 2023-01-27, deputy: d%d}]}\n",
                                 i, i + 1);
    }
    fixture_deploy(text);
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 0);
}

Test(deputies, the_line_is_followed_as_far_as_its_limit)
{
    char last[16];

    deploy_line(DEPUTIES_MAX - 1);
    snprintf(last, sizeof last, "d%d", DEPUTIES_MAX);
    acts(last, "2023-01-27");
}

Test(deputies, one_past_the_limit_is_not_looked_for)
{
    deploy_line(DEPUTIES_MAX);
    acts("region", "2023-01-27");
}

Test(deputies, the_letters_of_who_is_above_go_along_the_line_too)
{
    fixture_deploy("document: {kind: bodies, name: test, version: '2'}\n"
                   "timezone: Europe/Moscow\n"
                   "bodies:\n"
                   "  - {id: region, name: Регион}\n"
                   "  - {id: inspector, name: Контроль}\n"
                   "  - {id: school, name: Школа, parent: district}\n"
                   "  - {id: district, name: Район, absences:\n"
                   "     [{from: 2023-01-01, to: 2023-02-28, deputy: school2}]}\n"
                   "  - {id: school2, name: Школа вторая, absences:\n"
                   "     [{from: 2023-01-01, to: 2023-02-28, deputy: alone}]}\n"
                   "  - {id: alone, name: Сам по себе}\n");
    start("2023-01-09", "2023-01-20");
    at("2023-01-23", 9);
    cr_assert_eq(letters_of(LETTER_ESCALATED, "alone"), 1);
    cr_assert_eq(letters_of(LETTER_ESCALATED, "school2"), 0);
}

/* --- who decides ----------------------------------------------------------------------------- */

/* The inspector is away; the school, who does the work, is its deputy. */
static void deploy_controller(const char *school, const char *inspector)
{
    char text[2048];

    snprintf(text, sizeof text,
             "document: {kind: bodies, name: test, version: '2'}\n"
             "timezone: Europe/Moscow\n"
             "bodies:\n"
             "  - {id: region, name: Регион}\n"
             "  - {id: district, name: Район, parent: region}\n"
             "  - {id: school, name: Школа, parent: district%s}\n"
             "  - {id: school2, name: Школа вторая}\n"
             "  - {id: alone, name: Сам по себе}\n"
             "  - {id: inspector, name: Контроль, parent: region, absences:\n"
             "     [{from: 2023-01-16, to: 2023-01-27, deputy: %s}]}\n",
             school, inspector);
    fixture_deploy(text);
}

static bool controls(const char *deputy)
{
    return text_is(assignment_actor(assignment(), bytes_of("inspector")), deputy);
}

static void accepts(const char *by)
{
    struct assignment_command c = command(ACTION_ACCEPT, by);

    c.in_part = true; /* the co-executor has not answered */
    c.reason = bytes_of("и так видно");
    give(&c);
    cr_assert_eq(fixture_count(RECORD_ASSIGNMENT_ACCEPTED), 1);
}

Test(deputies, who_does_the_work_does_not_control_it_as_a_deputy)
{
    deploy_controller("", "school");
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 0);
    cr_assert(controls("region"));
    cr_assert_eq(letters_of(LETTER_HANDED_OVER, "school"), 0);
    act(ACTION_REPORT, "school");
    cr_assert_eq(letters_of(LETTER_REPORTED, "school"), 0);
    cr_assert_eq(letters_of(LETTER_REPORTED, "region"), 1);
    accepts("region");
    fixture_assert_replay();
}

Test(deputies, the_deputy_of_who_does_the_work_decides_where_it_has_one)
{
    deploy_controller(", deputy: alone", "school");
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 0);
    cr_assert(controls("alone"));
    act(ACTION_REPORT, "school");
    cr_assert_eq(letters_of(LETTER_REPORTED, "alone"), 1);
    accepts("alone");
}

Test(deputies, who_comes_to_do_the_work_gives_the_control_away)
{
    deploy_controller(", absences: [{from: 2023-01-18, to: 2023-01-20, deputy: school2}]",
                      "school2");
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 0);
    cr_assert(controls("school2"));
    at("2023-01-18", 0);
    cr_assert(controls("region"));
    act(ACTION_REPORT, "school2");
    cr_assert_eq(letters_of(LETTER_REPORTED, "school2"), 0);
    cr_assert_eq(letters_of(LETTER_REPORTED, "region"), 1);
    accepts("region");
    fixture_assert_replay();
}

/* Nobody takes the control: it waits for the controller itself, who may decide from where it is. */
Test(deputies, where_only_the_worker_is_left_the_absent_controller_decides)
{
    fixture_deploy("document: {kind: bodies, name: test, version: '2'}\n"
                   "timezone: Europe/Moscow\n"
                   "bodies:\n"
                   "  - {id: region, name: Регион}\n"
                   "  - {id: district, name: Район}\n"
                   "  - {id: school, name: Школа}\n"
                   "  - {id: inspector, name: Контроль, absences:\n"
                   "     [{from: 2023-01-16, to: 2023-01-27, deputy: school}]}\n");
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 0);
    cr_assert(controls("inspector"));
    act(ACTION_REPORT, "school");
    cr_assert_eq(letters_of(LETTER_REPORTED, "school"), 0);
    cr_assert_eq(letters_of(LETTER_REPORTED, "inspector"), 1);
    accepts("inspector");
}

/* The controller has worked for the school; above it is a body that is away, too, and for which
 * the school reads. */
Test(deputies, nobody_is_asked_about_its_own_report_as_the_deputy_of_who_is_above)
{
    fixture_deploy("document: {kind: bodies, name: test, version: '2'}\n"
                   "timezone: Europe/Moscow\n"
                   "bodies:\n"
                   "  - {id: region, name: Регион}\n"
                   "  - {id: district, name: Район}\n"
                   "  - {id: chief, name: Начальник, parent: region, absences:\n"
                   "     [{from: 2023-01-16, to: 2023-01-27, deputy: school}]}\n"
                   "  - {id: school, name: Школа, absences:\n"
                   "     [{from: 2023-01-16, to: 2023-01-17, deputy: inspector}]}\n"
                   "  - {id: inspector, name: Контроль, parent: chief}\n");
    start("2023-01-09", "2023-01-31");
    at("2023-01-16", 0);
    act(ACTION_REPORT, "inspector");
    cr_assert_eq(letters_of(LETTER_REPORTED, "inspector"), 0);
    cr_assert_eq(letters_of(LETTER_REPORTED, "school"), 0);
    cr_assert_eq(letters_of(LETTER_REPORTED, "region"), 1);
    accepts("region");
}

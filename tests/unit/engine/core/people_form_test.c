/* people_form_test.c - the form of a report: which one can be filled in, and what holds to it */
#include "people_fixture.h"

#include "engine/core/people_filled.h"
#include "engine/core/people_form.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(forms, .init = people_fixture_init, .fini = fixture_fini);

#define SCORES                                                                                         \
    "[{\"name\":\"results\",\"title\":\"Результаты\",\"kind\":\"table\",\"required\":true,"  \
    "\"unless\":\"refused\",\"columns\":[{\"name\":\"area\",\"title\":\"Область\",\"kind\":"    \
    "\"choice\",\"required\":true,\"options\":[{\"value\":\"it\",\"title\":\"Цифровые\"},2]}," \
    "{\"name\":\"score\",\"title\":\"Балл\",\"kind\":\"number\",\"min\":0,\"max\":100,"            \
    "\"required\":true}]},{\"name\":\"refused\",\"title\":\"Причина отказа\"},"           \
    "{\"name\":\"held\",\"title\":\"Когда\",\"kind\":\"date\"},"                                  \
    "{\"name\":\"passed\",\"title\":\"Сдано\",\"kind\":\"flag\"}]"
#define ROW "{\"area\":\"it\",\"score\":42}"

/* --- which form can be filled in -------------------------------------------------------------- */

static bool is_form(const char *text, struct error *err)
{
    json_t *form = json_loads(text, JSON_DECODE_ANY, NULL);

    cr_assert_not_null(form, "%s", text);
    bool good = form_check(form, err);
    json_decref(form);
    return good;
}

static void form_refused(const char *text, const char *words)
{
    struct error err = ERROR_INIT;

    cr_assert_not(is_form(text, &err), "%s", text);
    cr_assert_eq(err.code, ERROR_INVALID);
    cr_assert_not_null(strstr(err.text, words), "%s: %s", text, err.text);
}

Test(forms, a_form_from_an_expression_keeps_the_rules_of_one_that_is_written_out)
{
    struct error err = ERROR_INIT;

    cr_assert(is_form(SCORES, &err), "%s", err.text);
    cr_assert(is_form("null", &err) && form_check(NULL, &err));
    cr_assert(is_form("[{\"name\":\"n\",\"title\":5,\"kind\":\"number\",\"max\":null}]", &err),
              "%s", err.text);
    form_refused("[]", "\"form\" must be a list of 1 to 32 fields");
    form_refused("{\"name\":\"n\",\"title\":\"T\"}", "\"form\" must be a list of 1 to 32 fields");
    form_refused("[5]", "\"name\" of Latin letters");
    form_refused("[{\"title\":\"T\"}]", "\"name\" of Latin letters");
    form_refused("[{\"name\":\"имя\",\"title\":\"T\"}]", "\"name\" of Latin letters");
    form_refused("[{\"name\":\"n\"}]", "a \"title\"");
    form_refused("[{\"name\":\"text\",\"title\":\"T\"}]", "a report has \"text\" of its own");
    form_refused("[{\"name\":\"n\",\"title\":\"T\"},{\"name\":\"n\",\"title\":\"T\"}]",
                 "there are two fields \"n\"");
    form_refused("[{\"name\":\"n\",\"title\":\"T\",\"unless\":\"m\"}]",
                 "there is no other field \"m\"");
    form_refused("[{\"name\":\"n\",\"title\":\"T\",\"kind\":\"tabel\"}]",
                 "\"n\" is of an unknown kind");
    form_refused("[{\"name\":\"n\",\"title\":\"T\",\"min\":1}]", "\"n\" has no \"min\"");
    form_refused("[{\"name\":\"n\",\"title\":\"T\",\"required\":\"yes\"}]",
                 "\"required\" of the field \"n\" must be true or false");
    form_refused("[{\"name\":\"n\",\"title\":\"T\",\"kind\":\"choice\"}]",
                 "\"n\" needs \"options\"");
    form_refused("[{\"name\":\"n\",\"title\":\"T\",\"kind\":\"choice\",\"options\":[{}]}]",
                 "\"options\" of the field \"n\" must be");
    form_refused("[{\"name\":\"n\",\"title\":\"T\",\"kind\":\"table\",\"columns\":[]}]",
                 "\"columns\" must be a list of 1 to 32");
    form_refused("[{\"name\":\"n\",\"title\":\"T\",\"kind\":\"table\",\"columns\":["
                 "{\"name\":\"c\",\"title\":\"C\",\"kind\":\"table\",\"columns\":[]}]}]",
                 "\"c\" is of an unknown kind");
}

/* --- what holds to it --------------------------------------------------------------------------
 */

static bool demonstration;

static bool holds(const char *report, struct error *err)
{
    json_t *form = json_loads(SCORES, 0, NULL);
    json_t *value = json_loads(report, 0, NULL);

    cr_assert(form != NULL && value != NULL, "%s", report);
    bool good = form_holds(form, value, demonstration, err);
    json_decref(form);
    json_decref(value);
    return good;
}

static void is_taken(const char *report)
{
    struct error err = ERROR_INIT;

    cr_assert(holds(report, &err), "%s: %s", report, err.text);
}

static void is_refused(const char *report, const char *words)
{
    struct error err = ERROR_INIT;

    cr_assert_not(holds(report, &err), "%s", report);
    cr_assert_eq(err.code, ERROR_INVALID);
    cr_assert_not_null(strstr(err.text, words), "%s: %s", report, err.text);
}

Test(forms, a_report_must_have_what_is_required)
{
    is_taken("{\"results\":[" ROW "]}");
    is_taken("{\"refused\":\"болен\"}");
    is_refused("{}", "the report lacks \"results\", or \"refused\" in its place: \"Результаты\"");
    is_refused("{\"results\":[],\"refused\":\"\"}", "lacks \"results\"");
    is_refused("{\"results\":null}", "lacks \"results\"");
    is_refused("{\"results\":[" ROW ",{\"area\":\"it\"}]}",
               "the report lacks \"results[1].score\": \"Балл\"");
}

Test(forms, a_value_must_be_one_that_its_field_takes)
{
    is_taken("{\"results\":[{\"area\":\"2\",\"score\":0},{\"area\":2,\"score\":100}],"
             "\"held\":\"2023-08-10\",\"passed\":false,\"more\":{\"than\":\"asked\"}}");
    is_refused("{\"results\":5}",
               "\"results\" (\"Результаты\") of the report must be a list of rows");
    is_refused("{\"results\":[5]}",
               "\"results\" (\"Результаты\") of the report must be a list of rows");
    is_refused("{\"results\":[{\"area\":\"x\",\"score\":1}]}",
               "\"results[0].area\" (\"Область\") of the report must be one of its choices");
    is_refused("{\"results\":[{\"area\":\"it\",\"score\":-1}]}", "a number within its bounds");
    is_refused("{\"results\":[{\"area\":\"it\",\"score\":100.5}]}", "a number within its bounds");
    is_refused("{\"results\":[{\"area\":\"it\",\"score\":\"42\"}]}", "a number within its bounds");
    is_refused("{\"refused\":\"x\",\"held\":\"10.08.2023\"}",
               "\"held\" (\"Когда\") of the report must be a day");
    is_refused("{\"refused\":\"x\",\"passed\":\"да\"}",
               "\"passed\" (\"Сдано\") of the report must be true");
    is_refused("{\"refused\":5}", "\"refused\" (\"Причина отказа\") of the report must be a text");
}

Test(forms, simulated_people_leave_out_what_they_cannot_invent_where_time_is_no_real_one)
{
    is_refused("{\"simulated\":true}", "lacks \"results\"");
    demonstration = true;
    is_taken("{\"simulated\":true}");
    is_refused("{\"simulated\":true,\"passed\":\"да\"}", "\"passed\"");
    is_refused("{\"simulated\":\"true\"}", "lacks \"results\"");
}

/* --- of an assignment ---------------------------------------------------------------------------
 */

static const char filled[] =
    HEAD("filled") "  - a:\n"
                   "      call: assignment\n"
                   "      with: {title: t, responsible: [school], co_executors: [district],\n"
                   "             controller: inspector, due: {days: 9}, form: '${ .form }'}\n";

static void give_with(const char *form)
{
    char input[2048];

    fixture_deploy(filled);
    snprintf(input, sizeof input, "{\"form\":%s}", form);
    id = fixture_start("filled", input);
}

Test(forms, an_assignment_with_a_form_that_cannot_be_filled_in_is_an_incident)
{
    give_with("[{\"name\":\"n\",\"title\":\"T\",\"kind\":\"tabel\"}]");
    const struct task *task = fixture_task(id, 1);
    cr_assert_eq(task->state, TASK_INCIDENT);
    cr_assert_null(task->assignment);
}

Test(forms, the_report_of_the_whole_must_hold_to_the_form_and_a_part_need_not)
{
    give_with(SCORES);
    cr_assert(decide_assignment_may(&fx.world, fixture_get(id), fixture_task(id, 1), ACTION_REPORT,
                                    bytes_of("school")),
              "what it must say is asked when it is said");
    assert_refused(ACTION_REPORT, "school", ERROR_INVALID);
    act(ACTION_REPORT, "district");
    struct assignment_command c = command(ACTION_REPORT, "school");
    c.report = bytes_of("{\"results\":[" ROW "]}");
    give(&c);
    cr_assert_eq(assignment()->state, ASSIGNMENT_REPORTED);
    fixture_assert_replay();
}

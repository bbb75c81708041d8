/* flow_test.c - starting instances, and their way from step to step */
#include "fixture.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(flow, .init = fixture_init, .fini = fixture_fini);

#define HEAD(name) "document: {dsl: '1.0.3', namespace: test, name: " name ", version: '1'}\ndo:\n"

static const char two_calls[] = HEAD("two") "  - a: {call: work.a, with: {from: '${ .town }'}}\n"
                                            "  - b: {call: work.b}\n";
static const char only_set[] = HEAD("only-set") "  - x: {set: {a: 1, was: '${ .v }'}}\n"
                                                "  - y: {set: {b: '${ .a }'}}\n";
static const char item[] = HEAD("item") "  - ask:\n"
                                        "      call: assignment\n"
                                        "      with:\n"
                                        "        title: ${ .title }\n"
                                        "        responsible: ${ .responsible }\n"
                                        "        controller: ${ .controller }\n"
                                        "        due: ${ .window }\n";

static const char plan[] =
    "document: {kind: roadmap, name: plan, version: '1', title: План}\n"
    "period: {from: 2023-01-01, to: 2023-12-31}\n"
    "controller: inspector\n"
    "policy: default\n"
    "sections: [{no: '1', title: Раздел}]\n"
    "items:\n"
    "  - {no: '1.1', section: '1', title: Первый, responsible: [school, district],\n"
    "     due: {phrase: ежеквартально, kind: recurring, windows: [\n"
    "       {from: 2023-01-01, to: 2023-03-31}, {from: 2023-04-01, to: 2023-06-30}]},\n"
    "     workflow: %s}\n"
    "  - {no: '1.2', section: '1', title: Второй, responsible: [district],\n"
    "     due: {phrase: май, kind: window, windows: [{from: 2023-05-01, to: 2023-05-31}]},\n"
    "     workflow: %s}\n";

static uint64_t start_plan(const char *first, const char *second)
{
    char text[2048];

    snprintf(text, sizeof text, plan, first, second);
    fixture_deploy(text);
    return fixture_start("plan", "{}");
}

/* --- steps ----------------------------------------------------------------------------------- */

Test(flow, an_instance_starts_with_its_first_step)
{
    uint32_t number = fixture_deploy(two_calls);
    uint64_t id = fixture_start("two", "{\"town\":\"Гатчина\"}");
    const struct instance *i = fixture_get(id);

    cr_assert_eq(i->state, INSTANCE_RUNNING);
    cr_assert_eq(i->definition, number);
    cr_assert_eq(i->priority, 5);
    cr_assert_eq(i->created_ms, fx.world.now_ms);
    cr_assert_eq(i->task_count, 1);
    const struct task *task = fixture_task(id, 1);
    cr_assert(task->kind == TASK_CALL && task->state == TASK_READY && task->attempt == 1);
    cr_assert(text_is(task->input, "{\"from\":\"Гатчина\"}"));
    fixture_assert_replay();
}

Test(flow, the_output_of_a_step_is_the_data_of_the_next)
{
    fixture_deploy(two_calls);
    uint64_t id = fixture_start("two", "{}");

    fixture_done(id, 1, "{\"a\":1}");
    const struct task *task = fixture_task(id, 2);
    cr_assert_eq(task->step, 1);
    cr_assert_eq(task->input.size, 0, "without `with` the data is the input");
    cr_assert(text_is(task_input(fixture_get(id), task), "{\"a\":1}"));
    fixture_done(id, 2, "{\"b\":2}");
    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
    cr_assert_eq(fixture_get(id)->task_count, 0);
    cr_assert(text_is(fixture_get(id)->data, "{\"b\":2}"));
    fixture_assert_replay();
}

Test(flow, steps_that_only_set_data_need_nobody)
{
    fixture_deploy(only_set);
    uint64_t id = fixture_start("only-set", "{\"v\":[1,2]}");

    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
    cr_assert(text_is(fixture_get(id)->data, "{\"b\":1}"));
    cr_assert_eq(fixture_count(RECORD_STEP_PASSED), 2);
    fixture_assert_replay();
}

Test(flow, a_value_that_cannot_be_had_waits_for_an_operator)
{
    fixture_deploy(HEAD("bad") "  - x: {set: {a: '${ .v.deeper }'}}\n");
    uint64_t id = fixture_start("bad", "{\"v\":5}");

    cr_assert_eq(fixture_get(id)->state, INSTANCE_RUNNING);
    cr_assert_eq(fixture_task(id, 1)->state, TASK_INCIDENT);
    json_t *problem = json_of(fixture_task(id, 1)->problem);
    cr_assert_str_eq(json_string_value(json_object_get(problem, "type")),
                     "https://serverlessworkflow.io/spec/1.0.0/errors/expression");
    cr_assert_not_null(json_object_get(problem, "title"));
    cr_assert_not_null(json_object_get(problem, "detail"));
    json_decref(problem);
    cr_assert_eq(fixture_count(RECORD_STEP_PASSED), 0);
}

Test(flow, a_wait_ends_at_its_time_and_not_before)
{
    fixture_deploy(HEAD("pause") "  - w: {wait: PT2H}\n");
    uint64_t id = fixture_start("pause", "{\"kept\":1}");

    fixture_now("2023-01-09", 11 * 60 - 1);
    fixture_timers();
    cr_assert_eq(fixture_get(id)->state, INSTANCE_RUNNING);
    fixture_now("2023-01-09", 11 * 60);
    fixture_timers();
    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
    cr_assert(text_is(fixture_get(id)->data, "{\"kept\":1}"), "a wait passes the data on");
}

Test(flow, an_event_wakes_who_listens_for_it)
{
    fixture_deploy(HEAD("signed") "  - l: {listen: {to: {one: {with: {type: org.signed, "
                                  "subject: '${ .key }'}}}}}\n");
    uint64_t id = fixture_start("signed", "{\"key\":\"12-р\"}");
    struct match matches[] = {{id, 1}, {id, 1}, {id, 77}, {4711, 1}};

    cr_assert(text_is(fixture_task(id, 1)->text, "12-р"));
    const char *event =
        "{\"id\":\"e1\",\"type\":\"org.signed\",\"subject\":\"12-р\",\"data\":{\"n\":1}}";
    decide_event(&fx.world, bytes_of("e1"), bytes_of(event), false, matches, 4);
    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
    cr_assert(text_is(fixture_get(id)->data, "[{\"n\":1}]"), "the data of the events taken");
    cr_assert_eq(fixture_count(RECORD_TASK_DONE), 1, "the same match twice wakes once");
    cr_assert_eq(fixture_count(RECORD_EVENT), 1);
    fixture_assert_replay();
}

Test(flow, a_subject_that_is_no_text_waits_for_an_operator)
{
    fixture_deploy(HEAD("signed") "  - l: {listen: {to: {one: {with: {type: org.signed, "
                                  "subject: '${ .key }'}}}}}\n");
    uint64_t id = fixture_start("signed", "{\"key\":12}");

    cr_assert_eq(fixture_task(id, 1)->state, TASK_INCIDENT);
    cr_assert(decide_retry(&fx.world, id, 1, bytes_of("{\"key\":\"12\"}"), &fx.err));
    cr_assert_eq(fixture_task(id, 2)->state, TASK_WAITING, "opened anew on the edited data");
    cr_assert(text_is(fixture_task(id, 2)->text, "12"));
}

/* --- keys ------------------------------------------------------------------------------------ */

static uint64_t start_key(const char *name, const char *key, bool *ret_created)
{
    struct start start = {.definition = catalog_find(fx.catalog, DEFINITION_WORKFLOW, name),
                          .key = bytes_of(key)};
    uint64_t id = 0;

    cr_assert(decide_start(&fx.world, &start, &id, ret_created, &fx.err), "%s", fx.err.text);
    return id;
}

Test(flow, the_same_key_finds_the_first_instance)
{
    bool created;

    fixture_deploy(two_calls);
    fixture_deploy(only_set);
    uint64_t id = start_key("two", "teacher-17", &created);
    cr_assert(created);
    size_t records = fx.record_count;
    cr_assert_eq(start_key("two", "teacher-17", &created), id);
    cr_assert_not(created);
    cr_assert_eq(fx.record_count, records, "nothing was decided");
    cr_assert_neq(start_key("two", "teacher-18", &created), id);
    cr_assert_neq(start_key("only-set", "teacher-17", &created), id, "of this definition");
}

Test(flow, a_key_holds_over_versions_and_after_the_end)
{
    bool created;

    fixture_deploy(only_set);
    uint64_t id = start_key("only-set", "k", &created);
    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
    fixture_deploy(HEAD("only-set") "  - x: {set: {other: 1}}\n");
    cr_assert_eq(start_key("only-set", "k", &created), id);
    cr_assert_not(created);
}

Test(flow, a_document_that_is_no_process_cannot_be_started)
{
    struct start start = {.definition = catalog_find(fx.catalog, DEFINITION_POLICY, "default")};
    uint64_t id = 0;
    bool created;

    cr_assert_not(decide_start(&fx.world, &start, &id, &created, &fx.err));
    cr_assert_eq(fx.err.code, ERROR_INVALID);
    cr_assert_eq(fx.record_count, 0);
    cr_assert_eq(fx.instance_count, 0);
}

/* --- plans ----------------------------------------------------------------------------------- */

Test(flow, a_plan_starts_an_instance_for_each_window)
{
    fixture_deploy(item);
    uint64_t id = start_plan("item", "item");
    const struct instance *p = fixture_get(id);

    cr_assert_eq(fx.instance_count, 4);
    cr_assert_eq(p->children_open, 3);
    cr_assert_eq(p->task_count, 0);
    json_t *input = json_of(fixture_get(id + 2)->data);
    cr_assert_str_eq(json_string_value(json_object_get(input, "no")), "1.1");
    cr_assert_str_eq(json_string_value(json_object_get(input, "title")), "Первый");
    cr_assert_eq(json_integer_value(json_object_get(input, "occurrence")), 2);
    cr_assert_eq(json_integer_value(json_object_get(input, "occurrences")), 2);
    cr_assert_str_eq(json_string_value(json_object_get(json_object_get(input, "window"), "from")),
                     "2023-04-01");
    json_decref(input);
    cr_assert(text_is(fixture_get(id + 2)->key, "plan/1.1/2/1"));
    cr_assert_eq(fixture_get(id + 2)->parent, id);
    fixture_assert_replay();
}

Test(flow, a_plan_is_over_when_its_last_occurrence_is)
{
    fixture_deploy(two_calls);
    uint64_t id = start_plan("two", "two");

    for (uint64_t child = id + 1; child <= id + 3; child++) {
        cr_assert_eq(fixture_get(id)->state, INSTANCE_RUNNING);
        fixture_done(child, 1, "{}");
        fixture_done(child, 2, "{}");
    }
    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
    cr_assert_eq(fixture_count(RECORD_CHILD_CLOSED), 3);
    fixture_assert_replay();
}

Test(flow, an_occurrence_that_is_over_at_once_does_not_end_the_plan)
{
    fixture_deploy(only_set);
    fixture_deploy(two_calls);
    uint64_t id = start_plan("only-set", "two");

    cr_assert_eq(fixture_get(id)->state, INSTANCE_RUNNING);
    cr_assert_eq(fixture_get(id)->children_open, 1);
    fixture_done(id + 3, 1, "{}");
    fixture_done(id + 3, 2, "{}");
    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
    cr_assert_eq(fixture_count(RECORD_COMPLETED), 4);
}

Test(flow, a_plan_whose_last_occurrence_ended_while_it_was_suspended_ends_when_resumed)
{
    fixture_deploy(only_set);
    fixture_deploy(two_calls);
    uint64_t id = start_plan("only-set", "two");

    cr_assert(decide_suspend(&fx.world, id, bytes_of("лето"), &fx.err));
    fixture_done(id + 3, 1, "{}");
    fixture_done(id + 3, 2, "{}");
    cr_assert_eq(fixture_get(id)->state, INSTANCE_SUSPENDED);
    cr_assert(decide_resume(&fx.world, id, &fx.err));
    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
}

Test(flow, a_cancelled_occurrence_is_counted_out)
{
    fixture_deploy(two_calls);
    uint64_t id = start_plan("two", "two");

    for (uint64_t child = id + 1; child <= id + 3; child++) {
        cr_assert(decide_cancel(&fx.world, child, bytes_of("не нужно"), &fx.err));
    }
    cr_assert_eq(fixture_get(id)->children_open, 0);
    cr_assert_eq(fixture_get(id)->state, INSTANCE_COMPLETED);
}

Test(flow, a_key_that_somebody_took_before_the_plan_stays_theirs)
{
    bool created;

    fixture_deploy(item);
    fixture_deploy(two_calls);
    uint64_t taken = start_key("two", "plan/1.2/1/2", &created);
    uint64_t id = start_plan("item", "two");
    cr_assert_eq(id, 2);
    cr_assert_eq(fixture_get(id + 3)->key.size, 0);
    cr_assert_eq(start_key("two", "plan/1.2/1/2", &created), taken);
}

Test(flow, a_plan_that_needs_an_unknown_workflow_is_refused_as_a_whole)
{
    struct start start = {0};
    uint64_t id = 0;
    bool created;

    fixture_deploy(item);
    uint64_t known = start_plan("item", "item");
    cr_assert_eq(known, 1);
    /* a catalog of another engine, where the workflow was not deployed */
    struct catalog *bare = catalog_create();
    fx.world.catalog = bare;
    start.definition = catalog_find(fx.catalog, DEFINITION_ROADMAP, "plan");
    size_t records = fx.record_count;
    cr_assert_not(decide_start(&fx.world, &start, &id, &created, &fx.err));
    cr_assert_eq(fx.err.code, ERROR_NOT_FOUND);
    cr_assert_not_null(strstr(fx.err.text, "1.1"));
    cr_assert_eq(fx.record_count, records);
    catalog_destroy(bare);
}

/* --- operators ------------------------------------------------------------------------------- */

Test(flow, cancelling_withdraws_what_is_open_and_keeps_letters)
{
    fixture_deploy(item);
    uint64_t id = start_plan("item", "item");
    uint64_t child = id + 1; /* its window is open: letters were written */
    size_t letters = 0;

    cr_assert(decide_cancel(&fx.world, child, bytes_of("отменён"), &fx.err));
    const struct instance *i = fixture_get(child);
    cr_assert_eq(i->state, INSTANCE_CANCELLED);
    for (uint32_t n = 0; n < i->task_count; n++) {
        letters += i->tasks[n].kind == TASK_NOTICE;
    }
    cr_assert_eq(letters, 2, "what was decided to be told is told");
    const struct task *task = fixture_find(child, TASK_ASSIGNMENT);
    cr_assert_eq(task->state, TASK_CLOSED);
    cr_assert_eq(task->assignment->state, ASSIGNMENT_WITHDRAWN);
    cr_assert_eq(task->at_ms, 0, "no moment waits for it any more");
    cr_assert(text_is(fixture_last(RECORD_CANCELLED)->text, "отменён"));
    fixture_assert_replay();
}

Test(flow, a_timer_that_was_due_with_the_cancel_announces_nothing)
{
    fixture_deploy(item);
    uint64_t id = start_plan("item", "item") + 1;
    uint32_t seq = fixture_find(id, TASK_ASSIGNMENT)->seq;

    fixture_now("2023-04-10", 9 * 60); /* both are found due in the same turn */
    cr_assert(decide_cancel(&fx.world, id, bytes_of("отменён"), &fx.err));
    size_t records = fx.record_count;
    decide_timer(&fx.world, id, seq);
    cr_assert_eq(fx.record_count, records);
}

Test(flow, what_is_over_cannot_be_steered)
{
    fixture_deploy(only_set);
    uint64_t id = fixture_start("only-set", "{}");

    cr_assert_not(decide_cancel(&fx.world, id, bytes_of("x"), &fx.err));
    cr_assert_eq(fx.err.code, ERROR_CONFLICT);
    cr_assert_not(decide_suspend(&fx.world, id, bytes_of("x"), &fx.err));
    cr_assert_eq(fx.err.code, ERROR_CONFLICT);
    cr_assert_not(decide_resume(&fx.world, id, &fx.err));
    cr_assert_eq(fx.err.code, ERROR_CONFLICT);
    cr_assert_not(decide_cancel(&fx.world, 999, bytes_of("x"), &fx.err));
    cr_assert_eq(fx.err.code, ERROR_NOT_FOUND);
}

Test(flow, a_suspended_instance_does_not_move_and_catches_up_when_resumed)
{
    fixture_deploy(HEAD("pause") "  - w: {wait: PT2H}\n"
                                 "  - l: {listen: {to: {one: {with: {type: org.x}}}}}\n");
    uint64_t id = fixture_start("pause", "{}");
    struct match match = {id, 2};

    cr_assert(decide_suspend(&fx.world, id, bytes_of("x"), &fx.err));
    fixture_now("2023-02-09", 0);
    fixture_timers();
    cr_assert_eq(fixture_task(id, 1)->state, TASK_WAITING);
    cr_assert(decide_resume(&fx.world, id, &fx.err));
    fixture_timers();
    cr_assert_eq(fixture_task(id, 2)->kind, TASK_LISTEN);
    cr_assert(decide_suspend(&fx.world, id, bytes_of("x"), &fx.err));
    decide_event(&fx.world, bytes_of("e"), bytes_of("{}"), false, &match, 1);
    cr_assert_eq(fixture_task(id, 2)->state, TASK_WAITING, "an event passes it by");
    fixture_assert_replay();
}

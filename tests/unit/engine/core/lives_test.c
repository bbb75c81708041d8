/* lives_test.c - instances as a whole: one in another, one after another, of another version */
#include "scopes_fixture.h"

#include <criterion/criterion.h>

TestSuite(lives, .init = fixture_init, .fini = fixture_fini);

Test(lives, a_workflow_runs_another_and_goes_on_with_its_output)
{
    fixture_deploy("document: {dsl: '1.0.3', namespace: test, name: sub, version: '1'}\n"
                   "do:\n"
                   "  - s: {call: work}\n");
    uint64_t id = run(HEAD "do:\n"
                           "  - r:\n"
                           "      run:\n"
                           "        workflow: {namespace: test, name: sub, version: '1',\n"
                           "                   input: {x: '${ .n }'}}\n"
                           "  - after: {set: {got: '${ .y }'}}\n",
                      "{\"n\":3}");

    cr_assert(text_is(fixture_get(id + 1)->data, "{\"x\":3}"));
    done(id + 1, "s", "{\"y\":4}");
    completed(id, "{\"got\":4}");
}

Test(lives, cancelling_an_instance_cancels_what_it_waits_for)
{
    fixture_deploy("document: {dsl: '1.0.3', namespace: test, name: sub, version: '1'}\n"
                   "do:\n"
                   "  - s: {call: work}\n");
    uint64_t id = run(HEAD "do:\n"
                           "  - r: {run: {workflow: {namespace: test, name: sub, version: '1'}}}\n",
                      "{}");

    cr_assert(decide_cancel(&fx.world, id, bytes_of("why"), &fx.err));
    cr_assert_eq(fixture_get(id + 1)->state, INSTANCE_CANCELLED);
    fixture_assert_replay();
}

Test(lives, a_schedule_starts_again_and_again)
{
    fixture_deploy(HEAD "schedule: {every: {minutes: 10}}\n"
                        "do:\n"
                        "  - a: {call: work}\n");
    uint64_t id = decide_schedule(&fx.world, catalog_find(fx.catalog, DEFINITION_WORKFLOW, "w"));

    for (uint64_t run_no = 1; run_no <= 3; run_no++) {
        fx.world.now_ms += 600000;
        fixture_turn();
        decide_timer(&fx.world, id, 1);
        cr_assert_not_null(at(id + run_no, "a"));
    }
    cr_assert_eq(fixture_get(id)->state, INSTANCE_RUNNING);
    fixture_assert_replay();
}

Test(lives, an_instance_migrates_where_its_open_step_is_and_is_refused_where_it_is_not)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - a: {call: work}\n"
                           "  - b: {set: {v: 1}}\n",
                      "{}");
    fixture_deploy(HEAD "do:\n"
                        "  - other: {call: work}\n");
    cr_assert_not(
        decide_migrate(&fx.world, id, catalog_find(fx.catalog, DEFINITION_WORKFLOW, "w"), &fx.err));
    cr_assert_eq(fx.err.code, ERROR_CONFLICT);
    fixture_deploy(HEAD "do:\n"
                        "  - first: {set: {}}\n"
                        "  - a: {call: work}\n"
                        "  - b: {set: {v: 2}}\n");
    cr_assert(
        decide_migrate(&fx.world, id, catalog_find(fx.catalog, DEFINITION_WORKFLOW, "w"), &fx.err),
        "%s", fx.err.text);
    done(id, "a", "{}");
    completed(id, "{\"v\":2}");
}

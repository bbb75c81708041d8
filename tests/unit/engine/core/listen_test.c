/* listen_test.c - steps that wait for events, and what is made of those */
#include "scopes_fixture.h"

#include <criterion/criterion.h>

TestSuite(listen, .init = fixture_init, .fini = fixture_fini);

Test(listen, listen_to_all_waits_for_each_and_gathers_their_data)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - l:\n"
                           "      listen:\n"
                           "        to:\n"
                           "          all:\n"
                           "            - {with: {type: t.a}, correlate: {room: {from: .room}}}\n"
                           "            - {with: {type: t.b}, correlate: {room: {from: .room}}}\n",
                      "{}");

    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.a\",\"room\":1,\"data\":10}"), false), 1);
    fixture_turn();
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.a\",\"room\":1,\"data\":11}"), false), 0);
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.b\",\"room\":2,\"data\":12}"), false), 0);
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.b\",\"room\":1,\"data\":13}"), false), 1);
    completed(id, "[10,13]");
}

Test(listen, foreach_takes_events_one_after_another_until_it_has_enough)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - l:\n"
                           "      listen:\n"
                           "        to: {any: [{with: {type: t.a}}], until: 'length >= 2'}\n"
                           "      foreach:\n"
                           "        item: e\n"
                           "        do: [{step: {call: work, with: {e: '${ $e }'}}}]\n",
                      "{}");

    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":1}"), false);
    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":2}"), false);
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":3}"), false), 0);
    fixture_turn();
    cr_assert_eq(open_calls(id), 1);
    done(id, "step", "{\"r\":1}");
    cr_assert(text_is(at(id, "step")->input, "{\"e\":2}"));
    done(id, "step", "{\"r\":2}");
    completed(id, "[{\"r\":1},{\"r\":2}]");
}

Test(listen, a_foreach_without_steps_says_what_of_each_event_is_wanted)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - l:\n"
                           "      listen: {to: {one: {with: {type: t.a}}}}\n"
                           "      foreach: {output: {as: .n}}\n",
                      "{}");

    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":{\"n\":7}}"), false);
    completed(id, "[7]");
}

Test(listen, a_join_closes_a_listen_that_would_go_on_for_ever)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - l:\n"
                           "      listen:\n"
                           "        to: {any: [{with: {type: t.a}}], until: 'false'}\n"
                           "      foreach:\n"
                           "        item: e\n"
                           "        do: [{step: {call: work}}]\n"
                           "      metadata: {marshrut: {parallel: true, join: {count: 1, rest: "
                           "cancel}}}\n",
                      "{}");

    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":1}"), false);
    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":2}"), false);
    cr_assert_eq(open_calls(id), 2);
    done(id, "step", "{\"r\":1}");
    completed(id, "[{\"r\":1}]");
}

Test(listen, a_join_of_events_goes_on_and_lets_the_rest_run)
{
    uint64_t id = run(HEAD "do:\n"
                           "  - l:\n"
                           "      listen:\n"
                           "        to: {any: [{with: {type: t.a}}], until: 'false'}\n"
                           "      foreach:\n"
                           "        do: [{step: {call: work}}]\n"
                           "      metadata: {marshrut: {parallel: true, join: {count: 1, rest: "
                           "continue}}}\n"
                           "  - after: {set: {n: '${ length }'}}\n",
                      "{}");

    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":1}"), false);
    fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":2}"), false);
    done(id, "step", "{}");
    cr_assert(text_is(fixture_get(id)->data, "{\"n\":1}"));
    cr_assert_eq(fixture_event(bytes_of("{\"type\":\"t.a\",\"data\":3}"), false), 0);
    done(id, "step", "{}");
    completed(id, "{\"n\":1}");
}

Test(listen, an_emitted_event_reaches_a_branch_that_listens)
{
    uint64_t id = run(
        HEAD "do:\n"
             "  - both:\n"
             "      fork:\n"
             "        branches:\n"
             "          - hear: {listen: {to: {one: {with: {type: t.x}}}}}\n"
             "          - say: {emit: {event: {with: {source: /me, type: t.x, data: {n: 5}}}},\n"
             "                  output: {as: .type}}\n",
        "{}");

    fixture_turn();
    fixture_timers();
    completed(id, "[[{\"n\":5}],\"t.x\"]");
}

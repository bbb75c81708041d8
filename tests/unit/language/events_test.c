/* events_test.c - listen, emit, and which events are meant */
#include "reading.h"

#include <criterion/criterion.h>

Test(events, one_event_is_waited_for)
{
    struct definition *d = parsed(
        HEAD "  - a: {listen: {to: {one: {with: {type: org.example.x, subject: '${ .key }',\n"
             "        source: /here, data: '${ .n > 5 }'}}}, read: envelope}}\n");
    const struct step *s = &d->workflow.steps[0];
    const struct event_filter *f = &s->listen.filters[0];

    cr_assert_eq(s->kind, STEP_LISTEN);
    cr_assert_eq(s->read, READ_ENVELOPE);
    cr_assert_eq(s->listen.mode, LISTEN_ONE);
    cr_assert_eq(s->listen.filter_count, 1);
    cr_assert_eq(s->listen.until, UNTIL_FIRST);
    cr_assert_str_eq(f->type, "org.example.x");
    cr_assert_eq(f->attribute_count, 3);
    cr_assert_str_eq(f->attributes[0].name, "subject");
    cr_assert_null(f->attributes[0].text);
    cr_assert_str_eq(expression(d, f->attributes[0].expression), " .key ");
    cr_assert_str_eq(f->attributes[1].name, "source");
    cr_assert_str_eq(f->attributes[1].text, "/here");
    cr_assert_eq(f->attributes[1].expression, EXPRESSION_NONE);
    cr_assert_str_eq(f->attributes[2].name, "data");
    gives(d, f->attributes[2].expression, "{\"n\":6}", "true");
    cr_assert_null(s->item);
    definition_destroy(d);
}

Test(events, a_type_with_signs_of_a_regular_expression_is_an_attribute)
{
    static const char *const types[] = {"^org",      "org[.]x", "org.*", "org|com",
                                        "'${ .t }'", "org\\.x", "org.x$"};
    char text[200];

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        snprintf(text, sizeof text,
                 HEAD "  - a:\n      listen:\n        to:\n          one:\n            with:\n"
                      "              type: %s\n",
                 types[i]);
        struct definition *d = parsed(text);
        const struct event_filter *f = &d->workflow.steps[0].listen.filters[0];
        cr_assert_null(f->type, "%s", types[i]);
        cr_assert_eq(f->attribute_count, 1);
        cr_assert_str_eq(f->attributes[0].name, "type");
        cr_assert_eq(f->attributes[0].text == NULL, i == 4);
        definition_destroy(d);
    }
}

Test(events, data_that_is_written_out_must_be_equal)
{
    struct definition *d =
        parsed(HEAD "  - a: {listen: {to: {one: {with: {data: {x: [1, yes]}}}}}}\n");
    uint32_t number = d->workflow.steps[0].listen.filters[0].attributes[0].expression;

    gives(d, number, "{\"x\":[1,\"yes\"]}", "true");
    gives(d, number, "{\"x\":[1]}", "false");
    definition_destroy(d);
}

Test(events, all_and_any_have_lists)
{
    struct definition *d = parsed(
        HEAD "  - a: {listen: {to: {all: [{with: {type: x}}, {with: {type: y}}]}, read: raw}}\n"
             "  - b: {listen: {to: {any: []}}}\n"
             "  - c: {listen: {to: {any: [{with: {type: x}}], until: length > 3}}}\n"
             "  - d: {listen: {to: {any: [{with: {type: x}}], until: '${ false }'}},\n"
             "        timeout: {after: P1D}}\n"
             "  - e: {listen: {to: {any: [], until: {any: [{with: {type: y}}, {with: {type: "
             "z}}]}}}}\n"
             "  - f: {listen: {to: {any: [], until: {one: {with: {type: z}}}}}}\n");
    const struct step *s = d->workflow.steps;

    cr_assert_eq(s[0].listen.mode, LISTEN_ALL);
    cr_assert_eq(s[0].read, READ_RAW);
    cr_assert_str_eq(s[0].listen.filters[1].type, "y");
    cr_assert_eq(s[1].listen.mode, LISTEN_ANY);
    cr_assert_eq(s[1].listen.filter_count, 0);
    cr_assert_eq(s[1].listen.until, UNTIL_FIRST);
    cr_assert_eq(s[2].listen.until, UNTIL_EXPRESSION);
    cr_assert_str_eq(expression(d, s[2].listen.until_expression), "length > 3");
    cr_assert_eq(s[3].listen.until, UNTIL_NEVER);
    cr_assert_eq(s[3].timeout.ms, 86400000);
    cr_assert_eq(s[4].listen.until, UNTIL_EVENT);
    cr_assert_eq(s[4].listen.until_filter_count, 2);
    cr_assert_str_eq(s[4].listen.until_filters[1].type, "z");
    cr_assert_eq(s[5].listen.until_filter_count, 1);
    definition_destroy(d);
}

Test(events, correlations_are_read)
{
    struct definition *d =
        parsed(HEAD "  - a: {listen: {to: {all: [{with: {type: x}, correlate: {\n"
                    "        room: {from: .roomid}, who: {from: '${ .data.who }', expect: $context"
                    ".who}, n: {from: .n, expect: 5}, w: {from: .w, expect: word}}}]}}}\n");
    const struct event_filter *f = &d->workflow.steps[0].listen.filters[0];

    cr_assert_eq(f->correlation_count, 4);
    cr_assert_str_eq(f->correlations[0].name, "room");
    cr_assert_str_eq(expression(d, f->correlations[0].from), ".roomid");
    cr_assert_eq(f->correlations[0].expect, EXPRESSION_NONE);
    cr_assert_str_eq(expression(d, f->correlations[1].expect), "$context.who");
    gives(d, f->correlations[2].expect, "null", "5");
    gives(d, f->correlations[3].expect, "null", "\"word\"");
    definition_destroy(d);
}

Test(events, each_event_can_be_worked_on)
{
    struct definition *d =
        parsed(HEAD "  - a:\n"
                    "      listen: {to: {any: [], until: .x}}\n"
                    "      foreach:\n"
                    "        item: event\n"
                    "        at: i\n"
                    "        do: [{b: {set: '${ [$event, $i] }'}}]\n"
                    "        output: {as: '$event.data + .'}\n"
                    "        export: {as: {n: '${ $i }'}}\n"
                    "  - c: {listen: {to: {any: []}}, foreach: {output: {as: $item}}}\n");
    const struct step *s = d->workflow.steps;

    cr_assert_str_eq(s[0].item, "event");
    cr_assert_str_eq(s[0].at, "i");
    cr_assert_eq(s[0].child, 1);
    cr_assert_str_eq(expression(d, s[0].each_output), "$event.data + .");
    cr_assert_neq(s[0].each_export, EXPRESSION_NONE);
    cr_assert_str_eq(s[2].item, "item");
    cr_assert_str_eq(s[2].at, "index");
    cr_assert_eq(s[2].child, STEP_NONE);
    definition_destroy(d);
}

Test(events, what_nobody_can_wait_for_is_refused)
{
    static const struct {
        const char *to;
        int column;
        const char *words;
    } wrong[] = {
        {"{}", 22, "one of one, any, all"},
        {"{one: {with: {type: x}}, any: []}", 22, "one of one, any, all"},
        {"{oen: {with: {type: x}}}", 23, "did you mean \"one\""},
        {"{one: {with: {}}}", 35, "from 1 to 32 attributes"},
        {"{one: {}}", 28, "\"with\" is missing"},
        {"{one: [x]}", 28, "an event filter"},
        {"{all: []}", 28, "is empty"},
        {"{all: {with: {type: x}}}", 28, "must be a list"},
        {"{one: {with: {type: x}}, until: .x}", 47, "belongs to \"any\""},
        {"{any: [], until: {any: [{with: {type: x}}], one: {with: {type: x}}}}", 39, "one of one"},
        {"{one: {with: {Type: x}}}", 36, "no attribute of an event"},
        {"{one: {with: {source: [x]}}}", 44, "a text is expected"},
        {"{one: {with: {type: 'org.(x'}}}", 42, "is no pattern"},
        {"{one: {with: {type: x}, correlate: {}}}", 57, "from 1 to 16"},
        {"{one: {with: {type: x}, correlate: {a: {}}}}", 61, "\"from\" is missing"},
        {"{one: {with: {data: 'x ${ .a }'}}}", 45, "around the whole text"},
    };
    char text[400];

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(text, sizeof text, HEAD "  - a: {listen: {to: %s}}\n", wrong[i].to);
        refused(text, ERROR_INVALID, 3, wrong[i].column, wrong[i].words);
    }
    refused(HEAD "  - a: {listen: {to: {any: [], until: {all: [{with: {type: x}}]}}}}\n",
            ERROR_UNSUPPORTED, 3, 40, "\"all\" in until");
    refused(HEAD "  - a: {listen: {to: {one: {with: {type: 'x+{9}'}}}}}\n", ERROR_UNSUPPORTED, 3,
            45, "repetitions");
    refused(HEAD "  - a: {listen: {to: {one: {with: {type: '(x)\\1'}}}}}\n", ERROR_UNSUPPORTED, 3,
            46, "references");
    refused(HEAD "  - a: {listen: {read: all, to: {any: []}}}\n", ERROR_INVALID, 3, 24,
            "data, envelope or raw");
    refused(HEAD "  - a: {listen: {to: {any: []}}, foreach: {item: a, at: a}}\n", ERROR_INVALID, 3,
            43, "the same name");
}

Test(events, a_word_near_an_attribute_is_a_warning)
{
    warned(NULL, HEAD "  - a: {listen: {to: {one: {with: {type: x, soruce: y}}}}}\n", 3, 45,
           "did you mean \"source\"");
}

Test(events, an_event_is_sent)
{
    struct definition *d =
        parsed(HEAD "  - a: {emit: {event: {with: {source: /x, type: org.x, data: {n: '${ .n }'}, "
                    "ourext: e}}}}\n");

    cr_assert_eq(d->workflow.steps[0].kind, STEP_EMIT);
    gives(d, d->workflow.steps[0].with, "{\"n\":3}",
          "{\"source\":\"/x\",\"type\":\"org.x\",\"data\":{\"n\":3},\"ourext\":\"e\"}");
    definition_destroy(d);
    refused(HEAD "  - a: {emit: {event: {with: {source: x}}}}\n", ERROR_INVALID, 3, 30,
            "\"type\" is missing");
    refused(HEAD "  - a: {emit: {event: {with: {source: x, type: y, time: []}}}}\n", ERROR_INVALID,
            3, 57, "must be a text");
    refused(HEAD "  - a: {emit: {event: {}}}\n", ERROR_INVALID, 3, 23, "\"with\" is missing");
    refused(HEAD "  - a: {emit: {evnt: {}}}\n", ERROR_INVALID, 3, 16, "did you mean \"event\"");
}

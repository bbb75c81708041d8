/* workflow_test.c - the inner language: what is read, what is refused, and where */
#include "base/limits.h"
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

Test(workflow, a_call_has_defaults)
{
    struct definition *d = parsed(HEAD "  - шаг: {call: lo.notify.v1}\n");
    const struct step *s = &d->workflow.steps[0];

    cr_assert_eq(d->kind, DEFINITION_WORKFLOW);
    cr_assert_str_eq(d->doc_version, "1.0.0");
    cr_assert_str_eq(s->name, "шаг");
    cr_assert_str_eq(s->pointer, "/do/0/шаг");
    cr_assert_eq(s->line, 3);
    cr_assert_eq(s->kind, STEP_CALL);
    cr_assert_str_eq(s->service, "lo.notify.v1");
    cr_assert_eq(s->with, EXPRESSION_NONE);
    cr_assert_eq(s->timeout.ms, 0);
    cr_assert_eq(s->retry.attempts_max, 5);
    cr_assert_eq(s->retry.delay_ms, 1000);
    cr_assert_eq(s->retry.delay_max_ms, 300000);
    cr_assert_eq(s->retry.factor_percent, 200);
    cr_assert_eq(s->retry.jitter_percent, 20);
    cr_assert_eq(d->workflow.schedule_step, STEP_NONE);
    cr_assert_not_null(d->workflow.program);
    cr_assert_null(d->workflow.document);
    definition_destroy(d);
}

Test(workflow, a_call_with_everything_is_read)
{
    struct definition *d =
        parsed(HEAD "  - s:\n"
                    "      call: mail\n"
                    "      with: {n: 007, f: -.5, g: 1e3, t: true, z: ~, q: '12', x: '${ .a }'}\n"
                    "      timeout: {after: {minutes: 1, seconds: 30}}\n"
                    "      metadata:\n"
                    "        anybody: [x]\n"
                    "        marshrut:\n"
                    "          retry: {attempts: 0, delay: PT0.5S, delayMax: {hours: 1}, factor: "
                    "1.5, jitter: 0}\n");
    const struct step *s = &d->workflow.steps[0];

    gives(d, s->with, "{\"a\":[1]}",
          "{\"n\":7,\"f\":-0.5,\"g\":1000,\"t\":true,\"z\":null,\"q\":\"12\",\"x\":[1]}");
    cr_assert_eq(s->timeout.ms, 90000);
    cr_assert_eq(s->retry.attempts_max, 0);
    cr_assert_eq(s->retry.delay_ms, 500);
    cr_assert_eq(s->retry.delay_max_ms, 3600000);
    cr_assert_eq(s->retry.factor_percent, 150);
    cr_assert_eq(s->retry.jitter_percent, 0);
    definition_destroy(d);
}

Test(workflow, the_plain_steps_are_read)
{
    struct definition *d =
        parsed(HEAD "  - w1: {wait: {days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5}}\n"
                    "  - w2: {wait: PT5S}\n"
                    "  - w3: {wait: '${ .pause }'}\n"
                    "  - s: {set: {a: [1, '${ . }']}}\n"
                    "  - t: {set: '${ .a }'}\n");
    const struct step *s = d->workflow.steps;

    cr_assert_eq(d->workflow.step_count, 5);
    cr_assert_eq(s[0].wait.ms, 86400000 + 7200000 + 180000 + 4005);
    cr_assert_eq(s[0].wait.expression, EXPRESSION_NONE);
    cr_assert_eq(s[1].wait.ms, 5000);
    gives(d, s[2].wait.expression, "{\"pause\":\"PT1S\"}", "\"PT1S\"");
    cr_assert_eq(s[3].kind, STEP_SET);
    gives(d, s[3].with, "true", "{\"a\":[1,true]}");
    gives(d, s[4].with, "{\"a\":5}", "5");
    for (uint32_t i = 0; i < 5; i++) {
        cr_assert_eq(s[i].parent, STEP_NONE);
        cr_assert_eq(s[i].child, STEP_NONE);
        cr_assert_eq(s[i].next, i < 4 ? i + 1 : STEP_NONE);
        cr_assert_eq(s[i].then.then, THEN_CONTINUE);
    }
    definition_destroy(d);
}

Test(workflow, an_assignment_is_read)
{
    struct definition *d = parsed(HEAD "  - a:\n"
                                       "      call: assignment\n"
                                       "      with:\n"
                                       "        title: Подготовить отчёт\n"
                                       "        responsible: [a, '${ .second }']\n"
                                       "        co_executors: ${ .others }\n"
                                       "        controller: boss\n"
                                       "        due: {from: 2023-01-01, to: '${ .to }'}\n"
                                       "        result: приказ\n"
                                       "        form: [{name: cipher, title: Шифр}]\n"
                                       "        policy: ${ .policy }\n");
    const struct step *s = &d->workflow.steps[0];

    cr_assert_eq(s->kind, STEP_ASSIGNMENT);
    cr_assert_null(s->service);
    gives(d, s->with, "{\"second\":\"b\",\"to\":\"2023-02-01\"}",
          "{\"title\":\"Подготовить отчёт\",\"responsible\":[\"a\",\"b\"],"
          "\"co_executors\":null,\"controller\":\"boss\",\"result\":\"приказ\","
          "\"due\":{\"from\":\"2023-01-01\",\"to\":\"2023-02-01\"},"
          "\"form\":[{\"name\":\"cipher\",\"title\":\"Шифр\"}],\"policy\":null}");
    definition_destroy(d);
}

Test(workflow, what_the_dsl_has_and_we_do_not_is_refused_by_name)
{
    refused(HEAD "  - s: {call: x}\nuse: {catalogs: {}}\n", ERROR_UNSUPPORTED, 4, 7,
            "\"catalogs\"");
    refused(HEAD "  - s: {call: x}\nuse: {extensions: []}\n", ERROR_UNSUPPORTED, 4, 7,
            "\"extensions\"");
    refused(HEAD "  - s: {call: x}\ninput: {schema: {}}\n", ERROR_UNSUPPORTED, 4, 9, "\"schema\"");
    refused(HEAD "  - s: {call: x, output: {schema: {}}}\n", ERROR_UNSUPPORTED, 3, 27,
            "\"schema\" in output");
    refused(HEAD "  - s: {call: x}\nevaluate: {language: cel}\n", ERROR_UNSUPPORTED, 4, 22,
            "jq is");
    refused(HEAD "  - s: {call: grpc}\n", ERROR_UNSUPPORTED, 3, 15, "call: grpc");
    refused(HEAD "  - s: {call: asyncapi}\n", ERROR_UNSUPPORTED, 3, 15, "call: asyncapi");
    refused(HEAD "  - s: {call: mcp}\n", ERROR_UNSUPPORTED, 3, 15, "call: mcp");
    refused(HEAD "  - s: {call: a2a}\n", ERROR_UNSUPPORTED, 3, 15, "call: a2a");
    refused(HEAD "  - s: {call: 'f:1.0.0@cat'}\n", ERROR_UNSUPPORTED, 3, 15, "catalog");
    refused(HEAD "  - s: {call: 'https://x.invalid/f.yaml'}\n", ERROR_UNSUPPORTED, 3, 15,
            "by address");
    refused(HEAD "  - s: {run: {container: {image: x}}}\n", ERROR_UNSUPPORTED, 3, 15,
            "run: container");
    refused(HEAD "  - s: {run: {script: {}}}\n", ERROR_UNSUPPORTED, 3, 15, "run: script");
    refused(HEAD "  - s: {run: {shell: {}}}\n", ERROR_UNSUPPORTED, 3, 15, "run: shell");
    refused(HEAD "  - s: {wait: P1M}\n", ERROR_UNSUPPORTED, 3, 15, "months");
    refused(HEAD "  - s: {set: {a: 0x1F}}\n", ERROR_UNSUPPORTED, 3, 18, "decimal");
    refused(HEAD "  - s: {set: {a: .inf}}\n", ERROR_UNSUPPORTED, 3, 18, "decimal");
}

Test(workflow, another_version_of_the_dsl_is_refused)
{
    refused("document: {dsl: '1.1.0', namespace: m, name: w, version: '1.0.0'}\ndo: []\n",
            ERROR_UNSUPPORTED, 1, 17, "1.0.x");
    refused("document: {dsl: '1.0.', namespace: m, name: w, version: '1.0.0'}\ndo: []\n",
            ERROR_UNSUPPORTED, 1, 17, "1.0.x");
    refused("document: {dsl: '1.0.0', name: w, version: '1.0.0'}\ndo: []\n", ERROR_INVALID, 1, 11,
            "namespace");
}

Test(workflow, words_that_are_none_are_refused)
{
    refused(HEAD "  - s: {cal: x}\n", ERROR_INVALID, 3, 9, "did you mean \"call\"");
    refused(HEAD "  - s: {call: x, retry: 5}\n", ERROR_INVALID, 3, 18, "\"retry\"");
    refused("dos: []\n" HEAD "  - s: {call: x}\n", ERROR_INVALID, 1, 1, "did you mean \"do\"");
    refused(HEAD "  - s: {call: x, timeout: {after: PT1S, before: PT1S}}\n", ERROR_INVALID, 3, 41,
            "\"before\"");
    refused(HEAD "  - s: {call: x, metadata: {marshrut: {retri: 1}}}\n", ERROR_INVALID, 3, 40,
            "did you mean \"retry\"");
    refused(HEAD "  - s: {call: x, metadata: {marshrut: {retry: {attemps: 1}}}}\n", ERROR_INVALID,
            3, 48, "did you mean \"attempts\"");
    refused(HEAD "  - s: {wait: {second: 1}}\n", ERROR_INVALID, 3, 16, "did you mean \"seconds\"");
}

Test(workflow, steps_that_make_no_sense_are_refused)
{
    refused(HEAD "  []\n", ERROR_INVALID, 3, 3, "at least one step");
    refused(HEAD "  - call\n", ERROR_INVALID, 3, 5, "its name, a colon");
    refused(HEAD "  - {a: {call: x}, b: {call: x}}\n", ERROR_INVALID, 3, 5, "its name");
    refused(HEAD "  - s: {metadata: {}}\n", ERROR_INVALID, 3, 8, "does nothing");
    refused(HEAD "  - s: {call: x, wait: PT1S}\n", ERROR_INVALID, 3, 18, "both");
    refused(HEAD "  - s: {wait: PT1S, with: {}}\n", ERROR_INVALID, 3, 21, "belongs to \"call\"");
    refused(HEAD "  - s: {wait: PT1S, metadata: {marshrut: {retry: {}}}}\n", ERROR_INVALID, 3, 50,
            "only a call");
    refused(HEAD "  - s: {call: x}\n  - t: {call: x}\n  - s: {call: x}\n", ERROR_INVALID, 5, 5,
            "first in line 3");
    refused(HEAD "  - s: {call: 'имя'}\n", ERROR_INVALID, 3, 15, "is no name");
    refused(HEAD "  - s: {call: x, with: [1]}\n", ERROR_INVALID, 3, 24, "a map or an expression");
    refused(HEAD "  - s: {set: 5}\n", ERROR_INVALID, 3, 14, "a map or an expression");
    refused(HEAD "  - s: {wait: soon}\n", ERROR_INVALID, 3, 15, "not a duration");
    refused(HEAD "  - s: {wait: {seconds: -1}}\n", ERROR_INVALID, 3, 25, "from 0");
    refused(HEAD "  - s: {wait: {}}\n", ERROR_INVALID, 3, 15, "empty");
    refused(HEAD "  - s: {call: x, timeout: {after: PT0S}}\n", ERROR_INVALID, 3, 27, "millisecond");
    refused(HEAD "  - s: {set: {a: 99999999999999999999}}\n", ERROR_INVALID, 3, 18, "too large");
}

Test(workflow, retry_rules_that_make_no_sense_are_refused)
{
    static const struct {
        const char *rule;
        int column;
    } wrong[] = {
        {"{attempts: -1}", 58},  {"{attempts: many}", 58}, {"{factor: 0.5}", 56},
        {"{factor: x}", 56},     {"{jitter: 101}", 56},    {"{delay: PT10M}", 47},
        {"{delayMax: PT1}", 58},
    };
    char text[300];

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(text, sizeof text, HEAD "  - s: {call: x, metadata: {marshrut: {retry: %s}}}\n",
                 wrong[i].rule);
        refused(text, ERROR_INVALID, 3, wrong[i].column, "");
    }
}

#define ASSIGN HEAD "  - a:\n      call: assignment\n"

Test(workflow, assignments_that_make_no_sense_are_refused)
{
    refused(ASSIGN, ERROR_INVALID, 4, 7, "\"with\" is missing");
    refused(ASSIGN "      with: ${ . }\n", ERROR_INVALID, 5, 13, "must be a map");
    refused(ASSIGN "      with: {responsible: [a], due: '${ .d }'}\n", ERROR_INVALID, 5, 13,
            "\"title\" is missing");
    refused(ASSIGN "      with: {title: t, due: '${ .d }'}\n", ERROR_INVALID, 5, 13,
            "\"responsible\" is missing");
    refused(ASSIGN "      with: {title: t, responsible: [a]}\n", ERROR_INVALID, 5, 13,
            "\"due\" is missing");
    refused(ASSIGN "      with: {title: t, responsible: a, due: '${ .d }'}\n", ERROR_INVALID, 5, 37,
            "must be a list");
    refused(ASSIGN "      with: {title: t, responsible: [], due: '${ .d }'}\n", ERROR_INVALID, 5,
            37, "from 1 to");
    refused(ASSIGN "      with: {title: t, responsible: [a], due: {from: 2023-02-02, to: "
                   "2023-02-01}}\n",
            ERROR_INVALID, 5, 70, "before it starts");
    refused(ASSIGN "      with: {title: t, responsible: [a], due: {from: '${ .d }', to: soon}}\n",
            ERROR_INVALID, 5, 69, "not a date");
    refused(ASSIGN "      with: {title: t, responsible: [a], due: завтра}\n", ERROR_INVALID, 5, 47,
            "two dates are expected here");
    refused(ASSIGN "      with: {title: t, responsable: [a], due: '${ .d }'}\n", ERROR_INVALID, 5,
            24, "did you mean \"responsible\"");
}

/* The journal of an engine may hold one from before it was refused. */
Test(workflow, a_call_near_a_function_of_ours_is_refused_unless_it_is_read_by_itself)
{
    struct catalog *catalog = catalog_create();

    refused_with(catalog, HEAD "  - s: {call: asignment}\n", ERROR_INVALID, 3, 15,
                 "did you mean \"assignment\"");
    struct definition *d = parsed(HEAD "  - s: {call: asignment}\n");
    cr_assert_str_eq(d->workflow.steps[0].service, "asignment");
    definition_destroy(d);
    catalog_destroy(catalog);
}

#define TITLED(title) HEAD "  - s: {call: x, metadata: {title: " title "}}\n"

Test(workflow, a_step_has_the_title_that_its_metadata_gives)
{
    char text[600];
    struct definition *d = parsed(HEAD "  - s: {call: x, metadata: {title: Письмо, owner: a}}\n"
                                       "  - t: {wait: PT1S, metadata: {owner: b}}\n");

    cr_assert_str_eq(d->workflow.steps[0].title, "Письмо");
    cr_assert_null(d->workflow.steps[1].title);
    definition_destroy(d);
    snprintf(text, sizeof text, TITLED("%0*d"), (int)LIMIT_TITLE_BYTES, 1);
    d = parsed(text);
    cr_assert_eq(strlen(d->workflow.steps[0].title), LIMIT_TITLE_BYTES);
    definition_destroy(d);
}

/* A store may hold a document from before titles were read. */
Test(workflow, a_title_that_can_not_be_one_is_refused_unless_it_is_read_by_itself)
{
    struct catalog *catalog = catalog_create();
    char text[600];

    snprintf(text, sizeof text, TITLED("%0*d"), (int)LIMIT_TITLE_BYTES + 1, 1);
    refused_with(catalog, text, ERROR_TOO_LARGE, 3, 36, "256");
    refused_with(catalog, TITLED("{ru: x}"), ERROR_INVALID, 3, 36, "\"title\" must be a text");
    refused_with(catalog, TITLED("'${ .x }'"), ERROR_INVALID, 3, 36, "can't be computed");
    refused_with(catalog, TITLED("\"a\\nb\""), ERROR_INVALID, 3, 36, "control character");
    struct definition *d = parsed(text);
    cr_assert_null(d->workflow.steps[0].title);
    definition_destroy(d);
    d = parsed(TITLED("'${ .x }'"));
    cr_assert_null(d->workflow.steps[0].title);
    definition_destroy(d);
    catalog_destroy(catalog);
}

Test(workflow, literal_names_of_an_assignment_are_looked_up)
{
    struct catalog *catalog = catalog_create();

    refused_with(catalog,
                 ASSIGN "      with: {title: t, responsible: ['${ .a }', b], due: '${ .d }'}\n",
                 ERROR_INVALID, 5, 49, "no body \"b\"");
    refused_with(catalog,
                 ASSIGN "      with: {title: t, responsible: '${ .a }', co_executors: [c], due: "
                        "'${ .d }'}\n",
                 ERROR_INVALID, 5, 63, "no body \"c\"");
    refused_with(catalog,
                 ASSIGN "      with: {title: t, responsible: '${ .a }', controller: d, due: "
                        "'${ .d }'}\n",
                 ERROR_INVALID, 5, 60, "no body \"d\"");
    refused_with(catalog,
                 ASSIGN "      with: {title: t, responsible: '${ .a }', policy: p, due: '${ .d "
                        "}'}\n",
                 ERROR_INVALID, 5, 56, "no policy \"p\"");
    catalog_destroy(catalog);
}

static struct buffer steps(unsigned count)
{
    struct buffer b = BUFFER_INIT;
    char line[64];

    buffer_text(&b, HEAD);
    for (unsigned i = 0; i < count; i++) {
        snprintf(line, sizeof line, "  - s%u: {call: x}\n", i);
        buffer_text(&b, line);
    }
    buffer_append(&b, "", 1);
    return b;
}

Test(workflow, steps_are_accepted_up_to_the_limit)
{
    struct buffer b = steps(LIMIT_TASKS);

    definition_destroy(parsed((const char *)b.data));
    buffer_fini(&b);
    b = steps(LIMIT_TASKS + 1);
    refused((const char *)b.data, ERROR_TOO_LARGE, 1003, 5, "at most 1000");
    buffer_fini(&b);
}

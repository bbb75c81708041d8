/* use_test.c - what a workflow defines once: functions, timeouts, secrets, authentications; calls
 * of http and openapi; schedules */
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* --- functions ------------------------------------------------------------------------------- */

Test(use, a_function_stands_below_its_call)
{
    struct definition *d = parsed(HEAD "  - a: {call: twice, with: {x: '${ .y }'}}\n"
                                       "  - b: {call: once}\n"
                                       "use:\n"
                                       "  functions:\n"
                                       "    once: {call: service, if: .x}\n"
                                       "    twice: {do: [{c: {call: once}}, {d: {call: once}}]}\n");
    const struct step *s = d->workflow.steps;

    cr_assert_eq(d->workflow.step_count, 8);
    cr_assert_eq(s[0].kind, STEP_FUNCTION);
    gives(d, s[0].with, "{\"y\":1}", "{\"x\":1}");
    cr_assert_eq(s[0].child, 1);
    cr_assert_eq(s[0].next, 6);
    cr_assert_str_eq(s[1].name, "twice");
    cr_assert_str_eq(s[1].pointer, "/use/functions/twice");
    cr_assert_eq(s[1].line, 8);
    cr_assert_eq(s[1].parent, 0);
    cr_assert_eq(s[1].next, STEP_NONE);
    cr_assert_eq(s[2].kind, STEP_FUNCTION);
    cr_assert_str_eq(s[2].pointer, "/use/functions/twice/do/0/c");
    cr_assert_str_eq(s[3].pointer, "/use/functions/once");
    cr_assert_str_eq(s[3].service, "service");
    cr_assert_str_eq(expression(d, s[3].condition), ".x");
    cr_assert_eq(s[6].with, EXPRESSION_NONE);
    cr_assert_eq(s[6].child, 7);
    definition_destroy(d);
}

Test(use, functions_that_make_no_sense_are_refused)
{
    refused(HEAD "  - a: {call: f}\nuse: {functions: {f: {call: g}, g: {do: [{b: {call: f}}]}}}\n",
            ERROR_INVALID, 4, 53, "calls itself");
    refused(HEAD "  - a: {call: f}\nuse: {functions: {f: {call: f}}}\n", ERROR_INVALID, 4, 29,
            "calls itself");
    refused(HEAD "  - a: {call: x}\nuse: {functions: {f: {wait: soon}}}\n", ERROR_INVALID, 4, 29,
            "not a duration");
    refused(HEAD "  - a: {call: f}\nuse: {functions: {f: {call: x, then: end}}}\n", ERROR_INVALID,
            4, 38, "belongs to the call");
    refused(HEAD "  - a: {call: x}\nuse: {functions: {http: {call: x}}}\n", ERROR_INVALID, 4, 19,
            "a meaning already");
    refused(HEAD "  - a: {call: x}\nuse: {functions: {'f g': {call: x}}}\n", ERROR_INVALID, 4, 19,
            "is no name");
    refused(HEAD "  - a: {call: x}\nuse: {functions: [f]}\n", ERROR_INVALID, 4, 18,
            "must be a map");
    refused(HEAD "  - a: {call: x}\nuse: {function: {}}\n", ERROR_INVALID, 4, 7,
            "did you mean \"functions\"");
}

Test(use, a_function_sees_no_names_of_its_caller)
{
    refused(HEAD "  - a: {for: {each: pet, in: .a}, do: [{b: {call: f}}]}\n"
                 "use: {functions: {f: {set: '${ $pet }'}}}\n",
            ERROR_INVALID, 4, 32, "$pet");
}

Test(use, a_call_a_letter_off_a_function_is_a_warning)
{
    warned(NULL,
           HEAD "  - a: {call: getPte}\n  - b: {call: getPet}\n"
                "use: {functions: {getPet: {call: x}}}\n",
           3, 15, "did you mean the function \"getPet\"");
}

Test(use, a_mistake_in_a_function_is_told_once)
{
    struct document_options options = {0};
    struct problems problems = {0};
    const char *text = HEAD "  - a: {call: f}\n  - b: {call: f}\n"
                            "use: {functions: {f: {wait: soon}}}\n";

    cr_assert_not(document_check("t.yaml", bytes_of(text), &options, &problems, NULL));
    cr_assert_eq(problems.count, 1);
    cr_assert_eq(problems.error_count, 1);
    problems_fini(&problems);
}

/* --- timeouts -------------------------------------------------------------------------------- */

Test(use, a_timeout_is_found_by_its_name)
{
    struct definition *d = parsed(HEAD "  - a: {call: x, timeout: short}\n"
                                       "  - b: {do: [{c: {call: x}}], timeout: {after: P1D}}\n"
                                       "use: {timeouts: {short: {after: PT5S}}}\n");

    cr_assert_eq(d->workflow.steps[0].timeout.ms, 5000);
    cr_assert_eq(d->workflow.steps[1].timeout.ms, 86400000);
    definition_destroy(d);
    refused(HEAD "  - a: {call: x, timeout: shrot}\nuse: {timeouts: {short: {after: PT5S}}}\n",
            ERROR_INVALID, 3, 27, "no timeout \"shrot\": did you mean \"short\"");
    refused(HEAD "  - a: {call: x}\nuse: {timeouts: {short: {}}}\n", ERROR_INVALID, 4, 25,
            "\"after\" is missing");
    refused(HEAD "  - a: {wait: PT1S, timeout: {after: PT0S}}\n", ERROR_INVALID, 3, 30,
            "at least a millisecond");
    refused(HEAD "  - a: {call: x, timeout: {after: P50D}}\n", ERROR_INVALID, 3, 27, "49 days");
    definition_destroy(parsed(HEAD "  - a: {wait: PT1S, timeout: {after: P50D}}\n"));
}

Test(use, a_timeout_of_the_whole_makes_a_step_around_it)
{
    struct definition *d =
        parsed(HEAD "  - a: {call: x, then: b}\n  - b: {call: x}\ntimeout: {after: PT1H}\n");
    const struct step *s = d->workflow.steps;

    cr_assert_eq(d->workflow.step_count, 3);
    cr_assert_eq(s[0].kind, STEP_DO);
    cr_assert_str_eq(s[0].name, "workflow");
    cr_assert_str_eq(s[0].pointer, "");
    cr_assert_eq(s[0].timeout.ms, 3600000);
    cr_assert_eq(s[0].child, 1);
    cr_assert_eq(s[0].next, STEP_NONE);
    cr_assert_eq(s[1].parent, 0);
    cr_assert_eq(s[1].then.step, 2);
    cr_assert_str_eq(s[2].pointer, "/do/1/b");
    definition_destroy(d);
}

/* --- secrets, http, openapi ------------------------------------------------------------------ */

#define HTTP HEAD "  - a:\n      call: http\n      with:\n        method: get\n"

Test(use, an_http_call_is_read)
{
    struct definition *d = parsed(HTTP "        endpoint: https://x.invalid/pet/{id}\n"
                                       "        headers: {a: b}\n"
                                       "        query: ${ .q }\n"
                                       "        body: {n: 5}\n"
                                       "        output: response\n"
                                       "        redirect: true\n");
    const struct step *s = &d->workflow.steps[0];

    cr_assert_str_eq(s->service, "http");
    gives(
        d, s->with, "{\"q\":{\"z\":1},\"id\":7}",
        "{\"method\":\"get\",\"endpoint\":\"https://x.invalid/pet/{id}\",\"headers\":{\"a\":\"b\"},"
        "\"query\":{\"z\":1},\"body\":{\"n\":5},\"output\":\"response\",\"redirect\":true,"
        "\"data\":{\"q\":{\"z\":1},\"id\":7}}");
    definition_destroy(d);
}

Test(use, an_openapi_call_is_read)
{
    struct definition *d =
        parsed(HEAD "  - a:\n      call: openapi\n      with:\n"
                    "        document: {endpoint: 'https://x.invalid/api.json'}\n"
                    "        operationId: find\n        parameters: {status: '${ .s }'}\n");

    gives(d, d->workflow.steps[0].with, "{\"s\":1}",
          "{\"document\":{\"endpoint\":\"https://x.invalid/api.json\"},\"operationId\":\"find\","
          "\"parameters\":{\"status\":1},\"data\":{\"s\":1}}");
    definition_destroy(d);
    refused(HEAD "  - a: {call: openapi, with: {operationId: x}}\n", ERROR_INVALID, 3, 30,
            "\"document\" is missing");
    refused(HEAD "  - a: {call: openapi, with: {document: {endpoint: 'https://x'}}}\n",
            ERROR_INVALID, 3, 30, "\"operationId\" is missing");
}

Test(use, an_authentication_of_use_is_put_in_its_place)
{
    struct definition *d =
        parsed(HTTP "        endpoint: {uri: 'https://x.invalid', authentication: {use: mine}}\n"
                    "use: {authentications: {mine: {bearer: {token: '${ .token }'}}}}\n");

    gives(d, d->workflow.steps[0].with, "{\"token\":\"t\"}",
          "{\"method\":\"get\",\"endpoint\":{\"uri\":\"https://x.invalid\",\"authentication\":"
          "{\"bearer\":{\"token\":\"t\"}}},\"data\":{\"token\":\"t\"}}");
    definition_destroy(d);
    d = parsed(HTTP "        endpoint: {uri: 'https://x.invalid', authentication: {use: mine}}\n"
                    "use: {authentications: {mine: {}}}\n");
    gives(d, d->workflow.steps[0].with, "1",
          "{\"method\":\"get\",\"endpoint\":{\"uri\":\"https://x.invalid\",\"authentication\":"
          "{\"use\":\"mine\"}},\"data\":1}");
    definition_destroy(d);
}

Test(use, calls_of_http_that_make_no_sense_are_refused)
{
    static const struct {
        const char *with;
        int column;
        const char *words;
    } wrong[] = {
        {"{method: get}", 27, "\"endpoint\" is missing"},
        {"{endpoint: 'https://x'}", 27, "\"method\" is missing"},
        {"{method: get, endpoint: x}", 51, "is no URI"},
        {"{method: get, endpoint: [x]}", 51, "must be a URI"},
        {"{method: get, endpoint: {ur: 'https://x'}}", 52, "did you mean \"uri\""},
        {"{method: get, endpoint: 'https://x', headers: [x]}", 73, "a map or an expression"},
        {"{method: get, endpoint: 'https://x', output: all}", 72, "raw, content or response"},
        {"{method: get, endpoint: 'https://x', redirect: 1}", 74, "true or false"},
        {"{method: get, endpoint: {uri: 'https://x', authentication: {}}}", 86, "one of basic"},
        {"{method: get, endpoint: {uri: 'https://x', authentication: {basic: {username: u}}}}", 94,
         "\"password\" is missing"},
        {"{method: get, endpoint: {uri: 'https://x', authentication: {bearer: {use: s}}}}", 101,
         "no secret \"s\""},
        {"{method: get, endpoint: {uri: 'https://x', authentication: {use: mnie}}}", 92,
         "no authentication \"mnie\": did you mean \"mine\""},
    };
    char text[400];

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(text, sizeof text,
                 HEAD "  - a: {call: http, with: %s}\nuse: {authentications: {mine: {}}}\n",
                 wrong[i].with);
        refused(text, ERROR_INVALID, 3, wrong[i].column, wrong[i].words);
    }
    refused(HTTP "        endpoint: {uri: 'https://x', authentication: {oauth2: {}}}\n",
            ERROR_UNSUPPORTED, 7, 55, "\"oauth2\"");
    refused(HEAD "  - a: {call: x}\nuse: {authentications: {mine: {digest: {}}}}\n",
            ERROR_UNSUPPORTED, 4, 32, "\"digest\"");
}

Test(use, secrets_are_declared)
{
    definition_destroy(parsed(HEAD "  - a: {call: x, with: {p: '${ $secrets.mail.password }'}}\n"
                                   "use: {secrets: [mail]}\n"));
    refused(HEAD "  - a: {call: x, with: {p: '${ $secrets.mial }'}}\nuse: {secrets: [mail]}\n",
            ERROR_INVALID, 3, 41, "no secret \"mial\": did you mean \"mail\"");
    refused(HEAD "  - a: {if: $secrets.mail, call: x}\n", ERROR_INVALID, 3, 22,
            "no secret \"mail\"");
}

/* --- what stands beside the steps ------------------------------------------------------------ */

Test(use, input_output_and_on_error_of_the_workflow_are_read)
{
    struct definition *d = parsed(
        "document: {dsl: '1.0.0', namespace: m, name: w, version: 1.0.0,\n"
        "  metadata: {marshrut: {onError: fault}, other: 1}}\n"
        "input: {from: .order}\noutput: {as: {r: '${ $context.r }'}}\ndo: [{a: {call: x}}]\n");

    cr_assert_str_eq(expression(d, d->workflow.input_from), ".order");
    cr_assert_neq(d->workflow.output_as, EXPRESSION_NONE);
    cr_assert(d->workflow.fault);
    definition_destroy(d);
    refused("document: {dsl: '1.0.0', namespace: m, name: w, version: 1.0.0,\n"
            "  metadata: {marshrut: {onError: explode}}}\ndo: [{a: {call: x}}]\n",
            ERROR_INVALID, 2, 34, "must be incident or fault");
    refused("document: {dsl: '1.0.0', namespace: m, name: w, version: 1.0.0,\n"
            "  metadata: {marshrut: {onEror: fault}}}\ndo: [{a: {call: x}}]\n",
            ERROR_INVALID, 2, 25, "did you mean \"onError\"");
}

#define SCHEDULE HEAD "  - a: {call: x}\nschedule: "

Test(use, a_schedule_is_the_last_step)
{
    struct definition *d = parsed(SCHEDULE "{cron: 0 8 * * MON-FRI}\n");
    const struct workflow *w = &d->workflow;

    cr_assert_eq(w->step_count, 2);
    cr_assert_eq(w->schedule_step, 1);
    cr_assert_eq(w->steps[1].kind, STEP_SCHEDULE);
    cr_assert_str_eq(w->steps[1].pointer, "/schedule");
    cr_assert_eq(w->steps[0].next, STEP_NONE);
    cr_assert_str_eq(w->schedule.cron, "0 8 * * MON-FRI");
    cr_assert_not(w->schedule.on);
    definition_destroy(d);
    d = parsed(SCHEDULE "{after: {minutes: 5}}\n");
    cr_assert_eq(d->workflow.schedule.after_ms, 300000);
    definition_destroy(d);
    d = parsed(SCHEDULE "{every: PT1H, on: {any: []}}\n");
    cr_assert_eq(d->workflow.schedule.every_ms, 3600000);
    cr_assert(d->workflow.schedule.on);
    definition_destroy(d);
    d = parsed(SCHEDULE "{on: {one: {with: {type: x, data: '${ .n > 1 }'}}}}\n");
    cr_assert(d->workflow.schedule.on);
    cr_assert_str_eq(d->workflow.steps[1].listen.filters[0].type, "x");
    definition_destroy(d);
}

Test(use, schedules_that_make_no_sense_are_refused)
{
    refused(SCHEDULE "{}\n", ERROR_INVALID, 4, 11, "every, cron, after or on");
    refused(SCHEDULE "{every: PT1H, after: PT1H}\n", ERROR_UNSUPPORTED, 4, 25,
            "\"after\" beside \"every\"");
    refused(SCHEDULE "{every: PT0.5S}\n", ERROR_INVALID, 4, 19, "at least a second");
    refused(SCHEDULE "{cron: 0 8 * *}\n", ERROR_INVALID, 4, 18, "");
    refused(SCHEDULE "{cron: 0 24 * * *}\n", ERROR_INVALID, 4, 20, "24");
    refused(SCHEDULE "{cron: '0 8 * * MOO'}\n", ERROR_INVALID, 4, 27, "MOO");
    refused(SCHEDULE "{cron: 0 0 31 2 *}\n", ERROR_INVALID, 4, 18, "never comes");
    refused(SCHEDULE "{every: '${ .a }'}\n", ERROR_UNSUPPORTED, 4, 19, "an expression");
    refused(SCHEDULE "{evry: PT1S}\n", ERROR_INVALID, 4, 12, "did you mean \"every\"");
    refused(SCHEDULE "{on: {any: [], until: .x}}\n", ERROR_UNSUPPORTED, 4, 16, "\"until\"");
    refused(SCHEDULE "{on: {one: {with: {subject: '${ .x }'}}}}\n", ERROR_INVALID, 4, 39,
            "no instance is there yet");
    refused(SCHEDULE "{on: {one: {with: {type: x}, correlate: {a: {from: .a, expect: .b}}}}}\n",
            ERROR_INVALID, 4, 74, "must be a constant");
}

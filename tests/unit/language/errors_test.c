/* errors_test.c - try, catch, retry and raise */
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define TRY HEAD "  - t:\n      try: [{a: {call: x}}]\n"

Test(errors, a_catch_with_everything_is_read)
{
    struct definition *d = parsed(
        TRY "      catch:\n"
            "        errors: {with: {type: 'https://x.invalid/e', status: 503, instance: /do/0,\n"
            "                        title: Т, detail: D}}\n"
            "        as: problem\n"
            "        when: $problem.status > 500\n"
            "        exceptWhen: ${ .done }\n"
            "        retry:\n"
            "          when: $problem.status == 503\n"
            "          exceptWhen: .x\n"
            "          delay: {seconds: 3}\n"
            "          backoff: {exponential: {}}\n"
            "          jitter: {from: PT1S, to: PT2S}\n"
            "          limit: {attempt: {count: 5, duration: PT10S}, duration: {minutes: 2}}\n"
            "        do: [{b: {set: '${ $problem }'}}]\n");
    const struct step *s = &d->workflow.steps[0];

    cr_assert_str_eq(s->errors.type, "https://x.invalid/e");
    cr_assert_eq(s->errors.status, 503);
    cr_assert_str_eq(s->errors.instance, "/do/0");
    cr_assert_str_eq(s->errors.title, "Т");
    cr_assert_str_eq(s->errors.detail, "D");
    cr_assert_str_eq(s->error_name, "problem");
    cr_assert_str_eq(expression(d, s->catch_when), "$problem.status > 500");
    cr_assert_str_eq(expression(d, s->catch_except_when), " .done ");
    cr_assert(s->retries);
    cr_assert_str_eq(expression(d, s->catch_retry.when), "$problem.status == 503");
    cr_assert_str_eq(expression(d, s->catch_retry.except_when), ".x");
    cr_assert_eq(s->catch_retry.delay.ms, 3000);
    cr_assert_eq(s->catch_retry.backoff, BACKOFF_EXPONENTIAL);
    cr_assert_eq(s->catch_retry.jitter_from_ms, 1000);
    cr_assert_eq(s->catch_retry.jitter_to_ms, 2000);
    cr_assert_eq(s->catch_retry.attempts_max, 5);
    cr_assert_eq(s->catch_retry.attempt_duration.ms, 10000);
    cr_assert_eq(s->catch_retry.duration.ms, 120000);
    definition_destroy(d);
}

Test(errors, an_empty_catch_catches_everything)
{
    struct definition *d = parsed(TRY "      catch: {}\n");
    const struct step *s = &d->workflow.steps[0];

    cr_assert_null(s->errors.type);
    cr_assert_eq(s->errors.status, -1);
    cr_assert_str_eq(s->error_name, "error");
    cr_assert_eq(s->catch_child, STEP_NONE);
    cr_assert_not(s->retries);
    definition_destroy(d);
}

Test(errors, a_call_inside_a_try_is_not_repeated_by_itself)
{
    struct definition *d =
        parsed(HEAD "  - t:\n"
                    "      try:\n"
                    "        - a: {call: x}\n"
                    "        - b: {do: [{c: {call: x}}]}\n"
                    "        - d: {call: x, metadata: {marshrut: {retry: {delay: PT2S}}}}\n"
                    "        - e: {call: f}\n"
                    "      catch: {do: [{g: {call: x}}]}\n"
                    "use: {functions: {f: {call: y}}}\n");
    const struct step *s = d->workflow.steps;

    cr_assert_eq(s[1].retry.attempts_max, 1);
    cr_assert_eq(s[3].retry.attempts_max, 1, "at any depth");
    cr_assert_eq(s[4].retry.attempts_max, 5, "its own rule says so");
    cr_assert_eq(s[4].retry.delay_ms, 2000);
    cr_assert_eq(s[6].retry.attempts_max, 1, "by way of a function");
    cr_assert_eq(s[7].retry.attempts_max, 5, "a catch is not inside");
    definition_destroy(d);
}

Test(errors, a_retry_policy_is_found_by_its_name)
{
    struct definition *d = parsed(TRY "      catch: {retry: slow}\n"
                                      "use: {retries: {slow: {delay: PT1H, when: $error.status == "
                                      "503, backoff: {linear: ~}}}}\n");
    const struct step *s = &d->workflow.steps[0];

    cr_assert(s->retries);
    cr_assert_eq(s->catch_retry.delay.ms, 3600000);
    cr_assert_eq(s->catch_retry.backoff, BACKOFF_LINEAR);
    definition_destroy(d);
    refused(TRY "      catch: {retry: solw}\nuse: {retries: {slow: {delay: PT1H}}}\n",
            ERROR_INVALID, 5, 22, "no retry policy \"solw\": did you mean \"slow\"");
    refused(TRY "      catch: {}\nuse: {retries: {slow: {dely: PT1H}}}\n", ERROR_INVALID, 6, 24,
            "did you mean \"delay\"");
    refused(TRY "      catch: {as: e, retry: slow}\n"
                "use: {retries: {slow: {when: $error.status == 503}}}\n",
            ERROR_INVALID, 6, 30, "$error");
}

Test(errors, what_makes_no_sense_in_a_catch_is_refused)
{
    static const struct {
        const char *catch;
        int column;
        const char *words;
    } wrong[] = {
        {"{errors: {with: {}}}", 30, "\"with\" needs"},
        {"{errors: {with: {status: many}}}", 39, "whole number"},
        {"{errors: {with: {status: 99}}}", 39, "from 100 to 599"},
        {"{errors: {with: {type: '${ .t }'}}}", 37, "belongs into \"when\""},
        {"{errors: {wiht: {type: x}}}", 24, "did you mean \"with\""},
        {"{as: '1'}", 19, "can't name a variable"},
        {"{as: error, do: {}}", 30, "must be a list"},
        {"{retry: {backoff: {linear: {}, constant: {}}}}", 32, "one of constant"},
        {"{retry: {backoff: {exponential: {factor: 2}}}}", 47, "\"factor\""},
        {"{retry: {jitter: {from: PT1S}}}", 31, "\"to\" is missing"},
        {"{retry: {jitter: {from: PT2S, to: PT1S}}}", 31, "less than"},
        {"{retry: {limit: {attempt: {count: 0}}}}", 48, "from 1"},
        {"{retry: {delay: soon}}", 30, "not a duration"},
        {"{retry: 5}", 22, "no retry policy"},
    };
    char text[400];

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(text, sizeof text, TRY "      catch: %s\n", wrong[i].catch);
        refused(text, ERROR_INVALID, 5, wrong[i].column, wrong[i].words);
    }
}

Test(errors, an_error_is_raised_as_written_or_by_name)
{
    struct definition *d =
        parsed(HEAD "  - a: {raise: {error: {type: 'https://x.invalid/e', status: 400, title: Т,\n"
                    "                        detail: '${ .why }'}}}\n"
                    "  - b: {raise: {error: lost}}\n"
                    "use: {errors: {lost: {type: 'https://x.invalid/lost', status: 404}}}\n");
    const struct step *s = d->workflow.steps;

    cr_assert_eq(s[0].kind, STEP_RAISE);
    gives(d, s[0].with, "{\"why\":\"так\"}",
          "{\"type\":\"https://x.invalid/e\",\"status\":400,\"title\":\"Т\",\"detail\":\"так\"}");
    gives(d, s[1].with, "null", "{\"type\":\"https://x.invalid/lost\",\"status\":404}");
    definition_destroy(d);
}

Test(errors, errors_that_are_none_are_refused)
{
    refused(HEAD "  - a: {raise: {error: lsot}}\n"
                 "use: {errors: {lost: {type: t, status: 404}}}\n",
            ERROR_INVALID, 3, 24, "no error \"lsot\": did you mean \"lost\"");
    refused(HEAD "  - a: {raise: {error: {status: 400}}}\n", ERROR_INVALID, 3, 24,
            "\"type\" is missing");
    refused(HEAD "  - a: {raise: {error: {type: t}}}\n", ERROR_INVALID, 3, 24,
            "\"status\" is missing");
    refused(HEAD "  - a: {raise: {error: {type: t, status: 600}}}\n", ERROR_INVALID, 3, 42,
            "from 100 to 599");
    refused(HEAD "  - a: {raise: {}}\n", ERROR_INVALID, 3, 16, "\"error\" is missing");
    refused(HEAD "  - a: {raise: {error: [x]}}\n", ERROR_INVALID, 3, 24, "an error");
    refused(HEAD "  - a: {call: x}\nuse: {errors: {lost: {type: t}}}\n", ERROR_INVALID, 4, 22,
            "\"status\" is missing");
}

Test(errors, what_is_defined_once_sees_no_names_of_its_users)
{
    static const char *const uses[] = {
        "{retries: {r: {when: $pet}}}",
        "{errors: {e: {type: '${ $pet }', status: 400}}}",
        "{timeouts: {t: {after: '${ $pet }'}}}",
    };
    static const char *const steps[] = {
        "{try: [{b: {call: x}}], catch: {retry: r}}",
        "{raise: {error: e}}",
        "{call: x, timeout: t}",
    };
    char text[400];

    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        struct document_options options = {0};
        struct problems problems = {0};
        snprintf(text, sizeof text,
                 HEAD "  - a: {for: {each: pet, in: .a}, do: [{s: %s}]}\nuse: %s\n", steps[i],
                 uses[i]);
        cr_assert_not(document_check("t.yaml", bytes_of(text), &options, &problems, NULL), "%s",
                      text);
        cr_assert_eq(problems.count, 1);
        cr_assert_eq(problems.items[0].error.line, 4);
        cr_assert_not_null(strstr(problems.items[0].error.text, "$pet"));
        problems_fini(&problems);
    }
}

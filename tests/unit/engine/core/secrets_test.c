/* secrets_test.c - which secrets an expression sees, and what it is told of those it does not */
#include "fixture.h"

#include <criterion/criterion.h>
#include <string.h>

static json_t *secrets;

static void secrets_init(void)
{
    fixture_init();
    secrets = json_pack("{s{ss} ss ss}", "mail", "password", "p-17", "token", "t-4", "other", "o");
    fx.world.secrets = secrets;
}

static void secrets_fini(void)
{
    json_decref(secrets);
    fixture_fini();
}

TestSuite(secrets, .init = secrets_init, .fini = secrets_fini);

#define HEAD "document: {dsl: '1.0.3', namespace: test, name: x, version: '1'}\n"

/* The only step of a workflow that declares these secrets, after it was opened. */
static const struct task *opened(const char *declared, const char *expression)
{
    char yaml[1024];

    snprintf(yaml, sizeof yaml,
             HEAD "use: {secrets: [%s]}\ndo:\n  - a: {call: s, with: {v: '%s'}}\n", declared,
             expression);
    fixture_deploy(yaml);
    return fixture_task(fixture_start("x", "{}"), 1);
}

static void expect_value(const char *declared, const char *expression, const char *input)
{
    const struct task *task = opened(declared, expression);

    cr_assert_eq(task->state, TASK_READY, "%s", expression);
    cr_expect(text_is(task->input, input), "%s: %.*s", expression, (int)task->input.size,
              (const char *)task->input.data);
}

static void expect_problem(const char *declared, const char *expression, const char *type,
                           const char *detail)
{
    const struct task *task = opened(declared, expression);

    cr_assert_eq(task->state, TASK_INCIDENT, "%s", expression);
    json_t *problem = json_of(task->problem);
    cr_expect(strstr(json_string_value(json_object_get(problem, "type")), type) != NULL, "%s: %s",
              expression, json_string_value(json_object_get(problem, "type")));
    cr_expect_str_eq(json_string_value(json_object_get(problem, "detail")), detail);
    json_decref(problem);
}

Test(secrets, a_declared_one_is_there_plain_and_for_jq)
{
    expect_value("mail", "${ $secrets.mail.password }", "{\"v\":\"p-17\"}");
    expect_value("mail", "${ $secrets.mail.password | ascii_upcase }", "{\"v\":\"P-17\"}");
}

Test(secrets, what_is_not_declared_is_not_in_the_map)
{
    expect_value("token, mail", "${ $secrets | keys }", "{\"v\":[\"mail\",\"token\"]}");
    expect_value("mail", "${ $secrets[\"other\"] }", "{\"v\":null}");
}

Test(secrets, one_that_the_engine_lacks_is_an_error_of_the_step_that_names_it)
{
    const char *detail = "this engine has no secret \"registry\"";

    expect_problem("registry", "${ $secrets.registry }", "/authorization", detail);
    expect_problem("registry", "${ $secrets[\"registry\"] }", "/authorization", detail);
    expect_problem("registry, mail", "${ $secrets }", "/authorization", detail);
    expect_problem("registry, mail", "${ $secrets.mail.password + $secrets.registry }",
                   "/authorization", detail);
    fx.world.secrets = NULL;
    expect_problem("registry", "${ $secrets.registry }", "/authorization", detail);
}

Test(secrets, one_that_the_engine_lacks_disturbs_nobody_else)
{
    /* it may be one of the worker of `call: http` */
    expect_value("registry, mail", "${ $secrets.mail.password }", "{\"v\":\"p-17\"}");
    expect_value("registry, mail", "${ $secrets[\"mail\"].password }", "{\"v\":\"p-17\"}");
    expect_value("mai, mail", "${ $secrets.mail.password }", "{\"v\":\"p-17\"}");
    expect_value("registry", "${ 1 + 1 }", "{\"v\":2}");
}

Test(secrets, what_jq_says_of_a_failure_could_quote_one_and_is_not_kept)
{
    expect_problem("token", "${ $secrets.token | tonumber }", "/expression",
                   "an expression with $secrets failed: why could quote a secret");
}

Test(secrets, a_try_catches_what_is_not_there)
{
    fixture_deploy(HEAD "use: {secrets: [registry]}\n"
                        "do:\n"
                        "  - t:\n"
                        "      try:\n"
                        "        - a: {set: {v: '${ $secrets.registry }'}}\n"
                        "      catch:\n"
                        "        errors: {with: {status: 403}}\n"
                        "        do:\n"
                        "          - b: {call: s}\n");
    uint64_t id = fixture_start("x", "{}");

    cr_assert(fixture_find(id, TASK_CALL) != NULL);
}

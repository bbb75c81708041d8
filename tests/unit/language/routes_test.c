/* routes_test.c - routes: what is read, what is refused and where */
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUTES                                                                                     \
    "document: {kind: routes, name: r, version: '1'}\n"                                            \
    "routes:\n"
#define RULE ROUTES "  - name: a\n    on: {type: t}\n"

static void entry(const struct definition *d, uint32_t number, const char *input, const char *json)
{
    json_t *in = json_loads(input, JSON_DECODE_ANY, NULL);
    json_t *expected = json_loads(json, JSON_DECODE_ANY, NULL);

    cr_assert(in != NULL && expected != NULL, "%s %s", input, json);
    json_t *value = program_run_plain(d->routes.program, number, in, NULL, NULL);
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    cr_assert(json_equal(value, expected), "%s", text);
    free(text);
    json_decref(in);
    json_decref(value);
    json_decref(expected);
}

Test(routes, a_start_has_a_key_and_an_input_made_of_the_event)
{
    struct definition *d = parsed(ROUTES "  - name: appointed\n"
                                         "    on:\n"
                                         "      type: org.example.appointed\n"
                                         "      source: /staff\n"
                                         "      subject: s-1\n"
                                         "      where: .data.age < 35\n"
                                         "    start:\n"
                                         "      workflow: cycle\n"
                                         "      key: ${ .data.id }\n"
                                         "      input: {who: '${ .data.id }', year: 2023}\n");
    const struct route *r = &d->routes.routes[0];

    cr_assert_eq(d->kind, DEFINITION_ROUTES);
    cr_assert_eq(d->routes.route_count, 1);
    cr_assert_str_eq(r->name, "appointed");
    cr_assert_eq(r->line, 3);
    cr_assert_str_eq(r->type, "org.example.appointed");
    cr_assert_str_eq(r->source, "/staff");
    cr_assert_str_eq(r->subject, "s-1");
    cr_assert_eq(r->deed, ROUTE_START);
    cr_assert_str_eq(r->workflow, "cycle");
    entry(d, r->where, "{\"data\":{\"age\":30}}", "true");
    entry(d, r->key, "{\"data\":{\"id\":\"t-7\"}}", "\"t-7\"");
    entry(d, r->input, "{\"data\":{\"id\":\"t-7\"}}", "{\"who\":\"t-7\",\"year\":2023}");
    definition_destroy(d);
}

Test(routes, what_is_not_written_is_not_there)
{
    struct definition *d = parsed(RULE "    start: {workflow: cycle}\n");
    const struct route *r = &d->routes.routes[0];

    cr_assert(r->source == NULL && r->subject == NULL);
    cr_assert(r->where == EXPRESSION_NONE && r->key == EXPRESSION_NONE);
    cr_assert_eq(r->input, EXPRESSION_NONE);
    definition_destroy(d);
}

Test(routes, a_signal_gives_the_event_or_another_one)
{
    struct definition *d = parsed(ROUTES "  - name: a\n"
                                         "    on: {type: t}\n"
                                         "    signal: {workflow: cycle, key: '${ .subject }'}\n"
                                         "  - name: b\n"
                                         "    on: {type: t}\n"
                                         "    signal:\n"
                                         "      workflow: cycle\n"
                                         "      key: the-only-one\n"
                                         "      event: {type: left, data: {why: '${ .data }'}}\n");
    const struct route *r = d->routes.routes;

    cr_assert_eq(r[0].deed, ROUTE_SIGNAL);
    cr_assert_null(r[0].signal_type);
    cr_assert_eq(r[0].signal_data, EXPRESSION_NONE);
    entry(d, r[1].key, "{}", "\"the-only-one\"");
    cr_assert_str_eq(r[1].signal_type, "left");
    entry(d, r[1].signal_data, "{\"data\":4}", "{\"why\":4}");
    definition_destroy(d);
    refused(RULE "    signal: {workflow: cycle}\n", ERROR_INVALID, 5, 13, "\"key\"");
    refused(RULE "    signal: {workflow: cycle, key: a b}\n", ERROR_INVALID, 5, 36, "no key");
    refused(RULE "    signal: {workflow: cycle, key: ключ}\n", ERROR_INVALID, 5, 36, "no key");
    refused(RULE "    signal: {workflow: cycle, key: a, event: {data: 1}}\n", ERROR_INVALID, 5, 46,
            "\"type\"");
}

Test(routes, an_assignment_gives_what_an_item_of_a_roadmap_gives)
{
    struct definition *d = parsed(RULE "    assign:\n"
                                       "      title: ${ .data.title }\n"
                                       "      responsible: [a, '${ .data.school }']\n"
                                       "      controller: c\n"
                                       "      due: {from: 2023-01-01, to: '${ .data.to }'}\n"
                                       "      result: letter\n"
                                       "      policy: p\n");
    const struct route *r = &d->routes.routes[0];

    cr_assert_eq(r->deed, ROUTE_ASSIGN);
    cr_assert_str_eq(r->workflow, "roadmap-item");
    cr_assert_eq(r->due_days, 0);
    entry(d, r->input, "{\"data\":{\"title\":\"T\",\"school\":\"s\",\"to\":\"2023-02-01\"}}",
          "{\"title\":\"T\",\"responsible\":[\"a\",\"s\"],\"controller\":\"c\",\"window\":{"
          "\"from\":\"2023-01-01\",\"to\":\"2023-02-01\"},\"result\":\"letter\",\"policy\":\"p\"}");
    definition_destroy(d);
}

Test(routes, an_assignment_can_be_due_some_days_after_the_event)
{
    struct definition *d =
        parsed(RULE "    assign: {workflow: w, key: k, title: T, responsible: '${ .data }', "
                    "due: {days: 10}}\n");
    const struct route *r = &d->routes.routes[0];

    cr_assert_eq(r->due_days, 10);
    cr_assert_str_eq(r->workflow, "w");
    entry(d, r->key, "{}", "\"k\"");
    entry(d, r->input, "{\"data\":[\"a\"]}", "{\"title\":\"T\",\"responsible\":[\"a\"]}");
    definition_destroy(d);
    refused(RULE "    assign: {title: T, responsible: [a], due: {days: 0}}\n", ERROR_INVALID, 5, 54,
            "from 1 to 3660");
    definition_destroy(
        parsed(RULE "    assign: {title: T, responsible: [a], due: {days: 3660}}\n"));
    refused(RULE "    assign: {title: T, responsible: [a], due: {days: 3661}}\n", ERROR_INVALID, 5,
            54, "from 1 to 3660");
}

Test(routes, what_is_wrong_with_an_assignment_has_its_place)
{
    refused(RULE "    assign: {responsible: [a], due: {days: 1}}\n", ERROR_INVALID, 5, 13,
            "\"title\"");
    refused(RULE "    assign: {title: T, due: {days: 1}}\n", ERROR_INVALID, 5, 13,
            "\"responsible\"");
    refused(RULE "    assign: {title: T, responsible: [a]}\n", ERROR_INVALID, 5, 13, "\"due\"");
    refused(RULE "    assign: {title: T, responsible: [], due: {days: 1}}\n", ERROR_INVALID, 5, 37,
            "empty");
    refused(RULE "    assign: {title: T, responsible: [б], due: {days: 1}}\n", ERROR_INVALID, 5, 38,
            "no name");
    refused(RULE "    assign: {title: T, responsible: [a], due: {from: 2023-02-01, to: "
                 "2023-01-01}}\n",
            ERROR_INVALID, 5, 70, "before it starts");
    refused(RULE "    assign: {title: T, responsible: [a], due: {from: 2023-02-31, to: '${ .x }'}}"
                 "\n",
            ERROR_INVALID, 5, 54, "no such day");
    refused(RULE "    assign: {title: T, responsible: [a], due: {from: '${ .x }', to: soon}}\n",
            ERROR_INVALID, 5, 69, "not a date");
    refused(RULE "    assign: {title: T, responsible: [a], due: {days: 1}, co_executors: [b]}\n",
            ERROR_INVALID, 5, 58, "no field \"co_executors\"");
}

Test(routes, a_rule_is_on_one_event_and_does_one_thing)
{
    refused(RULE, ERROR_INVALID, 3, 5, "does nothing");
    refused(RULE "    start: {workflow: w}\n    signal: {workflow: w, key: k}\n", ERROR_INVALID, 6,
            5, "both \"start\" and \"signal\"");
    refused(ROUTES "  - name: a\n    start: {workflow: w}\n", ERROR_INVALID, 3, 5, "\"on\"");
    refused(ROUTES "  - name: a\n    on: {source: s}\n    start: {workflow: w}\n", ERROR_INVALID, 4,
            9, "\"type\"");
    refused(RULE "    start: {key: k}\n", ERROR_INVALID, 5, 12, "\"workflow\"");
    refused(RULE "    starts: {workflow: w}\n", ERROR_INVALID, 5, 5, "did you mean \"start\"");
    refused(ROUTES "  - a\n", ERROR_INVALID, 3, 5, "a rule is expected");
    refused("document: {kind: routes, name: r, version: '1'}\nroutes: []\n", ERROR_INVALID, 2, 9,
            "empty");
    refused("document: {kind: routes, name: r, version: '1'}\n", ERROR_INVALID, 1, 1, "\"routes\"");
}

Test(routes, names_of_rules_are_unique)
{
    refused(RULE "    start: {workflow: w}\n  - name: a\n    on: {type: u}\n    start: {workflow: "
                 "w}\n",
            ERROR_INVALID, 6, 11, "second time (first in line 3)");
}

Test(routes, expressions_see_the_event_and_no_variables)
{
    refused(ROUTES "  - name: a\n    on: {type: t, where: $input.a}\n    start: {workflow: w}\n",
            ERROR_INVALID, 4, 26, "input");
    refused(RULE "    start: {workflow: w, key: 'id ${ .id }'}\n", ERROR_INVALID, 5, 35, "${");
    refused(RULE "    start: {workflow: w, input: {a: ['${ env }']}}\n", ERROR_UNSUPPORTED, 5, 42,
            "env");
}

Test(routes, what_an_event_would_start_must_be_there)
{
    struct catalog *catalog = catalog_create();
    struct definition *bodies = parsed("document: {kind: bodies, name: b, version: '1'}\n"
                                       "timezone: UTC\n"
                                       "bodies: [{id: a, name: A}]\n");

    catalog_add(catalog, &bodies, 1, 1);
    refused_with(catalog, RULE "    start: {workflow: cycle}\n", ERROR_INVALID, 5, 23,
                 "there is no workflow \"cycle\"");
    refused_with(catalog, RULE "    assign: {title: T, responsible: [a], due: {days: 1}}\n",
                 ERROR_INVALID, 5, 13, "there is no workflow \"roadmap-item\"");
    struct definition *w = parsed(HEAD "  - s: {set: {a: 1}}\n");
    catalog_add(catalog, &w, 2, 1);
    refused_with(catalog,
                 RULE "    assign: {workflow: w, title: T, responsible: [a, z], due: {days: 1}}\n",
                 ERROR_INVALID, 5, 54, "there is no body \"z\"");
    refused_with(catalog,
                 RULE "    assign: {workflow: w, title: T, responsible: [a], controller: y, due: "
                      "{days: 1}}\n",
                 ERROR_INVALID, 5, 67, "there is no body \"y\"");
    refused_with(catalog,
                 RULE "    assign: {workflow: w, title: T, responsible: [a], policy: p, due: "
                      "{days: 1}}\n",
                 ERROR_INVALID, 5, 63, "there is no policy \"p\"");
    catalog_destroy(catalog);
}

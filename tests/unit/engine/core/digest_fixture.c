/* digest_fixture.c - assignments of a policy with a letter of the day, and what was told */
#include "digest_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char bodies[] =
    "document: {kind: bodies, name: more, version: '1'}\n"
    "timezone: Europe/Moscow\n"
    "bodies:\n"
    "  - id: away\n"
    "    name: Отсутствующий\n"
    "    absences: [{from: 2023-03-20, to: 2023-04-07, deputy: school2, reason: отпуск}]\n";

static const char daily[] = "document: {kind: policy, name: daily, version: '1'}\n"
                            "at: '09:00'\n"
                            "soon: 10\n"
                            "ladder:\n"
                            "  - remind: 10 days before\n"
                            "  - remind: on the day\n"
                            "  - remind: 1 day after\n"
                            "  - {escalate: 5 days after, to: parent}\n";

static const char ask[] =
    "document: {dsl: '1.0.3', namespace: test, name: ask, version: '1'}\n"
    "do:\n"
    "  - a:\n"
    "      call: assignment\n"
    "      with: {title: '${ .title }', responsible: '${ .responsible }', no: '${ .no }',\n"
    "             controller: inspector, due: '${ .due }', policy: '${ .policy }'}\n";

static size_t seen;
uint64_t ids[GIVEN_MAX];
static unsigned given;

void digest_fixture_init(void)
{
    fixture_init();
    fixture_deploy(bodies);
    fixture_deploy(daily);
    fixture_deploy(ask);
    seen = 0;
}

uint64_t give_by(const char *policy, const char *responsible, const char *to)
{
    char input[512];

    snprintf(input, sizeof input,
             "{\"title\":\"Дело\",\"no\":\"%u\",\"responsible\":%s,\"policy\":\"%s\","
             "\"due\":{\"from\":\"2023-01-09\",\"to\":\"%s\"}}",
             ++given, responsible, policy, to);
    ids[given] = fixture_start("ask", input);
    return ids[given];
}

uint64_t give(const char *responsible, const char *to)
{
    return give_by("daily", responsible, to);
}

bool fire_next(void)
{
    const struct instance *first = NULL;
    const struct task *due = NULL;

    for (uint32_t i = 0; i < fx.instance_count; i++) {
        const struct instance *one = fx.instances[i];
        for (uint32_t n = 0; n < one->task_count; n++) {
            const struct task *t = &one->tasks[n];
            bool moves = one->state == INSTANCE_RUNNING && t->state == TASK_WAITING;
            int64_t moment = task_moment_ms(t);
            if (moves && moment != 0 && moment <= fx.world.now_ms &&
                (due == NULL || moment < task_moment_ms(due))) {
                first = one;
                due = t;
            }
        }
    }
    if (due != NULL) {
        decide_timer(&fx.world, first->id, due->seq);
    }
    return due != NULL;
}

static void pass_time(void)
{
    while (fire_next()) {
    }
    fx.world.now_ms++; /* a letter waits for all that is due now */
    while (fire_next()) {
    }
    fx.world.now_ms--;
}

static void describe_item(const json_t *item, char *text, size_t size)
{
    const json_t *a = json_object_get(item, "assignment");
    const char *behalf = json_string_value(json_object_get(json_object_get(item, "for"), "id"));

    snprintf(text + strlen(text), size - strlen(text), " %s/%s%s%s",
             json_string_value(json_object_get(item, "kind")),
             json_string_value(json_object_get(a, "no")), behalf ? "@" : "", behalf ? behalf : "");
}

const char *letters(void)
{
    static char text[8192];

    text[0] = '\0';
    for (; seen < fx.record_count; seen++) {
        const struct record *r = &fx.records[seen];
        if (r->kind != RECORD_TASK_OPENED || r->other != TASK_NOTICE) {
            continue;
        }
        json_t *n = json_of(r->data);
        const json_t *items = json_object_get(n, "items");
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s:", text[0] ? "; " : "",
                 json_string_value(json_object_get(json_object_get(n, "to"), "id")));
        for (size_t i = 0; i < json_array_size(items); i++) {
            describe_item(json_array_get(items, i), text, sizeof text);
        }
        if (items == NULL) {
            describe_item(n, text, sizeof text);
        }
        json_decref(n);
    }
    return text;
}

const char *letters_at(const char *day, int hour)
{
    fixture_now(day, hour * 60);
    pass_time();
    return letters();
}

struct instance *newest_letter(void)
{
    for (uint32_t i = fx.instance_count; i-- > 0;) {
        if (catalog_find_number(fx.catalog, fx.instances[i]->definition)->kind ==
            DEFINITION_BODIES) {
            return fx.instances[i];
        }
    }
    cr_assert_fail("there is no letter");
    return NULL;
}

void gather(void)
{
    give("\"school\"", "2023-04-10");
    give("\"school\"", "2023-04-11");
    letters_at("2023-01-09", 9);
    assert_letters("2023-04-01", 12, "");
}

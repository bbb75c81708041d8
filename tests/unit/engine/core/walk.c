/* walk.c - at random through all decisions */
#include "walk.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define HEAD(name) "document: {dsl: '1.0.3', namespace: test, name: " name ", version: '1'}\ndo:\n"
#define RETRY      "metadata: {marshrut: {retry: {attempts: 2, delay: PT1M}}}"

#define INSTANCES_MAX 60 /* started by a walk; letters and children come on top */

static const char *const documents[] = {
    HEAD("calls") "  - a: {call: work.a, " RETRY "}\n"
                  "  - s: {set: {n: '${ .n.deeper }', d: 1}}\n"
                  "  - b: {call: work.b, with: {n: '${ .n }'}, " RETRY "}\n",
    HEAD("waits") "  - w: {wait: PT3H}\n"
                  "  - l: {listen: {to: {one: {with: {type: org.x, subject: '${ .key }'}}}}}\n"
                  "  - b: {call: work.b}\n",
    HEAD("asks") "  - a: {call: assignment, with: {title: t, responsible: '${ .responsible }',\n"
                 "        controller: inspector, due: '${ .due }'}}\n"
                 "  - b: {call: work.b}\n",
    HEAD("scopes") "  - f:\n"
                   "      fork:\n"
                   "        branches:\n"
                   "          - a: {call: work.a, " RETRY "}\n"
                   "          - t:\n"
                   "              try:\n"
                   "                - b: {call: work.b}\n"
                   "                - w: {wait: PT1H}\n"
                   "              catch:\n"
                   "                retry: {delay: PT1M, limit: {attempt: {count: 1}}}\n"
                   "                do: [{c: {set: {caught: 1}}}]\n"
                   "          - d:\n"
                   "              do:\n"
                   "                - l:\n"
                   "                    listen:\n"
                   "                      to: {any: [{with: {type: org.x}}], until: length > 1}\n"
                   "                    foreach:\n"
                   "                      do: [{e: {call: work.b}}]\n"
                   "              timeout: {after: PT5H}\n"
                   "      metadata: {marshrut: {join: {count: 2, rest: continue}}}\n"
                   "  - m:\n"
                   "      for: {each: x, in: '[1, 2, 3]'}\n"
                   "      do:\n"
                   "        - a: {call: assignment, with: {title: t, responsible: [school],\n"
                   "                due: {from: 2023-01-01, to: 2023-12-31}}}\n"
                   "      metadata: {marshrut: {parallel: 2, join: {count: 2, rest: cancel}}}\n"
                   "  - r: {run: {workflow: {namespace: test, name: calls, version: '1'}}}\n",
    HEAD("raises") "  - a: {call: work.a}\n"
                   "  - w: {wait: PT1H}\n"
                   "  - r: {raise: {error: {type: 'https://example.org/none', status: 400}}}\n",
    HEAD("tries") "  - f:\n"
                  "      fork:\n"
                  "        compete: true\n"
                  "        branches:\n"
                  "          - t:\n"
                  "              try: [{b: {call: work.b}}]\n"
                  "              catch:\n"
                  "                retry: {delay: PT40H, limit: {attempt: {count: 1}}}\n"
                  "                do: [{c: {wait: PT1H}}]\n"
                  "          - a: {call: work.a}\n",
    HEAD("moved") "  - a: {call: work.a, " RETRY "}\n"
                  "  - l: {listen: {to: {one: {with: {type: org.x}}}}}\n",
    HEAD("moved") "  - a: {call: work.b, " RETRY "}\n"
                  "  - l: {listen: {to: {one: {with: {type: org.y}}}}}\n",
    HEAD("deep") "  - a: {call: work.a, with: {n: '${ .n.deeper }'}, " RETRY "}\n",
    HEAD("many") "  - a: {call: assignment, with: {title: t, responsible: [school],\n"
                 "        due: {from: 2023-01-01, to: 2023-12-31}}}\n",
    HEAD("item") "  - a: {call: assignment, with: {title: '${ .title }', policy: quick,\n"
                 "        responsible: '${ .responsible }', controller: '${ .controller }',\n"
                 "        due: '${ .window }'}}\n",
    "document: {kind: roadmap, name: plan, version: '1'}\n"
    "period: {from: 2023-01-01, to: 2023-12-31}\n"
    "controller: inspector\n"
    "policy: default\n"
    "sections: [{no: '1', title: Раздел}]\n"
    "items:\n"
    "  - {no: '1.1', section: '1', title: Первый, responsible: [school, district], workflow: "
    "item,\n"
    "     due: {phrase: ежеквартально, kind: recurring, windows: [\n"
    "       {from: 2023-01-01, to: 2023-01-12}, {from: 2023-04-01, to: 2023-06-30}]}}\n"};

static const char *const names[] = {"calls",  "waits",  "asks",  "deep", "plan",
                                    "scopes", "raises", "moved", "tries"};
static const char *const people[] = {"school", "district", "inspector", "region", "nobody"};

static const char *const inputs[] = {
    "{}", "{\"n\":1,\"key\":5}",
    "{\"n\":{\"deeper\":[1]},\"key\":\"k\",\"responsible\":[\"school\",\"district\"],"
    "\"due\":{\"from\":\"2023-01-09\",\"to\":\"2023-01-11\"}}",
    "{\"n\":{\"deeper\":2},\"key\":\"k\",\"responsible\":[\"kam\"],"
    "\"due\":{\"from\":\"2023-01-20\",\"to\":\"2023-03-01\"}}",
    "{\"n\":{\"deeper\":3},\"responsible\":[\"nobody\"],"
    "\"due\":{\"from\":\"2023-01-20\",\"to\":\"2023-03-01\"}}"};

static const char *const events[] = {"{\"type\":\"org.x\"}",
                                     "{\"type\":\"org.x\",\"subject\":\"k\",\"data\":{\"n\":1}}",
                                     "{\"type\":\"org.y\",\"subject\":\"k\"}"};

#define ANY(seed, list) (list)[random_below((seed), sizeof(list) / sizeof(list)[0])]

/* More assignments in a row than an instance remembers. */
static void deploy_many(void)
{
    static char yaml[32768];
    size_t size = (size_t)snprintf(yaml, sizeof yaml, HEAD("many"));

    for (int i = 0; i < 36; i++) {
        size += (size_t)snprintf(yaml + size, sizeof yaml - size,
                                 "  - s%d: {call: assignment, with: {title: t, responsible: "
                                 "[school], due: {from: 2023-01-01, to: 2023-12-31}}}\n",
                                 i);
    }
    fixture_deploy(yaml);
}

void walk_begin(void)
{
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        fixture_deploy(documents[i]);
    }
    deploy_many();
    uint64_t id = fixture_start("many", "{}");
    for (uint32_t n = 0; n < 34; n++) {
        uint32_t seq = fixture_get(id)->tasks[0].seq;
        for (uint32_t i = 0; i < fixture_get(id)->task_count; i++) {
            const struct task *task = &fixture_get(id)->tasks[i];
            seq = task->kind == TASK_ASSIGNMENT && task->state == TASK_WAITING ? task->seq : seq;
        }
        if (n % 2) {
            fixture_assign(id, seq, ACTION_REPORT, "school");
            fixture_assign(id, seq, ACTION_ACCEPT, "district");
        } else {
            fixture_assign(id, seq, ACTION_WITHDRAW, "district");
        }
    }
}

static void work_on(uint64_t *seed, uint64_t id, const struct task *task)
{
    struct bytes reason = bytes_of("причина");
    uint32_t seq = task->seq;
    uint32_t attempt = task->attempt - (random_below(seed, 8) == 0);
    struct match match = {id, seq};

    switch (random_below(seed, 9)) {
    case 0:
    case 1:
        decide_done(&fx.world, id, seq, attempt, bytes_of(ANY(seed, inputs)), &fx.err);
        break;
    case 2:
    case 3:
        decide_failed(&fx.world, id, seq, attempt, bytes_of("{}"), random_below(seed, 4) != 0,
                      &fx.err);
        break;
    case 4:
        decide_timer(&fx.world, id, seq);
        break;
    case 5:
        decide_event(&fx.world, bytes_of("e"), bytes_of(ANY(seed, events)), false, &match, 1);
        break;
    case 6:
    case 7:
        decide_retry(&fx.world, id, seq,
                     random_below(seed, 2) ? bytes_of(ANY(seed, inputs)) : (struct bytes){NULL, 0},
                     &fx.err);
        break;
    default:
        decide_skip(&fx.world, id, seq, reason, bytes_of(ANY(seed, inputs)), &fx.err);
    }
}

/* From the one version of "moved" to the other, and back; others are refused. */
static void migrate(uint64_t *seed, uint64_t id)
{
    const struct definition *d = catalog_find(fx.catalog, DEFINITION_WORKFLOW, "moved");
    const struct definition *other;

    for (uint32_t n = 0; (other = catalog_at(fx.catalog, n)) != NULL; n++) {
        if (random_below(seed, 2) == 0 && strcmp(other->name, "moved") == 0) {
            d = other;
        }
    }
    decide_migrate(&fx.world, id, d, &fx.err);
}

static void steer(uint64_t *seed, uint64_t id)
{
    switch (random_below(seed, 7)) {
    case 5:
    case 6:
        migrate(seed, id);
        break;
    case 0:
        decide_cancel(&fx.world, id, bytes_of("причина"), &fx.err);
        break;
    case 1:
    case 2:
        decide_suspend(&fx.world, id, bytes_of("причина"), &fx.err);
        break;
    default:
        decide_resume(&fx.world, id, &fx.err);
    }
}

static void pass_time(uint64_t *seed)
{
    int64_t hours = (int64_t)random_below(seed, 30) - 3; /* clocks are set back at times */

    fx.world.now_ms += hours * 3600000;
    if (random_below(seed, 4) == 0) {
        fixture_turn();
    }
    fixture_timers();
}

void walk_step(uint64_t *seed)
{
    uint32_t started = fx.instance_count;
    uint64_t id = 1 + random_below(seed, started + 1);
    const struct instance *instance = id <= started ? fixture_get(id) : NULL;

    switch (random_below(seed, 12)) {
    case 0:
        if (started < INSTANCES_MAX) {
            fixture_start(ANY(seed, names), ANY(seed, inputs));
        }
        break;
    case 1:
        steer(seed, id);
        break;
    case 2:
        pass_time(seed);
        break;
    case 3:
    case 4:
    case 5:
        fixture_assign(id, 1, (enum assignment_action)(1 + random_below(seed, 4)),
                       ANY(seed, people));
        break;
    default:
        if (instance != NULL && instance->task_count > 0) {
            work_on(seed, id, &instance->tasks[random_below(seed, instance->task_count)]);
        }
    }
}

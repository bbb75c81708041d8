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
static const char *const people[] = {"school", "district", "inspector", "committee", "region",
                                     "nobody", "school2",  "kam",       "alone"};

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

/* The bodies of the fixture, some of them away at times. */
static const char absences[] =
    "document: {kind: bodies, name: test, version: '2'}\n"
    "timezone: Europe/Moscow\n"
    "bodies:\n"
    "  - {id: region, name: Регион}\n"
    "  - {id: committee, name: Комитет, parent: region}\n"
    "  - {id: district, name: Район, parent: committee}\n"
    "  - id: school\n"
    "    name: Школа\n"
    "    parent: district\n"
    "    deputy: school2\n"
    "    absences: [{from: 2023-01-10, to: 2023-01-11}, {from: 2023-01-16, to: 2023-01-20}]\n"
    "  - {id: school2, name: Школа вторая, parent: district}\n"
    "  - {id: alone, name: Сам по себе}\n"
    "  - {id: chief, name: Начальник}\n"
    "  - id: inspector\n"
    "    name: Контроль\n"
    "    parent: chief\n"
    "    deputy: kld\n"
    "    absences: [{from: 2023-01-11, to: 2023-01-12}, {from: 2023-01-18, to: 2023-01-24}]\n"
    "  - {id: kld, name: Калининград, timezone: Europe/Kaliningrad}\n"
    "  - {id: kam, name: Камчатка, timezone: Asia/Kamchatka}\n";

void walk_begin(void)
{
    fixture_deploy(absences);
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

/* --- what people do -------------------------------------------------------------------------- */

/* The task of an assignment, mostly one that is open; NULL: none was found. */
static const struct task *any_assignment(uint64_t *seed, uint64_t *ret_id)
{
    const struct task *found = NULL;

    for (uint32_t n = 0; n < 40 && (found == NULL || found->state == TASK_CLOSED); n++) {
        const struct instance *i = fixture_get(1 + random_below(seed, fx.instance_count));
        const struct task *t =
            i->task_count > 0 ? &i->tasks[random_below(seed, i->task_count)] : NULL;
        found = t != NULL && t->assignment != NULL ? t : found;
        *ret_id = found != NULL ? i->id : 0;
    }
    return found;
}

static struct bytes any_body(uint64_t *seed, const struct assignment *a)
{
    struct bytes known[] = {a->people[0], a->controller, a->people[a->people_count - 1],
                            assignment_actor(a, a->people[0]), assignment_actor(a, a->controller)};

    return random_below(seed, 5) == 0 ? bytes_of(ANY(seed, people)) : ANY(seed, known);
}

/* On all assignments of an instance; without dice, so that the walk goes where it would go. */
static void comment(void)
{
    const struct instance *i = fixture_get(1 + fx.record_count % fx.instance_count);

    for (uint32_t n = 0; n < i->task_count; n++) {
        struct assignment_command c =
            fixture_command(i->id, i->tasks[n].seq, ACTION_COMMENT, "Иванова А. П.");
        cr_assert(i->tasks[n].assignment == NULL || decide_assignment(&fx.world, &c, &fx.err), "%s",
                  fx.err.text);
    }
}

/* Of all that can be wrong about a command, something at times. */
static void ask_people(uint64_t *seed)
{
    uint64_t id = 0;
    const struct task *task = any_assignment(seed, &id);

    if (task == NULL) {
        return;
    }
    comment();
    enum assignment_action action = 1 + random_below(seed, ACTION_COMMENT - 1);
    if (task->assignment->extension.by.size > 0 && random_below(seed, 3) == 0) {
        action = ACTION_REFUSE;
    }
    struct assignment_command c = fixture_command(id, task->seq, action, "");
    c.by = any_body(seed, task->assignment);
    c.day += c.day != CIVIL_DAY_NONE ? (civil_day)random_below(seed, 30) - 20 : 0;
    c.in_part = random_below(seed, 3) == 0;
    c.pause = c.pause != PAUSE_NONE ? 1 + random_below(seed, PAUSE_KIND_COUNT - 1) : PAUSE_NONE;
    c.report = random_below(seed, 3) ? c.report : bytes_of("{}");
    c.reason = random_below(seed, 4) ? bytes_of("причина") : c.reason;
    c.to = c.to.size > 0 || random_below(seed, 4) == 0 ? bytes_of(ANY(seed, people)) : c.to;
    decide_assignment(&fx.world, &c, &fx.err);
}

/* The documents of today and what they would change. */
static void replan(uint64_t *seed)
{
    static const char *const policies[] = {"keep", "next, source: x", "previous, source: x"};
    struct replan replan;
    uint64_t id = 0;
    char yaml[512];

    if (random_below(seed, 3) == 0) {
        snprintf(yaml, sizeof yaml,
                 "document: {kind: policy, name: default, version: '%d'}\n"
                 "at: '09:00'\ndigest: false\nsoon: 3 working days\nshift: {to: %s}\n"
                 "report: {decide_within: 1 days}\n"
                 "ladder:\n"
                 "  - remind: %d days before\n"
                 "  - {escalate: 1 day after, to: parent}\n"
                 "  - {reassign: 3 days after, to: parent}\n"
                 "  - {escalate: 5 days after, to: controller, critical: true}\n",
                 (int)random_below(seed, 1000000), ANY(seed, policies),
                 1 + (int)random_below(seed, 9));
        fixture_deploy(yaml);
    }
    for (int n = 0; n < 4; n++) {
        const struct task *task = any_assignment(seed, &id);
        if (task != NULL && decide_replan_check(&fx.world, id, task->seq, &replan)) {
            decide_replan(&fx.world, id, task->seq, (struct bytes){NULL, 0}, bytes_of("календарь"),
                          &fx.err);
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

    switch (random_below(seed, 14)) {
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
        for (int n = 0; n < 4; n++) {
            ask_people(seed);
        }
        break;
    case 5:
        replan(seed);
        break;
    case 6:
        migrate(seed, id);
        break;
    default:
        if (instance != NULL && instance->task_count > 0) {
            work_on(seed, id, &instance->tasks[random_below(seed, instance->task_count)]);
        }
    }
}

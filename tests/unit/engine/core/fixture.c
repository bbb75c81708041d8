/* fixture.c - a world of plain memory for the tests of engine/core */
#include "fixture.h"

#include "base/must.h"
#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixture fx;

static const char bodies_yaml[] =
    "document: {kind: bodies, name: test, version: '1'}\n"
    "timezone: Europe/Moscow\n"
    "bodies:\n"
    "  - {id: region, name: Регион, email: region@test.invalid}\n"
    "  - {id: committee, name: Комитет, short: К, parent: region, email: c@test.invalid}\n"
    "  - {id: district, name: Район, parent: committee, email: d@test.invalid}\n"
    "  - {id: school, name: Школа, parent: district, email: s@test.invalid}\n"
    "  - {id: school2, name: Школа вторая, parent: district}\n"
    "  - {id: alone, name: Сам по себе}\n"
    "  - {id: chief, name: Начальник}\n"
    "  - {id: inspector, name: Контроль, parent: chief, email: i@test.invalid}\n"
    "  - {id: kld, name: Калининград, timezone: Europe/Kaliningrad}\n"
    "  - {id: kam, name: Камчатка, timezone: Asia/Kamchatka}\n";

static const char default_yaml[] =
    "document: {kind: policy, name: default, version: '1'}\n"
    "at: '09:00'\n"
    "digest: false\n"
    "soon: 10\n"
    "ladder:\n"
    "  - remind: 10 days before\n"
    "  - remind: 3 days before\n"
    "  - remind: on the day\n"
    "  - remind: 1 day after\n"
    "  - {escalate: 1 day after, to: parent}\n"
    "  - {escalate: 5 days after, to: 2 levels up}\n"
    "  - {escalate: 14 days after, to: controller, critical: true}\n";

static const char quick_yaml[] = "document: {kind: policy, name: quick, version: '1'}\n"
                                 "at: '10:30'\n"
                                 "digest: false\n"
                                 "soon: 2\n"
                                 "ladder:\n"
                                 "  - remind: on the day\n"
                                 "  - {escalate: 1 day after, to: 9 levels up}\n";

/* --- the world ------------------------------------------------------------------------------- */

static struct instance *get(struct world *world, uint64_t id)
{
    (void)world;
    return id >= 1 && id <= fx.instance_count ? fx.instances[id - 1] : NULL;
}

static struct instance *create(struct world *world)
{
    struct instance *instance = instance_create(&fx.arena, world->next_instance++);

    must(fx.instance_count < FIXTURE_INSTANCES);
    fx.instances[fx.instance_count++] = instance;
    return instance;
}

static uint64_t find_key(struct world *world, const char *definition, struct bytes key)
{
    for (uint32_t i = 0; i < fx.instance_count; i++) {
        const struct instance *one = fx.instances[i];
        const struct definition *d = catalog_find_number(world->catalog, one->definition);
        if (one->key.size > 0 && bytes_equal(one->key, key) &&
            strcmp(facets_key_name(d), definition) == 0) {
            return one->id;
        }
    }
    return 0;
}

static void wrote(struct world *world, struct instance *instance, const struct record *record)
{
    if (fx.record_count == fx.record_room) {
        fx.record_room = fx.record_room ? fx.record_room * 2 : 256;
        fx.records = xrealloc(fx.records, fx.record_room * sizeof *fx.records);
    }
    struct record *copy = &fx.records[fx.record_count++];
    *copy = *record;
    copy->text = arena_copy(&fx.arena, record->text);
    copy->data = arena_copy(&fx.arena, record->data);
    copy->extra = arena_copy(&fx.arena, record->extra);
    must(record->seq == fx.record_count && record->time_ms == world->now_ms);
    if (fx.watch != NULL) {
        fx.watch(instance, record);
    }
}

static json_t *evaluate(struct world *world, const struct program *program, uint32_t number,
                        json_t *input, variable_fn *variable, void *context, struct error *err)
{
    (void)world;
    return evaluator_run(fx.evaluator, program, number, input, variable, context, err);
}

size_t fixture_event(struct bytes event, bool emitted)
{
    struct match matches[256];
    size_t count = 0;

    for (uint32_t i = 0; i < fx.instance_count; i++) {
        for (uint32_t n = 0; n < fx.instances[i]->task_count; n++) {
            const struct task *t = &fx.instances[i]->tasks[n];
            if ((t->kind == TASK_LISTEN || t->kind == TASK_SCHEDULE) && count < 256) {
                matches[count++] = (struct match){fx.instances[i]->id, t->seq};
            }
        }
    }
    return decide_event(&fx.world, bytes_of("e"), event, emitted, matches, count);
}

static bool emit(struct world *world, struct bytes event, struct error *err)
{
    (void)world;
    (void)err;
    fixture_event(event, true);
    return true;
}

void fixture_init(void)
{
    fx = (struct fixture){.catalog = catalog_create(), .evaluator = evaluator_create(NULL)};
    fx.world = (struct world){.clock_rate = 1,
                              .entry = 1,
                              .next_instance = 1,
                              .next_record = 1,
                              .catalog = fx.catalog,
                              .arena = &fx.arena,
                              .scratch = &fx.scratch,
                              .get = get,
                              .create = create,
                              .find_key = find_key,
                              .evaluate = evaluate,
                              .emit = emit,
                              .wrote = wrote};
    fixture_deploy(bodies_yaml);
    fixture_deploy(default_yaml);
    fixture_deploy(quick_yaml);
    fixture_now("2023-01-09", 9 * 60);
}

void fixture_fini(void)
{
    evaluator_destroy(fx.evaluator);
    catalog_destroy(fx.catalog);
    arena_fini(&fx.arena);
    buffer_fini(&fx.scratch);
    free(fx.records);
}

uint32_t fixture_deploy(const char *yaml)
{
    struct definition *d = NULL;
    char why[1024] = "";
    bool good = document_parse("test", bytes_of(yaml), fx.catalog, &d, &fx.err);

    if (!good) {
        error_print(&fx.err, why, sizeof why);
    }
    cr_assert(good, "%s", why);
    const struct definition *old = catalog_find(fx.catalog, d->kind, d->name);
    uint32_t number = catalog_next_number(fx.catalog);
    catalog_add(fx.catalog, &d, number, old ? old->version + 1 : 1);
    return number;
}

uint32_t fixture_deploy_file(const char *path)
{
    struct buffer text = BUFFER_INIT;
    char chunk[4096];
    size_t got;
    FILE *file = fopen(path, "rb");

    cr_assert_not_null(file, "%s", path);
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buffer_append(&text, chunk, got);
    }
    fclose(file);
    buffer_append(&text, "", 1);
    uint32_t number = fixture_deploy((const char *)text.data);
    buffer_fini(&text);
    return number;
}

/* --- time ------------------------------------------------------------------------------------ */

int64_t moscow_ms(const char *day, int minute)
{
    civil_day d;

    cr_assert(civil_parse(bytes_of(day), &d), "%s", day);
    return zone_utc_ms(catalog_find_body(fx.catalog, "region")->zone, d, minute);
}

void fixture_now(const char *day, int minute)
{
    fx.world.now_ms = moscow_ms(day, minute);
}

void fixture_timers(void)
{
    for (uint32_t i = 0; i < fx.instance_count; i++) {
        /* a decision may open and remove tasks: take the numbers first */
        const struct instance *one = fx.instances[i];
        for (uint32_t seq = 1; seq < one->next_task; seq++) {
            const struct task *task = instance_find_task(one, seq);
            if (task != NULL && task_moment_ms(task) != 0) {
                decide_timer(&fx.world, one->id, seq);
            }
        }
    }
}

/* --- small words ----------------------------------------------------------------------------- */

uint64_t fixture_start(const char *name, const char *input)
{
    struct start start = {.input = bytes_of(input), .priority = 5};
    uint64_t id = 0;
    bool created = false;

    start.definition = catalog_find(fx.catalog, DEFINITION_WORKFLOW, name);
    if (start.definition == NULL) {
        start.definition = catalog_find(fx.catalog, DEFINITION_ROADMAP, name);
    }
    cr_assert_not_null(start.definition, "%s", name);
    cr_assert(decide_start(&fx.world, &start, &id, &created, &fx.err), "%s", fx.err.text);
    cr_assert(created);
    return id;
}

struct instance *fixture_get(uint64_t id)
{
    struct instance *instance = get(&fx.world, id);

    cr_assert_not_null(instance);
    return instance;
}

struct task *fixture_task(uint64_t id, uint32_t seq)
{
    struct task *task = instance_find_task(fixture_get(id), seq);

    cr_assert_not_null(task, "task %u", seq);
    return task;
}

struct task *fixture_find(uint64_t id, enum task_kind kind)
{
    struct instance *instance = fixture_get(id);

    for (uint32_t i = 0; i < instance->task_count; i++) {
        if (instance->tasks[i].kind == kind) {
            return &instance->tasks[i];
        }
    }
    return NULL;
}

void fixture_done(uint64_t id, uint32_t seq, const char *output)
{
    uint32_t attempt = fixture_task(id, seq)->attempt;

    cr_assert(decide_done(&fx.world, id, seq, attempt, bytes_of(output), &fx.err), "%s",
              fx.err.text);
}

void fixture_failed(uint64_t id, uint32_t seq, bool retry)
{
    uint32_t attempt = fixture_task(id, seq)->attempt;

    cr_assert(decide_failed(&fx.world, id, seq, attempt, bytes_of("{\"title\":\"broken\"}"), retry,
                            &fx.err),
              "%s", fx.err.text);
}

static civil_day later_day(uint64_t id, uint32_t seq)
{
    const struct instance *i = get(&fx.world, id);
    const struct task *task = i != NULL ? instance_find_task(i, seq) : NULL;

    return task != NULL && task->assignment != NULL ? task->assignment->to + 14 : CIVIL_DAY_NONE;
}

struct assignment_command fixture_command(uint64_t id, uint32_t seq, enum assignment_action action,
                                          const char *by)
{
    struct assignment_command c = {.instance = id,
                                   .task = seq,
                                   .action = action,
                                   .by = bytes_of(by),
                                   .day = CIVIL_DAY_NONE,
                                   .reason = bytes_of("нет подписи")};

    switch (action) {
    case ACTION_REPORT:
        c.report = bytes_of("{\"number\":\"12-р\",\"covers\":\"all\"}");
        break;
    case ACTION_ASK:
    case ACTION_MOVE:
        c.day = later_day(id, seq);
        break;
    case ACTION_PAUSE:
        c.pause = PAUSE_LEAVE;
        break;
    case ACTION_DELEGATE:
    case ACTION_REASSIGN:
        c.to = bytes_of("alone");
        break;
    case ACTION_ACCEPT:
    case ACTION_GRANT:
        c.reason = (struct bytes){NULL, 0};
        break;
    default:
        break;
    }
    return c;
}

bool fixture_as_foretold(bool may, bool done)
{
    cr_assert_eq(may, done, "it was looked before: %s", fx.err.text);
    return done;
}

bool fixture_assign(uint64_t id, uint32_t seq, enum assignment_action action, const char *by)
{
    struct assignment_command c = fixture_command(id, seq, action, by);
    size_t before = fx.record_count;
    bool may = decide_assignment_check(&fx.world, &c, false, NULL);

    cr_assert_eq(fx.record_count, before, "who looks changes nothing");
    return fixture_as_foretold(may, decide_assignment(&fx.world, &c, &fx.err));
}

size_t fixture_count(enum record_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < fx.record_count; i++) {
        count += fx.records[i].kind == kind;
    }
    return count;
}

const struct record *fixture_last(enum record_kind kind)
{
    for (size_t i = fx.record_count; i-- > 0;) {
        if (fx.records[i].kind == kind) {
            return &fx.records[i];
        }
    }
    cr_assert_fail("there is no record %s", record_kind_name(kind));
    return NULL;
}

bool text_is(struct bytes b, const char *text)
{
    return bytes_equal(b, bytes_of(text));
}

json_t *json_of(struct bytes b)
{
    json_t *value = json_loadb(b.data, b.size, JSON_DECODE_ANY, NULL);

    cr_assert_not_null(value, "%.*s", (int)b.size, (const char *)b.data);
    return value;
}

/* --- records and turns ----------------------------------------------------------------------- */

static void assert_same(const struct instance *a, const struct instance *b)
{
    struct buffer x = BUFFER_INIT;
    struct buffer y = BUFFER_INIT;

    instance_encode(a, &x);
    instance_encode(b, &y);
    cr_assert(bytes_equal(buffer_bytes(&x), buffer_bytes(&y)), "instance %d differs", (int)a->id);
    buffer_fini(&x);
    buffer_fini(&y);
}

void fixture_assert_replay(void)
{
    struct arena arena = ARENA_INIT;
    struct instance **again = xcalloc(fx.instance_count + 1, sizeof *again);

    for (size_t i = 0; i < fx.record_count; i++) {
        const struct record *r = &fx.records[i];
        if (r->instance == 0) {
            continue;
        }
        if (r->kind == RECORD_STARTED) {
            again[r->instance] = instance_create(&arena, r->instance);
        }
        cr_assert_not_null(again[r->instance]);
        instance_apply(again[r->instance], r);
    }
    for (uint32_t i = 0; i < fx.instance_count; i++) {
        assert_same(fx.instances[i], again[i + 1]);
    }
    free(again);
    arena_fini(&arena);
}

void fixture_turn(void)
{
    for (uint32_t i = 0; i < fx.instance_count; i++) {
        struct instance *before = fx.instances[i];
        buffer_clear(&fx.scratch);
        instance_encode(before, &fx.scratch);
        cr_assert(instance_decode(&fx.arena, before->id, buffer_bytes(&fx.scratch),
                                  &fx.instances[i], &fx.err),
                  "%s", fx.err.text);
    }
    fx.world.entry++;
}

uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint32_t random_below(uint64_t *state, uint32_t n)
{
    return (uint32_t)(random_next(state) % n);
}

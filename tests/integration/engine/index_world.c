/* index_world.c - the fixture of the tests of lists, overviews and search */
#include "tests/integration/engine/index_world.h"

#include "base/must.h"
#include "engine/core/tables.h"
#include "engine/snapshot.h"
#include "engine/verify.h"
#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct index_world iw;

static const char *const documents[] = {
    "document: {kind: bodies, name: bodies, version: '1'}\n"
    "timezone: Europe/Moscow\n"
    "bodies:\n"
    "  - {id: region, name: Комитет}\n"
    "  - {id: school, name: Школа № 1, parent: region}\n"
    "  - {id: lyceum, name: Лицей, parent: region}\n",
    "document: {kind: policy, name: default, version: '1'}\n"
    "at: '09:00'\n"
    "soon: 5\n"
    "ladder:\n"
    "  - {escalate: 5 days after, to: controller, critical: true}\n",
    "document: {dsl: '1.0.3', namespace: t, name: item, version: '1'}\n"
    "do:\n"
    "  - ask:\n"
    "      call: assignment\n"
    "      with: {title: '${ .title }', no: '${ .no }', plan: plan, responsible: '${ .responsible "
    "}',\n"
    "             co_executors: '${ .co_executors }', controller: region, due: '${ .window }'}\n",
    "document:\n"
    "  {dsl: '1.0.3', namespace: t, name: cycle, version: '1', title: Цикл, metadata: {marshrut:\n"
    "    {cycle: {person: .who.name, municipality: .who.place, school: .who.school, stages:\n"
    "      [{step: first, title: Первый}, {step: second, title: Второй}]}}}}\n"
    "do:\n"
    "  - all:\n"
    "      fork: {compete: true, branches: [{way: {do: [\n"
    "        {first: {wait: P1D, export: {as: '{route: 1}'}}}, {second: {wait: P2D}},\n"
    "        {finish: {set: {outcome: developed}}}]}}]}\n",
    "document: {kind: roadmap, name: plan, version: '1', title: План года}\n"
    "act: {date: 2022-12-01}\n"
    "period: {from: 2023-01-01, to: 2023-12-31}\n"
    "controller: region\n"
    "policy: default\n"
    "sections: [{no: '1', title: Управление}, {no: '2', title: Люди}]\n"
    "items:\n"
    "  - {no: '1.1', section: '1', title: Утвердить положение, responsible: [school],\n"
    "     due: {phrase: до 1 марта, windows: [{from: 2023-01-09, to: 2023-03-01}], why: x},\n"
    "     workflow: item}\n"
    "  - {no: '2.1', section: '2', title: Маршруты построены, responsible: [lyceum],\n"
    "     due: {phrase: до 1 марта, windows: [{from: 2023-01-09, to: 2023-03-01}], why: x},\n"
    "     workflow: item, computed: {of: {workflow: cycle},\n"
    "       done: {workflow: cycle, where: '${ .context.route != null }'}, target: 50 %}}\n",
};

static void begin(void)
{
    struct error err;

    cr_assert(turn_begin(&iw.base.turn, iw.now_ms, &err), "%s", err.text);
}

static void commit(void)
{
    struct error err;

    cr_assert(turn_commit(&iw.base.turn, &err), "%s", err.text);
    turn_end(&iw.base.turn);
}

void index_deploy(uint32_t number, const char *text)
{
    struct definition *d;
    struct error err = ERROR_INIT;

    cr_assert(document_parse("test.yaml", bytes_of(text), iw.base.catalog, &d, &err), "%d:%d %s",
              err.line, err.column, err.text);
    begin();
    catalog_add(iw.base.catalog, &d, number, 1);
    world_record(turn_world(&iw.base.turn), NULL,
                 (struct record){.kind = RECORD_DEPLOYED,
                                 .number = number,
                                 .other = 1,
                                 .text = bytes_of("test.yaml"),
                                 .data = bytes_of(text)});
    commit();
}

void index_world_init(void)
{
    struct error err;

    iw = (struct index_world){.now_ms = WORLD_NOW_MS};
    test_world_open(&iw.base);
    cr_assert(zone_open("Europe/Moscow", &iw.zone, &err), "%s", err.text);
    iw.base.turn.world.zone = iw.zone;
    cr_assert(store_follow(iw.base.store, TABLE_ASSIGNMENT, INDEX_CHANGES_BYTES, &err));
    iw.mirror = mirror_create(LIMIT_MIRROR_ROWS, LIMIT_MIRROR_TEXTS_SPARE);
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        index_deploy((uint32_t)i + 2, documents[i]);
    }
}

void index_world_fini(void)
{
    zone_close(&iw.zone);
    arena_fini(&iw.arena);
    mirror_destroy(iw.mirror);
    test_world_close(&iw.base);
}

uint64_t index_start(const char *name, const char *key, const char *input)
{
    struct start start = {.key = bytes_of(key), .input = bytes_of(input), .priority = 5};
    struct error err = ERROR_INIT;
    uint64_t id;
    bool created;

    start.definition = catalog_find(iw.base.catalog, DEFINITION_WORKFLOW, name);
    if (start.definition == NULL) {
        start.definition = catalog_find(iw.base.catalog, DEFINITION_ROADMAP, name);
    }
    begin();
    cr_assert(decide_start(turn_world(&iw.base.turn), &start, &id, &created, &err), "%s", err.text);
    commit();
    return id;
}

const char *index_item(const char *no, const char *title, const char *responsible, const char *to)
{
    static char text[600];

    snprintf(text, sizeof text,
             "{\"no\":\"%s\",\"title\":\"%s\",\"responsible\":[\"%s\"],\"co_executors\":[],"
             "\"window\":{\"from\":\"2023-01-09\",\"to\":\"%s\"}}",
             no, title, responsible, to);
    return text;
}

void index_do(const struct assignment_command *command)
{
    struct error err = ERROR_INIT;

    begin();
    cr_assert(decide_assignment(turn_world(&iw.base.turn), command, &err), "%s", err.text);
    commit();
}

void index_act(uint64_t id, enum assignment_action action, const char *by)
{
    index_do(&(struct assignment_command){.instance = id,
                                          .task = 1,
                                          .action = action,
                                          .by = bytes_of(by),
                                          .reason = bytes_of("так надо"),
                                          .report = bytes_of("{}"),
                                          .day = CIVIL_DAY_NONE});
}

void index_delegate(uint64_t id, const char *by, const char *to)
{
    index_do(&(struct assignment_command){.instance = id,
                                          .task = 1,
                                          .action = ACTION_DELEGATE,
                                          .by = bytes_of(by),
                                          .to = bytes_of(to),
                                          .reason = bytes_of("у вас лучше получится"),
                                          .day = CIVIL_DAY_NONE});
}

void index_ask(uint64_t id, const char *by, const char *day)
{
    struct assignment_command c = {.instance = id,
                                   .task = 1,
                                   .action = ACTION_ASK,
                                   .by = bytes_of(by),
                                   .reason = bytes_of("ждём")};

    cr_assert(civil_parse(bytes_of(day), &c.day));
    index_do(&c);
}

/* One timer that is due: all of them, one after another. */
static bool next_timer(uint64_t *ret_instance, uint32_t *ret_task)
{
    struct store_cursor *c = store_cursor_open(iw.base.turn.txn, TABLE_TIMER);
    struct bytes key;
    bool due = false;

    if (store_next(c, &key, NULL)) {
        struct cursor k = cursor_of(key);
        unpack_u8(&k);
        due = (int64_t)unpack_key64(&k) <= iw.now_ms;
        *ret_instance = unpack_key64(&k);
        *ret_task = unpack_key32(&k);
    }
    store_cursor_close(&c);
    return due;
}

void index_go(const char *day)
{
    civil_day to;
    uint64_t instance;
    uint32_t task;

    cr_assert(civil_parse(bytes_of(day), &to));
    iw.now_ms = (int64_t)to * 86400000 + 9 * 3600000;
    for (bool due = true; due;) {
        begin();
        due = next_timer(&instance, &task);
        if (due) {
            decide_timer(turn_world(&iw.base.turn), instance, task);
        }
        commit();
    }
}

static json_t *ask(enum client_verb verb, const char *request, struct error *err)
{
    struct world *world = turn_world(&iw.base.turn);
    struct view view = {
        .world = world, .catalog = iw.base.catalog, .arena = &iw.arena, .page_ms = 10000};
    char *text = xstrdup(request);

    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    world->now_ms = iw.now_ms;
    json_t *json = json_loads(text, 0, NULL);
    cr_assert_not_null(json, "%s", text);
    cr_assert(store_begin_read(iw.base.store, &view.txn, err));
    json_t *answer = query_answer(&view, verb, json, err);
    view.mirror = iw.mirror;
    json_t *mirrored = query_answer(&view, verb, json, err);
    cr_assert(json_equal(answer, mirrored) || (answer == NULL && mirrored == NULL),
              "with rows from memory the answer is another: %s", request);
    json_decref(mirrored);
    store_abort(&view.txn);
    json_decref(json);
    free(text);
    return answer;
}

json_t *index_query(enum client_verb verb, const char *request)
{
    struct error err = ERROR_INIT;
    json_t *answer = ask(verb, request, &err);

    cr_assert_not_null(answer, "%s", err.text);
    return answer;
}

void index_refused(enum client_verb verb, const char *request, enum error_code code)
{
    struct error err = ERROR_INIT;

    cr_assert_null(ask(verb, request, &err), "%s", request);
    cr_assert_eq(err.code, code, "%s", err.text);
}

size_t index_rows(const json_t *answer)
{
    return json_array_size(json_object_get(answer, "rows"));
}

double index_number(const json_t *answer, const char *path)
{
    char part[100];
    const json_t *at = answer;

    while (*path != '\0') {
        size_t size = strcspn(path, ".");
        snprintf(part, sizeof part, "%.*s", (int)size, path);
        at = json_is_array(at) ? json_array_get(at, strtoul(part, NULL, 10))
                               : json_object_get(at, part);
        path += size + (path[size] == '.');
    }
    cr_assert(json_is_number(at), "%s", path);
    return json_number_value(at);
}

void index_assert_whole(void)
{
    struct verify_result result;
    struct error err = ERROR_INIT;

    cr_assert(verify_store(iw.base.store, &result, &err), "%s", err.text);
    cr_assert_eq(result.differences, 0, "%s", result.first);
}

/* conditions_test.c - by, expect and once of commands: what they look like, and what they hold */
#include "engine/conditions.h"

#include "base/limits.h"
#include "tests/integration/engine/world.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct test_world w;

static void open_world(void)
{
    test_world_open(&w);
}

static void close_world(void)
{
    test_world_close(&w);
}

TestSuite(conditions, .init = open_world, .fini = close_world);

static enum error_code code_of(const char *text, struct conditions *ret)
{
    json_t *request = json_loads(text, 0, NULL);
    struct error err = ERROR_INIT;

    cr_assert_not_null(request, "%s", text);
    bool good = conditions_read(request, ret, &err);
    json_decref(request);
    return good ? ERROR_NONE : err.code;
}

static enum error_code code_of_long(const char *field, size_t size)
{
    char text[512];
    char value[300] = "";
    struct conditions c;

    memset(value, 'k', size);
    value[size] = 0;
    snprintf(text, sizeof text, "{\"%s\":\"%s\"}", field, value);
    return code_of(text, &c);
}

Test(conditions, a_request_has_none_or_all_of_them)
{
    static const char all[] = "{\"by\":\"Иванова А. П.\",\"expect\":310,\"once\":\"7f 0c\"}";
    json_t *request = json_loads(all, 0, NULL);
    struct conditions c;

    cr_assert_eq(code_of("{}", &c), ERROR_NONE);
    cr_assert(c.by.size == 0 && c.expect == 0 && c.once.size == 0);
    cr_assert_eq(code_of("{\"by\":null,\"expect\":null,\"once\":null}", &c), ERROR_NONE);
    cr_assert(c.by.size == 0 && c.expect == 0 && c.once.size == 0);
    cr_assert(conditions_read(request, &c, NULL));
    cr_assert(bytes_equal(c.by, bytes_of("Иванова А. П.")));
    cr_assert(bytes_equal(c.once, bytes_of("7f 0c")));
    cr_assert_eq(c.expect, 310);
    json_decref(request);
}

Test(conditions, what_is_wrong_with_them_is_refused)
{
    static const char *const wrong[] = {
        "{\"by\":17}",         "{\"by\":\"\"}",   "{\"by\":\"a\\nb\"}",  "{\"by\":\"\\u0085\"}",
        "{\"once\":true}",     "{\"once\":\"\"}", "{\"once\":\"ключ\"}", "{\"once\":\"a\\tb\"}",
        "{\"expect\":\"17\"}", "{\"expect\":0}",  "{\"expect\":-1}",     "{\"expect\":1.5}",
    };
    struct conditions c;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cr_assert_eq(code_of(wrong[i], &c), ERROR_INVALID, "%s", wrong[i]);
    }
    cr_assert_eq(code_of_long("by", LIMIT_BY_BYTES), ERROR_NONE);
    cr_assert_eq(code_of_long("by", LIMIT_BY_BYTES + 1), ERROR_TOO_LARGE);
    cr_assert_eq(code_of_long("once", LIMIT_ONCE_BYTES), ERROR_NONE);
    cr_assert_eq(code_of_long("once", LIMIT_ONCE_BYTES + 1), ERROR_TOO_LARGE);
}

static enum error_code holds(json_t *request, uint64_t expect)
{
    struct error err = ERROR_INIT;
    bool good = conditions_hold(&w.turn, request, expect, &err);

    json_decref(request);
    return good ? ERROR_NONE : err.code;
}

static json_t *of_instance(uint64_t id)
{
    return json_pack("{sI}", "instance", (json_int_t)id);
}

static json_t *of_task(uint64_t id)
{
    return json_pack("{so}", "task", json_sprintf("%llu.1", (unsigned long long)id));
}

Test(conditions, an_instance_that_has_changed_is_seen_within_the_turn_that_changes_it)
{
    uint64_t id = test_world_start(&w, "k");
    struct error err = ERROR_INIT;

    cr_assert(turn_begin(&w.turn, WORLD_NOW_MS, &err));
    struct world *world = turn_world(&w.turn);
    uint64_t entry = world->get(world, id)->journal;
    cr_assert_eq(holds(of_instance(id), 0), ERROR_NONE);
    cr_assert_eq(holds(of_instance(id), entry), ERROR_NONE);
    cr_assert_eq(holds(of_task(id), entry), ERROR_NONE);
    cr_assert_eq(holds(of_task(id), entry + 1), ERROR_STALE);
    cr_assert_eq(holds(json_object(), entry), ERROR_INVALID);
    cr_assert_eq(holds(of_instance(id + 99), entry), ERROR_NONE, "not ours to refuse");
    cr_assert(decide_suspend(world, id, bytes_of("пауза"), &err), "%s", err.text);
    cr_assert_eq(holds(of_instance(id), entry), ERROR_STALE);
    cr_assert_eq(holds(of_instance(id), world->entry), ERROR_NONE);
    cr_assert(turn_commit(&w.turn, &err));
    turn_end(&w.turn);
}

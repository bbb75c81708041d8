/* scopes_fixture.c - one workflow in a world of plain memory, its steps known by their names */
#include "scopes_fixture.h"

#include <criterion/criterion.h>
#include <string.h>

uint64_t run(const char *yaml, const char *input)
{
    fixture_deploy(yaml);
    return fixture_start("w", input);
}

void completed(uint64_t id, const char *data)
{
    const struct instance *i = fixture_get(id);
    json_t *want = json_loads(data, JSON_DECODE_ANY, NULL);
    json_t *there = json_of(i->data);

    cr_assert_eq(i->state, INSTANCE_COMPLETED, "%s: %.*s", instance_state_name(i->state),
                 (int)i->problem.size, (const char *)i->problem.data);
    cr_assert(json_equal(want, there), "%.*s", (int)i->data.size, (const char *)i->data.data);
    json_decref(want);
    json_decref(there);
    fixture_assert_replay();
}

struct task *at(uint64_t id, const char *step)
{
    struct instance *i = fixture_get(id);
    const struct definition *d = catalog_find_number(fx.catalog, i->definition);

    for (uint32_t n = 0; n < i->task_count; n++) {
        if (strcmp(d->workflow.steps[i->tasks[n].step].name, step) == 0 &&
            i->tasks[n].kind != TASK_ITERATION) {
            return &i->tasks[n];
        }
    }
    return NULL;
}

void done(uint64_t id, const char *step, const char *output)
{
    cr_assert_not_null(at(id, step), "%s is not open", step);
    fixture_done(id, at(id, step)->seq, output);
    fixture_turn();
}

size_t open_calls(uint64_t id)
{
    const struct instance *i = fixture_get(id);
    size_t count = 0;

    for (uint32_t n = 0; n < i->task_count; n++) {
        count += i->tasks[n].kind == TASK_CALL;
    }
    return count;
}

/* returned_test.c - why something is to be done anew is found in the journal, as far as one looks
 */
#include "tests/integration/engine/index_world.h"

#include "engine/returned.h"
#include "engine/rows.h"
#include "engine/snapshot.h"

#include <criterion/criterion.h>

TestSuite(returned, .init = index_world_init, .fini = index_world_fini);

/* "returned" of the first assignment of the instance; NULL: none. Yours. */
static json_t *returned_of(uint64_t id)
{
    struct view view = {
        .world = turn_world(&iw.base.turn), .catalog = iw.base.catalog, .arena = &iw.arena};
    struct error err = ERROR_INIT;
    struct instance *instance;

    cr_assert(store_begin_read(iw.base.store, &view.txn, &err));
    cr_assert(snapshot_instance(view.txn, view.catalog, view.arena, id, &instance, &err));
    const struct task *task = &instance->tasks[0];
    cr_assert_not_null(task->assignment);
    json_t *row = rows_assignment(view.catalog, instance, task);
    returned_put(&view, instance, task, row);
    json_t *returned = json_incref(json_object_get(row, "returned"));
    json_decref(row);
    store_abort(&view.txn);
    return returned;
}

static bool is_told(uint64_t id)
{
    json_t *returned = returned_of(id);
    bool told = returned != NULL;

    json_decref(returned);
    return told;
}

Test(returned, a_return_is_told_of_until_too_much_was_written_after_it)
{
    uint64_t id = index_start("item", "a", index_item("1.1", "Утвердить", "school", "2023-02-01"));

    index_act(id, ACTION_REPORT, "school");
    cr_expect_not(is_told(id));
    index_act(id, ACTION_RETURN, "region");
    for (int n = 1; n < RETURNED_ENTRIES_MAX; n++) {
        index_act(id, ACTION_COMMENT, "region");
    }
    cr_expect(is_told(id));
    index_act(id, ACTION_COMMENT, "region");
    cr_expect_not(is_told(id));
}

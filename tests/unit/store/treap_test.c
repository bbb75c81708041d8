/* treap_test.c - treaps that share their nodes do not see each other's changes */
#include "fixture.h"

#include "store/treap.h"

#include <criterion/criterion.h>

static void put(struct treap *tree, uint64_t key, const char *value)
{
    treap_put(tree, key_number(key), bytes_of(value));
}

static bool has(const struct treap *tree, uint64_t key, const char *value)
{
    struct bytes found;

    return treap_get(tree, key_number(key), &found) && bytes_equal(found, bytes_of(value));
}

Test(treap, an_empty_tree_has_nothing_and_deletes_nothing)
{
    struct treap tree = TREAP_INIT;
    struct bytes key, value;

    cr_expect_not(treap_get(&tree, bytes_of("a"), &value));
    cr_expect_not(treap_first(&tree, &key, &value));
    cr_expect_not(treap_last(&tree, &key, &value));
    cr_expect_not(treap_delete(&tree, bytes_of("a")));
    treap_fini(&tree);
}

Test(treap, a_shared_tree_keeps_what_the_other_changes)
{
    struct treap tree = TREAP_INIT;

    for (uint64_t i = 0; i < 1000; i++) {
        put(&tree, i, "old");
    }
    struct treap old = treap_share(&tree);

    for (uint64_t i = 0; i < 1000; i++) {
        if (i % 3 == 0) {
            cr_assert(treap_delete(&tree, key_number(i)));
        } else if (i % 3 == 1) {
            put(&tree, i, "new");
        }
        put(&tree, 1000 + i, "more");
    }
    cr_expect_eq(old.count, 1000);
    cr_expect_eq(tree.count, 1000 - 334 + 1000);
    for (uint64_t i = 0; i < 1000; i++) {
        cr_assert(has(&old, i, "old"));
        cr_assert_not(has(&old, 1000 + i, "more"));
        cr_assert_eq(has(&tree, i, "new"), i % 3 == 1);
        cr_assert_eq(has(&tree, i, "old"), i % 3 == 2);
    }
    treap_fini(&tree);
    cr_expect(has(&old, 999, "old"), "also when the other is gone");
    treap_fini(&old);
    cr_expect_eq(old.count, 0);
}

Test(treap, neighbours_are_found_whether_the_key_is_there_or_not)
{
    struct treap tree = TREAP_INIT;
    struct bytes key, value;

    for (uint64_t i = 0; i < 100; i++) {
        put(&tree, i * 10, "x");
    }
    for (uint64_t i = 1; i < 990; i++) {
        cr_assert(treap_at_least(&tree, key_number(i), &key, &value));
        cr_assert_eq(number_of(key), (i + 9) / 10 * 10);
        cr_assert(treap_above(&tree, key_number(i), &key, &value));
        cr_assert_eq(number_of(key), i / 10 * 10 + 10);
        cr_assert(treap_below(&tree, key_number(i), &key, &value));
        cr_assert_eq(number_of(key), (i - 1) / 10 * 10);
    }
    cr_expect_not(treap_below(&tree, key_number(0), &key, &value));
    cr_expect_not(treap_above(&tree, key_number(990), &key, &value));
    cr_expect_not(treap_at_least(&tree, key_number(991), &key, &value));
    treap_fini(&tree);
}

/* map_test.c - a hash from two numbers to a pointer, against a plain table that cannot be wrong */
#include "base/map.h"

#include <criterion/criterion.h>
#include <string.h>

#define SIDE 32

static int values[SIDE * SIDE];

static uint64_t seed = 4101842887655102017u;

static uint64_t draw(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return seed * 2685821657736338717u;
}

Test(map, an_empty_map_finds_and_takes_nothing)
{
    struct map map = MAP_INIT;
    size_t at = 0;

    cr_assert_null(map_find(&map, 1, 2));
    cr_assert_null(map_take(&map, 1, 2));
    cr_assert_null(map_next(&map, &at));
    map_clear(&map);
    map_fini(&map);
}

Test(map, both_numbers_count)
{
    struct map map = MAP_INIT;

    map_put(&map, 1, 2, &values[0]);
    cr_assert_eq(map_find(&map, 1, 2), &values[0]);
    cr_assert_null(map_find(&map, 2, 1));
    cr_assert_null(map_find(&map, 1, 0));
    map_fini(&map);
}

Test(map, putting_again_replaces)
{
    struct map map = MAP_INIT;

    map_put(&map, 1, 2, &values[0]);
    map_put(&map, 1, 2, &values[1]);
    cr_assert_eq(map.count, 1);
    cr_assert_eq(map_take(&map, 1, 2), &values[1]);
    cr_assert_eq(map.count, 0);
    map_fini(&map);
}

static void compare(const struct map *map, void *const *model)
{
    size_t count = 0;
    size_t at = 0;
    bool seen[SIDE * SIDE] = {false};

    for (size_t i = 0; i < SIDE * SIDE; i++) {
        cr_assert_eq(map_find(map, i / SIDE, i % SIDE), model[i]);
        count += model[i] != NULL;
    }
    cr_assert_eq(map->count, count);
    for (int *value = map_next(map, &at); value != NULL; value = map_next(map, &at)) {
        size_t i = (size_t)(value - values);
        cr_assert_not(seen[i], "a walk meets each once");
        cr_assert_eq(model[i], value);
        seen[i] = true;
        count--;
    }
    cr_assert_eq(count, 0, "a walk meets all");
}

Test(map, any_sequence_of_puts_and_takes_agrees_with_a_plain_table)
{
    struct map map = MAP_INIT;
    void *model[SIDE * SIDE] = {NULL};

    for (int step = 0; step < 40000; step++) {
        size_t i = (size_t)(draw() % (SIDE * SIDE));
        bool filling = (step / 4000) % 2 == 0;
        if (draw() % 4 < (filling ? 3 : 1)) {
            map_put(&map, i / SIDE, i % SIDE, &values[i]);
            model[i] = &values[i];
        } else {
            cr_assert_eq(map_take(&map, i / SIDE, i % SIDE), model[i]);
            model[i] = NULL;
        }
        if (step % 997 == 0) {
            compare(&map, model);
        }
    }
    compare(&map, model);
    map_clear(&map);
    memset(model, 0, sizeof model);
    compare(&map, model);
    map_fini(&map);
}

Test(map, great_numbers_and_many_of_them)
{
    struct map map = MAP_INIT;

    for (uint64_t i = 0; i < 100000; i++) {
        map_put(&map, UINT64_MAX - i, i << 32, &values[i % (SIDE * SIDE)]);
    }
    cr_assert_eq(map.count, 100000);
    for (uint64_t i = 0; i < 100000; i++) {
        cr_assert_eq(map_find(&map, UINT64_MAX - i, i << 32), &values[i % (SIDE * SIDE)]);
    }
    map_fini(&map);
}

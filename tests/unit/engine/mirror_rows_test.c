/* mirror_rows_test.c - a sorted sequence in pieces, against a table that cannot be wrong */
#include "engine/mirror_rows.h"

#include <criterion/criterion.h>
#include <string.h>

#define DAYS      40
#define INSTANCES 60

static uint64_t seed = 4101842887655102017u;

static uint32_t below(uint32_t n)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 2685821657736338717u) >> 33) % n;
}

/* since_ms of the row that is there, by key; 0: none. */
static int64_t plain[2][DAYS][INSTANCES];

static struct mirror_row row_of(uint32_t closed, uint32_t day, uint32_t instance)
{
    return (struct mirror_row){.flags = closed ? MIRROR_CLOSED | MIRROR_CHILD : MIRROR_ASKED,
                               .to = (civil_day)day - DAYS / 2,
                               .instance = (uint64_t)instance << 40,
                               .task = instance};
}

/* From this key on, the rows are those of the plain table, in its order. */
static void assert_same(const struct mirror_rows *rows, uint32_t closed, uint32_t day)
{
    struct mirror_row key = row_of(closed, day, 0);
    struct mirror_place place = mirror_rows_seek(rows, &key);
    const struct mirror_row *row;

    for (; closed < 2; closed++, day = 0) {
        for (; day < DAYS; day++) {
            for (uint32_t i = 0; i < INSTANCES; i++) {
                if (plain[closed][day][i] == 0) {
                    continue;
                }
                struct mirror_row wanted = row_of(closed, day, i);
                row = mirror_rows_next(rows, &place);
                cr_assert_not_null(row);
                cr_assert_eq(row->flags, wanted.flags);
                cr_assert_eq(row->to, wanted.to);
                cr_assert_eq(row->instance, wanted.instance);
                cr_assert_eq(row->since_ms, plain[closed][day][i]);
            }
        }
    }
    cr_assert_null(mirror_rows_next(rows, &place));
}

Test(mirror_rows, are_those_that_were_put_and_not_deleted_in_the_order_of_their_keys)
{
    struct mirror_rows rows = {0};

    assert_same(&rows, 0, 0);
    for (int64_t turn = 1; turn < 60000; turn++) {
        uint32_t closed = below(2), day = below(DAYS), instance = below(INSTANCES);
        struct mirror_row row = row_of(closed, day, instance);
        bool grows = turn / 15000 % 2 == 0; /* it fills, is emptied, and fills again */
        if (below(100) < (grows ? 80u : 10u)) {
            row.since_ms = plain[closed][day][instance] = turn;
            mirror_rows_put(&rows, &row);
        } else {
            plain[closed][day][instance] = 0;
            mirror_rows_delete(&rows, &row);
        }
        if (turn % 500 == 0) {
            assert_same(&rows, 0, 0);
            assert_same(&rows, below(2), below(DAYS));
        }
    }
    for (uint32_t i = 0; i < rows.count; i++) {
        cr_expect_gt(rows.runs[i]->count, 0, "no run is empty");
    }
    mirror_rows_fini(&rows);
    cr_expect_eq(rows.count, 0);
}

Test(mirror_rows, in_their_order_fill_runs_to_the_brim)
{
    struct mirror_rows rows = {0};

    for (uint32_t i = 0; i < 10 * MIRROR_RUN_ROWS; i++) {
        struct mirror_row row = {.instance = i};
        mirror_rows_put(&rows, &row);
    }
    cr_expect_eq(rows.count, 10);
    mirror_rows_fini(&rows);
}

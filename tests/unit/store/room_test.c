/* room_test.c - the arithmetic of map sizes and limits */
#include "fixture.h"

#include "store/room.h"

#include <criterion/criterion.h>

#include <string.h>

static struct room room_of(uint64_t start, uint64_t max)
{
    struct room room;

    room_init(&room, &(struct store_options){.map_bytes_start = start, .map_bytes_max = max});
    return room;
}

Test(room, what_options_leave_open_gets_the_documented_sizes)
{
    struct room room = room_of(0, 0);

    cr_expect_eq(room.map_bytes_start, 256 * MIB);
    cr_expect_eq(room.map_bytes_max, 256 * 1024 * MIB);
    cr_expect_eq(room.free_bytes_min, 64 * MIB);
    cr_expect_eq(room_headroom(&room, room.map_bytes_start), 128 * MIB);
    room = room_of(64 * MIB, 16 * MIB);
    cr_expect_eq(room.map_bytes_start, 16 * MIB, "no more than the limit");
    room = room_of(MIB + 1, 0);
    cr_expect_eq(room.map_bytes_start % (64 * 1024), 0, "whole pages");
}

Test(room, the_map_doubles_when_less_than_the_headroom_is_free)
{
    struct room room = room_of(0, 0);
    uint64_t map = 256 * MIB;

    cr_expect_eq(room_map_wanted(&room, map, 128 * MIB, false), map, "exactly enough");
    cr_expect_eq(room_map_wanted(&room, map, 128 * MIB + 1, false), 2 * map);
    cr_expect_eq(room_map_wanted(&room, map, map, false), 2 * map);
    cr_expect_eq(room_map_wanted(&room, 4 * map, 3 * map, false), 4 * map, "a quarter is enough");
    cr_expect_eq(room_map_wanted(&room, 4 * map, 3 * map + 1, false), 8 * map);
    cr_expect_eq(room_map_wanted(&room, map, 0, true), 2 * map, "it was full, so free or not");
    cr_expect_eq(room_map_wanted(&room, map, 20 * map, false), 32 * map, "several at once");
}

Test(room, the_map_never_grows_past_its_limit)
{
    struct room room = room_of(MIB, 3 * MIB);

    cr_expect_eq(room_map_wanted(&room, MIB, 10 * MIB, true), 3 * MIB);
    cr_expect_eq(room_map_wanted(&room, 3 * MIB, 3 * MIB, true), 3 * MIB);
    cr_expect_eq(room_map_wanted(&room, 8 * MIB, 3 * MIB, true), 8 * MIB, "nor shrinks");
}

Test(room, at_the_limit_a_reserve_is_kept)
{
    const struct folder folder = {.path = (char *)"/a/folder"};
    struct room room = room_of(MIB, 4 * MIB);
    struct error err = ERROR_INIT;

    cr_expect(room_below_limit(&room, &folder, 7 * MIB / 2, &err));
    cr_expect_not(room_below_limit(&room, &folder, 7 * MIB / 2 + 1, &err));
    cr_expect_eq(err.code, ERROR_DISK_FULL);
    cr_expect_not_null(strstr(err.text, "/a/folder"));
}

Test(room, free_disk_is_enough_at_the_minimum_and_not_below)
{
    struct folder folder;
    struct room room = room_of(0, 0);
    struct error err = ERROR_INIT;

    cr_assert(folder_open(&folder, "/tmp", false, NULL));
    room.free_bytes_min = 0;
    cr_expect(room_on_disk(&room, &folder, &err));
    room.free_bytes_min = UINT64_MAX;
    cr_expect_not(room_on_disk(&room, &folder, &err));
    cr_expect_eq(err.code, ERROR_DISK_FULL);
    folder_close(&folder);
}

/* room.c - is there room for one more turn
 *
 * Owns:    the sizes that bound a store.
 * Always:  refusing happens here, before a turn, so that a full disk never meets a half-done one.
 * See:     docs/storage.md §1.3 and §1.4
 */
#include "store/room.h"

#include <inttypes.h>

#define MIB                 ((uint64_t)1 << 20)
#define GIB                 ((uint64_t)1 << 30)
#define MAP_BYTES_START     (256 * MIB) /* a year of a municipality; address space, not memory */
#define MAP_BYTES_MAX       (256 * GIB) /* the country's teachers for ten years */
#define FREE_BYTES_MIN      (64 * MIB)  /* a turn at its limits, and room to delete something */
#define PAGE_BYTES_COARSEST (64 * 1024) /* of any machine: a map is whole pages */

static uint64_t or_default(uint64_t bytes, uint64_t otherwise)
{
    bytes = bytes != 0 ? bytes : otherwise;
    return (bytes + PAGE_BYTES_COARSEST - 1) / PAGE_BYTES_COARSEST * PAGE_BYTES_COARSEST;
}

void room_init(struct room *room, const struct store_options *options)
{
    *room = (struct room){
        .map_bytes_start = or_default(options->map_bytes_start, MAP_BYTES_START),
        .map_bytes_max = or_default(options->map_bytes_max, MAP_BYTES_MAX),
        .free_bytes_min = options->free_bytes_min ? options->free_bytes_min : FREE_BYTES_MIN,
    };
    if (room->map_bytes_start > room->map_bytes_max) {
        room->map_bytes_start = room->map_bytes_max;
    }
}

uint64_t room_headroom(const struct room *room, uint64_t map_bytes)
{
    uint64_t half_start = room->map_bytes_start / 2;
    uint64_t quarter = map_bytes / 4;

    return half_start > quarter ? half_start : quarter;
}

uint64_t room_map_wanted(const struct room *room, uint64_t map_bytes, uint64_t high_bytes,
                         bool was_full)
{
    uint64_t wanted = was_full ? map_bytes * 2 : map_bytes;

    while (wanted < room->map_bytes_max && high_bytes + room_headroom(room, wanted) > wanted) {
        wanted *= 2;
    }
    if (wanted > room->map_bytes_max) {
        wanted = room->map_bytes_max;
    }
    return wanted > map_bytes ? wanted : map_bytes;
}

bool room_below_limit(const struct room *room, const struct folder *folder, uint64_t used_bytes,
                      struct error *err)
{
    uint64_t reserve = room->map_bytes_start / 2;

    if (reserve > room->map_bytes_max / 4) {
        reserve = room->map_bytes_max / 4;
    }
    if (used_bytes + reserve <= room->map_bytes_max) {
        return true;
    }
    return error_set(err, ERROR_DISK_FULL,
                     "the store %s uses %" PRIu64 " bytes and may have %" PRIu64
                     ": raise map_bytes_max",
                     folder->path, used_bytes, room->map_bytes_max);
}

/* Asked each time: it takes 0.3 us, a turn's commit 100 us, and a fast disk fills in no time. */
bool room_on_disk(const struct room *room, const struct folder *folder, struct error *err)
{
    uint64_t free_bytes;

    if (!folder_free_bytes(folder, &free_bytes, err)) {
        return false;
    }
    if (free_bytes >= room->free_bytes_min) {
        return true;
    }
    return error_set(err, ERROR_DISK_FULL,
                     "the disk of the store %s has %" PRIu64 " bytes free and must have %" PRIu64
                     ": free some",
                     folder->path, free_bytes, room->free_bytes_min);
}

/* room.h - is there room for one more turn: free disk, and the size of the map; inside store/ only
 *
 * Decides only. The map is moved by whoever has it (files.c).
 */
#ifndef STORE_ROOM_H
#define STORE_ROOM_H

#include "store/folder.h"
#include "store/store.h"

struct room {
    uint64_t map_bytes_start;
    uint64_t map_bytes_max;
    uint64_t free_bytes_min;
};

/* Fill in what options leave at 0; sizes are rounded up to whole pages of any machine. */
void room_init(struct room *room, const struct store_options *options);

/* Bytes of the map that stay free ahead of need: half of what it starts with, or a quarter of what
 * it has, whichever is more. A turn that needs more than this fails, and the map grows then. */
uint64_t room_headroom(const struct room *room, uint64_t map_bytes);

/* The size the map should have: doubled until there is headroom above `high_bytes`, the end of what
 * was ever written; once more when a transaction found it full. At most map_bytes_max, unless it is
 * larger already. */
uint64_t room_map_wanted(const struct room *room, uint64_t map_bytes, uint64_t high_bytes,
                         bool was_full);

/* With a map as large as it may be: is enough of it free? used_bytes counts pages in use. */
bool room_below_limit(const struct room *room, const struct folder *folder, uint64_t used_bytes,
                      struct error *err);

/* Is there enough free disk? */
bool room_on_disk(const struct room *room, const struct folder *folder, struct error *err);

#endif

/* map.h - a hash from two numbers to a pointer: open addressing, no order
 *
 * Keys are pairs because tasks are named by two numbers; use 0 for the second where one is enough.
 * The map does not own what the pointers point to.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_slot {
    uint64_t a;
    uint64_t b;
    void *value; /* NULL: the slot is empty */
};

struct map {
    struct map_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

#define MAP_INIT ((struct map){0})

void *map_find(const struct map *map, uint64_t a, uint64_t b);      /* NULL when absent */
void map_put(struct map *map, uint64_t a, uint64_t b, void *value); /* value must not be NULL */
void *map_take(struct map *map, uint64_t a, uint64_t b);            /* remove; NULL when absent */
void map_clear(struct map *map);                                    /* keeps the memory */
void map_fini(struct map *map);

/* Walk: start with *at = 0, ends with NULL. The map must not change meanwhile. */
void *map_next(const struct map *map, size_t *at);

#endif

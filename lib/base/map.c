/* map.c - open addressing with linear probing and backward-shift deletion */
#include "base/map.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

#define CAPACITY_FIRST 64

/* splitmix64's finisher: numbers that count up must not fill neighbouring slots in step. */
static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static size_t home(const struct map *map, uint64_t a, uint64_t b)
{
    return (size_t)mix(a ^ mix(b)) & (map->capacity - 1);
}

static size_t probe(const struct map *map, uint64_t a, uint64_t b)
{
    size_t i = home(map, a, b);

    while (map->slots[i].value != NULL && (map->slots[i].a != a || map->slots[i].b != b)) {
        i = (i + 1) & (map->capacity - 1);
    }
    return i;
}

static void grow(struct map *map)
{
    struct map old = *map;

    map->capacity = old.capacity ? old.capacity * 2 : CAPACITY_FIRST;
    map->slots = xcalloc(map->capacity, sizeof *map->slots);
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.slots[i].value != NULL) {
            map->slots[probe(map, old.slots[i].a, old.slots[i].b)] = old.slots[i];
        }
    }
    free(old.slots);
}

void *map_find(const struct map *map, uint64_t a, uint64_t b)
{
    return map->count ? map->slots[probe(map, a, b)].value : NULL;
}

void map_put(struct map *map, uint64_t a, uint64_t b, void *value)
{
    must(value != NULL);
    if ((map->count + 1) * 4 > map->capacity * 3) {
        grow(map);
    }
    struct map_slot *slot = &map->slots[probe(map, a, b)];
    map->count += slot->value == NULL;
    *slot = (struct map_slot){a, b, value};
}

void *map_take(struct map *map, uint64_t a, uint64_t b)
{
    if (map->count == 0) {
        return NULL;
    }
    size_t hole = probe(map, a, b);
    void *value = map->slots[hole].value;
    if (value == NULL) {
        return NULL;
    }
    size_t mask = map->capacity - 1;
    for (size_t i = (hole + 1) & mask; map->slots[i].value != NULL; i = (i + 1) & mask) {
        size_t want = home(map, map->slots[i].a, map->slots[i].b);
        if (((i - want) & mask) >= ((i - hole) & mask)) {
            map->slots[hole] = map->slots[i];
            hole = i;
        }
    }
    map->slots[hole].value = NULL;
    map->count--;
    return value;
}

void map_clear(struct map *map)
{
    if (map->count > 0) {
        memset(map->slots, 0, map->capacity * sizeof *map->slots);
        map->count = 0;
    }
}

void map_fini(struct map *map)
{
    free(map->slots);
    *map = MAP_INIT;
}

void *map_next(const struct map *map, size_t *at)
{
    while (*at < map->capacity) {
        void *value = map->slots[(*at)++].value;
        if (value != NULL) {
            return value;
        }
    }
    return NULL;
}

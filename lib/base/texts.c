/* texts.c - an arena of texts, and a map from their hashes */
#include "base/texts.h"

#include <stdlib.h>

#define ROOM_FIRST 64u

struct text {
    struct text *same_hash;
    struct bytes bytes;
    uint32_t number;
};

static uint32_t add(struct texts *texts, uint64_t hash, struct bytes bytes, struct text *same_hash)
{
    struct text *text = arena_alloc(&texts->arena, sizeof *text);

    if (texts->count == texts->room) {
        texts->room = texts->room ? texts->room * 2 : ROOM_FIRST;
        texts->all = xrealloc(texts->all, texts->room * sizeof *texts->all);
    }
    text->same_hash = same_hash;
    text->bytes = texts->all[texts->count++] = arena_copy(&texts->arena, bytes);
    text->number = texts->count;
    map_put(&texts->map, hash, 0, text);
    return text->number;
}

uint32_t texts_number(struct texts *texts, struct bytes bytes)
{
    uint64_t hash = bytes_hash(BYTES_HASH_SEED, bytes);
    struct text *first = map_find(&texts->map, hash, 0);

    for (const struct text *text = first; text != NULL; text = text->same_hash) {
        if (bytes_equal(text->bytes, bytes)) {
            return text->number;
        }
    }
    return add(texts, hash, bytes, first);
}

void texts_fini(struct texts *texts)
{
    map_fini(&texts->map);
    arena_fini(&texts->arena);
    free(texts->all);
    *texts = TEXTS_INIT;
}

/* texts.c - an arena of texts, and a table of their numbers: open addressing, linear probing */
#include "base/texts.h"

#include <stdlib.h>

#define ROOM_FIRST 64u

/* Where the text stands, or the free slot where it would. */
static uint32_t *find(const struct texts *texts, struct bytes text)
{
    size_t mask = texts->capacity - 1;
    size_t i = (size_t)bytes_hash(BYTES_HASH_SEED, text) & mask;

    while (texts->slots[i] != 0 && !bytes_equal(texts_get(texts, texts->slots[i]), text)) {
        i = (i + 1) & mask;
    }
    return &texts->slots[i];
}

static void grow(struct texts *texts)
{
    texts->room = texts->room ? texts->room * 2 : ROOM_FIRST;
    texts->all = xrealloc(texts->all, texts->room * sizeof *texts->all);
    free(texts->slots);
    texts->capacity = (size_t)texts->room * 2; /* never more than half full */
    texts->slots = xcalloc(texts->capacity, sizeof *texts->slots);
    for (uint32_t number = 1; number <= texts->count; number++) {
        *find(texts, texts_get(texts, number)) = number;
    }
}

uint32_t texts_number(struct texts *texts, struct bytes text)
{
    if (texts->count == texts->room) {
        grow(texts);
    }
    uint32_t *slot = find(texts, text);
    if (*slot == 0) {
        texts->all[texts->count] = arena_copy(&texts->arena, text);
        *slot = ++texts->count;
    }
    return *slot;
}

void texts_fini(struct texts *texts)
{
    arena_fini(&texts->arena);
    free(texts->all);
    free(texts->slots);
    *texts = TEXTS_INIT;
}

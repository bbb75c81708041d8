/* arena.c - bump allocation in chunks */
#include "base/arena.h"

#include "base/must.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES (64u << 10) /* a quiet turn fits in one */
#define KEEP_BYTES  (4u << 20)  /* a larger chunk is not kept for the next turn */

struct arena_chunk {
    struct arena_chunk *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

static struct arena_chunk *chunk_create(size_t size, struct arena_chunk *next)
{
    struct arena_chunk *chunk = xmalloc(sizeof *chunk + size);

    chunk->next = next;
    chunk->size = size;
    chunk->used = 0;
    return chunk;
}

static unsigned char *take(struct arena *arena, size_t size)
{
    size_t rounded = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct arena_chunk *chunk = arena->chunks;

    if (chunk == NULL || chunk->size - chunk->used < rounded) {
        size_t want = chunk ? chunk->size * 2 : CHUNK_BYTES;
        want = want > KEEP_BYTES ? KEEP_BYTES : want;
        chunk = chunk_create(rounded > want ? rounded : want, chunk);
        arena->chunks = chunk;
    }
    unsigned char *at = chunk->data + chunk->used;
    chunk->used += rounded;
    return at;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(take(arena, size), 0, size);
}

struct bytes arena_copy(struct arena *arena, struct bytes b)
{
    if (b.size == 0) {
        return (struct bytes){NULL, 0};
    }
    return (struct bytes){memcpy(take(arena, b.size), b.data, b.size), b.size};
}

char *arena_text(struct arena *arena, struct bytes b)
{
    char *text = (char *)take(arena, b.size + 1);

    if (b.size > 0) {
        memcpy(text, b.data, b.size);
    }
    text[b.size] = '\0';
    return text;
}

void arena_reset(struct arena *arena)
{
    struct arena_chunk *keep = arena->chunks;

    if (keep == NULL) {
        return;
    }
    for (struct arena_chunk *c = keep->next; c != NULL;) {
        struct arena_chunk *next = c->next;
        free(c);
        c = next;
    }
    keep->next = NULL;
    keep->used = 0;
    if (keep->size > KEEP_BYTES) {
        arena_fini(arena);
    }
}

void arena_fini(struct arena *arena)
{
    for (struct arena_chunk *c = arena->chunks; c != NULL;) {
        struct arena_chunk *next = c->next;
        free(c);
        c = next;
    }
    arena->chunks = NULL;
}

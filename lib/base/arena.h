/* arena.h - memory that is given back all at once
 *
 * A turn decodes thousands of small things and forgets them together. Nothing taken from an arena
 * is freed singly. Pointers are valid until arena_reset() or arena_fini().
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/buffer.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks;
};

#define ARENA_INIT ((struct arena){0})

void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for anything */
struct bytes arena_copy(struct arena *arena, struct bytes b);
char *arena_text(struct arena *arena, struct bytes b); /* a copy with a final zero */
void arena_reset(struct arena *arena); /* forgets everything, keeps one chunk for the next turn */
void arena_fini(struct arena *arena);

#endif

/* facets_row.c - a row, byte by byte, in the arena of its set
 *
 * Owns:    how numbers and texts stand in keys and values (docs/storage.md §2).
 * In:      facets*.c.
 */
#include "engine/core/facets_part.h"

#include <string.h>

void row_put8(struct row *w, unsigned v)
{
    *w->at++ = (unsigned char)v;
}

void row_put32(struct row *w, uint32_t v)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        row_put8(w, (v >> shift) & 0xFF);
    }
}

void row_put64(struct row *w, uint64_t v)
{
    row_put32(w, (uint32_t)(v >> 32));
    row_put32(w, (uint32_t)v);
}

void row_put_bytes(struct row *w, struct bytes b)
{
    if (b.size > 0) {
        memcpy(w->at, b.data, b.size);
        w->at += b.size;
    }
}

void row_put_text(struct row *w, struct bytes text)
{
    row_put_bytes(w, text);
    row_put8(w, 0);
}

#define FIXED_PART 32 /* more than the numbers of any key */

struct row row_begin(struct facets *set, enum table table, size_t text_size)
{
    if (set->count == set->room) {
        uint32_t room = set->room ? set->room * 2 : 4;
        struct facet *rows = arena_alloc(set->arena, room * sizeof *rows);
        if (set->count > 0) {
            memcpy(rows, set->rows, set->count * sizeof *rows);
        }
        set->rows = rows;
        set->room = room;
    }
    struct facet *row = &set->rows[set->count++];
    struct row w = {arena_alloc(set->arena, FIXED_PART + text_size)};
    *row = (struct facet){.table = table, .key = {w.at, 0}};
    row_put8(&w, TENANT);
    return w;
}

/* The key ends here; what is written from now on is the value. */
void row_key_end(struct facets *set, const struct row *w)
{
    struct facet *row = &set->rows[set->count - 1];

    row->key.size = (size_t)(w->at - (const unsigned char *)row->key.data);
    row->value = (struct bytes){w->at, 0};
}

void row_end(struct facets *set, const struct row *w)
{
    struct facet *row = &set->rows[set->count - 1];

    row->value.size = (size_t)(w->at - (const unsigned char *)row->value.data);
}

/* source.h - entries as one jq program, and a piece as one that tells where it is wrong. Private to
 * lib/expression.
 *
 * A jq program gets a list: [index, input, variable, variable, …], the variables in the order of
 * entry->variables. Entries stand in *chunks*, so that what is compiled at first use stays small:
 * compiling costs jq 1.6 about 20 ms and half a millisecond an entry, in one go.
 */
#ifndef EXPRESSION_SOURCE_H
#define EXPRESSION_SOURCE_H

#include "expression/entries.h"

#define SOURCE_CHUNK_ENTRIES 64u

/* Where an entry stands: plain ones (asked for when the quick way is not sure) have chunks of their
 * own, so that they cost nothing until then. */
struct source_place {
    uint32_t chunk;
    uint32_t index; /* in the chunk */
};

struct source_place source_place(const struct program *program, uint32_t number);

/* Entries `from` to before `to` of a chunk, by their index; ends in zero. Returns how many there
 * are in the chunk. */
uint32_t source_print(const struct program *program, uint32_t chunk, uint32_t from, uint32_t to,
                      struct buffer *out);
/* The number of such an entry. */
uint32_t source_number(const struct program *program, struct source_place place);

/* A piece alone, each token on a line of its own. The byte of the piece that stands at line n of
 * this text is ret_offsets[n - 1]; lines behind the last token have the size of the piece. The list
 * is yours. */
void source_print_piece(const struct piece *piece, struct buffer *out, size_t **ret_offsets,
                        size_t *ret_lines);

#endif

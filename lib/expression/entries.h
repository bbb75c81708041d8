/* entries.h - the inside of a program. Private to lib/expression. */
#ifndef EXPRESSION_ENTRIES_H
#define EXPRESSION_ENTRIES_H

#include "base/map.h"
#include "expression/plain.h"

struct piece {
    char *text;
    struct piece_place place;
    const char **variables; /* those it reads; NULL-terminated, names of the program */
};

struct entry {
    char *text;
    size_t first_piece;
    size_t piece_count;
    const char **variables;  /* as above */
    struct plain_tree plain; /* root is NULL: not plain */
    uint32_t order;          /* among those that are plain, or among those that are not */
};

struct program {
    uint64_t id;
    struct piece *pieces;
    size_t piece_count;
    size_t pieces_used; /* belong to entries; the rest waits for the next one */
    struct entry *entries;
    uint32_t count;
    uint32_t plain_count;
    size_t text_bytes;
    char **names; /* of variables, each once; NULL-terminated */
    size_t name_count;
    struct map by_text; /* hash of a text, how many before it had the same -> entry's number */
    struct arena arena; /* plain trees */
    json_t *constants;  /* of plain trees */
};

const struct entry *program_entry(const struct program *program, uint32_t number);

#endif

/* search_part.h - inside search: a query, and what its words may mean
 *
 * Only search*.c include this.
 */
#ifndef ENGINE_SEARCH_PART_H
#define ENGINE_SEARCH_PART_H

#include "engine/core/word.h"
#include "engine/search.h"

#define SEARCH_WORDS       8u /* of a query: more narrow nothing */
#define SEARCH_QUERY_BYTES 400u

struct query {
    struct word words[SEARCH_WORDS];
    uint32_t count;
    bool exact; /* words as they are; else words that begin so */
};

/* ERROR_INVALID when it has no word. */
bool search_read(const char *query, struct query *ret_query, struct error *err);

struct candidates {
    uint64_t *ids; /* ascending; free() them */
    size_t count;
    bool sure; /* all of them have all words; else they are to be looked at */
    bool more; /* there are older ones */
};

void search_candidates(const struct view *view, const struct query *query,
                       struct candidates *ret_candidates);

/* Note in *seen (begin with 0) which words the text has; true when it and those before have all. */
bool search_text_has(const struct query *query, struct bytes text, uint32_t *seen);

#endif

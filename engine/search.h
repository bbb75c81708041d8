/* search.h - everything that a few words find (docs/protocol.md §3.6)
 *
 * People of cycles by their names, the municipalities and schools where they are, assignments by
 * the words of their titles and numbers and of what was said of them, incidents by those of their
 * problems, instances by the beginning of their keys, workers by their services; bodies,
 * definitions and items of plans from the catalog. Each word of the query is the beginning of a
 * word; all must be there. The newest come first. A query that is a number finds what has it as its
 * number, then documents of this number, then what only says it.
 */
#ifndef ENGINE_SEARCH_H
#define ENGINE_SEARCH_H

#include "engine/core/word.h"
#include "engine/view.h"

struct candidates;
struct session;

#define SEARCH_WORDS       8u /* of a query: more narrow nothing */
#define SEARCH_QUERY_BYTES 400u

struct search_query {
    struct word words[SEARCH_WORDS];
    uint32_t count;
    bool exact; /* words as they are; else words that begin so */
};

/* ERROR_INVALID when it has no word. */
bool search_read(const char *query, struct search_query *ret_query, struct error *err);

/* The instances that have all words; NULL and *err when the query has none. A word of which there
 * are more than SEARCH_CANDIDATES is not counted on: rows are to be looked at, search_row_fits().
 */
#define SEARCH_CANDIDATES 20000u
struct candidates *search_find(const struct view *view, const char *query, struct error *err);
void search_free(struct candidates **candidates);

bool search_has_instance(const struct candidates *candidates, uint64_t instance);
/* Them all, ascending; borrowed. */
const uint64_t *search_instances(const struct candidates *candidates, size_t *ret_count);
/* Has this row of an assignment all words, in its title and number or in what was said of it? */
bool search_row_fits(const struct view *view, const struct candidates *candidates,
                     uint64_t instance, uint32_t task, const json_t *row);

/* SEARCH: {"q", "limit"?} -> {"people", "places", "assignments", "incidents", "instances",
 * "bodies", "definitions", "items", "notices", "workers"?, "more"}. JSON, yours; NULL and *err when
 * refused. */
json_t *search_answer(const struct view *view, const json_t *request, struct error *err);

/* WORKERS: has this worker all words of the query, in its name and services? */
bool search_worker_has(const struct search_query *query, const struct session *session);

#endif

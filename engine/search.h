/* search.h - everything that a few words find (docs/protocol.md §3.6)
 *
 * Assignments by the words of their titles and numbers, people of cycles by their names, instances
 * by the beginning of their keys; bodies, definitions and items of plans from the catalog. Each
 * word of the query is the beginning of a word; all must be there. The newest come first.
 */
#ifndef ENGINE_SEARCH_H
#define ENGINE_SEARCH_H

#include "engine/view.h"

/* The numbers of instances that have all words, ascending; yours, never NULL. A query without words
 * is refused. A word of which there are more than SEARCH_CANDIDATES is not counted on: rows are to
 * be looked at, search_row_fits(). */
#define SEARCH_CANDIDATES 20000u
bool search_instances(const struct view *view, const char *query, uint64_t **ret_ids,
                      size_t *ret_count, struct error *err);

/* Has this row of an assignment all words, in its title and number? */
bool search_row_fits(const char *query, const json_t *row);

/* SEARCH: {"q", "limit"?} -> {"assignments", "instances", "bodies", "definitions", "items",
 * "more"}. JSON, yours; NULL and *err when refused. */
json_t *search_answer(const struct view *view, const json_t *request, struct error *err);

#endif

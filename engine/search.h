/* search.h - everything that a few words find (docs/protocol.md §3.6)
 *
 * Assignments by the words of their titles and numbers and of what was said of them, incidents by
 * those of their problems, people of cycles by their names, instances by the beginning of their
 * keys, workers by their services; bodies, definitions and items of plans from the catalog. Each
 * word of the query is the beginning of a word; all must be there. The newest come first.
 */
#ifndef ENGINE_SEARCH_H
#define ENGINE_SEARCH_H

#include "engine/view.h"

struct candidates;

/* The instances that have all words; NULL and *err when the query has none. A word of which there
 * are more than SEARCH_CANDIDATES is not counted on: rows are to be looked at, search_row_fits().
 */
#define SEARCH_CANDIDATES 20000u
struct candidates *search_find(const struct view *view, const char *query, struct error *err);
void search_free(struct candidates **candidates);

bool search_has_instance(const struct candidates *candidates, uint64_t instance);
/* Has this row of an assignment all words, in its title and number or in what was said of it? */
bool search_row_fits(const struct view *view, const struct candidates *candidates,
                     uint64_t instance, uint32_t task, const json_t *row);

/* SEARCH: {"q", "limit"?} -> {"assignments", "incidents", "instances", "bodies", "definitions",
 * "items", "notices", "workers"?, "more"}. JSON, yours; NULL and *err when refused. */
json_t *search_answer(const struct view *view, const json_t *request, struct error *err);

#endif

/* queries.h - the verbs that only look, answered from a snapshot (docs/protocol.md §3.6) */
#ifndef ENGINE_QUERIES_H
#define ENGINE_QUERIES_H

#include "engine/view.h"
#include "wire/client.h"

/* LIST, ASSIGNMENTS, INCIDENTS, JOURNAL, HISTORY, SHOW, WHY, DEFINITIONS, SEARCH, OVERVIEW,
 * DISCIPLINE, CYCLE, COMPUTED, ROADMAPS, ROADMAP, BODIES, CALENDAR, NOTICES, FORESEE; the others
 * are of the engine's own moment (stats.c). JSON, yours; NULL and *err when refused. */
json_t *query_answer(const struct view *view, enum client_verb verb, const json_t *request,
                     struct error *err);

#endif

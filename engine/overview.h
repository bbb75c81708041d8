/* overview.h - where everything stands today, and how terms are kept (docs/protocol.md §3.6)
 *
 * Pure over a snapshot. Each is one walk over index rows; whoever is asked often keeps an answer
 * until the journal's last entry is another, and for a second at least.
 */
#ifndef ENGINE_OVERVIEW_H
#define ENGINE_OVERVIEW_H

#include "engine/view.h"

/* OVERVIEW: what is late, due, waits for a decision; by body; the first rows of each. */
json_t *overview_answer(const struct view *view, const json_t *request, struct error *err);

/* DISCIPLINE: on time, late, after an extension, in part, open, by body, plan, section or month,
 * against the first and against the last term. */
json_t *discipline_answer(const struct view *view, const json_t *request, struct error *err);

#endif

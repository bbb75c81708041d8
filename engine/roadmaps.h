/* roadmaps.h - plans: all of them, and one as its table (docs/protocol.md §3.6)
 *
 * Pure over a snapshot. Whoever is asked often keeps an answer, as of overviews.
 */
#ifndef ENGINE_ROADMAPS_H
#define ENGINE_ROADMAPS_H

#include "engine/view.h"

/* ROADMAPS: the plans in force, each with the instance that runs it and the counts of its
 * assignments. */
json_t *roadmaps_answer(const struct view *view, const json_t *request, struct error *err);

/* ROADMAP {"name","section"?,"body"?,"state"?}: the table as it was approved. An item whose
 * progress is counted has "computed": null; whoever has its number puts it there. */
json_t *roadmap_answer(const struct view *view, const json_t *request, struct error *err);

#endif

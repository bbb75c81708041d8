/* funnel.h - who stands where in a cycle (docs/protocol.md §3.6)
 *
 * Pure over a snapshot, from the table `stage`: one walk over the rows of the cycle. Whoever is
 * asked often keeps an answer, as of overviews.
 */
#ifndef ENGINE_FUNNEL_H
#define ENGINE_FUNNEL_H

#include "engine/core/stage.h"
#include "engine/view.h"

/* CYCLE: without "definition" the cycles there are; with it stages, groups, outcomes; with "people"
 * true a page of the people. */
json_t *funnel_answer(const struct view *view, const json_t *request, struct error *err);

/* Where this instance stands; false: it follows nobody. Texts are in the arena of the view. */
bool funnel_row_of(const struct view *view, const struct instance *instance,
                   struct stage_row *ret_row);
/* The row of the person that it follows through this cycle, as on a page of people; null: nobody.
 */
json_t *funnel_person(const struct view *view, const struct definition *cycle,
                      const struct instance *instance);

#endif

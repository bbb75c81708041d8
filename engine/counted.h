/* counted.h - numbers of the items of roadmaps that are counted: kept, and gone on with
 *
 * A count looks at very many rows, so it is made in steps, one in each request that shows it
 * (computed.h). The last number that was counted to its end is given until the next is. Who answers
 * many keeps them in view->counted; where that is NULL, a number is counted as far as one step
 * goes.
 */
#ifndef ENGINE_COUNTED_H
#define ENGINE_COUNTED_H

#include "engine/view.h"

#define COUNTED_MAX 256u /* items: the one that nobody asked for longest goes */

struct counted *counted_create(void);
void counted_destroy(struct counted *counted); /* NULL is fine */

/* ROADMAP with the numbers of its counted items. */
json_t *counted_roadmap(const struct view *view, const json_t *request, struct error *err);
/* COMPUTED: the number that is kept, or a page of what is counted. */
json_t *counted_answer(const struct view *view, const json_t *request, struct error *err);

#endif

/* counted.h - numbers of the items of roadmaps that are counted: kept, and gone on with
 *
 * A count looks at very many rows, so it is made in steps, one in each request that shows it
 * (engine/computed.h). The last number that was counted to its end is given until the next is.
 */
#ifndef WEB_COUNTED_H
#define WEB_COUNTED_H

#include "engine/view.h"

#include <jansson.h>

#define COUNTED_MAX 256u /* items: the one that nobody asked for longest goes */

struct counted;
struct counted *counted_create(void);
void counted_destroy(struct counted *counted); /* NULL is fine */

/* The number of the item as computed_json() has it, after a step at most; NULL: it is not one that
 * is counted. entry: of the journal in this snapshot; a number is good while that stays the same.
 * Yours. */
json_t *counted_get(struct counted *counted, const struct view *view, uint64_t entry,
                    const char *plan, const char *no);

#endif

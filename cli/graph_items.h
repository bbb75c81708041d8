/* graph_items.h - how far each item of a plan is, for its picture */
#ifndef CLI_GRAPH_ITEMS_H
#define CLI_GRAPH_ITEMS_H

#include "picture/picture.h"

/* A picture_item_fn; plan: the answer to ROADMAP. An item is as its worst window is. */
void graph_items_of(void *plan, const struct roadmap_item *item, struct picture_item *ret_item);

#endif

/* read_executors.h - who carries out an item of a plan. Private to lib/language. */
#ifndef LANGUAGE_READ_EXECUTORS_H
#define LANGUAGE_READ_EXECUTORS_H

#include "language/fields.h"

/* `responsible` of this item. dated: its windows are read, so that terms of parts are held against
 * them. On false the item may be half filled. */
bool read_executors(const struct reader *reader, const struct node *node, bool dated,
                    struct roadmap_item *item);

#endif

/* measure.h - reading what is counted. Private to lib/language.
 *
 * As with all readers, what was read before a refusal is given back with the definition.
 */
#ifndef LANGUAGE_MEASURE_H
#define LANGUAGE_MEASURE_H

#include "language/expressions.h"

/* `where` of the map, when it is there: a condition. */
bool read_where(const struct expressions *e, const struct node *map, uint32_t *ret_number);
/* {workflow | plan, state, where} or {number, source}. */
bool read_count(const struct expressions *e, const struct node *node, struct count *count);
/* `target` of the map; share: it must be in percent. */
bool read_target(const struct reader *reader, const struct node *map, enum need need, bool share,
                 struct target *target);
/* The map under `computed` of an item. */
bool read_computed(const struct expressions *e, const struct node *node, struct measure *measure);

#endif

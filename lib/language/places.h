/* places.h - where a step stands in its document. Private to lib/language.
 *
 * A definition keeps JSON pointers, the tree keeps lines and columns: checks of meaning read the
 * first and show the second.
 */
#ifndef LANGUAGE_PLACES_H
#define LANGUAGE_PLACES_H

#include "language/definition.h"
#include "language/tree.h"

/* The value at an RFC 6901 pointer, or NULL; ret_key (may be NULL): its key in the map, or NULL. */
const struct node *place_at(const struct node *root, const char *pointer,
                            const struct node **ret_key);

/* The map under the step's name; the root when the document has no such place. */
const struct node *place_of_step(const struct node *root, const struct step *step);
/* The step's name. */
const struct node *place_of_name(const struct node *root, const struct step *step);

/* Down from a map by keys (NULL ends them) as far as the document goes: the node where it stopped.
 * place_below(task, "catch", "retry", NULL). */
const struct node *place_below(const struct node *node, ...);

#endif

/* term.h - the term of an item of a plan, under `due`. Private to the reader of roadmaps. */
#ifndef LANGUAGE_TERM_H
#define LANGUAGE_TERM_H

#include "language/fields.h"

/* Read `due` of an item into its phrase, kind, windows and openings. Period and act of the roadmap
 * are known; dated: they could be read, else only the form is looked at. */
bool read_term(const struct reader *reader, const struct node *item_node,
               const struct roadmap *roadmap, bool dated, struct roadmap_item *item);

#endif

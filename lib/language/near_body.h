/* near_body.h - is a word a slip of the pen for the id of a body? */
#ifndef LANGUAGE_NEAR_BODY_H
#define LANGUAGE_NEAR_BODY_H

#include "language/catalog.h"

/* The body whose id is as near to this word as "did you mean" allows, capitals or not. NULL: it is
 * no word of an id (Latin letters, digits, '_', '-', '.'), or near to none. */
const struct body *near_body(const struct catalog *catalog, const char *word);

#endif

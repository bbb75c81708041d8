/* people_names.h - bodies as people call them, for sentences */
#ifndef CORE_PEOPLE_NAMES_H
#define CORE_PEOPLE_NAMES_H

#include "engine/core/decide.h"

#define PEOPLE_NAMED_MAX 3 /* of a list; the others are counted */

/* Its short name as it is today, cut to fit a sentence; the id of one that is in no document. */
const char *people_name(const struct world *world, struct bytes id);

/* "КОПО, ЛОИРО": the first of this list of ids. */
const char *people_names(const struct world *world, const json_t *ids);

#endif

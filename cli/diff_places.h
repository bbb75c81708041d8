/* diff_places.h - what a difference is about: «п. 3.2», «шаг do/assign» */
#ifndef CLI_DIFF_PLACES_H
#define CLI_DIFF_PLACES_H

#include "base/buffer.h"
#include "language/diff.h"

/* NOT harmless yet. */
void diff_place_print(const struct difference *difference, struct buffer *out);

#endif

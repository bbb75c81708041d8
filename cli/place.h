/* place.h - a line of a document with a caret under the place that is meant */
#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include "base/buffer.h"

#include <stdint.h>

/* Two lines, indented, to the end of out: the line of the source (from 1), and a caret under this
 * column (from 1, in characters; below 1: no caret). Past the end of the document its last line is
 * shown; far past it nothing is. columns: what the two may take, cut around the caret; 0 = as wide
 * as it gets. */
void place_print(const char *source, int64_t line, int64_t column, size_t columns,
                 struct buffer *out);

#endif

/* print.h - inside core: JSON values as text, quickly
 *
 * A mapping is printed for every step that has one. Jansson looks at each character of a text and
 * hands it on in pieces; most texts need nothing of that, so they are copied whole here. What is
 * not plain is left to Jansson.
 */
#ifndef CORE_PRINT_H
#define CORE_PRINT_H

#include "base/buffer.h"

#include <jansson.h>

/* Appends the value, compact. false: it is nested deeper than this; then out holds part of it. */
bool print_json(json_t *value, unsigned depth_max, struct buffer *out);

#endif

/* sketch.h - what a document is called, whatever else is wrong with it
 *
 * Documents that are checked together name one another. One that has errors is still there: who
 * names it is not wrong.
 */
#ifndef LANGUAGE_SKETCH_H
#define LANGUAGE_SKETCH_H

#include "base/buffer.h"
#include "language/definition.h"

/* A definition with nothing but its kind and name, and the ids of its bodies; yours. Never to be
 * run. NULL when the text is no YAML, or has no kind or name. */
struct definition *document_sketch(struct bytes text);

/* Is this meant to be a document? False for YAML that has no `document`: a configuration, data. */
bool document_meant(struct bytes text);

/* Where `document.name` stands; false when it does not. */
bool document_name_place(struct bytes text, int *ret_line, int *ret_column);

#endif

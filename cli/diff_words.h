/* diff_words.h - differences of two documents in sentences
 *
 * «п. 3.2: срок перенесён: было 1–30 сентября 2023 г., стало 1–31 октября 2023 г.»
 */
#ifndef CLI_DIFF_WORDS_H
#define CLI_DIFF_WORDS_H

#include "base/buffer.h"
#include "language/catalog.h"
#include "language/diff.h"

/* A part with one difference is a line; one with more is a heading and a line for each. Harmless.
 * names: where names of bodies are looked up; may be NULL. */
void diff_print(const struct differences *differences, const struct catalog *names,
                struct buffer *out);

#endif

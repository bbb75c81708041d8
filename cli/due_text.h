/* due_text.h - what a term means, for people: kind, rule, days, doubts and parts */
#ifndef CLI_DUE_TEXT_H
#define CLI_DUE_TEXT_H

#include "base/error.h"
#include "calendar/due.h"

/* The phrase and what it means, in lines, to the end of out. */
void due_text(const char *phrase, const struct due *due, struct buffer *out);

/* The sentence, the phrase, and a caret under the place; of a long phrase what is around it.
 * columns: of the screen, 0: unknown. */
void due_text_error(const char *phrase, const struct error *err, size_t columns,
                    struct buffer *out);

#endif

/* label.h - the lines of a label. Private to lib/picture. */
#ifndef PICTURE_LABEL_H
#define PICTURE_LABEL_H

#include "base/buffer.h"
#include "base/compiler.h"

/* A paragraph more, broken at blanks; fmt in the program's language (error_word()). Long ones are
 * cut. Characters that no reader sees, or that would mislead one, are replaced. */
void label_add(struct buffer *label, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* What was added, lines parted by '\n'; the buffer is empty then. Yours. */
char *label_take(struct buffer *label);

/* One paragraph. */
char *label_of(const char *text);

#endif

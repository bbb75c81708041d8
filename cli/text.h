/* text.h - text for a screen: characters and their columns, cut to fit, and made harmless
 *
 * All text is UTF-8. What comes from the engine was written by strangers: it goes through
 * text_harmless() before it reaches a terminal. A column is what one Latin or Cyrillic letter
 * takes.
 */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include "base/buffer.h"
#include "base/compiler.h"

#include <stdint.h>

#define TEXT_REPLACEMENT 0xFFFDu /* what a byte that is no UTF-8 is read as */

/* The character at *at, which moves past it; end is the end of the text. Never called at the end.
 */
uint32_t text_next(const char **at, const char *end);

/* Columns of one character: 0 for those that combine or are not shown, 2 for wide ones. */
int text_char_columns(uint32_t character);

size_t text_columns(const char *text);

/* One line without control characters, escape sequences, changes of the writing direction or bytes
 * that are no UTF-8. Line ends and tabs become blanks. Yours to free. */
char *text_harmless(const char *text, size_t size);

/* The same JSON document, with the characters above written as \uXXXX where they stand in strings.
 * Line ends stay. Yours to free. */
char *text_harmless_json(const char *json, size_t size);

/* The text if it takes at most this many columns, else its beginning and "…", without punctuation
 * before it. Yours to free. */
char *text_fit(const char *text, size_t columns);

/* A title without the punctuation at its end; the full stop of «2023 г.» stays. Yours to free. */
char *text_title(const char *text);

/* The text broken at blanks, so that lines take at most this many columns where words allow it;
 * 0: as it is. Yours to free. */
char *text_wrap(const char *text, size_t columns);

/* The first letter made small or large, where it has the other form. Yours to free. */
char *text_small_first(const char *text);
char *text_large_first(const char *text);

/* printf to the end of a buffer. */
void text_put(struct buffer *out, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* So many blanks. */
void text_blanks(struct buffer *out, size_t count);
/* What was written, with a zero at its end; the buffer is empty then. Yours to free. */
char *text_take(struct buffer *out);

#endif

/* text.h - making text from outside fit for a letter
 *
 * Titles and names come from documents and people. In a letter each is one line of readable text:
 * it cannot end a header, add a line, or turn the direction of reading.
 */
#ifndef NOTIFY_TEXT_H
#define NOTIFY_TEXT_H

#include "base/buffer.h"

/* Append text as one line of valid UTF-8 of at most max_characters: control characters, line and
 * paragraph separators and direction marks become blanks, blanks are joined and trimmed, bytes that
 * are not UTF-8 become U+FFFD, and what is cut is replaced by «…». NULL gives nothing. */
void text_append_line(struct buffer *out, const char *text, size_t max_characters);

/* The length (1..4) of the UTF-8 character at `at`, 0 when there is none. *ret_code is its number.
 * at < end. */
size_t text_character(const unsigned char *at, const unsigned char *end, uint32_t *ret_code);

#endif

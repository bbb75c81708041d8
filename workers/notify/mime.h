/* mime.h - text as mail carries it: header lines of RFC 2047, bodies in base64
 *
 * Lines end in CRLF and have at most 76 characters; no UTF-8 character is split between encoded
 * words. What comes in must be one line of valid UTF-8 (text.h makes it so).
 */
#ifndef NOTIFY_MIME_H
#define NOTIFY_MIME_H

#include "base/buffer.h"

#define MIME_LINE_MAX 76 /* RFC 2045 §6.8, RFC 2047 §2; without CRLF */

/* "Name: text" and CRLF. ASCII that fits stays readable; all else becomes encoded words. */
void mime_header(struct buffer *out, const char *name, struct bytes text);

/* The encoded words of text alone, for the display names of addresses. column: where the line is;
 * returns where it is afterwards. */
size_t mime_words(struct buffer *out, size_t column, struct bytes text);

/* base64 in lines, each with CRLF. */
void mime_body(struct buffer *out, struct bytes text);

#endif

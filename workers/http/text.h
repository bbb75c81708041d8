/* text.h - values as text in a request: scalars, percent-encoding, base64 */
#ifndef HTTP_TEXT_H
#define HTTP_TEXT_H

#include "base/buffer.h"

#include <jansson.h>
#include <stdbool.h>

/* A string as it is, numbers as short as they can be written (3, not 3.0), true, false, nothing for
 * null. False, and nothing appended, for a list, an object and NULL. */
bool text_scalar(struct buffer *out, const json_t *value);

/* What is not unreserved becomes %XX (RFC 3986 §2). keep: these characters stay too, and so do %XX
 * that are there already when it holds a '%'. */
void text_percent(struct buffer *out, struct bytes text, const char *keep);

/* What RFC 3986 §2.2 reserves, and the percent sign of what is encoded already. */
#define TEXT_RESERVED "%:/?#[]@!$&'()*+,;="

/* RFC 4648 §4, in one line. */
void text_base64(struct buffer *out, struct bytes data);

/* Is it well-formed UTF-8 without zero bytes, so that JSON can hold it as a string? */
bool text_is_utf8(struct bytes text);

#endif

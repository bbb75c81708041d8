/* header.h - values of headers, read strictly; pure. docs/http.md §1 */
#ifndef WEB_HEADER_H
#define WEB_HEADER_H

#include "engine/web/request.h"

/* The language that Accept-Language likes best: Russian or English; NULL: English. */
enum language header_language(const char *value);

/* By the media type, parameters left out; NULL and unknown: BODY_NONE. A charset other than UTF-8
 * is unknown. */
enum body_kind header_body_kind(const char *value);

/* An entity tag of ours, "17-204" with its quotes; "*" gives 0 and 0. */
bool header_etag(const char *value, uint64_t *ret_instance, uint64_t *ret_entry);

/* Does this If-None-Match name the tag (with its quotes)? Weak ones count too (RFC 9110 §13.1.2).
 */
bool header_names_etag(const char *value, const char *etag);

/* An idempotency key: printable ASCII, as it is or as a string of RFC 8941 in quotes. */
bool header_key(const char *value, char ret_key[LIMIT_ONCE_BYTES + 1]);

/* Does Accept-Encoding take gzip? */
bool header_takes_gzip(const char *value);

#endif

/* request.h - what was asked: path, query, headers and body, each with its limits
 *
 * A handler first says all that it knows of, then asks once whether the request is in order:
 *
 *     const char *body = request_text(x, "body", LIMIT_NAME_BYTES);
 *     int64_t limit = request_integer(x, "limit", 1, LIMIT_PAGE, 100);
 *     if (!request_end(x)) {
 *         return; // answered: 400 with the first thing that was wrong
 *     }
 *
 * Each getter notes what is wrong and then gives its default, so none needs a check of its own.
 * request_end() also refuses query parameters and fields of the body that nobody asked for. Texts
 * are borrowed until the answer. docs/http.md §1
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "base/error.h"
#include "base/limits.h"
#include "calendar/civil.h"

#include <jansson.h>

#define REQUEST_FIELDS_MAX 64

struct exchange;

enum language { LANGUAGE_ENGLISH, LANGUAGE_RUSSIAN };
enum body_kind { BODY_NONE, BODY_JSON, BODY_YAML, BODY_CSV, BODY_EVENT }; /* by Content-Type */
enum presence { MAY_LACK, MUST_BE };

/* --- the path: {name} of the route's pattern; decoded, never empty ---------------------------- */
const char *request_path(const struct exchange *x, const char *name);
/* A number from 1. Otherwise 0, and request_end() answers 404: there can be no such thing. */
uint64_t request_path_number(struct exchange *x, const char *name);
/* "17.2": true, or request_end() answers 404. */
bool request_path_task(struct exchange *x, const char *name, uint64_t *ret_instance,
                       uint32_t *ret_task);

/* --- the query: ?name=value; the second of the same name is refused --------------------------- */
/* NULL when absent or empty. */
const char *request_text(struct exchange *x, const char *name, size_t bytes_max);
int64_t request_integer(struct exchange *x, const char *name, int64_t least, int64_t most,
                        int64_t otherwise);
bool request_flag(struct exchange *x, const char *name, bool otherwise); /* true, false, 1, 0 */
/* YYYY-MM-DD; CIVIL_DAY_NONE when absent. */
civil_day request_day(struct exchange *x, const char *name);
/* One of these words (NULL ends them): its index, -1 when absent. */
int request_word(struct exchange *x, const char *name, const char *const *words);
/* An MC1 request of these texts, which it takes as they are, where they are there (NULL ends the
 * names). Yours. */
json_t *request_texts(struct exchange *x, const char *const *names, size_t bytes_max);
/* What MC1 takes as it is, too: "after" and "limit" of every list, put into an MC1 request. */
void request_page(struct exchange *x, json_t *mc1);

/* --- the body --------------------------------------------------------------------------------- */
/* The whole object; the handler then takes responsibility for its fields. NULL when there is none.
 */
json_t *request_json(struct exchange *x);
/* The bytes as they came: YAML, CSV. Empty when there are none. */
struct bytes request_bytes(const struct exchange *x);
enum body_kind request_kind(const struct exchange *x);
/* Fields. NULL (0, false) when absent or null: MUST_BE refuses that. */
const char *request_field_text(struct exchange *x, const char *name, enum presence presence,
                               size_t bytes_max);
/* YYYY-MM-DD, as text. */
const char *request_field_day(struct exchange *x, const char *name, enum presence presence);
int64_t request_field_integer(struct exchange *x, const char *name, enum presence presence,
                              int64_t least, int64_t most, int64_t otherwise);
bool request_field_flag(struct exchange *x, const char *name, bool otherwise);
/* Any JSON, borrowed. */
json_t *request_field(struct exchange *x, const char *name, enum presence presence);

/* What request_json() gives, from the bytes of a body. Refused: syntax, invalid, too-large. */
bool request_read_json(struct bytes text, json_t **ret_json, struct error *err);

/* --- who, how, in which words ------------------------------------------------------------------
 */
/* Who acts: `Marshrut-By` or the field "by". request_end() has seen to it that it is there where
 * the route changes something; "" otherwise. */
const char *request_by(const struct exchange *x);
/* Is it said? Otherwise *err. */
bool request_named(const struct exchange *x, struct error *err);
/* Of a route that may only look (ROUTE_MAY_LOOK): this body asks for a change. */
void request_need_by(struct exchange *x);
const char *request_once(const struct exchange *x); /* Idempotency-Key; "" = none */
/* If-Match: the journal entry the asker saw of this instance; 0 = not said. Of another instance:
 * answered 412 and false. */
bool request_expect(struct exchange *x, uint64_t instance, uint64_t *ret_entry);
enum language request_language(const struct exchange *x);
/* ?format=csv or xlsx: what is answered becomes a file, all pages of it (export.h). */
bool request_is_file(const struct exchange *x);

/* Note something that is wrong (the first counts), for request_end(). */
void request_wrong(struct exchange *x, enum error_code code, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* Is the request in order? false: it is answered. */
bool request_end(struct exchange *x);

#endif

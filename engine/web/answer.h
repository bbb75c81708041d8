/* answer.h - exactly one answer to each exchange
 *
 * A handler answers before it returns, or has asked something on the link (link.h), or has begun
 * work of its own (answer_work). A second answer is a bug. HEAD, gzip, If-None-Match and the
 * headers that guard the page are seen to here. docs/http.md §1
 */
#ifndef WEB_ANSWER_H
#define WEB_ANSWER_H

#include "base/buffer.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct exchange;
struct view;

/* JSON, with this status (200, 201, 202); the value is the answer's now. */
void answer_json(struct exchange *x, unsigned status, json_t *value);

/* Problem details (RFC 9457) of a refusal; the status follows the code (docs/http.md §1.3), the
 * words are in the language of the request. */
void answer_refusal(struct exchange *x, const struct error *err);
/* With another status, and fields beside (may be NULL; they are the answer's now). */
void answer_problem(struct exchange *x, unsigned status, const struct error *err, json_t *more);
/* The same from the payload of MC1 ERROR: text, format, args, place and all its other fields. */
void answer_error_payload(struct exchange *x, enum error_code code, json_t *payload);

/* "text" of this object, said in the language of the request where its "format" and "args" are
 * there (docs/protocol.md §3.1): for answers that say why something was refused or doubted. */
void answer_in_words(const struct exchange *x, json_t *object);

/* Bytes of any type; they are copied. file_name (UTF-8, may be NULL): save it under this name. */
void answer_bytes(struct exchange *x, const char *content_type, struct bytes body,
                  const char *file_name);
/* The same without a copy: *body is the answer's now, and empty afterwards. */
void answer_buffer(struct exchange *x, const char *content_type, struct buffer *body,
                   const char *file_name);
/* Text that is sent often, and its gzip form (empty: none). Both are copied. */
void answer_text(struct exchange *x, const char *content_type, struct bytes body,
                 struct bytes packed);
/* Bytes that outlive the gateway's clients, and their gzip form (NULL: none), known by an ETag with
 * its quotes: files of the page. */
void answer_static(struct exchange *x, const char *content_type, struct bytes body,
                   struct bytes packed, const char *etag);
/* The bytes of a file from its start; the descriptor is the answer's now. */
void answer_file(struct exchange *x, const char *content_type, int fd, uint64_t size,
                 const char *file_name);
/* What will be answered was made so long ago, and something was decided since: `Age` (RFC 9111
 * §5.1) says so, and whoever follows what changes asks again. */
void answer_age(struct exchange *x, int64_t age_ms);
/* Another Content-Security-Policy than the page's, for the answer to come: of a document that is
 * shown by itself. It must outlive the answer. */
void answer_policy(struct exchange *x, const char *policy);
/* 204. */
void answer_nothing(struct exchange *x);

/* The ETag of what will be answered: "17-204", the instance and the entry of its newest record.
 * true: the asker has that already, and 304 is answered. Only for what says nothing of others. */
bool answer_unchanged(struct exchange *x, uint64_t instance, uint64_t entry);
/* The same of what says names of bodies, letters and terms too: "17-204-9931-1874321", also the
 * newest entry of the snapshot, and the quarter of an hour: in every zone a day begins with one. */
bool answer_unchanged_view(struct exchange *x, const struct view *view, uint64_t instance,
                           uint64_t entry);
/* Only that tag: of an answer that can be another though nothing was written. */
void answer_version(struct exchange *x, const struct view *view, uint64_t instance, uint64_t entry);

/* The same tag as text with its quotes: for rows that carry it in "etag". */
void answer_etag(uint64_t instance, uint64_t entry, char ret_etag[static 64]);

/* Work that takes longer than WEB_STEP_MS: step() is called again and again, between the requests
 * of others, for at most so long each time, until it has answered and returns false. The snapshot
 * of reader.h is a new one in each step. release(work) is called in the end, whatever happens. */
#define WEB_STEP_MS 20
void answer_work(struct exchange *x, bool (*step)(struct exchange *x, void *work), void *work,
                 void (*release)(void *work));

/* The HTTP status of a refusal with this code. */
unsigned answer_status(enum error_code code);

#endif

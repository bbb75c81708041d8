/* answer.c - one answer to each exchange: headers, gzip, ETag
 *
 * Owns:    what every answer carries, and which are packed.
 * In:      handlers, link.c, assets.c, problem.c.
 * Out:     a response of the HTTP library; serve.c hands it over.
 * Always:  an exchange is answered once. What may not be kept says so.
 * See:     docs/http.md §1.5, §1.7
 */
#include "engine/web/answer.h"

#include "base/must.h"
#include "engine/web/answer_part.h"
#include "engine/web/export.h"
#include "engine/web/header.h"
#include "engine/web/pack.h"
#include "engine/web/web_part.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nothing is loaded from elsewhere and nobody may put us into a frame; pictures of graphs carry
 * their own styles. */
#define CONTENT_POLICY                                                                             \
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "           \
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/* Sentences of answers are in the language of who asks. */
#define VARY "Accept-Encoding, Accept-Language"

static void add(struct exchange *x, const char *name, const char *value)
{
    must(MHD_add_response_header(x->response, name, value) == MHD_YES);
}

static void add_headers(struct exchange *x, const char *type)
{
    const struct reply_headers *r = &x->reply;
    char number[24];

    add(x, "X-Content-Type-Options", "nosniff");
    add(x, "Referrer-Policy", "no-referrer");
    add(x, "Content-Security-Policy", r->policy != NULL ? r->policy : CONTENT_POLICY);
    add(x, "Cross-Origin-Resource-Policy", "same-origin");
    add(x, "Cross-Origin-Opener-Policy", "same-origin");
    add(x, "Cache-Control", r->etag[0] != '\0' ? "no-cache" : "no-store");
    if (type != NULL) {
        add(x, "Content-Type", type);
    }
    if (r->etag[0] != '\0') {
        add(x, "ETag", r->etag);
    }
    if (r->disposition != NULL) {
        add(x, "Content-Disposition", r->disposition);
    }
    if (r->allow != NULL) {
        add(x, "Allow", r->allow);
    }
    if (r->age_ms != 0) {
        snprintf(number, sizeof number, "%lld", (long long)(r->age_ms / 1000));
        add(x, "Age", number);
    }
    if (r->retry_s != 0) {
        snprintf(number, sizeof number, "%u", r->retry_s);
        add(x, "Retry-After", number);
    }
}

/* The response is made: the rest is the same for all. */
static void finish(struct exchange *x, unsigned status, const char *type, struct MHD_Response *made,
                   size_t bytes)
{
    must(x->state == EXCHANGE_RUNNING && x->response == NULL && made != NULL);
    x->response = made;
    x->status = status;
    x->answer_bytes = bytes;
    add_headers(x, type);
    exchange_answered(x);
}

/* A body that there may be with gzip and without: those who keep answers are told. vary: what it
 * hangs on; NULL: on nothing. */
static void finish_coded(struct exchange *x, unsigned status, const char *type,
                         struct MHD_Response *made, size_t bytes, const char *vary, bool gzip)
{
    must(made != NULL);
    if (vary != NULL) {
        MHD_add_response_header(made, "Vary", vary);
    }
    if (gzip) {
        MHD_add_response_header(made, "Content-Encoding", "gzip");
    }
    finish(x, status, type, made, bytes);
}

static bool is_packable(const char *type)
{
    return strncmp(type, "text/", 5) == 0 || strstr(type, "json") != NULL ||
           strstr(type, "yaml") != NULL || strstr(type, "xml") != NULL ||
           strstr(type, "javascript") != NULL;
}

static void answer_whole(struct exchange *x, unsigned status, const char *type, struct buffer *body)
{
    struct buffer packed = BUFFER_INIT;
    bool worth = is_packable(type) && body->size >= PACK_BYTES_MIN && body->size <= PACK_BYTES_MAX;
    bool gzip = worth && x->takes_gzip && pack_gzip(buffer_bytes(body), false, &packed);
    struct buffer sent = gzip ? packed : *body;

    if (gzip) {
        buffer_fini(body);
    } else {
        buffer_fini(&packed);
    }
    *body = BUFFER_INIT;
    if (sent.data == NULL) {
        sent.data = xcalloc(1, 1);
    }
    struct MHD_Response *made =
        MHD_create_response_from_buffer_with_free_callback(sent.size, sent.data, free);
    finish_coded(x, status, type, made, sent.size, worth ? VARY : NULL, gzip);
}

/* --- what handlers say --------------------------------------------------------------------- */

void answer_json_as(struct exchange *x, unsigned status, const char *type, json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    struct buffer body = BUFFER_INIT;

    json_decref(value);
    must(text != NULL);
    body.data = (unsigned char *)text;
    body.size = strlen(text);
    body.capacity = body.size;
    answer_whole(x, status, type, &body);
}

void answer_json(struct exchange *x, unsigned status, json_t *value)
{
    if (x->export != NULL && status == 200) {
        export_take(x, value);
        json_decref(value);
        return;
    }
    answer_json_as(x, status, "application/json", value);
}

/* RFC 6266: a name in ASCII for old programs, and the name as it is. */
static void set_file_name(struct exchange *x, const char *name)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
    struct buffer b = BUFFER_INIT;
    char hex[4];

    buffer_text(&b, "attachment; filename=\"");
    for (const char *c = name; *c != '\0'; c++) {
        buffer_append(&b, strchr(plain, *c) ? c : "_", 1);
    }
    buffer_text(&b, "\"; filename*=UTF-8''");
    for (const char *c = name; *c != '\0'; c++) {
        snprintf(hex, sizeof hex, "%%%02X", (unsigned)(unsigned char)*c);
        buffer_append(&b, strchr(plain, *c) ? c : hex, strchr(plain, *c) ? 1 : 3);
    }
    x->reply.disposition = bytes_strdup(buffer_bytes(&b));
    buffer_fini(&b);
}

void answer_buffer(struct exchange *x, const char *content_type, struct buffer *body,
                   const char *file_name)
{
    if (file_name != NULL) {
        set_file_name(x, file_name);
    }
    answer_whole(x, 200, content_type, body);
}

void answer_bytes(struct exchange *x, const char *content_type, struct bytes body,
                  const char *file_name)
{
    struct buffer copy = BUFFER_INIT;

    buffer_append(&copy, body.data, body.size);
    answer_buffer(x, content_type, &copy, file_name);
}

void answer_text(struct exchange *x, const char *content_type, struct bytes body,
                 struct bytes packed)
{
    bool gzip = x->takes_gzip && packed.size > 0;
    struct bytes sent = gzip ? packed : body;
    struct MHD_Response *made = MHD_create_response_from_buffer(
        sent.size, (void *)(uintptr_t)sent.data, MHD_RESPMEM_MUST_COPY);

    finish_coded(x, 200, content_type, made, sent.size, packed.size > 0 ? VARY : NULL, gzip);
}

void answer_age(struct exchange *x, int64_t age_ms)
{
    x->reply.age_ms = age_ms > 0 ? age_ms : 1;
}

void answer_file(struct exchange *x, const char *content_type, int fd, uint64_t size,
                 const char *file_name)
{
    set_file_name(x, file_name);
    finish(x, 200, content_type, MHD_create_response_from_fd64(size, fd), size);
}

void answer_policy(struct exchange *x, const char *policy)
{
    x->reply.policy = policy;
}

static void answer_empty(struct exchange *x, unsigned status)
{
    finish(x, status, NULL, MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT), 0);
}

void answer_nothing(struct exchange *x)
{
    answer_empty(x, 204);
}

/* --- what the asker has already ------------------------------------------------------------ */

/* Does the asker have this already? Then 304 is answered. */
static bool answer_known(struct exchange *x)
{
    bool known = x->if_none_match != NULL && header_names_etag(x->if_none_match, x->reply.etag);

    if (known) {
        answer_empty(x, 304);
    }
    return known;
}

void answer_etag(uint64_t instance, uint64_t entry, char ret_etag[static 64])
{
    snprintf(ret_etag, 64, "\"%llu-%llu\"", (unsigned long long)instance,
             (unsigned long long)entry);
}

void answer_version(struct exchange *x, const struct view *view, uint64_t instance, uint64_t entry)
{
    snprintf(x->reply.etag, sizeof x->reply.etag, "\"%llu-%llu-%llu-%lld\"",
             (unsigned long long)instance, (unsigned long long)entry,
             (unsigned long long)reader_entry(x->web->reader),
             (long long)reader_quarter(view->world->now_ms));
}

bool answer_unchanged_view(struct exchange *x, const struct view *view, uint64_t instance,
                           uint64_t entry)
{
    answer_version(x, view, instance, entry);
    return answer_known(x);
}

bool answer_unchanged(struct exchange *x, uint64_t instance, uint64_t entry)
{
    answer_etag(instance, entry, x->reply.etag);
    return answer_known(x);
}

void answer_static(struct exchange *x, const char *content_type, struct bytes body,
                   struct bytes packed, const char *etag)
{
    bool gzip = x->takes_gzip && packed.data != NULL;
    struct bytes sent = gzip ? packed : body;

    snprintf(x->reply.etag, sizeof x->reply.etag, "%s", etag);
    if (answer_known(x)) {
        return;
    }
    struct MHD_Response *made = MHD_create_response_from_buffer(
        sent.size, (void *)(uintptr_t)sent.data, MHD_RESPMEM_PERSISTENT);
    finish_coded(x, 200, content_type, made, sent.size, "Accept-Encoding", gzip);
}

void answer_stream(struct exchange *x, const char *type, struct MHD_Response *made)
{
    finish(x, 200, type, made, 0);
}

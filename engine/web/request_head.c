/* request_head.c - the first line and the headers: is it let in, and what does it ask for?
 *
 * Owns:    the order of the rules: guard, address, method, headers, body.
 * In:      serve.c, when the headers are there.
 * Out:     an exchange that knows its route, its language and its conditions; or the refusal, at
 *          once, before a byte of the body is taken.
 * See:     docs/http.md §1.1 to §1.6
 */
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/assets.h"
#include "engine/web/guard.h"
#include "engine/web/header.h"
#include "engine/web/web_part.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* All headers, looked at once. Borrowed from the connection. */
struct heads {
    struct guard_headers guard;
    const char *type;
    const char *length;
    const char *coding; /* Transfer-Encoding */
    const char *language;
    const char *encoding; /* Accept-Encoding */
    const char *by;
    const char *once;
    const char *if_match;
    const char *if_none_match;
    const char *twice; /* one of ours that is there twice */
    size_t bytes;
};

static enum MHD_Result look(void *context, enum MHD_ValueKind kind, const char *key,
                            const char *value)
{
    struct heads *h = context;
    const struct {
        const char *name;
        const char **at;
    } known[] = {{"Host", &h->guard.host},
                 {"Origin", &h->guard.origin},
                 {"Sec-Fetch-Site", &h->guard.fetch_site},
                 {"Sec-Fetch-Mode", &h->guard.fetch_mode},
                 {"Content-Type", &h->type},
                 {"Content-Length", &h->length},
                 {"Transfer-Encoding", &h->coding},
                 {"Accept-Language", &h->language},
                 {"Accept-Encoding", &h->encoding},
                 {"Marshrut-By", &h->by},
                 {"Idempotency-Key", &h->once},
                 {"If-Match", &h->if_match},
                 {"If-None-Match", &h->if_none_match}};

    (void)kind;
    value = value != NULL ? value : "";
    h->bytes += strlen(key) + strlen(value) + 4;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcasecmp(key, known[i].name) == 0) {
            h->twice = *known[i].at != NULL ? known[i].name : h->twice;
            h->guard.host_twice = h->guard.host_twice || (i == 0 && h->guard.host != NULL);
            *known[i].at = value;
        }
    }
    return MHD_YES;
}

static bool refuse_head(struct exchange *x, unsigned status, const struct error *err)
{
    x->state = EXCHANGE_RUNNING;
    answer_problem(x, status, err, NULL);
    return false;
}

/* --- conditions ---------------------------------------------------------------------------- */

static bool read_by(struct exchange *x, const char *by, struct error *err)
{
    char text[3 * LIMIT_BY_BYTES + 1];

    if (by == NULL) {
        return true;
    }
    size_t size = strlen(by);
    if (size < sizeof text) {
        memcpy(text, by, size + 1);
    }
    if (size >= sizeof text || !target_decode(text, false) || strlen(text) > LIMIT_BY_BYTES ||
        text[0] == '\0') {
        return error_set(err, ERROR_INVALID,
                         "Marshrut-By is 1 to %u bytes of UTF-8, percent-encoded", LIMIT_BY_BYTES);
    }
    memcpy(x->by, text, strlen(text) + 1);
    return true;
}

static bool read_conditions(struct exchange *x, const struct heads *h, struct error *err)
{
    if (h->twice != NULL) {
        return error_set(err, ERROR_INVALID, "the header \"%s\" is there twice", h->twice);
    }
    if (h->once != NULL && !header_key(h->once, x->once)) {
        return error_set(err, ERROR_INVALID,
                         "Idempotency-Key is 1 to %u printable characters of ASCII",
                         LIMIT_ONCE_BYTES);
    }
    if (h->if_match != NULL && !header_etag(h->if_match, &x->match_instance, &x->match_entry)) {
        return error_set(err, ERROR_INVALID, "If-Match is the ETag of an instance, like \"%s\"",
                         "17-204");
    }
    if (h->if_none_match != NULL) {
        x->if_none_match = xstrdup(h->if_none_match);
    }
    return read_by(x, h->by, err);
}

/* --- the body to come ---------------------------------------------------------------------- */

static bool read_kind(struct exchange *x, const char *type, bool body, struct error *err)
{
    unsigned flags = x->route->flags;

    x->body_kind = header_body_kind(type);
    bool known = x->body_kind == BODY_JSON ||
                 (x->body_kind == BODY_YAML && (flags & ROUTE_YAML) != 0) ||
                 (x->body_kind == BODY_CSV && (flags & ROUTE_CSV) != 0) ||
                 (x->body_kind == BODY_EVENT && (flags & ROUTE_EVENT) != 0);
    if (known || (!body && type == NULL && (flags & ROUTE_NO_BODY) != 0)) {
        return true;
    }
    return error_set(err, ERROR_UNSUPPORTED,
                     "the Content-Type of the body must be application/json, or what the "
                     "description of this address says");
}

/* 0 = take it. */
static unsigned check_body(struct exchange *x, const struct heads *h, struct error *err)
{
    bool body = x->has_body;
    bool looks = strcmp(x->method, "GET") == 0 || strcmp(x->method, "HEAD") == 0;

    if (h->coding != NULL && h->length != NULL) {
        error_set(err, ERROR_SYNTAX, "a body has a length or is sent in chunks, not both");
        return 400;
    }
    if (looks && !body) {
        return 0;
    }
    if (looks) {
        error_set(err, ERROR_INVALID, "a request that only looks has no body");
        return 400;
    }
    if (h->length != NULL && strtoull(h->length, NULL, 10) > LIMIT_HTTP_BODY_BYTES) {
        error_set(err, ERROR_TOO_LARGE, "the body has more than %u bytes", LIMIT_HTTP_BODY_BYTES);
        return 413;
    }
    return read_kind(x, h->type, body, err) ? 0 : 415;
}

/* --- what is asked for --------------------------------------------------------------------- */

static bool find_route(struct exchange *x, unsigned *ret_status, struct error *err)
{
    struct route_path path = {x->target.segments, x->target.segment_count};

    x->route = routes_find(x->method, path, &x->values, &x->reply.allow);
    if (x->route == NULL && x->reply.allow == NULL) {
        x->route = assets_route(x->web->assets, x->method, path, &x->reply.allow);
    }
    if (x->route != NULL) {
        x->reply.allow = NULL;
        return true;
    }
    if (x->reply.allow != NULL) {
        *ret_status = 405;
        return error_set(err, ERROR_UNSUPPORTED, "this address does not know the method \"%s\"",
                         x->method);
    }
    *ret_status = 404;
    return error_set(err, ERROR_NOT_FOUND, "there is nothing at this address");
}

bool request_head(struct exchange *x)
{
    struct heads h = {.guard.method = x->method};
    struct error err = ERROR_INIT;
    unsigned status;

    MHD_get_connection_values(x->connection->handle, MHD_HEADER_KIND, look, &h);
    x->language = header_language(h.language);
    x->has_body = h.coding != NULL || (h.length != NULL && strcmp(h.length, "0") != 0);
    x->takes_gzip = header_takes_gzip(h.encoding);
    status = guard_request(&h.guard, x->web->port, &err);
    if (status != 0) {
        x->web->metrics.refused++;
        return refuse_head(x, status, &err);
    }
    if (x->problem_status != 0) {
        err = x->problem;
        return refuse_head(x, x->problem_status, &err);
    }
    if (h.bytes > LIMIT_HTTP_HEAD_BYTES) {
        error_set(&err, ERROR_TOO_LARGE, "the headers have more than %u bytes",
                  LIMIT_HTTP_HEAD_BYTES);
        return refuse_head(x, 431, &err);
    }
    if (!find_route(x, &status, &err)) {
        return refuse_head(x, status, &err);
    }
    status = check_body(x, &h, &err);
    if (status != 0) {
        return refuse_head(x, status, &err);
    }
    return read_conditions(x, &h, &err) || refuse_head(x, 400, &err);
}

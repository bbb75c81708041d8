/* exchange.h - one request and its answer, from the first line to the last byte
 *
 * Made when the request line is read, freed when the answer has left or its client has gone.
 * Between the two it is in one of these states:
 *
 *   HEADED ──▶ READING ──▶ RUNNING ──▶ ANSWERED ──▶ (freed)
 *      └───────────┴───── refused ────────▲
 *
 * While it is RUNNING its connection rests (suspended), so that it can't go away under who works
 * for it. Handlers know it through request.h and answer.h; only the files of this folder that carry
 * it look inside.
 */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H

#include "base/buffer.h"
#include "engine/web/request.h"
#include "engine/web/routes.h"
#include "engine/web/target.h"

enum exchange_state {
    EXCHANGE_HEADED,  /* the request line is known */
    EXCHANGE_READING, /* headers were accepted, the body comes */
    EXCHANGE_RUNNING, /* a handler has it; it may wait for the engine or for its own work */
    EXCHANGE_ANSWERED /* the answer is with the HTTP library */
};

struct MHD_Response;
struct walk;
struct connection;
struct export;

/* What the answer will be; answer.c fills it, serve.c hands it to the HTTP library. */
struct reply_headers {
    char etag[96];      /* with its quotes; "" = none */
    char *disposition;  /* Content-Disposition; NULL = none */
    unsigned retry_s;   /* Retry-After; 0 = none */
    int64_t age_ms;     /* Age, when it is sent: what is answered is kept; 0 = none */
    const char *policy; /* Content-Security-Policy; NULL = the page's */
    const char *allow;  /* Allow; NULL = none */
};

struct exchange {
    struct web *web;
    struct connection *connection; /* who asks; outlives the exchange */
    struct exchange *previous;
    struct exchange *next; /* of all that are under way */
    enum exchange_state state;
    int64_t began_ms; /* monotonic */
    bool resting;     /* the connection is suspended */
    char method[16];
    struct request_target target; /* path and query, taken apart */
    const struct api_route *route;
    struct path_values values; /* of the route's pattern */
    enum language language;
    bool takes_gzip;
    bool has_body; /* one was announced */
    enum body_kind body_kind;
    struct buffer body;
    json_t *json;          /* the body as an object, or NULL */
    uint32_t asked_query;  /* bits: query parameters that the handler asked for */
    bool asked_all_fields; /* of the body */
    uint32_t asked_field_count;
    const char *asked_fields[REQUEST_FIELDS_MAX];
    char by[LIMIT_BY_BYTES + 1];
    char once[LIMIT_ONCE_BYTES + 1];
    uint64_t match_instance; /* If-Match; 0 = none */
    uint64_t match_entry;
    char *if_none_match;     /* NULL = none */
    struct error problem;    /* the first thing that is wrong with what was asked */
    unsigned problem_status; /* 0: as the code says */
    struct reply_headers reply;
    struct MHD_Response *response; /* once answered */
    unsigned status;
    size_t answer_bytes;
    size_t thrown_bytes;     /* of a body beyond the limit */
    uint64_t ask;            /* number of what it waits for on the link, 0 = nothing */
    const struct walk *walk; /* that it waits for; NULL = none */
    struct export *export;   /* the answer becomes a file; NULL = it does not */
    bool (*step)(struct exchange *x, void *work); /* own work, NULL = none */
    void *work;
    void (*work_free)(void *work);
};

/* Free what it holds and unlink it. */
void exchange_destroy(struct exchange *x);

#endif

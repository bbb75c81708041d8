/* transfer.h - requests on their way, several at a time, in the worker's loop */
#ifndef HTTP_TRANSFER_H
#define HTTP_TRANSFER_H

#include "base/error.h"
#include "workers/http/answer.h"

#define TRANSFER_CONNECT_MS 10000 /* a server that is there answers in less */
#define TRANSFER_LIMIT_MS   60000 /* a task without a limit of its own */
#define TRANSFER_HEADERS_BYTES                                                                     \
    65536 /* of an answer; servers themselves refuse more than 8 to 64 KiB */

struct transfers;
struct transfer;
struct mr_worker;

struct transfer_settings {
    const char *proxy;   /* http://host:port, or NULL: none, whatever the environment says */
    const char *ca_file; /* certificates to trust instead of the system's, or NULL */
};

/* response is NULL when there was none; then *problem says why. Both are borrowed. */
typedef void transfer_done_fn(const struct response *response, const struct problem *problem,
                              void *arg);

/* Lives in the worker's loop. NULL: the system has no descriptors left. */
struct transfers *transfers_create(struct mr_worker *worker,
                                   const struct transfer_settings *settings, struct error *err);
/* Before the worker: what is under way is cut off without a word. NULL is fine. */
void transfers_destroy(struct transfers **transfers);

/* Send; the request must live until done is called, once, never from here. limit_ms: for all of it,
 * 0 = TRANSFER_LIMIT_MS. content_max: of the answer. */
struct transfer *transfer_start(struct transfers *transfers, const struct request *request,
                                unsigned limit_ms, size_t content_max, transfer_done_fn *done,
                                void *arg);

/* Nobody waits any more: done is not called. Not from within done. */
void transfer_cancel(struct transfer *transfer);

#endif

/* calls.h - the services `http` and `openapi`: tasks as requests */
#ifndef HTTP_CALLS_H
#define HTTP_CALLS_H

#include "workers/http/request.h"
#include "workers/http/transfer.h"

struct calls;

/* Offers both services. Worker, surroundings and transfers must outlive it. NULL: an offer was
 * refused. */
struct calls *calls_create(struct mr_worker *worker, const struct surroundings *surroundings,
                           struct transfers *transfers, struct error *err);

/* After the worker has run: what is under way is cut off. NULL is fine. */
void calls_destroy(struct calls **calls);

#endif

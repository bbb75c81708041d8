/* web.h - the HTTP gateway: a thread of its own beside the engine
 *
 * It reads through snapshots of the store and sends commands as a client; it shares no memory with
 * the engine's thread but the store, the ZeroMQ context and what is in these options, which does
 * not change while it runs. docs/http.md, docs/architecture.md
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "base/clock.h"
#include "engine/config.h"
#include "store/store.h"

struct web;

struct web_options {
    const struct config *config; /* with an http: section */
    struct store *store;
    void *zmq_context;  /* where the engine's clients connect to SERVER_INPROC_CLIENTS */
    struct clock clock; /* a copy of the engine's */
};

/* An engine that was killed leaves FOLDER/http.url behind: nobody listens there any more. Before
 * the start, also of an engine without HTTP; the folder is ours. */
void web_forget(const char *folder);

/* Listen, write FOLDER/http.url and begin. ERROR_IO: the port is taken, the folder of the page
 * can't be read. Signals go to the calling thread. */
bool web_start(const struct web_options *options, struct web **ret_web, struct error *err);
/* Answer what is under way with 503 and end. Before the engine's sockets are closed. NULL is fine.
 */
void web_stop(struct web **web);

#endif

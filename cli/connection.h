/* connection.h - the way to the engine: which endpoints, and one question at a time
 *
 * Endpoints: --endpoint and --events; else MARSHRUT_CLIENTS and MARSHRUT_EVENTS (unless --folder is
 * given); else the sockets in the folder: --folder, MARSHRUT_FOLDER, ./.run/demo where that exists,
 * /var/lib/marshrut.
 */
#ifndef CLI_CONNECTION_H
#define CLI_CONNECTION_H

#include "base/error.h"

#include <jansson.h>
#include <stddef.h>

struct arguments;
struct mr_client;

struct connection {
    char *folder;  /* of the engine, as chosen; need not exist */
    char *clients; /* endpoints */
    char *events;
    const char *named_by;     /* the option or variable that gave `clients`; NULL: the folder did */
    char *by;                 /* in whose name commands are given; NULL = nobody's */
    struct mr_client *client; /* NULL until the first question */
    void (*waits)(void *arg); /* connection_on_wait(); may be NULL */
    void *waits_arg;
};

/* What came back. json is NULL when it is not JSON; raw is zero-terminated. */
struct answer {
    bool ok;
    char code[32]; /* "" when ok */
    char *raw;
    size_t size;
    json_t *json;
};

void connection_init(struct connection *connection, const struct arguments *arguments);
void connection_fini(struct connection *connection);

/* request is taken; NULL for none; that of a command gets "by" (who.h). False when no answer came:
 * ERROR_TIMEOUT, or ERROR_IO when there is nobody to ask. The answer is yours: answer_fini(). */
bool connection_ask(struct connection *connection, const char *verb, json_t *request,
                    int timeout_ms, struct answer *ret_answer, struct error *err);

/* Call this some times a second while an answer is waited for; NULL ends that. */
void connection_on_wait(struct connection *connection, void (*waits)(void *arg), void *arg);

/* Forget the socket and what waits in it; the next question makes a new one. */
void connection_reset(struct connection *connection);

void answer_fini(struct answer *answer);

#endif

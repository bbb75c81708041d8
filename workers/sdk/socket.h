/* socket.h - what worker, client and subscriber share: errors, sockets, two-frame messages
 *
 * Each object of the SDK has its own ZeroMQ context, so that none outlives or disturbs another.
 */
#ifndef SDK_SOCKET_H
#define SDK_SOCKET_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "marshrut.h"

#include <zmq.h>

/* Fill err (may be NULL) and return false. */
bool sdk_refuse(struct mr_error *err, enum error_code code, const char *fmt, ...) PRINTF_LIKE(3, 4);
bool sdk_interrupted(struct mr_error *err); /* the code "interrupted": a signal came */

/* A socket of this type, connected; its queue of what goes out (SUB: what comes in) holds
 * queue_max messages, 0 = no limit, the other is not limited. NULL and *err when the endpoint is
 * none that ZeroMQ can connect to. Closing with linger 0 forgets what was not sent. */
void *socket_connect(void *context, int type, const char *endpoint, int queue_max,
                     struct mr_error *err);
int socket_fd(void *socket);                     /* ZMQ_FD: see marshrut.h, mr_client_fd() */
void socket_close(void **socket, int linger_ms); /* NULL is fine */

/* A message of one header and at most one payload frame; init before, fini after use. */
struct frames {
    zmq_msg_t header;
    zmq_msg_t payload;
    int count; /* of frames received; more than 2 were dropped */
};

void frames_init(struct frames *f);
void frames_fini(struct frames *f);
struct bytes frames_header(struct frames *f);
struct bytes frames_payload(struct frames *f);

enum received { RECEIVED, RECEIVED_NOTHING, RECEIVED_SIGNAL };

/* One message if there is one; never waits. */
enum received frames_receive(void *socket, struct frames *f);

/* The same, waiting up to timeout_ms (-1 for ever). */
enum received frames_wait(void *socket, int timeout_ms, struct frames *f);

/* Send header and, when not NULL, payload (taken on success). Never waits. false: the queue is
 * full. */
bool frames_send(void *socket, struct bytes header, zmq_msg_t *payload);
void message_of(zmq_msg_t *message, struct bytes bytes); /* init with a copy */

/* For mr_worker_watch_…(): borrowed. */
void *client_socket(const struct mr_client *client);
void *subscriber_socket(const struct mr_subscriber *subscriber);

#endif

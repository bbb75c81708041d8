/* server.h - the three sockets of the engine: workers, clients, events
 *
 * Frames in, frames out; knows nothing of what they mean. The only place of the engine that calls
 * ZeroMQ. docs/protocol.md §1.1.
 */
#ifndef ENGINE_SERVER_H
#define ENGINE_SERVER_H

#include "base/buffer.h"
#include "base/error.h"

#include <zmq.h>

enum server_socket { SERVER_WORKERS, SERVER_CLIENTS, SERVER_EVENTS, SERVER_SOCKET_COUNT };

struct server;

/* Where clients connect that are threads of this process, with server_context(). */
#define SERVER_INPROC_CLIENTS "inproc://clients"

/* Who sent something: the routing id that ZeroMQ gave the connection. */
#define PEER_BYTES_MAX 255

struct peer {
    unsigned char size;
    unsigned char id[PEER_BYTES_MAX];
};

/* A message that came in. Init once, receive as often as you like, fini once. */
struct message {
    enum server_socket socket;
    struct peer peer;
    zmq_msg_t header;
    zmq_msg_t payload;
    int frames; /* without the routing id: 1 or 2; more were read and thrown away */
};

/* endpoints: one for each socket, as ZeroMQ writes them; ipc:// files that nobody listens on are
 * replaced. ERROR_IO when an address is taken or can't be bound. */
bool server_open(const char *const endpoints[SERVER_SOCKET_COUNT], struct server **ret_server,
                 struct error *err);
void server_close(struct server **server); /* waits a moment for what was sent; NULL is fine */

/* The address a socket is bound to (ports chosen by the system are filled in). */
const char *server_endpoint(const struct server *server, enum server_socket socket);

/* The ZeroMQ context, for sockets of other threads; they are closed before server_close(). */
void *server_context(const struct server *server);

void message_init(struct message *message);
void message_fini(struct message *message);
struct bytes message_header(const struct message *message);
struct bytes message_payload(const struct message *message);

/* Wait until something is there to receive, the other descriptor is readable, or the time is over
 * (timeout_ms < 0: no limit). */
void server_wait(struct server *server, int timeout_ms, int other_fd);

/* The next message of this socket, if there is one; never waits. */
bool server_receive(struct server *server, enum server_socket socket, struct message *message);

/* Send header and payload (payload.data NULL: no such frame). A peer that is gone is no error; one
 * that does not read what it asked for loses the message (false). */
bool server_send(struct server *server, enum server_socket socket, const struct peer *peer,
                 struct bytes header, struct bytes payload);

/* Is there a subscriber for topics that begin so? Cheap: asked before an event is even made. */
bool server_is_subscribed(const struct server *server, const char *topic);
void server_publish(struct server *server, const char *topic, struct bytes event);

#endif

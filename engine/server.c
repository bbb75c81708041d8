/* server.c - ROUTER, ROUTER and XPUB
 *
 * Owns:    the ZeroMQ context and sockets, and the list of subscriptions seen on XPUB.
 * In/out:  frames.
 * Always:  no call here blocks but server_wait(). Everything queued has a bound: PER_PEER_OUT
 *          messages to one peer, PER_PEER_IN from one peer (then ZeroMQ stops reading it).
 */
#include "engine/server.h"

#include "base/limits.h"
#include "base/must.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define PER_PEER_OUT 200000 /* answers a client has not read: twice what the SDK lets it ask */
#define PER_PEER_IN  10000
/* Events to a subscriber that does not read: they may be lost, so they need not pile up. */
#define PER_SUBSCRIBER 5000
#define LINGER_MS      500 /* at the end: BYE and the last answers should still leave */
#define TOPICS_MAX     256 /* subscriptions remembered; past it events go to everybody who listens */

struct server {
    void *context;
    void *sockets[SERVER_SOCKET_COUNT];
    char endpoints[SERVER_SOCKET_COUNT][256];
    char *topics[TOPICS_MAX];
    int topic_count;
    bool topics_overflow;
};

static const int socket_types[SERVER_SOCKET_COUNT] = {ZMQ_ROUTER, ZMQ_ROUTER, ZMQ_XPUB};

static void set_option(void *socket, int option, int value)
{
    int rc = zmq_setsockopt(socket, option, &value, sizeof value);

    must(rc == 0);
}

/* Does somebody listen on this ipc:// file? zmq_bind() would take it away from them. */
static bool is_taken(const char *endpoint)
{
    static const char prefix[] = "ipc://";
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t size = strlen(endpoint);

    if (strncmp(endpoint, prefix, sizeof prefix - 1) != 0 ||
        size - (sizeof prefix - 1) >= sizeof address.sun_path) {
        return false;
    }
    memcpy(address.sun_path, endpoint + sizeof prefix - 1, size - (sizeof prefix - 1));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool taken = fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return taken;
}

static bool open_socket(struct server *s, int i, const char *endpoint, struct error *err)
{
    int64_t frame_max = LIMIT_FRAME_BYTES;
    size_t size = sizeof s->endpoints[i];

    s->sockets[i] = zmq_socket(s->context, socket_types[i]);
    must(s->sockets[i] != NULL);
    set_option(s->sockets[i], ZMQ_LINGER, LINGER_MS);
    set_option(s->sockets[i], ZMQ_SNDHWM,
               socket_types[i] == ZMQ_XPUB ? PER_SUBSCRIBER : PER_PEER_OUT);
    set_option(s->sockets[i], ZMQ_RCVHWM, PER_PEER_IN);
    if (socket_types[i] == ZMQ_ROUTER) {
        set_option(s->sockets[i], ZMQ_ROUTER_MANDATORY, 1);
    }
    must(zmq_setsockopt(s->sockets[i], ZMQ_MAXMSGSIZE, &frame_max, sizeof frame_max) == 0);
    if (is_taken(endpoint)) {
        return error_set(err, ERROR_IO, "can't listen on %s: another process does", endpoint);
    }
    if (i == SERVER_CLIENTS) {
        must(zmq_bind(s->sockets[i], SERVER_INPROC_CLIENTS) == 0); /* the context is ours alone */
    }
    if (zmq_bind(s->sockets[i], endpoint) != 0) {
        return error_set(err, ERROR_IO, "can't listen on %s: %s", endpoint,
                         zmq_strerror(zmq_errno()));
    }
    must(zmq_getsockopt(s->sockets[i], ZMQ_LAST_ENDPOINT, s->endpoints[i], &size) == 0);
    return true;
}

bool server_open(const char *const endpoints[SERVER_SOCKET_COUNT], struct server **ret_server,
                 struct error *err)
{
    struct server *s = xcalloc(1, sizeof *s);

    s->context = zmq_ctx_new();
    must(s->context != NULL);
    for (int i = 0; i < SERVER_SOCKET_COUNT; i++) {
        if (!open_socket(s, i, endpoints[i], err)) {
            server_close(&s);
            return false;
        }
    }
    *ret_server = s;
    return true;
}

void server_close(struct server **server)
{
    struct server *s = *server;

    if (s == NULL) {
        return;
    }
    for (int i = 0; i < SERVER_SOCKET_COUNT; i++) {
        if (s->sockets[i] != NULL) {
            zmq_close(s->sockets[i]);
        }
    }
    zmq_ctx_term(s->context);
    for (int i = 0; i < s->topic_count; i++) {
        free(s->topics[i]);
    }
    free(s);
    *server = NULL;
}

const char *server_endpoint(const struct server *server, enum server_socket socket)
{
    return server->endpoints[socket];
}

void *server_context(const struct server *server)
{
    return server->context;
}

/* --- in ------------------------------------------------------------------------------------ */

void message_init(struct message *message)
{
    memset(message, 0, sizeof *message);
    zmq_msg_init(&message->header);
    zmq_msg_init(&message->payload);
}

void message_fini(struct message *message)
{
    zmq_msg_close(&message->header);
    zmq_msg_close(&message->payload);
}

static struct bytes frame_bytes(const zmq_msg_t *frame)
{
    zmq_msg_t *f = (zmq_msg_t *)(uintptr_t)frame; /* zmq takes no const */

    return (struct bytes){zmq_msg_data(f), zmq_msg_size(f)};
}

struct bytes message_header(const struct message *message)
{
    return message->frames >= 1 ? frame_bytes(&message->header) : (struct bytes){"", 0};
}

struct bytes message_payload(const struct message *message)
{
    return message->frames >= 2 ? frame_bytes(&message->payload) : (struct bytes){"", 0};
}

/* Subscriptions come as messages: 1 or 0, then the topic's beginning. */
static void note_subscription(struct server *s, const unsigned char *data, size_t size)
{
    if (size == 0) {
        return;
    }
    if (data[0] == 1 && s->topic_count < TOPICS_MAX) {
        s->topics[s->topic_count++] = xstrndup((const char *)data + 1, size - 1);
        return;
    }
    s->topics_overflow = s->topics_overflow || data[0] == 1;
    for (int i = 0; data[0] == 0 && i < s->topic_count; i++) {
        if (bytes_equal(bytes_of(s->topics[i]), (struct bytes){data + 1, size - 1})) {
            free(s->topics[i]);
            s->topics[i] = s->topics[--s->topic_count];
            return;
        }
    }
}

static void drain_subscriptions(struct server *s)
{
    zmq_msg_t frame;

    zmq_msg_init(&frame);
    while (zmq_msg_recv(&frame, s->sockets[SERVER_EVENTS], ZMQ_DONTWAIT) >= 0) {
        note_subscription(s, zmq_msg_data(&frame), zmq_msg_size(&frame));
    }
    zmq_msg_close(&frame);
}

void server_wait(struct server *s, int timeout_ms, int other_fd)
{
    zmq_pollitem_t items[SERVER_SOCKET_COUNT + 1] = {
        {.socket = s->sockets[SERVER_WORKERS], .events = ZMQ_POLLIN},
        {.socket = s->sockets[SERVER_CLIENTS], .events = ZMQ_POLLIN},
        {.socket = s->sockets[SERVER_EVENTS], .events = ZMQ_POLLIN},
        {.fd = other_fd, .events = ZMQ_POLLIN},
    };

    zmq_poll(items, other_fd >= 0 ? 4 : 3, timeout_ms);
    if (items[SERVER_EVENTS].revents != 0) {
        drain_subscriptions(s);
    }
}

/* The rest of a message with too many frames. */
static int skip_frames(void *socket)
{
    zmq_msg_t frame;
    int skipped = 0;
    int more;

    zmq_msg_init(&frame);
    do {
        more = zmq_msg_recv(&frame, socket, 0) >= 0 ? zmq_msg_more(&frame) : 0;
        skipped++;
    } while (more);
    zmq_msg_close(&frame);
    return skipped;
}

bool server_receive(struct server *s, enum server_socket socket, struct message *message)
{
    void *from = s->sockets[socket];
    int size = zmq_recv(from, message->peer.id, PEER_BYTES_MAX, ZMQ_DONTWAIT);
    int more = 0;
    size_t more_size = sizeof more;

    if (size < 0) {
        return false;
    }
    message->socket = socket;
    message->peer.size = (unsigned char)size;
    message->frames = 0;
    zmq_getsockopt(from, ZMQ_RCVMORE, &more, &more_size);
    zmq_msg_t *into[2] = {&message->header, &message->payload};
    for (int i = 0; i < 2 && more; i++) {
        must(zmq_msg_recv(into[i], from, 0) >= 0); /* multipart messages come whole */
        message->frames++;
        more = zmq_msg_more(into[i]);
    }
    if (more) {
        message->frames += skip_frames(from);
    }
    return true;
}

/* --- out ----------------------------------------------------------------------------------- */

bool server_send(struct server *s, enum server_socket socket, const struct peer *peer,
                 struct bytes header, struct bytes payload)
{
    void *to = s->sockets[socket];
    bool two = payload.data != NULL;

    if (zmq_send(to, peer->id, peer->size, ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0) {
        return false; /* gone, or does not read */
    }
    /* ROUTER took the address, so it takes the rest of the message too */
    bool ok = zmq_send(to, header.data, header.size, ZMQ_DONTWAIT | (two ? ZMQ_SNDMORE : 0)) >= 0;
    return ok && (!two || zmq_send(to, payload.data, payload.size, ZMQ_DONTWAIT) >= 0);
}

bool server_is_subscribed(const struct server *s, const char *topic)
{
    for (int i = 0; i < s->topic_count; i++) {
        if (strncmp(topic, s->topics[i], strlen(s->topics[i])) == 0) {
            return true;
        }
    }
    return s->topics_overflow;
}

void server_publish(struct server *s, const char *topic, struct bytes event)
{
    if (zmq_send(s->sockets[SERVER_EVENTS], topic, strlen(topic), ZMQ_SNDMORE | ZMQ_DONTWAIT) >=
        0) {
        zmq_send(s->sockets[SERVER_EVENTS], event.data, event.size, ZMQ_DONTWAIT);
    }
}

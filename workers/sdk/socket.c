/* socket.c - what worker, client and subscriber share: errors, sockets, two-frame messages
 *
 * Owns:    how a socket is set up; how frames become a message and back.
 * In:      calls from session.c, client.c, subscriber.c.
 * Out:     ZeroMQ.
 * Always:  nothing here waits but frames_wait(); a message is taken whole or not at all.
 * See:     docs/protocol.md §1
 */
#include "socket.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/must.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool sdk_refuse(struct mr_error *err, enum error_code code, const char *fmt, ...)
{
    va_list args;

    if (err != NULL) {
        snprintf(err->code, sizeof err->code, "%s", error_name(code));
        va_start(args, fmt);
        vsnprintf(err->text, sizeof err->text, error_word(fmt), args);
        va_end(args);
    }
    return false;
}

bool sdk_interrupted(struct mr_error *err)
{
    sdk_refuse(err, ERROR_IO, "a signal came while waiting");
    if (err != NULL) {
        snprintf(err->code, sizeof err->code, "interrupted");
    }
    return false;
}

static void set_option(void *socket, int option, int value)
{
    must(zmq_setsockopt(socket, option, &value, sizeof value) == 0);
}

void *socket_connect(void *context, int type, const char *endpoint, int queue_max,
                     struct mr_error *err)
{
    void *socket = zmq_socket(context, type);
    int64_t frame_bytes_max = LIMIT_FRAME_BYTES;

    if (socket == NULL) {
        sdk_refuse(err, ERROR_IO, "no socket: %s", zmq_strerror(errno));
        return NULL;
    }
    set_option(socket, ZMQ_LINGER, 0);
    set_option(socket, ZMQ_SNDHWM, type == ZMQ_SUB ? 0 : queue_max);
    set_option(socket, ZMQ_RCVHWM, type == ZMQ_SUB ? queue_max : 0);
    set_option(socket, ZMQ_RECONNECT_IVL, 50);
    set_option(socket, ZMQ_RECONNECT_IVL_MAX, 1000);
    must(zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &frame_bytes_max, sizeof frame_bytes_max) == 0);
    if (zmq_connect(socket, endpoint) != 0) {
        sdk_refuse(err, ERROR_INVALID, "cannot connect to \"%s\": %s", endpoint,
                   zmq_strerror(errno));
        zmq_close(socket);
        return NULL;
    }
    return socket;
}

void socket_close(void **socket, int linger_ms)
{
    if (*socket != NULL) {
        set_option(*socket, ZMQ_LINGER, linger_ms);
        must(zmq_close(*socket) == 0);
        *socket = NULL;
    }
}

int socket_fd(void *socket)
{
    int fd = -1;
    size_t size = sizeof fd;

    must(zmq_getsockopt(socket, ZMQ_FD, &fd, &size) == 0);
    return fd;
}

void frames_init(struct frames *f)
{
    must(zmq_msg_init(&f->header) == 0 && zmq_msg_init(&f->payload) == 0);
    f->count = 0;
}

void frames_fini(struct frames *f)
{
    zmq_msg_close(&f->header);
    zmq_msg_close(&f->payload);
}

struct bytes frames_header(struct frames *f)
{
    return (struct bytes){zmq_msg_data(&f->header), zmq_msg_size(&f->header)};
}

struct bytes frames_payload(struct frames *f)
{
    if (f->count < 2) {
        return (struct bytes){NULL, 0};
    }
    return (struct bytes){zmq_msg_data(&f->payload), zmq_msg_size(&f->payload)};
}

/* The frames after the first are there already: ZeroMQ delivers messages whole. */
static void receive_rest(void *socket, struct frames *f)
{
    zmq_msg_t extra;
    bool more = zmq_msg_more(&f->header) != 0;

    f->count = 1;
    if (more) {
        must(zmq_msg_recv(&f->payload, socket, 0) >= 0);
        f->count = 2;
        more = zmq_msg_more(&f->payload) != 0;
    }
    while (more) {
        must(zmq_msg_init(&extra) == 0 && zmq_msg_recv(&extra, socket, 0) >= 0);
        f->count++;
        more = zmq_msg_more(&extra) != 0;
        zmq_msg_close(&extra);
    }
}

enum received frames_receive(void *socket, struct frames *f)
{
    if (zmq_msg_recv(&f->header, socket, ZMQ_DONTWAIT) < 0) {
        must(errno == EAGAIN || errno == EINTR);
        return errno == EINTR ? RECEIVED_SIGNAL : RECEIVED_NOTHING;
    }
    receive_rest(socket, f);
    return RECEIVED;
}

enum received frames_wait(void *socket, int timeout_ms, struct frames *f)
{
    int64_t end_ms = monotonic_ms() + timeout_ms;
    zmq_pollitem_t item = {.socket = socket, .events = ZMQ_POLLIN};
    enum received got = frames_receive(socket, f);

    while (got == RECEIVED_NOTHING) {
        int64_t left_ms = timeout_ms < 0 ? -1 : end_ms - monotonic_ms();
        if (timeout_ms >= 0 && left_ms <= 0) {
            break;
        }
        if (zmq_poll(&item, 1, (long)left_ms) < 0) {
            must(errno == EINTR);
            return RECEIVED_SIGNAL;
        }
        got = frames_receive(socket, f);
    }
    return got;
}

static bool send_message(void *socket, zmq_msg_t *message, int flags)
{
    while (zmq_msg_send(message, socket, flags | ZMQ_DONTWAIT) < 0) {
        if (errno != EINTR) {
            must(errno == EAGAIN);
            return false;
        }
    }
    return true;
}

bool frames_send(void *socket, struct bytes header, zmq_msg_t *payload)
{
    zmq_msg_t first;

    message_of(&first, header);
    if (!send_message(socket, &first, payload != NULL ? ZMQ_SNDMORE : 0)) {
        zmq_msg_close(&first);
        return false;
    }
    /* a message that began always has room for its rest */
    must(payload == NULL || send_message(socket, payload, 0));
    return true;
}

void message_of(zmq_msg_t *message, struct bytes bytes)
{
    must(zmq_msg_init_size(message, bytes.size) == 0);
    if (bytes.size > 0) {
        memcpy(zmq_msg_data(message), bytes.data, bytes.size);
    }
}

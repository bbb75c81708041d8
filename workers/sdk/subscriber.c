/* subscriber.c - struct mr_subscriber: life-cycle events as they are published
 *
 * Owns:    the SUB socket and the event received last.
 * In:      the public calls mr_subscriber_…().
 * Out:     subscriptions.
 * Always:  a message that is no topic with an event is passed over.
 * See:     marshrut.h; docs/protocol.md §4
 */
#include "base/clock.h"
#include "base/must.h"
#include "socket.h"

#include <stdlib.h>
#include <string.h>

#define EVENTS_MAX 100000 /* that wait for a slow subscriber; then libzmq drops new ones */
#define TOPIC_MAX  256

struct mr_subscriber {
    void *context;
    void *socket;
    struct frames frames;
    char topic[TOPIC_MAX];
};

void *subscriber_socket(const struct mr_subscriber *subscriber)
{
    return subscriber->socket;
}

struct mr_subscriber *mr_subscriber_create(const char *endpoint, const char *prefix,
                                           struct mr_error *err)
{
    void *context = zmq_ctx_new();
    void *socket = socket_connect(context, ZMQ_SUB, endpoint, EVENTS_MAX, err);
    struct mr_subscriber *subscriber;

    if (socket == NULL) {
        zmq_ctx_term(context);
        return NULL;
    }
    subscriber = xcalloc(1, sizeof *subscriber);
    subscriber->context = context;
    subscriber->socket = socket;
    frames_init(&subscriber->frames);
    mr_subscriber_add(subscriber, prefix);
    return subscriber;
}

void mr_subscriber_destroy(struct mr_subscriber *subscriber)
{
    if (subscriber == NULL) {
        return;
    }
    frames_fini(&subscriber->frames);
    socket_close(&subscriber->socket, 0);
    zmq_ctx_term(subscriber->context);
    free(subscriber);
}

void mr_subscriber_add(struct mr_subscriber *subscriber, const char *prefix)
{
    must(zmq_setsockopt(subscriber->socket, ZMQ_SUBSCRIBE, prefix, strlen(prefix)) == 0);
}

static bool read_event(struct mr_subscriber *subscriber, struct mr_event *ret_event)
{
    struct bytes topic = frames_header(&subscriber->frames);
    struct bytes json = frames_payload(&subscriber->frames);

    if (subscriber->frames.count != 2 || topic.size >= TOPIC_MAX) {
        return false;
    }
    memcpy(subscriber->topic, topic.data, topic.size);
    subscriber->topic[topic.size] = '\0';
    *ret_event = (struct mr_event){subscriber->topic, json.data, json.size};
    return true;
}

bool mr_subscriber_receive(struct mr_subscriber *subscriber, int timeout_ms,
                           struct mr_event *ret_event, struct mr_error *err)
{
    int64_t end_ms = monotonic_ms() + timeout_ms;
    int left_ms = timeout_ms;

    for (;;) {
        enum received got = frames_wait(subscriber->socket, left_ms, &subscriber->frames);
        if (got == RECEIVED_SIGNAL) {
            return sdk_interrupted(err);
        }
        if (got == RECEIVED_NOTHING) {
            return sdk_refuse(err, ERROR_TIMEOUT, "no event in %d ms", timeout_ms);
        }
        if (read_event(subscriber, ret_event)) {
            return true;
        }
        if (timeout_ms > 0) {
            int64_t left = end_ms - monotonic_ms();
            left_ms = left > 0 ? (int)left : 0;
        }
    }
}

int mr_subscriber_fd(const struct mr_subscriber *subscriber)
{
    return socket_fd(subscriber->socket);
}

/* engine.c - a puppet in place of the engine: says and hears exactly what a test wants */
#include "engine.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

void engine_open(struct engine *engine)
{
    size_t size = sizeof engine->endpoint;
    int wait_ms = ENGINE_WAIT_MS;
    int none = 0;

    *engine = (struct engine){0};
    engine->context = zmq_ctx_new();
    engine->router = zmq_socket(engine->context, ZMQ_ROUTER);
    zmq_setsockopt(engine->router, ZMQ_RCVTIMEO, &wait_ms, sizeof wait_ms);
    zmq_setsockopt(engine->router, ZMQ_LINGER, &none, sizeof none);
    cr_assert(zmq_bind(engine->router, "tcp://127.0.0.1:*") == 0);
    cr_assert(zmq_getsockopt(engine->router, ZMQ_LAST_ENDPOINT, engine->endpoint, &size) == 0);
}

void engine_close(struct engine *engine)
{
    zmq_close(engine->router);
    zmq_ctx_term(engine->context);
    free(engine->payload);
}

/* One frame into a zero-terminated buffer of yours. */
static char *hear_frame(struct engine *engine, size_t *ret_size, bool *ret_more)
{
    zmq_msg_t frame;

    zmq_msg_init(&frame);
    cr_assert(zmq_msg_recv(&frame, engine->router, 0) >= 0, "nothing came after \"%s\"",
              engine->header);
    *ret_size = zmq_msg_size(&frame);
    char *copy = calloc(*ret_size + 1, 1);
    memcpy(copy, zmq_msg_data(&frame), *ret_size);
    *ret_more = zmq_msg_more(&frame);
    zmq_msg_close(&frame);
    return copy;
}

void engine_hear(struct engine *engine)
{
    size_t size;
    bool more;
    char *frame = hear_frame(engine, &engine->peer_size, &more);

    cr_assert(more && engine->peer_size <= sizeof engine->peer);
    memcpy(engine->peer, frame, engine->peer_size);
    free(frame);
    frame = hear_frame(engine, &size, &more);
    cr_assert(size < sizeof engine->header);
    memcpy(engine->header, frame, size + 1);
    free(frame);
    free(engine->payload);
    engine->payload = NULL;
    engine->payload_size = 0;
    if (more) {
        engine->payload = hear_frame(engine, &engine->payload_size, &more);
    }
    cr_assert_not(more);
}

void engine_expect(struct engine *engine, const char *header)
{
    do {
        engine_hear(engine);
    } while (strcmp(engine->header, "MW1 HEARTBEAT") == 0 ||
             strncmp(engine->header, "MW1 CREDIT ", 11) == 0);
    cr_assert_str_eq(engine->header, header);
}

void engine_expect_payload(const struct engine *engine, const char *payload)
{
    cr_assert(engine->payload != NULL);
    cr_assert_str_eq(engine->payload, payload);
}

void engine_say_bytes(struct engine *engine, const char *header, const void *payload, size_t size)
{
    zmq_send(engine->router, engine->peer, engine->peer_size, ZMQ_SNDMORE);
    zmq_send(engine->router, header, strlen(header), payload != NULL ? ZMQ_SNDMORE : 0);
    if (payload != NULL) {
        zmq_send(engine->router, payload, size, 0);
    }
}

void engine_say(struct engine *engine, const char *header, const char *payload)
{
    engine_say_bytes(engine, header, payload, payload != NULL ? strlen(payload) : 0);
}

void engine_greet(struct engine *engine, const char *hello, unsigned heartbeat_ms)
{
    char welcome[64];

    engine_expect(engine, hello);
    snprintf(welcome, sizeof welcome, "MW1 WELCOME %u", heartbeat_ms);
    engine_say(engine, welcome, NULL);
}

void engine_expect_credit(struct engine *engine, unsigned credit)
{
    unsigned sum = 0;
    unsigned more;

    while (sum < credit) {
        engine_hear(engine);
        if (strcmp(engine->header, "MW1 HEARTBEAT") == 0) {
            continue;
        }
        cr_assert(sscanf(engine->header, "MW1 CREDIT %u", &more) == 1, "%s", engine->header);
        sum += more;
    }
    cr_assert_eq(sum, credit);
}

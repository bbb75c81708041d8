/* engine.h - a puppet in place of the engine: says and hears exactly what a test wants
 *
 * A ROUTER on a port that the system chooses. Whatever waits, waits for a message and gives up the
 * test after ENGINE_WAIT_MS.
 */
#ifndef TESTS_SDK_ENGINE_H
#define TESTS_SDK_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

#define ENGINE_WAIT_MS 20000

struct engine {
    void *context;
    void *router;
    char endpoint[128];
    char peer[256]; /* routing id that spoke last */
    size_t peer_size;
    char header[1200]; /* what it said */
    char *payload;
    size_t payload_size;
};

void engine_open(struct engine *engine);
void engine_close(struct engine *engine);

/* Hear the next message. */
void engine_hear(struct engine *engine);
/* Hear the next that is neither HEARTBEAT nor CREDIT; its header must be this. */
void engine_expect(struct engine *engine, const char *header);
void engine_expect_payload(const struct engine *engine, const char *payload);
/* Say something to who spoke last; payload NULL = no frame. */
void engine_say(struct engine *engine, const char *header, const char *payload);
void engine_say_bytes(struct engine *engine, const char *header, const void *payload, size_t size);

/* Hear HELLO (with this header), answer WELCOME with this heartbeat. */
void engine_greet(struct engine *engine, const char *hello, unsigned heartbeat_ms);

/* Add up CREDIT until it is this much; other messages but HEARTBEAT fail the test. */
void engine_expect_credit(struct engine *engine, unsigned credit);

#endif

/* load.h - starting instances, many at a time */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include "marshrut.h"
#include "tests/bench/bench.h"

#include <stdint.h>

/* The input of the instance: a JSON object of exactly BENCH_PAYLOAD_BYTES, like those of a real
 * plan: {"id":"i-000000017","teacher":…,"text":"…"}. Zero-terminated. */
void load_payload(uint64_t number, char text[BENCH_PAYLOAD_BYTES + 1]);

/* Starts under way of one client. */
struct load {
    struct mr_client *client;
    const char *definitions[2]; /* taken in turn; the same twice is fine */
    uint64_t sent;
    uint64_t answered;
    uint64_t last_instance; /* of the answers */
};

bool load_open(struct load *load, const char *definition, const char *other, struct error *err);
void load_close(struct load *load);

/* Send one START. */
bool load_start(struct load *load, struct error *err);
/* Take the answers that are here, waiting for the first at most ms. false: one was a refusal. */
bool load_take(struct load *load, int ms, struct error *err);
/* Start until `sent` is that many, at most `window` of them without an answer, and take all
 * answers: all these instances are durable then. */
bool load_run(struct load *load, uint64_t total, uint64_t window, struct error *err);

#endif

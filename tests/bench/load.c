/* load.c - starting instances, many at a time
 *
 * Owns:    the client that starts, and the count of what it sent and what was answered.
 * Always:  a refusal ends the measure: a figure with lost instances in it is none.
 */
#include "tests/bench/load.h"

#include "base/must.h"
#include "tests/bench/rig.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROGRESS_EVERY 100000

void load_payload(uint64_t number, char text[BENCH_PAYLOAD_BYTES + 1])
{
    static const char end[] = "\"}";
    int size = snprintf(text, BENCH_PAYLOAD_BYTES + 1,
                        "{\"id\":\"i-%09" PRIu64 "\",\"teacher\":\"t-%07" PRIu64
                        "\",\"step\":3,\"passed\":true,\"score\":87.5,\"text\":\"Школа № 7 ",
                        number % 1000000000, number % 10000000);

    must(size > 0 && (size_t)size + sizeof end <= BENCH_PAYLOAD_BYTES + 1);
    memset(text + size, '.', BENCH_PAYLOAD_BYTES - (size_t)size);
    memcpy(text + BENCH_PAYLOAD_BYTES + 1 - sizeof end, end, sizeof end);
}

bool load_open(struct load *load, const char *definition, const char *other, struct error *err)
{
    struct mr_error reason;

    *load = (struct load){.definitions = {definition, other}};
    load->client = mr_client_create(RIG_CLIENTS, &reason);
    return load->client != NULL ? true : rig_refuse(err, &reason, "no client");
}

void load_close(struct load *load)
{
    mr_client_destroy(load->client);
    load->client = NULL;
}

bool load_start(struct load *load, struct error *err)
{
    char text[BENCH_PAYLOAD_BYTES + 1];
    uint64_t request;
    struct mr_error reason;

    load_payload(load->sent, text);
    if (!mr_client_start(load->client, load->definitions[load->sent % 2], NULL, 5, text,
                         BENCH_PAYLOAD_BYTES, &request, &reason)) {
        return rig_refuse(err, &reason, "START");
    }
    load->sent++;
    return true;
}

static bool note_answer(struct load *load, const struct mr_answer *answer, struct error *err)
{
    unsigned long long instance = 0;
    char text[64];

    snprintf(text, sizeof text, "%.*s", answer->size < 63 ? (int)answer->size : 63, answer->json);
    if (!answer->ok || sscanf(text, "{\"instance\":%llu", &instance) != 1) {
        return error_set(err, ERROR_IO, "START: %s: %.*s", answer->code,
                         answer->size < 300 ? (int)answer->size : 300, answer->json);
    }
    load->answered++;
    load->last_instance = instance;
    return true;
}

bool load_take(struct load *load, int ms, struct error *err)
{
    struct mr_answer answer;

    while (mr_client_receive(load->client, ms, &answer, NULL)) {
        if (!note_answer(load, &answer, err)) {
            return false;
        }
        ms = 0;
    }
    return !bench_interrupted(err);
}

bool load_run(struct load *load, uint64_t total, uint64_t window, struct error *err)
{
    while (load->answered < total) {
        while (load->sent < total && load->sent - load->answered < window) {
            if (!load_start(load, err)) {
                return false;
            }
        }
        uint64_t before = load->answered;
        if (!load_take(load, RIG_ANSWER_MS, err)) {
            return false;
        }
        if (load->answered == before) {
            return error_set(err, ERROR_TIMEOUT, "the engine gave no answer in %d s",
                             RIG_ANSWER_MS / 1000);
        }
        if (before / PROGRESS_EVERY != load->answered / PROGRESS_EVERY) {
            bench_progress("%" PRIu64 " of %" PRIu64 " instances started", load->answered, total);
        }
    }
    return true;
}

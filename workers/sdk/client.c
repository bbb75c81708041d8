/* client.c - struct mr_client: requests out, answers in
 *
 * Owns:    the socket, the numbering of requests, the answer received last.
 * In:      the public calls mr_client_…().
 * Out:     MC1 messages.
 * Always:  request numbers grow and are never used twice by one client; sending never waits.
 * See:     marshrut.h; docs/protocol.md §3
 */
#include "wire/client.h"
#include "base/clock.h"
#include "base/must.h"
#include "socket.h"
#include "wire/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define QUEUE_MAX       100000 /* as marshrut.h promises: requests that wait to leave */
#define CLOSE_LINGER_MS 1000   /* as marshrut.h promises */

struct mr_client {
    void *context;
    void *socket;
    uint64_t request; /* the last one */
    struct frames frames;
};

void *client_socket(const struct mr_client *client)
{
    return client->socket;
}

struct mr_client *mr_client_create(const char *endpoint, struct mr_error *err)
{
    void *context = zmq_ctx_new();
    void *socket = socket_connect(context, ZMQ_DEALER, endpoint, QUEUE_MAX, err);
    struct mr_client *client;

    if (socket == NULL) {
        zmq_ctx_term(context);
        return NULL;
    }
    client = xcalloc(1, sizeof *client);
    client->context = context;
    client->socket = socket;
    frames_init(&client->frames);
    return client;
}

void mr_client_destroy(struct mr_client *client)
{
    if (client == NULL) {
        return;
    }
    frames_fini(&client->frames);
    socket_close(&client->socket, CLOSE_LINGER_MS);
    zmq_ctx_term(client->context);
    free(client);
}

static bool send_request(struct mr_client *client, struct client_message *message,
                         struct bytes json, uint64_t *ret_request, struct mr_error *err)
{
    char header[LIMIT_HEADER_BYTES];
    zmq_msg_t payload;

    message->request = client->request + 1;
    size_t size = client_encode(message, header);
    message_of(&payload, json);
    if (!frames_send(client->socket, (struct bytes){header, size}, &payload)) {
        zmq_msg_close(&payload);
        return sdk_refuse(err, ERROR_BUSY, "%d requests wait already", QUEUE_MAX);
    }
    client->request = message->request;
    *ret_request = message->request;
    return true;
}

static bool find_verb(const char *name, enum client_verb *ret_verb)
{
    for (int i = CLIENT_START + 1; i < CLIENT_OK; i++) {
        if (strcmp(client_verb_name((enum client_verb)i), name) == 0) {
            *ret_verb = (enum client_verb)i;
            return true;
        }
    }
    return false;
}

bool mr_client_send(struct mr_client *client, const char *verb, const char *json, size_t size,
                    uint64_t *ret_request, struct mr_error *err)
{
    struct client_message message = {0};

    if (!find_verb(verb, &message.verb)) {
        return sdk_refuse(err, ERROR_UNSUPPORTED, "there is no verb \"%s\"", verb);
    }
    return send_request(client, &message, (struct bytes){json, size}, ret_request, err);
}

bool mr_client_start(struct mr_client *client, const char *definition, const char *key,
                     unsigned priority, const char *json, size_t size, uint64_t *ret_request,
                     struct mr_error *err)
{
    struct client_message message = {.verb = CLIENT_START, .priority = priority};

    key = key != NULL ? key : "";
    if (!wire_name_valid(bytes_of(definition))) {
        return sdk_refuse(err, ERROR_INVALID, "\"%s\" is not a name of a definition", definition);
    }
    if (key[0] != '\0' && !client_key_valid(bytes_of(key))) {
        return sdk_refuse(err, ERROR_INVALID,
                          "a key has 1..%u printable ASCII characters, no blanks, and is not \"-\"",
                          LIMIT_KEY_BYTES);
    }
    if (priority > 9) {
        return sdk_refuse(err, ERROR_INVALID, "the priority must be 0..9");
    }
    snprintf(message.definition, sizeof message.definition, "%s", definition);
    snprintf(message.key, sizeof message.key, "%s", key);
    return send_request(client, &message, (struct bytes){json, size}, ret_request, err);
}

/* False: what came is no answer, and passed over (protocol §3.4). */
static bool read_answer(struct mr_client *client, struct mr_answer *ret_answer)
{
    struct client_message message;
    struct bytes payload = frames_payload(&client->frames);

    if (!client_decode(frames_header(&client->frames), &message, NULL) ||
        (message.verb != CLIENT_OK && message.verb != CLIENT_ERROR)) {
        return false;
    }
    *ret_answer = (struct mr_answer){.request = message.request,
                                     .ok = message.verb == CLIENT_OK,
                                     .code = "",
                                     .json = payload.size > 0 ? payload.data : "",
                                     .size = payload.size};
    if (!ret_answer->ok) {
        ret_answer->code = error_name(message.code);
    }
    return true;
}

/* request 0: any. */
static bool receive(struct mr_client *client, uint64_t request, int timeout_ms,
                    struct mr_answer *ret_answer, struct mr_error *err)
{
    int64_t end_ms = monotonic_ms() + timeout_ms;
    int left_ms = timeout_ms;
    struct mr_answer answer;

    for (;;) {
        enum received got = frames_wait(client->socket, left_ms, &client->frames);
        if (got == RECEIVED_SIGNAL) {
            return sdk_interrupted(err);
        }
        if (got == RECEIVED_NOTHING) {
            return sdk_refuse(err, ERROR_TIMEOUT, "no answer from the engine in %d ms", timeout_ms);
        }
        if (read_answer(client, &answer) && (request == 0 || answer.request == request)) {
            *ret_answer = answer;
            return true;
        }
        if (timeout_ms > 0) {
            int64_t left = end_ms - monotonic_ms();
            left_ms = left > 0 ? (int)left : 0;
        }
    }
}

bool mr_client_receive(struct mr_client *client, int timeout_ms, struct mr_answer *ret_answer,
                       struct mr_error *err)
{
    return receive(client, 0, timeout_ms, ret_answer, err);
}

bool mr_client_wait(struct mr_client *client, uint64_t request, int timeout_ms,
                    struct mr_answer *ret_answer, struct mr_error *err)
{
    must(request > 0);
    return receive(client, request, timeout_ms, ret_answer, err);
}

bool mr_client_call(struct mr_client *client, const char *verb, const char *json, size_t size,
                    int timeout_ms, struct mr_answer *ret_answer, struct mr_error *err)
{
    uint64_t request;

    return mr_client_send(client, verb, json, size, &request, err) &&
           mr_client_wait(client, request, timeout_ms, ret_answer, err);
}

int mr_client_fd(const struct mr_client *client)
{
    return socket_fd(client->socket);
}

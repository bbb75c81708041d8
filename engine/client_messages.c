/* client_messages.c - requests of clients: to commands, to queries, or refused
 *
 * Owns:    the engine's side of protocol §3: which request may wait, which is answered at once.
 * Always:  exactly one answer to each request; a command is answered after its commit, a query from
 *          a snapshot that has every command answered before.
 */
#include "base/log.h"
#include "base/must.h"
#include "engine/engine.h"
#include "engine/refusal.h"
#include "engine/upkeep.h"
#include "wire/json.h"

#include <jansson.h>
#include <stdlib.h>

static json_t *error_json(const struct error *err)
{
    json_t *value = json_object();

    refusal_put(value, err);
    if (err->line > 0) {
        json_object_set_new(value, "file", json_string(err->file));
        json_object_set_new(value, "line", json_integer(err->line));
        json_object_set_new(value, "column", json_integer(err->column));
    }
    return value;
}

/* details: an object with more about it, or empty. */
static void reply_refused(struct engine *e, const struct peer *peer, uint64_t request,
                          const struct error *err, struct bytes details)
{
    json_t *value = error_json(err);
    json_t *more = details.size > 0 ? json_loadb(details.data, details.size, 0, NULL) : NULL;

    json_object_update_missing(value, more);
    json_decref(more);
    char *text = json_dumps(value, JSON_COMPACT);

    e->stats.refused++;
    engine_reply(e, peer, request, err->code, bytes_of(text ? text : "{}"));
    free(text);
    json_decref(value);
}

void engine_reply_error(struct engine *e, const struct peer *peer, uint64_t request,
                        const struct error *err)
{
    reply_refused(e, peer, request, err, (struct bytes){NULL, 0});
}

/* What must see the tables as they will be after what this turn decided so far. */
static bool needs_tables(enum client_verb verb)
{
    return verb == CLIENT_CANCEL || verb == CLIENT_SUSPEND || verb == CLIENT_RESUME ||
           verb == CLIENT_ADVANCE || verb == CLIENT_MIGRATE || verb == CLIENT_REMOVE ||
           verb == CLIENT_REPLAN;
}

static void command(struct engine *e, const struct message *message, const struct client_message *m)
{
    struct error err = ERROR_INIT;
    struct bytes answer = {NULL, 0};

    if (needs_tables(m->verb) && !engine_settle(e, &err)) {
        log_error("MR-COMMIT-FAILED", "%s", err.text);
        must(!"a commit that fails ends the process");
    }
    e->stats.commands++;
    if (engine_in_turn(e, &err) && engine_command(e, m, message_payload(message), &answer, &err)) {
        engine_reply(e, &message->peer, m->request, ERROR_NONE, answer);
    } else {
        reply_refused(e, &message->peer, m->request, &err, answer);
    }
}

static bool check_payload(const struct client_message *m, struct bytes payload, struct error *err)
{
    size_t size = payload.size;

    /* a document in JSON: newlines and quotes take two bytes */
    size_t most = m->verb == CLIENT_DEPLOY ? 2 * LIMIT_DOCUMENT_BYTES + 4096 : LIMIT_PAYLOAD_BYTES;

    if (size > most) {
        return error_set(err, ERROR_TOO_LARGE, "the payload has %zu bytes; the limit is %zu", size,
                         most);
    }
    return wire_json_within(payload, LIMIT_JSON_DEPTH) ||
           error_set(err, ERROR_TOO_LARGE, "the payload is nested more than %u levels deep",
                     LIMIT_JSON_DEPTH);
}

static void query(struct engine *e, const struct message *message, const struct client_message *m)
{
    struct bytes payload = message_payload(message);
    struct error err;
    json_error_t where;

    json_t *request =
        json_loadb(payload.size ? payload.data : "{}", payload.size ? payload.size : 2, 0, &where);
    if (!json_is_object(request)) {
        error_set(&err, ERROR_SYNTAX, "the payload must be a JSON object: %s",
                  request ? N_("it is something else") : where.text);
        engine_reply_error(e, &message->peer, m->request, &err);
    } else if (m->verb == CLIENT_BACKUP || m->verb == CLIENT_VERIFY) {
        if (!upkeep_start(e->upkeep, e, &message->peer, m, request, &err)) {
            engine_reply_error(e, &message->peer, m->request, &err);
        }
    } else if (e->query_count == e->config->turn_commands) {
        error_set(&err, ERROR_BUSY, "%u queries wait already: try again", e->config->turn_commands);
        engine_reply_error(e, &message->peer, m->request, &err);
    } else {
        e->queries[e->query_count++] = (struct query){message->peer, *m, json_incref(request)};
    }
    json_decref(request);
}

void engine_client_message(struct engine *e, const struct message *message)
{
    struct client_message m = {0};
    struct error err = ERROR_INIT;

    if (message->frames < 1 || message->frames > 2) {
        error_set(&err, message->frames > (int)LIMIT_FRAMES ? ERROR_TOO_LARGE : ERROR_SYNTAX,
                  "a request is a header and a payload");
        engine_reply_error(e, &message->peer, 0, &err);
        return;
    }
    bool decoded = client_decode(message_header(message), &m, &err);
    if (!decoded || !check_payload(&m, message_payload(message), &err)) {
        uint64_t request = decoded ? m.request : client_request_of(message_header(message));
        log_info("MR-CLIENT-REFUSED", "code=%s: %s", error_name(err.code), err.text);
        engine_reply_error(e, &message->peer, request, &err);
    } else if (m.verb == CLIENT_OK || m.verb == CLIENT_ERROR) {
        error_set(&err, ERROR_SYNTAX, "%s is not for the engine", client_verb_name(m.verb));
        engine_reply_error(e, &message->peer, m.request, &err);
    } else if (client_is_command(m.verb)) {
        command(e, message, &m);
    } else {
        query(e, message, &m);
    }
}

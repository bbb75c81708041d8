/* greeting.c - HELLO: a worker begins a session, and claims what it still runs
 *
 * Owns:    the engine's side of protocol §2.2 and §2.3.
 * In:      HELLO, from worker_messages.c.
 * Out:     WELCOME, DROP for what nobody waits for; leases that go on.
 * Always:  an attempt is given only to one session; what a worker does not mention within a
 *          heartbeat after its HELLO is given up.
 */
#include "base/log.h"
#include "engine/engine.h"
#include "engine/worker_messages.h"

#include <jansson.h>
#include <string.h>

/* --- HELLO --------------------------------------------------------------------------------- */

static bool read_services(const json_t *hello, struct error *err)
{
    const json_t *services = json_object_get(hello, "services");

    if (json_array_size(services) == 0) {
        return error_set(err, ERROR_SYNTAX, "HELLO needs \"services\": a list of names");
    }
    if (json_array_size(services) > LIMIT_SERVICES) {
        return error_set(err, ERROR_TOO_LARGE, "more than %u services", LIMIT_SERVICES);
    }
    for (size_t i = 0; i < json_array_size(services); i++) {
        const char *name = json_string_value(json_array_get(services, i));
        if (name == NULL || !wire_name_valid(bytes_of(name))) {
            return error_set(err, ERROR_INVALID, "services[%zu] is not the name of a service", i);
        }
    }
    if (json_array_size(json_object_get(hello, "running")) > LIMIT_CREDIT) {
        return error_set(err, ERROR_TOO_LARGE, "more than %u running tasks", LIMIT_CREDIT);
    }
    return true;
}

/* "17.2/1" */
static bool read_attempt(const char *text, struct task_id *ret_id, uint32_t *ret_attempt)
{
    const char *slash = text ? strchr(text, '/') : NULL;
    uint64_t attempt = 0;

    if (slash == NULL || !task_id_parse((struct bytes){text, (size_t)(slash - text)}, ret_id)) {
        return false;
    }
    for (const char *c = slash + 1; *c != '\0' || c == slash + 1; c++) {
        if (*c < '0' || *c > '9' || attempt > UINT32_MAX / 10) {
            return false;
        }
        attempt = attempt * 10 + (uint64_t)(*c - '0');
    }
    *ret_attempt = (uint32_t)attempt;
    return attempt > 0 && attempt <= UINT32_MAX;
}

static void claim(struct engine *e, struct session *session, struct task_id id, uint32_t attempt)
{
    struct lease *lease = lease_find(&e->dispatch.leases, id.instance, id.seq);
    struct lease terms;

    if (lease != NULL && lease->worker == session && lease->attempt == attempt) {
        lease_claim(lease);
    } else if (lease == NULL && engine_is_open(e, id, attempt, &terms) &&
               dispatch_may_claim(&e->dispatch, session, &terms)) {
        dispatch_adopt(&e->dispatch, session, &terms, e->mono_ms);
    } else {
        engine_send_plain(
            e, session,
            (struct worker_message){.kind = WORKER_DROP, .task = id, .attempt = attempt});
    }
}

static void claim_all(struct engine *e, struct session *session, const json_t *running)
{
    struct task_id id;
    uint32_t attempt;

    for (size_t i = 0; i < json_array_size(running); i++) {
        if (read_attempt(json_string_value(json_array_get(running, i)), &id, &attempt)) {
            claim(e, session, id, attempt);
        }
    }
}

/* A connection has one session: a HELLO under another name ends the one it had. */
static bool leave_other_name(struct engine *e, const struct peer *peer, const char *name)
{
    struct session *other = session_find(&e->dispatch.sessions, peer);

    return other == NULL || strcmp(other->name, name) == 0 ||
           engine_forget_worker(e, other, "it said HELLO under another name");
}

static void greet(struct engine *e, const struct message *m, const struct worker_message *hello,
                  const json_t *payload)
{
    struct error err;

    if (!leave_other_name(e, &m->peer, hello->name)) {
        error_set(&err, ERROR_BUSY, "the tasks of this connection can't be given up now");
        engine_refuse_worker(e, &m->peer, NULL, &err);
        return;
    }
    struct session *session =
        session_greet(&e->dispatch.sessions, &m->peer, hello->name, e->mono_ms);

    if (session == NULL) {
        error_set(&err, ERROR_BUSY, "%u workers are connected already", LIMIT_WORKERS);
        engine_refuse_worker(e, &m->peer, NULL, &err);
        return;
    }
    dispatch_withdraw(&e->dispatch, session);
    const json_t *services = json_object_get(payload, "services");
    for (size_t i = 0; i < json_array_size(services); i++) {
        dispatch_offer(&e->dispatch, session, json_string_value(json_array_get(services, i)));
    }
    session->credit = hello->credit;
    lease_doubt_all(&e->dispatch.leases, session, e->mono_ms + e->config->heartbeat_ms);
    engine_send_plain(
        e, session,
        (struct worker_message){.kind = WORKER_WELCOME, .heartbeat_ms = e->config->heartbeat_ms});
    claim_all(e, session, json_object_get(payload, "running"));
    log_info("MR-WORKER-HELLO", "worker=%s credit=%u running=%zu", session->name, hello->credit,
             json_array_size(json_object_get(payload, "running")));
}

void engine_hello(struct engine *e, const struct message *m, const struct worker_message *header)
{
    struct bytes payload = message_payload(m);
    struct error err = ERROR_INIT;
    json_error_t where;

    if (payload.size > LIMIT_PAYLOAD_BYTES) {
        error_set(&err, ERROR_TOO_LARGE, "HELLO is larger than %u bytes", LIMIT_PAYLOAD_BYTES);
        engine_refuse_worker(e, &m->peer, NULL, &err);
        return;
    }
    json_t *value = json_loadb(payload.data, payload.size, JSON_REJECT_DUPLICATES, &where);
    if (value == NULL) {
        error_set(&err, ERROR_SYNTAX, "HELLO needs a JSON payload: %s", where.text);
    }
    if (value != NULL && read_services(value, &err)) {
        greet(e, m, header, value);
    } else {
        engine_refuse_worker(e, &m->peer, NULL, &err);
    }
    json_decref(value);
}

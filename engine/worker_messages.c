/* worker_messages.c - what workers say, and what they must hear
 *
 * Owns:    the engine's side of protocol §2: greeting, credit, results in the order of their
 *          serials, acknowledgements after the commit, heartbeats, and giving leases up.
 * In:      messages from the workers' socket; the sweep a few times a heartbeat.
 * Always:  a worker that lies hurts nobody else: only the holder of a lease (or, after a restart,
 *          whoever held it then) can bring a result in.
 */
#include "engine/worker_messages.h"
#include "base/log.h"
#include "base/must.h"
#include "engine/core/decide.h"
#include "engine/core/flow.h"
#include "engine/engine.h"
#include "wire/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define SWEEPS_PER_HEARTBEAT 4

static void send_error(struct engine *e, const struct peer *peer, const struct error *err)
{
    struct worker_message message = {.kind = WORKER_ERROR, .code = err->code};
    char header[LIMIT_HEADER_BYTES];
    size_t size = worker_encode(&message, header);
    json_t *value = json_object();
    /* a parser's sentence may quote bytes that are not UTF-8 */
    if (json_object_set_new(value, "text", json_string(err->text)) != 0) {
        json_object_set_new(value, "text", json_string("the payload is not UTF-8"));
    }
    char *text = json_dumps(value, JSON_COMPACT);

    server_send(e->server, SERVER_WORKERS, peer, (struct bytes){header, size}, bytes_of(text));
    free(text);
    json_decref(value);
}

void engine_refuse_worker(struct engine *e, const struct peer *peer, const struct session *session,
                          const struct error *err)
{
    e->stats.refused++;
    log_info("MR-WORKER-REFUSED", "worker=%s code=%s: %s", session ? session->name : "?",
             error_name(err->code), err->text);
    send_error(e, peer, err);
}

void engine_send_plain(struct engine *e, struct session *session, struct worker_message message)
{
    dispatch_send(&e->dispatch, session, &message, (struct bytes){NULL, 0}, e->mono_ms);
}

bool engine_is_open(struct engine *e, struct task_id id, uint32_t attempt, struct lease *ret_terms)
{
    struct store_txn *txn = e->in_turn ? e->turn.txn : NULL;
    bool open = false;

    if (txn == NULL && !store_begin_read(e->store, &txn, NULL)) {
        return false;
    }
    const struct instance *instance = turn_look(&e->turn, txn, id.instance);
    const struct task *task = instance ? instance_find_task(instance, id.seq) : NULL;
    if (task != NULL && task->state == TASK_READY && task->attempt == attempt) {
        *ret_terms = (struct lease){
            .instance = id.instance,
            .task = id.seq,
            .attempt = attempt,
            .service = dispatch_service(&e->dispatch, facets_service(instance, task, e->catalog)),
            .limit_ms = dispatch_limit_ms(&e->dispatch, instance, task),
            .ready_seq = task->ready_seq,
            .kept = instance->state == INSTANCE_SUSPENDED};
        open = ret_terms->service != NULL;
    }
    if (!e->in_turn) {
        store_abort(&txn);
    }
    return open;
}

/* --- giving up ----------------------------------------------------------------------------- */

/* The attempt is lost: the retry rule of the step decides about the next. */
static void give_up(struct engine *e, struct lease *lease, const char *type, const char *title,
                    const char *detail)
{
    struct error err;
    uint64_t instance = lease->instance;
    uint32_t task = lease->task;
    uint32_t attempt = lease->attempt;

    if (!engine_in_turn(e, &err)) {
        return; /* no room: it stays leased until there is */
    }
    log_info("MR-LEASE-LOST", "task=%llu.%u attempt=%u worker=%s: %s", (unsigned long long)instance,
             task, attempt, ((struct session *)lease->worker)->name, detail);
    struct world *world = turn_world(&e->turn);
    decide_failed(world, instance, task, attempt, flow_problem(world, type, title, detail), true,
                  &err);
}

/* Leases of a worker that left. The facets drop the outbox rows, and with them the leases end. */
static void give_up_all(struct engine *e, const struct session *session, const char *detail)
{
    size_t at = 0;

    for (struct lease *l = lease_next(&e->dispatch.leases, &at); l != NULL;
         l = lease_next(&e->dispatch.leases, &at)) {
        if (l->worker == session) {
            give_up(e, l, "worker-lost", "Работник системы пропал", detail);
        }
    }
}

static void settle(struct engine *e)
{
    struct error err;

    if (!engine_settle(e, &err)) {
        log_error("MR-COMMIT-FAILED", "%s", err.text);
        must(!"a commit that fails ends the process");
    }
}

/* An attempt that went on when its instance was suspended may have been cancelled or skipped since,
 * and then nobody waits for it. */
static void drop_unwanted(struct engine *e)
{
    struct leases *leases = &e->dispatch.leases;
    struct lease terms;
    size_t at = 0;

    for (struct lease *l = lease_next(leases, &at); l != NULL; l = lease_next(leases, &at)) {
        struct task_id id = {l->instance, l->task};
        if (l->kept && e->in_turn) {
            settle(e); /* nothing is told before the commit */
            at = 0;
        } else if (l->kept && !engine_is_open(e, id, l->attempt, &terms)) {
            dispatch_drop(&e->dispatch, l);
            at = 0; /* the table has changed: look again */
        }
    }
}

bool engine_forget_worker(struct engine *e, struct session *session, const char *detail)
{
    if (session->running > 0) {
        give_up_all(e, session, detail);
        settle(e);
        drop_unwanted(e);
        if (session->running > 0) {
            return false; /* no room to write it down: try again at the next sweep */
        }
    }
    log_info("MR-WORKER-GONE", "worker=%s: %s", session->name, detail);
    dispatch_withdraw(&e->dispatch, session);
    session_forget(&e->dispatch.sessions, session);
    return true;
}

/* --- results ------------------------------------------------------------------------------- */

static json_t *parse(struct bytes text)
{
    return text.size <= LIMIT_PAYLOAD_BYTES && wire_json_within(text, LIMIT_JSON_DEPTH)
               ? json_loadb(text.data, text.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL)
               : NULL;
}

/* The result as core takes it: what can't be taken becomes a failure that is not retried. */
static void decide_result(struct engine *e, const struct worker_message *m, struct bytes payload)
{
    struct world *world = turn_world(&e->turn);
    struct error err = ERROR_INIT;
    bool too_large = payload.size > LIMIT_PAYLOAD_BYTES;

    if (m->kind == WORKER_DONE && payload.size == 0) {
        payload = bytes_of("null");
    }
    json_t *value = parse(payload);
    bool good = value != NULL;
    if (m->kind == WORKER_DONE && good) {
        world->known = (struct known_json){payload, value}; /* the next step reads it */
        decide_done(world, m->task.instance, m->task.seq, m->attempt, payload, &err);
    } else if (m->kind == WORKER_FAIL) {
        decide_failed(world, m->task.instance, m->task.seq, m->attempt,
                      good && payload.size > 0
                          ? payload
                          : flow_problem(world, "failed", "Работник сообщил об ошибке",
                                         "the worker gave no readable reason"),
                      m->retry, &err);
    } else {
        decide_failed(
            world, m->task.instance, m->task.seq, m->attempt,
            flow_problem(world, too_large ? "result-too-large" : "result-not-json",
                         too_large ? "Результат слишком велик" : "Результат не является JSON",
                         too_large ? N_("the result is too large") : N_("the result is not JSON")),
            false, &err);
    }
    world->known = (struct known_json){{NULL, 0}, NULL};
    json_decref(value);
    if (err.code != ERROR_NONE) {
        e->stats.stale++;
        log_debug("MR-RESULT-STALE", "task=%llu.%u attempt=%u",
                  (unsigned long long)m->task.instance, m->task.seq, m->attempt);
    }
}

/* May this session speak for the attempt? The holder of its lease may; without a lease only an
 * attempt that a former run of the engine may have given out, by a worker of that service. */
static bool may_report(struct engine *e, const struct session *session,
                       const struct worker_message *m)
{
    const struct lease *lease = lease_find(&e->dispatch.leases, m->task.instance, m->task.seq);
    struct lease terms;

    if (lease != NULL) {
        return lease->worker == session;
    }
    return engine_is_open(e, m->task, m->attempt, &terms) &&
           dispatch_may_claim(&e->dispatch, session, &terms);
}

static void result(struct engine *e, struct session *session, const struct message *message,
                   const struct worker_message *m)
{
    struct error err;

    if (m->serial != session->serial_taken + 1) {
        return; /* taken already (the next ACK says so), or one before it was refused */
    }
    if (!engine_in_turn(e, &err)) {
        if (!session->held) {
            engine_refuse_worker(e, &message->peer, session, &err);
        }
        session->held = true;
        e->held = true;
        return;
    }
    session->serial_taken++;
    e->stats.results++;
    if (may_report(e, session, m)) {
        decide_result(e, m, message_payload(message));
        struct lease *lease = lease_find(&e->dispatch.leases, m->task.instance, m->task.seq);
        if (lease != NULL && lease->attempt == m->attempt) {
            dispatch_end_lease(&e->dispatch, lease);
        }
    } else {
        e->stats.stale++;
        log_info("MR-RESULT-FOREIGN", "worker=%s task=%llu.%u attempt=%u: not this worker's",
                 session->name, (unsigned long long)m->task.instance, m->task.seq, m->attempt);
    }
}

void engine_acknowledge(struct engine *e)
{
    for (uint32_t i = 0; i < e->dispatch.sessions.count; i++) {
        struct session *session = e->dispatch.sessions.all[i];
        if (session->serial_acked != session->serial_taken) {
            session->serial_acked = session->serial_taken;
            engine_send_plain(
                e, session,
                (struct worker_message){.kind = WORKER_ACK, .serial = session->serial_taken});
        }
    }
}

void engine_welcome_held(struct engine *e)
{
    for (uint32_t i = 0; i < e->dispatch.sessions.count; i++) {
        struct session *session = e->dispatch.sessions.all[i];
        if (session->held) {
            session->held = false;
            engine_send_plain(e, session,
                              (struct worker_message){.kind = WORKER_WELCOME,
                                                      .heartbeat_ms = e->config->heartbeat_ms});
        }
    }
}

/* For SHOW and WHY, while the attempt lasts; of nobody else's attempt, and only JSON. */
static void progress(struct engine *e, const struct session *session, const struct message *message,
                     const struct worker_message *m)
{
    struct lease *lease = lease_find(&e->dispatch.leases, m->task.instance, m->task.seq);
    struct bytes json = message_payload(message);

    if (lease != NULL && lease->worker == session && lease->attempt == m->attempt &&
        json.size <= LEASE_PROGRESS_BYTES) {
        json_t *value = parse(json);
        if (value != NULL) {
            lease_progress(lease, json);
        }
        json_decref(value);
    }
}

/* --- the table of messages ----------------------------------------------------------------- */

static void in_session(struct engine *e, struct session *session, const struct message *message,
                       const struct worker_message *m)
{
    struct error err;

    session->heard_ms = e->mono_ms;
    switch (m->kind) {
    case WORKER_CREDIT:
        session->credit += m->credit;
        session->credit = session->credit > LIMIT_CREDIT ? LIMIT_CREDIT : session->credit;
        break;
    case WORKER_DONE:
    case WORKER_FAIL:
        result(e, session, message, m);
        break;
    case WORKER_PROGRESS:
        progress(e, session, message, m);
        break;
    case WORKER_HEARTBEAT:
        break;
    case WORKER_BYE:
        engine_forget_worker(e, session, "it said BYE");
        break;
    default:
        error_set(&err, ERROR_SYNTAX, "%s is not for the engine", worker_kind_name(m->kind));
        engine_refuse_worker(e, &message->peer, session, &err);
    }
}

void engine_worker_message(struct engine *e, const struct message *message)
{
    struct session *session = session_find(&e->dispatch.sessions, &message->peer);
    struct worker_message m;
    struct error err = ERROR_INIT;

    if (message->frames > (int)LIMIT_FRAMES) {
        error_set(&err, ERROR_TOO_LARGE, "a message has at most two frames");
    } else if (message->frames < 1 || message->frames > 2) {
        error_set(&err, ERROR_SYNTAX, "a message is a header and at most one payload");
    }
    if (err.code != ERROR_NONE || !worker_decode(message_header(message), &m, &err)) {
        engine_refuse_worker(e, &message->peer, session, &err);
    } else if (m.kind == WORKER_HELLO) {
        engine_hello(e, message, &m);
    } else if (session != NULL) {
        in_session(e, session, message, &m);
    } else if (m.kind != WORKER_BYE) {
        error_set(&err, ERROR_REFUSED, "no session on this connection: say HELLO first");
        engine_refuse_worker(e, &message->peer, NULL, &err);
    }
}

/* --- now and then -------------------------------------------------------------------------- */

static void sweep_leases(struct engine *e)
{
    size_t at = 0;

    for (struct lease *l = lease_next(&e->dispatch.leases, &at); l != NULL;
         l = lease_next(&e->dispatch.leases, &at)) {
        switch (lease_check(l, e->mono_ms)) {
        case LEASE_OVER_LIMIT:
            give_up(e, l, "timeout", "Превышено время выполнения",
                    "the attempt took longer than its time limit");
            break;
        case LEASE_FORGOTTEN:
            give_up(e, l, "worker-lost", "Работник системы пропал",
                    "the worker came back without this task");
            break;
        case LEASE_HOLDS:
            break;
        }
    }
}

void engine_sweep(struct engine *e)
{
    struct sessions *sessions = &e->dispatch.sessions;
    int64_t heartbeat_ms = e->config->heartbeat_ms;

    drop_unwanted(e);
    sweep_leases(e);
    for (uint32_t i = sessions->count; i-- > 0;) {
        struct session *session = sessions->all[i];
        if (e->mono_ms - session->heard_ms >= 3 * heartbeat_ms) {
            engine_forget_worker(e, session, "no sign of life for three heartbeats");
        } else if (e->mono_ms - session->sent_ms >= heartbeat_ms) {
            engine_send_plain(e, session, (struct worker_message){.kind = WORKER_HEARTBEAT});
        }
    }
    e->sweep_ms = e->mono_ms + heartbeat_ms / SWEEPS_PER_HEARTBEAT;
}

/* worker.h - the worker protocol MW1: header frames <-> structs, no sockets
 *
 * A message is a header frame (printable ASCII words, one space between) and, for some kinds, one
 * payload frame (JSON text, UTF-8). docs/protocol.md §2 is the specification.
 */
#ifndef WIRE_WORKER_H
#define WIRE_WORKER_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/limits.h"

enum worker_kind {
    /* worker -> engine */
    WORKER_HELLO,    /* name, credit; payload {"services":["…"],"running":["17.2/1"]} */
    WORKER_CREDIT,   /* credit: that many more tasks may be sent */
    WORKER_PROGRESS, /* task, attempt; payload: anything, shown to operators, not kept */
    WORKER_DONE,     /* serial, task, attempt; payload: the output */
    WORKER_FAIL,     /* serial, task, attempt, retry; payload: problem details (RFC 7807) */
    /* engine -> worker */
    WORKER_WELCOME, /* heartbeat_ms: answer to HELLO; also "send again what I did not ACK" */
    WORKER_TASK,    /* task, attempt, service, limit_ms; payload: the input */
    WORKER_DROP,    /* task, attempt: nobody waits for this any more */
    WORKER_ACK,     /* serial: every DONE and FAIL up to this one is durable, forget them */
    WORKER_ERROR,   /* code; payload {"text":"…"}: your last message was refused */
    /* both ways */
    WORKER_HEARTBEAT,
    WORKER_BYE,
    WORKER_KIND_COUNT
};

/* A task is named INSTANCE.SEQ in text, "17.2". */
struct task_id {
    uint64_t instance;
    uint32_t seq;
};

#define WORKER_WORD_MAX         (LIMIT_NAME_BYTES + 1)
#define WORKER_HEARTBEAT_MS_MAX 600000u /* who dies is missed within half an hour */
#define TASK_ID_TEXT_MAX        32

struct worker_message {
    enum worker_kind kind;
    struct task_id task;
    uint32_t attempt;           /* 1… */
    uint64_t serial;            /* 1…, of results in one worker session */
    uint32_t credit;            /* HELLO: 0..LIMIT_CREDIT, CREDIT: 1..LIMIT_CREDIT */
    uint32_t heartbeat_ms;      /* 1..WORKER_HEARTBEAT_MS_MAX */
    uint32_t limit_ms;          /* time limit of the attempt, 0 = none */
    bool retry;                 /* FAIL: trying again may help */
    enum error_code code;       /* ERROR */
    char name[WORKER_WORD_MAX]; /* HELLO: the worker; TASK: the service */
};

/* Does this kind carry a payload frame? */
bool worker_has_payload(enum worker_kind kind);

/* "HELLO" … ; never NULL for a valid kind. */
const char *worker_kind_name(enum worker_kind kind);

/* Decode a header frame. ERROR_SYNTAX (with the column) for what is not MW1, ERROR_UNSUPPORTED for
 * another version, ERROR_TOO_LARGE beyond a limit. */
bool worker_decode(struct bytes header, struct worker_message *ret_message, struct error *err);

/* Encode into buf, return the length. The message must be valid (must()). */
size_t worker_encode(const struct worker_message *message, char buf[LIMIT_HEADER_BYTES]);

/* A word as the protocol allows it in names: 1..LIMIT_NAME_BYTES of [A-Za-z0-9._:/-]. */
bool wire_name_valid(struct bytes name);

/* "17.2" <-> struct. Parsing is strict: no sign, no leading zero, no blank. */
bool task_id_parse(struct bytes text, struct task_id *ret_id);
void task_id_print(struct task_id id, char buf[TASK_ID_TEXT_MAX]);

#endif

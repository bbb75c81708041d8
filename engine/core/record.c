/* record.c - names and bytes of journal records (docs/storage.md §2.3) */
#include "engine/core/record.h"

static const char *const names[RECORD_KIND_COUNT] = {
    [0] = "?",
    [RECORD_STARTED] = "instance.started",
    [RECORD_COMPLETED] = "instance.completed",
    [RECORD_CANCELLED] = "instance.cancelled",
    [RECORD_SUSPENDED] = "instance.suspended",
    [RECORD_RESUMED] = "instance.resumed",
    [RECORD_CHILD_STARTED] = "child.started",
    [RECORD_CHILD_CLOSED] = "child.closed",
    [RECORD_DATA_SET] = "data.set",
    [RECORD_TASK_OPENED] = "task.opened",
    [RECORD_TASK_DONE] = "task.done",
    [RECORD_TASK_FAILED] = "task.failed",
    [RECORD_TASK_READY] = "task.ready",
    [RECORD_TASK_INCIDENT] = "task.incident",
    [RECORD_TASK_SKIPPED] = "task.skipped",
    [RECORD_TASK_INPUT] = "task.input",
    [RECORD_ASSIGNMENT_SET] = "assignment.set",
    [RECORD_ASSIGNMENT_STEP] = "assignment.step",
    [RECORD_ASSIGNMENT_REPORTED] = "assignment.reported",
    [RECORD_ASSIGNMENT_ACCEPTED] = "assignment.accepted",
    [RECORD_ASSIGNMENT_RETURNED] = "assignment.returned",
    [RECORD_ASSIGNMENT_WITHDRAWN] = "assignment.withdrawn",
    [RECORD_DEPLOYED] = "definition.deployed",
    [RECORD_EVENT] = "event.received",
};

const char *record_kind_name(enum record_kind kind)
{
    return (unsigned)kind < RECORD_KIND_COUNT ? names[kind] : "?";
}

/* Most fields of most records are zero: a bit each says which ones follow. */
enum {
    HAS_TASK = 1 << 0,
    HAS_ATTEMPT = 1 << 1,
    HAS_AT = 1 << 2,
    HAS_NUMBER = 1 << 3,
    HAS_OTHER = 1 << 4,
    HAS_TEXT = 1 << 5,
    HAS_DATA = 1 << 6,
};

static unsigned present(const struct record *r)
{
    return (r->task ? HAS_TASK : 0u) | (r->attempt ? HAS_ATTEMPT : 0u) | (r->at_ms ? HAS_AT : 0u) |
           (r->number ? HAS_NUMBER : 0u) | (r->other ? HAS_OTHER : 0u) |
           (r->text.size ? HAS_TEXT : 0u) | (r->data.size ? HAS_DATA : 0u);
}

void record_pack(const struct record *r, struct buffer *out)
{
    unsigned has = present(r);

    pack_u8(out, r->kind);
    pack_u8(out, has);
    pack_uint(out, r->instance);
    pack_uint(out, r->before);
    if (has & HAS_TASK) {
        pack_uint(out, r->task);
    }
    if (has & HAS_ATTEMPT) {
        pack_uint(out, r->attempt);
    }
    if (has & HAS_AT) {
        pack_int(out, r->at_ms);
    }
    if (has & HAS_NUMBER) {
        pack_int(out, r->number);
    }
    if (has & HAS_OTHER) {
        pack_uint(out, r->other);
    }
    if (has & HAS_TEXT) {
        pack_bytes(out, r->text);
    }
    if (has & HAS_DATA) {
        pack_bytes(out, r->data);
    }
}

bool record_unpack(struct cursor *c, struct record *ret_record)
{
    struct record r = {.kind = unpack_u8(c)};
    unsigned has = unpack_u8(c);

    r.instance = unpack_uint(c);
    r.before = unpack_uint(c);
    r.task = has & HAS_TASK ? (uint32_t)unpack_uint(c) : 0;
    r.attempt = has & HAS_ATTEMPT ? (uint32_t)unpack_uint(c) : 0;
    r.at_ms = has & HAS_AT ? unpack_int(c) : 0;
    r.number = has & HAS_NUMBER ? unpack_int(c) : 0;
    r.other = has & HAS_OTHER ? unpack_uint(c) : 0;
    r.text = has & HAS_TEXT ? unpack_bytes(c) : (struct bytes){NULL, 0};
    r.data = has & HAS_DATA ? unpack_bytes(c) : (struct bytes){NULL, 0};
    if (c->bad || r.kind == 0 || r.kind >= RECORD_KIND_COUNT) {
        return false;
    }
    *ret_record = r;
    return true;
}

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
    [RECORD_FAULTED] = "instance.faulted",
    [RECORD_CONTEXT_SET] = "context.set",
    [RECORD_STEP_PASSED] = "step.passed",
    [RECORD_MIGRATED] = "instance.migrated",
    [RECORD_TASK_FAULTED] = "task.faulted",
    [RECORD_TASK_CANCELLED] = "task.cancelled",
    [RECORD_TASK_CAUGHT] = "task.caught",
    [RECORD_TASK_AGAIN] = "task.again",
    [RECORD_TASK_EVENT] = "task.event",
    [RECORD_TASK_JOINED] = "task.joined",
    [RECORD_TASK_CHILD] = "task.child",
    [RECORD_REMOVED] = "definition.removed",
    [RECORD_ROUTED] = "event.routed",
    [RECORD_ASSIGNMENT_GIVEN] = "assignment.given",
    [RECORD_ASSIGNMENT_PART] = "assignment.part",
    [RECORD_ASSIGNMENT_ASKED] = "assignment.asked",
    [RECORD_ASSIGNMENT_REFUSED] = "assignment.refused",
    [RECORD_ASSIGNMENT_TERM] = "assignment.term",
    [RECORD_ASSIGNMENT_LADDER] = "assignment.ladder",
    [RECORD_ASSIGNMENT_PAUSED] = "assignment.paused",
    [RECORD_ASSIGNMENT_RESUMED] = "assignment.resumed",
    [RECORD_ASSIGNMENT_REASSIGNED] = "assignment.reassigned",
    [RECORD_ASSIGNMENT_DELEGATED] = "assignment.delegated",
    [RECORD_ASSIGNMENT_TAKEN_BACK] = "assignment.taken-back",
    [RECORD_ASSIGNMENT_HANDED] = "assignment.handed",
    [RECORD_ASSIGNMENT_NOTICED] = "assignment.noticed",
    [RECORD_LETTER_ENTRY] = "letter.entry",
    [RECORD_ASSIGNMENT_COMMENTED] = "assignment.commented",
};

const char *record_kind_name(enum record_kind kind)
{
    return (unsigned)kind < RECORD_KIND_COUNT ? names[kind] : "?";
}

bool record_is_of_assignment(enum record_kind kind)
{
    return (kind >= RECORD_ASSIGNMENT_SET && kind <= RECORD_ASSIGNMENT_WITHDRAWN) ||
           (kind >= RECORD_ASSIGNMENT_GIVEN && kind <= RECORD_ASSIGNMENT_NOTICED) ||
           kind == RECORD_ASSIGNMENT_COMMENTED;
}

/* Most fields of most records are zero: a bit each says which ones follow; the rare ones have a
 * second byte of bits. */
enum {
    HAS_TASK = 1 << 0,
    HAS_ATTEMPT = 1 << 1,
    HAS_AT = 1 << 2,
    HAS_NUMBER = 1 << 3,
    HAS_OTHER = 1 << 4,
    HAS_TEXT = 1 << 5,
    HAS_DATA = 1 << 6,
    HAS_MORE = 1 << 7,
};

enum {
    MORE_PARENT = 1 << 0,
    MORE_INDEX = 1 << 1,
    MORE_LIMIT = 1 << 2,
    MORE_EXTRA = 1 << 3,
    MORE_BY = 1 << 4,
    MORE_ALL = (1 << 5) - 1,
};

static unsigned more(const struct record *r)
{
    return (r->parent ? MORE_PARENT : 0u) | (r->index ? MORE_INDEX : 0u) |
           (r->limit_ms ? MORE_LIMIT : 0u) | (r->extra.size ? MORE_EXTRA : 0u) |
           (r->by.size ? MORE_BY : 0u);
}

static unsigned present(const struct record *r)
{
    return (r->task ? HAS_TASK : 0u) | (r->attempt ? HAS_ATTEMPT : 0u) | (r->at_ms ? HAS_AT : 0u) |
           (r->number ? HAS_NUMBER : 0u) | (r->other ? HAS_OTHER : 0u) |
           (r->text.size ? HAS_TEXT : 0u) | (r->data.size ? HAS_DATA : 0u) |
           (more(r) ? HAS_MORE : 0u);
}

static void pack_more(const struct record *r, struct buffer *out)
{
    unsigned has = more(r);

    pack_u8(out, has);
    if (has & MORE_PARENT) {
        pack_uint(out, r->parent);
    }
    if (has & MORE_INDEX) {
        pack_uint(out, r->index);
    }
    if (has & MORE_LIMIT) {
        pack_int(out, r->limit_ms);
    }
    if (has & MORE_EXTRA) {
        pack_bytes(out, r->extra);
    }
    if (has & MORE_BY) {
        pack_bytes(out, r->by);
    }
}

/* A field that this program does not know: what follows can't be read. */
static void unpack_more(struct cursor *c, struct record *r)
{
    unsigned has = unpack_u8(c);

    r->parent = has & MORE_PARENT ? (uint32_t)unpack_uint(c) : 0;
    r->index = has & MORE_INDEX ? (uint32_t)unpack_uint(c) : 0;
    r->limit_ms = has & MORE_LIMIT ? unpack_int(c) : 0;
    r->extra = has & MORE_EXTRA ? unpack_bytes(c) : (struct bytes){NULL, 0};
    r->by = has & MORE_BY ? unpack_bytes(c) : (struct bytes){NULL, 0};
    c->bad = c->bad || has > MORE_ALL;
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
    if (has & HAS_MORE) {
        pack_more(r, out);
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
    if (has & HAS_MORE) {
        unpack_more(c, &r);
    }
    if (c->bad || r.kind == 0 || r.kind >= RECORD_KIND_COUNT) {
        return false;
    }
    *ret_record = r;
    return true;
}

/* instance.c - names of states, and the compact record of an instance
 *
 * Owns:    the bytes of an instance record (docs/storage.md §2.2) and of a packed assignment.
 * In:      instance_encode() at the end of a turn, instance_decode() when a turn touches it.
 * Always:  decode (encode (x)) is x; a record that is cut or changed is refused, never guessed.
 */
#include "engine/core/instance.h"

#include "base/limits.h"
#include "base/must.h"

#include <string.h>

static const char *const instance_states[] = {"?", "running", "suspended", "completed",
                                              "cancelled"};
static const char *const task_kinds[] = {"?", "call", "assignment", "wait", "listen", "notice"};
static const char *const task_states[] = {"?", "ready", "backoff", "waiting", "incident", "closed"};
static const char *const assignment_states[] = {"?",        "planned",  "open",
                                                "reported", "accepted", "withdrawn"};
static const char *const phases[] = {"?",     "planned", "open",    "soon",
                                     "today", "overdue", "critical"};
static const char *const letters[] = {"none",    "opened",    "reminder", "today",
                                      "overdue", "escalated", "returned"};

#define NAME(table, i) ((unsigned)(i) < sizeof(table) / sizeof(table)[0] ? (table)[i] : "?")

const char *instance_state_name(enum instance_state state)
{
    return NAME(instance_states, state);
}

const char *task_kind_name(enum task_kind kind)
{
    return NAME(task_kinds, kind);
}

const char *task_state_name(enum task_state state)
{
    return NAME(task_states, state);
}

const char *assignment_state_name(enum assignment_state state)
{
    return NAME(assignment_states, state);
}

const char *phase_name(enum phase phase)
{
    return NAME(phases, phase);
}

const char *letter_name(enum letter letter)
{
    return NAME(letters, letter);
}

struct instance *instance_create(struct arena *arena, uint64_t id)
{
    struct instance *instance = arena_alloc(arena, sizeof *instance);

    instance->id = id;
    instance->next_task = 1;
    instance->arena = arena;
    return instance;
}

struct task *instance_find_task(const struct instance *instance, uint32_t seq)
{
    for (uint32_t i = 0; i < instance->task_count; i++) {
        if (instance->tasks[i].seq == seq) {
            return &instance->tasks[i];
        }
    }
    return NULL;
}

struct bytes task_input(const struct instance *instance, const struct task *task)
{
    if (task->input.size > 0) {
        return task->input;
    }
    return instance->data.size > 0 ? instance->data : bytes_of("{}");
}

/* --- packing ------------------------------------------------------------------------------- */

static void encode_steps(const struct assignment *a, struct buffer *out)
{
    int64_t before_ms = 0;

    pack_uint(out, a->step_count);
    for (uint32_t i = 0; i < a->step_count; i++) {
        const struct ladder_step *s = &a->steps[i];
        pack_int(out, s->at_ms - before_ms);
        before_ms = s->at_ms;
        pack_u8(out, s->phase);
        pack_u8(out, s->letter);
        pack_u8(out, s->levels);
        pack_int(out, s->offset_days);
    }
}

void assignment_encode(const struct assignment *a, struct buffer *out)
{
    pack_u8(out, a->state);
    pack_u8(out, a->phase);
    pack_int(out, a->from);
    pack_int(out, a->to);
    pack_uint(out, a->people_count);
    for (uint32_t i = 0; i < a->people_count; i++) {
        pack_bytes(out, a->people[i]);
    }
    pack_bytes(out, a->controller);
    encode_steps(a, out);
    pack_uint(out, a->next_step);
    pack_uint(out, a->returns);
    pack_int(out, a->reported);
    pack_bytes(out, a->report);
    pack_bytes(out, a->reporter);
}

static void encode_task(const struct task *t, struct buffer *out)
{
    pack_uint(out, t->seq);
    pack_uint(out, t->step);
    pack_u8(out, t->kind);
    pack_u8(out, t->state);
    pack_uint(out, t->attempt);
    pack_uint(out, t->tries);
    pack_int(out, t->at_ms);
    pack_int(out, t->since_ms);
    pack_uint(out, t->ready_seq);
    pack_bytes(out, t->input);
    pack_bytes(out, t->text);
    pack_bytes(out, t->problem);
    if (t->kind == TASK_ASSIGNMENT) {
        pack_u8(out, t->assignment != NULL);
        if (t->assignment != NULL) {
            assignment_encode(t->assignment, out);
        }
    }
}

void instance_encode(const struct instance *i, struct buffer *out)
{
    pack_u8(out, INSTANCE_FORMAT);
    pack_u8(out, i->state);
    pack_u8(out, i->priority);
    pack_uint(out, i->definition);
    pack_uint(out, i->parent);
    pack_uint(out, i->next_task);
    pack_uint(out, i->children_open);
    pack_int(out, i->created_ms);
    pack_int(out, i->changed_ms - i->created_ms);
    pack_uint(out, i->journal);
    pack_bytes(out, i->key);
    pack_bytes(out, i->data);
    pack_uint(out, i->task_count);
    for (uint32_t n = 0; n < i->task_count; n++) {
        encode_task(&i->tasks[n], out);
    }
}

/* --- unpacking ----------------------------------------------------------------------------- */

/* A count of things that take at least a byte each: more than the bytes left is damage. */
static uint32_t unpack_count(struct cursor *c)
{
    uint64_t n = unpack_uint(c);

    if (n > (uint64_t)(c->end - c->at)) {
        c->bad = true;
        return 0;
    }
    return (uint32_t)n;
}

static struct bytes unpack_copy(struct arena *arena, struct cursor *c)
{
    return arena_copy(arena, unpack_bytes(c));
}

static unsigned unpack_enum(struct cursor *c, unsigned count)
{
    unsigned v = unpack_u8(c);

    c->bad = c->bad || v == 0 || v >= count;
    return v;
}

static void decode_steps(struct arena *arena, struct cursor *c, struct assignment *a)
{
    int64_t at_ms = 0;

    a->step_count = unpack_count(c);
    a->steps = arena_alloc(arena, a->step_count * sizeof *a->steps);
    for (uint32_t i = 0; i < a->step_count; i++) {
        struct ladder_step *s = &a->steps[i];
        at_ms += unpack_int(c);
        s->at_ms = at_ms;
        s->phase = unpack_u8(c);
        s->letter = (uint8_t)unpack_u8(c);
        s->levels = (uint8_t)unpack_u8(c);
        s->offset_days = (int16_t)unpack_int(c);
        c->bad = c->bad || s->phase >= PHASE_COUNT || s->letter >= LETTER_COUNT;
    }
}

struct assignment *assignment_decode(struct arena *arena, struct cursor *c)
{
    struct assignment *a = arena_alloc(arena, sizeof *a);

    a->state = unpack_enum(c, ASSIGNMENT_STATE_COUNT);
    a->phase = unpack_enum(c, PHASE_COUNT);
    a->from = (civil_day)unpack_int(c);
    a->to = (civil_day)unpack_int(c);
    a->people_count = unpack_count(c);
    a->people = arena_alloc(arena, a->people_count * sizeof *a->people);
    for (uint32_t i = 0; i < a->people_count; i++) {
        a->people[i] = unpack_copy(arena, c);
    }
    a->controller = unpack_copy(arena, c);
    decode_steps(arena, c, a);
    a->next_step = (uint32_t)unpack_uint(c);
    a->returns = (uint32_t)unpack_uint(c);
    a->reported = (civil_day)unpack_int(c);
    a->report = unpack_copy(arena, c);
    a->reporter = unpack_copy(arena, c);
    bool sane = !c->bad && a->next_step <= a->step_count && a->people_count > 0;
    return sane ? a : NULL;
}

static void decode_task(struct arena *arena, struct cursor *c, struct task *t)
{
    t->seq = (uint32_t)unpack_uint(c);
    t->step = (uint32_t)unpack_uint(c);
    t->kind = unpack_enum(c, TASK_KIND_COUNT);
    t->state = unpack_enum(c, TASK_STATE_COUNT);
    t->attempt = (uint32_t)unpack_uint(c);
    t->tries = (uint32_t)unpack_uint(c);
    t->at_ms = unpack_int(c);
    t->since_ms = unpack_int(c);
    t->ready_seq = unpack_uint(c);
    t->input = unpack_copy(arena, c);
    t->text = unpack_copy(arena, c);
    t->problem = unpack_copy(arena, c);
    if (t->kind == TASK_ASSIGNMENT && unpack_u8(c) != 0) {
        t->assignment = assignment_decode(arena, c);
        c->bad = c->bad || t->assignment == NULL;
    }
}

static void decode_fields(struct instance *i, struct cursor *c)
{
    i->state = unpack_enum(c, INSTANCE_STATE_COUNT);
    i->priority = (uint8_t)unpack_u8(c);
    i->definition = (uint32_t)unpack_uint(c);
    i->parent = unpack_uint(c);
    i->next_task = (uint32_t)unpack_uint(c);
    i->children_open = (uint32_t)unpack_uint(c);
    i->created_ms = unpack_int(c);
    i->changed_ms = i->created_ms + unpack_int(c);
    i->journal = unpack_uint(c);
    i->key = unpack_copy(i->arena, c);
    i->data = unpack_copy(i->arena, c);
    i->task_count = unpack_count(c);
    i->task_room = i->task_count;
    i->tasks = arena_alloc(i->arena, i->task_count * sizeof *i->tasks);
    for (uint32_t n = 0; n < i->task_count && !c->bad; n++) {
        decode_task(i->arena, c, &i->tasks[n]);
    }
}

bool instance_decode(struct arena *arena, uint64_t id, struct bytes record,
                     struct instance **ret_instance, struct error *err)
{
    struct cursor c = cursor_of(record);
    unsigned format = unpack_u8(&c);

    if (format != INSTANCE_FORMAT) {
        return error_set(err, ERROR_FORMAT,
                         "the record of instance %llu has format %u; this program reads %d",
                         (unsigned long long)id, format, INSTANCE_FORMAT);
    }
    struct instance *instance = instance_create(arena, id);
    decode_fields(instance, &c);
    if (!cursor_done(&c)) {
        return error_set(err, ERROR_STORE, "the record of instance %llu is damaged",
                         (unsigned long long)id);
    }
    *ret_instance = instance;
    return true;
}

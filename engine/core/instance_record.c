/* instance_record.c - the bytes of an instance
 *
 * Owns:    the compact record (docs/storage.md §2.2); assignments in it: assignment_record.c.
 * In:      instance_encode() at the end of a turn, instance_decode() when a turn touches it.
 * Always:  decode (encode (x)) is x; a record that is cut or changed is refused, never guessed.
 *          Records of formats 1 and 2 are read and written back as format 3.
 */
#include "engine/core/instance.h"

#include "base/limits.h"
#include "base/must.h"

/* --- packing ------------------------------------------------------------------------------- */

static void encode_entries(const struct entry *entries, uint32_t count, struct buffer *out)
{
    pack_uint(out, count);
    for (uint32_t i = 0; i < count; i++) {
        pack_uint(out, entries[i].index);
        pack_bytes(out, entries[i].value);
    }
}

static void encode_scope(const struct scope *s, struct buffer *out)
{
    pack_int(out, s->opened_ms);
    pack_int(out, s->attempt_limit_ms);
    pack_u8(out, s->stage);
    pack_uint(out, s->next_index);
    pack_uint(out, s->child);
    pack_bytes(out, s->data);
    pack_bytes(out, s->keys);
    encode_entries(s->results, s->result_count, out);
    encode_entries(s->events, s->event_count, out);
}

/* What most tasks do not have: a bit each says which of it follows. */
enum { RARE_PARENT = 1, RARE_INDEX = 2, RARE_LIMIT = 4, RARE_GIVEN = 8, RARE_SCOPE = 16 };

static void encode_rare(const struct task *t, struct buffer *out)
{
    unsigned has = (t->parent ? RARE_PARENT : 0u) | (t->index ? RARE_INDEX : 0u) |
                   (t->limit_ms ? RARE_LIMIT : 0u) | (t->given.size ? RARE_GIVEN : 0u) |
                   (t->scope ? RARE_SCOPE : 0u);

    pack_u8(out, has);
    if (has & RARE_PARENT) {
        pack_uint(out, t->parent);
    }
    if (has & RARE_INDEX) {
        pack_uint(out, t->index);
    }
    if (has & RARE_LIMIT) {
        pack_int(out, t->limit_ms);
    }
    if (has & RARE_GIVEN) {
        pack_bytes(out, t->given);
    }
    if (has & RARE_SCOPE) {
        encode_scope(t->scope, out);
    }
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
    encode_rare(t, out);
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
    pack_bytes(out, i->context);
    pack_bytes(out, i->input);
    pack_bytes(out, i->problem);
    pack_uint(out, i->parent_task);
    pack_uint(out, i->task_count);
    for (uint32_t n = 0; n < i->task_count; n++) {
        encode_task(&i->tasks[n], out);
    }
}

/* --- unpacking ----------------------------------------------------------------------------- */

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

static struct entry *decode_entries(struct arena *arena, struct cursor *c, uint32_t *ret_count)
{
    *ret_count = unpack_count(c);
    struct entry *entries = arena_alloc(arena, entry_room(*ret_count) * sizeof *entries);
    for (uint32_t i = 0; i < *ret_count; i++) {
        entries[i].index = (uint32_t)unpack_uint(c);
        entries[i].value = unpack_copy(arena, c);
    }
    return entries;
}

static struct scope *decode_scope(struct arena *arena, struct cursor *c)
{
    struct scope *s = arena_alloc(arena, sizeof *s);

    s->opened_ms = unpack_int(c);
    s->attempt_limit_ms = unpack_int(c);
    s->stage = (uint8_t)unpack_u8(c);
    s->next_index = (uint32_t)unpack_uint(c);
    s->child = unpack_uint(c);
    s->data = unpack_copy(arena, c);
    s->keys = unpack_copy(arena, c);
    s->results = decode_entries(arena, c, &s->result_count);
    s->events = decode_entries(arena, c, &s->event_count);
    return s;
}

static void decode_rare(struct arena *arena, struct cursor *c, struct task *t)
{
    unsigned has = unpack_u8(c);

    t->parent = has & RARE_PARENT ? (uint32_t)unpack_uint(c) : 0;
    t->index = has & RARE_INDEX ? (uint32_t)unpack_uint(c) : 0;
    t->limit_ms = has & RARE_LIMIT ? unpack_int(c) : 0;
    if (has & RARE_GIVEN) {
        t->given = unpack_copy(arena, c);
    }
    if (has & RARE_SCOPE) {
        t->scope = decode_scope(arena, c);
    }
    c->bad = c->bad || (task_kind_is_scope(t->kind) && t->scope == NULL);
}

static void decode_task(struct arena *arena, struct cursor *c, unsigned format, struct task *t)
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
        t->assignment = format == INSTANCE_FORMAT ? assignment_decode(arena, c)
                                                  : assignment_decode_old(arena, c);
        c->bad = c->bad || t->assignment == NULL;
    }
    if (format != INSTANCE_FORMAT_FLAT) {
        decode_rare(arena, c, t);
    }
}

/* Scopes, a listen that gathers, an assignment that was delegated (which is given in a record of
 * its own, after its task was opened). */
static bool may_hold(const struct task *parent, const struct task *task)
{
    bool gathers = parent->kind == TASK_LISTEN && parent->scope != NULL;
    bool delegated = parent->assignment != NULL && task->kind == TASK_ASSIGNMENT &&
                     (task->assignment == NULL || task->assignment->parent == parent->seq);

    return gathers || delegated || task_kind_is_scope(parent->kind);
}

/* A task runs in one that is there and may hold it, and stands before it in the list: the list is
 * in the order of opening. So nothing runs in itself. */
static bool scopes_sane(const struct instance *i)
{
    for (uint32_t n = 0; n < i->task_count; n++) {
        const struct task *t = &i->tasks[n];
        const struct task *parent = t->parent ? instance_find_task(i, t->parent) : NULL;
        if (t->parent != 0 && (parent == NULL || parent >= t || !may_hold(parent, t))) {
            return false;
        }
    }
    return true;
}

static void decode_fields(struct instance *i, unsigned format, struct cursor *c)
{
    i->state = unpack_enum(c, INSTANCE_STATE_COUNT);
    i->priority = (uint8_t)unpack_u8(c);
    i->definition = (uint32_t)unpack_uint(c);
    i->parent = unpack_uint(c);
    i->next_task = (uint32_t)unpack_uint(c);
    i->children_open = (uint32_t)unpack_uint(c);
    i->created_ms = unpack_int(c);
    i->changed_ms = (int64_t)((uint64_t)i->created_ms + (uint64_t)unpack_int(c)); /* noise wraps */
    i->journal = unpack_uint(c);
    i->key = unpack_copy(i->arena, c);
    i->data = unpack_copy(i->arena, c);
    if (format != INSTANCE_FORMAT_FLAT) {
        i->context = unpack_copy(i->arena, c);
        i->input = unpack_copy(i->arena, c);
        i->problem = unpack_copy(i->arena, c);
        i->parent_task = (uint32_t)unpack_uint(c);
    }
    i->task_count = unpack_count(c);
    i->task_room = i->task_count;
    i->tasks = arena_alloc(i->arena, i->task_count * sizeof *i->tasks);
    for (uint32_t n = 0; n < i->task_count && !c->bad; n++) {
        decode_task(i->arena, c, format, &i->tasks[n]);
    }
}

static bool is_known(unsigned format)
{
    return format >= INSTANCE_FORMAT_FLAT && format <= INSTANCE_FORMAT;
}

bool instance_decode(struct arena *arena, uint64_t id, struct bytes record,
                     struct instance **ret_instance, struct error *err)
{
    struct cursor c = cursor_of(record);
    unsigned format = unpack_u8(&c);

    if (!is_known(format)) {
        return error_set(err, ERROR_FORMAT,
                         "the record of instance %llu has format %u; this program reads %d",
                         (unsigned long long)id, format, INSTANCE_FORMAT);
    }
    struct instance *instance = instance_create(arena, id);
    decode_fields(instance, format, &c);
    if (!cursor_done(&c) || !scopes_sane(instance)) {
        return error_set(err, ERROR_STORE, "the record of instance %llu is damaged",
                         (unsigned long long)id);
    }
    *ret_instance = instance;
    return true;
}

bool instance_head(struct bytes record, struct instance_head *ret_head)
{
    struct cursor c = cursor_of(record);
    unsigned format = unpack_u8(&c);

    ret_head->state = unpack_enum(&c, INSTANCE_STATE_COUNT);
    unpack_u8(&c); /* priority */
    ret_head->definition = (uint32_t)unpack_uint(&c);
    return !c.bad && is_known(format);
}

/* entry.c - packing and unpacking a row of the table `assignment`
 *
 * Owns:    the bytes of its value (docs/storage.md §2.1).
 * In:      facets, which write it; whoever lists assignments.
 * Always:  a function of the task alone; the first byte is none that a row before format 1 began
 *          with, so that an old row is not taken for one.
 */
#include "engine/core/entry.h"

#include "engine/core/peek.h"
#include "engine/core/tables.h"

#include <string.h>

#define ENTRY_FORMAT 0x81u /* rows without one began with a state, 1 to 8 */
#define KEY_BYTES    18u   /* tenant, closed?, day, instance, task */
#define HEAD_BYTES   5u    /* of a value: format, state, phase, flags, outcomes */
#define NUMBERS_MAX  96u   /* more than all numbers of a value */

enum flag {
    FLAG_ASKED = 1,
    FLAG_EXTENDED = 2,
    FLAG_PAUSED = 4,
    FLAG_DELEGATED = 8,
    FLAG_CHILD = 16,
    FLAG_REPORTED = 32, /* a day of the report follows */
};

/* --- outcomes ------------------------------------------------------------------------------ */

static const char *const outcome_names[OUTCOME_COUNT] = {
    "open", "met", "met-late", "met-after-extension", "in-part", "withdrawn"};

const char *outcome_name(enum outcome outcome)
{
    return (unsigned)outcome < OUTCOME_COUNT ? outcome_names[outcome] : "?";
}

enum outcome outcome_parse(const char *name)
{
    enum outcome o = OUTCOME_NONE;

    while (o < OUTCOME_COUNT && strcmp(outcome_names[o], name) != 0) {
        o++;
    }
    return o;
}

enum outcome outcome_of(const struct assignment *a)
{
    const char *name = assignment_outcome(a);

    return name != NULL                       ? outcome_parse(name)
           : a->state == ASSIGNMENT_WITHDRAWN ? OUTCOME_WITHDRAWN
                                              : OUTCOME_NONE;
}

enum outcome outcome_original_of(const struct assignment *a)
{
    const char *name = assignment_outcome_original(a);

    return name != NULL                       ? outcome_parse(name)
           : a->state == ASSIGNMENT_WITHDRAWN ? OUTCOME_WITHDRAWN
                                              : OUTCOME_NONE;
}

/* --- writing ------------------------------------------------------------------------------- */

static unsigned char *put_uint(unsigned char *to, uint64_t v)
{
    while (v >= 0x80) {
        *to++ = (unsigned char)(v | 0x80);
        v >>= 7;
    }
    *to++ = (unsigned char)v;
    return to;
}

static unsigned char *put_int(unsigned char *to, int64_t v)
{
    return put_uint(to, (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0));
}

static unsigned char *put_bytes(unsigned char *to, struct bytes b)
{
    to = put_uint(to, b.size);
    if (b.size > 0) {
        memcpy(to, b.data, b.size);
    }
    return to + b.size;
}

size_t entry_size(const struct assignment *a)
{
    size_t size = NUMBERS_MAX + a->controller.size + ENTRY_PLAN_BYTES + ENTRY_NO_BYTES;

    for (uint32_t i = 0; i < a->people_count; i++) {
        size += a->people[i].size + 4;
    }
    for (uint32_t i = 0; i < a->acting_count; i++) {
        size += a->acting[i].body.size + a->acting[i].deputy.size + 8;
    }
    return size;
}

static unsigned flags_of(const struct assignment *a)
{
    unsigned flags = 0;

    for (uint32_t i = 0; i < a->term_count; i++) {
        flags |= a->terms[i].why == TERM_EXTENDED ? FLAG_EXTENDED : 0u;
    }
    flags |= a->extension.by.size > 0 ? FLAG_ASKED : 0u;
    flags |= a->pause.kind != PAUSE_NONE ? FLAG_PAUSED : 0u;
    flags |= a->child != 0 ? FLAG_DELEGATED : 0u;
    flags |= a->parent != 0 ? FLAG_CHILD : 0u;
    return flags | (a->reported != CIVIL_DAY_NONE ? FLAG_REPORTED : 0u);
}

/* Each list is a run of its own, so that a reader can step over it. */
static unsigned char *put_people(const struct assignment *a, unsigned char *to)
{
    size_t size = 0;

    for (uint32_t i = 1; i < a->people_count; i++) {
        size += 1 + (a->people[i].size < 0x80 ? 1u : 2u) + a->people[i].size;
    }
    to = put_uint(to, size);
    for (uint32_t i = 1; i < a->people_count; i++) {
        *to++ = (unsigned char)a->parts[i - 1].state;
        to = put_bytes(to, a->people[i]);
    }
    size = 0;
    for (uint32_t i = 0; i < a->acting_count; i++) {
        size += (a->acting[i].body.size < 0x80 ? 1u : 2u) + a->acting[i].body.size;
        size += (a->acting[i].deputy.size < 0x80 ? 1u : 2u) + a->acting[i].deputy.size;
    }
    to = put_uint(to, size);
    for (uint32_t i = 0; i < a->acting_count; i++) {
        to = put_bytes(to, a->acting[i].body);
        to = put_bytes(to, a->acting[i].deputy);
    }
    return to;
}

unsigned char *entry_write(const struct instance *i, const struct task *t, struct arena *arena,
                           unsigned char *to)
{
    const struct assignment *a = t->assignment;
    struct bytes input = task_input(i, t);
    unsigned flags = flags_of(a);

    *to++ = ENTRY_FORMAT;
    *to++ = (unsigned char)a->state;
    *to++ = (unsigned char)a->phase;
    *to++ = (unsigned char)flags;
    *to++ = (unsigned char)(outcome_of(a) << 4 | outcome_original_of(a));
    to = put_int(to, (int64_t)a->to - a->from);
    to = put_int(to, (int64_t)a->to - a->terms[0].to);
    if ((flags & FLAG_REPORTED) != 0) {
        to = put_int(to, (int64_t)a->to - a->reported);
    }
    to = put_int(to, t->since_ms);
    to = put_bytes(to, a->people[0]);
    to = put_bytes(to, a->controller);
    to = put_bytes(to, peek_cut(peek_text(arena, input, "plan"), ENTRY_PLAN_BYTES));
    to = put_bytes(to, peek_cut(peek_text(arena, input, "no"), ENTRY_NO_BYTES));
    return put_people(a, to);
}

/* --- reading ------------------------------------------------------------------------------- */

/* Walks read hundreds of thousands of rows: what follows stands here so that it is compiled into
 * one piece. As unpack_…() of base/buffer.h. */
static uint64_t take_key(const unsigned char **at, unsigned bytes)
{
    uint64_t v = 0;

    for (unsigned i = 0; i < bytes; i++) {
        v = v << 8 | *(*at)++;
    }
    return v;
}

static uint64_t take_uint(struct cursor *c)
{
    uint64_t v = 0;

    for (unsigned shift = 0; shift < 64 && c->at < c->end; shift += 7) {
        unsigned char byte = *c->at++;
        v |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            return v;
        }
    }
    c->bad = true;
    return 0;
}

static int64_t take_int(struct cursor *c)
{
    uint64_t v = take_uint(c);

    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static struct bytes take_bytes(struct cursor *c)
{
    uint64_t size = take_uint(c);

    if (c->bad || size > (uint64_t)(c->end - c->at)) {
        c->bad = true;
        return (struct bytes){NULL, 0};
    }
    struct bytes b = {c->at, (size_t)size};
    c->at += size;
    return b;
}

static void read_key(const unsigned char *at, struct assignment_entry *e)
{
    at++; /* the tenant */
    e->closed = *at++ != 0;
    e->to = table_day_of((uint32_t)take_key(&at, 4));
    e->instance = take_key(&at, 8);
    e->task = (uint32_t)take_key(&at, 4);
}

static unsigned read_states(const unsigned char *at, struct assignment_entry *e)
{
    unsigned flags = at[2];

    e->state = (enum assignment_state)at[0];
    e->phase = (enum phase)at[1];
    e->asked = (flags & FLAG_ASKED) != 0;
    e->extended = (flags & FLAG_EXTENDED) != 0;
    e->paused = (flags & FLAG_PAUSED) != 0;
    e->delegated = (flags & FLAG_DELEGATED) != 0;
    e->child = (flags & FLAG_CHILD) != 0;
    e->outcome = (enum outcome)(at[3] >> 4);
    e->outcome_original = (enum outcome)(at[3] & 15);
    return flags;
}

static bool makes_sense(const struct assignment_entry *e)
{
    return e->outcome < OUTCOME_COUNT && e->outcome_original < OUTCOME_COUNT &&
           e->state < ASSIGNMENT_STATE_COUNT && e->phase < PHASE_COUNT;
}

bool entry_read_key(struct bytes key, struct assignment_entry *ret)
{
    const unsigned char *k = key.data;

    if (key.size != KEY_BYTES || k[0] != TENANT) {
        return false;
    }
    read_key(k, ret);
    return true;
}

bool entry_read(struct bytes key, struct bytes value, struct assignment_entry *ret)
{
    const unsigned char *v = value.data;

    if (!entry_read_key(key, ret) || value.size < HEAD_BYTES || v[0] != ENTRY_FORMAT) {
        return false;
    }
    struct cursor c = {v + HEAD_BYTES, v + value.size, false};
    unsigned flags = read_states(v + 1, ret);
    ret->from = (civil_day)(ret->to - take_int(&c));
    ret->first_to = (civil_day)(ret->to - take_int(&c));
    ret->reported =
        (flags & FLAG_REPORTED) != 0 ? (civil_day)(ret->to - take_int(&c)) : CIVIL_DAY_NONE;
    ret->since_ms = take_int(&c);
    ret->responsible = take_bytes(&c);
    ret->controller = take_bytes(&c);
    ret->plan = take_bytes(&c);
    ret->no = take_bytes(&c);
    ret->co = take_bytes(&c);
    ret->acting = take_bytes(&c);
    ret->responsible_number = ret->plan_number = ret->item_number = 0;
    return !c.bad && c.at == c.end && makes_sense(ret);
}

bool entry_co(struct cursor *c, struct bytes *ret_body, enum part_state *ret_part)
{
    if (c->bad || c->at == c->end) {
        return false;
    }
    *ret_part = (enum part_state)unpack_u8(c);
    *ret_body = unpack_bytes(c);
    return !c->bad;
}

bool entry_acting(struct cursor *c, struct bytes *ret_body, struct bytes *ret_deputy)
{
    if (c->bad || c->at == c->end) {
        return false;
    }
    *ret_body = unpack_bytes(c);
    *ret_deputy = unpack_bytes(c);
    return !c->bad;
}

bool entry_is_overdue(const struct assignment_entry *e, civil_day today)
{
    if (e->closed || e->state == ASSIGNMENT_PAUSED) {
        return false;
    }
    return e->state == ASSIGNMENT_REPORTED ? e->reported > e->to : e->to < today;
}

enum original entry_original(const struct assignment_entry *e, civil_day today)
{
    if (e->outcome == OUTCOME_NONE) {
        struct assignment_entry first = *e;
        first.to = e->first_to;
        return entry_is_overdue(&first, today) ? ORIGINAL_LATE : ORIGINAL_NONE;
    }
    if (e->outcome == OUTCOME_WITHDRAWN) {
        return ORIGINAL_NONE;
    }
    bool met = e->outcome != OUTCOME_IN_PART && e->outcome_original == OUTCOME_MET;
    return met ? ORIGINAL_MET : ORIGINAL_LATE;
}

const char *original_name(enum original original)
{
    static const char *const names[ORIGINAL_COUNT] = {"", "met", "late"};

    return names[original];
}

unsigned entry_roles(const struct assignment_entry *e, struct bytes body)
{
    unsigned roles = bytes_equal(e->responsible, body) ? ROLE_RESPONSIBLE : ROLE_NONE;
    struct cursor co = cursor_of(e->co);
    struct cursor acting = cursor_of(e->acting);
    enum part_state part;
    struct bytes who;
    struct bytes deputy;

    roles |= e->controller.size > 0 && bytes_equal(e->controller, body) ? ROLE_CONTROLLER : 0u;
    while (entry_co(&co, &who, &part)) {
        roles |= bytes_equal(who, body) ? ROLE_CO : 0u;
    }
    while (entry_acting(&acting, &who, &deputy)) {
        roles |= bytes_equal(deputy, body) ? ROLE_ACTING : 0u;
    }
    return roles;
}

unsigned role_parse(const char *name)
{
    static const struct {
        const char *name;
        unsigned role;
    } names[] = {{"responsible", ROLE_RESPONSIBLE},
                 {"co", ROLE_CO},
                 {"controller", ROLE_CONTROLLER},
                 {"acting", ROLE_ACTING},
                 {"any", ROLE_ANY}};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i].name, name) == 0) {
            return names[i].role;
        }
    }
    return ROLE_NONE;
}

/* assignment_record.c - the bytes of an assignment (docs/storage.md §2.2)
 *
 * Owns:    the packed form, and that of formats 1 and 2, which is only read.
 * Always:  decode (encode (x)) is x; what is cut or changed is refused, never guessed. What most
 *          assignments do not have costs a bit.
 */
#include "engine/core/assignment.h"

#include "base/must.h"

/* --- the ladder ---------------------------------------------------------------------------- */

enum { STEP_WORKING = 1, STEP_PERSON = 2, STEP_DEED = 4 };

void ladder_encode(const struct ladder_step *steps, uint32_t count, struct buffer *out)
{
    int64_t before_ms = 0;

    pack_uint(out, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct ladder_step *s = &steps[i];
        unsigned has = (s->working ? STEP_WORKING : 0u) | (s->person ? STEP_PERSON : 0u) |
                       (s->deed ? STEP_DEED : 0u);
        pack_int(out, s->at_ms - before_ms);
        before_ms = s->at_ms;
        pack_u8(out, (unsigned)s->phase | has << 4);
        pack_u8(out, s->letter);
        pack_u8(out, s->levels);
        pack_int(out, s->offset_days);
        if (has & STEP_PERSON) {
            pack_uint(out, s->person);
        }
        if (has & STEP_DEED) {
            pack_u8(out, s->deed);
        }
    }
}

static void decode_step(struct cursor *c, struct ladder_step *s)
{
    unsigned first = unpack_u8(c);

    s->phase = first & 15u;
    s->working = (first >> 4 & STEP_WORKING) != 0;
    s->letter = (uint8_t)unpack_u8(c);
    s->levels = (uint8_t)unpack_u8(c);
    s->offset_days = (int16_t)unpack_int(c);
    s->person = first >> 4 & STEP_PERSON ? (uint32_t)unpack_uint(c) : 0;
    s->deed = first >> 4 & STEP_DEED ? (uint8_t)unpack_u8(c) : DEED_NONE;
    c->bad = c->bad || s->phase >= PHASE_COUNT || s->letter >= LETTER_COUNT ||
             s->deed >= DEED_COUNT || first >> 4 > 7;
}

bool ladder_decode(struct arena *arena, struct cursor *c, struct ladder_step **ret_steps,
                   uint32_t *ret_count)
{
    uint32_t count = unpack_count(c);
    struct ladder_step *steps = arena_alloc(arena, count * sizeof *steps);
    int64_t at_ms = 0;

    for (uint32_t i = 0; i < count && !c->bad; i++) {
        at_ms = (int64_t)((uint64_t)at_ms + (uint64_t)unpack_int(c)); /* noise wraps */
        steps[i].at_ms = at_ms;
        decode_step(c, &steps[i]);
    }
    *ret_steps = steps;
    *ret_count = count;
    return !c->bad;
}

/* --- packing ------------------------------------------------------------------------------- */

/* What most assignments do not have. */
enum {
    RARE_PARTS = 1,
    RARE_TERMS = 2, /* more than the first, or that has a `by` */
    RARE_LITERAL = 4,
    RARE_ASKED = 8,
    RARE_PAUSE = 16,
    RARE_ACTING = 32,
    RARE_FAMILY = 64, /* child, parent */
};

static bool has_parts(const struct assignment *a)
{
    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        if (a->parts[i].state != PART_NONE) {
            return true;
        }
    }
    return false;
}

static unsigned rare_of(const struct assignment *a)
{
    bool one_term = a->term_count == 1 && a->terms[0].by.size == 0 && a->terms[0].to == a->to &&
                    a->terms[0].reason.size == 0 && a->terms[0].why == TERM_SET;

    return (has_parts(a) ? RARE_PARTS : 0u) | (!one_term ? RARE_TERMS : 0u) |
           (a->literal != a->to ? RARE_LITERAL : 0u) |
           (a->extensions_asked || a->extension.by.size ? RARE_ASKED : 0u) |
           (a->pause.kind != PAUSE_NONE ? RARE_PAUSE : 0u) | (a->acting_count ? RARE_ACTING : 0u) |
           (a->child || a->parent ? RARE_FAMILY : 0u);
}

static void encode_parts(const struct assignment *a, struct buffer *out)
{
    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        const struct part *p = &a->parts[i];
        pack_u8(out, p->state);
        pack_int(out, p->to - a->to);
        pack_int(out, p->reported);
        pack_bytes(out, p->by);
        pack_bytes(out, p->report);
        pack_uint(out, p->returns);
    }
}

static void encode_terms(const struct assignment *a, struct buffer *out)
{
    pack_uint(out, a->term_count);
    for (uint32_t i = 0; i < a->term_count; i++) {
        pack_int(out, a->terms[i].to);
        pack_u8(out, a->terms[i].why);
        pack_int(out, a->terms[i].since_ms);
        pack_bytes(out, a->terms[i].by);
        pack_bytes(out, a->terms[i].reason);
    }
}

static void encode_asked(const struct assignment *a, struct buffer *out)
{
    pack_uint(out, a->extensions_asked);
    pack_bytes(out, a->extension.by);
    pack_bytes(out, a->extension.reason);
    pack_int(out, a->extension.proposed);
    pack_int(out, a->extension.asked_ms);
}

static void encode_pause(const struct assignment *a, struct buffer *out)
{
    pack_u8(out, a->pause.kind);
    pack_u8(out, a->pause.before);
    pack_int(out, a->pause.since);
    pack_bytes(out, a->pause.by);
    pack_bytes(out, a->pause.reason);
}

static void encode_acting(const struct assignment *a, struct buffer *out)
{
    pack_uint(out, a->acting_count);
    for (uint32_t i = 0; i < a->acting_count; i++) {
        pack_bytes(out, a->acting[i].body);
        pack_bytes(out, a->acting[i].deputy);
        pack_int(out, a->acting[i].until);
    }
}

static void encode_rare(const struct assignment *a, struct buffer *out)
{
    unsigned has = rare_of(a);

    pack_u8(out, has);
    if (has & RARE_PARTS) {
        encode_parts(a, out);
    }
    if (has & RARE_TERMS) {
        encode_terms(a, out);
    } else {
        pack_int(out, a->terms[0].since_ms);
    }
    if (has & RARE_LITERAL) {
        pack_int(out, a->literal);
    }
    if (has & RARE_ASKED) {
        encode_asked(a, out);
    }
    if (has & RARE_PAUSE) {
        encode_pause(a, out);
    }
    if (has & RARE_ACTING) {
        encode_acting(a, out);
    }
    if (has & RARE_FAMILY) {
        pack_uint(out, a->child);
        pack_uint(out, a->parent);
    }
}

static void encode_common(const struct assignment *a, struct buffer *out)
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
    ladder_encode(a->steps, a->step_count, out);
    pack_uint(out, a->next_step);
    pack_uint(out, a->returns);
    pack_int(out, a->reported);
    pack_bytes(out, a->report);
    pack_bytes(out, a->reporter);
}

void assignment_encode(const struct assignment *a, struct buffer *out)
{
    must(a->term_count > 0 && a->people_count > 0);
    encode_common(a, out);
    encode_rare(a, out);
}

/* --- unpacking ----------------------------------------------------------------------------- */

static struct bytes unpack_copy(struct arena *arena, struct cursor *c)
{
    return arena_copy(arena, unpack_bytes(c));
}

static unsigned unpack_enum(struct cursor *c, unsigned first, unsigned count)
{
    unsigned v = unpack_u8(c);

    c->bad = c->bad || v < first || v >= count;
    return v;
}

/* Formats 1 and 2 had the phase alone where the bits of a step are now: the same bytes. */
static void decode_common(struct arena *arena, struct cursor *c, struct assignment *a)
{
    a->state = unpack_enum(c, 1, ASSIGNMENT_STATE_COUNT);
    a->phase = unpack_enum(c, 1, PHASE_COUNT);
    a->from = (civil_day)unpack_int(c);
    a->to = (civil_day)unpack_int(c);
    a->people_count = unpack_count(c);
    a->people = arena_alloc(arena, a->people_count * sizeof *a->people);
    for (uint32_t i = 0; i < a->people_count; i++) {
        a->people[i] = unpack_copy(arena, c);
    }
    a->controller = unpack_copy(arena, c);
    ladder_decode(arena, c, &a->steps, &a->step_count);
    a->next_step = (uint32_t)unpack_uint(c);
    a->returns = (uint32_t)unpack_uint(c);
    a->reported = (civil_day)unpack_int(c);
    a->report = unpack_copy(arena, c);
    a->reporter = unpack_copy(arena, c);
    c->bad = c->bad || a->next_step > a->step_count || a->people_count == 0;
}

static void plain_rest(struct arena *arena, struct assignment *a, int64_t set_ms)
{
    a->literal = a->to;
    a->parts = arena_alloc(arena, a->people_count * sizeof *a->parts);
    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        a->parts[i] = (struct part){.to = a->to, .reported = CIVIL_DAY_NONE};
    }
    a->term_count = 1;
    a->terms = arena_alloc(arena, sizeof *a->terms);
    a->terms[0] = (struct term){.to = a->to, .why = TERM_SET, .since_ms = set_ms};
    a->extension.proposed = CIVIL_DAY_NONE;
    a->pause.since = CIVIL_DAY_NONE;
}

static void decode_parts(struct arena *arena, struct cursor *c, struct assignment *a)
{
    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        struct part *p = &a->parts[i];
        p->state = unpack_enum(c, 0, PART_STATE_COUNT);
        p->to = (civil_day)(a->to + unpack_int(c));
        p->reported = (civil_day)unpack_int(c);
        p->by = unpack_copy(arena, c);
        p->report = unpack_copy(arena, c);
        p->returns = (uint32_t)unpack_uint(c);
    }
}

static void decode_terms(struct arena *arena, struct cursor *c, struct assignment *a)
{
    a->term_count = unpack_count(c);
    a->terms = arena_alloc(arena, a->term_count * sizeof *a->terms);
    for (uint32_t i = 0; i < a->term_count && !c->bad; i++) {
        a->terms[i].to = (civil_day)unpack_int(c);
        a->terms[i].why = unpack_enum(c, 1, TERM_WHY_COUNT);
        a->terms[i].since_ms = unpack_int(c);
        a->terms[i].by = unpack_copy(arena, c);
        a->terms[i].reason = unpack_copy(arena, c);
    }
    c->bad = c->bad || a->term_count == 0;
}

static void decode_asked(struct arena *arena, struct cursor *c, struct assignment *a)
{
    a->extensions_asked = (uint32_t)unpack_uint(c);
    a->extension.by = unpack_copy(arena, c);
    a->extension.reason = unpack_copy(arena, c);
    a->extension.proposed = (civil_day)unpack_int(c);
    a->extension.asked_ms = unpack_int(c);
}

static void decode_pause(struct arena *arena, struct cursor *c, struct assignment *a)
{
    a->pause.kind = unpack_enum(c, 1, PAUSE_KIND_COUNT);
    a->pause.before = unpack_enum(c, 1, ASSIGNMENT_STATE_COUNT);
    a->pause.since = (civil_day)unpack_int(c);
    a->pause.by = unpack_copy(arena, c);
    a->pause.reason = unpack_copy(arena, c);
}

static void decode_acting(struct arena *arena, struct cursor *c, struct assignment *a)
{
    a->acting_count = unpack_count(c);
    a->acting = arena_alloc(arena, a->acting_count * sizeof *a->acting);
    for (uint32_t i = 0; i < a->acting_count && !c->bad; i++) {
        a->acting[i].body = unpack_copy(arena, c);
        a->acting[i].deputy = unpack_copy(arena, c);
        a->acting[i].until = (civil_day)unpack_int(c);
    }
}

static void decode_rare(struct arena *arena, struct cursor *c, struct assignment *a)
{
    unsigned has = unpack_u8(c);

    if (has & RARE_PARTS) {
        decode_parts(arena, c, a);
    }
    if (has & RARE_TERMS) {
        decode_terms(arena, c, a);
    } else {
        a->terms[0].since_ms = unpack_int(c);
    }
    if (has & RARE_LITERAL) {
        a->literal = (civil_day)unpack_int(c);
    }
    if (has & RARE_ASKED) {
        decode_asked(arena, c, a);
    }
    if (has & RARE_PAUSE) {
        decode_pause(arena, c, a);
    }
    if (has & RARE_ACTING) {
        decode_acting(arena, c, a);
    }
    if (has & RARE_FAMILY) {
        a->child = (uint32_t)unpack_uint(c);
        a->parent = (uint32_t)unpack_uint(c);
    }
}

struct assignment *assignment_decode(struct arena *arena, struct cursor *c)
{
    struct assignment *a = arena_alloc(arena, sizeof *a);

    decode_common(arena, c, a);
    plain_rest(arena, a, 0);
    decode_rare(arena, c, a);
    return c->bad ? NULL : a;
}

#define DAY_MS 86400000

struct assignment *assignment_decode_old(struct arena *arena, struct cursor *c)
{
    struct assignment *a = arena_alloc(arena, sizeof *a);

    decode_common(arena, c, a);
    plain_rest(arena, a, (int64_t)a->from * DAY_MS);
    return c->bad ? NULL : a;
}

/* due_print.c - a tree as a phrase in its plain form
 *
 * Owns:    the order in which the parts of a term are said.
 * In:      due.c; due_rule.c.
 * Out:     text in the arena.
 * Always:  the plain form is read back to the same tree, and printed again it is the same.
 * See:     due_say.h; tests/fuzz/due_fuzz.c
 */
#include "calendar/due_say.h"

#include <stdio.h>

/* --- anchors ---------------------------------------------------------------------------------- */

static void say_event(struct buffer *out, const char *before, const struct anchor *anchor)
{
    buffer_text(out, before);
    buffer_append(out, anchor->event.data, anchor->event.size);
}

static void say_anchor(struct buffer *out, const struct anchor *anchor)
{
    static const struct {
        const char *words; /* before the length, or before the event when there is none */
        enum grammatical_case how;
        const char *event; /* before the event; NULL: there is no length */
    } forms[] = {
        [ANCHOR_NONE] = {"", NOMINATIVE, NULL},
        [ANCHOR_WITHIN] = {"в течение ", GENITIVE, " со дня "},
        [ANCHOR_IN] = {"через ", ACCUSATIVE, " после "},
        [ANCHOR_NOT_BEFORE] = {"не ранее чем через ", ACCUSATIVE, " после "},
        [ANCHOR_BEFORE] = {"за ", ACCUSATIVE, " до "},
        [ANCHOR_NOT_LATER_BEFORE] = {"не позднее чем за ", ACCUSATIVE, " до "},
        [ANCHOR_AFTER] = {"со дня ", NOMINATIVE, NULL},
        [ANCHOR_UNTIL] = {"до ", NOMINATIVE, NULL},
        [ANCHOR_TOWARDS] = {"к ", NOMINATIVE, NULL},
        [ANCHOR_ON] = {"в день ", NOMINATIVE, NULL},
        [ANCHOR_DURING] = {"в период ", NOMINATIVE, NULL},
        [ANCHOR_RESULTS] = {"по итогам ", NOMINATIVE, NULL},
        [ANCHOR_FIRST] = {"в первые ", ACCUSATIVE, " "},
    };

    if (forms[anchor->form].event == NULL) {
        say_event(out, forms[anchor->form].words, anchor);
        return;
    }
    bool moment = anchor->form == ANCHOR_WITHIN && anchor->moment && anchor->unit == UNIT_HOUR;
    buffer_text(out, forms[anchor->form].words);
    if (anchor->event.size > 0 && anchor->form != ANCHOR_FIRST) {
        due_say_short_length(out, anchor->count, anchor->unit, forms[anchor->form].how);
    } else {
        due_say_length(out, anchor->count, anchor->unit, forms[anchor->form].how);
    }
    if (anchor->event.size > 0) {
        say_event(out, moment ? " с момента " : forms[anchor->form].event, anchor);
    }
}

/* --- terms ------------------------------------------------------------------------------------ */

static void next(const struct due_voice *voice, size_t begin)
{
    buffer_text(voice->out, voice->out->size > begin ? ", " : "");
}

static void say_hour(struct buffer *out, const struct term *term)
{
    char text[24];

    if (term->from_minute >= 0) {
        snprintf(text, sizeof text, "с %02d:%02d", term->from_minute / 60, term->from_minute % 60);
        buffer_text(out, text);
        buffer_text(out, term->by_minute >= 0 ? " " : "");
    }
    if (term->by_minute >= 0) {
        bool by = term->hour_by || term->from_minute >= 0;
        snprintf(text, sizeof text, "%s %02d:%02d", by ? "до" : "в", term->by_minute / 60,
                 term->by_minute % 60);
        buffer_text(out, text);
    }
}

static void say_lasting(const struct due_voice *voice, const struct term *term, size_t begin)
{
    static const char *const words[] = {"", "в течение ", "постоянно", "весь период"};

    if (term->item_count > 0) {
        struct term items = *term;
        bool repeated = voice->rule && term->repeat.unit != UNIT_NONE;
        items.lasting = LASTING_NO;
        if (repeated) { /* «ежегодно до 1 марта», «2 раза в год: …» */
            buffer_text(voice->out, term->repeat.count > 1 ? ": " : " ");
        } else {
            next(voice, begin);
        }
        due_say_items(voice, &items);
    }
    if (term->lasting != LASTING_NO) {
        struct term spans = {
            .items = term->spans, .item_count = term->span_count, .lasting = term->lasting};
        next(voice, begin);
        buffer_text(voice->out, words[term->lasting]);
        due_say_items(voice, &spans);
    }
}

void due_say_term(const struct due_voice *voice, const struct term *term)
{
    struct buffer *out = voice->out;
    size_t begin = out->size;

    buffer_text(out, term->about ? "ориентировочно " : "");
    begin += term->about ? out->size - begin : 0;
    if (term->repeat.unit != UNIT_NONE) {
        due_say_repeat(out, &term->repeat);
    }
    say_lasting(voice, term, begin);
    if (term->anchor.form != ANCHOR_NONE) {
        next(voice, begin);
        say_anchor(out, &term->anchor);
    }
    if (term->follow.unit != UNIT_NONE) {
        next(voice, begin);
        buffer_text(out, "далее ");
        due_say_repeat(out, &term->follow);
        if (term->later_count > 0) {
            struct term later = {.items = term->later, .item_count = term->later_count};
            next(voice, begin);
            due_say_items(voice, &later);
        }
    }
    if (term->other_plan) {
        next(voice, begin);
        buffer_append(out, term->plan.data, term->plan.size);
    }
    if (term->on_demand) {
        next(voice, begin);
        buffer_append(out, term->demand.data, term->demand.size);
    }
    if (term->by_minute >= 0 || term->from_minute >= 0) {
        next(voice, begin);
        say_hour(out, term);
    }
}

static struct bytes taken(struct buffer *out, struct arena *arena)
{
    struct bytes text = arena_copy(arena, buffer_bytes(out));

    buffer_fini(out);
    return text;
}

struct bytes due_print(const struct tree *tree, struct arena *arena)
{
    struct buffer out = BUFFER_INIT;
    struct due_voice voice = {.out = &out};

    for (uint32_t i = 0; i < tree->count; i++) {
        const struct clause *clause = &tree->clauses[i];
        buffer_text(&out, i > 0 ? "; " : "");
        buffer_text(&out, clause->then ? "далее – " : "");
        if (clause->purpose.size > 0) {
            buffer_append(&out, clause->purpose.data, clause->purpose.size);
            buffer_text(&out, ": ");
        }
        due_say_term(&voice, &clause->term);
    }
    return taken(&out, arena);
}

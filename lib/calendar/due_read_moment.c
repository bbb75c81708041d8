/* due_read_moment.c - relative terms without a length: «после …», «до начала …», «в ходе …»
 *
 * Owns:    which side of an event is meant, and what is the period of the document itself.
 * In:      due_read_anchor.c.
 * Out:     struct anchor.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/due_reader.h"

static bool take_opening(struct due_reader *r, enum anchor_form *ret_form)
{
    if (due_is(r, 0, WORD_BY) && (due_is(r, 1, WORD_RESULT) || due_is(r, 1, WORD_FINISH))) {
        *ret_form = due_is(r, 1, WORD_RESULT) ? ANCHOR_RESULTS : ANCHOR_AFTER;
        due_skip(r, *ret_form == ANCHOR_RESULTS ? 2 : 1); /* the end is a part of the event */
        return true;
    }
    if (due_take_course(r)) {
        *ret_form = ANCHOR_DURING;
        due_take(r, WORD_WHOLE);
        return (due_is(r, 0, WORD_UNKNOWN) || due_is(r, 0, WORD_TASK)) && due_names_event(r);
    }
    if (due_is(r, 0, WORD_IN) && due_is_unit(r, 1, UNIT_DAY)) {
        *ret_form = ANCHOR_ON;
        due_skip(r, 2);
        return due_peek(r, 0)->token == TOKEN_WORD && !due_is(r, 0, WORD_THE);
    }
    if ((due_is(r, 0, WORD_IN) || due_is(r, 0, WORD_ON)) && due_is(r, 1, WORD_PERIOD)) {
        *ret_form = ANCHOR_DURING;
        due_skip(r, 2);
        return due_names_event(r);
    }
    if (due_is(r, 0, WORD_FROM) && (due_is_unit(r, 1, UNIT_DAY) || due_is(r, 1, WORD_MOMENT))) {
        *ret_form = ANCHOR_AFTER;
        due_skip(r, 2);
        return true;
    }
    bool after = due_is(r, 0, WORD_AFTER);
    if (after || due_is(r, 0, WORD_TO) || due_is(r, 0, WORD_AHEAD) || due_is(r, 0, WORD_TOWARDS)) {
        *ret_form = after                        ? ANCHOR_AFTER
                    : due_is(r, 0, WORD_TOWARDS) ? ANCHOR_TOWARDS
                                                 : ANCHOR_UNTIL;
        due_skip(r, 1);
        return due_names_event(r);
    }
    return false;
}

/* «в период реализации [программы]»: that of the document, and no event. */
static bool own_period(const struct due_reader *r, enum anchor_form form)
{
    return form == ANCHOR_DURING && due_names_document(r);
}

bool due_read_moment(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;
    uint32_t furthest = r->furthest;
    enum anchor_form form;

    if (take_opening(r, &form) && !own_period(r, form) && due_read_event(r, anchor)) {
        bool calendar = anchor->when != NULL;
        bool open = form == ANCHOR_UNTIL || form == ANCHOR_TOWARDS || form == ANCHOR_DURING ||
                    form == ANCHOR_ON;
        if (!calendar || !open) {
            anchor->form = form;
            anchor->edge = calendar && anchor->edge == EDGE_WHOLE ? EDGE_END : anchor->edge;
            return true;
        }
    }
    *anchor = (struct anchor){.form = ANCHOR_NONE};
    r->at = begin;
    r->furthest = furthest;
    return false;
}

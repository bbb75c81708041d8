/* due_read_counted.c - several from an end: «первые 10 дней мая», «в последних числах»
 *
 * Owns:    which end it is, and how far it goes.
 * In:      due_read_point.c.
 * Out:     an item of a term.
 * See:     due_reader.h
 */
#include "calendar/due_reader.h"

#include <string.h>

#define WEEK_DAYS 7

/* «первые 10 дней», «последние две недели»: from the first to the n-th. */
static void add_counted(struct due_reader *r, struct term *term, enum unit unit,
                        const struct point *of, int count)
{
    struct item *item = due_add_item(r, term);
    bool weeks = unit == UNIT_WEEK;
    bool last = count < 0;
    int number = weeks ? WEEK_DAYS * count : count;

    unit = weeks ? UNIT_DAY : unit;
    item->from = due_point(r, unit, last ? number : 1, of);
    item->to = due_point(r, unit, last ? -1 : number, of);
}

/* «первые», «последних»: the last numbers of a month are several, its last number is a day. */
static bool plural(const struct due_token *adjective)
{
    static const char *const endings[] = {"ые", "ых", "ыми", "ие", "их", "ими"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i]);
        if (adjective->text.size > size &&
            memcmp((const char *)adjective->text.data + adjective->text.size - size, endings[i],
                   size) == 0) {
            return true;
        }
    }
    return false;
}

bool due_read_counted(struct due_reader *r, struct term *term)
{
    uint32_t begin = r->at;
    int which = due_is(r, 0, WORD_ORDINAL) ? due_peek(r, 0)->value : 0;
    struct due_numeral numeral;
    enum unit unit;

    if (which != 1 && which != -1) {
        return false;
    }
    due_skip(r, 1);
    if (due_read_numeral(r, &numeral) && numeral.value > 0 && due_read_unit(r, &unit)) {
        const struct point *of = due_read_outer(r, unit);
        if (of != NULL) {
            add_counted(r, term, unit, of, which * numeral.value);
            term->items[term->item_count - 1].at = begin;
            return true;
        }
    } else if (plural(&r->tokens.items[begin]) && due_take(r, WORD_DAY_NUMBER)) {
        const struct point *of = due_read_outer(r, UNIT_DAY); /* в первых числах */
        if (of != NULL) {
            struct item *item = due_add_item(r, term);
            item->from = due_point(r, UNIT_PIECE, which == 1 ? PIECE_START : PIECE_END, of);
            return true;
        }
    }
    r->at = begin;
    return false;
}

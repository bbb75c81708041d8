/* due_say_list.c - items under one head in words: «вторая и четвёртая среда месяца»
 *
 * Owns:    what makes items a list; numbers and nouns of lists.
 * In:      due_say_items.c.
 * Out:     text.
 * Always:  the plain form is read back to the same items.
 * See:     due_say.h
 */
#include "calendar/due_say.h"

#include <stdio.h>

#define WORDS_MAX 5 /* numbers that are said in words */

bool due_same_chain(const struct point *a, const struct point *b)
{
    for (; a != NULL && b != NULL; a = a->of, b = b->of) {
        if (a->unit != b->unit || a->number != b->number || a->which != b->which ||
            a->last != b->last || a->weekday != b->weekday) {
            return false;
        }
    }
    return a == NULL && b == NULL;
}

bool due_same_head(const struct point *a, const struct point *b)
{
    return a->unit == b->unit && a->weekday == b->weekday && a->which == b->which &&
           due_same_chain(a->of, b->of);
}

bool due_by_number(const struct point *p)
{
    return p->number > 0 && p->unit != UNIT_NAMED_MONTH && p->unit != UNIT_SEASON &&
           p->unit != UNIT_BREAK && p->unit != UNIT_PIECE && p->unit != UNIT_SCHOOL_YEAR &&
           p->which == WHICH_SAID && p->last == 0;
}

bool due_says_second(const struct point *p)
{
    bool ordinal = p->unit != UNIT_NAMED_MONTH && p->unit != UNIT_SEASON && p->unit != UNIT_BREAK &&
                   p->unit != UNIT_PIECE && p->unit != UNIT_DAY;

    return (ordinal && p->number == 2) ||
           (p->unit == UNIT_PIECE && p->number == PIECE_SECOND_HALF) ||
           (p->unit == UNIT_WEEKDAY && p->number == 0 && p->weekday == 2);
}

/* --- lists ------------------------------------------------------------------------------------ */

static bool in_list(const struct item *item)
{
    return item->listed && !item->every && item->bound == BOUND_IN && !item->included &&
           !item->until && due_by_number(item->from) &&
           (item->to == NULL || (due_same_head(item->from, item->to) && due_by_number(item->to)));
}

uint32_t due_list_length(const struct term *term, uint32_t at)
{
    uint32_t count = 0;

    while (at + count < term->item_count && in_list(&term->items[at + count]) &&
           due_same_head(term->items[at].from, term->items[at + count].from)) {
        count++;
    }
    return count;
}

/* What is counted, without a number: «кварталы 2023 года», « августа», « числа каждого месяца». */
static void say_head(struct buffer *out, const struct point *counted, enum grammatical_case how)
{
    struct point head = *counted;
    struct buffer words = BUFFER_INIT;

    if (counted->unit == UNIT_DAY) { /* by the number: 15 августа, 15 число */
        head.number = 1;
        due_say_point(&words, &head, GENITIVE);
        buffer_append(out, words.data + 1, words.size - 1);
        buffer_fini(&words);
        return;
    }
    buffer_text(out, " ");
    if (!due_say_plural(out, counted->unit, how)) {
        head.number = 0;
        head.of = NULL;
        due_say_point(out, &head, how);
    }
    due_say_outer(out, counted);
}

static void say_figures(struct buffer *out, const struct item *item, const char *dash)
{
    char text[32];

    snprintf(text, sizeof text, "%d", item->from->number);
    buffer_text(out, text);
    if (item->to != NULL) {
        snprintf(text, sizeof text, "%s%d", dash, item->to->number);
        buffer_text(out, text);
    }
}

/* Are all of them single ones that have a word: «первый», «второй»? */
static bool in_words(const struct item *items, uint32_t count)
{
    enum unit unit = items[0].from->unit;

    for (uint32_t i = 0; i < count; i++) {
        if (items[i].to != NULL || items[i].from->number > WORDS_MAX) {
            return false;
        }
    }
    return unit != UNIT_DAY && unit != UNIT_YEAR;
}

/* For people also «в первом и третьем кварталах», «во вторую и четвёртую среду». */
void due_say_list(const struct due_voice *voice, const struct item *items, uint32_t count)
{
    struct buffer *out = voice->out;
    enum unit unit = items[0].from->unit;
    bool words = in_words(items, count);
    bool accusative = unit == UNIT_WEEKDAY || unit == UNIT_WEEK || unit == UNIT_WORKDAY;
    enum grammatical_case how = !voice->rule ? NOMINATIVE : accusative ? ACCUSATIVE : PREPOSITIONAL;

    if (voice->rule && unit != UNIT_DAY) {
        buffer_text(out, words && due_says_second(items[0].from) ? "во " : "в ");
    }
    for (uint32_t i = 0; i < count; i++) {
        buffer_text(out, i == 0 ? "" : i + 1 == count ? " и " : ", ");
        if (words) {
            due_say_number(out, items[i].from, how);
        } else {
            say_figures(out, &items[i], voice->rule ? "–" : "-");
        }
    }
    say_head(out, items[0].from, how);
}

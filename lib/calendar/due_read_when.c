/* due_read_when.c - «до», «с … по», «не позднее», lists of days and months
 *
 * Owns:    bounds, ranges and lists of points.
 * In:      due_read.c, and due_read_other.c for what stands after «в течение».
 * Out:     items of a term.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/due_count.h"
#include "calendar/due_reader.h"

#include <string.h>

#define ITEMS_FIRST 4 /* room for; doubled when it is full */

struct item *due_add_item(struct due_reader *r, struct term *term)
{
    uint32_t count = term->item_count;
    bool full = count >= ITEMS_FIRST && (count & (count - 1)) == 0;

    if (count == 0 || full) {
        struct item *items =
            arena_alloc(r->arena, (full ? count * 2 : ITEMS_FIRST) * sizeof *items);
        if (count > 0) {
            memcpy(items, term->items, count * sizeof *items);
        }
        term->items = items;
    }
    struct item *item = &term->items[term->item_count++];
    *item = (struct item){.bound = BOUND_IN, .at = r->at};
    return item;
}

/* --- bounds ----------------------------------------------------------------------------------- */

/* «в срок», «в период», «за период»: nothing but a way to begin. */
static void skip_opening(struct due_reader *r)
{
    uint32_t begin = r->at;
    bool in = due_take(r, WORD_IN) || due_take(r, WORD_BEFORE) || due_take(r, WORD_ON);

    if (due_take(r, WORD_TERM) || due_take(r, WORD_PERIOD)) {
        return;
    }
    if (in) {
        r->at = begin;
    }
}

bool due_take_bound(struct due_reader *r, enum bound *ret_bound)
{
    static const struct {
        enum word word;
        enum bound bound;
    } bounds[] = {
        {WORD_TO, BOUND_BY},      {WORD_TOWARDS, BOUND_TOWARDS}, {WORD_BY, BOUND_THROUGH},
        {WORD_FROM, BOUND_SINCE}, {WORD_AFTER, BOUND_AFTER},     {WORD_IN, BOUND_IN},
        {WORD_ON, BOUND_IN},
    };

    if (due_take_not(r, WORD_LATER) || due_take_not(r, WORD_EARLIER)) {
        bool later = r->tokens.items[r->at - 1].word == WORD_LATER;
        *ret_bound = later ? BOUND_NOT_LATER : BOUND_NOT_BEFORE;
        due_take(r, WORD_THAN);
        return true;
    }
    if (due_take(r, WORD_STARTING)) {
        *ret_bound = BOUND_SINCE;
        return due_take(r, WORD_FROM);
    }
    if (due_is(r, 0, WORD_AHEAD) &&
        (due_is(r, 1, WORD_PIECE) || due_is(r, 1, WORD_FINISH))) { /* перед началом года */
        due_skip(r, 1);
        *ret_bound = BOUND_BY;
        return true;
    }
    if (due_is(r, 0, WORD_BY) && due_is(r, 1, WORD_FINISH)) { /* по окончании: an anchor */
        return false;
    }
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        if (due_take(r, bounds[i].word)) {
            *ret_bound = bounds[i].bound;
            return true;
        }
    }
    return false;
}

/* --- ranges ----------------------------------------------------------------------------------- */

static bool begins_point(const struct due_token *token)
{
    return token->token == TOKEN_NUMBER || token->token == TOKEN_DATE ||
           (token->token == TOKEN_WORD && (token->word == WORD_MONTH || token->word == WORD_PIECE ||
                                           token->word == WORD_ORDINAL));
}

/* What joins two ends: a hyphen; after «с» also «по» and «до», before which a comma may stand. */
static bool take_join(struct due_reader *r, bool since, bool bare, bool *ret_until)
{
    uint32_t begin = r->at;

    due_take_sign(r, '-');
    bool hyphen = r->at > begin;
    if (!hyphen && since) {
        due_take_sign(r, ',');
        due_take(r, WORD_AND);
    }
    *ret_until = due_is(r, 0, WORD_TO);
    if ((since || hyphen) && (due_take(r, WORD_BY) || due_take(r, WORD_TO))) {
        return true;
    }
    if (bare && !hyphen && due_is(r, 0, WORD_BY) && begins_point(due_peek(r, 1))) {
        due_skip(r, 1); /* 1 сентября по 5 октября */
        return true;
    }
    if (!hyphen) {
        r->at = begin;
    }
    return hyphen;
}

static void read_range(struct due_reader *r, bool since, bool bare, struct term *term)
{
    uint32_t begin = r->at;
    struct term end = {.item_count = 0};
    struct item *last = &term->items[term->item_count - 1];
    bool until;

    bool weekdays = last->from->unit == UNIT_WEEKDAY && last->from->number == 0 && !last->every &&
                    last->from->which == WHICH_SAID && due_is_sign(r, 0, '-') &&
                    due_is(r, 1, WORD_WEEKDAY); /* понедельник – пятница */
    bool every = last->every || (last->from->unit == UNIT_WEEKDAY && last->from->number == 0);
    if (last->to != NULL || last->listed || (every && !weekdays) ||
        !take_join(r, since, bare, &until) || !due_read_points(r, false, &end) ||
        end.item_count > 1 || end.items[0].to != NULL) {
        r->at = begin;
        return;
    }
    last->to = end.items[0].from;
    last->until = until;
}

/* «до 15 мая включительно», «(включительно)». */
static void read_included(struct due_reader *r, struct item *item)
{
    bool brackets = due_is_sign(r, 0, '(') && due_is(r, 1, WORD_INCLUDED);

    if (brackets || due_is(r, 0, WORD_INCLUDED)) {
        due_skip(r, brackets ? 2 : 1);
        if (brackets) {
            due_take_sign(r, ')');
        }
        item->included = true;
    }
}

/* «4 октября 2023 года (среда)»: a remark about the day. */
static void read_weekday(struct due_reader *r, struct item *item)
{
    bool day = item->to == NULL && item->from->unit == UNIT_DAY && item->from->number > 0 &&
               item->from->of != NULL && item->from->of->unit == UNIT_NAMED_MONTH;
    uint32_t sign = due_is_sign(r, 0, '(') || due_is_sign(r, 0, ',') ? 1 : 0;

    if (!day || !due_is(r, sign, WORD_WEEKDAY) ||
        (due_is_sign(r, 0, '(') && !due_is_sign(r, 2, ')'))) {
        return;
    }
    item->weekday = due_peek(r, sign)->value;
    due_skip(r, sign + (due_is_sign(r, 0, '(') ? 2 : 1));
}

/* --- lists ------------------------------------------------------------------------------------ */

/* What «каждый» makes of a point: a weekday is counted or comes each week, a day or a season comes
 * each year. */
static void set_each(struct due_reader *r, struct item *item, bool numbered)
{
    const struct point *from = item->from;
    bool yearly = from->unit == UNIT_SEASON || from->unit == UNIT_BREAK ||
                  (from->of != NULL && from->of->unit == UNIT_NAMED_MONTH);

    item->every = numbered && from->unit == UNIT_WEEKDAY && from->number > 0;
    if (from->unit == UNIT_WEEKDAY && from->number == 0) {
        struct point *each = due_point(r, UNIT_WEEKDAY, 0, from->of);
        each->weekday = from->weekday;
        each->which = WHICH_EACH;
        item->from = each;
    } else if (yearly && !item->every && due_year_of(from) == NULL) {
        struct point *year = due_point(r, UNIT_YEAR, 0, NULL);
        year->which = WHICH_EACH;
        item->from = due_with_year(r->arena, from, year);
    }
}

/* «каждую пятницу», «каждый второй вторник месяца», «каждое 5 число», «каждую осень»; «каждый май»
 * is read as a month of each year, and «каждый квартал» is no point. */
static bool read_each(struct due_reader *r, bool since, struct term *term)
{
    uint32_t first = term->item_count;
    uint32_t begin = r->at;

    if (due_is(r, 1, WORD_MONTH) || !due_take(r, WORD_EVERY)) {
        return due_read_points(r, since, term);
    }
    bool numbered = due_is(r, 0, WORD_ORDINAL) || due_peek(r, 0)->token == TOKEN_NUMBER;
    bool named =
        due_is(r, 0, WORD_WEEKDAY) || due_is(r, 0, WORD_SEASON) || due_is(r, 0, WORD_SEASON_ADJ);
    if ((!numbered && !named) || !due_read_points(r, since, term)) {
        r->at = begin;
        return false;
    }
    for (uint32_t i = first; i < term->item_count; i++) {
        set_each(r, &term->items[i], numbered);
    }
    return true;
}

/* A range has its own bounds; but «до 10-15 мая» is by its end. */
static void bound_item(struct item *item, enum bound bound, bool said)
{
    bool ends = bound == BOUND_BY || bound == BOUND_NOT_LATER || bound == BOUND_TOWARDS ||
                bound == BOUND_THROUGH;

    if (item->to != NULL && said && ends) {
        item->from = item->to;
        item->to = NULL;
    }
    item->bound = item->to != NULL ? BOUND_IN : bound;
    item->listed = item->listed && bound == BOUND_IN;
}

/* Points, or a range, with the bound before it; inherited: that of the point before in a list. */
static bool read_bounded(struct due_reader *r, enum bound inherited, struct term *term)
{
    uint32_t begin = r->at;
    uint32_t first = term->item_count;
    enum bound bound = inherited;

    skip_opening(r);
    bool said = due_take_bound(r, &bound);
    if (!said && due_is(r, 0, WORD_EVERY)) {
        bound = BOUND_IN; /* до 1 мая, каждую пятницу */
    }
    bool since = bound == BOUND_SINCE || bound == BOUND_NOT_BEFORE;
    if (!read_each(r, since, term)) {
        r->at = begin;
        return false;
    }
    read_range(r, since, bound == BOUND_IN, term);
    for (uint32_t i = first; i < term->item_count; i++) {
        bound_item(&term->items[i], bound, said);
    }
    read_included(r, &term->items[term->item_count - 1]);
    read_weekday(r, &term->items[term->item_count - 1]);
    return true;
}

static bool genitive_month(const struct due_token *token)
{
    const char *data = token->text.data;
    size_t size = token->text.size;

    return token->token == TOKEN_WORD && token->word == WORD_MONTH && size > 2 &&
           (memcmp(data + size - 2, "я", 2) == 0 || memcmp(data + size - 2, "а", 2) == 0);
}

/* «третья декада марта, июня»: the same of another month. */
static bool read_same_of(struct due_reader *r, struct term *term)
{
    const struct item *last = &term->items[term->item_count - 1];
    const struct point *of = last->from->of;
    bool small = last->from->unit <= UNIT_DECADE || last->from->unit == UNIT_PIECE;

    if (!small || last->to != NULL || of == NULL || of->unit != UNIT_NAMED_MONTH ||
        !genitive_month(due_peek(r, 0))) {
        return false;
    }
    struct item copy = *last;
    struct point *point = due_point(r, copy.from->unit, copy.from->number, NULL);
    *point = *copy.from;
    point->of = due_read_outer(r, copy.from->unit);
    copy.from = point;
    *due_add_item(r, term) = copy;
    return true;
}

static bool take_list(struct due_reader *r, bool *either)
{
    uint32_t begin = r->at;

    if (due_take_sign(r, ',') || due_take_sign(r, '/') || due_take_sign(r, '&')) {
    }
    if (due_take(r, WORD_AND)) {
        if (due_take_sign(r, '/') && due_take(r, WORD_OR)) {
            *either = true;
        }
    } else if (due_take(r, WORD_OR)) {
        *either = true;
    }
    return r->at > begin;
}

bool due_read_when(struct due_reader *r, struct term *term)
{
    uint32_t begin = r->at;
    bool either = false;

    if (!read_bounded(r, BOUND_IN, term)) {
        return false;
    }
    begin = r->at;
    while (take_list(r, &either)) {
        enum bound last = term->items[term->item_count - 1].bound;
        bool open = last == BOUND_SINCE || last == BOUND_NOT_BEFORE || last == BOUND_AFTER;
        if (!read_same_of(r, term) && !read_bounded(r, open ? BOUND_IN : last, term)) {
            break;
        }
        term->either = term->either || either;
        begin = r->at;
    }
    r->at = begin;
    return true;
}

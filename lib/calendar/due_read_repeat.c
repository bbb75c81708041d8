/* due_read_repeat.c - how often: «ежегодно», «раз в три месяца», «каждую пятницу»
 *
 * Owns:    repetition in all its spellings.
 * In:      due_read.c, also after «далее».
 * Out:     struct repeat, or an item that is there in each of something.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/due_reader.h"

#define SATURDAY 6
#define SUNDAY   7

static bool set(struct repeat *repeat, enum unit unit, int interval, int count, uint32_t at)
{
    *repeat = (struct repeat){.unit = unit, .interval = interval, .count = count, .at = at};
    return true;
}

/* «ежегодно», «не реже, чем ежеквартально»; «ежегодный план», «в ежедневном режиме». */
static bool read_adverb(struct due_reader *r, struct repeat *repeat)
{
    uint32_t begin = r->at;

    if (due_is(r, 0, WORD_ADVERB)) {
        set(repeat, (enum unit)due_peek(r, 0)->value, 1, 1, begin);
        due_skip(r, 1);
        return true;
    }
    due_take(r, WORD_IN);
    due_take(r, WORD_ON);
    if (due_is(r, 0, WORD_PERIODIC)) {
        enum unit unit = (enum unit)due_peek(r, 0)->value;
        uint32_t adjective = r->at;
        due_skip(r, 1);
        if (due_take(r, WORD_BASIS)) {
            return set(repeat, unit, 1, 1, begin);
        }
        if (due_read_free(r).size > 0) {
            set(repeat, unit, 1, 1, begin);
            repeat->thing = due_slice(r, adjective, r->at);
            return true;
        }
    }
    r->at = begin;
    return false;
}

/* --- «каждый» --------------------------------------------------------------------------------- */

static bool read_every(struct due_reader *r, struct repeat *repeat)
{
    uint32_t begin = r->at;
    struct due_numeral numeral = {.value = 1};
    enum unit unit;

    due_take(r, WORD_IN);
    due_take(r, WORD_BY);
    if (!due_take(r, WORD_EVERY)) {
        r->at = begin;
        return false;
    }
    due_read_numeral(r, &numeral);
    if (due_read_unit(r, &unit) && numeral.value > 0) {
        uint32_t counted = r->at;
        if (!numeral.ordinal || due_read_outer(r, unit) == NULL) {
            r->at = counted; /* каждый пятый день месяца is an item */
            return set(repeat, unit, numeral.value, 1, begin);
        }
    }
    r->at = begin; /* каждый май, каждую пятницу */
    return false;
}

/* --- «раз в …» -------------------------------------------------------------------------------- */

/* «не реже», «не менее чем», «не более»: how the number is meant. */
static enum times read_times(struct due_reader *r)
{
    if (due_take_not(r, WORD_RARER) || due_take_not(r, WORD_LESS)) {
        due_take_sign(r, ',');
        due_take(r, WORD_THAN);
        return TIMES_AT_LEAST;
    }
    if (due_take_not(r, WORD_OFTENER) || due_take_not(r, WORD_MORE)) {
        due_take_sign(r, ',');
        due_take(r, WORD_THAN);
        return TIMES_AT_MOST;
    }
    return TIMES_EXACTLY;
}

/* «раз», «2 раза», «дважды». */
static bool read_count(struct due_reader *r, int *ret_count)
{
    struct due_numeral numeral;
    uint32_t begin = r->at;

    if (due_is(r, 0, WORD_TIMES_ADVERB)) {
        *ret_count = due_peek(r, 0)->value;
        due_skip(r, 1);
        return true;
    }
    *ret_count = 1;
    bool letter = bytes_equal(due_peek(r, 0)->text, bytes_of("р")); /* only after a number */
    if (!letter && due_take(r, WORD_TIMES)) {
        return true;
    }
    if (due_read_numeral(r, &numeral) && numeral.value > 0 && due_take(r, WORD_TIMES)) {
        *ret_count = numeral.value;
        return true;
    }
    r->at = begin;
    return false;
}

/* «в год», «в три месяца», «в течение учебного года», «/мес.». */
static bool read_per(struct due_reader *r, enum unit *ret_unit, int *ret_interval)
{
    uint32_t begin = r->at;
    struct due_numeral numeral = {.value = 1};

    if (!due_take(r, WORD_IN) && !due_take_sign(r, '/') && !due_take(r, WORD_BEFORE)) {
        return false;
    }
    due_take(r, WORD_COURSE);
    due_take(r, WORD_EVERY);
    due_read_numeral(r, &numeral);
    if (numeral.value > 0 && due_read_unit(r, ret_unit)) {
        *ret_interval = numeral.value;
        return true;
    }
    r->at = begin;
    return false;
}

static bool read_frequency(struct due_reader *r, struct repeat *repeat)
{
    uint32_t begin = r->at;
    enum times times = read_times(r);
    enum unit unit = UNIT_PERIOD; /* «один раз»: in all */
    int interval = 1;
    int count;

    if (times != TIMES_EXACTLY && due_is(r, 0, WORD_ADVERB)) {
        read_adverb(r, repeat);
        repeat->times = times;
        return true;
    }
    if (!read_count(r, &count)) {
        r->at = begin;
        return false;
    }
    read_per(r, &unit, &interval);
    set(repeat, unit, interval, count, begin);
    repeat->times = times;
    return true;
}

/* «6% в год» */
static bool read_percent(struct due_reader *r, struct repeat *repeat)
{
    uint32_t begin = r->at;
    struct due_numeral numeral;
    enum unit unit;
    int interval;

    if (due_read_numeral(r, &numeral) && due_take_sign(r, '%') && read_per(r, &unit, &interval)) {
        set(repeat, unit, interval, numeral.value, begin);
        repeat->percent = true;
        return true;
    }
    r->at = begin;
    return false;
}

/* --- «по пятницам», «по полугодиям», «через день» -----------------------------------------------
 */

static bool plural_dative(const struct due_token *token)
{
    static const char endings[][5] = {"ам", "ям"};

    for (size_t i = 0; i < 2; i++) {
        struct bytes tail = {(const char *)token->text.data + token->text.size - 4, 4};
        if (token->text.size > 4 && bytes_equal(tail, bytes_of(endings[i]))) {
            return true;
        }
    }
    return false;
}

static bool read_weekdays(struct due_reader *r, struct term *term)
{
    uint32_t first = term->item_count;

    do {
        if (!due_is(r, 0, WORD_WEEKDAY)) {
            return false;
        }
        struct item *item = due_add_item(r, term);
        struct point *point = due_point(r, UNIT_WEEKDAY, 0, NULL);
        point->weekday = due_peek(r, 0)->value;
        point->which = WHICH_EACH;
        item->from = point;
        due_skip(r, 1);
    } while ((due_is_sign(r, 0, ',') && due_is(r, 1, WORD_WEEKDAY) && due_take_sign(r, ',')) ||
             (due_is(r, 1, WORD_WEEKDAY) && due_take(r, WORD_AND)));
    const struct point *of = due_read_outer(r, UNIT_WEEKDAY);
    for (uint32_t i = first; i < term->item_count && of != NULL; i++) {
        struct point *point = due_point(r, UNIT_WEEKDAY, 0, of);
        point->weekday = term->items[i].from->weekday;
        point->which = WHICH_EACH;
        term->items[i].from = point;
    }
    return true;
}

/* «в выходные дни», «по выходным»: Saturdays and Sundays. */
static bool read_weekend(struct due_reader *r, struct term *term)
{
    const struct due_token *word = due_peek(r, 1);
    bool plural = bytes_equal(word->text, bytes_of("выходные")) ||
                  bytes_equal(word->text, bytes_of("выходным"));

    if ((!due_is(r, 0, WORD_IN) && !due_is(r, 0, WORD_BY)) || !due_is(r, 1, WORD_WEEKEND) ||
        !plural) {
        return false;
    }
    due_skip(r, due_is_unit(r, 2, UNIT_DAY) ? 3 : 2);
    for (int day = SATURDAY; day <= SUNDAY; day++) {
        struct point *point = due_point(r, UNIT_WEEKDAY, 0, NULL);
        point->weekday = day;
        point->which = WHICH_EACH;
        due_add_item(r, term)->from = point;
    }
    return true;
}

static bool read_by(struct due_reader *r, struct term *term, struct repeat *repeat)
{
    uint32_t begin = r->at;
    enum unit unit;

    if (due_is(r, 0, WORD_THROUGH) && due_is_unit(r, 1, UNIT_DAY)) {
        due_skip(r, 2);
        return set(repeat, UNIT_DAY, 2, 1, begin);
    }
    if (due_is(r, 0, WORD_IN) && due_is(r, 1, WORD_WORKING) && due_is_unit(r, 2, UNIT_DAY) &&
        bytes_equal(due_peek(r, 2)->text, bytes_of("дни"))) { /* в рабочие дни */
        due_skip(r, 3);
        return set(repeat, UNIT_WORKDAY, 1, 1, begin);
    }
    bool weekdays = bytes_equal(due_peek(r, 1)->text, bytes_of("будни")) ||
                    bytes_equal(due_peek(r, 1)->text, bytes_of("будням"));
    if (weekdays && (due_is(r, 0, WORD_IN) || due_is(r, 0, WORD_BY))) {
        due_skip(r, 2);
        return set(repeat, UNIT_WORKDAY, 1, 1, begin);
    }
    if (read_weekend(r, term)) {
        return true;
    }
    if (!due_take(r, WORD_BY)) {
        return false;
    }
    if (due_is(r, 0, WORD_WEEKDAY) && plural_dative(due_peek(r, 0)) && read_weekdays(r, term)) {
        return true;
    }
    if (due_read_unit(r, &unit) && plural_dative(&r->tokens.items[r->at - 1])) {
        return set(repeat, unit, 1, 1, begin);
    }
    r->at = begin;
    return false;
}

/* «4 раза в год (1 раз в квартал)»: one frequency in two ways, and the one that names the parts of
 * the year counts; «ежегодно, 2 раза в год» is the second. */
static bool join_repeats(struct repeat *first, const struct repeat *second)
{
    static const int months[UNIT_COUNT] = {
        [UNIT_MONTH] = 1, [UNIT_QUARTER] = 3, [UNIT_HALF] = 6, [UNIT_YEAR] = 12};
    int one = months[first->unit] * first->interval;
    int other = months[second->unit] * second->interval;
    bool plain =
        first->thing.size == 0 && second->thing.size == 0 && !first->percent && !second->percent;

    bool daily = first->unit == UNIT_DAY && first->interval == 1 && first->count == 1;
    if (daily && plain && second->unit == UNIT_WORKDAY && second->interval == 1) {
        *first = *second; /* ежедневно в рабочие дни */
        return true;
    }
    if (one == 0 || other == 0 || !plain) {
        return false;
    }
    if (one * second->count == other * first->count) { /* as often */
        enum times times = first->times != TIMES_EXACTLY ? first->times : second->times;
        *first = second->count == 1 ? *second : *first;
        first->times = times;
        return true;
    }
    bool yearly = first->unit == UNIT_YEAR && first->interval == 1 && first->count == 1;
    bool also = second->unit == UNIT_YEAR && second->interval == 1 && second->count == 1;
    if (yearly && other <= one) {
        *first = *second;
    }
    return (yearly && other <= one) || (also && one <= other);
}

bool due_read_repeat(struct due_reader *r, struct term *term, struct repeat *repeat)
{
    struct repeat read = {.unit = UNIT_NONE};
    uint32_t begin = r->at;
    uint32_t items = term->item_count;

    if (!read_adverb(r, &read) && !read_frequency(r, &read) && !read_percent(r, &read) &&
        !read_every(r, &read) && !read_by(r, term, &read)) {
        return false;
    }
    if (read.unit != UNIT_NONE && repeat->unit != UNIT_NONE) { /* twice is too often */
        if (join_repeats(repeat, &read)) {
            return true;
        }
        r->at = begin;
        term->item_count = items;
        return false;
    }
    *repeat = read.unit != UNIT_NONE ? read : *repeat;
    return true;
}

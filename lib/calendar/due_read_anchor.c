/* due_read_anchor.c - relative terms: «в течение 10 рабочих дней со дня …», «за месяц до …»
 *
 * Owns:    lengths, and which way they are counted; those without one are in due_read_moment.c.
 * In:      due_read.c.
 * Out:     struct anchor.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/civil.h"
#include "calendar/due_reader.h"

struct length {
    int count;
    enum unit unit;
    bool said; /* with a number */
};

/* «10 рабочих дней», «3-х месяцев», «месяца», «24 часов», «полугода». */
static bool read_length(struct due_reader *r, struct length *ret_length)
{
    uint32_t begin = r->at;
    struct due_numeral numeral = {.value = 1};
    struct length length = {.said = due_read_numeral(r, &numeral)};

    length.count = numeral.value;
    if (numeral.ordinal && numeral.digits == 0) { /* первого квартала is a place, not a length */
        r->at = begin;
        return false;
    }
    if (due_is_unit(r, 0, UNIT_HOUR)) {
        due_skip(r, 1);
        length.unit = UNIT_HOUR;
    } else if (!due_read_unit(r, &length.unit) || length.unit == UNIT_BREAK) {
        r->at = begin;
        return false;
    }
    if (length.count < 1 || (!length.said && due_genitive_plural(r))) {
        r->at = begin;
        return false;
    }
    *ret_length = length;
    return true;
}

/* «пятидневный срок», «5-дневный срок», «3-х дневный срок», «месячный срок». */
static bool read_long_term(struct due_reader *r, struct length *ret_length)
{
    uint32_t begin = r->at;
    struct due_numeral numeral = {.value = 0};
    bool said = due_read_numeral(r, &numeral);

    due_take_sign(r, '-');
    bool working = due_take(r, WORD_WORKING);
    const struct due_token *word = due_peek(r, 0);
    bool year = said && due_is(r, 0, WORD_SEASON_ADJ) && word->value == 3; /* 3-летний */
    if (!year && (!due_is(r, 0, WORD_LONG) || (said && word->count > 0))) {
        r->at = begin;
        return false;
    }
    due_skip(r, 1);
    ret_length->unit = year ? UNIT_YEAR : (enum unit)word->value;
    ret_length->unit = working && ret_length->unit == UNIT_DAY ? UNIT_WORKDAY : ret_length->unit;
    ret_length->count = said ? numeral.value : word->count > 0 ? word->count : 1;
    ret_length->said = true;
    if (ret_length->count > 0 && due_take(r, WORD_TERM)) {
        return true;
    }
    r->at = begin;
    return false;
}

/* «в течение», «в срок не более», «в срок до», «в срок, не превышающий»; *ret_sure: no unit alone
 * can follow but a length. */
static bool take_within(struct due_reader *r, bool *ret_sure)
{
    uint32_t begin = r->at;

    *ret_sure = false;
    due_take(r, WORD_IN);
    if (due_take(r, WORD_COURSE)) {
        return true;
    }
    if (due_take(r, WORD_TERM)) {
        due_take_sign(r, ',');
        *ret_sure = true;
        if (due_take(r, WORD_TO) || due_take_not(r, WORD_MORE) || due_take_not(r, WORD_LATER) ||
            due_take_not(r, WORD_EXCEEDING)) {
            due_take(r, WORD_THAN);
            return true;
        }
    }
    r->at = begin;
    return false;
}

static bool set(struct anchor *anchor, enum anchor_form form, const struct length *length)
{
    anchor->form = form;
    anchor->count = length->count;
    anchor->unit = length->unit;
    return true;
}

/* «в течение 1 квартала»: the first one, not so long. */
static bool numbered_unit(enum unit unit)
{
    return unit == UNIT_QUARTER || unit == UNIT_HALF || unit == UNIT_TERM ||
           unit == UNIT_TRIMESTER || unit == UNIT_SEMESTER || unit == UNIT_DECADE;
}

static bool length_alone(struct due_reader *r, const struct length *length, bool sure)
{
    if (length->unit <= UNIT_WEEK || sure) {
        return true;
    }
    return length->said && length->count < CIVIL_YEAR_FIRST && !numbered_unit(length->unit) &&
           due_read_outer(r, length->unit) == NULL;
}

/* «до истечения 3 месяцев со дня назначения» */
static bool read_until_passed(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;
    struct length length;

    if (due_take(r, WORD_TO) && bytes_equal(due_peek(r, 0)->text, bytes_of("истечения")) &&
        due_take(r, WORD_FINISH) && read_length(r, &length) && due_read_since_event(r, anchor)) {
        return set(anchor, ANCHOR_WITHIN, &length);
    }
    *anchor = (struct anchor){.form = ANCHOR_NONE};
    r->at = begin;
    return false;
}

static bool read_within(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;
    struct length length;
    bool sure = false;

    if (due_is(r, 0, WORD_IN)) {
        due_skip(r, 1);
        if (read_long_term(r, &length)) {
            due_read_since_event(r, anchor);
            return set(anchor, ANCHOR_WITHIN, &length);
        }
        r->at = begin;
    }
    if (take_within(r, &sure) && read_length(r, &length)) {
        if (due_is(r, 0, WORD_TO) && due_read_before_event(r, anchor)) {
            r->at = sure ? r->at : begin; /* «в срок не позднее 10 дней до начала» */
            return sure && set(anchor, ANCHOR_NOT_LATER_BEFORE, &length);
        }
        if (due_read_since_event(r, anchor) || length_alone(r, &length, sure)) {
            return set(anchor, ANCHOR_WITHIN, &length);
        }
    }
    r->at = begin;
    return false;
}

/* «не позднее чем за 45 дней до», «не менее чем за», «за», «накануне» */
static bool read_before(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;
    struct length length;
    bool at_latest = due_take_not(r, WORD_LATER) || due_take_not(r, WORD_LESS);

    due_take_sign(r, ',');
    due_take(r, WORD_THAN);
    bool across = due_take(r, WORD_BEFORE);
    if ((across || at_latest) && read_length(r, &length) && due_read_before_event(r, anchor)) {
        return set(anchor, at_latest ? ANCHOR_NOT_LATER_BEFORE : ANCHOR_BEFORE, &length);
    }
    r->at = begin;
    return false;
}

/* «14 календарных дней со дня», «месяц с момента»: without «в течение»; «3 дня до проведения». */
static bool read_bare(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;
    struct length length;

    if (due_peek(r, 0)->token == TOKEN_NUMBER && due_peek(r, 0)->value >= CIVIL_YEAR_FIRST) {
        return false;
    }
    bool read = read_length(r, &length) && !numbered_unit(length.unit);
    bool moment =
        due_is(r, 0, WORD_AFTER) ||
        (due_is(r, 0, WORD_FROM) && (due_is_unit(r, 1, UNIT_DAY) || due_is(r, 1, WORD_MOMENT)));
    if (read && (length.said || moment)) {
        if (moment && due_read_since_event(r, anchor)) {
            return set(anchor, ANCHOR_WITHIN, &length);
        }
        if (due_read_before_event(r, anchor) && anchor->when == NULL) {
            return set(anchor, ANCHOR_BEFORE, &length);
        }
    }
    *anchor = (struct anchor){.form = ANCHOR_NONE};
    r->at = begin;
    return false;
}

/* «следующий рабочий день», «[рабочего] дня, следующего за днем …»; an ordinal wants its event:
 * «на третий рабочий день после …». */
static bool take_day_after(struct due_reader *r, struct length *length, bool *ret_needs_event)
{
    uint32_t begin = r->at;
    struct due_numeral numeral = {.value = 1};

    *ret_needs_event = false;
    length->count = 1;
    if (due_take(r, WORD_NEXT) && due_read_unit(r, &length->unit)) {
        *ret_needs_event = length->unit > UNIT_HALF || length->unit == UNIT_BREAK;
        return true;
    }
    r->at = begin;
    *ret_needs_event = true;
    bool ordinal = due_read_numeral(r, &numeral) && numeral.ordinal && numeral.value > 0;
    if (!due_read_unit(r, &length->unit) || length->unit > UNIT_WORKDAY) {
        r->at = begin;
        return false;
    }
    length->count = numeral.value;
    if (ordinal || due_follows_day(r) || due_one_workday(r)) {
        return true;
    }
    r->at = begin;
    return false;
}

/* «на следующий рабочий день [после …]», «не позднее дня, следующего за днем …» */
static bool read_next_day(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;
    struct length length = {.said = true};
    bool needs_event;
    bool at_latest = due_take_not(r, WORD_LATER);

    if (!at_latest && !due_take(r, WORD_ON)) {
        due_take(r, WORD_IN);
    }
    if (take_day_after(r, &length, &needs_event)) {
        bool follows = due_take_following_day(r);
        if (follows ? due_read_event(r, anchor) : due_read_since_event(r, anchor)) {
            return set(anchor, at_latest ? ANCHOR_WITHIN : ANCHOR_IN, &length);
        }
        if (!follows && !needs_event && due_read_outer(r, length.unit) == NULL) {
            return set(anchor, at_latest ? ANCHOR_WITHIN : ANCHOR_IN, &length);
        }
    }
    *anchor = (struct anchor){.form = ANCHOR_NONE};
    r->at = begin;
    return false;
}

/* «через 3 дня после», «не позднее чем через 3 дня», «по истечении месяца со дня», «не позднее 10
 * дней со дня». */
static bool read_after(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;
    struct length length = {.count = 1, .said = true};
    bool at_latest = due_take_not(r, WORD_LATER);
    bool not_before = !at_latest && due_take_not(r, WORD_EARLIER);

    due_take_sign(r, ',');
    due_take(r, WORD_THAN);
    bool through = due_take(r, WORD_THROUGH);
    if (!through && !at_latest && !not_before && due_is(r, 0, WORD_BY) &&
        due_is(r, 1, WORD_FINISH)) {
        due_skip(r, 2);
        through = true;
    }
    bool finish = through && r->tokens.items[r->at - 1].word == WORD_FINISH;
    bool read = (through || at_latest) && read_length(r, &length);
    if (finish && read && length.said && numbered_unit(length.unit)) {
        read = false; /* по завершении 1 четверти: which one, not how many */
    }
    if (read && (due_read_since_event(r, anchor) || (through && length.said))) {
        return set(anchor,
                   at_latest    ? ANCHOR_WITHIN
                   : not_before ? ANCHOR_NOT_BEFORE
                                : ANCHOR_IN,
                   &length);
    }
    r->at = begin;
    return false;
}

/* «в первые 3 года работы» */
static bool read_first(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;
    struct length length;

    due_take(r, WORD_IN);
    if (due_is(r, 0, WORD_ORDINAL) && due_peek(r, 0)->value == 1) {
        due_skip(r, 1);
        if (read_length(r, &length) && length.said && due_read_event(r, anchor) &&
            anchor->when == NULL) {
            return set(anchor, ANCHOR_FIRST, &length);
        }
    }
    *anchor = (struct anchor){.form = ANCHOR_NONE};
    r->at = begin;
    return false;
}

bool due_read_anchor(struct due_reader *r, struct term *term)
{
    struct anchor anchor = {.form = ANCHOR_NONE};
    uint32_t begin = r->at;

    if (term->anchor.form != ANCHOR_NONE) {
        return false;
    }
    if (read_until_passed(r, &anchor) || read_within(r, &anchor) || read_before(r, &anchor) ||
        read_next_day(r, &anchor) || read_after(r, &anchor) || read_bare(r, &anchor) ||
        read_first(r, &anchor) || due_read_moment(r, &anchor)) {
        term->anchor = anchor;
        term->anchor.at = begin;
        return true;
    }
    return false;
}

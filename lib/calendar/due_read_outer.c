/* due_read_outer.c - what a point lies in: «сентября», «каждого месяца», «2022/2023 учебного года»
 *
 * Owns:    years and their spellings; «месяца, следующего за отчетным»; seasons and holidays.
 * In:      due_read_point.c, for what follows a unit, and for months and seasons by themselves.
 * Out:     a chain of points that ends where the phrase stops saying more.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/civil.h"
#include "calendar/due_reader.h"

/* About how many days: what is larger can hold what is smaller. */
static int extent(enum unit unit)
{
    static const int days[UNIT_COUNT] = {
        [UNIT_DAY] = 1,        [UNIT_WORKDAY] = 1,      [UNIT_WEEKDAY] = 1,
        [UNIT_WEEK] = 7,       [UNIT_BREAK] = 9,        [UNIT_DECADE] = 10,
        [UNIT_MONTH] = 30,     [UNIT_NAMED_MONTH] = 30, [UNIT_TERM] = 60,
        [UNIT_SEASON] = 90,    [UNIT_QUARTER] = 90,     [UNIT_TRIMESTER] = 91,
        [UNIT_SEMESTER] = 150, [UNIT_HALF] = 180,       [UNIT_SCHOOL_YEAR] = 270,
        [UNIT_YEAR] = 365,     [UNIT_PERIOD] = 10000,
    };

    return days[unit];
}

static enum which read_which(struct due_reader *r)
{
    enum which which = WHICH_SAID;

    for (;;) {
        if (due_take(r, WORD_EVERY)) {
            which = WHICH_EACH;
        } else if (due_take(r, WORD_CURRENT)) {
            which = WHICH_CURRENT;
        } else if (due_is(r, 0, WORD_NEXT) && !due_is(r, 1, WORD_BEFORE)) {
            due_skip(r, 1);
            which = WHICH_NEXT;
        } else if (!due_take(r, WORD_THE) && !due_take(r, WORD_WHOLE) &&
                   !due_take(r, WORD_REPORTED)) {
            return which;
        }
    }
}

/* --- years ------------------------------------------------------------------------------------ */

static bool year_number(const struct due_token *token)
{
    return token->token == TOKEN_NUMBER && token->value >= CIVIL_YEAR_FIRST &&
           token->value <= CIVIL_YEAR_LAST;
}

static bool year_word(const struct due_reader *r, uint32_t ahead)
{
    bool adjective = due_is(r, ahead, WORD_SCHOOL) || due_is(r, ahead, WORD_CALENDAR);

    return due_is_unit(r, ahead + (adjective ? 1 : 0), UNIT_YEAR);
}

static bool year_in_words(struct due_reader *r, int *ret_year)
{
    struct due_numeral numeral;
    uint32_t begin = r->at;

    if (due_is(r, 0, WORD_CARDINAL) && due_read_numeral(r, &numeral) &&
        numeral.value >= CIVIL_YEAR_FIRST && numeral.value <= CIVIL_YEAR_LAST && year_word(r, 0)) {
        *ret_year = numeral.value;
        return true;
    }
    r->at = begin;
    return false;
}

static bool first_year(struct due_reader *r, int *ret_year)
{
    const struct due_token *token = due_peek(r, 0);

    if (year_number(token)) {
        *ret_year = token->value;
    } else if (token->token == TOKEN_NUMBER && token->count == 2 && year_word(r, 1)) {
        *ret_year = 2000 + token->value;
    } else {
        return year_in_words(r, ret_year);
    }
    due_skip(r, 1);
    return true;
}

/* The end of «2021-2024», «2022/23», «2023, 2024»; *ret_slash: with a slash. */
static bool last_year(struct due_reader *r, int first, int *ret_last, bool *ret_slash)
{
    const struct due_token *next = due_peek(r, 1);
    bool slash = due_is_sign(r, 0, '/');
    bool whole = year_number(next);
    bool part = next->token == TOKEN_NUMBER && next->count == 2 && (slash || year_word(r, 2));
    int value = whole ? next->value : first / 100 * 100 + next->value;

    if ((whole || part) && (slash || due_is_sign(r, 0, '-')) && value > first) {
        *ret_last = value;
        *ret_slash = slash;
        due_skip(r, 2);
        return true;
    }
    bool list = due_is_sign(r, 0, ',') || due_is(r, 0, WORD_AND);
    bool follows = whole && next->value == (*ret_last > 0 ? *ret_last : first) + 1;
    if (list && follows) {
        *ret_last = next->value;
        due_skip(r, 2);
    }
    return list && follows;
}

static const struct point *numbered_year(struct due_reader *r, enum unit inner)
{
    uint32_t at = r->at;
    int last = 0;
    bool slash = false;
    int first;

    if (!first_year(r, &first)) {
        return NULL;
    }
    while (!slash && last_year(r, first, &last, &slash)) {
    }
    bool school = due_is(r, 0, WORD_SCHOOL) && year_word(r, 0);
    if (year_word(r, 0)) {
        due_skip(r, due_is_unit(r, 0, UNIT_YEAR) ? 1 : 2);
    }
    bool pair = last == first + 1;
    school = school || (pair && (slash || inner == UNIT_SEASON));
    struct point *year = due_point(r, school ? UNIT_SCHOOL_YEAR : UNIT_YEAR, first, NULL);
    year->at = at;
    year->last = school && last > first ? last - 1 : last;
    year->last = year->last > first ? year->last : 0;
    return year;
}

/* «следующего за отчетным [кварталом]»: the unit that is reported on; UNIT_NONE: as the other. */
static bool read_after_reported(struct due_reader *r, enum unit *ret_reported)
{
    uint32_t begin = r->at;

    due_take_sign(r, ',');
    if (!due_is(r, 0, WORD_NEXT) || !due_is(r, 1, WORD_BEFORE)) {
        r->at = begin;
        return false;
    }
    due_skip(r, 2);
    *ret_reported = UNIT_NONE;
    bool reported = due_take(r, WORD_REPORTED);
    bool unit = due_read_unit(r, ret_reported) || due_take(r, WORD_PERIOD);
    if (!reported && !unit) {
        r->at = begin;
        return false;
    }
    return true;
}

/* «года, предшествующего планируемому»: it comes every year. */
static bool read_preceding(struct due_reader *r)
{
    uint32_t begin = r->at;
    enum unit unit;

    due_take_sign(r, ',');
    if (due_take(r, WORD_PREVIOUS) && (due_take(r, WORD_REPORTED) || due_take(r, WORD_NEXT))) {
        due_read_unit(r, &unit);
        return true;
    }
    r->at = begin;
    return false;
}

const struct point *due_read_year(struct due_reader *r, enum unit inner)
{
    uint32_t begin = r->at;
    bool in = due_is(r, 0, WORD_IN) || due_is(r, 0, WORD_ON);

    if (in) {
        due_skip(r, 1);
    }
    enum which which = read_which(r);
    const struct point *numbered = which == WHICH_SAID ? numbered_year(r, inner) : NULL;
    if (numbered != NULL) {
        return numbered;
    }
    bool bare = which != WHICH_SAID || !in;
    if (year_word(r, 0) && bare) {
        bool school = due_is(r, 0, WORD_SCHOOL);
        due_skip(r, due_is_unit(r, 0, UNIT_YEAR) ? 1 : 2);
        struct point *year = due_point(r, school ? UNIT_SCHOOL_YEAR : UNIT_YEAR, 0, NULL);
        enum unit reported;
        year->which = read_after_reported(r, &reported) ? WHICH_AFTER
                      : read_preceding(r)               ? WHICH_EACH
                                                        : which;
        return year;
    }
    r->at = begin;
    return NULL;
}

/* --- seasons, holidays ------------------------------------------------------------------------ */

/* «в осенне-зимний период»: two seasons, the first is left to be read as a range. */
static const struct point *read_season(struct due_reader *r)
{
    uint32_t begin = r->at;
    enum unit unit = UNIT_SEASON;

    if (!due_is(r, 0, WORD_SEASON) && !due_is(r, 0, WORD_SEASON_ADJ)) {
        return NULL;
    }
    bool adjective = due_is(r, 0, WORD_SEASON_ADJ);
    int number = due_peek(r, 0)->value;
    due_skip(r, 1);
    due_take(r, WORD_THE);
    if (adjective && due_take(r, WORD_BREAK)) {
        unit = UNIT_BREAK;
    } else if (adjective && !due_take(r, WORD_PERIOD) && !due_is_sign(r, 0, '-') &&
               !(due_is_unit(r, 0, UNIT_MONTH) || due_is_unit(r, 0, UNIT_SEMESTER))) {
        r->at = begin;
        return NULL;
    }
    if (due_is_unit(r, 0, UNIT_MONTH) || due_is_unit(r, 0, UNIT_SEMESTER)) {
        due_skip(r, 1);
    }
    struct point *season = due_point(r, unit, number, NULL);
    season->at = begin;
    season->of = due_read_year(r, UNIT_SEASON);
    return season;
}

static const struct point *read_break(struct due_reader *r)
{
    uint32_t begin = r->at;

    if (due_is(r, 0, WORD_UNIT) && due_is(r, 1, WORD_THE) && due_is(r, 2, WORD_BREAK)) {
        due_skip(r, 1); /* дни школьных каникул */
    }
    due_take(r, WORD_THE);
    if (!due_take(r, WORD_BREAK)) {
        r->at = begin;
        return NULL;
    }
    due_take(r, WORD_PERIOD);
    struct point *point = due_point(r, UNIT_BREAK, 0, NULL);
    point->at = begin;
    point->of = due_read_year(r, UNIT_BREAK);
    return point;
}

/* --- units ------------------------------------------------------------------------------------ */

static const struct point *after_reported(struct due_reader *r, enum unit unit, enum unit reported,
                                          int number)
{
    struct point *whole = due_point(r, reported == UNIT_NONE ? unit : reported, 0, NULL);

    whole->which = WHICH_AFTER;
    return whole->unit == unit ? whole : due_point(r, unit, number, whole);
}

/* «следующего за отчетным месяца»: one unit is both. */
static const struct point *read_reported_first(struct due_reader *r)
{
    uint32_t begin = r->at;
    enum unit reported;
    enum unit unit;

    if (!due_is(r, 0, WORD_NEXT) || !read_after_reported(r, &reported) ||
        (reported == UNIT_NONE && !due_read_unit(r, &reported))) {
        r->at = begin;
        return NULL;
    }
    return after_reported(r, due_read_unit(r, &unit) ? unit : reported, reported, 1);
}

static bool allowed(enum unit inner, enum unit unit, bool bare)
{
    if (inner == UNIT_NONE) {
        return !bare || unit == UNIT_SCHOOL_YEAR;
    }
    return inner == UNIT_PIECE || extent(unit) > extent(inner);
}

/* «квартала», «каждого месяца», «первого месяца квартала». */
static const struct point *read_unit_outer(struct due_reader *r, enum unit inner)
{
    uint32_t begin = r->at;
    struct due_numeral numeral = {.value = 0};
    enum unit reported;
    enum unit unit;
    enum which which = read_which(r);
    bool numbered = which == WHICH_SAID && inner != UNIT_NONE && due_read_numeral(r, &numeral);

    if (!due_read_unit(r, &unit) || !allowed(inner, unit, which == WHICH_SAID && !numbered) ||
        (numbered && !numeral.ordinal && due_genitive_plural(r)) ||
        (numbered && (unit == UNIT_YEAR || unit == UNIT_SCHOOL_YEAR))) {
        r->at = begin;
        return NULL;
    }
    if (which == WHICH_SAID && read_after_reported(r, &reported)) {
        return after_reported(r, unit, reported, numbered ? numeral.value : 1);
    }
    struct point *point = due_point(r, unit, numeral.value, NULL);
    point->which = which;
    point->at = begin;
    if (unit != UNIT_YEAR && unit != UNIT_SCHOOL_YEAR) {
        point->of = due_read_outer(r, unit);
    }
    return point;
}

static const struct point *read_month(struct due_reader *r, enum unit inner)
{
    uint32_t begin = r->at;

    if (extent(inner) >= extent(UNIT_NAMED_MONTH)) {
        return NULL;
    }
    enum which which = read_which(r);
    if (!due_is(r, 0, WORD_MONTH)) {
        r->at = begin;
        return NULL;
    }
    struct point *month = due_point(r, UNIT_NAMED_MONTH, due_peek(r, 0)->value, NULL);
    due_skip(r, 1);
    if (due_is_unit(r, 0, UNIT_MONTH)) {
        due_skip(r, 1); /* марта месяца */
    }
    month->at = begin;
    month->of = due_read_year(r, UNIT_NAMED_MONTH);
    if (which != WHICH_SAID && month->of == NULL) { /* каждый май; май текущего */
        struct point *year = due_point(r, UNIT_YEAR, 0, NULL);
        year->which = which;
        month->of = year;
    }
    return month;
}

const struct point *due_read_outer(struct due_reader *r, enum unit inner)
{
    const struct point *point = read_month(r, inner);

    point = point == NULL && inner != UNIT_NONE ? read_reported_first(r) : point;
    point = point == NULL && extent(inner) < extent(UNIT_SEASON) ? read_season(r) : point;
    point = point == NULL && extent(inner) < extent(UNIT_BREAK) ? read_break(r) : point;
    if (point == NULL && inner != UNIT_NONE) {
        point = due_read_year(r, inner);
    }
    point = point == NULL ? read_unit_outer(r, inner) : point;
    if (point == NULL && inner == UNIT_PIECE && due_take(r, WORD_PERIOD)) {
        point = due_point(r, UNIT_PERIOD, 0, NULL);
    }
    return point;
}

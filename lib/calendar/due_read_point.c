/* due_read_point.c - days, months, quarters, seasons, years: what the calendar has
 *
 * Owns:    a point, or several under one head («1, 2 полугодие», «10-15 и 20 мая»).
 * In:      due_read_when.c.
 * Out:     items of a term, bound BOUND_IN.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/civil.h"
#include "calendar/due_reader.h"

#define NO_SUCH_NUMBER 9999 /* for «0 квартал»: 0 stands for each */

struct point *due_point(struct due_reader *r, enum unit unit, int number, const struct point *of)
{
    struct point *point = arena_alloc(r->arena, sizeof *point);

    *point = (struct point){.unit = unit, .number = number, .of = of, .at = r->at};
    return point;
}

bool due_read_unit(struct due_reader *r, enum unit *ret_unit)
{
    uint32_t begin = r->at;
    bool school = due_take(r, WORD_SCHOOL);
    bool working = due_take(r, WORD_WORKING);

    due_take(r, WORD_CALENDAR);
    if (due_is(r, 0, WORD_BREAK)) {
        *ret_unit = UNIT_BREAK;
    } else if (due_is(r, 0, WORD_UNIT) && due_peek(r, 0)->value != UNIT_HOUR) {
        *ret_unit = (enum unit)due_peek(r, 0)->value;
    } else {
        r->at = begin;
        return false;
    }
    if (school && *ret_unit == UNIT_YEAR) {
        *ret_unit = UNIT_SCHOOL_YEAR;
    }
    if (working && *ret_unit == UNIT_DAY) {
        *ret_unit = UNIT_WORKDAY;
    }
    due_skip(r, 1);
    return true;
}

/* --- one head for several numbers ------------------------------------------------------------- */

/* What a list of numbers counts. */
struct head {
    enum unit unit;
    int weekday;
    const struct point *of;
    bool school; /* the years of a pair are one school year */
};

/* year: the word follows, so that 2022-23 are years too. */
static bool all_years(const struct due_pair *pairs, uint32_t count, bool year)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct due_pair *pair = &pairs[i];
        bool next = (pair->from.value + 1) % 100 == pair->to.value;
        bool short_end = pair->to.digits == 2 && (pair->slash || (year && next));
        if (pair->from.value < CIVIL_YEAR_FIRST || pair->from.value > CIVIL_YEAR_LAST ||
            (!short_end &&
             (pair->to.value < CIVIL_YEAR_FIRST || pair->to.value > CIVIL_YEAR_LAST))) {
            return false;
        }
    }
    return true;
}

/* 15, 20.05.2023: the date ends the list, and gives its month. */
static bool date_head(struct due_reader *r, struct head *head, struct due_pair *last)
{
    const struct due_token *date = due_peek(r, 0);

    if (date->token != TOKEN_DATE || date->day == 0) {
        return false;
    }
    struct point *year = date->year > 0 ? due_point(r, UNIT_YEAR, date->year, NULL) : NULL;
    head->unit = UNIT_DAY;
    head->of = due_point(r, UNIT_NAMED_MONTH, date->month, year);
    *last = (struct due_pair){.from = {.value = date->day, .at = r->at},
                              .to = {.value = date->day, .at = r->at}};
    due_skip(r, 1);
    return true;
}

/* «3 месяц» is the third, «3 месяца» are three: of these units the form says which. */
static bool counts(const struct due_reader *r, const struct due_numeral *last)
{
    static const char *const singular[] = {"месяц",  "месяце", "день",   "дне",    "днем",
                                           "неделя", "неделе", "неделю", "неделей"};
    const struct due_token *word = &r->tokens.items[r->at - 1];

    if (due_one_workday(r)) { /* не позднее 3 рабочего дня */
        return false;
    }
    if (last->ordinal || last->value == 1 || last->value < 0 ||
        (word->value != UNIT_MONTH && word->value != UNIT_DAY && word->value != UNIT_WEEK)) {
        return false;
    }
    for (size_t i = 0; i < sizeof singular / sizeof *singular; i++) {
        if (bytes_equal(word->text, bytes_of(singular[i]))) {
            return false;
        }
    }
    return true;
}

/* «1 месяц», «одна неделя» by itself: how long, and not which one. */
static bool lasts(const struct due_reader *r, const struct head *head,
                  const struct due_numeral *numeral)
{
    const struct due_token *word = &r->tokens.items[r->at - 1];
    bool unit = word->token == TOKEN_WORD && word->word == WORD_UNIT &&
                (head->unit == UNIT_MONTH || head->unit == UNIT_DAY || head->unit == UNIT_WEEK ||
                 head->unit == UNIT_WORKDAY);

    for (uint32_t i = 0; i < numeral->at; i++) { /* «сентябрь, 1 неделя»; «срок: 1 месяц» */
        const struct due_token *before = &r->tokens.items[i];
        bool heading = before->token == TOKEN_SIGN ||
                       (before->token == TOKEN_WORD &&
                        (before->word == WORD_TERM || before->word == WORD_TASK));
        unit = unit && heading;
    }
    return unit && head->of == NULL && numeral->value == 1 && !numeral->ordinal;
}

static bool unit_head(struct due_reader *r, struct head *head, const struct due_numeral *last)
{
    if (due_is(r, 0, WORD_MONTH)) {
        head->unit = UNIT_DAY;
        head->of = due_read_outer(r, UNIT_DAY);
        return head->of != NULL;
    }
    if (due_is(r, 0, WORD_WEEKDAY)) {
        head->unit = UNIT_WEEKDAY;
        head->weekday = due_peek(r, 0)->value;
        due_skip(r, 1);
    } else if (due_take(r, WORD_DAY_NUMBER)) {
        head->unit = UNIT_DAY;
    } else if (due_take(r, WORD_HALF)) {
        head->unit = UNIT_PIECE;
    } else if (!due_read_unit(r, &head->unit) || counts(r, last)) {
        return false;
    }
    if (head->unit != UNIT_YEAR && head->unit != UNIT_SCHOOL_YEAR) {
        head->of = due_read_outer(r, head->unit);
    }
    if (head->unit == UNIT_PIECE) { /* «половина дня» is none of the calendar */
        return head->of != NULL && head->of->unit > UNIT_WEEKDAY;
    }
    return !lasts(r, head, last);
}

static int headed_number(const struct head *head, const struct due_numeral *numeral)
{
    if (head->unit == UNIT_PIECE) { /* a first or second half, the last half */
        return numeral->value == 1                           ? PIECE_FIRST_HALF
               : numeral->value == 2 || numeral->value == -1 ? PIECE_SECOND_HALF
                                                             : 0;
    }
    if (head->unit == UNIT_YEAR && numeral->digits == 2) {
        return numeral->value + 2000;
    }
    return numeral->value != 0 ? numeral->value : NO_SUCH_NUMBER;
}

static const struct point *headed(struct due_reader *r, const struct head *head,
                                  const struct due_numeral *numeral)
{
    struct point *point = due_point(r, head->unit, headed_number(head, numeral), head->of);

    point->weekday = head->weekday;
    point->at = numeral->at;
    return point;
}

static void add_pairs(struct due_reader *r, struct term *term, const struct head *head,
                      const struct due_pair *pairs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct item *item = due_add_item(r, term);
        bool range = pairs[i].to.at != pairs[i].from.at;
        item->at = pairs[i].from.at;
        item->from = headed(r, head, &pairs[i].from);
        item->listed = count > 1;
        if (range && !head->school) {
            item->to = headed(r, head, &pairs[i].to);
            item->until = pairs[i].until;
        }
    }
}

/* 2022/2023, 2022-2023 учебный год: one; 2021-2024 учебные годы: a range whose end is the last. */
static bool one_school_year(const struct due_pair *pair)
{
    int to = pair->to.digits == 2 ? pair->from.value / 100 * 100 + pair->to.value : pair->to.value;

    return pair->to.at != pair->from.at && to == pair->from.value + 1;
}

static bool years_head(struct due_reader *r, struct head *head, struct due_pair *pairs,
                       uint32_t count)
{
    bool word = due_is(r, 0, WORD_SCHOOL) || due_is_unit(r, 0, UNIT_YEAR);

    if (!all_years(pairs, count, word)) {
        return false;
    }
    head->unit = UNIT_YEAR;
    due_take(r, WORD_CALENDAR);
    bool school = due_is(r, 0, WORD_SCHOOL) && due_is_unit(r, 1, UNIT_YEAR);
    if (school) {
        due_skip(r, 2);
    } else if (due_is_unit(r, 0, UNIT_YEAR)) {
        due_skip(r, 1);
    }
    for (uint32_t i = 0; i < count; i++) {
        bool one = one_school_year(&pairs[i]);
        if (pairs[i].slash && !one) {
            return false;
        }
        head->school = head->school || (one && (school || pairs[i].slash));
        if (school && !one) {
            pairs[i].to.value--; /* the last school year ends in it */
        }
    }
    head->unit = school || head->school ? UNIT_SCHOOL_YEAR : UNIT_YEAR;
    return true;
}

static bool read_numbered(struct due_reader *r, bool since, struct term *term)
{
    struct due_pair pairs[NUMBERS_MAX + 1];
    struct head head = {.unit = UNIT_NONE};
    uint32_t begin = r->at;
    uint32_t count = due_read_numbers(r, since, pairs);
    uint32_t after = r->at;

    if (count == 0) {
        return false;
    }
    if (years_head(r, &head, pairs, count)) {
        add_pairs(r, term, &head, pairs, count);
        return true;
    }
    r->at = after;
    if (unit_head(r, &head, &pairs[count - 1].to)) {
        add_pairs(r, term, &head, pairs, count);
        return true;
    }
    r->at = after;
    struct due_pair *last = &pairs[count - 1];
    bool range = due_take_sign(r, '-') || (since && due_take(r, WORD_BY));
    if (!range && (due_take_sign(r, ',') || due_take(r, WORD_AND))) {
        last++;
    }
    struct due_pair end;
    if (r->at > after && count < NUMBERS_MAX && date_head(r, &head, &end)) {
        last->from = range ? last->from : end.from;
        last->to = end.to;
        add_pairs(r, term, &head, pairs, (uint32_t)(last - pairs) + 1);
        return true;
    }
    r->at = begin;
    return false;
}

/* --- points without a number ------------------------------------------------------------------ */

static bool read_piece(struct due_reader *r, struct term *term)
{
    uint32_t begin = r->at;

    if (!due_is(r, 0, WORD_PIECE) && !due_is(r, 0, WORD_FINISH)) {
        return false;
    }
    int piece = due_is(r, 0, WORD_FINISH) ? PIECE_END : due_peek(r, 0)->value;
    due_skip(r, 1);
    const struct point *of = due_read_outer(r, UNIT_PIECE);
    if (of == NULL || of->unit <= UNIT_WEEKDAY) { /* «конец рабочего дня»: of which day? */
        r->at = begin;
        return false;
    }
    struct item *item = due_add_item(r, term);
    item->from = due_point(r, UNIT_PIECE, piece, of);
    item->at = begin;
    return true;
}

static bool read_date(struct due_reader *r, struct term *term)
{
    const struct due_token *date = due_peek(r, 0);

    if (date->token != TOKEN_DATE) {
        return false;
    }
    struct item *item = due_add_item(r, term);
    struct point *year = date->year > 0 ? due_point(r, UNIT_YEAR, date->year, NULL) : NULL;
    struct point *month = due_point(r, UNIT_NAMED_MONTH, date->month, year);
    item->from = date->day > 0 ? due_point(r, UNIT_DAY, date->day, month) : month;
    due_skip(r, 1);
    if (year == NULL) {
        month->of = due_read_year(r, UNIT_NAMED_MONTH);
    } else if (due_is_unit(r, 0, UNIT_YEAR)) {
        due_skip(r, 1);
    }
    return true;
}

/* A month, a season, holidays, «учебного года»: what can also be the outer part of another. */
static bool read_named(struct due_reader *r, struct term *term)
{
    uint32_t begin = r->at;
    const struct point *point =
        due_is(r, 0, WORD_EVERY) && !due_is(r, 1, WORD_MONTH) ? NULL : due_read_outer(r, UNIT_NONE);

    if (point == NULL) {
        return false;
    }
    struct item *item = due_add_item(r, term);
    item->from = point;
    item->at = begin;
    return true;
}

static bool read_weekday(struct due_reader *r, struct term *term)
{
    if (!due_is(r, 0, WORD_WEEKDAY)) {
        return false;
    }
    struct item *item = due_add_item(r, term);
    struct point *point = due_point(r, UNIT_WEEKDAY, 0, NULL);
    point->weekday = due_peek(r, 0)->value;
    item->from = point;
    due_skip(r, 1);
    point->of = due_read_outer(r, UNIT_WEEKDAY);
    return true;
}

bool due_read_points(struct due_reader *r, bool since, struct term *term)
{
    return due_read_counted(r, term) || read_numbered(r, since, term) || read_piece(r, term) ||
           read_date(r, term) || read_weekday(r, term) || read_named(r, term);
}

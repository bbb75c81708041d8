/* due_complete.c - what is said once for several, and whether there are such days
 *
 * Owns:    «сентябрь, ноябрь 2021 года»: whose year is it; ranges across a year's end; the bounds
 *          of numbers.
 * In:      due.c, after the phrase was read.
 * Out:     the tree, changed in place.
 * Always:  after it a day of the calendar that is named with its year exists, and no range ends
 *          before it begins.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/due_count.h"
#include "calendar/due_reader.h"

#define FIRST_YEAR    1900
#define LEAP_YEAR     2000
#define AUTUMN_BEGINS 7   /* a range from July on may well end in the next year */
#define LONG_RANGE    276 /* days, nine months: from before July on, a longer one is a slip */
#define POINTS_MAX    128

/* --- checks of one point ---------------------------------------------------------------------- */

static bool refuse_number(const struct due_reader *r, const struct point *point, struct error *err)
{
    struct bytes words =
        due_slice(r, point->at, point->at + 2 <= r->tokens.count ? point->at + 2 : r->tokens.count);

    int column = (int)r->tokens.items[point->at].column;

    if (point->unit == UNIT_DAY) {
        return error_set_at(err, ERROR_INVALID, NULL, 1, column, "there is no such day: \"%.*s\"",
                            (int)words.size, (const char *)words.data);
    }
    return error_set_at(err, ERROR_INVALID, NULL, 1, column,
                        "there is nothing that is called \"%.*s\"", (int)words.size,
                        (const char *)words.data);
}

static int days_of_month(const struct point *month)
{
    const struct point *year = month->of;
    int known =
        year != NULL && year->unit == UNIT_YEAR && year->number > 0 ? year->number : LEAP_YEAR;

    return civil_of_day(due_day_of(known, month->number + 1, 1) - 1).day;
}

/* How many there are in what it lies in. */
static int most(const struct point *point)
{
    static const int in_year[UNIT_COUNT] = {
        [UNIT_DAY] = 31,           [UNIT_WORKDAY] = 23, [UNIT_WEEKDAY] = 5,
        [UNIT_WEEK] = 5,           [UNIT_DECADE] = 3,   [UNIT_MONTH] = 12,
        [UNIT_NAMED_MONTH] = 12,   [UNIT_SEASON] = 4,   [UNIT_BREAK] = 4,
        [UNIT_QUARTER] = 4,        [UNIT_HALF] = 2,     [UNIT_TERM] = 4,
        [UNIT_TRIMESTER] = 3,      [UNIT_SEMESTER] = 2, [UNIT_YEAR] = 2199,
        [UNIT_SCHOOL_YEAR] = 2199, [UNIT_PIECE] = 5,
    };
    enum unit outer = point->of != NULL ? point->of->unit : UNIT_NONE;

    if (point->unit == UNIT_DAY && outer == UNIT_NAMED_MONTH) {
        return days_of_month(point->of);
    }
    if (outer > UNIT_NAMED_MONTH && point->unit < UNIT_MONTH) { /* the 60th day of a quarter */
        return 366;
    }
    if (point->unit == UNIT_MONTH && outer == UNIT_QUARTER) {
        return 3;
    }
    return in_year[point->unit] / (outer == UNIT_HALF && point->unit < UNIT_HALF ? 2 : 1);
}

/* How many windows the point has in its own year, or in a leap year; the days of the first. */
static uint32_t count_in_year(struct due_reader *r, const struct point *point,
                              struct window *ret_days)
{
    struct due_frame frame = {.known = true};
    uint32_t doubts = 0;
    struct due_expansion e = {.frame = &frame, .doubts = &doubts};
    struct windows windows = {.arena = r->arena};
    const struct point *whole = due_ground(r->arena, point);
    int year = due_year_of(whole)->number;

    due_expand(&e, whole, year > 0 ? year : LEAP_YEAR, &windows);
    if (windows.count > 0) {
        *ret_days = windows.items[0];
    }
    return windows.count;
}

static bool days_in_year(struct due_reader *r, const struct point *point, struct window *ret_days)
{
    return count_in_year(r, point, ret_days) == 1;
}

/* The fifth Friday of a February that has four. */
static bool there_is_one(struct due_reader *r, const struct point *point, struct error *err)
{
    const struct point *year = due_year_of(point);
    struct window days;

    return year == NULL || year->number == 0 || year->which != WHICH_SAID ||
           count_in_year(r, point, &days) > 0 || refuse_number(r, point, err);
}

static bool check_point(struct due_reader *r, const struct point *point, struct error *err)
{
    const struct point *whole = point;

    for (; point != NULL; point = point->of) {
        int number = point->number < 0 ? -point->number : point->number;
        bool year = point->unit == UNIT_YEAR || point->unit == UNIT_SCHOOL_YEAR;
        if (number > most(point) || (point->unit == UNIT_PIECE && number == 0) ||
            (year && number > 0 && number < FIRST_YEAR)) {
            return refuse_number(r, point, err);
        }
    }
    return whole == NULL || there_is_one(r, whole, err);
}

/* --- ranges ----------------------------------------------------------------------------------- */

/* May it end in the next year? From autumn to spring it does; all but a year round is a slip. */
static bool crosses(struct window from, struct window to)
{
    struct civil first = civil_of_day(from.from);
    struct civil last = civil_of_day(to.to);
    civil_day end = due_day_of(last.year + 1, last.month, last.day);

    return first.month != last.month &&
           (first.month >= AUTUMN_BEGINS || end - from.from <= LONG_RANGE);
}

/* *said: which ends had a year of their own. */
static bool order_range(struct due_reader *r, struct item *item, bool from_said, bool to_said,
                        struct error *err)
{
    struct window from;
    struct window to;

    if (!days_in_year(r, item->from, &from) || !days_in_year(r, item->to, &to) ||
        to.to >= from.from) {
        return true;
    }
    if ((from_said && to_said) || !crosses(from, to)) {
        const struct due_token *token = &r->tokens.items[item->at];
        return error_set_at(err, ERROR_INVALID, NULL, 1, (int)token->column,
                            "the range ends before it begins");
    }
    const struct point *year = due_year_of(item->to);
    if (year != NULL && year->which == WHICH_NEXT) { /* апрель – январь следующего года */
        struct point *this_year = due_point(r, year->unit, 0, NULL);
        this_year->which = WHICH_CURRENT;
        item->from = due_with_year(r->arena, due_ground(r->arena, item->from), this_year);
        return true;
    }
    if (to_said || (!from_said && due_year_numbered(item->from))) {
        item->from = due_attach(r, item->from, due_year_of(item->to), -1);
    } else if (from_said) {
        item->to = due_attach(r, item->to, due_year_of(item->from), 1);
    }
    return true;
}

struct slot {
    const struct point **point;
    bool said;
    bool gives;    /* its year to others: a year by itself stands for itself */
    bool numbered; /* and it is a number, not «каждого года» */
    bool each;     /* the day of a series: the years of its start and end are not its own */
};

static struct slot slot_of(const struct term *term, const struct item *item,
                           const struct point **point)
{
    bool year = item->from->unit == UNIT_YEAR || item->from->unit == UNIT_SCHOOL_YEAR;
    bool start = due_opens(item) && term->repeat.unit != UNIT_NONE; /* has its own year */

    return (struct slot){point, due_has_year(*point), !year && !start, due_year_numbered(*point),
                         due_day_of_each(term, *point)};
}

static uint32_t gather(struct term *term, struct slot slots[POINTS_MAX])
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < term->item_count && count + 2 <= POINTS_MAX; i++) {
        struct item *item = &term->items[i];
        slots[count++] = slot_of(term, item, &item->from);
        if (item->to != NULL) {
            slots[count++] = slot_of(term, item, &item->to);
        }
    }
    return count;
}

/* The year of the last one that had some is this one's too. */
static void give_year(struct due_reader *r, const struct slot *slot, const struct slot **giver)
{
    const struct point *year = *giver != NULL ? due_year_of(*(*giver)->point) : NULL;

    if (year != NULL && due_lacks_year(*slot->point) && (!slot->each || (*giver)->each)) {
        *slot->point = due_attach(r, *slot->point, year, 0);
    }
    *giver = slot->said && slot->gives ? slot : *giver;
}

/* A year counts for what stands before it, and for what follows when no other does. */
static bool spread_years(struct due_reader *r, struct term *term, struct error *err)
{
    struct slot slots[POINTS_MAX];
    uint32_t count = gather(term, slots);
    const struct slot *giver = NULL;
    uint32_t at = 0;

    for (uint32_t i = count; i-- > 0;) {
        give_year(r, &slots[i], &giver);
    }
    giver = NULL;
    for (uint32_t i = 0; i < count; i++) {
        give_year(r, &slots[i], &giver);
    }
    for (uint32_t i = 0; i < term->item_count && at < count; i++) {
        struct item *item = &term->items[i];
        bool range = item->to != NULL;
        if (range && !order_range(r, item, slots[at].numbered, slots[at + 1].numbered, err)) {
            return false;
        }
        at += range ? 2 : 1;
    }
    return true;
}

static bool check_items(struct due_reader *r, const struct item *items, uint32_t count,
                        struct error *err)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!check_point(r, items[i].from, err) || !check_point(r, items[i].to, err)) {
            return false;
        }
    }
    return true;
}

/* «5 мая 2023 года (пятница)»: it must be one. */
static bool check_weekdays(struct due_reader *r, const struct term *term, struct error *err)
{
    for (uint32_t i = 0; i < term->item_count; i++) {
        const struct item *item = &term->items[i];
        const struct point *year = due_year_of(item->from);
        struct window days;
        if (item->weekday == 0 || year == NULL || year->number == 0 ||
            !days_in_year(r, item->from, &days) || civil_weekday(days.from) == item->weekday) {
            continue;
        }
        return error_set_at(err, ERROR_INVALID, NULL, 1, (int)r->tokens.items[item->at].column,
                            "this day of the month is another day of the week");
    }
    return true;
}

/* «10 раз»: in what? */
static bool check_times(const struct due_reader *r, const struct term *term, struct error *err)
{
    const struct repeat *repeat = &term->repeat;
    const struct due_token *token = &r->tokens.items[repeat->at];

    if (repeat->unit != UNIT_PERIOD || repeat->count == 1 || term->item_count > 0 ||
        term->lasting != LASTING_NO || term->other_plan || term->on_demand) {
        return true;
    }
    return error_set_at(err, ERROR_SYNTAX, NULL, 1, (int)token->column,
                        "so many times, but it is not said in which time");
}

/* «июнь-август (каникулы)»: a remark, or all holidays as well? */
static bool check_breaks(const struct due_reader *r, const struct term *term, struct error *err)
{
    const struct item *breaks = NULL;
    uint32_t count = 0;

    for (uint32_t i = 0; i < term->item_count; i++) {
        const struct point *from = term->items[i].from;
        bool all = from->unit == UNIT_BREAK && from->number == 0;
        breaks = all ? &term->items[i] : breaks;
        count += all ? 1 : 0;
    }
    if (breaks == NULL || count == term->item_count) {
        return true;
    }
    struct bytes text = due_slice(r, breaks->from->at, breaks->from->at + 1);
    return error_set_at(err, ERROR_SYNTAX, NULL, 1, (int)r->tokens.items[breaks->from->at].column,
                        "\"%.*s\" does not go together with the rest of the term", (int)text.size,
                        (const char *)text.data);
}

/* «до начала учебного года и по окончании каждой четверти»: no one term. */
static bool check_anchor(const struct due_reader *r, const struct term *term, struct error *err)
{
    const struct anchor *anchor = &term->anchor;
    bool each = anchor->form == ANCHOR_RESULTS || anchor->form == ANCHOR_AFTER;

    if (anchor->when == NULL || !each || term->item_count == 0 || term->repeat.unit != UNIT_NONE) {
        return true;
    }
    struct bytes text = due_slice(r, anchor->at, anchor->at + 1);
    return error_set_at(err, ERROR_SYNTAX, NULL, 1, (int)r->tokens.items[anchor->at].column,
                        "\"%.*s\" does not go together with the rest of the term", (int)text.size,
                        (const char *)text.data);
}

/* «до 12 часов»: of which day? «2 часа» is a length, and said so as a clock time, it is none. */
static bool check_hour(const struct due_reader *r, const struct term *term, struct error *err)
{
    bool day = term->item_count > 0 || term->repeat.unit != UNIT_NONE ||
               term->lasting != LASTING_NO || term->anchor.form != ANCHOR_NONE;

    if (term->hour_past == 0 || day) {
        return true;
    }
    const struct due_token *last = &r->tokens.items[term->hour_past - 1];
    struct bytes text = due_slice(r, term->hour_past - 1, term->hour_past);
    return error_set_at(err, ERROR_SYNTAX, NULL, 1, (int)last->column,
                        "the term is not finished: something is missing after \"%.*s\"",
                        (int)text.size, (const char *)text.data);
}

static bool complete_term(struct due_reader *r, struct term *term, struct error *err)
{
    if (!check_items(r, term->items, term->item_count, err) ||
        !check_items(r, term->later, term->later_count, err) ||
        !check_items(r, term->spans, term->span_count, err) ||
        !check_items(r, term->anchor.when, term->anchor.when != NULL ? 1 : 0, err)) {
        return false;
    }
    due_merge(r, term);
    struct term spans = {.items = term->spans, .item_count = term->span_count};
    return spread_years(r, term, err) && spread_years(r, &spans, err) &&
           check_items(r, term->items, term->item_count, err) && /* 29 February of a known year */
           check_items(r, term->spans, term->span_count, err) && check_weekdays(r, term, err) &&
           check_times(r, term, err) && check_hour(r, term, err) && check_breaks(r, term, err) &&
           check_anchor(r, term, err) && due_check_starts(r, term, err);
}

bool due_complete(struct due_reader *r, struct tree *tree, struct error *err)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        if (!complete_term(r, &tree->clauses[i].term, err)) {
            return false;
        }
    }
    return true;
}

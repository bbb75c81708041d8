/* workdays.c - which days are worked: rules laid over 300 years, then counted
 *
 * Owns:    for each day the marks that rules left on it, and the sums that answer questions.
 * In:      workdays_create(), the rules of each layer, workdays_seal(); from lib/language.
 * Out:     answers; nothing changes after the seal.
 * Always:  a bit is set exactly for the days whose kind is worked; before[i] is the number of bits
 *          in all words under i, so that counting is two look-ups, and finding the n-th worked day
 *          is eleven halvings however far it lies.
 * See:     workdays.h; docs/time.md §2
 */
#include "calendar/workdays.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

#define YEARS     (CIVIL_YEAR_LAST - CIVIL_YEAR_FIRST + 1)
#define DAY_FIRST (-25567) /* 1900-01-01 */
#define DAY_LAST  84005    /* 2199-12-31 */
#define DAYS      ((uint32_t)(DAY_LAST - DAY_FIRST + 1))
#define WORDS     ((DAYS + 63) / 64)

/* What rules said of a day. Without a mark the week decides. */
enum mark {
    MARK_HOLIDAY = 1, /* by law */
    MARK_OFF = 2,
    MARK_WORKING = 4, /* whatever the week says */
    MARK_FORCED = 8,  /* whatever the law says */
    MARK_SHORT = 16,  /* if it is worked */
};

struct workdays {
    bool sealed;
    int week; /* days of it that are worked */
    bool approved[YEARS];
    uint8_t marks[DAYS];
    uint64_t bits[WORDS]; /* from here on made by the seal */
    uint32_t before[WORDS];
    uint32_t total;
};

struct workdays *workdays_create(void)
{
    struct workdays *w = xcalloc(1, sizeof *w);

    w->week = 5;
    return w;
}

struct workdays *workdays_extend(const struct workdays *base)
{
    struct workdays *w = workdays_create();

    w->week = base->week;
    memcpy(w->approved, base->approved, sizeof w->approved);
    memcpy(w->marks, base->marks, sizeof w->marks);
    return w;
}

void workdays_destroy(struct workdays **workdays)
{
    if (workdays != NULL) {
        free(*workdays);
        *workdays = NULL;
    }
}

/* --- rules ------------------------------------------------------------------------------------ */

static uint32_t index_of(civil_day day)
{
    must(day >= DAY_FIRST && day <= DAY_LAST);
    return (uint32_t)(day - DAY_FIRST);
}

/* Takes marks away, then puts one there: the last word about a day counts. */
static void mark(struct workdays *w, civil_day day, unsigned gone, unsigned put)
{
    uint8_t *marks = &w->marks[index_of(day)];

    must(!w->sealed);
    *marks = (uint8_t)((*marks & ~gone) | put);
}

void workdays_set_week(struct workdays *w, int days)
{
    must(!w->sealed && (days == 5 || days == 6));
    w->week = days;
}

void workdays_add_holiday(struct workdays *w, int month, int day, int since, int until)
{
    struct civil c = {since < CIVIL_YEAR_FIRST ? CIVIL_YEAR_FIRST : since, month, day};

    for (; c.year <= (until == 0 || until > CIVIL_YEAR_LAST ? CIVIL_YEAR_LAST : until); c.year++) {
        if (civil_valid(c)) {
            mark(w, civil_to_day(c), MARK_WORKING | MARK_FORCED, MARK_HOLIDAY);
        }
    }
}

void workdays_approve(struct workdays *w, int year)
{
    must(!w->sealed && year >= CIVIL_YEAR_FIRST && year <= CIVIL_YEAR_LAST);
    w->approved[year - CIVIL_YEAR_FIRST] = true;
}

void workdays_add_off(struct workdays *w, civil_day day)
{
    mark(w, day, MARK_WORKING | MARK_FORCED, MARK_OFF);
}

void workdays_add_working(struct workdays *w, civil_day day, bool forced)
{
    mark(w, day, MARK_OFF, forced ? MARK_WORKING | MARK_FORCED : MARK_WORKING);
}

void workdays_add_short(struct workdays *w, civil_day day)
{
    mark(w, day, 0, MARK_SHORT);
}

static enum day_kind kind_of(const struct workdays *w, civil_day day)
{
    unsigned marks = w->marks[index_of(day)];
    enum day_kind worked = (marks & MARK_SHORT) != 0 ? DAY_SHORT : DAY_WORKING;

    if ((marks & MARK_FORCED) != 0) {
        return worked;
    }
    if ((marks & MARK_HOLIDAY) != 0) {
        return DAY_HOLIDAY;
    }
    if ((marks & MARK_OFF) != 0) {
        return DAY_OFF;
    }
    return (marks & MARK_WORKING) != 0 || civil_weekday(day) <= w->week ? worked : DAY_WEEKEND;
}

static bool is_worked_kind(enum day_kind kind)
{
    return kind == DAY_WORKING || kind == DAY_SHORT;
}

/* Bits set in a word: pairs, nibbles, bytes, then all bytes added by one multiplication. */
static uint32_t ones(uint64_t word)
{
    word -= (word >> 1) & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + ((word >> 2) & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)((word * UINT64_C(0x0101010101010101)) >> 56);
}

void workdays_seal(struct workdays *w)
{
    must(!w->sealed);
    for (uint32_t i = 0; i < DAYS; i++) {
        if (is_worked_kind(kind_of(w, DAY_FIRST + (civil_day)i))) {
            w->bits[i / 64] |= UINT64_C(1) << (i % 64);
        }
    }
    for (uint32_t i = 0; i < WORDS; i++) {
        w->before[i] = w->total;
        w->total += ones(w->bits[i]);
    }
    w->sealed = true;
}

/* --- questions -------------------------------------------------------------------------------- */

enum day_kind workdays_kind(const struct workdays *w, civil_day day)
{
    must(w->sealed);
    return kind_of(w, day);
}

bool workdays_is_worked(const struct workdays *w, civil_day day)
{
    uint32_t i = index_of(day);

    must(w->sealed);
    return (w->bits[i / 64] >> (i % 64) & 1) != 0;
}

bool workdays_is_approved(const struct workdays *w, int year)
{
    must(w->sealed);
    return year >= CIVIL_YEAR_FIRST && year <= CIVIL_YEAR_LAST &&
           w->approved[year - CIVIL_YEAR_FIRST];
}

int workdays_missing(const struct workdays *w, civil_day from, civil_day to)
{
    must(w->sealed);
    for (int year = civil_of_day(from).year; year <= civil_of_day(to).year; year++) {
        if (!workdays_is_approved(w, year)) {
            return year;
        }
    }
    return 0;
}

/* How many worked days lie before this one, which may stand at the end of all. */
static uint32_t rank(const struct workdays *w, uint32_t index)
{
    if (index == DAYS) {
        return w->total;
    }
    uint64_t below = w->bits[index / 64] & ((UINT64_C(1) << (index % 64)) - 1);
    return w->before[index / 64] + ones(below);
}

/* Days just outside of the calendar are allowed: there is nothing there. */
static uint32_t clamped(civil_day day)
{
    must(day != CIVIL_DAY_NONE);
    return day < DAY_FIRST ? 0 : day > DAY_LAST ? DAYS : (uint32_t)(day - DAY_FIRST);
}

int32_t workdays_count(const struct workdays *w, civil_day from, civil_day to)
{
    must(w->sealed);
    if (to < from) {
        return -workdays_count(w, to, from);
    }
    uint32_t end = clamped(to);
    return (int32_t)(rank(w, end < DAYS ? end + 1 : DAYS) - rank(w, clamped(from)));
}

/* The worked day that has so many before it; there is one. */
static civil_day find_worked(const struct workdays *w, uint32_t rank_wanted)
{
    uint32_t low = 0; /* before[low] <= rank_wanted */
    uint32_t high = WORDS;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (w->before[middle] <= rank_wanted) {
            low = middle;
        } else {
            high = middle;
        }
    }
    uint64_t word = w->bits[low];
    for (uint32_t skip = rank_wanted - w->before[low]; skip > 0; skip--) {
        word &= word - 1; /* the lowest bit goes */
    }
    must(word != 0);
    return DAY_FIRST + (civil_day)(low * 64 + ones((word & (~word + 1)) - 1));
}

civil_day workdays_add(const struct workdays *w, civil_day day, int32_t n)
{
    uint32_t index = index_of(day);

    must(w->sealed);
    if (n == 0) {
        return day;
    }
    int64_t wanted = n > 0 ? (int64_t)rank(w, index + 1) + n - 1 : (int64_t)rank(w, index) + n;
    if (wanted < 0 || wanted >= (int64_t)w->total) {
        return n > 0 ? DAY_LAST : DAY_FIRST;
    }
    return find_worked(w, (uint32_t)wanted);
}

civil_day workdays_shift(const struct workdays *w, civil_day day, enum shift shift)
{
    must((unsigned)shift < SHIFT_COUNT);
    if (shift == SHIFT_KEEP || workdays_is_worked(w, day)) {
        return day;
    }
    return workdays_add(w, day, shift == SHIFT_NEXT ? 1 : -1);
}

const char *day_kind_name(enum day_kind kind)
{
    static const char *const names[DAY_KIND_COUNT] = {
        [DAY_WORKING] = "working", [DAY_SHORT] = "short", [DAY_WEEKEND] = "weekend",
        [DAY_HOLIDAY] = "holiday", [DAY_OFF] = "off",
    };

    must((unsigned)kind < DAY_KIND_COUNT);
    return names[kind];
}

const char *shift_name(enum shift shift)
{
    static const char *const names[SHIFT_COUNT] = {
        [SHIFT_KEEP] = "keep", [SHIFT_PREVIOUS] = "previous", [SHIFT_NEXT] = "next"};

    must((unsigned)shift < SHIFT_COUNT);
    return names[shift];
}

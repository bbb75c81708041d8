/* recurrence_year.c - series of weekdays and of days of months -> days, kept by kind of year
 *
 * Owns:    what libical has answered: a bit for each day of a year.
 * In:      recurrence_series_next(), for each day of a term that comes again.
 * Out:     a civil day.
 * Always:  a search ends: libical is asked with FREQ=YEARLY, BYMONTH and BYDAY or BYMONTHDAY, for
 *          one of the years 2000 to 2027, and each such rule has a day in every one of them, or in
 *          the one after it.
 * See:     recurrence_year.h; recurrence.h
 */
#include "calendar/recurrence_year.h"

#include "base/must.h"

#include <libical/ical.h>

#include <stdio.h>

#define YEAR_KINDS 14
#define YEAR_FIRST 2000 /* all fourteen kinds are among 28 years */
#define YEAR_WORDS 6    /* 366 bits */
#define WORD_BITS  64
#define WEEK_DAYS  7
#define WEEKS_MAX  5
#define DAYS_MAX   31
#define BY_WEEKDAY (WEEK_DAYS * (2 * WEEKS_MAX + 1))
#define SERIES_MAX (BY_WEEKDAY + 2 * DAYS_MAX + 1)
#define RULE_BYTES 96

struct year_days {
    bool known;
    uint64_t days[YEAR_WORDS];
};

/* 64 KB; of a thread, so that nobody waits and nobody reads what is half written. */
static _Thread_local struct year_days kept[YEAR_KINDS][SERIES_MAX];

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static civil_day first_of(int year)
{
    return civil_to_day((struct civil){year, 1, 1});
}

static int kind_of(int year)
{
    return civil_weekday(first_of(year)) - 1 + (is_leap(year) ? WEEK_DAYS : 0);
}

static size_t place_of(struct recurrence_series series)
{
    bool by_weekday = series.weekday > 0;
    int most = by_weekday ? WEEKS_MAX : DAYS_MAX;

    must(series.weekday >= 0 && series.weekday <= WEEK_DAYS);
    must(series.number >= -most && series.number <= most && (by_weekday || series.number != 0));
    return (size_t)(by_weekday
                        ? (series.weekday - 1) * (2 * WEEKS_MAX + 1) + series.number + WEEKS_MAX
                        : BY_WEEKDAY + series.number + DAYS_MAX);
}

static struct icalrecurrencetype rule_of(struct recurrence_series series)
{
    static const char *const weekdays[] = {"", "MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    static const char each_month[] = "FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12";
    char text[RULE_BYTES];

    if (series.weekday == 0) {
        snprintf(text, sizeof text, "%s;BYMONTHDAY=%d", each_month, series.number);
    } else if (series.number == 0) {
        snprintf(text, sizeof text, "%s;BYDAY=%s", each_month, weekdays[series.weekday]);
    } else {
        snprintf(text, sizeof text, "%s;BYDAY=%d%s", each_month, series.number,
                 weekdays[series.weekday]);
    }
    return icalrecurrencetype_from_string(text);
}

/* All days of one year that libical names. It names the day on which it starts, too, whatever the
 * rule says: so that is the last of the year before. */
static void ask(struct recurrence_series series, int year, struct year_days *ret_days)
{
    struct icaltimetype start = icaltime_null_date();

    start.year = year - 1;
    start.month = 12;
    start.day = 31;
    icalrecur_iterator *days = icalrecur_iterator_new(rule_of(series), start);
    must(days != NULL);
    struct icaltimetype time = icalrecur_iterator_next(days);
    for (; !icaltime_is_null_time(time) && time.year <= year;
         time = icalrecur_iterator_next(days)) {
        civil_day day = civil_to_day((struct civil){time.year, time.month, time.day});
        uint32_t bit = (uint32_t)(day - first_of(year));
        if (time.year == year) {
            ret_days->days[bit / WORD_BITS] |= UINT64_C(1) << bit % WORD_BITS;
        }
    }
    icalrecur_iterator_free(days);
    ret_days->known = true;
}

static const struct year_days *days_of(struct recurrence_series series, int year)
{
    int kind = kind_of(year);
    struct year_days *days = &kept[kind][place_of(series)];
    int asked = YEAR_FIRST;

    if (!days->known) {
        while (kind_of(asked) != kind) {
            asked++;
        }
        ask(series, asked, days);
    }
    return days;
}

/* The lowest bit that is set; there is one. */
static uint32_t lowest(uint64_t bits)
{
    uint32_t bit = 0;

    for (uint32_t half = WORD_BITS / 2; half > 0; half /= 2) {
        if ((bits & ((UINT64_C(1) << half) - 1)) == 0) {
            bits >>= half;
            bit += half;
        }
    }
    return bit;
}

/* The first bit from this one on; as many as there are when none is set. */
static uint32_t first_bit(const struct year_days *days, uint32_t from)
{
    uint64_t rest = days->days[from / WORD_BITS] >> from % WORD_BITS;

    if (rest != 0) {
        return from + lowest(rest);
    }
    for (uint32_t word = from / WORD_BITS + 1; word < YEAR_WORDS; word++) {
        if (days->days[word] != 0) {
            return word * WORD_BITS + lowest(days->days[word]);
        }
    }
    return YEAR_WORDS * WORD_BITS;
}

bool recurrence_series_next(struct recurrence_series series, civil_day from, civil_day last,
                            civil_day *ret_day)
{
    for (civil_day day = from; day <= last;) {
        int year = civil_of_day(day).year;
        civil_day first = first_of(year);
        uint32_t bit = first_bit(days_of(series, year), (uint32_t)(day - first));
        if (bit < YEAR_WORDS * WORD_BITS) {
            *ret_day = first + (civil_day)bit;
            return *ret_day <= last;
        }
        day = first + 365 + (is_leap(year) ? 1 : 0);
    }
    return false;
}

/* cron.c - cron expressions: text -> sets of numbers -> moments
 *
 * Owns:    the grammar of the five fields, and which days and minutes they allow.
 * In:      cron_check() when a workflow is read; cron_next_ms() whenever one of its schedules is
 *          armed anew.
 * Out:     moments; nothing is kept.
 * Always:  cron_next_ms(t) > t, and no moment of the expression lies between the two.
 * See:     cron.h, recurrence.h, zone.h; IEEE Std 1003.1, crontab
 */
#include "calendar/cron.h"

#include "base/must.h"
#include "calendar/recurrence.h"

#include <string.h>
#include <strings.h>

#define FIELDS     5
#define YEARS_MAX  8 /* from 29 February to the next, around a year such as 2100 */
#define DAY_MS     INT64_C(86400000)
#define NUMBER_MAX 9999 /* larger than any number of a field */

enum { MINUTE, HOUR, DAY, MONTH, WEEKDAY };

struct field {
    const char *name;
    int min;
    int max;
    const char *const *words; /* of min, min + 1, …; NULL: numbers only */
};

struct cron {
    uint64_t sets[FIELDS]; /* bit n stands for the number n */
    bool all[FIELDS];      /* the field begins with '*' */
};

struct reader {
    const char *text;
    const char *at;
    const char *wrong; /* the word that cannot be read */
    struct error *err;
};

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul",
                                     "aug", "sep", "oct", "nov", "dec", NULL};
static const char *const weekdays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat", NULL};

static const struct field fields[FIELDS] = {
    [MINUTE] = {N_("minute"), 0, 59, NULL},
    [HOUR] = {N_("hour"), 0, 23, NULL},
    [DAY] = {N_("day of the month"), 1, 31, NULL},
    [MONTH] = {N_("month"), 1, 12, months},
    [WEEKDAY] = {N_("day of the week"), 0, 7, weekdays},
};

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A number or a name: up to what may stand behind one. */
static int word_length(const char *word)
{
    return (int)strcspn(word, " \t,-/");
}

static bool read_digits(struct reader *r, int *ret_value)
{
    const char *at = r->at;
    int value = 0;

    while (*at >= '0' && *at <= '9') {
        value = value > NUMBER_MAX / 10 ? NUMBER_MAX : value * 10 + (*at - '0');
        at++;
    }
    if (at == r->at || at != r->at + word_length(r->at)) {
        return false;
    }
    r->at = at;
    *ret_value = value;
    return true;
}

static bool read_word(struct reader *r, const struct field *field, int *ret_value)
{
    for (int i = 0; field->words != NULL && field->words[i] != NULL; i++) {
        if (word_length(r->at) == 3 && strncasecmp(r->at, field->words[i], 3) == 0) {
            r->at += 3;
            *ret_value = field->min + i;
            return true;
        }
    }
    return false;
}

static bool read_value(struct reader *r, const struct field *field, int *ret_value)
{
    int value;

    r->wrong = r->at;
    if ((read_word(r, field, &value) || read_digits(r, &value)) && value >= field->min &&
        value <= field->max) {
        *ret_value = value;
        return true;
    }
    int length = word_length(r->wrong);
    if (field->words != NULL) {
        return error_set(r->err, ERROR_SYNTAX,
                         "%s: \"%.*s\" is neither a number from %d to %d nor a name such as \"%s\"",
                         error_word(field->name), length, r->wrong, field->min, field->max,
                         field->words[1]);
    }
    return error_set(r->err, ERROR_SYNTAX, "%s: \"%.*s\" is not a number from %d to %d",
                     error_word(field->name), length, r->wrong, field->min, field->max);
}

/* "*", "5", "1-5", "fri-sun" */
static bool read_range(struct reader *r, const struct field *field, int *ret_from, int *ret_to)
{
    const char *start = r->at;

    if (*r->at == '*') {
        r->at++;
        *ret_from = field->min;
        *ret_to = field->max;
        return true;
    }
    if (!read_value(r, field, ret_from)) {
        return false;
    }
    *ret_to = *ret_from;
    if (*r->at != '-') {
        return true;
    }
    r->at++;
    bool named = *r->at < '0' || *r->at > '9';
    if (!read_value(r, field, ret_to)) {
        return false;
    }
    if (field == &fields[WEEKDAY] && named && *ret_to == 0) {
        *ret_to = 7; /* a week may end on Sunday */
    }
    if (*ret_to < *ret_from) {
        r->wrong = start;
        return error_set(r->err, ERROR_SYNTAX, "%s: the range \"%.*s\" ends before it starts",
                         error_word(field->name), (int)(r->at - start), start);
    }
    return true;
}

/* "/10" after the range that began at start */
static bool read_step(struct reader *r, const struct field *field, const char *start, int *ret_step)
{
    bool range = memchr(start, '-', (size_t)(r->at - start)) != NULL || *start == '*';
    int values = field->max - field->min + 1;

    *ret_step = 1;
    if (*r->at != '/') {
        return true;
    }
    r->at++;
    r->wrong = r->at;
    if (!read_digits(r, ret_step) || *ret_step < 1 || *ret_step > values) {
        return error_set(r->err, ERROR_SYNTAX, "%s: the step \"%.*s\" is not a number from 1 to %d",
                         error_word(field->name), word_length(r->wrong), r->wrong, values);
    }
    if (!range) {
        r->wrong = start;
        return error_set(r->err, ERROR_SYNTAX,
                         "%s: a step needs a range before it, such as \"*/%d\"",
                         error_word(field->name), *ret_step);
    }
    return true;
}

/* "1-5", "0,15,30", "10-20/5,40" */
static bool read_field(struct reader *r, const struct field *field, uint64_t *ret_set)
{
    const char *start;

    *ret_set = 0;
    for (;; r->at++) {
        start = r->at;
        int from, to, step;
        if (!read_range(r, field, &from, &to) || !read_step(r, field, start, &step)) {
            return false;
        }
        for (int i = from; i <= to; i += step) {
            *ret_set |= UINT64_C(1) << (field == &fields[WEEKDAY] && i == 0 ? 7 : i);
        }
        if (*r->at != ',') {
            break;
        }
    }
    if (*r->at == '\0' || blank(*r->at)) {
        return true;
    }
    r->wrong = start;
    return error_set(r->err, ERROR_SYNTAX,
                     "%s: \"%.*s\" is none of \"*\", \"5\", \"1-5\" and \"*/2\"",
                     error_word(field->name), (int)strcspn(start, " \t,"), start);
}

static size_t count_fields(const char *text)
{
    size_t count = 0;

    for (const char *at = text; *at != '\0'; at++) {
        count += !blank(*at) && (at == text || blank(at[-1]));
    }
    return count;
}

static bool read_cron(struct reader *r, struct cron *ret_cron)
{
    size_t count = count_fields(r->text);

    r->wrong = r->text;
    if (count != FIELDS) {
        return error_set(r->err, ERROR_SYNTAX,
                         "a cron expression has five fields: minute, hour, day of the month, "
                         "month, day of the week; this one has %zu",
                         count);
    }
    for (size_t i = 0; i < FIELDS; i++) {
        r->at += strspn(r->at, " \t");
        ret_cron->all[i] = *r->at == '*';
        if (!read_field(r, &fields[i], &ret_cron->sets[i])) {
            return false;
        }
    }
    return true;
}

bool cron_check(const char *text, size_t *ret_offset, struct error *err)
{
    struct reader r = {.text = text, .at = text, .err = err};
    struct cron cron;

    if (!read_cron(&r, &cron)) {
        *ret_offset = (size_t)(r.wrong - text);
        return false;
    }
    return true;
}

/* The days of both fields, or of either when both are restricted. */
static bool next_day(const struct cron *cron, civil_day from, civil_day last, civil_day *ret_day)
{
    struct recurrence both = {(uint32_t)cron->sets[MONTH], (uint32_t)cron->sets[DAY],
                              (uint32_t)cron->sets[WEEKDAY]};
    struct recurrence by_month = both;
    struct recurrence by_week = both;
    civil_day other;

    if (cron->all[DAY] || cron->all[WEEKDAY]) {
        return recurrence_next(&both, from, last, ret_day);
    }
    by_month.weekdays = 0;
    by_week.days = 0;
    bool found = recurrence_next(&by_month, from, last, ret_day);
    if (recurrence_next(&by_week, from, found ? *ret_day : last, &other)) {
        *ret_day = other;
        found = true;
    }
    return found;
}

/* The first minute of the day that is not before this one; -1: none. */
static int next_minute(const struct cron *cron, int minute)
{
    for (; minute < 1440; minute++) {
        if ((cron->sets[HOUR] >> minute / 60 & 1) != 0 &&
            (cron->sets[MINUTE] >> minute % 60 & 1) != 0) {
            return minute;
        }
    }
    return -1;
}

static int64_t utc_ms(const struct zone *zone, civil_day day, int minute)
{
    return zone != NULL ? zone_utc_ms(zone, day, minute) : day * DAY_MS + minute * INT64_C(60000);
}

static void civil_now(const struct zone *zone, int64_t at_ms, civil_day *ret_day, int *ret_minute)
{
    if (zone != NULL) {
        zone_civil(zone, at_ms, ret_day, ret_minute);
        return;
    }
    int64_t day = at_ms / DAY_MS - (at_ms % DAY_MS < 0 ? 1 : 0);
    *ret_day = (civil_day)day;
    *ret_minute = (int)((at_ms - day * DAY_MS) / 60000);
}

/* Moments follow one another as the minutes of the calendar do, except that those of a repeated
 * hour have passed while clocks show it again, and those of a skipped one are all the same moment.
 */
int64_t cron_next_ms(const char *text, const struct zone *zone, int64_t after_ms)
{
    struct reader r = {.text = text, .at = text};
    const civil_day end = civil_to_day((struct civil){2199, 12, 31});
    struct cron cron;
    civil_day now, day;
    int minute;

    must(read_cron(&r, &cron));
    civil_now(zone, after_ms, &now, &minute);
    civil_day last = now > end - YEARS_MAX * 366 ? end : now + YEARS_MAX * 366;
    for (civil_day from = now; from <= last && next_day(&cron, from, last, &day); from = day + 1) {
        for (int m = day == now ? minute : -1; (m = next_minute(&cron, m + 1)) >= 0;) {
            int64_t at_ms = utc_ms(zone, day, m);
            if (at_ms > after_ms) {
                return at_ms;
            }
        }
    }
    return 0;
}

/* footer.c - the rule that a time zone file gives for the years after its last change
 *
 * Owns:    the text of a POSIX TZ variable as RFC 8536 §3.3 extends it (hours -167..167), for
 *          example "CET-1CEST,M3.5.0,M10.5.0/3", and the days it means in a given year.
 * In:      footer_expand() from tzif.c.
 * Out:     two changes a year, appended to the table up to the end of the calendar.
 * Always:  the table stays in order; the text is read to its end or refused.
 * See:     POSIX.1-2017 §8.3; RFC 8536 §3.3
 */
#include "calendar/civil.h"
#include "calendar/tzif.h"

#define DAY_S      86400
#define YEAR_START 1900
#define YEAR_END   2199

enum rule_kind {
    RULE_JULIAN, /* Jn: 1..365, 29 February is never counted */
    RULE_DAY,    /* n: 0..365, it is */
    RULE_WEEKDAY /* Mm.w.d: the w-th (5 = last) weekday d (0 = Sunday) of month m */
};

struct rule {
    enum rule_kind kind;
    int day; /* JULIAN, DAY: the number; WEEKDAY: 0..6 */
    int month;
    int week;
    int32_t time_s; /* since local midnight, may be negative or beyond 24 h */
};

struct footer {
    int32_t standard; /* offset east of Greenwich, seconds */
    int32_t summer;
    bool has_summer;
    struct rule start; /* of summer time, by standard clocks */
    struct rule end;   /* of summer time, by summer clocks */
};

static bool take(struct cursor *c, char wanted)
{
    if (c->at == c->end || *c->at != (unsigned char)wanted) {
        return false;
    }
    c->at++;
    return true;
}

static bool number(struct cursor *c, int min, int max, int *ret_value)
{
    int value = 0;
    int count = 0;

    while (c->at < c->end && *c->at >= '0' && *c->at <= '9' && count < 3) {
        value = value * 10 + (*c->at++ - '0');
        count++;
    }
    *ret_value = value;
    return count > 0 && value >= min && value <= max;
}

static bool letter(unsigned char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

/* An abbreviation: three letters or more, or <…>. It is not kept. */
static bool abbreviation(struct cursor *c)
{
    const unsigned char *start = c->at;

    if (take(c, '<')) {
        while (c->at < c->end && *c->at != '>') {
            c->at++;
        }
        return take(c, '>');
    }
    while (c->at < c->end && letter(*c->at)) {
        c->at++;
    }
    return c->at - start >= 3;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool time_of_day(struct cursor *c, int hours_max, int32_t *ret_seconds)
{
    bool negative = take(c, '-');
    int h, m = 0, s = 0;

    if (!negative) {
        take(c, '+');
    }
    if (!number(c, 0, hours_max, &h)) {
        return false;
    }
    if (take(c, ':')) {
        if (!number(c, 0, 59, &m) || (take(c, ':') && !number(c, 0, 59, &s))) {
            return false;
        }
    }
    int32_t seconds = h * 3600 + m * 60 + s;
    *ret_seconds = negative ? -seconds : seconds;
    return true;
}

static bool rule(struct cursor *c, struct rule *ret_rule)
{
    struct rule r = {.time_s = 2 * 3600};
    bool good;

    if (!take(c, ',')) {
        return false;
    }
    if (take(c, 'M')) {
        r.kind = RULE_WEEKDAY;
        good = number(c, 1, 12, &r.month) && take(c, '.') && number(c, 1, 5, &r.week) &&
               take(c, '.') && number(c, 0, 6, &r.day);
    } else if (take(c, 'J')) {
        r.kind = RULE_JULIAN;
        good = number(c, 1, 365, &r.day);
    } else {
        r.kind = RULE_DAY;
        good = number(c, 0, 365, &r.day);
    }
    if (!good || (take(c, '/') && !time_of_day(c, 167, &r.time_s))) {
        return false;
    }
    *ret_rule = r;
    return true;
}

/* POSIX counts offsets west of Greenwich; we count east. */
static bool parse(struct bytes text, struct footer *ret_footer)
{
    struct cursor c = cursor_of(text);
    struct footer f = {0};

    if (!abbreviation(&c) || !time_of_day(&c, 24, &f.standard)) {
        return false;
    }
    f.standard = -f.standard;
    if (c.at < c.end) {
        f.has_summer = true;
        f.summer = f.standard + 3600;
        if (!abbreviation(&c)) {
            return false;
        }
        if (c.at < c.end && *c.at != ',') {
            if (!time_of_day(&c, 24, &f.summer)) {
                return false;
            }
            f.summer = -f.summer;
        }
        if (!rule(&c, &f.start) || !rule(&c, &f.end)) {
            return false;
        }
    }
    *ret_footer = f;
    return c.at == c.end;
}

static civil_day rule_day(const struct rule *r, int year)
{
    civil_day january = civil_to_day((struct civil){year, 1, 1});
    civil_day march = civil_to_day((struct civil){year, 3, 1});

    if (r->kind == RULE_DAY) {
        return january + r->day;
    }
    if (r->kind == RULE_JULIAN) {
        return january + r->day - 1 + (r->day >= 60 && march - january == 60 ? 1 : 0);
    }
    civil_day first = civil_to_day((struct civil){year, r->month, 1});
    civil_day next = r->month == 12 ? january + (march - january) + 306
                                    : civil_to_day((struct civil){year, r->month + 1, 1});
    civil_day day = first + (r->day - civil_weekday(first) % 7 + 7) % 7 + (r->week - 1) * 7;
    return day >= next ? day - 7 : day;
}

static int64_t rule_at(const struct rule *r, int year, int32_t offset_before)
{
    return (int64_t)rule_day(r, year) * DAY_S + r->time_s - offset_before;
}

/* The year from which the rule must be written out: that of the last change of the file. */
static int first_year(int64_t last)
{
    if (last <= (int64_t)civil_to_day((struct civil){YEAR_START, 1, 1}) * DAY_S) {
        return YEAR_START;
    }
    int64_t day = last / DAY_S;
    return day > INT32_MAX ? YEAR_END + 1 : civil_of_day((civil_day)day).year;
}

/* A change after the last one. Summer time of the whole year ends at the very moment when the next
 * begins ("XXX3EDT4,0/0,J365/23"): then the later rule wins. */
static void append(struct zone_table *table, int64_t *last, struct zone_change change)
{
    if (change.at < *last) {
        return;
    }
    if (table->count > 1 && table->changes[table->count - 1].at == change.at) {
        table->count--;
    }
    tzif_append(table, change.at, change.offset);
    *last = change.at;
}

bool footer_expand(struct bytes text, int64_t last, struct zone_table *table)
{
    struct footer f;

    if (!parse(text, &f)) {
        return false;
    }
    if (!f.has_summer) {
        if (last == INT64_MIN) {
            table->changes[0].offset = f.standard;
        } /* else it repeats what holds since the last change */
        return true;
    }
    for (int year = first_year(last); year <= YEAR_END; year++) {
        int64_t start = rule_at(&f.start, year, f.standard);
        int64_t end = rule_at(&f.end, year, f.summer);
        bool north = start < end;
        struct zone_change first = {north ? start : end, north ? f.summer : f.standard};
        struct zone_change second = {north ? end : start, north ? f.standard : f.summer};
        append(table, &last, first);
        append(table, &last, second);
    }
    return true;
}

/* duration.c - ISO 8601 durations <-> milliseconds
 *
 * Owns:    the grammar P[nW][nD][T[nH][nM][n[.n]S]].
 * In:      duration_parse() from value.c.
 * Out:     milliseconds, text.
 * Always:  duration_parse(duration_print(ms)) == ms.
 * See:     duration.h; ISO 8601:2004 §4.4.3.2
 */
#include "language/duration.h"

#include "base/must.h"
#include "language/fields.h"

#include <stdio.h>
#include <string.h>

struct unit {
    char letter;
    bool time; /* stands after T */
    int64_t ms;
};

static const struct unit units[] = {
    {'W', false, 604800000}, {'D', false, 86400000}, {'H', true, 3600000},
    {'M', true, 60000},      {'S', true, 1000},
};
#define UNIT_COUNT (sizeof units / sizeof *units)

static bool refuse_text(struct bytes text, enum error_code code, const char *why, struct error *err)
{
    char *copy = bytes_strdup(text);

    error_set(err, code, "\"%s\" %s", show(copy).text, error_word(why));
    free(copy);
    return false;
}

/* Digits; at most twelve of them, so that nothing overflows before the limit is checked. */
static bool take_number(struct cursor *c, int64_t *ret_value)
{
    int64_t value = 0;
    int count = 0;

    while (c->at < c->end && *c->at >= '0' && *c->at <= '9' && count < 12) {
        value = value * 10 + (*c->at++ - '0');
        count++;
    }
    *ret_value = value;
    return count > 0;
}

/* ".5" of a second, to the millisecond. */
static bool take_fraction(struct cursor *c, int64_t *ret_ms)
{
    int64_t scale = 100;
    int64_t ms = 0;

    if (c->at == c->end || (*c->at != '.' && *c->at != ',')) {
        *ret_ms = -1;
        return true;
    }
    c->at++;
    for (; c->at < c->end && *c->at >= '0' && *c->at <= '9' && scale > 0; scale /= 10) {
        ms += (*c->at++ - '0') * scale;
    }
    *ret_ms = ms;
    return scale < 100;
}

/* One "12H". *unit is the next unit allowed: they come in falling order, each once. */
static bool take_part(struct cursor *c, bool time, size_t *unit, int64_t *sum)
{
    int64_t value;
    int64_t fraction;

    if (!take_number(c, &value) || !take_fraction(c, &fraction) || c->at == c->end) {
        return false;
    }
    for (; *unit < UNIT_COUNT; (*unit)++) {
        const struct unit *u = &units[*unit];
        if (u->letter != (char)*c->at || u->time != time) {
            continue;
        }
        if (fraction >= 0 && u->letter != 'S') {
            return false;
        }
        if (value > DURATION_MS_MAX / u->ms) {
            value = DURATION_MS_MAX / u->ms + 1;
        }
        *sum += value * u->ms + (fraction > 0 ? fraction : 0);
        c->at++;
        (*unit)++;
        return true;
    }
    return false;
}

static bool parse(struct cursor *c, int64_t *ret_ms)
{
    bool time = false;
    bool some = false;
    size_t unit = 0;
    int64_t sum = 0;

    if (c->at == c->end || *c->at++ != 'P') {
        return false;
    }
    while (c->at < c->end) {
        if (*c->at == 'T' && !time) {
            time = true;
            some = false; /* something must follow */
            c->at++;
            continue;
        }
        if (!take_part(c, time, &unit, &sum)) {
            return false;
        }
        some = true;
    }
    *ret_ms = sum;
    return some;
}

/* "P1Y", "P2M", "P1Y2M3D": right, and not for us. */
static bool has_calendar_units(struct bytes text)
{
    const char *s = text.data;
    const char *time = text.size ? memchr(s, 'T', text.size) : NULL;
    size_t date_size = time ? (size_t)(time - s) : text.size;

    return date_size > 2 && s[0] == 'P' && s[1] >= '0' && s[1] <= '9' &&
           (memchr(s, 'Y', date_size) != NULL || memchr(s, 'M', date_size) != NULL);
}

bool duration_parse(struct bytes text, int64_t *ret_ms, struct error *err)
{
    struct cursor c = cursor_of(text);
    int64_t ms;

    if (has_calendar_units(text)) {
        return refuse_text(text, ERROR_UNSUPPORTED,
                           N_("has years or months, which have no fixed length"), err);
    }
    if (!parse(&c, &ms)) {
        return refuse_text(text, ERROR_INVALID,
                           N_("is not a duration: write it as PT30S, PT1H30M or P1D"), err);
    }
    if (ms > DURATION_MS_MAX) {
        return refuse_text(text, ERROR_TOO_LARGE, N_("is longer than a century"), err);
    }
    *ret_ms = ms;
    return true;
}

void duration_print(int64_t ms, char buf[DURATION_TEXT_MAX])
{
    int64_t rest = ms;
    int at = snprintf(buf, DURATION_TEXT_MAX, "P");

    must(ms >= 0);
    for (size_t i = 1; i < UNIT_COUNT; i++) { /* weeks are written as days */
        int64_t value = rest / units[i].ms;
        bool last = i + 1 == UNIT_COUNT;
        rest -= value * units[i].ms;
        if (units[i].time && (value > 0 || (last && rest > 0)) && strchr(buf, 'T') == NULL) {
            at += snprintf(buf + at, DURATION_TEXT_MAX - (size_t)at, "T");
        }
        if (last && rest > 0) {
            snprintf(buf + at, DURATION_TEXT_MAX - (size_t)at, "%lld.%03lldS", (long long)value,
                     (long long)rest);
        } else if (value > 0) {
            at += snprintf(buf + at, DURATION_TEXT_MAX - (size_t)at, "%lld%c", (long long)value,
                           units[i].letter);
        }
    }
    if (ms == 0) {
        snprintf(buf, DURATION_TEXT_MAX, "PT0S");
    }
}

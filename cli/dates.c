/* dates.c - days and moments, printed for people
 *
 * Owns:    the forms in which dates are shown, long and short, in Russian and English.
 * In:      text of the engine (docs/protocol.md §1.4).
 * Out:     text in buffers of the caller.
 * Always:  text of the engine that is no date is shown, harmless, and not guessed at.
 */
#include "cli/dates.h"

#include "cli/language.h"
#include "cli/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Exactly `count` digits. */
static bool digits(const char *text, int count, int *ret_value)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        value = value * 10 + (text[i] - '0');
    }
    *ret_value = value;
    return true;
}

/* ".123Z" or "Z" */
static bool fraction(const char *text, int *ret_ms)
{
    *ret_ms = 0;
    if (text[0] == '.') {
        if (strlen(text) != 5 || !digits(text + 1, 3, ret_ms)) {
            return false;
        }
        text += 4;
    }
    return strcmp(text, "Z") == 0;
}

bool dates_parse_moment(const char *text, int64_t *ret_ms)
{
    civil_day day;
    int hour;
    int minute;
    int second;
    int ms;

    if (text == NULL || strlen(text) < 20 || text[10] != 'T' || text[13] != ':' ||
        text[16] != ':' || !civil_parse((struct bytes){text, 10}, &day) ||
        !digits(text + 11, 2, &hour) || !digits(text + 14, 2, &minute) ||
        !digits(text + 17, 2, &second) || !fraction(text + 19, &ms) || hour > 23 || minute > 59 ||
        second > 59) {
        return false;
    }
    *ret_ms = (((int64_t)day * 24 + hour) * 60 + minute) * 60000 + second * 1000 + ms;
    return true;
}

static void as_it_is(const char *text, char buf[DATES_TEXT_MAX])
{
    char *shown = text_harmless(text ? text : "—", strlen(text ? text : "—"));
    char *cut = text_fit(shown, DATES_TEXT_MAX / 4 - 1); /* four bytes a character at most */

    snprintf(buf, DATES_TEXT_MAX, "%s", cut);
    free(cut);
    free(shown);
}

void dates_day(civil_day day, char buf[DATES_TEXT_MAX])
{
    char text[CIVIL_TEXT_MAX];

    if (language_get() == LANGUAGE_RUSSIAN) {
        civil_print_ru(day, text);
    } else {
        civil_print_en(day, text);
    }
    snprintf(buf, DATES_TEXT_MAX, "%s", text);
}

void dates_short(civil_day day, char buf[DATES_TEXT_MAX])
{
    struct civil c = civil_of_day(day);

    if (language_get() == LANGUAGE_RUSSIAN) {
        snprintf(buf, DATES_TEXT_MAX, "%02d.%02d.%04d", c.day, c.month, c.year);
    } else {
        snprintf(buf, DATES_TEXT_MAX, "%04d-%02d-%02d", c.year, c.month, c.day);
    }
}

static bool parse_day(const char *text, civil_day *ret_day)
{
    return text != NULL && civil_parse(bytes_of(text), ret_day);
}

void dates_day_of(const char *text, char buf[DATES_TEXT_MAX])
{
    civil_day day;

    if (parse_day(text, &day)) {
        dates_day(day, buf);
    } else {
        as_it_is(text, buf);
    }
}

void dates_short_of(const char *text, char buf[DATES_TEXT_MAX])
{
    civil_day day;

    if (parse_day(text, &day)) {
        dates_short(day, buf);
    } else {
        as_it_is(text, buf);
    }
}

static bool on_clocks(const struct zone *zone, const char *text, civil_day *ret_day,
                      int *ret_minute)
{
    int64_t ms;

    if (!dates_parse_moment(text, &ms)) {
        return false;
    }
    zone_civil(zone, ms, ret_day, ret_minute);
    return true;
}

void dates_moment_day(const struct zone *zone, const char *text, char buf[DATES_TEXT_MAX])
{
    civil_day day;
    int minute;

    if (on_clocks(zone, text, &day, &minute)) {
        dates_day(day, buf);
    } else {
        as_it_is(text, buf);
    }
}

void dates_moment(const struct zone *zone, const char *text, char buf[DATES_TEXT_MAX])
{
    char day_text[DATES_TEXT_MAX];
    civil_day day;
    int minute;

    if (!on_clocks(zone, text, &day, &minute)) {
        as_it_is(text, buf);
        return;
    }
    dates_day(day, day_text);
    if (minute == 0) {
        snprintf(buf, DATES_TEXT_MAX, "%s", day_text);
    } else {
        snprintf(buf, DATES_TEXT_MAX, _("%.64s at %02d:%02d"), day_text, minute / 60, minute % 60);
    }
}

void dates_moment_short(const struct zone *zone, const char *text, char buf[DATES_TEXT_MAX])
{
    char day_text[DATES_TEXT_MAX];
    civil_day day;
    int minute;

    if (!on_clocks(zone, text, &day, &minute)) {
        as_it_is(text, buf);
        return;
    }
    dates_short(day, day_text);
    snprintf(buf, DATES_TEXT_MAX, "%.64s %02d:%02d", day_text, minute / 60, minute % 60);
}

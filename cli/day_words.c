/* day_words.c - reading days, spans and counts of days from the command line
 *
 * Owns:    the forms in which people may write them.
 * In:      words of workdays and workday.
 * Out:     civil days; sentences for people on refusal, in their language.
 * Always:  a refusal names the part of the word that is wrong.
 */
#include "cli/day_words.h"

#include "cli/language.h"

#include <stdio.h>
#include <string.h>

#define COUNT_DIGITS_MAX 9 /* what always fits int32_t */

/* The digits at text, all `size` of them; -1 when there is something else among them. */
static int number(const char *text, size_t size)
{
    int value = 0;

    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* Parts of a date that are written; 0 for a day or a month that is not. */
static bool read_parts(const char *text, size_t size, struct civil *ret_parts)
{
    struct civil c = {0};

    if (size == 10 && text[2] == '.' && text[5] == '.') {
        c = (struct civil){number(text + 6, 4), number(text + 3, 2), number(text, 2)};
    } else if (size == 10 && text[4] == '-' && text[7] == '-') {
        c = (struct civil){number(text, 4), number(text + 5, 2), number(text + 8, 2)};
    } else if (size == 7 && text[4] == '-') {
        c = (struct civil){number(text, 4), number(text + 5, 2), 0};
    } else if (size == 4) {
        c = (struct civil){number(text, 4), 0, 0};
    } else {
        return false;
    }
    *ret_parts = c;
    return c.year >= 0 && c.month >= 0 && c.day >= 0;
}

static bool refuse_form(const char *text, size_t size, struct error *err)
{
    return error_set(err, ERROR_INVALID, _("\"%.*s\" is not a date, like 2023-02-20 or 20.02.2023"),
                     (int)size, text);
}

static bool refuse_day(const char *text, size_t size, struct error *err)
{
    return error_set(err, ERROR_INVALID,
                     _("\"%.*s\": there is no such day in the years 1900 to 2199"), (int)size,
                     text);
}

bool day_word(const char *word, civil_day *ret_day, struct error *err)
{
    struct civil parts;
    size_t size = strlen(word);

    if (size != 10 || !read_parts(word, size, &parts)) {
        return refuse_form(word, size, err);
    }
    if (!civil_valid(parts)) {
        return refuse_day(word, size, err);
    }
    *ret_day = civil_to_day(parts);
    return true;
}

static int last_day(int year, int month)
{
    int day = 31;

    while (!civil_valid((struct civil){year, month, day})) {
        day--;
    }
    return day;
}

/* The first and the last day of a day, a month or a year. */
static bool read_span(const char *text, size_t size, civil_day *ret_from, civil_day *ret_to,
                      struct error *err)
{
    struct civil from;

    if (!read_parts(text, size, &from)) {
        return refuse_form(text, size, err);
    }
    struct civil to = from;
    if (size == 4) {
        from.month = 1;
        to.month = 12;
    }
    if (size < 10) {
        from.day = 1;
        to.day =
            civil_valid((struct civil){to.year, to.month, 1}) ? last_day(to.year, to.month) : 1;
    }
    if (!civil_valid(from) || !civil_valid(to)) {
        return refuse_day(text, size, err);
    }
    *ret_from = civil_to_day(from);
    *ret_to = civil_to_day(to);
    return true;
}

bool day_word_span(const char *word, civil_day *ret_from, civil_day *ret_to, struct error *err)
{
    const char *dots = strstr(word, "..");
    civil_day from;
    civil_day to;
    civil_day end;

    if (dots == NULL) {
        return read_span(word, strlen(word), ret_from, ret_to, err);
    }
    if (!read_span(word, (size_t)(dots - word), &from, &to, err) ||
        !read_span(dots + 2, strlen(dots + 2), &to, &end, err)) {
        return false;
    }
    if (end < from) {
        return error_set(err, ERROR_INVALID, _("%s: the span ends before it starts"), word);
    }
    *ret_from = from;
    *ret_to = end;
    return true;
}

bool day_word_count(const char *word, int32_t *ret_count, struct error *err)
{
    static const char minus[] = "−"; /* what word processors make of a hyphen before a number */
    bool negative = word[0] == '-' || strncmp(word, minus, sizeof minus - 1) == 0;
    const char *digits = word[0] == '-' || word[0] == '+' ? word + 1 : word;
    digits = negative && word[0] != '-' ? word + sizeof minus - 1 : digits;
    size_t size = strlen(digits);

    if (size == 0 || size > COUNT_DIGITS_MAX || number(digits, size) < 0) {
        return error_set(err, ERROR_INVALID,
                         _("\"%s\" is not a number of working days, like +10 or -3"), word);
    }
    *ret_count = negative ? -number(digits, size) : number(digits, size);
    return true;
}

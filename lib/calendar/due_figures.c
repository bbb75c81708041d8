/* due_figures.c - numbers, dates in figures, hours; Roman numerals
 *
 * Owns:    what tells «15.08» (a day) from «18.30» (an hour) from «15» (a number).
 * In:      due_lex.c, at a digit.
 * Out:     one token.
 * Always:  a date that is returned is a day of the calendar, in a leap year at least.
 * See:     due_lex.h
 */
#include "calendar/due_lex.h"

#include "calendar/civil.h"

#include <string.h>

#define DIGITS_MAX   4
#define LEAP_YEAR    2000
#define CENTURY_ENDS 70 /* 69 is 2069, 70 is 1970 */
#define MINUTES      60
#define DAY_HOURS    24

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* So many digits at most; *at moves past all of them. Returns how many there were. */
static int number(const char **at, int *ret_value)
{
    int count = 0;
    int value = 0;

    for (; digit(**at); (*at)++, count++) {
        value = count < DIGITS_MAX ? value * 10 + (**at - '0') : 99999;
    }
    *ret_value = value;
    return count;
}

static int whole_year(int value, int digits)
{
    return digits == 2 ? value + (value < CENTURY_ENDS ? 2000 : 1900) : value;
}

/* A sign between the parts of a date: with a dot, a blank may follow. */
static bool sign(const char **at, char wanted)
{
    if (**at != wanted) {
        return false;
    }
    (*at)++;
    if (wanted == '.' && **at == ' ' && digit((*at)[1])) {
        (*at)++;
    }
    return true;
}

static bool set_date(struct due_token *token, int day, int month, int year)
{
    struct civil c = {year > 0 ? year : LEAP_YEAR, month, day > 0 ? day : 1};

    token->token = TOKEN_DATE;
    token->day = day;
    token->month = month;
    token->year = year;
    return civil_valid(c);
}

/* 15.08.2023, 15/08/23, 15-08-2023, 2023-08-15. *ret_fine: and there is such a day. */
static bool whole_date(const char **at, struct due_token *token, bool *ret_fine)
{
    const char *p = *at;
    int parts[3];
    int digits[3];

    digits[0] = number(&p, &parts[0]);
    char mark = *p;
    if (mark == '\0' || strchr("./-", mark) == NULL || !sign(&p, mark)) {
        return false;
    }
    digits[1] = number(&p, &parts[1]);
    if (digits[1] < 1 || digits[1] > 2 || !sign(&p, mark)) {
        return false;
    }
    digits[2] = number(&p, &parts[2]);
    bool iso = digits[0] == 4 && digits[1] == 2 && digits[2] == 2 && mark != '/';
    bool usual = digits[0] <= 2 && (digits[2] == 4 || (digits[2] == 2 && mark != '-'));
    if (!iso && !usual) {
        return false;
    }
    *at = p;
    *ret_fine = iso ? set_date(token, parts[2], parts[1], parts[0])
                    : set_date(token, parts[0], parts[1], whole_year(parts[2], digits[2]));
    *ret_fine = *ret_fine && token->day > 0;
    return true;
}

static bool set_time(struct due_token *token, int hour, int minute)
{
    if (hour > DAY_HOURS || minute >= MINUTES || (hour == DAY_HOURS && minute > 0)) {
        return false;
    }
    token->token = TOKEN_TIME;
    token->value = hour * MINUTES + minute;
    return true;
}

/* 15.08, 09.2023, 18:00, 18.30. */
static bool two_parts(const char **at, struct due_token *token, bool *ret_fine)
{
    const char *p = *at;
    int a;
    int b;
    int a_digits = number(&p, &a);
    char mark = *p;

    if (a_digits > 2 || (mark != '.' && mark != ':')) {
        return false;
    }
    p++;
    int b_digits = number(&p, &b);
    bool month_first = mark == '.' && b_digits == 4;
    if (b_digits != 2 && !month_first) {
        return false;
    }
    *ret_fine = true;
    if (mark == ':' || (b_digits == 2 && (b == 0 || b > 12))) {
        if (!set_time(token, a, b)) {
            *ret_fine = mark == ':' || set_date(token, a, b, 0);
            return mark == '.';
        }
    } else {
        *ret_fine = month_first ? set_date(token, 0, a, b) : set_date(token, a, b, 0);
    }
    *at = p;
    return true;
}

bool due_figures(const char **at, struct due_token *ret_token)
{
    bool fine = true;

    if (whole_date(at, ret_token, &fine) || two_parts(at, ret_token, &fine)) {
        return fine;
    }
    ret_token->token = TOKEN_NUMBER;
    ret_token->count = number(at, &ret_token->value);
    return true;
}

/* --- Roman numerals ------------------------------------------------------------------------- */

struct letter {
    const char *text;
    char roman;
};

static char roman_letter(const char **at, const char *end)
{
    static const struct letter letters[] = {
        {"i", 'i'}, {"l", 'i'}, {"1", 'i'}, {"\xD1\x96", 'i'}, {"v", 'v'},
        {"x", 'x'}, {"х", 'x'}, {"у", 'v'}, {"y", 'v'},
    };

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        size_t size = strlen(letters[i].text);
        if ((size_t)(end - *at) >= size && memcmp(*at, letters[i].text, size) == 0) {
            *at += size;
            return letters[i].roman;
        }
    }
    return '\0';
}

int due_roman(struct bytes word)
{
    static const char *const romans[] = {"i",   "ii",   "iii", "iv", "v",  "vi",
                                         "vii", "viii", "ix",  "x",  "xi", "xii"};
    const char *at = word.data;
    const char *end = at + word.size;
    char plain[8];
    size_t count = 0;

    while (at < end && count + 1 < sizeof plain) {
        plain[count] = roman_letter(&at, end);
        if (plain[count++] == '\0') {
            return 0;
        }
    }
    plain[count] = '\0';
    for (int i = 0; i < 12 && at == end; i++) {
        if (strcmp(plain, romans[i]) == 0) {
            return i + 1;
        }
    }
    return 0;
}

int due_roman_letter(struct bytes word)
{
    static const struct {
        const char *letter;
        int number;
    } letters[] = {{"п", 2}, {"ш", 3}, {"з", 3}, {"х", 10}, {"у", 5}};

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (bytes_equal(word, bytes_of(letters[i].letter))) {
            return letters[i].number;
        }
    }
    return 0;
}

/* sentence.c - formats taken apart, and put together again in another language
 *
 * Owns:    which conversions there are.
 * In:      error.c, with the formats of the code; whoever answers people, with what came by wire.
 * Out:     text.
 * Always:  a format that is not understood wholly is refused wholly.
 * See:     sentence.h
 */
#include "base/sentence.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define NUMBER_MAX 4096 /* widths, precisions and places beyond it are nobody's */

enum length { LENGTH_INT, LENGTH_LONG, LENGTH_LONG_LONG, LENGTH_SIZE };

struct conversion {
    unsigned place; /* of %2$s; 0 when it is the next one */
    bool zero;
    bool width_given_by_argument;
    bool precision_given_by_argument;
    int width;
    int precision; /* -1 when there is none */
    enum length length;
    char letter; /* s d u c x o */
};

/* --- taking apart ------------------------------------------------------------------------------
 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int read_number(const char **at)
{
    int number = 0;

    while (is_digit(**at)) {
        number = number < NUMBER_MAX ? number * 10 + (**at - '0') : number;
        (*at)++;
    }
    return number;
}

static bool take(const char **at, char c)
{
    if (**at != c) {
        return false;
    }
    (*at)++;
    return true;
}

static void read_length(const char **at, struct conversion *c)
{
    if (take(at, 'z')) {
        c->length = LENGTH_SIZE;
    } else if (take(at, 'l')) {
        c->length = take(at, 'l') ? LENGTH_LONG_LONG : LENGTH_LONG;
    }
}

/* *at: behind the %, and then behind the conversion. */
static bool read_conversion(const char **at, struct conversion *ret)
{
    struct conversion c = {.precision = -1};
    const char *mark = *at;
    int place = read_number(&mark);

    if (place > 0 && *mark == '$') {
        c.place = (unsigned)place;
        *at = mark + 1;
    }
    c.zero = take(at, '0');
    c.width_given_by_argument = take(at, '*');
    c.width = c.width_given_by_argument ? 0 : read_number(at);
    if (take(at, '.')) {
        c.precision_given_by_argument = take(at, '*');
        c.precision = c.precision_given_by_argument ? 0 : read_number(at);
    }
    read_length(at, &c);
    c.letter = **at == 'i' ? 'd' : **at;
    if (c.letter == '\0' || strchr("sducxo", c.letter) == NULL || c.width >= NUMBER_MAX ||
        c.precision >= NUMBER_MAX) {
        return false;
    }
    (*at)++;
    *ret = c;
    return true;
}

/* Go behind the next conversion. false at the end, and at one that is unknown: *ret_bad. */
static bool next_conversion(const char **at, struct conversion *ret, bool *ret_bad)
{
    const char *percent = strchr(*at, '%');

    while (percent != NULL && percent[1] == '%') {
        percent = strchr(percent + 2, '%');
    }
    *ret_bad = false;
    if (percent == NULL) {
        return false;
    }
    *at = percent + 1;
    *ret_bad = !read_conversion(at, ret);
    return !*ret_bad;
}

/* --- printing arguments --------------------------------------------------------------------------
 */

struct reader {
    va_list args;
};

static long long take_signed(struct reader *r, enum length length)
{
    switch (length) {
    case LENGTH_LONG:
        return va_arg(r->args, long);
    case LENGTH_LONG_LONG:
        return va_arg(r->args, long long);
    case LENGTH_SIZE:
        return (long long)va_arg(r->args, size_t);
    case LENGTH_INT:
        break;
    }
    return va_arg(r->args, int);
}

static unsigned long long take_unsigned(struct reader *r, enum length length)
{
    switch (length) {
    case LENGTH_LONG:
        return va_arg(r->args, unsigned long);
    case LENGTH_LONG_LONG:
        return va_arg(r->args, unsigned long long);
    case LENGTH_SIZE:
        return va_arg(r->args, size_t);
    case LENGTH_INT:
        break;
    }
    return va_arg(r->args, unsigned);
}

/* Returns what snprintf does. A precision of a number is none of ours. */
static int print_number(struct reader *r, const struct conversion *c, char *buf, size_t size)
{
    char digits[64];

    if (c->letter == 'd') {
        snprintf(digits, sizeof digits, "%lld", take_signed(r, c->length));
    } else if (c->letter == 'u') {
        snprintf(digits, sizeof digits, "%llu", take_unsigned(r, c->length));
    } else if (c->letter == 'x') {
        snprintf(digits, sizeof digits, "%llx", take_unsigned(r, c->length));
    } else {
        snprintf(digits, sizeof digits, "%llo", take_unsigned(r, c->length));
    }
    const char *sign = digits[0] == '-' && c->zero ? "-" : "";
    const char *rest = digits + strlen(sign);
    int missing = c->width - (int)strlen(digits);
    int zeros = c->zero && missing > 0 ? missing : 0;
    int blanks = !c->zero && missing > 0 ? missing : 0;
    return snprintf(buf, size, "%*s%s%.*s%s", blanks, "", sign, zeros,
                    "0000000000000000000000000000000000000000000000000000000000000000", rest);
}

static int print_text(struct reader *r, const struct conversion *c, char *buf, size_t size)
{
    const char *text = va_arg(r->args, const char *);

    if (c->precision < 0) {
        return snprintf(buf, size, "%*s", c->width, text != NULL ? text : "(null)");
    }
    return snprintf(buf, size, "%*.*s", c->width, c->precision, text != NULL ? text : "(null)");
}

static int print_one(struct reader *r, struct conversion c, char *buf, size_t size)
{
    c.width = c.width_given_by_argument ? va_arg(r->args, int) : c.width;
    c.precision = c.precision_given_by_argument ? va_arg(r->args, int) : c.precision;
    if (c.letter == 's') {
        return print_text(r, &c, buf, size);
    }
    if (c.precision >= 0 || c.width < 0 || c.width >= 64) {
        return INT_MAX;
    }
    if (c.letter == 'c') {
        return snprintf(buf, size, "%*c", c.width, va_arg(r->args, int));
    }
    return print_number(r, &c, buf, size);
}

bool sentence_print_args(const char *format, va_list args, char *buf, size_t size,
                         size_t *ret_count)
{
    struct reader reader;
    struct conversion c;
    size_t used = 0;
    size_t count = 0;
    bool bad;

    va_copy(reader.args, args);
    while (next_conversion(&format, &c, &bad)) {
        int written = c.place == 0 && count < SENTENCE_ARGS_MAX && used < size
                          ? print_one(&reader, c, buf + used, size - used)
                          : INT_MAX;
        bad = written < 0 || (size_t)written >= size - used;
        if (bad) {
            break;
        }
        used += (size_t)written + 1;
        count++;
    }
    va_end(reader.args);
    *ret_count = count;
    return !bad;
}

/* --- saying ---------------------------------------------------------------------------------- */

struct writer {
    char *buf;
    size_t size;
    size_t used;
};

static bool put(struct writer *w, const char *text, size_t size)
{
    if (size >= w->size - w->used) {
        return false;
    }
    memcpy(w->buf + w->used, text, size);
    w->used += size;
    w->buf[w->used] = '\0';
    return true;
}

/* How many there are, and which of them are bare words. false when one is unknown. */
static bool look_at(const char *format, size_t *ret_count, bool bare[SENTENCE_ARGS_MAX])
{
    struct conversion c;
    size_t count = 0;
    bool bad;

    for (const char *at = format; next_conversion(&at, &c, &bad); count++) {
        const char *percent = at;
        while (*percent != '%') {
            percent--;
        }
        if (count == SENTENCE_ARGS_MAX) {
            return false;
        }
        bare[count] = c.letter == 's' && (percent == format || percent[-1] != '"');
    }
    *ret_count = count;
    return !bad;
}

/* The text before the next conversion, with %% as %. */
static bool put_between(struct writer *w, const char **at)
{
    while (**at != '\0' && (**at != '%' || (*at)[1] == '%')) {
        if (!put(w, *at, 1)) {
            return false;
        }
        *at += **at == '%' ? 2 : 1;
    }
    return true;
}

bool sentence_say(const char *format, const char *translated, const char *const *args, size_t count,
                  sentence_translate_fn *translate, char *buf, size_t size)
{
    struct writer w = {.buf = buf, .size = size};
    bool bare[SENTENCE_ARGS_MAX];
    bool unused[SENTENCE_ARGS_MAX];
    size_t there;
    struct conversion c;
    bool bad;

    if (size == 0 || !look_at(translated, &there, unused) || there != count ||
        !look_at(format, &there, bare) || there != count || !put(&w, "", 0)) {
        return false;
    }
    for (size_t i = 0; i <= count; i++) {
        if (!put_between(&w, &translated)) {
            return false;
        }
        if (!next_conversion(&translated, &c, &bad)) {
            break;
        }
        size_t place = c.place > 0 ? c.place - 1 : i;
        if (place >= count) {
            return false;
        }
        bool word = bare[place] && translate != NULL && args[place][0] != '\0';
        const char *text = word ? translate(args[place]) : args[place];
        if (!put(&w, text, strlen(text))) {
            return false;
        }
    }
    return true;
}

/* peek.c - finding texts and members in JSON
 *
 * Owns:    skipping values; resolving the escapes of one text.
 * Always:  never past the end, whatever the bytes are; names with escapes in them are not found.
 */
#include "engine/core/peek.h"

#include <string.h>

struct scan {
    const unsigned char *at;
    const unsigned char *end;
};

static void skip_blanks(struct scan *s)
{
    while (s->at < s->end && (*s->at == ' ' || (*s->at >= '\t' && *s->at <= '\r'))) {
        s->at++;
    }
}

static bool take(struct scan *s, unsigned char c)
{
    skip_blanks(s);
    if (s->at >= s->end || *s->at != c) {
        return false;
    }
    s->at++;
    return true;
}

/* What stands between the quotes; the first has been taken. */
static struct bytes take_inner(struct scan *s)
{
    const unsigned char *from = s->at;

    while (s->at < s->end && *s->at != '"') {
        s->at += *s->at == '\\' && s->at + 1 < s->end ? 2 : 1;
    }
    struct bytes inner = {from, (size_t)(s->at - from)};
    s->at += s->at < s->end;
    return inner;
}

/* A number, true, null: up to what ends it. */
static struct bytes take_plain(struct scan *s)
{
    const unsigned char *from = s->at;

    while (s->at<s->end && * s->at> ' ' && strchr(",]}:", *s->at) == NULL) {
        s->at++;
    }
    return (struct bytes){from, (size_t)(s->at - from)};
}

static void skip_value(struct scan *s)
{
    size_t depth = 0;

    do {
        skip_blanks(s);
        if (s->at >= s->end) {
            return;
        }
        unsigned char c = *s->at;
        if (c == '"') {
            s->at++;
            take_inner(s);
        } else if (strchr("{}[],:", c) != NULL && c != '\0') {
            s->at++;
            depth += c == '{' || c == '[';
            depth -= depth > 0 && (c == '}' || c == ']');
        } else if (take_plain(s).size == 0) {
            return; /* no JSON */
        }
    } while (depth > 0);
}

/* Go to the value of this member of the object that comes next. */
static bool enter(struct scan *s, struct bytes name)
{
    if (!take(s, '{')) {
        return false;
    }
    while (take(s, '"')) {
        struct bytes key = take_inner(s);
        if (!take(s, ':')) {
            return false;
        }
        if (bytes_equal(key, name)) {
            return true;
        }
        skip_value(s);
        if (!take(s, ',')) {
            return false;
        }
    }
    return false;
}

/* --- escapes ------------------------------------------------------------------------------- */

static uint32_t hex4(const unsigned char *at, const unsigned char *end)
{
    uint32_t value = 0;

    for (int i = 0; i < 4 && at < end; i++, at++) {
        uint32_t digit = *at <= '9' ? *at - (uint32_t)'0' : (*at | 0x20u) - 'a' + 10;
        value = value * 16 + (digit & 15);
    }
    return value;
}

static unsigned char *put_utf8(unsigned char *to, uint32_t c)
{
    if (c < 0x80) {
        *to++ = (unsigned char)c;
    } else if (c < 0x800) {
        *to++ = (unsigned char)(0xC0 | c >> 6);
        *to++ = (unsigned char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *to++ = (unsigned char)(0xE0 | c >> 12);
        *to++ = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (unsigned char)(0x80 | (c & 0x3F));
    } else {
        *to++ = (unsigned char)(0xF0 | (c >> 18 & 7));
        *to++ = (unsigned char)(0x80 | (c >> 12 & 0x3F));
        *to++ = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (unsigned char)(0x80 | (c & 0x3F));
    }
    return to;
}

/* The character of \uXXXX, or of two that are one; *at stands after the u, then after it all. */
static uint32_t unicode(const unsigned char **at, const unsigned char *end)
{
    uint32_t c = hex4(*at, end);

    *at = end - *at > 4 ? *at + 4 : end;
    if (c >= 0xD800 && c < 0xDC00 && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u') {
        uint32_t low = hex4(*at + 2, end);
        *at += 6;
        c = 0x10000 + ((c & 0x3FF) << 10) + (low & 0x3FF);
    }
    return c;
}

/* An escape is never shorter than what it stands for. */
static struct bytes resolve(struct arena *arena, struct bytes inner)
{
    static const char letters[] = "bfnrt";
    static const char meanings[] = "\b\f\n\r\t";
    const unsigned char *at = inner.data;
    const unsigned char *end = at + inner.size;

    if (memchr(at, '\\', inner.size) == NULL) {
        return inner;
    }
    unsigned char *start = arena_alloc(arena, inner.size);
    unsigned char *to = start;
    while (at < end) {
        if (*at != '\\' || at + 1 >= end) {
            *to++ = *at++;
            continue;
        }
        unsigned char c = at[1];
        const char *letter = c != '\0' ? strchr(letters, c) : NULL;
        at += 2;
        if (c == 'u') {
            to = put_utf8(to, unicode(&at, end));
        } else {
            *to++ = letter != NULL ? (unsigned char)meanings[letter - letters] : c;
        }
    }
    return (struct bytes){start, (size_t)(to - start)};
}

struct bytes peek_text(struct arena *arena, struct bytes json, const char *path)
{
    static const struct bytes none = {NULL, 0};
    struct scan s = {json.data, (const unsigned char *)json.data + json.size};

    for (size_t size = strcspn(path, "."); size > 0; size = strcspn(path, ".")) {
        if (!enter(&s, (struct bytes){path, size})) {
            return none;
        }
        path += size + (path[size] == '.');
    }
    skip_blanks(&s);
    if (s.at < s.end && *s.at == '"') {
        s.at++;
        return resolve(arena, take_inner(&s));
    }
    bool number = s.at < s.end && (*s.at == '-' || (*s.at >= '0' && *s.at <= '9'));
    return number ? take_plain(&s) : none;
}

/* The value that comes next. */
static struct bytes take_value(struct scan *s)
{
    skip_blanks(s);
    const unsigned char *from = s->at;

    skip_value(s);
    return (struct bytes){from, (size_t)(s->at - from)};
}

void peek_members(struct bytes json, const char *const *names, size_t count,
                  struct bytes *ret_values)
{
    struct scan s = {json.data, (const unsigned char *)json.data + json.size};

    for (size_t i = 0; i < count; i++) {
        ret_values[i] = (struct bytes){NULL, 0};
    }
    bool more = take(&s, '{');
    while (more && take(&s, '"')) {
        struct bytes name = take_inner(&s);
        if (!take(&s, ':')) {
            return;
        }
        struct bytes value = take_value(&s);
        for (size_t i = 0; i < count; i++) {
            ret_values[i] = bytes_equal(name, bytes_of(names[i])) ? value : ret_values[i];
        }
        more = take(&s, ',');
    }
}

bool peek_next(struct bytes *array, struct bytes *ret_item)
{
    struct scan s = {array->data, (const unsigned char *)array->data + array->size};

    if (!take(&s, '[') && !take(&s, ',')) {
        return false;
    }
    *ret_item = take_value(&s);
    *array = (struct bytes){s.at, (size_t)(s.end - s.at)};
    return ret_item->size > 0 && *(const unsigned char *)ret_item->data != ']';
}

struct bytes peek_cut(struct bytes text, size_t bytes_max)
{
    if (text.size > bytes_max) {
        text.size = bytes_max;
        while (text.size > 0 && (((const unsigned char *)text.data)[text.size] & 0xC0) == 0x80) {
            text.size--;
        }
    }
    return text;
}

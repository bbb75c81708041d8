/* text.c - values as text in a request
 *
 * Owns:    how a JSON value is written into a URI, a header or a form.
 * In:      templates, queries, headers, forms; credentials; answers that are not text.
 * Out:     bytes appended to a buffer. Pure.
 * Always:  what percent-encoding gives has no character that could end the part it stands in.
 * See:     RFC 3986 §2, RFC 4648 §4
 */
#include "workers/http/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define WHOLE_MAX 9007199254740992.0 /* 2^53: beyond it doubles are not exact */

static void append_real(struct buffer *out, double number)
{
    char text[64];
    bool whole = fabs(number) <= WHOLE_MAX && floor(number) == number;

    /* 15 digits: what was written as 0.1 is not 0.10000000000000001 */
    snprintf(text, sizeof text, whole ? "%.0f" : "%.15g", number);
    buffer_text(out, text);
}

bool text_scalar(struct buffer *out, const json_t *value)
{
    char text[32];

    switch (value != NULL ? json_typeof(value) : JSON_OBJECT) {
    case JSON_STRING:
        buffer_append(out, json_string_value(value), json_string_length(value));
        return true;
    case JSON_INTEGER:
        snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        buffer_text(out, text);
        return true;
    case JSON_REAL:
        append_real(out, json_real_value(value));
        return true;
    case JSON_TRUE:
        buffer_text(out, "true");
        return true;
    case JSON_FALSE:
        buffer_text(out, "false");
        return true;
    case JSON_NULL:
        return true;
    case JSON_OBJECT:
    case JSON_ARRAY:
        break;
    }
    return false;
}

static bool is_hex(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

static bool is_unreserved(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

static bool stays(const unsigned char *at, size_t left, const char *keep)
{
    if (is_unreserved(at[0])) {
        return true;
    }
    if (at[0] == '\0' || strchr(keep, at[0]) == NULL) {
        return false;
    }
    return at[0] != '%' || (left > 2 && is_hex(at[1]) && is_hex(at[2]));
}

void text_percent(struct buffer *out, struct bytes text, const char *keep)
{
    const unsigned char *at = text.data;
    char code[4];

    for (size_t i = 0; i < text.size; i++) {
        if (stays(at + i, text.size - i, keep)) {
            buffer_append(out, at + i, 1);
        } else {
            snprintf(code, sizeof code, "%%%02X", (unsigned)at[i]);
            buffer_append(out, code, 3);
        }
    }
}

void text_base64(struct buffer *out, struct bytes data)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *at = data.data;

    for (size_t i = 0; i < data.size; i += 3) {
        size_t left = data.size - i;
        unsigned bits = (unsigned)at[i] << 16;
        bits |= left > 1 ? (unsigned)at[i + 1] << 8 : 0;
        bits |= left > 2 ? (unsigned)at[i + 2] : 0;
        char four[4] = {digits[bits >> 18], digits[bits >> 12 & 63],
                        left > 1 ? digits[bits >> 6 & 63] : '=',
                        left > 2 ? digits[bits & 63] : '='};
        buffer_append(out, four, sizeof four);
    }
}

bool text_is_utf8(struct bytes text)
{
    json_t *value = memchr(text.size > 0 ? text.data : "", '\0', text.size) == NULL
                        ? json_stringn(text.size > 0 ? text.data : "", text.size)
                        : NULL;

    json_decref(value);
    return value != NULL;
}

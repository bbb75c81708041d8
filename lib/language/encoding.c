/* encoding.c - is this text UTF-8, and where is it not
 *
 * Owns:    the rules for bytes that a document may hold (YAML 1.2 §5.1: printable characters).
 * In:      encoding_check() from yaml.c, before anything else looks at the text.
 * Out:     nothing, or the line and column of the first byte that does not belong.
 * Always:  overlong forms, surrogates and numbers beyond U+10FFFF are refused.
 * See:     RFC 3629 §4
 */
#include "language/tree.h"

/* The character at `at`, and its length in bytes; 0 when the bytes are no character. */
static size_t decode(const unsigned char *at, size_t left, uint32_t *ret_char)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = at[0] < 0x80   ? 1
                    : at[0] < 0xC0 ? 0
                    : at[0] < 0xE0 ? 2
                    : at[0] < 0xF0 ? 3
                    : at[0] < 0xF8 ? 4
                                   : 0;

    if (length == 0 || length > left) {
        return 0;
    }
    uint32_t ch = length == 1 ? at[0] : at[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
        ch = (ch << 6) | (at[i] & 0x3Fu);
    }
    if (ch < least[length] || ch > 0x10FFFF || (ch >= 0xD800 && ch <= 0xDFFF)) {
        return 0;
    }
    *ret_char = ch;
    return length;
}

static bool allowed(uint32_t ch)
{
    return ch == '\t' || ch == '\n' || ch == '\r' || (ch >= 0x20 && ch <= 0x7E) || ch == 0x85 ||
           (ch >= 0xA0 && ch <= 0xFFFD) || ch >= 0x10000;
}

bool encoding_check(const char *file, struct bytes text, struct error *err)
{
    const unsigned char *at = text.data;
    size_t left = text.size;
    int line = 1;
    int column = 1;

    while (left > 0) {
        uint32_t ch;
        size_t length = decode(at, left, &ch);
        if (length == 0) {
            return error_set_at(err, ERROR_SYNTAX, file, line, column,
                                "the byte 0x%02X is not UTF-8 here: save the file as UTF-8", at[0]);
        }
        if (!allowed(ch)) {
            return error_set_at(err, ERROR_SYNTAX, file, line, column,
                                "the control character U+%04X is not allowed", (unsigned)ch);
        }
        column = ch == '\n' ? 1 : column + 1;
        line += ch == '\n' ? 1 : 0;
        at += length;
        left -= length;
    }
    return true;
}

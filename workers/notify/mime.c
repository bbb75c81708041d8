/* mime.c - text as mail carries it
 *
 * Owns:    encoded words and base64.
 * In:      message.c.
 * Out:     ASCII lines, CRLF.
 * Always:  a line has at most MIME_LINE_MAX characters; decoding gives back what came in.
 * See:     RFC 2045 §6.8 (base64), RFC 2047 (encoded words), RFC 5322 §2.2.3 (folding)
 */
#include "workers/notify/mime.h"

#include "base/must.h"

#include <string.h>

#define WORD_OPEN     "=?UTF-8?B?"
#define WORD_CLOSE    "?="
#define WORD_OVERHEAD (sizeof WORD_OPEN - 1 + sizeof WORD_CLOSE - 1)
#define WORD_MAX      75 /* RFC 2047 §2 */

static void append_base64(struct buffer *out, const unsigned char *data, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < size; i += 3) {
        size_t left = size - i;
        unsigned long bits = (unsigned long)data[i] << 16;
        bits |= left > 1 ? (unsigned long)data[i + 1] << 8 : 0;
        bits |= left > 2 ? (unsigned long)data[i + 2] : 0;
        char four[4] = {digits[bits >> 18], digits[bits >> 12 & 63],
                        left > 1 ? digits[bits >> 6 & 63] : '=',
                        left > 2 ? digits[bits & 63] : '='};
        buffer_append(out, four, 4);
    }
}

/* How many bytes of text fit into a word of this many characters, whole UTF-8 characters only. */
static size_t word_bytes(const unsigned char *text, size_t size, size_t room)
{
    size_t fits = (room - WORD_OVERHEAD) / 4 * 3;

    if (size <= fits) {
        return size;
    }
    while (fits > 0 && (text[fits] & 0xC0) == 0x80) {
        fits--;
    }
    return fits;
}

size_t mime_words(struct buffer *out, size_t column, struct bytes text)
{
    const unsigned char *at = text.data;
    size_t left = text.size;

    must(column + WORD_OVERHEAD <= MIME_LINE_MAX);
    while (left > 0) {
        size_t room = MIME_LINE_MAX - column < WORD_MAX ? MIME_LINE_MAX - column : WORD_MAX;
        size_t size = word_bytes(at, left, room);
        if (size == 0) { /* not even one character: a line of its own */
            must(column > 1);
            buffer_text(out, "\r\n ");
            column = 1;
            continue;
        }
        size_t before = out->size;
        buffer_text(out, WORD_OPEN);
        append_base64(out, at, size);
        buffer_text(out, WORD_CLOSE);
        column += out->size - before;
        at += size;
        left -= size;
        if (left > 0) {
            buffer_text(out, "\r\n ");
            column = 1;
        }
    }
    return column;
}

/* Printable ASCII that nobody could take for an encoded word, blanks inside only. */
static bool plain(struct bytes text)
{
    const char *s = text.data;

    for (size_t i = 0; i < text.size; i++) {
        if (s[i] < ' ' || s[i] > '~' || (s[i] == '=' && i + 1 < text.size && s[i + 1] == '?')) {
            return false;
        }
    }
    return text.size > 0 && s[0] != ' ' && s[text.size - 1] != ' ';
}

void mime_header(struct buffer *out, const char *name, struct bytes text)
{
    size_t column = strlen(name) + 2;

    buffer_text(out, name);
    buffer_text(out, ": ");
    if (column + text.size <= MIME_LINE_MAX && plain(text)) {
        buffer_append(out, text.data, text.size);
    } else {
        mime_words(out, column, text);
    }
    buffer_text(out, "\r\n");
}

void mime_body(struct buffer *out, struct bytes text)
{
    const unsigned char *at = text.data;
    const size_t per_line = MIME_LINE_MAX / 4 * 3;

    for (size_t done = 0; done < text.size; done += per_line) {
        size_t left = text.size - done;
        append_base64(out, at + done, left < per_line ? left : per_line);
        buffer_text(out, "\r\n");
    }
}

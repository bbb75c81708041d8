/* text.c - making text from outside fit for a letter
 *
 * Owns:    nothing.
 * In:      letter.c and message.c, with whatever stands in a notice.
 * Out:     one line of valid UTF-8.
 * Always:  no control character survives, so no header or line can be injected.
 * See:     text.h; RFC 3629 (UTF-8), RFC 5322 §2.2
 */
#include "workers/notify/text.h"

#include <string.h>

static bool continues(const unsigned char *at, const unsigned char *end, size_t count)
{
    if ((size_t)(end - at) < count + 1) {
        return false;
    }
    for (size_t i = 1; i <= count; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return false;
        }
    }
    return true;
}

size_t text_character(const unsigned char *at, const unsigned char *end, uint32_t *ret_code)
{
    uint32_t c = at[0];

    if (c < 0x80) {
        *ret_code = c;
        return 1;
    }
    if (c >= 0xC2 && c < 0xE0 && continues(at, end, 1)) {
        *ret_code = (c & 0x1Fu) << 6 | (at[1] & 0x3Fu);
        return 2;
    }
    if (c >= 0xE0 && c < 0xF0 && continues(at, end, 2)) {
        uint32_t code = (c & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
        bool surrogate = code >= 0xD800 && code <= 0xDFFF;
        *ret_code = code;
        return code >= 0x800 && !surrogate ? 3 : 0;
    }
    if (c >= 0xF0 && c < 0xF5 && continues(at, end, 3)) {
        uint32_t code =
            (c & 0x07u) << 18 | (at[1] & 0x3Fu) << 12 | (at[2] & 0x3Fu) << 6 | (at[3] & 0x3Fu);
        *ret_code = code;
        return code >= 0x10000 && code <= 0x10FFFF ? 4 : 0;
    }
    return 0;
}

static bool blank(uint32_t code)
{
    return code <= 0x20 || (code >= 0x7F && code <= 0xA0) || /* C0, DEL, C1, no-break space */
           code == 0x2028 || code == 0x2029 ||               /* line, paragraph separator */
           code == 0x200E || code == 0x200F ||               /* direction marks … */
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
           code == 0xFEFF; /* … and the byte order mark */
}

void text_append_line(struct buffer *out, const char *text, size_t max_characters)
{
    const unsigned char *at = (const unsigned char *)text;
    const unsigned char *end = text ? at + strlen(text) : at;
    size_t written = 0;
    bool gap = false;

    while (at < end) {
        uint32_t code = 0;
        size_t size = text_character(at, end, &code);
        if (size > 0 && blank(code)) {
            gap = written > 0;
            at += size;
            continue;
        }
        if (written + (gap ? 1 : 0) >= max_characters) {
            buffer_text(out, "…");
            return;
        }
        if (gap) {
            buffer_text(out, " ");
            written++;
            gap = false;
        }
        buffer_append(out, size ? (const void *)at : "\xEF\xBF\xBD", size ? size : 3);
        at += size ? size : 1;
        written++;
    }
}

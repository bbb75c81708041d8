/* text.c - characters, their columns, cutting, and making strangers' text harmless
 *
 * Owns:    the reading of UTF-8 for the screen, and the list of characters that do not reach it.
 * In:      every other file of cli/ that prints.
 * Out:     copies; nothing is kept, nothing is printed from here.
 * Always:  a text is cut between characters; harmless text has no byte below a blank, no DEL and
 *          no C1 control, so that no terminal acts on it.
 * See:     ECMA-48 §8.3 (controls), Unicode UAX #9 (direction)
 */
#define _XOPEN_SOURCE 700 /* wcwidth() */

#include "cli/text.h"

#include "base/must.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

/* The bytes that follow a first byte, or -1; *ret_bits: what the first byte holds. */
static int follow_count(unsigned char first, uint32_t *ret_bits)
{
    if (first < 0x80) {
        *ret_bits = first;
        return 0;
    }
    if (first >= 0xC2 && first < 0xE0) {
        *ret_bits = first & 0x1Fu;
        return 1;
    }
    if (first >= 0xE0 && first < 0xF0) {
        *ret_bits = first & 0x0Fu;
        return 2;
    }
    if (first >= 0xF0 && first < 0xF5) {
        *ret_bits = first & 0x07u;
        return 3;
    }
    return -1;
}

static bool character_valid(uint32_t character, int follow)
{
    static const uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};

    return character >= smallest[follow] && character <= 0x10FFFF &&
           (character < 0xD800 || character > 0xDFFF);
}

uint32_t text_next(const char **at, const char *end)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    uint32_t character = 0;
    int follow = follow_count(bytes[0], &character);

    must(*at < end);
    (*at)++;
    if (follow < 0 || end - *at < follow) {
        return TEXT_REPLACEMENT;
    }
    for (int i = 1; i <= follow; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return TEXT_REPLACEMENT;
        }
        character = character << 6 | (bytes[i] & 0x3Fu);
    }
    if (!character_valid(character, follow)) {
        return TEXT_REPLACEMENT;
    }
    *at += follow;
    return character;
}

int text_char_columns(uint32_t character)
{
    int columns = wcwidth((wchar_t)character);

    return columns < 0 ? 1 : columns;
}

size_t text_columns(const char *text)
{
    const char *end = text + strlen(text);
    size_t columns = 0;

    while (text < end) {
        columns += (size_t)text_char_columns(text_next(&text, end));
    }
    return columns;
}

/* Would a terminal or a reader be misled by it? Blanks for line ends are made before this. */
static bool character_harmful(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) ||
           (character >= 0x200B && character <= 0x200F) || /* no width, marks of direction */
           (character >= 0x2028 && character <= 0x202E) || /* separators, embeddings */
           (character >= 0x2060 && character <= 0x206F) || /* isolates */
           character == 0xFEFF || (character >= 0xFFF9 && character <= 0xFFFB) ||
           (character >= 0xE0000 && character <= 0xE0FFF); /* tags */
}

static void put_character(struct buffer *out, const char *from, const char *to, uint32_t character)
{
    if (character == TEXT_REPLACEMENT || character_harmful(character)) {
        buffer_text(out, "\xEF\xBF\xBD");
    } else {
        buffer_append(out, from, (size_t)(to - from));
    }
}

char *text_harmless(const char *text, size_t size)
{
    struct buffer out = BUFFER_INIT;
    const char *end = text + size;

    while (text < end) {
        const char *from = text;
        uint32_t character = text_next(&text, end);
        if (character == '\n' || character == '\r' || character == '\t') {
            buffer_text(&out, " ");
        } else {
            put_character(&out, from, text, character);
        }
    }
    return text_take(&out);
}

/* Above 0xFFFF JSON writes two halves (RFC 8259 §7). */
static void put_escape(struct buffer *out, uint32_t character)
{
    if (character < 0x10000) {
        text_put(out, "\\u%04x", character);
        return;
    }
    character -= 0x10000;
    text_put(out, "\\u%04x\\u%04x", 0xD800 + (character >> 10), 0xDC00 + (character & 0x3FF));
}

char *text_harmless_json(const char *json, size_t size)
{
    struct buffer out = BUFFER_INIT;
    const char *end = json + size;

    while (json < end) {
        const char *from = json;
        uint32_t character = text_next(&json, end);
        if (character == '\n' || !character_harmful(character)) {
            put_character(&out, from, json, character == '\n' ? 'n' : character);
        } else if (character == '\r' || character == '\t') {
            buffer_text(&out, " ");
        } else {
            put_escape(&out, character);
        }
    }
    return text_take(&out);
}

char *text_fit(const char *text, size_t columns)
{
    const char *end = text + strlen(text);
    const char *at = text;
    size_t taken = 0;

    if (columns == 0) {
        return xstrdup("");
    }
    if (text_columns(text) <= columns) {
        return xstrdup(text);
    }
    while (at < end) {
        const char *next = at;
        size_t more = (size_t)text_char_columns(text_next(&next, end));
        if (taken + more > columns - 1) {
            break;
        }
        taken += more;
        at = next;
    }
    while (at > text && strchr(" ,:;.", at[-1]) != NULL) {
        at--;
    }
    struct buffer out = BUFFER_INIT;
    buffer_append(&out, text, (size_t)(at - text));
    buffer_text(&out, "…");
    return text_take(&out);
}

/* Does a full stop after this belong to a word like «г.», «т.д.», «др.»? */
static bool abbreviated(const char *text, size_t size)
{
    static const char *const words[] = {" др", " пр"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t taken = strlen(words[i]);
        if (size >= taken && memcmp(text + size - taken, words[i], taken) == 0) {
            return true;
        }
    }
    return size >= 2 && ((unsigned char)text[size - 2] & 0xFE) == 0xD0 &&
           (size == 2 || strchr(" .", text[size - 3]) != NULL);
}

char *text_title(const char *text)
{
    size_t size = strlen(text);

    while (size > 0 && strchr(" ,:;.", text[size - 1]) != NULL &&
           !(text[size - 1] == '.' && abbreviated(text, size - 1))) {
        size--;
    }
    return xstrndup(text, size);
}

char *text_wrap(const char *text, size_t columns)
{
    struct buffer out = BUFFER_INIT;
    size_t taken = 0;

    while (*text != '\0') {
        size_t size = strcspn(text, " ");
        char *word = xstrndup(text, size);
        size_t width = text_columns(word);
        if (taken > 0) {
            bool fits = columns == 0 || taken + 1 + width <= columns;
            buffer_text(&out, fits ? " " : "\n");
            taken = fits ? taken + 1 : 0;
        }
        buffer_text(&out, word);
        free(word);
        taken += width;
        text += size;
        text += *text == ' ' ? 1 : 0;
    }
    return text_take(&out);
}

static void put_utf8(struct buffer *out, uint32_t c)
{
    if (c < 0x80) {
        text_put(out, "%c", (int)c);
    } else if (c < 0x800) {
        text_put(out, "%c%c", (int)(0xC0 | c >> 6), (int)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        text_put(out, "%c%c%c", (int)(0xE0 | c >> 12), (int)(0x80 | (c >> 6 & 0x3F)),
                 (int)(0x80 | (c & 0x3F)));
    } else {
        text_put(out, "%c%c%c%c", (int)(0xF0 | c >> 18), (int)(0x80 | (c >> 12 & 0x3F)),
                 (int)(0x80 | (c >> 6 & 0x3F)), (int)(0x80 | (c & 0x3F)));
    }
}

static char *change_first(const char *text, wint_t change(wint_t))
{
    struct buffer out = BUFFER_INIT;
    const char *end = text + strlen(text);

    if (text < end) {
        put_utf8(&out, (uint32_t)change((wint_t)text_next(&text, end)));
        buffer_text(&out, text);
    }
    return text_take(&out);
}

char *text_small_first(const char *text)
{
    return change_first(text, towlower);
}

char *text_large_first(const char *text)
{
    return change_first(text, towupper);
}

void text_put(struct buffer *out, const char *fmt, ...)
{
    va_list args;
    va_list again;

    va_start(args, fmt);
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    must(size >= 0);
    buffer_reserve(out, (size_t)size + 1);
    vsnprintf((char *)out->data + out->size, (size_t)size + 1, fmt, again);
    va_end(again);
    out->size += (size_t)size;
}

void text_blanks(struct buffer *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_append(out, " ", 1);
    }
}

char *text_take(struct buffer *out)
{
    char *text = bytes_strdup(buffer_bytes(out));

    buffer_fini(out);
    return text;
}

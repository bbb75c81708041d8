/* label.c - the lines of a label: short, broken at blanks, without characters that mislead
 *
 * Owns:    what of a stranger's text may stand in a picture.
 * In:      texts of a definition, from the functions that draw.
 * Out:     lines; each format escapes them in its own way.
 * Always:  valid UTF-8 stays valid: a text is cut and broken between characters.
 */
#include "picture/label.h"

#include "base/error.h"
#include "base/must.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_CHARACTERS      36  /* a line is broken at the last blank before so many */
#define LINE_CHARACTERS_MAX  44  /* and a longer word here */
#define PARAGRAPH_CHARACTERS 160 /* five lines; titles of plans have up to 400 characters */
#define PARAGRAPH_BYTES      2048

/* Bytes of the character at text; 1 for what is none. */
static size_t character_size(const char *text)
{
    unsigned char first = (unsigned char)text[0];
    size_t size = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    for (size_t i = 1; i < size; i++) {
        if (((unsigned char)text[i] & 0xC0) != 0x80) {
            return 1;
        }
    }
    return size;
}

/* Marks of direction, characters without width, separators, and half a character. */
static bool misleads(const char *text, size_t size)
{
    const unsigned char *c = (const unsigned char *)text;

    if (size == 1) {
        return c[0] >= 0x7F;
    }
    if (size == 2) {
        return c[0] == 0xC2 && c[1] < 0xA0;
    }
    if (size == 4) {
        return c[0] == 0xF3 && c[1] == 0xA0; /* tags */
    }
    return (c[0] == 0xE2 && c[1] == 0x80 && ((c[2] >= 0x8B && c[2] <= 0x8F) || c[2] >= 0xA8) &&
            c[2] <= 0xAE) ||
           (c[0] == 0xE2 && c[1] == 0x81 && c[2] >= 0xA0 && c[2] <= 0xAF) ||
           (c[0] == 0xEF && c[1] == 0xBB && c[2] == 0xBF) ||
           (c[0] == 0xEF && c[1] == 0xBF && c[2] >= 0xB9);
}

static void put_character(struct buffer *label, const char *text, size_t size)
{
    if (size == 1 && (unsigned char)text[0] < 0x20) {
        buffer_text(label, " ");
    } else if (misleads(text, size)) {
        buffer_text(label, "\xEF\xBF\xBD");
    } else {
        buffer_append(label, text, size);
    }
}

/* Characters up to the next blank. */
static size_t word_characters(const char *text)
{
    size_t count = 0;

    for (; *text != '\0' && *text != ' '; text += character_size(text)) {
        count++;
    }
    return count;
}

static void put_paragraph(struct buffer *label, const char *text)
{
    size_t in_line = 0;
    size_t total = 0;

    if (label->size > 0) {
        buffer_text(label, "\n");
    }
    for (size_t size; *text != '\0'; text += size) {
        size = character_size(text);
        if (total++ == PARAGRAPH_CHARACTERS) {
            buffer_text(label, "…");
            return;
        }
        if (*text == ' ' && in_line > 0 &&
            in_line + 1 + word_characters(text + 1) > LINE_CHARACTERS) {
            buffer_text(label, "\n");
            in_line = 0;
            continue;
        }
        if (in_line == LINE_CHARACTERS_MAX) {
            buffer_text(label, "\n");
            in_line = 0;
        }
        put_character(label, text, size);
        in_line++;
    }
}

void label_add(struct buffer *label, const char *fmt, ...)
{
    char text[PARAGRAPH_BYTES];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, error_word(fmt), args);
    va_end(args);
    put_paragraph(label, text);
}

char *label_take(struct buffer *label)
{
    char *text = xstrndup(label->size > 0 ? (const char *)label->data : "", label->size);

    buffer_fini(label);
    return text;
}

char *label_of(const char *text)
{
    struct buffer label = BUFFER_INIT;

    put_paragraph(&label, text);
    return label_take(&label);
}

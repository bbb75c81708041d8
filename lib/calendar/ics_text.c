/* ics_text.c - text without what plays tricks on its reader
 *
 * Owns:    which characters are not let through, and where a long title is cut.
 * Always:  what comes out is valid UTF-8 when what goes in is; no character is cut.
 * See:     Unicode TR36 §2.10 and TR9 for the directions
 */
#include "calendar/ics_text.h"

#include <stdint.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"

static size_t size_of_character(const unsigned char *at)
{
    size_t size = 1;

    while (size < 4 && (at[size] & 0xC0) == 0x80) {
        size++;
    }
    return size;
}

static uint32_t character_at(const unsigned char *at, size_t size)
{
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t character = at[0] & masks[size];

    for (size_t i = 1; i < size; i++) {
        character = character << 6 | (at[i] & 0x3Fu);
    }
    return character;
}

static bool is_harmful(uint32_t c)
{
    static const uint32_t ranges[][2] = {{0x00, 0x1F},     {0x7F, 0x9F},      {0x200B, 0x200F},
                                         {0x2028, 0x202E}, {0x2060, 0x206F},  {0xFEFF, 0xFEFF},
                                         {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF}};

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (c >= ranges[i][0] && c <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}

void ics_text_put(struct buffer *out, const char *text)
{
    const unsigned char *at = (const unsigned char *)text;

    while (at != NULL && *at != '\0') {
        size_t size = size_of_character(at);
        if (*at == '\n' || *at == '\r' || *at == '\t') {
            buffer_text(out, " ");
        } else if (is_harmful(character_at(at, size))) {
            buffer_text(out, REPLACEMENT);
        } else {
            buffer_append(out, at, size);
        }
        at += size;
    }
}

/* The last character begins here, or at the start of the text. */
static size_t last_start(const struct buffer *text, size_t size)
{
    while (size > 0 && ((unsigned char)text->data[--size] & 0xC0) == 0x80) {
    }
    return size;
}

void ics_text_fit(struct buffer *text, size_t characters_max)
{
    size_t characters = 0;

    for (size_t i = 0; i < text->size; i++) {
        characters += ((unsigned char)text->data[i] & 0xC0) != 0x80;
    }
    if (characters <= characters_max) {
        return;
    }
    for (; characters >= characters_max; characters--) {
        text->size = last_start(text, text->size);
    }
    while (text->size > 0 && strchr(" ,:;.", text->data[text->size - 1]) != NULL) {
        text->size--;
    }
    buffer_text(text, "…");
}

/* word.c - cutting a text into words
 *
 * Owns:    which characters make words, and their lower case.
 * Always:  any bytes may come; what is no UTF-8 stands between words.
 */
#include "engine/core/word.h"

#include <string.h>

/* The character at `at` and its length; anything but one or two bytes is no letter of ours. */
static uint32_t character(const unsigned char *at, const unsigned char *end, size_t *ret_size)
{
    *ret_size = 1;
    if (*at < 0x80) {
        return *at;
    }
    if (*at >= 0xC2 && *at < 0xE0 && end - at >= 2 && (at[1] & 0xC0) == 0x80) {
        *ret_size = 2;
        return (uint32_t)(*at & 0x1F) << 6 | (at[1] & 0x3F);
    }
    return 0;
}

/* Its lower case, or 0 when it is no letter and no digit. */
static uint32_t lower(uint32_t c)
{
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
        return c;
    }
    if (c >= 'A' && c <= 'Z') {
        return c + 32;
    }
    if (c == 0x401 || c == 0x451) {
        return 0x435; /* ё is е */
    }
    if (c >= 0x410 && c <= 0x44F) {
        return c < 0x430 ? c + 32 : c;
    }
    if (c >= 0x402 && c <= 0x40F) {
        return c + 80;
    }
    bool pairs = (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x4FF); /* Tatar and others */
    return pairs ? c | 1 : c >= 0x452 && c <= 0x45F ? c : 0;
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static void append(struct word *w, uint32_t c)
{
    size_t size = c < 0x80 ? 1 : 2;

    w->characters++;
    if (w->size + size > WORD_BYTES_MAX) {
        return;
    }
    if (size == 1) {
        w->text[w->size] = (char)c;
    } else {
        w->text[w->size] = (char)(0xC0 | c >> 6);
        w->text[w->size + 1] = (char)(0x80 | (c & 0x3F));
    }
    w->size += size;
}

bool word_next(struct bytes text, size_t *at, struct word *ret_word)
{
    const unsigned char *data = text.data;
    const unsigned char *end = data + text.size;
    struct word w = {.size = 0};

    while (*at < text.size) {
        size_t size;
        uint32_t c = lower(character(data + *at, end, &size));
        if (c == 0 && data[*at] == '.' && w.size > 0 && is_digit(data[*at - 1]) &&
            *at + 1 < text.size && is_digit(data[*at + 1])) {
            c = '.';
        }
        *at += size;
        if (c != 0) {
            append(&w, c);
        } else if (w.size > 0) {
            break;
        }
    }
    *ret_word = w;
    return w.size > 0;
}

bool word_is_kept(const struct word *word)
{
    return word->characters > 1 || is_digit((unsigned char)word->text[0]);
}

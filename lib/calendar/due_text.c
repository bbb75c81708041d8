/* due_text.c - characters of a phrase: decoded, made alike, or dropped
 *
 * Owns:    what is only another way to write the same letter.
 * In:      UTF-8 as it stands in a document.
 * Out:     struct due_text.
 * Always:  no character gets longer, so the text fits where the phrase fitted.
 * See:     due_text.h; docs/time.md §3
 */
#include "calendar/due_text.h"

#include "base/limits.h"

#define DROPPED   0u
#define BAD_UTF8  0xFFFFFFFFu
#define GRAVE     0x0300u /* combining: over a vowel, as in dictionaries */
#define ACUTE     0x0301u
#define BREVE     0x0306u
#define DIAERESIS 0x0308u

struct span {
    uint32_t first;
    uint32_t last;
};

static bool within(const struct span *spans, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++) {
        if (c >= spans[i].first && c <= spans[i].last) {
            return true;
        }
    }
    return false;
}

#define WITHIN(spans, c) within(spans, sizeof(spans) / sizeof *(spans), c)

/* The length a first byte promises, and what of the character it holds. */
static int lead(unsigned char byte, uint32_t *ret_bits)
{
    if (byte < 0x80) {
        *ret_bits = byte;
        return 1;
    }
    if (byte >= 0xC2 && byte < 0xE0) {
        *ret_bits = byte & 0x1Fu;
        return 2;
    }
    if (byte >= 0xE0 && byte < 0xF0) {
        *ret_bits = byte & 0x0Fu;
        return 3;
    }
    if (byte >= 0xF0 && byte < 0xF5) {
        *ret_bits = byte & 0x07u;
        return 4;
    }
    return 0;
}

static uint32_t decode(const unsigned char *at, const unsigned char *end, int *ret_length)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t c = 0;
    int length = lead(*at, &c);

    *ret_length = length > 0 ? length : 1;
    if (length == 0 || end - at < length) {
        return BAD_UTF8;
    }
    for (int i = 1; i < length; i++) {
        if ((at[i] & 0xC0u) != 0x80u) {
            return BAD_UTF8;
        }
        c = c << 6 | (at[i] & 0x3Fu);
    }
    return c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? BAD_UTF8 : c;
}

static uint32_t lower(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0x0410 && c <= 0x042F)) { /* Latin; А to Я */
        return c + 32;
    }
    if (c >= 0x0400 && c <= 0x040F) { /* Ѐ to Џ: Ё, and the Ukrainian І that stands for I */
        c += 80;
    }
    return c == 0x0451 ? 0x0435 : c; /* ё */
}

/* Spaces, and what stands around words without a meaning here: quotes. */
static bool blank(uint32_t c)
{
    static const struct span spans[] = {
        {0x01, ' '},      {0x7F, 0xA0},     {'"', '"'},       {0x60, 0x60},     {0xAB, 0xAB},
        {0xBB, 0xBB},     {0x2000, 0x200A}, {0x2018, 0x201F}, {0x2028, 0x2029}, {0x202F, 0x202F},
        {0x2039, 0x203A}, {0x205F, 0x205F}, {0x3000, 0x3000},
    };

    return WITHIN(spans, c);
}

static bool dash(uint32_t c)
{
    static const struct span spans[] = {
        {'-', '-'},       {0x2010, 0x2015}, {0x2043, 0x2043}, {0x2212, 0x2212},
        {0x2E3A, 0x2E3B}, {0xFE58, 0xFE58}, {0xFE63, 0xFE63}, {0xFF0D, 0xFF0D},
    };

    return WITHIN(spans, c);
}

/* Soft hyphens, what has no width, signs of footnotes, and marks over letters. */
static bool dropped(uint32_t c)
{
    static const struct span spans[] = {
        {0, 0},           {'\'', '\''},     {'*', '*'},       {0xAD, 0xAD},     {0xB2, 0xB4},
        {0xB9, 0xB9},     {0x2BC, 0x2BC},   {0x300, 0x36F},   {0x200B, 0x200F}, {0x2020, 0x2022},
        {0x202A, 0x202E}, {0x2032, 0x2033}, {0x2060, 0x2069}, {0x2070, 0x2079}, {0x2217, 0x2217},
        {0x2080, 0x2089}, {0xF0B7, 0xF0B7}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
    };

    return WITHIN(spans, c);
}

static uint32_t alike(uint32_t c)
{
    if (c < 0x80 ? c > ' ' && c != '"' && c != '\'' && c != '*' && c != 0x60 && c != 0x7F
                 : c >= 0x0400 && c <= 0x04FF) {
        return lower(c);
    }
    if (dropped(c)) {
        return DROPPED;
    }
    if (blank(c)) {
        return ' ';
    }
    return dash(c) ? '-' : c >= 0xFF10 && c <= 0xFF19 ? c - 0xFF10 + '0' : c;
}

/* й and ё that were typed as two characters. */
static bool joins(struct due_text *text, uint32_t c)
{
    unsigned char *last = (unsigned char *)text->data + text->size - 1;

    if (c == BREVE && text->size >= 2 && last[-1] == 0xD0 && *last == 0xB8) { /* и */
        *last = 0xB9;
        return true;
    }
    return c == DIAERESIS || c == ACUTE || c == GRAVE;
}

static void put(struct due_text *text, uint32_t c, uint32_t column, size_t offset)
{
    unsigned char bytes[4];
    int length = 0;

    if (c < 0x80) {
        bytes[length++] = (unsigned char)c;
    } else if (c < 0x800) {
        bytes[length++] = (unsigned char)(0xC0 | c >> 6);
    } else if (c < 0x10000) {
        bytes[length++] = (unsigned char)(0xE0 | c >> 12);
        bytes[length++] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
    } else {
        bytes[length++] = (unsigned char)(0xF0 | c >> 18);
        bytes[length++] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
        bytes[length++] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
    }
    if (c >= 0x80) {
        bytes[length++] = (unsigned char)(0x80 | (c & 0x3F));
    }
    for (int i = 0; i < length; i++) {
        text->columns[text->size] = (uint16_t)column;
        text->offsets[text->size] = (uint16_t)offset;
        text->data[text->size++] = (char)bytes[i];
    }
}

/* The column of a byte that lies in valid text. */
static int column_of(struct bytes phrase, size_t byte)
{
    const unsigned char *data = phrase.data;
    int column = 1;

    for (size_t i = 0; i < byte; i++) {
        column += (data[i] & 0xC0u) != 0x80u ? 1 : 0;
    }
    return column;
}

bool due_text_read(struct bytes phrase, struct arena *arena, struct due_text *ret_text,
                   struct error *err)
{
    const unsigned char *data = phrase.data;
    struct due_text text = {.original = phrase};
    uint32_t column = 1;
    int length;

    if (phrase.size > LIMIT_PHRASE_BYTES) {
        return error_set_at(err, ERROR_TOO_LARGE, NULL, 1, column_of(phrase, LIMIT_PHRASE_BYTES),
                            "a term has %u bytes at most, and this text has %zu",
                            LIMIT_PHRASE_BYTES, phrase.size);
    }
    text.data = arena_alloc(arena, phrase.size + 1);
    text.columns = arena_alloc(arena, (phrase.size + 1) * sizeof *text.columns);
    text.offsets = arena_alloc(arena, (phrase.size + 1) * sizeof *text.offsets);
    for (size_t i = 0; i < phrase.size; i += (size_t)length, column++) {
        uint32_t c = decode(data + i, data + phrase.size, &length);
        if (c == BAD_UTF8) {
            return error_set_at(err, ERROR_SYNTAX, NULL, 1, (int)column, "this byte is not UTF-8");
        }
        uint32_t letter = joins(&text, c) ? DROPPED : alike(c);
        if (letter != DROPPED) {
            put(&text, letter, column, i);
        }
    }
    text.columns[text.size] = (uint16_t)column;
    text.offsets[text.size] = (uint16_t)phrase.size;
    *ret_text = text;
    return true;
}

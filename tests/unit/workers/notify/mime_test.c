/* mime_test.c - encoded words and base64: decoding gives back, lines stay short */
#include "workers/notify/mime.h"

#include "sample.h"
#include "workers/notify/text.h"

#include <criterion/criterion.h>
#include <string.h>

/* --- a decoder of our own, written from the RFCs -------------------------------------------- */

static int digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

static void decode_base64(const char *text, size_t size, struct buffer *out)
{
    cr_assert_eq(size % 4, 0);
    for (size_t i = 0; i < size; i += 4) {
        int pad = (text[i + 2] == '=') + (text[i + 3] == '=');
        unsigned bits = (unsigned)digit(text[i]) << 18 | (unsigned)digit(text[i + 1]) << 12 |
                        (pad < 2 ? (unsigned)digit(text[i + 2]) << 6 : 0) |
                        (pad < 1 ? (unsigned)digit(text[i + 3]) : 0);
        unsigned char three[3] = {(unsigned char)(bits >> 16), (unsigned char)(bits >> 8),
                                  (unsigned char)bits};
        cr_assert(pad == 0 || i + 4 == size, "padding inside");
        buffer_append(out, three, (size_t)(3 - pad));
    }
}

static void check_lines(const struct buffer *text)
{
    size_t start = 0;

    for (size_t i = 0; i < text->size; i++) {
        cr_assert(text->data[i] < 0x80, "only ASCII");
        if (text->data[i] == '\n') {
            cr_assert(i > 0 && text->data[i - 1] == '\r', "a bare line feed");
            cr_assert_leq(i - 1 - start, MIME_LINE_MAX);
            start = i + 1;
        } else {
            cr_assert(text->data[i] == '\r' || text->data[i] >= ' ');
        }
    }
    cr_assert_eq(start, text->size, "the last line has its end");
}

/* Whole UTF-8 characters only? */
static void check_utf8(const struct buffer *word)
{
    for (size_t i = 0; i < word->size;) {
        uint32_t code;
        size_t size = text_character(word->data + i, word->data + word->size, &code);
        cr_assert_gt(size, 0, "a character was split");
        i += size;
    }
}

/* The text of "Name: …\r\n". */
static char *decode_header(const struct buffer *header, size_t name_size)
{
    struct buffer out = BUFFER_INIT;
    char *text = bytes_strdup(buffer_bytes(header));
    const char *at = text + name_size + 2;

    if (strncmp(at, "=?", 2) != 0) {
        buffer_append(&out, at, strlen(at) - 2);
    }
    for (; strncmp(at, "=?UTF-8?B?", 10) == 0; at = at + strspn(at, "\r\n ")) {
        struct buffer word = BUFFER_INIT;
        const char *end = strstr(at, "?=");
        cr_assert(end != NULL && end + 2 - at <= 75, "a word of %d", (int)(end + 2 - at));
        decode_base64(at + 10, (size_t)(end - at - 10), &word);
        check_utf8(&word);
        buffer_append(&out, word.data, word.size);
        buffer_fini(&word);
        at = end + 2;
    }
    free(text);
    return sample_text(&out);
}

static void round_trip(const char *name, const char *text)
{
    struct buffer out = BUFFER_INIT;

    mime_header(&out, name, bytes_of(text));
    check_lines(&out);
    char *back = decode_header(&out, strlen(name));
    cr_assert_str_eq(back, text);
    free(back);
    buffer_fini(&out);
}

/* --- tests ---------------------------------------------------------------------------------- */

Test(mime, ascii_that_fits_stays_readable)
{
    struct buffer out = BUFFER_INIT;

    mime_header(&out, "X-Marshrut-Notice", bytes_of("17.3"));
    char *text = sample_text(&out);
    cr_assert_str_eq(text, "X-Marshrut-Notice: 17.3\r\n");
    free(text);
}

Test(mime, a_russian_subject_is_encoded_as_rfc_2047_says)
{
    struct buffer out = BUFFER_INIT;

    mime_header(&out, "Subject", bytes_of("Привет"));
    char *text = sample_text(&out);
    cr_assert_str_eq(text, "Subject: =?UTF-8?B?0J/RgNC40LLQtdGC?=\r\n");
    free(text);
}

Test(mime, headers_of_every_length_come_back_and_have_short_lines)
{
    static const char *const pieces[] = {"a", "я", "€", "😀"};
    static const char *const names[] = {"To", "Subject", "X-Marshrut-Why"};

    for (size_t p = 0; p < 4; p++) {
        struct buffer text = BUFFER_INIT;
        for (int length = 1; length < 120; length++) {
            buffer_text(&text, pieces[p]);
            char *copy = bytes_strdup(buffer_bytes(&text));
            for (size_t n = 0; n < 3; n++) {
                round_trip(names[n], copy);
            }
            free(copy);
        }
        buffer_fini(&text);
    }
}

Test(mime, text_that_looks_encoded_is_encoded_again)
{
    round_trip("Subject", "=?UTF-8?B?0J/RgNC40LLQtdGC?=");
    round_trip("Subject", "a =?UTF-8?Q?b?= c");
}

Test(mime, mixed_widths_never_split_a_character)
{
    for (unsigned seed = 1; seed < 200; seed++) {
        static const char *const pieces[] = {"a", "я", "€", "😀", " ", "№"};
        struct buffer text = BUFFER_INIT;
        unsigned state = seed;
        buffer_text(&text, "x");
        for (int i = 0; i < 150; i++) {
            state = state * 1103515245u + 12345u;
            buffer_text(&text, pieces[(state >> 16) % 6]);
        }
        buffer_text(&text, "x");
        char *copy = sample_text(&text);
        round_trip("X-Marshrut-Why", copy);
        free(copy);
    }
}

Test(mime, bodies_of_every_length_come_back)
{
    struct buffer text = BUFFER_INIT;

    for (int length = 0; length < 300; length++) {
        struct buffer out = BUFFER_INIT;
        struct buffer joined = BUFFER_INIT;
        struct buffer back = BUFFER_INIT;
        mime_body(&out, buffer_bytes(&text));
        check_lines(&out);
        for (size_t i = 0; i < out.size; i++) {
            if (out.data[i] != '\r' && out.data[i] != '\n') {
                buffer_append(&joined, &out.data[i], 1);
            }
        }
        decode_base64((const char *)joined.data, joined.size, &back);
        cr_assert(bytes_equal(buffer_bytes(&back), buffer_bytes(&text)), "length %d", length);
        buffer_fini(&out);
        buffer_fini(&joined);
        buffer_fini(&back);
        unsigned char byte = (unsigned char)(length * 37 + 11);
        buffer_append(&text, &byte, 1);
    }
    buffer_fini(&text);
}

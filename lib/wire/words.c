/* words.c - the words of a header frame: reading them strictly, writing them
 *
 * Owns:    the lexical rules of docs/protocol.md §1.3: printable ASCII, one blank between words.
 * In:      a header frame from worker.c or client.c.
 * Out:     words, numbers, names; the first trouble with its column.
 * Always:  no allocation, no byte read twice, nothing read past the end.
 * See:     docs/protocol.md §1.3
 */
#include "wire/words.h"

#include "base/limits.h"
#include "base/must.h"
#include "wire/worker.h"

#include <string.h>

void words_fail(struct words *w, enum error_code code, const char *sentence)
{
    if (w->bad) {
        return;
    }
    w->bad = true;
    error_set_at(w->err, code, NULL, 1, (int)(w->word - w->start) + 1, "%s", sentence);
}

/* "MW" and a number that is not ours is another version; anything else is no header at all. */
static void check_protocol(struct words *w, const char *protocol)
{
    struct bytes word = words_take(w);
    uint64_t version;

    if (w->bad || bytes_equal(word, bytes_of(protocol))) {
        return;
    }
    if (word.size > 2 && memcmp(word.data, protocol, 2) == 0 &&
        number_parse((const char *)word.data + 2, word.size - 2, &version)) {
        words_fail(w, ERROR_UNSUPPORTED, "this version of the protocol is not spoken here");
        return;
    }
    words_fail(w, ERROR_SYNTAX, "the first word must be the protocol and its version");
}

void words_begin(struct words *w, struct bytes header, const char *protocol, struct error *err)
{
    const char *start = header.size > 0 ? header.data : "";

    *w = (struct words){.start = start, .at = start, .end = start, .word = start, .err = err};
    w->end += header.size;
    w->more = true;
    if (header.size > LIMIT_HEADER_BYTES) {
        words_fail(w, ERROR_TOO_LARGE, "the header is too long");
        return;
    }
    check_protocol(w, protocol);
}

struct bytes words_take(struct words *w)
{
    const char *p = w->at;

    if (w->bad) {
        return (struct bytes){NULL, 0};
    }
    w->word = p;
    if (!w->more) {
        words_fail(w, ERROR_SYNTAX, "a word is missing");
        return (struct bytes){NULL, 0};
    }
    while (p<w->end && * p> ' ' && *p <= '~') {
        p++;
    }
    if (p == w->at || (p < w->end && *p != ' ')) {
        w->word = p;
        words_fail(w, ERROR_SYNTAX, "expected words of printable ASCII with one blank between");
        return (struct bytes){NULL, 0};
    }
    w->more = p < w->end;
    w->at = w->more ? p + 1 : p;
    return (struct bytes){w->word, (size_t)(p - w->word)};
}

bool number_parse(const char *text, size_t size, uint64_t *ret_number)
{
    uint64_t n = 0;

    if (size == 0 || size > 20 || (text[0] == '0' && size > 1)) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit > 9 || n > (UINT64_MAX - digit) / 10) {
            return false;
        }
        n = n * 10 + digit;
    }
    *ret_number = n;
    return true;
}

uint64_t words_number(struct words *w, const char *what, uint64_t min, uint64_t max)
{
    struct bytes word = words_take(w);
    uint64_t n;

    if (w->bad) {
        return 0;
    }
    if (!number_parse(word.data, word.size, &n) || n < min) {
        w->bad = true;
        error_set_at(w->err, ERROR_SYNTAX, NULL, 1, (int)(w->word - w->start) + 1,
                     "%s must be a number of at least %u", what, (unsigned)min);
        return 0;
    }
    if (n > max) {
        w->bad = true;
        error_set_at(w->err, ERROR_TOO_LARGE, NULL, 1, (int)(w->word - w->start) + 1,
                     "%s is more than %llu", what, (unsigned long long)max);
        return 0;
    }
    return n;
}

static bool name_byte(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '-' && c <= ':') || c == '_';
}

static bool name_bytes(struct bytes name)
{
    const unsigned char *p = name.data;

    for (size_t i = 0; i < name.size; i++) {
        if (!name_byte(p[i])) {
            return false;
        }
    }
    return name.size > 0;
}

bool wire_name_valid(struct bytes name)
{
    return name.size <= LIMIT_NAME_BYTES && name_bytes(name);
}

void words_name(struct words *w, char *buf)
{
    struct bytes word = words_take(w);

    if (w->bad) {
        return;
    }
    if (word.size > LIMIT_NAME_BYTES) {
        words_fail(w, ERROR_TOO_LARGE, "the name is too long");
    } else if (!name_bytes(word)) {
        words_fail(w, ERROR_SYNTAX, "a name has only the characters A-Z a-z 0-9 . _ : / -");
    } else {
        memcpy(buf, word.data, word.size);
        buf[word.size] = '\0';
    }
}

enum error_code words_error_code(struct words *w)
{
    struct bytes word = words_take(w);
    char name[32];
    enum error_code code = ERROR_NONE;

    if (!w->bad && word.size < sizeof name) {
        memcpy(name, word.data, word.size);
        name[word.size] = '\0';
        code = error_code_find(name);
    }
    if (code == ERROR_NONE) {
        words_fail(w, ERROR_SYNTAX, "no such error code");
    }
    return code;
}

bool words_end(struct words *w)
{
    if (!w->bad && w->more) {
        w->word = w->at;
        words_fail(w, ERROR_SYNTAX, "more words than this message has");
    }
    return !w->bad;
}

char *put_text(char *at, const char *text)
{
    size_t size = strlen(text);

    memcpy(at, text, size);
    return at + size;
}

char *put_word(char *at, const char *text)
{
    *at = ' ';
    return put_text(at + 1, text);
}

char *put_number(char *at, uint64_t number)
{
    char digits[20];
    size_t count = 0;

    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) {
        *at++ = digits[--count];
    }
    return at;
}

char *put_number_word(char *at, uint64_t number)
{
    *at = ' ';
    return put_number(at + 1, number);
}

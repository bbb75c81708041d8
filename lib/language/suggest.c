/* suggest.c - the known word nearest to a mistyped one
 *
 * Owns:    the distance between words (Damerau-Levenshtein, neighbours only), bytes as letters; the
 *          Cyrillic letters that look like Latin ones.
 * In:      suggest() and lookalike_find() from fields.c and others, when a word is unknown.
 * Out:     one of the given words, or none.
 * Always:  work is bounded: long words are not looked at.
 * See:     suggest.h
 */
#include "language/suggest.h"

#include <stddef.h>
#include <string.h>

#define WORD_BYTES_MAX 32

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int row[WORD_BYTES_MAX + 1][WORD_BYTES_MAX + 1];

    for (size_t i = 0; i <= a_length; i++) {
        for (size_t j = 0; j <= b_length; j++) {
            if (i == 0 || j == 0) {
                row[i][j] = (int)(i + j);
                continue;
            }
            int wrong = row[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[i][j] = least(wrong, least(row[i - 1][j], row[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[i][j] = least(row[i][j], row[i - 2][j - 2] + 1);
            }
        }
    }
    return row[a_length][b_length];
}

/* The Latin letter that looks like the Cyrillic one at the start of the text, or 0. */
static char latin_of(const char *text)
{
    static const struct {
        const char *cyrillic;
        char latin;
    } letters[] = {{"а", 'a'}, {"с", 'c'}, {"е", 'e'}, {"о", 'o'}, {"р", 'p'}, {"х", 'x'},
                   {"у", 'y'}, {"і", 'i'}, {"ѕ", 's'}, {"А", 'A'}, {"В", 'B'}, {"С", 'C'},
                   {"Е", 'E'}, {"Н", 'H'}, {"І", 'I'}, {"К", 'K'}, {"М", 'M'}, {"О", 'O'},
                   {"Р", 'P'}, {"Т", 'T'}, {"Х", 'X'}, {"У", 'Y'}};

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (strncmp(text, letters[i].cyrillic, 2) == 0) {
            return letters[i].latin;
        }
    }
    return '\0';
}

bool lookalike_find(const char *word, struct lookalike *ret_found)
{
    struct lookalike found = {.letter = 0};
    bool latin = false;
    int letter = 1;

    for (const char *at = word; *at != '\0'; letter++) {
        if (((unsigned char)*at & 0x80) == 0) {
            latin |= (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
            at++;
            continue;
        }
        if (latin_of(at) == '\0') {
            return false;
        }
        if (found.letter == 0) {
            found.letter = letter;
            memcpy(found.text, at, 2);
        }
        at += 2;
    }
    *ret_found = found;
    return latin && found.letter > 0;
}

/* The word with Latin letters for Cyrillic ones, where it is of both. */
static size_t fold(const char *word, size_t length, char folded[WORD_BYTES_MAX + 1])
{
    struct lookalike found;
    size_t count = 0;

    if (!lookalike_find(word, &found)) {
        memcpy(folded, word, length + 1);
        return length;
    }
    for (const char *at = word; *at != '\0'; count++) {
        bool ascii = ((unsigned char)*at & 0x80) == 0;
        folded[count] = ascii ? *at : latin_of(at);
        at += ascii ? 1 : 2;
    }
    folded[count] = '\0';
    return count;
}

static size_t apart(size_t a, size_t b)
{
    return a < b ? b - a : a - b;
}

const char *suggest(const char *word, const char *const *words)
{
    char folded[WORD_BYTES_MAX + 1];
    size_t length = strlen(word);
    const char *best = NULL;

    if (length > WORD_BYTES_MAX) {
        return NULL;
    }
    length = fold(word, length, folded);
    int best_distance = length <= 4 ? 2 : 3; /* one past what is accepted */
    if (length < 2) {
        best_distance = (int)length; /* a word of other letters only is another word */
    }
    for (; *words != NULL; words++) {
        size_t other = strlen(*words);
        if (other > WORD_BYTES_MAX || apart(length, other) >= (size_t)best_distance) {
            continue;
        }
        int d = distance(folded, length, *words, other);
        if (d < best_distance) {
            best = *words;
            best_distance = d;
        }
    }
    return best;
}

/* suggest.c - the known word nearest to a mistyped one
 *
 * Owns:    the distance between words (Damerau-Levenshtein, neighbours only), bytes as letters.
 * In:      suggest() from fields.c, when a field is unknown.
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

const char *suggest(const char *word, const char *const *words)
{
    size_t length = strlen(word);
    const char *best = NULL;
    int best_distance = length <= 4 ? 2 : 3; /* one past what is accepted */

    if (length > WORD_BYTES_MAX) {
        return NULL;
    }
    for (; *words != NULL; words++) {
        size_t other = strlen(*words);
        if (other > WORD_BYTES_MAX) {
            continue;
        }
        int d = distance(word, length, *words, other);
        if (d < best_distance) {
            best = *words;
            best_distance = d;
        }
    }
    return best;
}

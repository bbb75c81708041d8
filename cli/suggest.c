/* suggest.c - distance of words, for «did you mean …?»
 *
 * Owns:    the measure: Damerau's, with swaps of neighbours, over bytes (commands are ASCII).
 * Always:  words longer than WORD_MAX are near to nothing.
 */
#include "cli/suggest.h"

#include <stdint.h>
#include <string.h>

#define WORD_MAX 40 /* the longest command or option has 12 letters */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t suggest_distance(const char *a, const char *b)
{
    size_t rows[3][WORD_MAX + 1];
    size_t a_size = strlen(a);
    size_t b_size = strlen(b);

    if (a_size > WORD_MAX || b_size > WORD_MAX) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= b_size; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a_size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        const size_t *second = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0),
                           least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = least(row[j], second[j - 2] + 1);
            }
        }
    }
    return rows[a_size % 3][b_size];
}

bool suggest_nearer(const char *word, const char *known, size_t *best)
{
    size_t size = strlen(word);
    size_t distance = suggest_distance(word, known);
    bool beginning = size >= 2 && strncmp(word, known, size) == 0;

    if (beginning && distance > 1) {
        distance = 1;
    }
    if (distance >= *best || (distance > 1 && distance * 3 > size + 1)) {
        return false;
    }
    *best = distance;
    return size > 0;
}

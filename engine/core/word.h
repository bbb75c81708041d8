/* word.h - the words of a text, as they are searched for
 *
 * Lower case, ё as е; what stands between words is left out. The table of words and a query are cut
 * by the same function, so that they agree.
 */
#ifndef CORE_WORD_H
#define CORE_WORD_H

#include "base/buffer.h"

#define WORD_BYTES_MAX 32u /* a longer one is known by its beginning: 16 Cyrillic letters */

struct word {
    char text[WORD_BYTES_MAX];
    size_t size;
    unsigned characters;
};

/* The next word from *at on, which moves behind it; false: there is none. Letters are Latin and
 * Cyrillic; a dot between digits is part of a number: "1.4". */
bool word_next(struct bytes text, size_t *at, struct word *ret_word);

/* Whether the table has it: two letters at least, or a digit, for "№ 1" is told from others by it.
 */
bool word_is_kept(const struct word *word);

#endif

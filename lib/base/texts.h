/* texts.h - numbers for texts: equal texts have one number, and are kept once
 *
 * For tables in memory that name the same few texts in very many rows. Nothing is forgotten singly.
 * A text takes 30 bytes besides itself.
 */
#ifndef BASE_TEXTS_H
#define BASE_TEXTS_H

#include "base/arena.h"
#include "base/must.h"

struct texts {
    struct arena arena;
    struct bytes *all; /* by number - 1 */
    uint32_t count;
    uint32_t room;
    uint32_t *slots; /* numbers, each near its place by hash; 0: free */
    size_t capacity; /* a power of two, or 0 */
};

#define TEXTS_INIT ((struct texts){0})

/* From 1 on, in the order in which they first came; the text is copied. The empty text has a number
 * like any other. */
uint32_t texts_number(struct texts *texts, struct bytes text);
/* The text of a number that was given; borrowed until texts_fini(). Here, so that a walk over very
 * many rows has it in one piece. */
static inline struct bytes texts_get(const struct texts *texts, uint32_t number)
{
    must(number - 1 < texts->count);
    return texts->all[number - 1];
}
void texts_fini(struct texts *texts); /* empty afterwards */

#endif

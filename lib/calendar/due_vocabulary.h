/* due_vocabulary.h - the table of stems
 *
 * Private to due_words.c, which looks words up in it.
 */
#ifndef CALENDAR_DUE_VOCABULARY_H
#define CALENDAR_DUE_VOCABULARY_H

#include "calendar/due_words.h"

enum endings {
    ENDS_WHOLE,      /* the stem is the word */
    ENDS_SOFT,       /* январь */
    ENDS_HARD,       /* квартал */
    ENDS_A,          /* декада */
    ENDS_YA,         /* неделя */
    ENDS_THIRD,      /* осень */
    ENDS_IE,         /* полугодие */
    ENDS_O,          /* число */
    ENDS_ADJ,        /* учебный, текущий */
    ENDS_FIRST_PART, /* осенне- */
    ENDS_THIRD_ADJ,  /* третий */
    ENDS_FIVE,       /* пять */
    ENDS_COUNT
};

struct vocable {
    const char *stem;
    size_t size; /* its bytes */
    enum endings endings;
    enum word word;
    int value;
};

extern const struct vocable due_vocabulary[];
extern const size_t due_vocabulary_count;

#endif

/* due_words.h - the words of terms, known by their stems and endings
 *
 * Private to the parser of due phrases. Words are in the form that due_text.h gives them. `value`
 * is the number of a month, of a weekday (1 Monday), of a season (1 winter) or of a numeral, an
 * enum unit, or an enum piece.
 */
#ifndef CALENDAR_DUE_WORDS_H
#define CALENDAR_DUE_WORDS_H

#include "base/buffer.h"

enum word {
    WORD_UNKNOWN,
    /* with a number or unit */
    WORD_MONTH,
    WORD_WEEKDAY,
    WORD_SEASON,       /* весна */
    WORD_SEASON_ADJ,   /* весенний */
    WORD_UNIT,         /* день … год */
    WORD_ADVERB,       /* ежегодно */
    WORD_PERIODIC,     /* ежегодный */
    WORD_LONG,         /* двухмесячный; value the unit, count 2; 0: месячный */
    WORD_CARDINAL,     /* пять */
    WORD_ORDINAL,      /* пятый; последний is -1, предпоследний -2 */
    WORD_TIMES_ADVERB, /* дважды */
    WORD_PIECE,        /* начало, середина, конец */
    WORD_SUFFIX,       /* -го, -й: glued to a figure */
    /* which */
    WORD_EVERY,
    WORD_CURRENT,
    WORD_NEXT,
    WORD_PREVIOUS,
    WORD_REPORTED,
    WORD_WHOLE,
    WORD_SCHOOL,
    WORD_WORKING,
    WORD_WEEKEND,  /* выходной */
    WORD_CALENDAR, /* календарный */
    WORD_THE,      /* данный, того же */
    WORD_SET,      /* установленный, определяемый */
    WORD_ALWAYS_ADJ,
    /* nouns */
    WORD_HALF,       /* половина */
    WORD_DAY_NUMBER, /* число */
    WORD_TIMES,      /* раз */
    WORD_PERIOD,
    WORD_TERM, /* срок */
    WORD_BREAK,
    WORD_COURSE,  /* течение */
    WORD_MEASURE, /* мере */
    WORD_PLAN,
    WORD_DEMAND, /* запрос, необходимость */
    WORD_RESULT,
    WORD_FINISH, /* окончание, истечение */
    WORD_MOMENT, /* дата, момент */
    WORD_BASIS,  /* основа, режим */
    WORD_ORDER,  /* порядок */
    WORD_TASK,   /* исполнение, сдача: «срок исполнения» */
    WORD_CASE,   /* случай */
    WORD_MINUTE,
    WORD_CLOCK, /* мск, утра: after an hour */
    /* adverbs */
    WORD_ALWAYS,
    WORD_URGENT,
    WORD_ABOUT,
    WORD_THEN, /* далее */
    WORD_INCLUDED,
    WORD_BEYOND, /* кроме: would change everything, and is not read */
    /* small words */
    WORD_FROM, /* с, от */
    WORD_TO,   /* до */
    WORD_BY,   /* по */
    WORD_TOWARDS,
    WORD_IN,
    WORD_ON,
    WORD_BEFORE, /* за */
    WORD_AFTER,
    WORD_THROUGH, /* через */
    WORD_AT,      /* при */
    WORD_AND,
    WORD_OR,
    WORD_NOT,
    WORD_BUT,
    WORD_LATER,
    WORD_EARLIER,
    WORD_RARER,
    WORD_OFTENER,
    WORD_LESS,
    WORD_MORE,
    WORD_THAN,
    WORD_STARTING,  /* начиная */
    WORD_ACCORDING, /* согласно */
    WORD_ACCORDANCE,
    WORD_REGARD, /* учетом */
    WORD_EXCEEDING,
    WORD_BETWEEN,
    WORD_AHEAD /* перед */
};

struct word_found {
    enum word word;
    int value;
    int count; /* WORD_LONG */
};

/* WORD_UNKNOWN when it is none of ours. */
struct word_found due_word_find(struct bytes word);

/* A mistyped word of time («сентебря»): such a word is never taken for something else. */
bool due_word_near(struct bytes word);
/* One slip away from a word of this kind. */
bool due_word_near_kind(struct bytes word, enum word kind);

#endif

/* due_point.h - units of time, points of the calendar, and what bounds them
 *
 * Private to the parser of due phrases. `at` is the token of a phrase where a thing stands, for
 * errors.
 */
#ifndef CALENDAR_DUE_POINT_H
#define CALENDAR_DUE_POINT_H

#include <stdbool.h>
#include <stdint.h>

enum unit {
    UNIT_NONE,
    UNIT_HOUR,
    UNIT_DAY,
    UNIT_WORKDAY,
    UNIT_WEEKDAY, /* the n-th Friday */
    UNIT_WEEK,
    UNIT_DECADE, /* ten days of a month; the third is the rest of it */
    UNIT_MONTH,  /* the n-th of what it is in */
    UNIT_NAMED_MONTH,
    UNIT_SEASON,
    UNIT_BREAK, /* school holidays, by their season */
    UNIT_QUARTER,
    UNIT_HALF,
    UNIT_TERM,      /* of a school year: четверть */
    UNIT_TRIMESTER, /* of a school year */
    UNIT_SEMESTER,  /* of a school year */
    UNIT_YEAR,
    UNIT_SCHOOL_YEAR,
    UNIT_PIECE,  /* beginning, middle, end, a half: enum piece */
    UNIT_PERIOD, /* of the document */
    UNIT_COUNT
};

enum piece { PIECE_START = 1, PIECE_MIDDLE, PIECE_END, PIECE_FIRST_HALF, PIECE_SECOND_HALF };

enum which {
    WHICH_SAID, /* by the number; 0: nothing is said */
    WHICH_EACH,
    WHICH_CURRENT,
    WHICH_NEXT,
    WHICH_AFTER /* the one after that which is reported on: each but the first */
};

/* The number-th unit of `of`: 15 of August of 2023. Negative numbers count from the end. */
struct point {
    enum unit unit;
    enum which which;
    int number;
    int last;               /* UNIT_YEAR, UNIT_SCHOOL_YEAR: number to last, each of them; else 0 */
    int weekday;            /* UNIT_WEEKDAY */
    const struct point *of; /* NULL: not said */
    uint32_t at;
};

enum bound {
    BOUND_IN,         /* в мае, 15 мая, с 1 по 5 мая */
    BOUND_BY,         /* до */
    BOUND_NOT_LATER,  /* не позднее */
    BOUND_TOWARDS,    /* к */
    BOUND_THROUGH,    /* по 15 мая */
    BOUND_SINCE,      /* с, начиная с */
    BOUND_NOT_BEFORE, /* не ранее */
    BOUND_AFTER       /* после */
};

struct item {
    enum bound bound;
    const struct point *from;
    const struct point *to; /* NULL: `from` alone */
    bool until;             /* «с … до …»: whether the last day counts is not said */
    bool included;          /* «включительно» */
    int weekday;            /* «(среда)»: a remark about a day; 0: none */
    bool every;  /* «каждый второй вторник»: counted, or every other? */
    bool listed; /* with others of its unit under one head: «1, 2 полугодие» */
    uint32_t at;
};

#endif

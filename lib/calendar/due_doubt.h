/* due_doubt.h - what a term leaves open
 *
 * Private to the parser of due phrases. Counting notes the doubts that it meets; due_readings.c
 * counts once more for each of those that lead to other windows, and says them in words.
 */
#ifndef CALENDAR_DUE_DOUBT_H
#define CALENDAR_DUE_DOUBT_H

/* Where two readings part; a bit each. The variant that is counted has at most one of them. */
enum doubt {
    DOUBT_NONE = 0,
    DOUBT_UNTIL = 1 << 0,       /* is the day itself still in time? */
    DOUBT_YEAR = 1 << 1,        /* one year of the period, or each */
    DOUBT_OUTSIDE = 1 << 2,     /* the days lie outside the period, all or some */
    DOUBT_SCHOOL_YEAR = 1 << 3, /* calendar years or school years */
    DOUBT_SCHOOL_HALF = 1 << 4, /* «полугодие» of a calendar year or of a school year */
    DOUBT_WEEK = 1 << 5,        /* weeks of seven days from the 1st, or from Monday on */
    DOUBT_WINTER = 1 << 6,      /* the one that begins in this year, or that ends in it */
    DOUBT_PIECE = 1 << 7,       /* beginning, middle and end are nowhere said */
    DOUBT_SCHOOL = 1 << 8,      /* terms and holidays are an order of the school */
    DOUBT_SERIES = 1 << 9,      /* a series whose days are not said */
    DOUBT_SERIES_MORE = 1 << 10,
    DOUBT_FIRST = 1 << 11,  /* is something reported before the first period has passed? */
    DOUBT_SECOND = 1 << 12, /* «каждый второй вторник»: two readings more */
    DOUBT_SECOND_MORE = 1 << 13,
    DOUBT_ENDLESS = 1 << 14, /* a series without an end, in a document without one */
    DOUBT_DAY = 1 << 15,     /* on the day or by it: the days are the same */
    DOUBT_ABOUT = 1 << 16,   /* the author says that it is not sure */
    DOUBT_ANCHOR = 1 << 17,  /* counted from what? */
    DOUBT_OR = 1 << 18,      /* one of two, who chooses? */
    DOUBT_WORKDAY = 1 << 19, /* a working day by the week only */
    DOUBT_HOUR = 1 << 20,    /* an hour without a day */
    DOUBT_LEAST = 1 << 21,   /* on demand, but at least so often */
    DOUBT_PASSED = 1 << 22,  /* on which day after the end? */
    DOUBT_TIMES = 1 << 23,   /* so many times, but not so many days */
    DOUBT_SIGNED = 1 << 24,  /* the signing of what? */
    DOUBT_START = 1 << 25,   /* «раз в три года»: counted from which one? */
    DOUBT_LATE = 1 << 26 /* «31 числа каждого месяца»: and in months without one? */
};

#endif

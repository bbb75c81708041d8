/* due_calendar.h - points of a tree -> days
 *
 * Private to the parser of due phrases. A point is expanded year by year: in the year of its own
 * when the phrase says one, else in each year of the frame, which is what the document says about
 * time.
 */
#ifndef CALENDAR_DUE_CALENDAR_H
#define CALENDAR_DUE_CALENDAR_H

#include "calendar/due.h"
#include "calendar/due_tree.h"

/* A growing list in an arena. */
struct windows {
    struct window *items;
    uint32_t count;
    uint32_t room;
    struct arena *arena;
};

void due_windows_add(struct windows *windows, civil_day from, civil_day to);
/* In order of their ends, each once. */
void due_windows_sort(struct windows *windows);

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
    DOUBT_TIMES = 1 << 23    /* so many times, but not so many days */
};

struct due_frame {
    struct window span; /* both ends are days; what has no year is looked for in it */
    bool clip;          /* a period is given: nothing goes beyond it */
    bool open;          /* the period has no end */
    bool known;         /* false: no year is known at all */
    int year;           /* of the document, where one is preferred; 0: none */
    civil_day since;    /* the act is not older, or the beginning of the span */
    const struct school *school;
};

/* What is known of time, from the document and the phrase; yearly: two years where there is no
 * period. */
struct due_frame due_frame_make(const struct due_context *context, const struct term *term,
                                bool yearly);

/* Everything that the point means in this year, in order. variant: the doubt that is counted the
 * other way. The chain ends with UNIT_YEAR or UNIT_SCHOOL_YEAR (due_ground). */
struct due_expansion {
    const struct due_frame *frame;
    enum doubt variant;
    uint32_t *doubts; /* what was met is added */
};
void due_expand(const struct due_expansion *e, const struct point *point, int year,
                struct windows *windows);
/* One window divided: the days that `point` means in it; its `of` is not looked at. */
void due_divide(const struct due_expansion *e, const struct point *point, struct window whole,
                struct windows *windows);
/* Seasons, terms, holidays: due_school.c. */
void due_divide_school(const struct due_expansion *e, const struct point *point,
                       struct window whole, struct windows *windows);
/* The halves of a school year part at the end of the calendar year. */
void due_add_school_half(struct window whole, int number, struct windows *windows);
struct window due_school_year(const struct due_expansion *e, int year);
/* A day of the calendar: the last of the month where it has not so many, the last of the calendar
 * beyond its end; months go on into the next years. */
civil_day due_day_of(int year, int month, int day);
struct window due_piece(struct window whole, enum piece piece, bool school);

/* --- due_items.c ------------------------------------------------------------------------------ */

/* Does it come again by itself: «5 числа каждого месяца»? */
bool due_recurs(const struct item *item);
/* The windows of an item in the frame; all: each of them, else the one that is meant. */
/* Every window of an item in the years of the frame and beside them, uncut. */
void due_item_all(const struct due_expansion *e, const struct item *item, struct windows *windows);
/* Every window of an item that has a day in the frame, cut to it. */
void due_item_spans(const struct due_expansion *e, const struct item *item,
                    struct windows *windows);
void due_item_windows(const struct due_expansion *e, const struct item *item, bool all,
                      struct windows *windows);
/* How many days it takes, about; a bound without a beginning takes none. */
int due_item_length(const struct due_expansion *e, const struct item *item, struct arena *arena);

/* --- due_series.c ----------------------------------------------------------------------------- */

/* The parts of a span in which something is done once each. */
void due_series(const struct due_expansion *e, const struct repeat *repeat, struct window span,
                struct windows *windows);
/* The windows again and again, each time so much later, to the end of the frame. */
void due_follow(const struct due_expansion *e, const struct repeat *follow,
                struct windows *windows);
/* So many units later, or earlier. */
civil_day due_shift(civil_day day, enum unit unit, int count);

/* --- due_kind.c, due_windows.c
 * ---------------------------------------------------------------------------- */

/* «каждый второй вторник»: by its number in the month, the even ones, or every other week. */
enum second { SECOND_ONCE, SECOND_BOTH, SECOND_RUNNING };
enum second due_second(const struct term *term, const struct item *item, enum doubt variant);
/* «ежеквартально до 15 числа»: of which month, is not said. */
bool due_day_of_unit(const struct term *term, const struct point *point);

/* One way to read a term: its kind and windows, in the frame. */
struct due_answer {
    enum due_kind kind;
    struct windows windows;
    struct window bounds; /* ON_DEMAND, PER_OTHER_PLAN */
    uint32_t doubts;      /* that were met on the way */
};
enum due_kind due_kind_of(const struct term *term);
void due_count(const struct term *term, const struct due_frame *frame, enum doubt variant,
               struct arena *arena, struct due_answer *ret_answer);

/* --- due_readings.c --------------------------------------------------------------------------- */

/* The chosen reading, the others, and in words why they part. */
void due_read_out(const struct tree *tree, const struct due_context *context, struct arena *arena,
                  struct due *ret_due);

/* The year a chain ends with; NULL: none is said. */
const struct point *due_year_of(const struct point *point);
/* The same chain with this at its end. */
const struct point *due_with_year(struct arena *arena, const struct point *point,
                                  const struct point *year);
/* With what goes without saying: «15 числа» is of a month, a month is of a year. */
const struct point *due_ground(struct arena *arena, const struct point *point);

#endif

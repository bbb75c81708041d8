/* due_calendar.h - points of a tree -> days
 *
 * Private to the parser of due phrases. A point is expanded year by year: in the year of its own
 * when the phrase says one, else in each year of the frame, which is what the document says about
 * time.
 */
#ifndef CALENDAR_DUE_CALENDAR_H
#define CALENDAR_DUE_CALENDAR_H

#include "calendar/due.h"
#include "calendar/due_doubt.h"
#include "calendar/due_tree.h"
#include "calendar/workdays.h"

/* A growing list in an arena. */
struct windows {
    struct window *items;
    uint32_t count;
    uint32_t room;
    struct arena *arena;
};

/* One that ends before it begins is none. */
void due_windows_add(struct windows *windows, civil_day from, civil_day to);
/* In order of their ends, each once. */
void due_windows_sort(struct windows *windows);

struct due_frame {
    struct window span;   /* both ends are days; what has no year is looked for in it */
    bool clip;            /* a period is given: nothing goes beyond it */
    bool open;            /* the period has no end */
    bool known;           /* false: no year is known at all */
    int year;             /* of the document, where one is preferred; 0: none */
    civil_day since;      /* the act is not older, or the beginning of the span */
    civil_day signed_day; /* of the act; CIVIL_DAY_NONE: unknown */
    const struct school *school;
    const struct workdays *workdays;
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
/* One window divided: the days that `point` means in it; of its `of` only the unit is looked at. */
void due_divide(const struct due_expansion *e, const struct point *point, struct window whole,
                struct windows *windows);
/* Seasons, terms, holidays: due_school.c. */
void due_divide_school(const struct due_expansion *e, const struct point *point,
                       struct window whole, struct windows *windows);
/* Days by their number and weekdays: due_days.c. */
void due_add_days(const struct point *point, struct window whole, struct windows *windows);
void due_add_weekdays(const struct point *point, struct window whole, struct windows *windows);
/* The halves of a school year part at the end of the calendar year. */
void due_add_school_half(struct window whole, int number, struct windows *windows);
struct window due_school_year(const struct due_expansion *e, int year);
/* A day of the calendar: the last of the month where it has not so many, the last of the calendar
 * beyond its end; months go on into the next years. */
civil_day due_day_of(int year, int month, int day);
struct window due_piece(struct window whole, enum piece piece, bool school);

/* --- due_workdays.c: by the production calendar of the frame, else Monday to Friday ------------
 */

/* That working days were counted is noted in the doubts. */
bool due_is_worked(const struct due_expansion *e, civil_day day);
/* So many working days later, or earlier. */
civil_day due_shift_workdays(const struct due_expansion *e, civil_day day, int count);
/* What is not known about working days, in Russian; nothing when all years are approved. */
void due_say_workdays(const struct workdays *workdays, const struct windows *windows,
                      struct buffer *out);

/* --- chains ----------------------------------------------------------------------------------- */

/* The year a chain ends with; NULL: none is said. */
const struct point *due_year_of(const struct point *point);
/* The same chain with this at its end. */
const struct point *due_with_year(struct arena *arena, const struct point *point,
                                  const struct point *year);
/* With what goes without saying: «15 числа» is of a month, a month is of a year. */
const struct point *due_ground(struct arena *arena, const struct point *point);

#endif

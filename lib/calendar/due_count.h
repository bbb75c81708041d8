/* due_count.h - a term -> its windows in the frame
 *
 * Private to the parser of due phrases. All of it is counted anew for each variant of a doubt.
 */
#ifndef CALENDAR_DUE_COUNT_H
#define CALENDAR_DUE_COUNT_H

#include "calendar/due_calendar.h"

/* --- due_items.c ------------------------------------------------------------------------------ */

/* Does it come again by itself: «5 числа каждого месяца»? */
bool due_recurs(const struct item *item);
/* Every window of an item in the years of the frame and beside them, uncut. */
void due_item_all(const struct due_expansion *e, const struct item *item, struct windows *windows);
/* Every window of an item that has a day in the frame, cut to it. */
void due_item_spans(const struct due_expansion *e, const struct item *item,
                    struct windows *windows);
/* The windows of an item in the frame; all: each of them, else the one that is meant. */
void due_item_windows(const struct due_expansion *e, const struct item *item, bool all,
                      struct windows *windows);

/* --- due_days.c: a 29th and later, which not every month has -----------------------------------
 */

bool due_late_day(const struct point *day);
/* «до 30 числа» of each month: of February by its last day. */
bool due_until_late_day(const struct item *item);
/* «31 числа каждого месяца»: is the last day of shorter months meant in this variant? */
bool due_late_series(const struct due_expansion *e, const struct item *item);

/* --- due_series.c ----------------------------------------------------------------------------- */

/* The parts of a span in which something is done once each. */
void due_series(const struct due_expansion *e, const struct repeat *repeat, struct window span,
                struct windows *windows);
/* The windows again and again, each time so much later, to the end of the frame. */
void due_follow(const struct due_expansion *e, const struct repeat *follow,
                struct windows *windows);
/* So many units later, or earlier. */
civil_day due_shift(civil_day day, enum unit unit, int count);

/* --- due_repeats.c, due_anchors.c ---------------------------------------------------------------
 */

/* «каждый второй вторник»: by its number in the month, the even ones, or every other week. */
enum second { SECOND_ONCE, SECOND_BOTH, SECOND_RUNNING };
enum second due_second(const struct term *term, const struct item *item, enum doubt variant);
/* «ежеквартально до 15 числа»: of which month, is not said. */
bool due_day_of_unit(const struct term *term, const struct point *point);

/* Its windows, as they are understood in this variant. */
void due_second_weekdays(const struct due_expansion *e, const struct term *term,
                         const struct item *item, struct windows *windows);
/* «ежегодно, до 1 марта»: a term with a repetition. */
void due_count_repeat(const struct due_expansion *e, const struct term *term,
                      struct windows *windows);
/* A part of a school year, of which days each school decides. */
bool due_of_school(enum unit unit);
/* «по итогам квартала», «за 10 дней до 1 сентября»: none where the event is not in the calendar. */
void due_count_anchor(const struct due_expansion *e, const struct term *term,
                      struct windows *windows);

/* --- due_kind.c, due_windows.c ---------------------------------------------------------------- */

/* One way to read a term: its kind and windows, in the frame. */
struct due_answer {
    enum due_kind kind;
    struct windows windows;
    struct window bounds; /* ON_DEMAND, PER_OTHER_PLAN */
    uint32_t doubts;      /* that were met on the way */
};
/* «с 1 сентября», with no end of its own. */
bool due_opens(const struct item *item);
enum due_kind due_kind_of(const struct term *term);
void due_count(const struct term *term, const struct due_frame *frame, enum doubt variant,
               struct arena *arena, struct due_answer *ret_answer);

/* --- due_readings.c --------------------------------------------------------------------------- */

/* The chosen reading, the others, and in words why they part. */
void due_read_out(const struct tree *tree, const struct due_context *context, struct arena *arena,
                  struct due *ret_due);

#endif

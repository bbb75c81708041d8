/* due_workdays.c - working days of a term: by the production calendar, where one is given
 *
 * Owns:    which days are worked, and what is said about a calendar that does not know.
 * In:      due_points.c, due_anchors.c; due_readings.c for the sentence.
 * Out:     days; Russian words.
 * Always:  without a calendar Monday to Friday are worked, and that is told; a year without an
 *          approved calendar is told.
 * See:     due_calendar.h; workdays.h; docs/time.md §2, §3
 */
#include "calendar/due_calendar.h"

#include <stdio.h>

#define WORK_DAYS 5

static bool in_calendar(civil_day day)
{
    return day >= civil_to_day((struct civil){CIVIL_YEAR_FIRST, 1, 1}) &&
           day <= civil_to_day((struct civil){CIVIL_YEAR_LAST, 12, 31});
}

bool due_is_worked(const struct due_expansion *e, civil_day day)
{
    const struct workdays *workdays = e->frame->workdays;

    *e->doubts |= DOUBT_WORKDAY;
    return workdays != NULL && in_calendar(day) ? workdays_is_worked(workdays, day)
                                                : civil_weekday(day) <= WORK_DAYS;
}

civil_day due_shift_workdays(const struct due_expansion *e, civil_day day, int count)
{
    int step = count < 0 ? -1 : 1;

    *e->doubts |= DOUBT_WORKDAY;
    while (count != 0) {
        day += step;
        count -= due_is_worked(e, day) ? step : 0;
    }
    return day;
}

/* --- what the calendar does not know ---------------------------------------------------------- */

static bool any_approved(const struct workdays *workdays)
{
    for (int year = CIVIL_YEAR_FIRST; year <= CIVIL_YEAR_LAST; year++) {
        if (workdays_is_approved(workdays, year)) {
            return true;
        }
    }
    return false;
}

/* The first and the last year of the windows that have no approved calendar; 0: there is none. */
static void find_missing(const struct workdays *workdays, const struct windows *windows,
                         int *ret_first, int *ret_last)
{
    for (uint32_t i = 0; i < windows->count; i++) {
        struct window w = windows->items[i];
        civil_day from = w.from != CIVIL_DAY_NONE ? w.from : w.to;
        int missing =
            in_calendar(from) && in_calendar(w.to) ? workdays_missing(workdays, from, w.to) : 0;
        if (missing > 0) {
            *ret_first = *ret_first == 0 || missing < *ret_first ? missing : *ret_first;
            *ret_last = missing > *ret_last ? missing : *ret_last;
        }
    }
}

void due_say_workdays(const struct workdays *workdays, const struct windows *windows,
                      struct buffer *out)
{
    static const char how[] = "учтены только праздники по ст. 112 ТК РФ";
    int first = 0;
    int last = 0;
    char text[160];

    if (workdays == NULL) {
        buffer_text(out, "рабочие дни посчитаны с понедельника по пятницу, без праздников");
        return;
    }
    find_missing(workdays, windows, &first, &last);
    if (first == 0) {
        return;
    }
    if (!any_approved(workdays)) {
        buffer_text(out, "рабочие дни посчитаны без переноса выходных: ");
    } else {
        snprintf(text, sizeof text,
                 first == last ? "календарь на %d год не утверждён: "
                               : "календари на %d–%d годы не утверждены: ",
                 first, last);
        buffer_text(out, text);
    }
    buffer_text(out, how);
}

/* month.h - a month with what is due on each of its days (docs/protocol.md §3.6)
 *
 * Pure over a snapshot. Whoever is asked often keeps an answer, as of overviews.
 */
#ifndef ENGINE_MONTH_H
#define ENGINE_MONTH_H

#include "calendar/due.h"
#include "calendar/workdays.h"
#include "engine/view.h"

/* CALENDAR {"month"?,"body"?,"plan"?}: its days with their kind, how much is due on each, and the
 * first of it. Without a month: that of today. */
json_t *month_answer(const struct view *view, const json_t *request, struct error *err);

/* The days of "2023-08"; false: it is no month, also NULL. */
bool month_read(const char *text, struct window *ret_days);
/* {"date","off","kind"?} */
json_t *month_day_json(const struct workdays *workdays, civil_day day);

#endif

/* day_words.h - "10 working days before" and its like <-> struct days. Private to lib/language. */
#ifndef LANGUAGE_DAY_WORDS_H
#define LANGUAGE_DAY_WORDS_H

#include "language/definition.h"

#define DAY_WORDS_DAYS_MAX 366 /* a year: nobody waits longer for a reminder */
#define DAY_WORDS_TEXT_MAX 48

/* "10 days", "1 working day": 1 and more. One or many is not told apart: "1 days" is understood. */
bool day_words_span(const char *text, struct days *ret_days);
/* The same with "before" (< 0) or "after", or "on the day". */
bool day_words_offset(const char *text, struct days *ret_days);

void day_words_print_span(struct days days, char buf[DAY_WORDS_TEXT_MAX]);
void day_words_print_offset(struct days days, char buf[DAY_WORDS_TEXT_MAX]);

/* Is the first certainly the earlier one, whatever the calendar? Working days before and after a
 * day may lie many calendar days apart: where holidays decide, neither is. */
bool day_words_is_earlier(struct days a, struct days b);

#endif

/* words.h - numbers, days and names as Russian sentences need them */
#ifndef NOTIFY_WORDS_H
#define NOTIFY_WORDS_H

#include "workers/notify/news.h"

#define WORDS_MAX 64

/* "1 день", "2 дня", "5 дней", "11 дней", "21 день"; the sign does not matter. */
void words_days(int days, char buf[WORDS_MAX]);
/* "1 рабочий день", "2 рабочих дня", "5 рабочих дней" */
void words_working_days(int days, char buf[WORDS_MAX]);
/* Which of three forms a number asks for: 1 день, 2 дня, 5 дней. */
const char *words_form(int n, const char *one, const char *few, const char *many);

/* Append the parts, up to a NULL. The full stop of «2023 г.» ends its sentence too. */
void say(struct buffer *out, ...);
/* Append the full name of a body; one that is longer than a line is cut. */
void say_name(struct buffer *out, const struct party *party);
/* "15 августа 2023 г." */
void say_day(struct buffer *out, civil_day day);

/* "выходной день (воскресенье)", "нерабочий праздничный день (среда)": why a term is moved. */
void say_day_off(struct buffer *out, civil_day day, bool holiday);

/* The civil day of a moment where clocks are so many minutes ahead of UTC; Moscow's are all year
 * since 2014 (Federal law 248-FZ). */
civil_day words_day_at(int64_t utc_ms, int offset);
#define WORDS_MOSCOW_OFFSET 180
#define WORDS_MINUTE_MS     60000

#endif

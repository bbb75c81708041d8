/* civil.h - days of the calendar, as people write them
 *
 * A civil day is a number: days since 1970-01-01 in the proleptic Gregorian calendar. It has no
 * time and no zone. Years 1900 to 2199.
 */
#ifndef CALENDAR_CIVIL_H
#define CALENDAR_CIVIL_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t civil_day;

#define CIVIL_YEAR_FIRST 1900
#define CIVIL_YEAR_LAST  2199
#define CIVIL_DAY_NONE   INT32_MIN
#define CIVIL_TEXT_MAX   48

struct civil {
    int year;
    int month; /* 1..12 */
    int day;   /* 1..31 */
};

bool civil_valid(struct civil c);       /* also the year's bounds */
civil_day civil_to_day(struct civil c); /* must be valid */
struct civil civil_of_day(civil_day day);
int civil_weekday(civil_day day); /* 1 Monday .. 7 Sunday, as ISO 8601 */

/* "2023-08-15" <-> day (ISO 8601). 31 February is refused. */
bool civil_parse(struct bytes text, civil_day *ret_day);
void civil_print(civil_day day, char buf[CIVIL_TEXT_MAX]);

/* "15 августа 2023 г." and "15 August 2023". */
void civil_print_ru(civil_day day, char buf[CIVIL_TEXT_MAX]);
void civil_print_en(civil_day day, char buf[CIVIL_TEXT_MAX]);

#endif

/* ladder_days.h - inside the ladder: days and moments where a body is */
#ifndef CORE_LADDER_DAYS_H
#define CORE_LADDER_DAYS_H

#include "engine/core/world.h"

struct ladder_days {
    const struct zone *zone;         /* NULL = UTC: of a body that is not known any more */
    const struct workdays *workdays; /* never NULL where days are counted */
};

struct ladder_days ladder_days_of(const struct world *world, struct bytes body);
/* The body people[person], or the controller; NULL: not known any more. */
const struct body *ladder_person(const struct world *world, const struct assignment *a,
                                 uint32_t person);

int64_t ladder_moment(const struct ladder_days *days, civil_day day, int minute);
civil_day ladder_day(const struct ladder_days *days, int64_t now_ms); /* what day it is there */
/* So many days after (before, when negative) this one; never outside of the calendar. */
civil_day ladder_count(const struct ladder_days *days, civil_day day, struct days offset);
/* The day itself, or the nearest worked one on that side, as the policy has it. */
civil_day ladder_letter_day(const struct ladder_days *days, const struct policy *policy,
                            civil_day day, enum shift shift);
int16_t ladder_offset(int64_t days); /* cut to what a step holds */

#endif

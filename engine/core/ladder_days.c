/* ladder_days.c - days and moments where a body is
 *
 * Owns:    from a civil day and a rule to another civil day, and to the moment of a clock there.
 * In:      ladder.c, ladder_again.c, term.c.
 * Always:  bodies and calendars are those of the catalog now; nothing leaves the years that civil
 *          days have.
 */
#include "engine/core/ladder_days.h"

#include "engine/core/term.h"

#define DAY_MS    86400000
#define MINUTE_MS 60000

struct ladder_days ladder_days_of(const struct world *world, struct bytes id)
{
    const struct body *body = world_body(world, id);

    return (struct ladder_days){.zone = body != NULL ? body->zone : NULL,
                                .workdays = term_workdays(world, id)};
}

const struct body *ladder_person(const struct world *world, const struct assignment *a,
                                 uint32_t person)
{
    struct bytes id = person == PERSON_CONTROLLER ? a->controller : a->people[person];

    return world_body(world, id);
}

int64_t ladder_moment(const struct ladder_days *days, civil_day day, int minute)
{
    return days->zone != NULL ? zone_utc_ms(days->zone, day, minute)
                              : (int64_t)day * DAY_MS + (int64_t)minute * MINUTE_MS;
}

civil_day ladder_day(const struct ladder_days *days, int64_t now_ms)
{
    civil_day day = (civil_day)(now_ms / DAY_MS);
    int minute;

    if (days->zone != NULL) {
        zone_civil(days->zone, now_ms, &day, &minute);
    }
    return day;
}

/* A day of the calendar, with one more on either side. */
static civil_day within(int64_t day)
{
    civil_day first = civil_to_day((struct civil){CIVIL_YEAR_FIRST, 1, 2});
    civil_day last = civil_to_day((struct civil){CIVIL_YEAR_LAST, 12, 30});

    return day < first ? first : day > last ? last : (civil_day)day;
}

civil_day ladder_count(const struct ladder_days *days, civil_day day, struct days offset)
{
    return within(offset.working ? workdays_add(days->workdays, within(day), offset.count)
                                 : (int64_t)day + offset.count);
}

civil_day ladder_letter_day(const struct ladder_days *days, const struct policy *policy,
                            civil_day day, enum shift shift)
{
    return policy->any_day ? day : within(workdays_shift(days->workdays, within(day), shift));
}

int16_t ladder_offset(int64_t days)
{
    return (int16_t)(days < INT16_MIN ? INT16_MIN : days > INT16_MAX ? INT16_MAX : days);
}

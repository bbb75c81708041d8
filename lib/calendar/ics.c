/* ics.c - entries -> components of libical -> text
 *
 * Owns:    which properties a calendar and its events have.
 * In:      `marshrut ics`.
 * Out:     text; nothing is kept.
 * Always:  what libical makes is freed with the calendar that holds it.
 * See:     ics.h; docs/time.md §8; RFC 5545 §3.6.1, RFC 5546 §3.2.1, RFC 7986 §5
 */
#include "calendar/ics.h"

#include "base/must.h"

#include <libical/ical.h>

#include <stdlib.h>

#define REFRESH      "PT1H" /* programs that fetch it again: more often than letters are written */
#define ALARM_HOUR   9
#define HOUR_SECONDS 3600
#define DAY_SECONDS  86400

static void add(icalcomponent *component, icalproperty *property)
{
    must(property != NULL);
    icalcomponent_add_property(component, property);
}

/* A property that libical has no function for. */
static void add_x(icalcomponent *component, const char *name, const char *value)
{
    icalproperty *property = icalproperty_new_x(value);

    icalproperty_set_x_name(property, name);
    add(component, property);
}

static struct icaltimetype day_time(civil_day day)
{
    struct civil c = civil_of_day(day);
    struct icaltimetype time = icaltime_null_date();

    time.year = c.year;
    time.month = c.month;
    time.day = c.day;
    return time;
}

static struct icaltimetype moment_time(int64_t ms)
{
    int64_t seconds = ms / 1000 - (ms % 1000 < 0 ? 1 : 0);
    int64_t of_day = (seconds % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS;
    struct icaltimetype time = day_time((civil_day)((seconds - of_day) / DAY_SECONDS));

    time.is_date = 0;
    time.hour = (int)(of_day / HOUR_SECONDS);
    time.minute = (int)(of_day % HOUR_SECONDS / 60);
    time.second = (int)(of_day % 60);
    time.zone = icaltimezone_get_utc_timezone();
    return time;
}

/* --- an event ------------------------------------------------------------------------------ */

static enum icalproperty_status status_of(enum ics_status status)
{
    if (status == ICS_CANCELLED) {
        return ICAL_STATUS_CANCELLED;
    }
    return status == ICS_TENTATIVE ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED;
}

/* An event of whole days begins at midnight, wherever it is read. */
static void add_alarm(icalcomponent *event, const struct ics_entry *entry)
{
    icalcomponent *alarm = icalcomponent_new(ICAL_VALARM_COMPONENT);
    int seconds = ALARM_HOUR * HOUR_SECONDS - entry->alarm_days * DAY_SECONDS;

    add(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    add(alarm, icalproperty_new_description(entry->summary));
    add(alarm, icalproperty_new_trigger(icaltriggertype_from_int(seconds)));
    icalcomponent_add_component(event, alarm);
}

static void add_text(icalcomponent *event, const struct ics_entry *entry)
{
    add(event, icalproperty_new_summary(entry->summary));
    if (entry->description != NULL) {
        add(event, icalproperty_new_description(entry->description));
    }
    if (entry->category != NULL) {
        add(event, icalproperty_new_categories(entry->category));
    }
}

static icalcomponent *event_of(const struct ics_calendar *calendar, const struct ics_entry *entry)
{
    icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);

    add(event, icalproperty_new_uid(entry->uid));
    add(event, icalproperty_new_dtstamp(moment_time(calendar->now_ms)));
    add(event, icalproperty_new_dtstart(day_time(entry->from)));
    add(event, icalproperty_new_dtend(day_time(entry->to + 1))); /* exclusive */
    add(event, icalproperty_new_sequence(entry->sequence));
    if (entry->modified_ms != 0) {
        add(event, icalproperty_new_lastmodified(moment_time(entry->modified_ms)));
    }
    add_text(event, entry);
    add(event, icalproperty_new_status(status_of(entry->status)));
    add(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    add_x(event, "X-MICROSOFT-CDO-BUSYSTATUS", "FREE");
    add_x(event, "X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE");
    if (entry->alarm_days >= 0 && entry->status != ICS_CANCELLED) {
        add_alarm(event, entry);
    }
    return event;
}

/* --- the calendar -------------------------------------------------------------------------- */

void ics_print(const struct ics_calendar *calendar, const struct ics_entry *entries, size_t count,
               struct buffer *out)
{
    icalcomponent *root = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);

    add(root, icalproperty_new_version("2.0"));
    add(root, icalproperty_new_prodid(calendar->product));
    add(root, icalproperty_new_calscale("GREGORIAN"));
    add(root, icalproperty_new_method(ICAL_METHOD_PUBLISH));
    add_x(root, "X-WR-CALNAME", calendar->name);
    add_x(root, "X-PUBLISHED-TTL", REFRESH);
    for (size_t i = 0; i < count; i++) {
        icalcomponent_add_component(root, event_of(calendar, &entries[i]));
    }
    char *text = icalcomponent_as_ical_string_r(root);
    must(text != NULL);
    buffer_text(out, text);
    free(text);
    icalcomponent_free(root);
}

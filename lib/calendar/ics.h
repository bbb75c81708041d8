/* ics.h - days with a meaning, as a calendar that mail programs take in (RFC 5545, RFC 7986)
 *
 * Each entry is an event of whole days that takes no time: Outlook does not know tasks (VTODO). It
 * names no organizer and nobody who is invited: programs would answer to them. Who takes in the
 * same entry (by its uid) once more gets it in place of the old one when its sequence is greater.
 */
#ifndef CALENDAR_ICS_H
#define CALENDAR_ICS_H

#include "base/buffer.h"
#include "calendar/civil.h"

enum ics_status {
    ICS_CONFIRMED,
    ICS_TENTATIVE, /* may still move: its clock stands */
    ICS_CANCELLED, /* taken back: programs strike it out or take it away */
};

#define ICS_NO_ALARM (-1)

/* Text is UTF-8 without control characters but line ends; NULL: not there. Borrowed. */
struct ics_entry {
    const char *uid; /* the same for ever; ASCII */
    civil_day from;  /* both inclusive */
    civil_day to;
    int sequence;        /* grows whenever the days move or it is cancelled */
    int64_t modified_ms; /* UTC, when it last did; 0: not known */
    enum ics_status status;
    const char *summary;
    const char *description;
    const char *category;
    int alarm_days; /* 0..: a reminder at 9 in the morning so many days before `from` */
};

struct ics_calendar {
    const char *name;    /* as programs show it */
    const char *product; /* "-//Marshrut//Marshrut//RU" */
    int64_t now_ms;      /* when it is made */
};

/* Appends the calendar: lines of at most 75 bytes that end with CR LF. */
void ics_print(const struct ics_calendar *calendar, const struct ics_entry *entries, size_t count,
               struct buffer *out);

#endif

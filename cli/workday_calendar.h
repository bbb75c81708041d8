/* workday_calendar.h - which calendar a question about working days is answered by
 *
 * One that comes with the program, by its name, or a file that may extend one of them. No engine is
 * asked. What the calendar does not know is told beside the answer, never left out.
 */
#ifndef CLI_WORKDAY_CALENDAR_H
#define CLI_WORKDAY_CALENDAR_H

#include "cli/session.h"
#include "language/catalog.h"

#include <jansson.h>

struct workday_calendar {
    struct catalog *catalog;
    const char *name;                /* of the document; borrowed from the catalog */
    const struct workdays *workdays; /* likewise */
    int week;                        /* 5 or 6, when it was asked for; else 0 */
};

/* Options of both commands, for their tables. */
#define WORKDAY_OPTIONS                                                                            \
    {"calendar", N_("NAME|FILE"), N_("a calendar of the program, or a file (ru)")},                \
        {"with", N_("FILE…"), N_("a file or folder with what the calendar extends")},              \
        {"week", N_("5|6"), N_("days of the week that are worked, whatever the calendar says")},   \
    {                                                                                              \
        NULL, NULL, NULL                                                                           \
    }

/* What the options say; EXIT_CODE_DONE and *ret_calendar is yours, or it has been said why not. */
enum exit_code workday_calendar_open(struct session *session, const struct arguments *arguments,
                                     struct workday_calendar *ret_calendar);
void workday_calendar_fini(struct workday_calendar *calendar);

/* Say on standard error which years of the span are not approved; with JSON into `answer` instead:
 * "note" and "missing_year", and all of them in "missing_years". Nothing when there is none. Also
 * into `answer`: the calendar, and the week that was asked for. */
void workday_calendar_note(const struct session *session, const struct workday_calendar *calendar,
                           civil_day from, civil_day to, json_t *answer);

/* Print the answer, and give it back. */
void workday_calendar_answer(const struct session *session, json_t *answer);

#endif

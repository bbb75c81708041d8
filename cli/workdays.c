/* workdays.c - `marshrut workdays`: how many working days lie in a span, without an engine
 *
 * Owns:    the words of the command.
 * In:      a span of days; a calendar (workday_calendar.h).
 * Out:     the bare number on standard output, or JSON; what the calendar does not know.
 * Always:  both ends are counted.
 */
#include "calendar/workdays_json.h"
#include "cli/day_words.h"
#include "cli/language.h"
#include "cli/workday_calendar.h"

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct workday_calendar calendar;
    civil_day from;
    civil_day to;
    struct error err;

    if (!day_word_span(arguments->positional[0], &from, &to, &err)) {
        return session_usage(session, &err);
    }
    enum exit_code code = workday_calendar_open(session, arguments, &calendar);
    if (code != EXIT_CODE_DONE) {
        return code;
    }
    json_t *answer = workdays_json_count(calendar.workdays, from, to);
    workday_calendar_note(session, &calendar, from, to, answer);
    if (session->json) {
        workday_calendar_answer(session, json_incref(answer));
    } else {
        fprintf(session->out.file, "%d\n", (int)workdays_count(calendar.workdays, from, to));
    }
    json_decref(answer);
    workday_calendar_fini(&calendar);
    return EXIT_CODE_DONE;
}

static const struct option options[] = {WORKDAY_OPTIONS};

const struct command command_workdays = {
    .name = "workdays",
    .words = N_("FROM..TO"),
    .summary = N_("how many working days lie between two days, both counted"),
    .more = N_("Days are 2023-02-20 or 20.02.2023; a month (2023-02) or a year (2023) may stand "
               "for all its days, also alone. No engine is needed."),
    .examples = "marshrut workdays 2023-01-01..2023-12-31\n"
                "marshrut workdays 2024 --week 6\n"
                "marshrut workdays 01.05.2025..31.05.2025 --calendar tatarstan",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};

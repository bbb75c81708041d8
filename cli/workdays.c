/* workdays.c - `marshrut workdays`: how many working days lie in a span, without an engine
 *
 * Owns:    the words of the command.
 * In:      a span of days; a calendar (workday_calendar.h).
 * Out:     the bare number on standard output, or JSON; what the calendar does not know.
 * Always:  both ends are counted.
 */
#include "cli/day_words.h"
#include "cli/language.h"
#include "cli/workday_calendar.h"

static int count_short(const struct workdays *w, civil_day from, civil_day to)
{
    int count = 0;

    for (civil_day day = from; day <= to; day++) {
        count += workdays_kind(w, day) == DAY_SHORT ? 1 : 0;
    }
    return count;
}

static json_t *answer_of(const struct workday_calendar *calendar, civil_day from, civil_day to,
                         int32_t count)
{
    char first[CIVIL_TEXT_MAX];
    char last[CIVIL_TEXT_MAX];

    civil_print(from, first);
    civil_print(to, last);
    return json_pack("{sssssisi}", "from", first, "to", last, "working_days", (int)count,
                     "short_days", count_short(calendar->workdays, from, to));
}

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
    int32_t count = workdays_count(calendar.workdays, from, to);
    json_t *answer = answer_of(&calendar, from, to, count);
    workday_calendar_note(session, &calendar, from, to, answer);
    if (session->json) {
        workday_calendar_answer(session, json_incref(answer));
    } else {
        fprintf(session->out.file, "%d\n", (int)count);
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

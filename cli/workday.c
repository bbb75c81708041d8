/* workday.c - `marshrut workday`: the day that is so many working days later or earlier
 *
 * Owns:    the words of the command.
 * In:      a day and a number; a calendar (workday_calendar.h). No engine is asked.
 * Out:     the date on standard output, in figures and in words, or JSON; what the calendar does
 *          not know.
 * Always:  the day itself is not counted: the first working day after it is +1. A day that the
 *          calendar does not reach is refused, never cut.
 */
#include "calendar/workdays_json.h"
#include "cli/dates.h"
#include "cli/day_words.h"
#include "cli/language.h"
#include "cli/workday_calendar.h"

static const char *weekday_word(civil_day day)
{
    static const char *const words[] = {
        N_("weekday|Monday"),   N_("weekday|Tuesday"), N_("weekday|Wednesday"),
        N_("weekday|Thursday"), N_("weekday|Friday"),  N_("weekday|Saturday"),
        N_("weekday|Sunday"),
    };

    return language_word(words[civil_weekday(day) - 1]);
}

static void print_words(const struct session *session, civil_day day)
{
    char figures[CIVIL_TEXT_MAX];
    char words[DATES_TEXT_MAX];

    civil_print(day, figures);
    dates_day(day, words);
    fprintf(session->out.file, "%s (%s, %s)\n", figures, weekday_word(day), words);
}

/* The answer is gone afterwards. */
static void print_answer(const struct session *session, json_t *answer, civil_day found)
{
    if (session->json) {
        workday_calendar_answer(session, answer);
    } else {
        print_words(session, found);
        json_decref(answer);
    }
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct workday_calendar calendar;
    civil_day day;
    int32_t count;
    struct error err;

    if (!day_word(arguments->positional[0], &day, &err) ||
        !day_word_count(arguments->positional[1], &count, &err)) {
        return session_usage(session, &err);
    }
    enum exit_code code = workday_calendar_open(session, arguments, &calendar);
    if (code != EXIT_CODE_DONE) {
        return code;
    }
    civil_day found;
    json_t *answer = workdays_json_add(calendar.workdays, day, count, &found, &err);
    if (answer != NULL) {
        workday_calendar_note(session, &calendar, day, found, answer);
        print_answer(session, answer, found);
    } else {
        code = session_usage(session, &err);
    }
    workday_calendar_fini(&calendar);
    return code;
}

static const struct option options[] = {WORKDAY_OPTIONS};

const struct command command_workday = {
    .name = "workday",
    .words = N_("DATE +N|-N"),
    .summary = N_("the day that is so many working days later or earlier"),
    .more = N_("The day itself is not counted, worked or not: +1 is the first working day after "
               "it. No engine is needed."),
    .examples = "marshrut workday 2023-02-20 +5\n"
                "marshrut workday 01.09.2025 -3 --week 6",
    .options = options,
    .words_min = 2,
    .words_max = 2,
    .run = run,
};

/* due.c - `marshrut due`: what terms of plans mean, without an engine
 *
 * Owns:    the words and options of the command.
 * In:      phrases on the command line, or JSON lines; working days by a calendar of the program.
 * Out:     kind, windows, rule and doubts; a caret under what is not understood.
 * See:     docs/time.md §3; docs/cli.md §due
 */
#include "calendar/due_json.h"
#include "cli/due_lines.h"
#include "cli/due_text.h"
#include "cli/language.h"
#include "cli/session.h"
#include "cli/workday_calendar.h"

#include <string.h>

/* --- options ---------------------------------------------------------------------------------- */

static bool read_day(const char *text, const char *option, civil_day *ret_day, struct error *err)
{
    return civil_parse(bytes_of(text), ret_day) ||
           error_set(err, ERROR_INVALID, _("--%s: \"%s\" is no day such as 2026-09-01"), option,
                     text);
}

/* FROM..TO; an end may be missing. */
static bool read_period(const char *text, struct window *ret_period, struct error *err)
{
    const char *dots = strstr(text, "..");
    struct window period = {CIVIL_DAY_NONE, CIVIL_DAY_NONE};

    if (dots == NULL) {
        return error_set(err, ERROR_INVALID,
                         _("--period: \"%s\" is not like 2026-01-01..2026-12-31"), text);
    }
    struct bytes from = {text, (size_t)(dots - text)};
    struct bytes to = bytes_of(dots + 2);
    if ((from.size > 0 && !civil_parse(from, &period.from)) ||
        (to.size > 0 && !civil_parse(to, &period.to)) || from.size + to.size == 0) {
        return error_set(err, ERROR_INVALID,
                         _("--period: \"%s\" is not like 2026-01-01..2026-12-31"), text);
    }
    if (from.size > 0 && to.size > 0 && period.from > period.to) {
        return error_set(err, ERROR_INVALID, _("the period ends before it begins"));
    }
    *ret_period = period;
    return true;
}

static bool read_context(const struct arguments *arguments, struct due_context *ret_context,
                         struct error *err)
{
    const char *period = arguments_get(arguments, "period");
    const char *signed_day = arguments_get(arguments, "signed");
    uint64_t year = 0;

    if (!arguments_number(arguments, "year", CIVIL_YEAR_FIRST, CIVIL_YEAR_LAST, &year, err) ||
        (period != NULL && !read_period(period, &ret_context->period, err)) ||
        (signed_day != NULL && !read_day(signed_day, "signed", &ret_context->signed_day, err))) {
        return false;
    }
    ret_context->year = (int)year;
    return true;
}

/* --- the whole -------------------------------------------------------------------------------- */

static void show(struct session *session, const char *phrase, const struct due *due)
{
    struct buffer out = BUFFER_INIT;

    due_text(phrase, due, &out);
    fwrite(out.data, 1, out.size, session->out.file);
    buffer_fini(&out);
}

static void show_error(struct session *session, const char *phrase, const struct error *err)
{
    struct buffer out = BUFFER_INIT;

    due_text_error(phrase, err, output_columns(&session->err), &out);
    fwrite(out.data, 1, out.size, session->err.file);
    buffer_fini(&out);
}

static void put_answer(struct buffer *out, bool read, const struct due *due,
                       const struct error *err)
{
    if (read) {
        due_json(due, NULL, out);
    } else {
        due_json_error(err, NULL, out);
    }
}

/* An object for one phrase, an array for several. */
static void print_json(const struct session *session, const struct buffer *answers, bool several)
{
    struct buffer out = BUFFER_INIT;

    buffer_text(&out, several ? "[" : "");
    buffer_append(&out, answers->data, answers->size);
    buffer_text(&out, several ? "]" : "");
    session_print_json(session, (const char *)out.data, out.size);
    buffer_fini(&out);
}

static enum exit_code read_phrases(struct session *session, const struct arguments *arguments,
                                   const struct due_context *context)
{
    struct arena arena = ARENA_INIT;
    enum exit_code code = EXIT_CODE_DONE;
    struct buffer answers = BUFFER_INIT;

    for (size_t i = 0; i < arguments->count; i++) {
        const char *phrase = arguments->positional[i];
        struct error err = ERROR_INIT;
        struct due due;
        bool read = due_parse(bytes_of(phrase), context, &arena, &due, &err);
        code = read ? code : EXIT_CODE_REFUSED;
        if (session->json) {
            buffer_text(&answers, i > 0 ? "," : "");
            put_answer(&answers, read, &due, &err);
        } else if (read) {
            show(session, phrase, &due);
        } else {
            show_error(session, phrase, &err);
        }
        arena_reset(&arena);
    }
    if (session->json) {
        print_json(session, &answers, arguments->count > 1);
    }
    buffer_fini(&answers);
    arena_fini(&arena);
    return code;
}

static enum exit_code read_all(struct session *session, const struct arguments *arguments,
                               const struct due_context *context)
{
    struct error err = ERROR_INIT;

    if (!arguments_has(arguments, "jsonl")) {
        return read_phrases(session, arguments, context);
    }
    return due_lines(context, &err) ? EXIT_CODE_DONE : session_usage(session, &err);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct due_context context = {.period = {CIVIL_DAY_NONE, CIVIL_DAY_NONE},
                                  .signed_day = CIVIL_DAY_NONE};
    struct workday_calendar calendar;
    struct error err = ERROR_INIT;
    bool lines = arguments_has(arguments, "jsonl");

    if (!read_context(arguments, &context, &err)) {
        return session_usage(session, &err);
    }
    if (lines != (arguments->count == 0)) {
        error_set(&err, ERROR_INVALID, _("give phrases, or --jsonl and lines of standard input"));
        return session_usage(session, &err);
    }
    enum exit_code code = workday_calendar_open(session, arguments, &calendar);
    if (code != EXIT_CODE_DONE) {
        return code;
    }
    context.workdays = calendar.workdays;
    context.school = catalog_school(calendar.catalog, calendar.name);
    code = read_all(session, arguments, &context);
    workday_calendar_fini(&calendar);
    return code;
}

static const struct option options[] = {
    {"year", N_("YEAR"), N_("the year of the document, for phrases without one")},
    {"period", N_("FROM..TO"), N_("the period of the document: 2026-01-01..2026-12-31")},
    {"signed", N_("DAY"), N_("the day of the act: what is not dated begins then")},
    {"jsonl", NULL, N_("read phrases as JSON lines, and answer each with a line")},
    WORKDAY_OPTIONS};

const struct command command_due = {
    .name = "due",
    .words = N_("PHRASE…"),
    .summary = N_("say what a term of a plan means: days, how often, what is not clear"),
    .more = N_("Terms as Russian plans have them. What can be read in two ways is told with the "
               "other readings; what is not understood is refused, never guessed. A line of "
               "--jsonl is {\"id\",\"phrase\",\"year\",\"period\":{\"from\",\"to\"},\"signed\"}. "
               "No engine is needed."),
    .examples = "marshrut due --year 2026 \"до 15 августа ежегодно\"\n"
                "marshrut due --period 2026-01-01..2026-12-31 \"раз в квартал\"\n"
                "marshrut due --jsonl < phrases.jsonl",
    .options = options,
    .words_min = 0,
    .words_max = 1000,
    .run = run,
};

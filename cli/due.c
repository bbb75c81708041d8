/* due.c - `marshrut due`: what terms of plans mean, without an engine
 *
 * Owns:    the words and options of the command; readings for people.
 * In:      phrases on the command line, or JSON lines; working days by a calendar of the program.
 * Out:     kind, windows, rule and doubts; a caret under what is not understood.
 * See:     docs/time.md §3; docs/cli.md §due
 */
#include "cli/due_json.h"
#include "cli/language.h"
#include "cli/place.h"
#include "cli/session.h"
#include "cli/text.h"
#include "cli/workday_calendar.h"

#include <stdlib.h>
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

    if (!arguments_number(arguments, "year", 1900, 2199, &year, err) ||
        (period != NULL && !read_period(period, &ret_context->period, err)) ||
        (signed_day != NULL && !read_day(signed_day, "signed", &ret_context->signed_day, err))) {
        return false;
    }
    ret_context->year = (int)year;
    return true;
}

/* --- for people ------------------------------------------------------------------------------- */

static const char *kind_words(enum due_kind kind)
{
    static const char *const words[DUE_KIND_COUNT] = {
        [DUE_DATE] = N_("due|a date"),
        [DUE_WINDOW] = N_("due|once, within a window"),
        [DUE_RECURRING] = N_("due|again and again, once in each window"),
        [DUE_CONTINUOUS] = N_("due|all the time"),
        [DUE_ON_DEMAND] = N_("due|when it is needed"),
        [DUE_PER_OTHER_PLAN] = N_("due|by another plan"),
        [DUE_RELATIVE] = N_("due|counted from an event"),
    };

    return language_word(words[kind]);
}

static void put_day(struct buffer *out, civil_day day)
{
    char text[CIVIL_TEXT_MAX];

    if (language_get() == LANGUAGE_RUSSIAN) {
        civil_print_ru(day, text);
    } else {
        civil_print_en(day, text);
    }
    buffer_text(out, text);
}

static void put_window(struct buffer *out, struct window window)
{
    if (window.from == CIVIL_DAY_NONE) {
        buffer_text(out, _("until "));
    } else if (window.from != window.to) {
        put_day(out, window.from);
        buffer_text(out, " - ");
    }
    put_day(out, window.to);
}

static void put_windows(struct buffer *out, const struct due_reading *reading, bool more)
{
    uint32_t shown =
        reading->window_count < DUE_JSON_WINDOWS ? reading->window_count : DUE_JSON_WINDOWS;

    for (uint32_t i = 0; i < shown; i++) {
        buffer_text(out, "    ");
        put_window(out, reading->windows[i]);
        buffer_text(out, "\n");
    }
    if (reading->window_count > shown || more) {
        buffer_text(out, "    …\n");
    }
}

static void put_line(struct buffer *out, const char *label, struct bytes text)
{
    if (text.size > 0) {
        char *shown = text_harmless(text.data, text.size);
        text_put(out, "  %s: %s\n", label, shown);
        free(shown);
    }
}

static void put_due(struct buffer *out, const struct due *due)
{
    text_put(out, "  %s\n", kind_words(due->reading.kind));
    put_line(out, _("rule"), due->reading.rule);
    put_windows(out, &due->reading, due->more);
    if (due->year_missing) {
        text_put(out, "  %s\n", _("no year is known: give --year or --period"));
    }
    put_line(out, _("counted from"), due->anchor.event);
    if (due->by_minute >= 0) {
        text_put(out, _("  until %02d:%02d of the day\n"), due->by_minute / 60,
                 due->by_minute % 60);
    }
    put_line(out, _("not quite clear"), due->ambiguity);
    for (uint32_t i = 0; i < due->alternative_count; i++) {
        text_put(out, _("  or, %u: %s\n"), i + 2, kind_words(due->alternatives[i].kind));
        put_line(out, _("rule"), due->alternatives[i].rule);
        put_windows(out, &due->alternatives[i], false);
    }
    for (uint32_t i = 0; i < due->part_count; i++) {
        put_line(out, _("for"), due->parts[i].purpose);
        text_put(out, "  %s\n", kind_words(due->parts[i].reading.kind));
        put_windows(out, &due->parts[i].reading, false);
    }
}

/* The sentence, the phrase and a caret. */
static void put_error(struct buffer *out, const char *phrase, const struct error *err,
                      size_t columns)
{
    char *sentence = text_harmless(err->text, strlen(err->text));
    char *line = text_harmless(phrase, strlen(phrase));

    text_put(out, "%s\n", sentence);
    place_print(line, 1, err->column, columns, out);
    free(sentence);
    free(line);
}

/* --- the whole -------------------------------------------------------------------------------- */

static void show(struct session *session, const char *phrase, const struct due *due)
{
    struct buffer out = BUFFER_INIT;
    char *line = text_harmless(phrase, strlen(phrase));

    text_put(&out, "%s\n", line);
    put_due(&out, due);
    fwrite(out.data, 1, out.size, session->out.file);
    buffer_fini(&out);
    free(line);
}

static void show_error(struct session *session, const char *phrase, const struct error *err)
{
    struct buffer out = BUFFER_INIT;

    put_error(&out, phrase, err, output_columns(&session->err));
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
    return due_json_lines(context, &err) ? EXIT_CODE_DONE : session_usage(session, &err);
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

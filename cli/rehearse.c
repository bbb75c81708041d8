/* rehearse.c - `marshrut rehearse`: a plan's whole period in seconds, and what its author should
 * know
 *
 * Owns:    the words of this command.
 * In:      plans and what they need (rehearse_plans.h); an engine of its own (rehearse_course.h).
 * Out:     tables for people, JSON, or a page to print.
 * Always:  nothing is left behind: no process, no folder. People are simulated, and that is said.
 * See:     docs/cli.md, docs/time.md §7
 */
#include "cli/day_words.h"
#include "cli/language.h"
#include "cli/rehearse_course.h"
#include "cli/rehearse_findings.h"
#include "cli/rehearse_show.h"

#include <errno.h>
#include <string.h>

static bool read_day(const struct arguments *arguments, const char *name, civil_day *ret_day,
                     struct error *err)
{
    const char *text = arguments_get(arguments, name);

    *ret_day = CIVIL_DAY_NONE;
    return text == NULL || day_word(text, ret_day, err);
}

static bool read_people(const struct arguments *arguments, enum rehearse_people *ret_people,
                        struct error *err)
{
    static const char *const words[] = {"on-time", "late", "nobody"};
    const char *text = arguments_get(arguments, "people");

    *ret_people = PEOPLE_ON_TIME;
    for (size_t i = 0; text != NULL && i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], text) == 0) {
            *ret_people = (enum rehearse_people)i;
            return true;
        }
    }
    return text == NULL ||
           error_set(err, ERROR_INVALID,
                     _("--people: there is no \"%s\"; there are on-time, late, nobody"), text);
}

static bool read_numbers(const struct arguments *arguments, struct rehearse_options *options,
                         struct error *err)
{
    uint64_t late = REHEARSE_LATE_DAYS;
    uint64_t day = REHEARSE_PER_DAY;
    uint64_t week = REHEARSE_PER_WEEK;

    if (!arguments_number(arguments, "late-days", 1, 365, &late, err) ||
        !arguments_number(arguments, "per-day", 1, 100000, &day, err) ||
        !arguments_number(arguments, "per-week", 1, 100000, &week, err)) {
        return false;
    }
    options->late_days = (uint32_t)late;
    options->per_day = (uint32_t)day;
    options->per_week = (uint32_t)week;
    return true;
}

static bool read_options(const struct arguments *arguments, struct rehearse_options *options,
                         struct error *err)
{
    if (!read_day(arguments, "from", &options->from, err) ||
        !read_day(arguments, "to", &options->to, err) ||
        !read_day(arguments, "start", &options->start, err) ||
        !read_people(arguments, &options->people, err) || !read_numbers(arguments, options, err)) {
        return false;
    }
    if (options->from != CIVIL_DAY_NONE && options->to != CIVIL_DAY_NONE &&
        options->to < options->from) {
        return error_set(err, ERROR_INVALID, _("--to lies before --from"));
    }
    return true;
}

static bool write_page(const char *path, const struct rehearsal *r, struct error *err)
{
    struct buffer out = BUFFER_INIT;
    FILE *file = fopen(path, "wb");

    if (file == NULL) {
        return error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    }
    rehearse_html(r, &out);
    bool good = fwrite(out.data, 1, out.size, file) == out.size;
    int reason = errno;
    buffer_fini(&out);
    if (fclose(file) != 0 || !good) {
        return error_set(err, ERROR_IO, "%s: %s", path, strerror(good ? errno : reason));
    }
    return true;
}

static enum exit_code show(struct session *session, const struct arguments *arguments,
                           const struct rehearsal *r)
{
    const char *path = arguments_get(arguments, "html");
    struct error err;

    if (path != NULL && !write_page(path, r, &err)) {
        return session_usage(session, &err);
    }
    if (session->json) {
        json_t *value = rehearse_json(r);
        session_print_document(session, value);
        json_decref(value);
    } else if (path == NULL || arguments_has(arguments, "brief")) {
        rehearse_text_print(r, arguments_has(arguments, "brief"), &session->out);
    } else {
        fprintf(session->out.file, _("The calendar is in %s\n"), path);
    }
    return EXIT_CODE_DONE;
}

static enum exit_code rehearse(struct session *session, const struct arguments *arguments,
                               struct rehearse_plans *plans, struct rehearsal *rehearsal)
{
    struct error err = ERROR_INIT;
    bool said = false;

    if (!rehearse_plans_gather(plans, arguments, &err)) {
        return session_usage(session, &err);
    }
    if (!rehearse_plans_check(plans, rehearsal, session, &said, &err)) {
        return said ? EXIT_CODE_REFUSED : session_usage(session, &err);
    }
    if (!rehearse_course_run(rehearsal, plans, session, &err)) {
        session_usage(session, &err);
        return err.code == ERROR_IO ? EXIT_CODE_USAGE : EXIT_CODE_REFUSED;
    }
    rehearse_findings(rehearsal);
    return show(session, arguments, rehearsal);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct rehearse_plans plans = {0};
    struct rehearse_options options;
    struct rehearsal rehearsal;
    struct error err = ERROR_INIT;

    if (!read_options(arguments, &options, &err)) {
        return session_usage(session, &err);
    }
    rehearsal_init(&rehearsal, &options);
    enum exit_code code = rehearse(session, arguments, &plans, &rehearsal);
    rehearsal_fini(&rehearsal);
    rehearse_plans_fini(&plans);
    return code;
}

static const struct option options[] = {
    {"from", N_("DAY"), N_("tell of what lies between --from and --to; else of everything")},
    {"to", N_("DAY"), N_("the last day that is told of")},
    {"start", N_("DAY"), N_("put the plans into force on this day, not before their first")},
    {"people", N_("WHEN"),
     N_("simulated people report on-time (on the last day, unless said), late, or nobody does")},
    {"late-days", N_("N"), N_("with --people late: so many days after the term (7)")},
    {"per-day", N_("N"), N_("tell of days on which one body has so many terms (5)")},
    {"per-week", N_("N"), N_("the same of weeks (10)")},
    {"with", N_("FILE…"), N_("where the documents are that the plans need: files or folders")},
    {"html", N_("FILE"), N_("write a calendar to print")},
    {"brief", NULL, N_("only what to look at, without the tables")},
    {NULL, NULL, NULL},
};

const struct command command_rehearse = {
    .name = "rehearse",
    .words = N_("PLAN…"),
    .summary = N_("run the whole period of plans in seconds, and tell what will happen"),
    .more = N_("Files, folders, or names of plans in ./workflows. The plans run in memory in an "
               "engine of its own, on a clock that stands; people are simulated. Told are all "
               "terms and letters, days with too much at once, items due before what they depend "
               "on, items without days of their own, terms that may be read in two ways, and "
               "what falls on days off."),
    .examples = "marshrut rehearse workflows/roadmaps/lo-2023.yaml\n"
                "marshrut rehearse lo-2023 --people late --brief\n"
                "marshrut rehearse workflows/roadmaps --html calendar.html",
    .options = options,
    .words_min = 1,
    .words_max = 100,
    .run = run,
};

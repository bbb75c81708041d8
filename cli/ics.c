/* ics.c - `marshrut ics`: terms as a calendar for Thunderbird, Outlook and others
 *
 * Owns:    which assignments are asked for. What stands in it: lib/calendar/ics_rows.h.
 * In:      the verbs ASSIGNMENTS and STATS (docs/protocol.md §3.6).
 * Out:     iCalendar, on standard output or into a file.
 * Always:  the file is there whole or not at all.
 * See:     docs/time.md §8
 */
#include "calendar/ics_rows.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/session.h"

#include <errno.h>
#include <string.h>

#define DOMAIN "marshrut"

struct asking {
    struct session *session;
    const struct arguments *arguments;
    struct ics_rows *rows;
};

/* --- what is in it ------------------------------------------------------------------------- */

/* One page; *after becomes the next cursor, NULL at the end. */
static enum exit_code ask_page(const struct asking *a, json_t *filter, json_t **after)
{
    json_t *request = json_copy(filter);
    json_t *answer;
    struct error err;
    size_t count;
    bool good = true;

    json_object_set_new(request, "limit", json_integer(1000));
    if (*after != NULL) {
        json_object_set_new(request, "after", *after);
        *after = NULL;
    }
    enum exit_code code = session_ask(a->session, "ASSIGNMENTS", request, &answer);
    const json_t *rows = field_rows(answer, &count);
    for (size_t i = 0; good && i < count; i++) {
        good = ics_rows_add(a->rows, json_array_get(rows, i), &err);
    }
    json_t *next = json_object_get(answer, "next");
    *after = good && next != NULL && !json_is_null(next) ? json_incref(next) : NULL;
    json_decref(answer);
    return good ? code : session_usage(a->session, &err);
}

/* All pages with this filter, which is taken. */
static enum exit_code ask_all(const struct asking *a, json_t *filter)
{
    json_t *after = NULL;
    enum exit_code code;

    if (a->rows->wish.body != NULL) {
        json_object_set_new(filter, "body", json_string(a->rows->wish.body));
    }
    do {
        code = ask_page(a, filter, &after);
    } while (code == EXIT_CODE_DONE && after != NULL);
    json_decref(filter);
    return code;
}

/* Open ones, and withdrawn ones so that they are struck out where they were taken in before. */
static enum exit_code gather(const struct asking *a)
{
    enum exit_code code = ask_all(a, json_pack("{sb}", "open", 1));

    if (code == EXIT_CODE_DONE) {
        code = ask_all(a, a->rows->wish.all ? json_pack("{sb}", "open", 0)
                                            : json_pack("{ss}", "state", "withdrawn"));
    }
    return code;
}

/* --- the calendar -------------------------------------------------------------------------- */

static enum exit_code put_out(struct session *session, const char *path, struct bytes text)
{
    struct error err;

    if (path == NULL) {
        fwrite(text.data, 1, text.size, session->out.file);
        return EXIT_CODE_DONE;
    }
    FILE *file = fopen(path, "wb");
    bool good = file != NULL && fwrite(text.data, 1, text.size, file) == text.size;
    int reason = errno;
    if (file != NULL && fclose(file) != 0) {
        reason = good ? errno : reason;
        good = false;
    }
    if (!good) {
        error_set(&err, ERROR_IO, "%s: %s", path, strerror(reason));
        return session_usage(session, &err);
    }
    return EXIT_CODE_DONE;
}

static enum exit_code print(const struct asking *a, int64_t now_ms)
{
    struct buffer out = BUFFER_INIT;

    ics_rows_print(a->rows, now_ms, &out);
    enum exit_code code =
        put_out(a->session, arguments_get(a->arguments, "out"), buffer_bytes(&out));
    buffer_fini(&out);
    return code;
}

static enum exit_code make(const struct asking *a, int64_t now_ms)
{
    enum exit_code code = gather(a);

    if (code == EXIT_CODE_DONE && a->rows->count == 0) {
        fprintf(a->session->err.file, "%s\n", _("There are no such terms."));
    }
    return code == EXIT_CODE_DONE ? print(a, now_ms) : code;
}

/* When the calendar is made is the engine's to say: in a demonstration it is another day there. So
 * is which store it is of. */
static enum exit_code ask_store(struct session *session, const struct arguments *arguments,
                                struct ics_wish *wish)
{
    struct ics_rows rows;
    int64_t now_ms = 0;
    json_t *stats;
    enum exit_code code = session_ask(session, "STATS", NULL, &stats);

    if (code != EXIT_CODE_DONE) {
        json_decref(stats);
        return code;
    }
    dates_parse_moment(field_text(stats, "now"), &now_ms);
    wish->token = field_text(json_object_get(stats, "store"), "token");
    if (wish->token == NULL && wish->domain == NULL) { /* of an older release */
        wish->domain = DOMAIN;
    }
    ics_rows_init(&rows, wish);
    code = make(&(struct asking){session, arguments, &rows}, now_ms);
    ics_rows_fini(&rows);
    json_decref(stats);
    return code;
}

static bool is_domain(const char *text)
{
    return text[0] != '\0' && strlen(text) <= 253 &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
               strlen(text);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    bool russian = language_get() == LANGUAGE_RUSSIAN;
    struct ics_wish wish = {.body = arguments_get(arguments, "body"),
                            .plan = arguments_get(arguments, "plan"),
                            .domain = arguments_get(arguments, "domain"),
                            .all = arguments_has(arguments, "all"),
                            .words = russian ? &ics_words_russian : &ics_words_english};
    uint64_t days = UINT64_MAX;
    struct error err;

    if (!arguments_number(arguments, "alarm", 0, 365, &days, &err)) {
        return session_usage(session, &err);
    }
    if (wish.domain != NULL && !is_domain(wish.domain)) {
        error_set(&err, ERROR_INVALID, _("--domain: \"%s\" is no name like lo.example"),
                  wish.domain);
        return session_usage(session, &err);
    }
    wish.alarm_days = days != UINT64_MAX ? (int)days : ICS_NO_ALARM;
    session->json = false; /* the answers of the engine are not what is asked for */
    return ask_store(session, arguments, &wish);
}

static const struct option options[] = {
    {"body", N_("BODY"), N_("what this body is responsible for, takes part in or controls")},
    {"plan", N_("NAME"), N_("of this plan only")},
    {"out", N_("FILE"), N_("into a file; else to standard output")},
    {"all", NULL, N_("what is done too, marked so")},
    {"alarm", N_("DAYS"), N_("with a reminder so many days before, at 9 in the morning")},
    {"domain", N_("DOMAIN"),
     N_("the end of each entry's id; else it is made of the store's token")},
    {NULL, NULL, NULL},
};

const struct command command_ics = {
    .name = "ics",
    .words = "",
    .summary = N_("open terms as a calendar for Thunderbird, Outlook and others"),
    .more = N_("Each term is an event of a whole day, on its last day. Taken in once more, a term "
               "that moved is moved in the calendar, and one that was withdrawn is struck out."),
    .examples = "marshrut ics --body cnppm_lo --alarm 3 --out terms.ics\n"
                "marshrut ics --plan lo-2023 --all",
    .options = options,
    .run = run,
};

/* ics.c - `marshrut ics`: terms as a calendar for Thunderbird, Outlook and others
 *
 * Owns:    which assignments are in it.
 * In:      the verbs ASSIGNMENTS and STATS (docs/protocol.md §3.6).
 * Out:     iCalendar, on standard output or into a file.
 * Always:  the file is there whole or not at all.
 * See:     docs/time.md §8
 */
#include "base/must.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/ics_entry.h"
#include "cli/language.h"
#include "cli/session.h"
#include "cli/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ENTRIES_MAX 20000 /* no program shows more; who has more names a body */
#define DOMAIN      "marshrut"
#define PRODUCT     "-//Marshrut//Marshrut//RU"

struct entries {
    struct ics_entry *items;
    size_t count;
    struct arena arena;    /* of their texts */
    const char *body_name; /* of the body that was asked for, when a row has it */
};

static void entries_fini(struct entries *entries)
{
    free(entries->items);
    arena_fini(&entries->arena);
}

/* --- what is in it ------------------------------------------------------------------------- */

static void note_name(struct entries *entries, const json_t *row, const char *body)
{
    const json_t *responsible = json_object_get(row, "responsible");
    const char *id = field_text(responsible, "id");

    if (entries->body_name == NULL && body != NULL && id != NULL && strcmp(id, body) == 0) {
        entries->body_name = arena_text(&entries->arena, bytes_of(field_body(row, "responsible")));
    }
}

static bool add_row(struct entries *entries, const json_t *row, const struct arguments *arguments,
                    const struct ics_wish *wish, struct error *err)
{
    const char *plan = arguments_get(arguments, "plan");
    const char *of = field_text(row, "plan");
    struct ics_entry entry;

    note_name(entries, row, wish->body);
    if ((plan != NULL && (of == NULL || strcmp(of, plan) != 0)) ||
        !ics_entry_make(row, wish, &entries->arena, &entry)) {
        return true;
    }
    if (entries->count == ENTRIES_MAX) {
        return error_set(err, ERROR_TOO_LARGE,
                         _("there are more than %d terms: name a body or a plan"), ENTRIES_MAX);
    }
    entries->items = xrealloc(entries->items, (entries->count + 1) * sizeof *entries->items);
    entries->items[entries->count++] = entry;
    return true;
}

struct asking {
    struct session *session;
    const struct arguments *arguments;
    const struct ics_wish *wish;
    struct entries *entries;
};

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
        good = add_row(a->entries, json_array_get(rows, i), a->arguments, a->wish, &err);
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

    if (a->wish->body != NULL) {
        json_object_set_new(filter, "body", json_string(a->wish->body));
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
        code = ask_all(a, a->wish->all ? json_pack("{sb}", "open", 0)
                                       : json_pack("{ss}", "state", "withdrawn"));
    }
    return code;
}

/* --- the calendar -------------------------------------------------------------------------- */

static char *name_of(const struct arguments *arguments, const struct entries *entries)
{
    const char *plan = arguments_get(arguments, "plan");
    const char *body = arguments_get(arguments, "body");
    struct buffer out = BUFFER_INIT;

    text_put(&out, "%s", _("Terms"));
    if (body != NULL) {
        text_put(&out, ": %s", entries->body_name != NULL ? entries->body_name : body);
    }
    if (plan != NULL) {
        text_put(&out, "%s%s", body != NULL ? ", " : ": ", plan);
    }
    char *text = text_take(&out);
    char *harmless = text_harmless(text, strlen(text));
    free(text);
    return harmless;
}

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
    char *name = name_of(a->arguments, a->entries);
    struct ics_calendar calendar = {.name = name, .product = PRODUCT, .now_ms = now_ms};
    struct buffer out = BUFFER_INIT;

    ics_print(&calendar, a->entries->items, a->entries->count, &out);
    enum exit_code code =
        put_out(a->session, arguments_get(a->arguments, "out"), buffer_bytes(&out));
    buffer_fini(&out);
    free(name);
    return code;
}

/* When the calendar is made is the engine's to say: in a demonstration it is another day there. */
static enum exit_code make(const struct asking *a)
{
    int64_t now_ms = 0;
    json_t *stats;
    enum exit_code code = session_ask(a->session, "STATS", NULL, &stats);

    dates_parse_moment(field_text(stats, "now"), &now_ms);
    json_decref(stats);
    if (code == EXIT_CODE_DONE) {
        code = gather(a);
    }
    if (code == EXIT_CODE_DONE && a->entries->count == 0) {
        fprintf(a->session->err.file, "%s\n", _("There are no such terms."));
    }
    return code == EXIT_CODE_DONE ? print(a, now_ms) : code;
}

static bool is_domain(const char *text)
{
    return text[0] != '\0' && strlen(text) <= 253 &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
               strlen(text);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    const char *domain = arguments_get(arguments, "domain");
    struct ics_wish wish = {.body = arguments_get(arguments, "body"),
                            .domain = domain != NULL ? domain : DOMAIN,
                            .all = arguments_has(arguments, "all"),
                            .alarm_days = ICS_NO_ALARM};
    uint64_t days = UINT64_MAX;
    struct entries entries = {0};
    struct error err;

    if (!arguments_number(arguments, "alarm", 0, 365, &days, &err)) {
        return session_usage(session, &err);
    }
    if (!is_domain(wish.domain)) {
        error_set(&err, ERROR_INVALID, _("--domain: \"%s\" is no name like lo.example"), domain);
        return session_usage(session, &err);
    }
    wish.alarm_days = days != UINT64_MAX ? (int)days : ICS_NO_ALARM;
    session->json = false; /* the answers of the engine are not what is asked for */
    enum exit_code code = make(&(struct asking){session, arguments, &wish, &entries});
    entries_fini(&entries);
    return code;
}

static const struct option options[] = {
    {"body", N_("ID"), N_("what this body is responsible for, takes part in or controls")},
    {"plan", N_("NAME"), N_("of this plan only")},
    {"out", N_("FILE"), N_("into a file; else to standard output")},
    {"all", NULL, N_("what is done too, marked so")},
    {"alarm", N_("DAYS"), N_("with a reminder so many days before, at 9 in the morning")},
    {"domain", N_("NAME"), N_("the end of each entry's id (marshrut): one for each engine")},
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

/* workday_calendar.c - the calendar of `workdays` and `workday`, and what it does not know
 *
 * Owns:    the meaning of --calendar, --with and --week, and the notes about years.
 * In:      workdays.c, workday.c; the calendars in the program (bundled_calendars.h), files.
 * Out:     a table of worked days; problems of files as check shows them; notes.
 * Always:  a year that is not approved is told. The working directory means nothing unless a file
 *          is named.
 */
#include "cli/workday_calendar.h"

#include "base/must.h"
#include "calendar/workdays_json.h"
#include "cli/bundled_calendars.h"
#include "cli/documents.h"
#include "cli/language.h"
#include "cli/problem_lines.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define NAME_SIX_DAYS "ru-six-day" /* knows the short Saturdays, too */

/* --- files ------------------------------------------------------------------------------------ */

static bool is_path(const char *word)
{
    const char *dot = strrchr(word, '.');

    return strchr(word, '/') != NULL || strcmp(word, "-") == 0 ||
           (dot != NULL && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0));
}

/* The version after the newest of its name: a file may replace what the program has. */
static const struct definition *add(struct catalog *catalog, struct definition *definition)
{
    const struct definition *before = catalog_find(catalog, definition->kind, definition->name);
    const struct definition *added = definition;

    catalog_add(catalog, &definition, catalog_next_number(catalog),
                before != NULL ? before->version + 1 : 1);
    return added;
}

/* What is only extended: its form alone counts, as its order and its errors are not what is asked
 * about. */
static void add_beside(struct catalog *catalog, const struct documents *documents, uint32_t index)
{
    const struct document_options options = {0};
    struct problems problems = {0};
    struct definition *definition;

    documents_check(documents, index, &options, &problems, &definition);
    if (definition != NULL && definition->kind == DEFINITION_CALENDAR) {
        add(catalog, definition);
    } else {
        definition_destroy(definition);
    }
    problems_fini(&problems);
}

static enum exit_code check_file(struct session *session, const struct documents *documents,
                                 struct workday_calendar *calendar)
{
    const struct document_options options = {.catalog = calendar->catalog};
    struct problems problems = {0};
    struct definition *definition;
    struct error err;

    documents_check(documents, 0, &options, &problems, &definition);
    problem_lines_print(&problems, &documents->items[0], &session->err);
    problems_fini(&problems);
    if (definition == NULL) {
        return EXIT_CODE_REFUSED;
    }
    if (definition->kind != DEFINITION_CALENDAR) {
        error_set(&err, ERROR_INVALID, _("%s is not a calendar"), documents->items[0].path);
        definition_destroy(definition);
        return session_usage(session, &err);
    }
    calendar->name = add(calendar->catalog, definition)->name;
    return EXIT_CODE_DONE;
}

static bool gather(const struct arguments *arguments, const char *file, struct documents *documents,
                   struct error *err)
{
    const char *path;

    if (!documents_add(documents, file, true, err)) {
        return false;
    }
    if (documents->count != 1) {
        return error_set(err, ERROR_INVALID, _("%s is not a calendar"), file);
    }
    for (size_t i = 0; (path = arguments_get_at(arguments, "with", i)) != NULL; i++) {
        if (!documents_add(documents, path, false, err)) {
            return false;
        }
    }
    return true;
}

static enum exit_code open_file(struct session *session, const struct arguments *arguments,
                                const char *file, struct workday_calendar *calendar)
{
    struct documents documents = {0};
    struct error err;
    enum exit_code code;

    if (gather(arguments, file, &documents, &err)) {
        for (uint32_t i = 1; i < documents.count; i++) {
            add_beside(calendar->catalog, &documents, i);
        }
        code = check_file(session, &documents, calendar);
    } else {
        code = session_usage(session, &err);
    }
    documents_fini(&documents);
    return code;
}

/* --- names ------------------------------------------------------------------------------------ */

static enum exit_code open_name(struct session *session, const char *name,
                                struct workday_calendar *calendar)
{
    const struct definition *d = catalog_find(calendar->catalog, DEFINITION_CALENDAR, name);
    struct buffer known = BUFFER_INIT;
    struct error err;

    if (d != NULL) {
        calendar->name = d->name;
        return EXIT_CODE_DONE;
    }
    for (const struct bundled_text *b = bundled_calendars; b->name != NULL; b++) {
        text_put(&known, "%s%s", b == bundled_calendars ? "" : ", ", b->name);
    }
    char *names = text_take(&known);
    error_set(&err, ERROR_NOT_FOUND,
              _("the program has no calendar \"%s\": it has %s; name a file by its path"), name,
              names);
    free(names);
    return session_usage(session, &err);
}

/* A calendar that extends the chosen one and has another week. Its name is that of no file: files
 * have names without '/'. */
static void set_week(struct workday_calendar *calendar, int days)
{
    struct definition *d = xcalloc(1, sizeof *d);

    d->kind = DEFINITION_CALENDAR;
    d->name = xstrdup("/week");
    d->calendar.extends = xstrdup(calendar->name);
    d->calendar.week = days == 6 ? WEEK_SIX : WEEK_FIVE;
    calendar->workdays = catalog_workdays(calendar->catalog, add(calendar->catalog, d)->name);
}

enum exit_code workday_calendar_open(struct session *session, const struct arguments *arguments,
                                     struct workday_calendar *ret_calendar)
{
    const char *word = arguments_get(arguments, "calendar");
    struct workday_calendar calendar = {.catalog = catalog_create()};
    uint64_t week = 0;
    struct error err;

    bundled_calendars_add(calendar.catalog);
    enum exit_code code = arguments_number(arguments, "week", 5, 6, &week, &err)
                              ? EXIT_CODE_DONE
                              : session_usage(session, &err);
    if (code == EXIT_CODE_DONE && word != NULL && is_path(word)) {
        code = open_file(session, arguments, word, &calendar);
    } else if (code == EXIT_CODE_DONE) {
        word = word != NULL ? word : week == 6 ? NAME_SIX_DAYS : CATALOG_CALENDAR;
        code = open_name(session, word, &calendar);
    }
    if (code != EXIT_CODE_DONE) {
        catalog_destroy(calendar.catalog);
        return code;
    }
    calendar.workdays = catalog_workdays(calendar.catalog, calendar.name);
    if (week != 0) {
        calendar.week = (int)week;
        set_week(&calendar, calendar.week);
    }
    *ret_calendar = calendar;
    return EXIT_CODE_DONE;
}

void workday_calendar_fini(struct workday_calendar *calendar)
{
    catalog_destroy(calendar->catalog);
    *calendar = (struct workday_calendar){0};
}

/* --- what is not known ------------------------------------------------------------------------ */

static void add_note(void *context, const struct error *sentence)
{
    struct buffer *out = context;

    text_put(out, "%s%s", out->size > 0 ? "\n" : "", sentence->text);
}

void workday_calendar_note(const struct session *session, const struct workday_calendar *calendar,
                           civil_day from, civil_day to, json_t *answer)
{
    struct buffer out = BUFFER_INIT;

    json_object_set_new(answer, "calendar", json_string(calendar->name));
    if (calendar->week != 0) {
        json_object_set_new(answer, "week", json_integer(calendar->week));
    }
    workdays_json_missing(calendar->workdays, from, to, answer, add_note, &out);
    char *note = text_take(&out);
    if (note[0] != '\0' && session->json) {
        json_object_set_new(answer, "note", json_string(note));
    } else if (note[0] != '\0') {
        fprintf(session->err.file, "%s\n", note);
    }
    free(note);
}

void workday_calendar_answer(const struct session *session, json_t *answer)
{
    session_print_document(session, answer);
    json_decref(answer);
}

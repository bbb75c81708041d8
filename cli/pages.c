/* pages.c - lists, page by page
 *
 * Owns:    the fields that all list requests share (docs/protocol.md §3.6).
 * In:      commands that list.
 * Always:  a cursor goes back to the engine as it came; all but that of the journal are text.
 */
#include "cli/pages.h"

#include "base/limits.h"
#include "base/must.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/progress.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

/* "outcome-original" -> "outcome_original" */
static void set_field(json_t *request, const char *option, json_t *value)
{
    char *name = xstrdup(option);

    for (char *at = name; *at != '\0'; at++) {
        *at = *at == '-' ? '_' : *at;
    }
    json_object_set_new(request, name, value);
    free(name);
}

static bool add_fields(json_t *request, const struct arguments *arguments,
                       const char *const fields[], struct error *err)
{
    for (size_t i = 0; fields[i] != NULL; i++) {
        const char *value = arguments_get(arguments, fields[i]);
        uint64_t number;
        if (value == NULL) {
            continue;
        }
        if (arguments_is_flag(arguments, fields[i])) {
            set_field(request, fields[i], json_true());
        } else if (strcmp(fields[i], "parent") != 0) {
            set_field(request, fields[i], json_string(value));
        } else if (session_instance(value, &number, err)) {
            json_object_set_new(request, fields[i], json_integer((json_int_t)number));
        } else {
            return false;
        }
    }
    return true;
}

json_t *pages_request(const struct arguments *arguments, const char *const fields[],
                      struct error *err)
{
    json_t *request = json_object();
    uint64_t limit = 0;

    if (!add_fields(request, arguments, fields, err) ||
        !arguments_number(arguments, "limit", 1, LIMIT_PAGE, &limit, err)) {
        json_decref(request);
        return NULL;
    }
    if (limit > 0) {
        json_object_set_new(request, "limit", json_integer((json_int_t)limit));
    }
    if (arguments_has(arguments, "after")) {
        json_object_set_new(request, "after", json_string(arguments_get(arguments, "after")));
    }
    return request;
}

bool pages_word(const struct arguments *arguments, const char *name, const char *const words[],
                struct error *err)
{
    const char *value = arguments_get(arguments, name);
    struct buffer known = BUFFER_INIT;
    bool found = value == NULL;

    for (size_t i = 0; words[i] != NULL; i++) {
        found = found || strcmp(words[i], value) == 0;
        text_put(&known, "%s%s", i > 0 ? ", " : "", words[i]);
    }
    char *list = text_take(&known);
    if (!found) {
        error_set(err, ERROR_INVALID, _("--%s: there is no \"%s\"; there are %s"), name, value,
                  list);
    }
    free(list);
    return found;
}

bool pages_has_rows(const struct session *session, const json_t *answer, const char *nothing)
{
    size_t count;

    field_rows(answer, &count);
    if (count == 0) {
        fprintf(session->out.file, "%s\n", nothing);
    }
    return count > 0;
}

void pages_say_more(const struct session *session, const json_t *answer)
{
    char *next = field_printed(answer, "next");

    if (next != NULL) {
        char *shown = text_harmless(next, strlen(next));
        fprintf(session->out.file, _("There is more: repeat with --after %s\n"), shown);
        free(shown);
    }
    free(next);
}

/* --- all of them --------------------------------------------------------------------------- */

static enum exit_code ask_pages(struct session *session, const char *verb, json_t *request,
                                struct progress *progress, pages_take_fn *take, void *context)
{
    bool more = true;

    while (more) {
        struct answer answer;
        struct error err;
        uint64_t done = 0;
        if (!connection_ask(&session->connection, verb, json_copy(request), session->timeout_ms,
                            &answer, &err)) {
            progress_hide(progress);
            return session_unreachable(session, &err);
        }
        if (!answer.ok) {
            progress_hide(progress);
            return session_take(session, &answer, NULL);
        }
        json_t *next = json_object_get(answer.json, "next");
        more = json_is_string(next);
        json_object_set(request, "after", next);
        more = take(context, answer.json, &done) && more;
        progress_set(progress, done);
        answer_fini(&answer);
    }
    return EXIT_CODE_DONE;
}

enum exit_code pages_each(struct session *session, const char *verb, json_t *request,
                          const char *label, pages_take_fn *take, void *context)
{
    struct progress progress;

    progress_begin(&progress, session, label, 0);
    enum exit_code code = ask_pages(session, verb, request, &progress, take, context);
    progress_end(&progress);
    return code;
}

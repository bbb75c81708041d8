/* try_report.c - steps, events and the end of a try as people read them
 *
 * Owns:    the words of the report.
 * In:      the JSON of try_result.h.
 * Always:  what came from a document is made harmless before it is shown.
 */
#include "cli/try_report.h"

#include "cli/fields.h"
#include "cli/language.h"
#include "cli/refusal.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define VALUE_BYTES 100 /* of an output on one line */

static const char *word_status(const char *status)
{
    static const char *const words[][2] = {{"completed", N_("done")},
                                           {"skipped", N_("skipped")},
                                           {"faulted", N_("error")},
                                           {"cancelled", N_("given up")},
                                           {"waiting", N_("waits")}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i][0], status) == 0) {
            return _(words[i][1]);
        }
    }
    return status;
}

/* One line of JSON, cut at a character. */
static void print_value(const json_t *value, FILE *file)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    size_t size = strlen(text);
    bool cut = size > VALUE_BYTES;

    size = cut ? VALUE_BYTES : size;
    while (cut && size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) {
        size--;
    }
    char *shown = text_harmless(text, size);
    fprintf(file, "%s%s", shown, cut ? "…" : "");
    free(shown);
    free(text);
}

static void print_task(const json_t *task, int depth, FILE *file)
{
    char *name = field_harmless(task, "name");
    char *taken = field_harmless(task, "taken");
    const json_t *index = json_object_get(task, "index");
    const json_t *output = json_object_get(task, "output");

    fprintf(file, "  %*s%s", 2 * depth, "", name ? name : "?");
    if (index != NULL) {
        fprintf(file, " [%lld]", (long long)json_integer_value(index));
    }
    fprintf(file, ": %s", word_status(field_text(task, "status")));
    if (taken != NULL) {
        fprintf(file, " (%s)", taken);
    }
    if (output != NULL && !json_is_null(output)) {
        fputs(" → ", file);
        print_value(output, file);
    }
    fputc('\n', file);
    free(name);
    free(taken);
}

/* The steps of a scope (NULL: of the instances themselves), each with what ran in it. Scopes nest
 * at most LIMIT_STEP_DEPTH deep, and workflows LIMIT_RUN_DEPTH. */
static void print_below(const json_t *tasks, const char *scope, int depth, FILE *file)
{
    const json_t *task;
    size_t i;

    json_array_foreach(tasks, i, task)
    {
        const char *in = field_text(task, "scope");
        const char *id = field_text(task, "task");
        if (scope == NULL ? in != NULL : in == NULL || strcmp(in, scope) != 0) {
            continue;
        }
        print_task(task, depth, file);
        if (id != NULL) {
            print_below(tasks, id, depth + 1, file);
        }
    }
}

static void print_events(const json_t *events, FILE *file)
{
    const json_t *event;
    size_t i;

    json_array_foreach(events, i, event)
    {
        char *type = field_harmless(event, "type");
        fprintf(file, _("Event: %s\n"), type ? type : "?");
        free(type);
    }
}

static void print_error(const json_t *error, FILE *file)
{
    char *title = field_harmless(error, "title");
    char *detail = refusal_sentence(error);
    char *place = field_harmless(error, "instance");

    fprintf(file, _("Error: %s"), title ? title : "?");
    if (detail != NULL) {
        fprintf(file, ": %s", detail);
    }
    if (place != NULL) {
        fprintf(file, " (%s)", place);
    }
    fputc('\n', file);
    free(title);
    free(detail);
    free(place);
}

static void print_waiting(const json_t *waiting, FILE *file)
{
    const json_t *row;
    size_t i;

    json_array_foreach(waiting, i, row)
    {
        char *step = field_harmless(row, "step");
        const char *kind = word_task_kind(field_text(row, "kind"));
        fprintf(file, _("Waits: %s (%s)\n"), step ? step : "?", kind ? kind : "?");
        free(step);
    }
}

void try_report_print(const json_t *result, FILE *file)
{
    const char *status = field_text(result, "status");
    const json_t *tasks = json_object_get(result, "tasks");

    fputs(_("Steps:\n"), file);
    print_below(tasks, NULL, 0, file);
    print_events(json_object_get(result, "events"), file);
    if (strcmp(status, "completed") == 0) {
        fputs(_("Completed: "), file);
        print_value(json_object_get(result, "output"), file);
        fputc('\n', file);
    } else if (strcmp(status, "waiting") == 0) {
        fputs(_("It is not over: nothing more happens by itself.\n"), file);
        print_waiting(json_object_get(result, "waiting"), file);
    } else if (strcmp(status, "faulted") == 0) {
        print_error(json_object_get(result, "error"), file);
    } else {
        fputs(_("Cancelled.\n"), file);
    }
}

/* try_command.c - what an operator does in a try
 *
 * Owns:    the words of such a command, and which task a step's name means.
 * In:      a file given as --event.
 * Out:     a command to the engine of the try.
 * See:     docs/patterns.md §1
 */
#include "cli/try_command.h"

#include "cli/fields.h"
#include "cli/language.h"

#include <string.h>

#define REASON "marshrut try" /* when the command has none */

bool try_command_is(const json_t *value)
{
    return field_text(value, "operator") != NULL || field_text(value, "clock") != NULL;
}

static bool move_clock(struct attempt *a, const json_t *command)
{
    if (strcmp(field_text(command, "clock"), "next") != 0) {
        return error_set(&a->err, ERROR_INVALID, _("\"clock\" must be \"next\""));
    }
    json_t *answer = try_ask(a, "ADVANCE", json_object());
    bool good = answer != NULL;
    json_decref(answer);
    return good;
}

/* The open task of a step of this name; the newest, when there are several. */
static json_t *find_task(struct attempt *a, const char *step)
{
    json_t *why = try_ask(a, "WHY", json_pack("{sI}", "instance", (json_int_t)a->instance));
    const json_t *rows = json_object_get(why, "waiting");
    json_t *task = NULL;

    for (size_t i = json_array_size(rows); task == NULL && i-- > 0;) {
        const json_t *row = json_array_get(rows, i);
        const char *name = field_text(row, "step");
        if (name != NULL && strcmp(name, step) == 0) {
            task = json_incref(json_object_get(row, "task"));
        }
    }
    json_decref(why);
    if (task == NULL && a->err.code == ERROR_NONE) {
        error_set(&a->err, ERROR_INVALID, _("no step \"%s\" is open"), step);
    }
    return task;
}

/* Whom the command is for: the instance, or the task of a step. NULL with a->err. */
static json_t *addressee(struct attempt *a, const json_t *command, bool of_task)
{
    const char *step = field_text(command, "step");

    if (!of_task) {
        return json_pack("{sI}", "instance", (json_int_t)a->instance);
    }
    if (step == NULL) {
        error_set(&a->err, ERROR_INVALID, _("the command of an operator needs a \"step\""));
        return NULL;
    }
    json_t *task = find_task(a, step);
    return task != NULL ? json_pack("{so}", "task", task) : NULL;
}

static bool send(struct attempt *a, const json_t *command, const char *verb, bool of_task)
{
    static const char *const members[] = {"reason", "output", "input"};
    json_t *request = addressee(a, command, of_task);

    if (request == NULL) {
        return false;
    }
    if (strcmp(verb, "RESUME") != 0 && strcmp(verb, "RETRY") != 0) {
        json_object_set_new(request, "reason", json_string(REASON));
    }
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        json_t *member = json_object_get(command, members[i]);
        if (member != NULL) {
            json_object_set(request, members[i], member);
        }
    }
    json_t *answer = try_ask(a, verb, request);
    bool good = answer != NULL;
    json_decref(answer);
    return good;
}

bool try_command_run(struct attempt *a, const json_t *command)
{
    static const struct {
        const char *word;
        const char *verb;
        bool of_task;
    } words[] = {{"cancel", "CANCEL", false},
                 {"suspend", "SUSPEND", false},
                 {"resume", "RESUME", false},
                 {"skip", "SKIP", true},
                 {"retry", "RETRY", true}};
    const char *word = field_text(command, "operator");

    if (word == NULL) {
        return move_clock(a, command);
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].word, word) == 0) {
            return send(a, command, words[i].verb, words[i].of_task);
        }
    }
    return error_set(&a->err, ERROR_INVALID, _("an operator of a try can't \"%s\""), word);
}

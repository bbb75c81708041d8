/* try_command.c - what an operator does in a try
 *
 * Owns:    the words of such a command, and which task a step's name means.
 * In:      a file given as --event.
 * Out:     a command to the engine of the try.
 * See:     docs/patterns.md §1; try_people.c for what people do
 */
#include "cli/try_command.h"

#include "cli/fields.h"
#include "cli/input.h"
#include "cli/language.h"
#include "cli/try_people.h"

#include <string.h>

#define REASON "marshrut try" /* when the command has none */

bool try_command_is(const json_t *value)
{
    return field_text(value, "operator") != NULL || field_text(value, "clock") != NULL ||
           field_text(value, "assignment") != NULL;
}

/* A word that is mistyped would be a wish that nobody hears. */
static bool knows_members(struct attempt *a, const json_t *command, const char *const *known)
{
    const char *member;
    json_t *value;

    json_object_foreach((json_t *)command, member, value)
    {
        size_t i = 0;
        while (known[i] != NULL && strcmp(known[i], member) != 0) {
            i++;
        }
        if (known[i] == NULL) {
            return error_set(&a->err, ERROR_INVALID, _("a command of a course file has no \"%s\""),
                             member);
        }
    }
    return true;
}

static bool move_clock(struct attempt *a, const json_t *command)
{
    if (strcmp(field_text(command, "clock"), "next") != 0) {
        return error_set(&a->err, ERROR_INVALID, _("\"clock\" must be \"next\""));
    }
    if (a->instance != 0) {
        try_course_read(a);
        a->clock_since = a->result.rows;
    }
    json_t *answer = try_ask(a, "ADVANCE", json_object());
    bool good = answer != NULL;
    json_decref(answer);
    return good;
}

/* The open task of a step of this name; the newest, when there are several; a letter about the step
 * only where nothing else is open. NULL: none. */
static json_t *find_task(struct attempt *a, const char *step)
{
    json_t *why = try_ask(a, "WHY", json_pack("{sI}", "instance", (json_int_t)a->instance));
    const json_t *rows = json_object_get(why, "waiting");
    json_t *letter = NULL;
    json_t *task = NULL;

    for (size_t i = json_array_size(rows); task == NULL && i-- > 0;) {
        const json_t *row = json_array_get(rows, i);
        const char *name = field_text(row, "step");
        const char *kind = field_text(row, "kind");
        if (name == NULL || kind == NULL || strcmp(name, step) != 0) {
            continue;
        }
        if (strcmp(kind, "notice") != 0) {
            task = json_object_get(row, "task");
        } else if (letter == NULL) {
            letter = json_object_get(row, "task");
        }
    }
    json_incref(task != NULL ? task : letter);
    json_decref(why);
    return task != NULL ? task : letter;
}

json_t *try_command_task(struct attempt *a, const json_t *command)
{
    const char *step = field_text(command, "step");

    if (step == NULL) {
        error_set(&a->err, ERROR_INVALID, _("the command of an operator needs a \"step\""));
        return NULL;
    }
    json_t *task = find_task(a, step);
    if (task == NULL && a->err.code == ERROR_NONE) {
        error_set(&a->err, ERROR_INVALID, _("no step \"%s\" is open"), step);
    }
    return task;
}

static bool names_task(struct attempt *a, const json_t *command, const char *task)
{
    const char *step = field_text(command, "assignment") ? field_text(command, "step") : NULL;
    json_t *open = step != NULL ? find_task(a, step) : NULL;
    bool same = open != NULL && strcmp(json_string_value(open), task) == 0;

    json_decref(open);
    return same;
}

/* What can't be read now is told when its turn comes; standard input can't be read twice. */
bool try_command_is_awaited(struct attempt *a, const char *task)
{
    bool awaited = false;
    const char *path;

    for (size_t i = a->next_event;
         !awaited && (path = arguments_get_at(a->arguments, "event", i)) != NULL; i++) {
        struct error unread;
        json_t *command = NULL;
        if (strcmp(path, "-") != 0 && input_read_json(path, &command, &unread)) {
            awaited = names_task(a, command, task);
            json_decref(command);
        }
    }
    return awaited;
}

/* Whom the command is for: the instance, or the task of a step. NULL with a->err. */
static json_t *addressee(struct attempt *a, const json_t *command, bool of_task)
{
    if (!of_task) {
        return json_pack("{sI}", "instance", (json_int_t)a->instance);
    }
    json_t *task = try_command_task(a, command);
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
    static const char *const of_people[] = {"assignment", "step",    "by",    "reason", "to",
                                            "day",        "in_part", "pause", "report", NULL};
    static const char *const of_operator[] = {"operator", "step",  "reason",
                                              "output",   "input", NULL};
    static const char *const of_clock[] = {"clock", NULL};
    const char *word = field_text(command, "operator");

    if (field_text(command, "assignment") != NULL) {
        return knows_members(a, command, of_people) && try_people_command(a, command);
    }
    if (word == NULL) {
        return knows_members(a, command, of_clock) && move_clock(a, command);
    }
    if (!knows_members(a, command, of_operator)) {
        return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].word, word) == 0) {
            return send(a, command, words[i].verb, words[i].of_task);
        }
    }
    return error_set(&a->err, ERROR_INVALID, _("an operator of a try can't \"%s\""), word);
}

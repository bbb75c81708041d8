/* complete_live.c - values from the engine for the completion of a command line
 *
 * Owns:    which question finds the values of a kind, and how long a person waits for it.
 * In:      complete.c.
 * Always:  an engine that is not there, is slow, or refuses: no values, and no word about it.
 */
#include "base/limits.h"
#include "cli/complete.h"
#include "cli/fields.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 700 /* longer, and the shell seems to hang */

static json_t *ask(struct connection *connection, const char *verb, json_t *request)
{
    struct answer answer;
    struct error err;

    json_object_set_new(request, "limit", json_integer((json_int_t)LIMIT_PAGE));
    if (!connection_ask(connection, verb, request, PATIENCE_MS, &answer, &err)) {
        return NULL;
    }
    json_t *json = answer.ok ? json_incref(answer.json) : NULL;
    answer_fini(&answer);
    return json;
}

/* The field of each row of a page. */
static void add_field(struct complete *c, struct connection *connection, const char *verb,
                      json_t *request, const char *field)
{
    json_t *answer = ask(connection, verb, request);
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count; i++) {
        char *text = field_printed(json_array_get(rows, i), field);
        if (text != NULL) {
            complete_add(c, text);
        }
        free(text);
    }
    json_decref(answer);
}

static void add_definitions(struct complete *c, struct connection *connection, bool plans,
                            bool running)
{
    json_t *answer = ask(connection, "DEFINITIONS", json_object());
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        const char *kind = field_text(row, "kind");
        const char *name = field_text(row, "name");
        bool plan = kind != NULL && strcmp(kind, "roadmap") == 0;
        bool workflow = kind != NULL && strcmp(kind, "workflow") == 0;
        if (name != NULL && (plan || (!plans && (workflow || !running)))) {
            complete_add(c, name);
        }
    }
    json_decref(answer);
}

static void add_tasks(struct complete *c, struct connection *connection,
                      const struct command *command)
{
    bool people = strcmp(command->name, "retry") != 0;
    bool programs = strcmp(command->name, "assignment") != 0;

    if (programs) {
        add_field(c, connection, "INCIDENTS", json_object(), "task");
    }
    if (people) {
        add_field(c, connection, "ASSIGNMENTS", json_pack("{sb}", "open", 1), "task");
    }
}

void complete_live(struct complete *complete, const struct command *command, enum value_kind kind)
{
    struct connection connection;

    connection_init(&connection, complete->given);
    switch (kind) {
    case VALUE_INSTANCE:
        add_field(complete, &connection, "LIST", json_object(), "instance");
        break;
    case VALUE_TASK:
        add_tasks(complete, &connection, command);
        break;
    case VALUE_DEFINITION:
    case VALUE_PLAN:
        add_definitions(complete, &connection,
                        kind == VALUE_PLAN || strcmp(command->name, "roadmap") == 0,
                        strcmp(command->name, "remove") != 0);
        break;
    case VALUE_BODY:
        add_field(complete, &connection, "BODIES", json_object(), "id");
        break;
    case VALUE_ITEM:
        add_field(complete, &connection, "ASSIGNMENTS", json_pack("{sb}", "open", 1), "no");
        break;
    default:
        break;
    }
    connection_fini(&connection);
}

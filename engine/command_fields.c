/* command_fields.c - the fields of a command, from its JSON
 *
 * Owns:    which fields a command has and what they must look like (protocol §3.5).
 * In:      commands.c, which carries it out; foresee.c, which looks what would come of it.
 * Always:  nothing is decided here: whether the fields fit the state is core's.
 */
#include "engine/command_fields.h"

#include <stdlib.h>
#include <string.h>

static struct bytes json_bytes(const json_t *value)
{
    return json_is_string(value)
               ? (struct bytes){json_string_value(value), json_string_length(value)}
               : (struct bytes){NULL, 0};
}

bool command_read_instance(const json_t *request, uint64_t *ret_id, struct error *err)
{
    const json_t *id = json_object_get(request, "instance");

    if (!json_is_integer(id) || json_integer_value(id) < 1) {
        return error_set(err, ERROR_INVALID, "\"instance\" must be the number of an instance");
    }
    *ret_id = (uint64_t)json_integer_value(id);
    return true;
}

bool command_read_task(const json_t *request, struct task_id *ret_id, struct error *err)
{
    if (!task_id_parse(json_bytes(json_object_get(request, "task")), ret_id)) {
        return error_set(err, ERROR_INVALID, "\"task\" must name a task, like \"17.2\"");
    }
    return true;
}

bool command_needs_reason(enum client_verb verb)
{
    return verb == CLIENT_CANCEL || verb == CLIENT_SUSPEND || verb == CLIENT_SKIP;
}

bool command_read_reason(const json_t *request, bool needed, struct bytes *ret_reason,
                         struct error *err)
{
    const json_t *reason = json_object_get(request, "reason");

    if ((reason != NULL && !json_is_string(reason)) ||
        (needed && json_string_length(reason) == 0)) {
        return error_set(err, ERROR_INVALID, "\"reason\" must be text, and not empty");
    }
    if (json_string_length(reason) > LIMIT_TEXT_BYTES) {
        return error_set(err, ERROR_TOO_LARGE, "\"reason\" has more than %u bytes",
                         LIMIT_TEXT_BYTES);
    }
    *ret_reason = json_bytes(reason);
    return true;
}

struct bytes command_text(struct arena *arena, const json_t *value, size_t flags)
{
    char *text = json_dumps(value, flags);
    struct bytes copy = arena_copy(arena, bytes_of(text));

    free(text);
    return copy;
}

struct bytes command_read_json(struct arena *arena, const json_t *request, const char *field)
{
    const json_t *value = json_object_get(request, field);

    if (value == NULL || json_is_null(value)) {
        return (struct bytes){NULL, 0};
    }
    return command_text(arena, value, JSON_COMPACT | JSON_ENCODE_ANY);
}

/* --- assignments --------------------------------------------------------------------------- */

static bool read_pause(const json_t *request, bool may_lack, enum pause_kind *ret_kind,
                       struct error *err)
{
    const json_t *pause = json_object_get(request, "pause");
    const char *word = json_string_value(pause);

    *ret_kind = PAUSE_NONE;
    for (int i = PAUSE_NONE + 1; word != NULL && i < PAUSE_KIND_COUNT; i++) {
        if (strcmp(pause_kind_name((enum pause_kind)i), word) == 0) {
            *ret_kind = (enum pause_kind)i;
        }
    }
    return *ret_kind != PAUSE_NONE || (may_lack && pause == NULL) ||
           error_set(err, ERROR_INVALID, "\"pause\" must be leave, higher_order or waits");
}

static bool read_day(const json_t *request, civil_day *ret_day, struct error *err)
{
    const json_t *day = json_object_get(request, "day");

    *ret_day = CIVIL_DAY_NONE;
    if (day == NULL || civil_parse(bytes_of(json_string_value(day)), ret_day)) {
        return true;
    }
    return error_set(err, ERROR_INVALID, "\"day\" must be a date like 2023-08-15");
}

/* What the action needs beside who, why and which. */
static bool read_details(struct arena *arena, const json_t *request, bool may_lack,
                         struct assignment_command *c, struct error *err)
{
    const json_t *report = json_object_get(request, "report");

    if (report != NULL && !json_is_object(report)) {
        return error_set(err, ERROR_INVALID, "\"report\" must be an object");
    }
    if (c->action == ACTION_PAUSE && !read_pause(request, may_lack, &c->pause, err)) {
        return false;
    }
    c->report = command_read_json(arena, request, "report");
    c->to = json_bytes(json_object_get(request, "to"));
    c->in_part = json_is_true(json_object_get(request, "in_part"));
    return read_day(request, &c->day, err);
}

bool command_read_assignment(struct arena *arena, const json_t *request, bool may_lack,
                             struct assignment_command *ret_command, struct error *err)
{
    struct assignment_command c = {.by = json_bytes(json_object_get(request, "by"))};

    c.action = assignment_action_find(json_string_value(json_object_get(request, "action")));
    if (!command_read_reason(request, false, &c.reason, err)) {
        return false;
    }
    if (c.action == 0) {
        return error_set(err, ERROR_INVALID,
                         "\"action\" must be report, accept, return, withdraw, extend, grant, "
                         "refuse, move, pause, resume, delegate, reassign or comment");
    }
    if (c.by.size == 0) {
        return error_set(err, ERROR_INVALID, "\"by\" must name the body that acts");
    }
    if (!read_details(arena, request, may_lack, &c, err)) {
        return false;
    }
    *ret_command = c;
    return true;
}

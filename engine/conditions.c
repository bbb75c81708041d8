/* conditions.c - by, expect and once of a command
 *
 * Owns:    what they look like, and whether an instance is still what the asker has seen.
 * In:      commands.c, before a command is run.
 * Always:  changes nothing; the instance is as this turn has it so far.
 */
#include "engine/conditions.h"

#include "base/limits.h"
#include "wire/worker.h"

static bool has_control(struct bytes text)
{
    const unsigned char *at = text.data;
    bool found = false;

    for (size_t i = 0; i < text.size; i++) {
        bool c1 = at[i] == 0xC2 && i + 1 < text.size && at[i + 1] < 0xA0;
        found = found || at[i] < 0x20 || at[i] == 0x7F || c1;
    }
    return found;
}

/* UTF-8, checked by the JSON reader. */
static bool read_text(const json_t *request, const char *field, size_t most, struct bytes *ret_text,
                      struct error *err)
{
    const json_t *value = json_object_get(request, field);

    *ret_text = (struct bytes){json_string_value(value), json_string_length(value)};
    if (value == NULL || json_is_null(value)) {
        return true;
    }
    if (ret_text->size > most) {
        return error_set(err, ERROR_TOO_LARGE, "\"%s\" has more than %zu bytes", field, most);
    }
    return (ret_text->size > 0 && !has_control(*ret_text)) ||
           error_set(err, ERROR_INVALID,
                     "\"%s\" must be text, not empty and without control characters", field);
}

static bool is_ascii(struct bytes text)
{
    const unsigned char *at = text.data;
    bool good = true;

    for (size_t i = 0; i < text.size; i++) {
        good = good && at[i] < 0x7F;
    }
    return good;
}

bool conditions_read(const json_t *request, struct conditions *ret_conditions, struct error *err)
{
    const json_t *expect = json_object_get(request, "expect");
    bool expects = expect != NULL && !json_is_null(expect);
    struct conditions c = {0};

    if (!read_text(request, "by", LIMIT_BY_BYTES, &c.by, err) ||
        !read_text(request, "once", LIMIT_ONCE_BYTES, &c.once, err)) {
        return false;
    }
    if (!is_ascii(c.once)) {
        return error_set(err, ERROR_INVALID, "\"once\" must be printable ASCII");
    }
    if (expects && (!json_is_integer(expect) || json_integer_value(expect) < 1)) {
        return error_set(err, ERROR_INVALID, "\"expect\" must be the number of a journal entry");
    }
    c.expect = expects ? (uint64_t)json_integer_value(expect) : 0;
    *ret_conditions = c;
    return true;
}

bool conditions_hold(struct turn *turn, const json_t *request, uint64_t expect, struct error *err)
{
    const json_t *task = json_object_get(request, "task");
    const json_t *id = json_object_get(request, "instance");
    struct world *world = turn_world(turn);
    struct task_id of = {0, 0};

    if (expect == 0) {
        return true;
    }
    if (task == NULL && id == NULL) {
        return error_set(err, ERROR_INVALID, "\"expect\" is for a command to one instance or task");
    }
    if (json_is_string(task)) {
        task_id_parse((struct bytes){json_string_value(task), json_string_length(task)}, &of);
    } else if (json_is_integer(id) && json_integer_value(id) > 0) {
        of.instance = (uint64_t)json_integer_value(id);
    }
    const struct instance *instance = of.instance != 0 ? world->get(world, of.instance) : NULL;
    return instance == NULL || instance->journal == expect ||
           error_set(err, ERROR_STALE,
                     "instance %llu has changed since you looked at it: its journal entry is %llu, "
                     "not %llu",
                     (unsigned long long)of.instance, (unsigned long long)instance->journal,
                     (unsigned long long)expect);
}

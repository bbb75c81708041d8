/* starts.c - instances that clients start
 *
 * Owns:    the fields of BEGIN and the input of START: what they must look like (protocol §3.5).
 * In:      commands.c, in an open turn.
 * Out:     decide_start().
 * Always:  an input is parsed once: the first step reads what was parsed here.
 */
#include "engine/starts.h"

#include "engine/core/decide.h"

#include <stdio.h>
#include <stdlib.h>

#define PRIORITY_USUAL 5
#define PRIORITY_MAX   9

static const struct definition *find_startable(const struct engine *e, const char *name)
{
    const struct definition *d = catalog_find(e->catalog, DEFINITION_WORKFLOW, name);

    return d != NULL ? d : catalog_find(e->catalog, DEFINITION_ROADMAP, name);
}

static bool refuse_unknown(const struct engine *e, const char *name, struct error *err)
{
    if (catalog_find(e->catalog, DEFINITION_BODIES, name) != NULL ||
        catalog_find(e->catalog, DEFINITION_POLICY, name) != NULL) {
        return error_set(err, ERROR_INVALID, "\"%s\" is neither a workflow nor a roadmap", name);
    }
    return error_set(err, ERROR_NOT_FOUND, "there is no workflow or roadmap \"%.128s\"", name);
}

/* value: what start->input is as text. */
static bool begin(struct engine *e, const struct start *start, json_t *value, uint64_t *ret_id,
                  bool *ret_created, struct error *err)
{
    struct world *world = turn_world(&e->turn);

    world->known = (struct known_json){start->input, value}; /* the first step reads it */
    bool started = decide_start(world, start, ret_id, ret_created, err);
    world->known = (struct known_json){{NULL, 0}, NULL};
    return started;
}

bool starts_run(struct engine *e, const struct client_message *header, struct bytes payload,
                struct bytes *ret_answer, struct error *err)
{
    char text[80];
    uint64_t id;
    bool created;
    struct start start = {.definition = find_startable(e, header->definition),
                          .key = bytes_of(header->key),
                          .input = payload,
                          .priority = header->priority};

    if (start.definition == NULL) {
        return refuse_unknown(e, header->definition, err);
    }
    json_error_t where;
    json_t *input = json_loadb(payload.size ? payload.data : "{}", payload.size ? payload.size : 2,
                               JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(input)) {
        bool json = input != NULL;
        json_decref(input);
        return json ? error_set(err, ERROR_INVALID, "the input must be a JSON object")
                    : error_set(err, ERROR_SYNTAX, "the input is not JSON: %s", where.text);
    }
    bool started = begin(e, &start, input, &id, &created, err);
    json_decref(input);
    if (!started) {
        return false;
    }
    int size = snprintf(text, sizeof text, "{\"instance\":%llu,\"created\":%s}",
                        (unsigned long long)id, created ? "true" : "false");
    *ret_answer = arena_copy(&e->turn.arena, (struct bytes){text, (size_t)size});
    return true;
}

/* --- BEGIN --------------------------------------------------------------------------------- */

static bool is_there(const json_t *value)
{
    return value != NULL && !json_is_null(value);
}

static bool read_key(const json_t *request, struct start *start, struct error *err)
{
    const json_t *key = json_object_get(request, "key");

    start->key = (struct bytes){json_string_value(key), json_string_length(key)};
    return !is_there(key) || client_key_valid(start->key) ||
           error_set(err, ERROR_INVALID,
                     "\"key\" must be 1 to %u printable ASCII characters without blanks",
                     LIMIT_KEY_BYTES);
}

static bool read_priority(const json_t *request, struct start *start, struct error *err)
{
    const json_t *priority = json_object_get(request, "priority");
    json_int_t number = is_there(priority) ? json_integer_value(priority) : PRIORITY_USUAL;

    start->priority = (unsigned)number;
    return (!is_there(priority) || json_is_integer(priority)) && number >= 0 &&
                   number <= PRIORITY_MAX
               ? true
               : error_set(err, ERROR_INVALID, "\"priority\" must be 0 to 9");
}

static bool read_input(struct engine *e, const json_t *request, struct start *start,
                       json_t **ret_input, struct error *err)
{
    json_t *input = json_object_get(request, "input");

    *ret_input = NULL;
    if (!is_there(input)) {
        return true;
    }
    if (!json_is_object(input)) {
        return error_set(err, ERROR_INVALID, "the input must be a JSON object");
    }
    char *text = json_dumps(input, JSON_COMPACT);
    start->input = arena_copy(&e->turn.arena, bytes_of(text));
    free(text);
    *ret_input = input;
    return true;
}

bool starts_begin(struct engine *e, const json_t *request, json_t **ret_answer, struct error *err)
{
    const char *name = json_string_value(json_object_get(request, "definition"));
    struct start start = {0};
    json_t *input;
    uint64_t id;
    bool created;

    if (name == NULL) {
        return error_set(err, ERROR_INVALID, "\"definition\" must be the name of a definition");
    }
    start.definition = find_startable(e, name);
    if (start.definition == NULL) {
        return refuse_unknown(e, name, err);
    }
    if (!read_key(request, &start, err) || !read_priority(request, &start, err) ||
        !read_input(e, request, &start, &input, err) ||
        !begin(e, &start, input, &id, &created, err)) {
        return false;
    }
    *ret_answer = json_pack("{sI sb}", "instance", (json_int_t)id, "created", created);
    return true;
}

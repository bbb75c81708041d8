/* addressee.c - start-or-signal: one command, one transaction
 *
 * Owns:    which fields it has, and what happens when the instance is there, is not, or is over.
 * In:      events.c, with an event that was not seen before.
 * Out:     decide_event() for the record, decide_start(), events_tell().
 * Always:  refused before anything is decided; the record of the event comes before what it sets
 *          going.
 */
#include "engine/addressee.h"

#include "base/must.h"
#include "wire/client.h"

#include <stdlib.h>
#include <string.h>

#define PRIORITY_USUAL 5

/* --- reading ------------------------------------------------------------------------------- */

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words != NULL && strcmp(*words, word) != 0) {
        words++;
    }
    return *words != NULL;
}

static bool check_words(const json_t *map, const char *what, const char *const *words,
                        struct error *err)
{
    const char *word;
    json_t *value;

    if (!json_is_object(map)) {
        return error_set(err, ERROR_INVALID, "\"%s\" must be an object", what);
    }
    json_object_foreach((json_t *)map, word, value)
    {
        if (!is_one_of(word, words)) {
            return error_set(err, ERROR_INVALID, "\"%s\" has no field \"%.64s\"", what, word);
        }
    }
    return true;
}

static bool read_key(const json_t *map, struct bytes *ret_key, struct error *err)
{
    const json_t *key = json_object_get(map, "key");

    *ret_key = (struct bytes){json_string_value(key), json_string_length(key)};
    return (json_is_string(key) && client_key_valid(*ret_key)) ||
           error_set(err, ERROR_INVALID,
                     "\"key\" must be 1 to %u printable ASCII characters without blanks",
                     LIMIT_KEY_BYTES);
}

static bool read_definition(struct turn *turn, const json_t *map, struct addressee *to,
                            struct error *err)
{
    const char *name = json_string_value(json_object_get(map, "definition"));

    if (name == NULL) {
        return error_set(err, ERROR_INVALID, "\"definition\" must be the name of a workflow");
    }
    to->definition = catalog_find(turn->world.catalog, DEFINITION_WORKFLOW, name);
    return to->definition != NULL ||
           error_set(err, ERROR_NOT_FOUND, "there is no workflow \"%.128s\"", name);
}

static bool read_input(struct turn *turn, const json_t *map, struct addressee *to,
                       struct error *err)
{
    const json_t *input = json_object_get(map, "input");
    const json_t *priority = json_object_get(map, "priority");

    if (input != NULL && !json_is_object(input)) {
        return error_set(err, ERROR_INVALID, "\"input\" must be a JSON object");
    }
    if (priority != NULL && (!json_is_integer(priority) || json_integer_value(priority) < 0 ||
                             json_integer_value(priority) > 9)) {
        return error_set(err, ERROR_INVALID, "\"priority\" must be 0 to 9");
    }
    to->priority = priority ? (unsigned)json_integer_value(priority) : PRIORITY_USUAL;
    if (input != NULL) {
        char *text = json_dumps(input, JSON_COMPACT);
        to->input = arena_copy(&turn->arena, bytes_of(text));
        free(text);
    }
    return true;
}

/* An event has no attribute "event": names of attributes that hold objects are refused. */
bool addressee_read(struct turn *turn, const json_t *request, struct addressee *ret_to,
                    struct error *err)
{
    static const char *const words[] = {"event", "start", "signal", "by", "once", NULL};
    static const char *const start_words[] = {"definition", "key", "input", "priority", NULL};
    static const char *const signal_words[] = {"definition", "key", NULL};
    const json_t *start = json_object_get(request, "start");
    const json_t *only = json_object_get(request, "signal");
    struct addressee to = {.event = json_object_get(request, "event"), .starts = start != NULL};

    if (!json_is_object(to.event)) {
        *ret_to = (struct addressee){.event = request};
        return true;
    }
    if (!check_words(request, "the request", words, err)) {
        return false;
    }
    if (start != NULL && only != NULL) {
        return error_set(err, ERROR_INVALID, "an event has \"start\" or \"signal\", not both");
    }
    if (start != NULL &&
        (!check_words(start, "start", start_words, err) || !read_input(turn, start, &to, err))) {
        return false;
    }
    if (only != NULL && !check_words(only, "signal", signal_words, err)) {
        return false;
    }
    const json_t *whom = start != NULL ? start : only;
    if (whom != NULL && (!read_key(whom, &to.key, err) || !read_definition(turn, whom, &to, err))) {
        return false;
    }
    *ret_to = to;
    return true;
}

/* --- deciding ------------------------------------------------------------------------------ */

static bool find_instance(struct world *world, struct addressee *to, struct error *err)
{
    to->instance = world->find_key(world, to->definition->name, to->key);
    const struct instance *instance = to->instance != 0 ? world->get(world, to->instance) : NULL;

    if (to->instance == 0) {
        return to->starts ||
               error_set(err, ERROR_NOT_FOUND, "no instance of \"%s\" has the key \"%.*s\"",
                         to->definition->name, (int)to->key.size, (const char *)to->key.data);
    }
    if (instance == NULL) {
        return error_set(err, ERROR_NOT_FOUND, "there is no instance %llu",
                         (unsigned long long)to->instance);
    }
    return instance->state == INSTANCE_RUNNING || instance->state == INSTANCE_SUSPENDED ||
           error_set(err, ERROR_CONFLICT, "instance %llu with this key is %s already",
                     (unsigned long long)to->instance, instance_state_name(instance->state));
}

bool addressee_decide(struct events *ev, struct addressee *to, const struct event *event,
                      struct telling *ret_telling, struct error *err)
{
    struct world *world = turn_world(ev->turn);

    if (!find_instance(world, to, err)) {
        return false;
    }
    struct bytes text = events_text(ev, event);
    decide_event(world, bytes_of(event->id), text, false, NULL, 0);
    if (to->instance == 0) {
        struct start start = {.definition = to->definition,
                              .key = to->key,
                              .input = to->input,
                              .priority = to->priority};
        bool started = decide_start(world, &start, &to->instance, &to->created, NULL);
        must(started); /* a workflow, and the key is free */
    }
    *ret_telling = events_tell(ev, to->instance, event, text, false);
    return true;
}

void addressee_tell(struct turn *turn, const struct addressee *to, json_t *answer)
{
    struct world *world = turn_world(turn);

    if (to->definition == NULL) {
        return;
    }
    uint64_t id =
        to->instance != 0 ? to->instance : world->find_key(world, to->definition->name, to->key);
    if (id != 0) {
        json_object_set_new(answer, "instance", json_integer((json_int_t)id));
        json_object_set_new(answer, "created", json_boolean(to->created));
    }
}

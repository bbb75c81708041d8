/* routes.c - from an event to the instances that rules start, signal and assign
 *
 * Owns:    when a rule matches, the key and the input of what it starts.
 * In:      events.c, with each event that was not seen before, in the turn of its intake.
 * Out:     decide_start(), events_tell(), and a RECORD_ROUTED for each rule that matched.
 * Always:  a rule that can't do its work is told in the journal and the log, and does not disturb
 *          the others; the same event never starts anything twice (events.c).
 * See:     docs/language.md §8, docs/storage.md §2.3
 */
#include "engine/routes.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/must.h"
#include "wire/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PRIORITY_USUAL 5

/* A rule at work on an event. */
struct routing {
    struct events *events;
    const struct definition *document;
    const struct route *rule;
    const struct event *event;
    struct bytes text; /* of the event */
    bool emitted;
    uint64_t instance; /* that it reached; 0 = none */
    bool created;
};

static struct world *world_of(const struct routing *r)
{
    return turn_world(r->events->turn);
}

/* --- expressions --------------------------------------------------------------------------- */

static json_t *no_variable(void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

static json_t *value_of(const struct routing *r, uint32_t expression, struct error *err)
{
    return world_of(r)->evaluate(world_of(r), r->document->routes.program, expression,
                                 r->event->json, no_variable, NULL, err);
}

static struct bytes text_of(const struct routing *r, const json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

    must(text != NULL);
    struct bytes copy = arena_copy(&r->events->turn->arena, bytes_of(text));
    free(text);
    return copy;
}

/* --- does it match? ------------------------------------------------------------------------ */

static bool attribute_fits(const char *wanted, const char *there)
{
    return wanted == NULL || strcmp(wanted, there) == 0;
}

/* false with *err: its condition could not be told. */
static bool rule_matches(const struct routing *r, bool *ret_matches, struct error *err)
{
    const struct route *rule = r->rule;

    *ret_matches = attribute_fits(rule->type, r->event->type) &&
                   attribute_fits(rule->source, r->event->source) &&
                   attribute_fits(rule->subject, r->event->subject);
    if (!*ret_matches || rule->where == EXPRESSION_NONE) {
        return true;
    }
    json_t *value = value_of(r, rule->where, err);
    if (value == NULL) {
        return false;
    }
    *ret_matches = json_is_true(value);
    bool good = json_is_boolean(value) || json_is_null(value);
    json_decref(value);
    return good || error_set(err, ERROR_INVALID, "\"where\" must give true or false");
}

/* --- keys ---------------------------------------------------------------------------------- */

/* With a start of its own: two of them make 128 bits. */
static uint64_t hash_event(const struct event *event, uint64_t hash)
{
    static const struct bytes end = {"\xFF", 1}; /* no byte of UTF-8 */

    hash = bytes_hash(bytes_hash(hash, bytes_of(event->source)), end);
    return bytes_hash(bytes_hash(hash, bytes_of(event->id)), end);
}

/* "document/rule:source#id" where that is a key, else with a number in place of source and id. */
static struct bytes usual_key(const struct routing *r)
{
    char key[2 * LIMIT_NAME_BYTES + 2 * LIMIT_KEY_BYTES + 8];

    snprintf(key, sizeof key, "%s/%s:%s#%s", r->document->name, r->rule->name, r->event->source,
             r->event->id);
    if (!client_key_valid(bytes_of(key))) {
        snprintf(key, sizeof key, "%.80s/%.80s:%016llx%016llx", r->document->name, r->rule->name,
                 (unsigned long long)hash_event(r->event, BYTES_HASH_SEED),
                 (unsigned long long)hash_event(r->event, 0x9e3779b97f4a7c15u));
    }
    return arena_copy(&r->events->turn->arena, bytes_of(key));
}

static bool find_key(const struct routing *r, struct bytes *ret_key, struct error *err)
{
    if (r->rule->key == EXPRESSION_NONE) {
        *ret_key = usual_key(r);
        return true;
    }
    json_t *value = value_of(r, r->rule->key, err);
    if (value == NULL) {
        return false;
    }
    struct bytes key = {json_string_value(value), json_string_length(value)};
    bool good = json_is_string(value) && client_key_valid(key);
    *ret_key = good ? arena_copy(&r->events->turn->arena, key) : (struct bytes){NULL, 0};
    json_decref(value);
    return good || error_set(err, ERROR_INVALID,
                             "\"key\" must give 1 to %u printable ASCII characters without blanks",
                             LIMIT_KEY_BYTES);
}

/* --- start and assign ---------------------------------------------------------------------- */

/* The day on which the event came, where the responsible body is. */
static civil_day today_of(const struct routing *r, const json_t *input)
{
    const struct world *world = world_of(r);
    const json_t *body = json_array_get(json_object_get(input, "responsible"), 0);
    civil_day day = (civil_day)(world->now_ms / 86400000);
    int minute;

    if (json_is_string(body) &&
        catalog_find_body(world->catalog, json_string_value(body)) != NULL) {
        return world_today(world, bytes_of(json_string_value(body)));
    }
    if (world->zone != NULL) {
        zone_civil(world->zone, world->now_ms, &day, &minute);
    }
    return day;
}

static void set_window(const struct routing *r, json_t *input)
{
    civil_day day = today_of(r, input);
    char from[CIVIL_TEXT_MAX];
    char to[CIVIL_TEXT_MAX];

    civil_print(day, from);
    civil_print(day + (civil_day)r->rule->due_days, to);
    json_object_set_new(input, "window", json_pack("{ss ss}", "from", from, "to", to));
}

static bool fill_input(const struct routing *r, struct bytes *ret_input, struct error *err)
{
    json_t *data = json_object_get(r->event->json, "data");
    json_t *input = r->rule->input != EXPRESSION_NONE ? value_of(r, r->rule->input, err)
                    : data != NULL                    ? json_incref(data)
                                                      : json_object();

    if (input == NULL) {
        return false;
    }
    if (!json_is_object(input)) {
        json_decref(input);
        return error_set(err, ERROR_INVALID, "the input of a workflow must be an object");
    }
    if (r->rule->due_days > 0) {
        set_window(r, input);
    }
    *ret_input = text_of(r, input);
    json_decref(input);
    return ret_input->size <= LIMIT_PAYLOAD_BYTES ||
           error_set(err, ERROR_TOO_LARGE, "the input has more than %u bytes", LIMIT_PAYLOAD_BYTES);
}

static bool start(struct routing *r, struct error *err)
{
    struct start start = {.priority = PRIORITY_USUAL};

    start.definition = catalog_find(world_of(r)->catalog, DEFINITION_WORKFLOW, r->rule->workflow);
    if (start.definition == NULL) {
        return error_set(err, ERROR_NOT_FOUND, "there is no workflow \"%s\"", r->rule->workflow);
    }
    return find_key(r, &start.key, err) && fill_input(r, &start.input, err) &&
           decide_start(world_of(r), &start, &r->instance, &r->created, err);
}

/* --- signal -------------------------------------------------------------------------------- */

static bool find_instance(struct routing *r, struct error *err)
{
    struct bytes key;

    if (!find_key(r, &key, err)) {
        return false;
    }
    uint64_t id = world_of(r)->find_key(world_of(r), r->rule->workflow, key);
    const struct instance *instance = id != 0 ? world_of(r)->get(world_of(r), id) : NULL;
    if (instance == NULL ||
        (instance->state != INSTANCE_RUNNING && instance->state != INSTANCE_SUSPENDED)) {
        return error_set(err, ERROR_NOT_FOUND, "no instance of \"%s\" runs with the key \"%.*s\"",
                         r->rule->workflow, (int)key.size, (const char *)key.data);
    }
    r->instance = id;
    return true;
}

/* The event as the instance is to hear it: of another type, with other data. */
static bool rewrite(const struct routing *r, struct event *ret_event, struct error *err)
{
    json_t *data = NULL;

    if (r->rule->signal_data != EXPRESSION_NONE) {
        data = value_of(r, r->rule->signal_data, err);
        if (data == NULL) {
            return false;
        }
    }
    *ret_event = *r->event;
    ret_event->json = json_copy(r->event->json);
    ret_event->type = r->rule->signal_type;
    json_object_set_new(ret_event->json, "type", json_string(r->rule->signal_type));
    if (data != NULL) {
        json_object_del(ret_event->json, "data_base64");
        json_object_set_new(ret_event->json, "data", data);
    }
    return true;
}

static bool tell(struct routing *r, struct error *err)
{
    struct event event;

    if (!find_instance(r, err)) {
        return false;
    }
    if (r->rule->signal_type == NULL) {
        events_tell(r->events, r->instance, r->event, r->text, r->emitted);
        buffer_append(&r->events->signalled, &r->instance, sizeof r->instance);
        return true;
    }
    if (!rewrite(r, &event, err)) {
        return false;
    }
    struct bytes text = events_text(r->events, &event);
    bool fits = text.size <= LIMIT_PAYLOAD_BYTES;
    if (fits) {
        events_tell(r->events, r->instance, &event, text, r->emitted);
    }
    event_fini(&event);
    return fits ||
           error_set(err, ERROR_TOO_LARGE, "the event has more than %u bytes", LIMIT_PAYLOAD_BYTES);
}

/* --- all rules ----------------------------------------------------------------------------- */

/* What became of a rule that matched, for the journal. */
static void record(const struct routing *r, const struct error *err)
{
    struct bytes problem = {NULL, 0};

    if (err->code != ERROR_NONE) {
        json_t *json = json_pack("{ss ss}", "code", error_name(err->code), "text", err->text);
        problem = json != NULL ? text_of(r, json) : bytes_of("{}");
        json_decref(json);
    }
    world_record(world_of(r), NULL,
                 (struct record){.kind = RECORD_ROUTED,
                                 .number = r->document->number,
                                 .other = r->instance,
                                 .text = bytes_of(r->rule->name),
                                 .index = (uint32_t)r->rule->deed,
                                 .parent = r->created,
                                 .data = problem});
}

static bool apply_rule(struct routing *r)
{
    struct error err = ERROR_INIT;
    bool matches;

    if (rule_matches(r, &matches, &err) && !matches) {
        return false;
    }
    bool done =
        err.code == ERROR_NONE && (r->rule->deed == ROUTE_SIGNAL ? tell(r, &err) : start(r, &err));
    if (!done && (r->rule->deed != ROUTE_SIGNAL || err.code != ERROR_NOT_FOUND)) {
        log_warn("MR-RULE-FAILED", "document=%s rule=%s: %s", r->document->name, r->rule->name,
                 err.text);
    }
    record(r, &err);
    return done;
}

size_t routes_apply(struct events *ev, const struct event *event, struct bytes text, bool emitted)
{
    const struct catalog *catalog = turn_world(ev->turn)->catalog;
    const struct definition *d;
    size_t done = 0;

    for (uint32_t at = 0; (d = catalog_next_in_force(catalog, &at)) != NULL;) {
        bool routes = d->kind == DEFINITION_ROUTES;
        for (uint32_t i = 0; routes && i < d->routes.route_count; i++) {
            struct routing routing = {.events = ev,
                                      .document = d,
                                      .rule = &d->routes.routes[i],
                                      .event = event,
                                      .text = text,
                                      .emitted = emitted};
            done += apply_rule(&routing);
        }
    }
    return done;
}

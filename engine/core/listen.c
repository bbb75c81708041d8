/* listen.c - events: does a listen wait for this one, and what follows when it was taken
 *
 * Owns:    event filters, correlation, and when a listen has had enough.
 * In:      decide_event() with tasks that the table of subscriptions gave.
 * Out:     records only.
 * Always:  an event is taken by a listen at most once; one that does not fit changes nothing. What
 *          a listen has taken is at most a payload.
 * See:     Serverless Workflow DSL 1.0.3, Listen, Event Filter, Correlation
 */
#include "engine/core/flow.h"

#include "base/limits.h"
#include "base/must.h"

#include <regex.h>
#include <stdio.h>
#include <string.h>

/* --- filters ------------------------------------------------------------------------------- */

bool listen_is_pattern(const char *text)
{
    return strpbrk(text, "^$*+?[(|\\") != NULL;
}

static bool text_fits(const char *pattern, const char *text)
{
    regex_t compiled;

    if (strcmp(pattern, text) == 0) {
        return true;
    }
    if (!listen_is_pattern(pattern) || regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) != 0) {
        return false;
    }
    bool fits = regexec(&compiled, text, 0, NULL, 0) == 0;
    regfree(&compiled);
    return fits;
}

/* `data: ${ .temperature > 38 }`: a condition on the data; any other value must be the same. */
static bool data_fits(struct site *site, uint32_t expression, json_t *data)
{
    struct site of_data = *site;

    of_data.input = data != NULL ? data : json_null();
    json_t *value = value_of(&of_data, expression, NULL);
    bool fits = value != NULL &&
                (json_is_true(value) || (!json_is_boolean(value) && json_equal(value, data)));
    json_decref(value);
    return fits;
}

/* Attributes may be numbers and truth values too (CloudEvents 1.0 §3.1.2). */
static bool written_fits(const char *written, const json_t *there)
{
    char text[32];

    if (json_is_string(there)) {
        return text_fits(written, json_string_value(there));
    }
    snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(there));
    return (json_is_integer(there) && strcmp(written, text) == 0) ||
           (json_is_true(there) && strcmp(written, "true") == 0) ||
           (json_is_false(there) && strcmp(written, "false") == 0);
}

static bool attribute_fits(struct site *site, const struct event_attribute *a, json_t *event)
{
    json_t *there = json_object_get(event, a->name);

    if (strcmp(a->name, "data") == 0 && a->expression != EXPRESSION_NONE) {
        return data_fits(site, a->expression, there);
    }
    if (a->text != NULL) {
        return written_fits(a->text, there);
    }
    json_t *wanted = value_of(site, a->expression, NULL);
    bool fits = wanted != NULL && there != NULL && json_equal(wanted, there);
    json_decref(wanted);
    return fits;
}

/* --- correlation --------------------------------------------------------------------------- */

/* The value must be the one expected, or that of the first event; then it is noted in keys. */
static bool correlation_fits(struct site *site, const struct correlation *c, json_t *event,
                             json_t *keys)
{
    struct site of_event = *site;

    of_event.input = event;
    json_t *value = value_of(&of_event, c->from, NULL);
    json_t *expected = c->expect != EXPRESSION_NONE ? value_of(site, c->expect, NULL)
                                                    : json_incref(json_object_get(keys, c->name));
    bool free = expected == NULL && c->expect == EXPRESSION_NONE;
    bool fits = value != NULL && !json_is_null(value) && (free || json_equal(value, expected));

    if (fits && free) {
        json_object_set(keys, c->name, value);
    }
    json_decref(expected);
    json_decref(value);
    return fits;
}

static bool filter_fits(struct site *site, const struct event_filter *filter, json_t *event,
                        json_t *keys)
{
    const char *type = json_string_value(json_object_get(event, "type"));
    bool fits = type != NULL && (filter->type == NULL || strcmp(filter->type, type) == 0);

    for (uint32_t i = 0; fits && i < filter->attribute_count; i++) {
        fits = attribute_fits(site, &filter->attributes[i], event);
    }
    for (uint32_t i = 0; fits && i < filter->correlation_count; i++) {
        fits = correlation_fits(site, &filter->correlations[i], event, keys);
    }
    return fits;
}

static bool was_taken(const struct task *task, uint32_t filter)
{
    for (uint32_t i = 0; task->scope != NULL && i < task->scope->event_count; i++) {
        if (task->scope->events[i].index == filter) {
            return true;
        }
    }
    return false;
}

/* Which filter takes it; of `all` each takes one event. */
static bool find_filter(struct site *site, const struct task *task, json_t *event, json_t *keys,
                        uint32_t *ret_filter)
{
    const struct consumption *c = &site->step->listen;

    *ret_filter = 0;
    if (c->mode == LISTEN_ANY && c->filter_count == 0) {
        return true;
    }
    for (uint32_t i = 0; i < c->filter_count; i++) {
        if ((c->mode != LISTEN_ALL || !was_taken(task, i)) &&
            filter_fits(site, &c->filters[i], event, keys)) {
            *ret_filter = i;
            return true;
        }
    }
    return false;
}

/* --- enough? ------------------------------------------------------------------------------- */

/* The events taken so far, as a JSON list. */
static json_t *events_of(const struct task *task)
{
    json_t *list = json_array();

    for (uint32_t i = 0; task->scope != NULL && i < task->scope->event_count; i++) {
        json_array_append_new(list, value_parse(task->scope->events[i].value));
    }
    return list;
}

static bool has_enough(struct site *site, const struct task *task, bool *ret_enough,
                       struct error *err)
{
    const struct consumption *c = &site->step->listen;

    *ret_enough = c->mode == LISTEN_ONE || (c->mode == LISTEN_ANY && c->until == UNTIL_FIRST) ||
                  (c->mode == LISTEN_ALL && task->scope->event_count >= c->filter_count);
    if (c->mode != LISTEN_ANY || c->until != UNTIL_EXPRESSION) {
        return true;
    }
    struct site of_events = *site;
    of_events.input = events_of(task);
    bool good = value_is_true(&of_events, c->until_expression, ret_enough, err);
    json_decref(of_events.input);
    return good;
}

/* The listen takes no more; its output follows, of its iterations if it has any. */
static void close_listen(struct site *site, uint32_t seq)
{
    struct instance *instance = (struct instance *)site->instance;
    const struct task *task = instance_find_task(instance, seq);

    if (site->step->kind == STEP_SCHEDULE) {
        schedule_fire(site->world, instance, seq, events_of(task));
        return;
    }
    if (site->step->child == STEP_NONE) {
        struct bytes output = value_text(site->world, events_of(task));
        flow_finish(site->world, instance, seq, output);
        return;
    }
    world_record(site->world, instance, (struct record){.kind = RECORD_TASK_JOINED, .task = seq});
    loop_go_on(site->world, instance, seq);
}

/* --- taking -------------------------------------------------------------------------------- */

static bool ends_it(struct site *site, json_t *event)
{
    const struct consumption *c = &site->step->listen;
    json_t *keys = json_object();
    bool ends = false;

    for (uint32_t i = 0; c->until == UNTIL_EVENT && i < c->until_filter_count && !ends; i++) {
        ends = filter_fits(site, &c->until_filters[i], event, keys);
    }
    json_decref(keys);
    return ends;
}

static struct bytes as_read(struct world *world, const struct step *step, json_t *event)
{
    json_t *data = json_object_get(event, "data");
    bool whole = step->kind == STEP_SCHEDULE || step->read != READ_DATA;

    return value_text(world, whole ? json_incref(event) : data ? json_incref(data) : json_null());
}

static size_t taken_bytes(const struct task *task)
{
    size_t bytes = 0;

    for (uint32_t i = 0; task->scope != NULL && i < task->scope->event_count; i++) {
        bytes += task->scope->events[i].value.size;
    }
    return bytes;
}

/* A foreach without steps of its own only says what of each event is wanted. */
static bool as_wanted(struct site *site, json_t *event, struct bytes *ret_text, struct error *err)
{
    struct step each = {.output_as = site->step->each_output, .export_as = site->step->each_export};
    struct site of_event = *site;

    of_event.input = value_input(site); /* borrowed */
    *ret_text = as_read(site->world, site->step, event);
    if (site->step->child != STEP_NONE || (!each.output_as && !each.export_as)) {
        return true;
    }
    of_event.step = &each;
    of_event.item = *ret_text;
    return flow_give_output(&of_event, value_parse(*ret_text), ret_text, err);
}

static void take(struct site *site, uint32_t seq, uint32_t filter, json_t *event, json_t *keys)
{
    struct world *world = site->world;
    struct instance *instance = (struct instance *)site->instance;
    struct error err = ERROR_INIT;
    struct bytes wanted;
    bool enough;

    if (!as_wanted(site, event, &wanted, &err)) {
        fault_expression(site, seq, &err);
        return;
    }
    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_EVENT,
                                 .task = seq,
                                 .index = filter,
                                 .data = wanted,
                                 .extra = json_object_size(keys) > 0
                                              ? value_text(world, json_incref(keys))
                                              : (struct bytes){NULL, 0}});
    const struct task *task = instance_find_task(instance, seq);
    if (taken_bytes(task) > LIMIT_PAYLOAD_BYTES) {
        error_set(&err, ERROR_TOO_LARGE, "the events taken have more than %u bytes",
                  LIMIT_PAYLOAD_BYTES);
        fault_expression(site, seq, &err);
    } else if (!has_enough(site, task, &enough, &err)) {
        fault_expression(site, seq, &err);
    } else if (enough) {
        close_listen(site, seq);
    } else if (site->step->child != STEP_NONE) {
        loop_go_on(world, instance, seq);
    }
}

bool listen_take(struct world *world, struct instance *instance, uint32_t seq, json_t *event)
{
    const struct task *task = instance_find_task(instance, seq);
    uint32_t filter;
    struct site site;

    if (task->state != TASK_WAITING || (task->scope != NULL && task->scope->stage != 0)) {
        return false;
    }
    site_of_task(&site, world, instance, task);
    site.given = value_input(&site); /* $input, whatever `.` is */
    json_t *keys = value_parse(task->scope != NULL ? task->scope->keys : (struct bytes){NULL, 0});
    bool ends = ends_it(&site, event);
    bool taken = ends || find_filter(&site, task, event, keys, &filter);
    if (ends) {
        close_listen(&site, seq);
    } else if (taken) {
        take(&site, seq, filter, event, keys);
    }
    json_decref(keys);
    site_fini(&site);
    return taken;
}

/* watch_names.c - dictionaries of names
 *
 * Owns:    names as they were last heard.
 * In:      rows of the journal, DEFINITIONS and LIST.
 * Out:     text for lines; not harmless yet, watch_line.c does that.
 */
#include "cli/watch_names.h"

#include "cli/fields.h"
#include "cli/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void watch_names_init(struct watch_names *names)
{
    *names = (struct watch_names){json_object(), json_object(), json_object(),
                                  json_object(), json_object(), json_object()};
}

void watch_names_fini(struct watch_names *names)
{
    json_decref(names->bodies);
    json_decref(names->titles);
    json_decref(names->plans);
    json_decref(names->tasks);
    json_decref(names->steps);
    json_decref(names->items);
}

void watch_names_learn_body(struct watch_names *names, const json_t *row, const char *field)
{
    const char *id = field_text(json_object_get(row, field), "id");
    const char *name = field_body(row, field);

    if (id != NULL && name != NULL) {
        json_object_set_new(names->bodies, id, json_string(name));
    }
}

void watch_names_learn_by(struct watch_names *names, const json_t *row)
{
    const char *by = field_text(row, "by");
    const char *name = field_text(row, "by_name");

    if (by != NULL && name != NULL) {
        json_object_set_new(names->bodies, by, json_string(name));
    }
}

void watch_names_learn_letter(struct watch_names *names, const json_t *letter)
{
    const json_t *assignment = json_object_get(letter, "assignment");
    const json_t *others = json_object_get(assignment, "co_executors");

    watch_names_learn_body(names, letter, "to");
    watch_names_learn_body(names, assignment, "responsible");
    watch_names_learn_body(names, assignment, "controller");
    for (size_t i = 0; i < json_array_size(others); i++) {
        const json_t *body = json_array_get(others, i);
        const char *id = field_text(body, "id");
        const char *name = field_text(body, "short");
        if (id != NULL && name != NULL) {
            json_object_set_new(names->bodies, id, json_string(name));
        }
    }
}

const char *watch_names_body(const struct watch_names *names, const json_t *row, const char *field)
{
    const json_t *body = json_object_get(row, field);
    const char *name = field_body(row, field);
    char beside[32]; /* "by_name" beside "by" */

    snprintf(beside, sizeof beside, "%s_name", field);
    if (json_is_string(body) && field_text(row, beside) != NULL) {
        return field_text(row, beside);
    }

    if (json_is_string(body) && field_text(names->bodies, json_string_value(body)) != NULL) {
        name = field_text(names->bodies, json_string_value(body));
    }
    return name != NULL ? name : "—";
}

void watch_names_set_title(struct watch_names *names, const char *plan, const char *title)
{
    json_object_set_new(names->titles, plan, json_string(title));
}

const char *watch_names_title(const struct watch_names *names, const char *plan)
{
    const char *title = field_text(names->titles, plan);

    return title != NULL ? title : plan;
}

const char *watch_names_learn_definition(struct watch_names *names, const json_t *row)
{
    const char *kind = field_text(row, "kind");
    const char *name = field_text(row, "name");
    const char *title = field_text(row, "title");
    bool plan = kind != NULL && strcmp(kind, "roadmap") == 0;

    if (name == NULL || (!plan && (kind == NULL || strcmp(kind, "workflow") != 0))) {
        return NULL;
    }
    watch_names_set_title(names, name, title != NULL ? title : name);
    return plan ? name : NULL;
}

static char *instance_key(json_int_t instance)
{
    struct buffer key = BUFFER_INIT;

    text_put(&key, "%lld", (long long)instance);
    return text_take(&key);
}

void watch_names_set_plan(struct watch_names *names, json_int_t instance, const char *plan)
{
    char *key = instance_key(instance);

    json_object_set_new(names->plans, key, json_string(plan));
    free(key);
}

const char *watch_names_plan(const struct watch_names *names, json_int_t instance)
{
    char *key = instance_key(instance);
    const char *plan = field_text(names->plans, key);

    free(key);
    return plan;
}

void watch_names_learn_item(struct watch_names *names, const json_t *row)
{
    const json_t *input = json_object_get(row, "input");
    const json_t *facts = json_object_get(row, "assignment");

    facts = facts != NULL ? facts : json_object_get(input, "assignment");
    facts = facts != NULL ? facts : input;
    if (field_text(facts, "no") == NULL || field_text(facts, "title") == NULL) {
        return;
    }
    char *key = instance_key(field_number(row, "instance"));
    json_t *item = json_object_get(names->items, key);
    if (item == NULL) {
        item = json_object();
        json_object_set_new(names->items, key, item);
    }
    json_object_set(item, "no", json_object_get(facts, "no"));
    json_object_set(item, "title", json_object_get(facts, "title"));
    if (field_number(row, "parent") != 0) {
        json_object_set(item, "parent", json_object_get(row, "parent"));
    }
    free(key);
}

const json_t *watch_names_item(const struct watch_names *names, json_int_t instance)
{
    char *key = instance_key(instance);
    const json_t *item = json_object_get(names->items, key);

    free(key);
    return item;
}

void watch_names_learn_row(struct watch_names *names, const json_t *row)
{
    const char *kind = field_text(row, "task_kind");
    const char *task = field_text(row, "task");

    watch_names_learn_body(names, json_object_get(row, "assignment"), "responsible");
    watch_names_learn_letter(names, json_object_get(row, "input"));
    watch_names_learn_body(names, row, "to");
    watch_names_learn_by(names, row);
    watch_names_learn_item(names, row);
    if (kind == NULL && json_is_object(json_object_get(row, "assignment"))) {
        kind = "assignment";
    }
    if (task != NULL && kind != NULL) {
        json_object_set_new(names->tasks, task, json_string(kind));
    }
    if (task != NULL && field_text(row, "step_title") != NULL) {
        json_object_set(names->steps, task, json_object_get(row, "step_title"));
    }
}

bool watch_names_task_is(const struct watch_names *names, const json_t *row, const char *kind)
{
    const char *task = field_text(row, "task");
    const char *known = task != NULL ? field_text(names->tasks, task) : NULL;

    return known != NULL && strcmp(known, kind) == 0;
}

const char *watch_names_step(const struct watch_names *names, const json_t *row)
{
    const char *title = field_text(row, "step_title");
    const char *task = field_text(row, "task");

    if (watch_names_task_is(names, row, "notice")) {
        return NULL;
    }
    return title != NULL || task == NULL ? title : field_text(names->steps, task);
}

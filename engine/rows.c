/* rows.c - what clients see of instances, tasks and assignments
 *
 * Owns:    the field names of the rows (docs/protocol.md §3.6).
 * Always:  texts are passed on as they are; whoever shows them makes them harmless.
 */
#include "engine/rows.h"

#include "base/must.h"
#include "engine/core/peek.h"
#include "engine/core/status.h"

#include <stdio.h>

#define MEMBERS_MAX 8

const char *rows_task_name(uint64_t instance, uint32_t task, char buf[TASK_ID_TEXT_MAX])
{
    task_id_print((struct task_id){instance, task}, buf);
    return buf;
}

void rows_time(int64_t ms, char buf[ROWS_TIME_MAX])
{
    int64_t day_ms = ((ms % 86400000) + 86400000) % 86400000;
    char day[CIVIL_TEXT_MAX];

    civil_print((civil_day)((ms - day_ms) / 86400000), day);
    snprintf(buf, ROWS_TIME_MAX, "%.10sT%02d:%02d:%02d.%03dZ", day, (int)(day_ms / 3600000),
             (int)(day_ms / 60000 % 60), (int)(day_ms / 1000 % 60), (int)(day_ms % 1000));
}

json_t *rows_time_json(int64_t ms)
{
    char text[ROWS_TIME_MAX];

    rows_time(ms, text);
    return json_string(text);
}

static json_t *text_json(struct bytes text)
{
    return json_stringn(text.data ? text.data : "", text.size);
}

json_t *rows_parsed(struct bytes text)
{
    json_t *value =
        text.size ? json_loadb(text.data, text.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL) : NULL;

    return value ? value : json_null();
}

/* A name of ours may be written so, and is not found then without reading all. */
static bool has_escaped_ascii(struct bytes json)
{
    const char *at = json.data;

    for (size_t i = 0; i + 3 < json.size; i++) {
        if (at[i] == '\\' && at[i + 1] == 'u' && at[i + 2] == '0' && at[i + 3] == '0') {
            return true;
        }
    }
    return false;
}

json_t *rows_members(struct bytes json, const char *const *names)
{
    struct bytes values[MEMBERS_MAX];
    size_t count = 0;

    if (has_escaped_ascii(json)) {
        return rows_parsed(json);
    }
    while (names[count] != NULL) {
        must(++count <= MEMBERS_MAX);
    }
    json_t *object = json_object();
    peek_members(json, names, count, values);
    for (size_t i = 0; i < count; i++) {
        if (values[i].size > 0) {
            json_object_set_new(object, names[i], rows_parsed(values[i]));
        }
    }
    return object;
}

void rows_set_text(json_t *row, const char *field, struct bytes text)
{
    if (text.size > 0) {
        json_object_set_new(row, field, text_json(text));
    }
}

void rows_set_json(json_t *row, const char *field, struct bytes text)
{
    if (text.size > 0) {
        json_object_set_new(row, field, rows_parsed(text));
    }
}

void rows_set_day(json_t *row, const char *field, civil_day day)
{
    char text[CIVIL_TEXT_MAX];

    if (day != CIVIL_DAY_NONE) {
        civil_print(day, text);
        json_object_set_new(row, field, json_string(text));
    }
}

json_t *rows_body(const struct catalog *catalog, struct bytes id)
{
    const struct body *body = catalog_find_body_named(catalog, id);

    if (body == NULL) {
        return id.size ? json_pack("{soso}", "id", text_json(id), "name", text_json(id))
                       : json_null();
    }
    return json_pack("{ss ss ss}", "id", body->id, "name", body->name, "short", body->short_name);
}

#define TITLE_BYTES 1000 /* of a title in lists; the whole of it is in the data */

/* The title cut at a character. NULL when there is none. */
json_t *rows_cut_title(const json_t *source)
{
    const json_t *title = json_object_get(source, "title");
    const char *text = json_string_value(title);
    size_t size = json_string_length(title);

    if (text == NULL) {
        return NULL;
    }
    if (size > TITLE_BYTES) {
        size = TITLE_BYTES;
        while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) {
            size--;
        }
    }
    return json_stringn(text, size);
}

/* What an instance is about now: the text of its newest assignment that is open, or else of its
 * newest (also when the report has taken the place of the input); else what its data says. */
static json_t *title_source(const struct instance *i)
{
    static const char *const names[] = {"title", NULL};
    const struct task *newest = NULL;

    for (uint32_t n = 0; n < i->task_count; n++) {
        const struct task *t = &i->tasks[n];
        if (t->assignment != NULL &&
            (newest == NULL || t->state != TASK_CLOSED || newest->state == TASK_CLOSED)) {
            newest = t;
        }
    }
    return rows_members(newest != NULL ? task_input(i, newest) : i->data, names);
}

json_t *rows_instance(const struct catalog *catalog, const struct instance *i)
{
    const struct definition *d = catalog_find_number(catalog, i->definition);
    json_t *data = title_source(i);
    json_t *title = rows_cut_title(data);
    json_t *row = json_pack(
        "{sI ss ss si so ss ss so so}", "instance", (json_int_t)i->id, "definition",
        d ? d->name : "?", "definition_title", d ? d->title : "?", "version",
        d ? (int)d->version : 0, "title", title ? title : json_string(d ? d->title : "?"), "state",
        instance_state_name(i->state), "status", status_name(status_of_instance(i)), "created",
        rows_time_json(i->created_ms), "changed", rows_time_json(i->changed_ms));

    json_decref(data);
    rows_set_text(row, "key", i->key);
    if (i->parent != 0) {
        json_object_set_new(row, "parent", json_integer((json_int_t)i->parent));
    }
    return row;
}

/* The child of a function is called as its caller is: the function's own name says nothing of it.
 */
static const struct step *named_step(const struct workflow *workflow, uint32_t step)
{
    uint32_t parent = workflow->steps[step].parent;

    while (parent != STEP_NONE && workflow->steps[parent].kind == STEP_FUNCTION) {
        step = parent;
        parent = workflow->steps[step].parent;
    }
    return &workflow->steps[step];
}

void rows_set_step(json_t *row, const struct catalog *catalog, const struct instance *i,
                   uint32_t number)
{
    const struct definition *d = catalog_find_number(catalog, i->definition);

    if (d == NULL || d->kind != DEFINITION_WORKFLOW || number >= d->workflow.step_count) {
        bool letter = d != NULL && d->kind == DEFINITION_BODIES; /* of the day */
        json_object_set_new(row, "step", json_string(letter ? "letter" : "?"));
        return;
    }
    const struct step *step = named_step(&d->workflow, number);
    json_object_set_new(row, "step", json_string(step->name));
    if (step->title != NULL) {
        json_object_set_new(row, "step_title", json_string(step->title));
    }
    json_object_set_new(row, "path", json_string(d->workflow.steps[number].pointer));
}

void rows_set_person(json_t *row, const struct view *view, const struct instance *i)
{
    const struct definition *d = catalog_find_cycle(view->catalog, i->definition);

    if (d != NULL) {
        rows_set_text(row, "person", peek_text(view->arena, i->data, d->workflow.cycle->person));
    }
}

/* How many ways through a fork, items of a loop. */
static size_t scope_size(const struct catalog *catalog, const struct instance *i,
                         const struct task *t)
{
    const struct workflow *w = &catalog_find_number(catalog, i->definition)->workflow;
    size_t size = 0;

    if (t->kind == TASK_FORK) {
        for (uint32_t at = w->steps[t->step].child; at != STEP_NONE; at = w->steps[at].next) {
            size++;
        }
        return size;
    }
    json_t *items = rows_parsed(t->input);
    size = json_array_size(items);
    json_decref(items);
    return size;
}

/* Iterations of a loop that is one after another: all before the one that runs. */
static size_t scope_ended(const struct instance *i, const struct task *t)
{
    size_t open = 0;

    for (uint32_t n = 0; n < i->task_count; n++) {
        open += i->tasks[n].parent == t->seq && i->tasks[n].state != TASK_CLOSED;
    }
    return t->kind == TASK_FOR ? t->scope->next_index - open : t->scope->result_count;
}

void rows_set_scope(json_t *row, const struct catalog *catalog, const struct instance *i,
                    const struct task *t)
{
    const struct scope *s = t->scope;
    bool counts = t->kind == TASK_FORK || t->kind == TASK_FOR || t->kind == TASK_MANY;

    if (s == NULL) {
        return;
    }
    if (counts) {
        json_object_set_new(row, "ended", json_integer((json_int_t)scope_ended(i, t)));
        json_object_set_new(row, "of", json_integer((json_int_t)scope_size(catalog, i, t)));
    }
    if ((counts && s->stage == 1) || s->stage == 2) {
        json_object_set_new(row, "joined", json_true());
    }
    if (t->kind == TASK_LISTEN) {
        json_object_set_new(row, "taken", json_integer(s->event_count));
        rows_set_json(row, "correlation", s->keys);
    }
    if (t->kind == TASK_TRY && s->stage == 1) {
        rows_set_json(row, "caught", s->keys);
    }
    if (s->child != 0) {
        json_object_set_new(row, "child", json_integer((json_int_t)s->child));
    }
}

/* Where it runs: its scope, and which branch or turn of it. */
static void set_place(json_t *row, const struct instance *i, const struct task *t)
{
    const struct task *scope = t->parent != 0 ? instance_find_task(i, t->parent) : NULL;
    char id[TASK_ID_TEXT_MAX];

    if (scope == NULL) {
        return;
    }
    json_object_set_new(row, "scope", json_string(rows_task_name(i->id, t->parent, id)));
    if (t->kind == TASK_ITERATION || scope->kind == TASK_FORK) {
        json_object_set_new(row, "index", json_integer(t->index));
    }
}

static void set_lease(json_t *row, const struct view *v, const struct instance *i,
                      const struct task *t)
{
    const struct lease *lease =
        v->dispatch != NULL ? lease_find(&v->dispatch->leases, i->id, t->seq) : NULL;

    if (lease != NULL) {
        json_object_set_new(row, "worker",
                            json_string(((const struct session *)lease->worker)->name));
        if (lease->progress != NULL) {
            rows_set_json(row, "progress", bytes_of(lease->progress));
        }
    }
}

static void set_times(json_t *row, const struct task *t)
{
    if (t->at_ms != 0) {
        json_object_set_new(row, "until", rows_time_json(t->at_ms));
    }
    if (t->limit_ms != 0) {
        json_object_set_new(row, "limit", rows_time_json(t->limit_ms));
    }
}

json_t *rows_task(const struct view *v, const struct instance *i, const struct task *t)
{
    char id[TASK_ID_TEXT_MAX];
    json_t *row = json_pack("{ss ss ss ss si si so}", "task", rows_task_name(i->id, t->seq, id),
                            "kind", task_kind_name(t->kind), "state", task_state_name(t->state),
                            "status", status_name(status_of_task(i, t)), "attempt", (int)t->attempt,
                            "tries", (int)t->tries, "since", rows_time_json(t->since_ms));

    if (t->kind == TASK_CALL || t->kind == TASK_NOTICE) {
        json_object_set_new(row, "service", json_string(facets_service(i, t, v->catalog)));
    }
    rows_set_step(row, v->catalog, i, t->step);
    set_place(row, i, t);
    set_times(row, t);
    set_lease(row, v, i, t);
    rows_set_scope(row, v->catalog, i, t);
    rows_set_json(row, "input", t->input);
    rows_set_json(row, "problem", t->problem);
    if (t->assignment != NULL) {
        json_object_set_new(row, "assignment", rows_assignment(v->catalog, i, t));
        rows_set_json(row, "report", t->assignment->report);
    }
    return row;
}

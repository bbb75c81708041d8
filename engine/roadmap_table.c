/* roadmap_table.c - a plan as it was approved, with what became of each window
 *
 * Owns:    ROADMAP: sections, items, windows, and which items are meant.
 * In:      queries.c, the gateway's page of a plan.
 * Always:  a window without an occurrence is one that has not been started. Numbers of counted
 *          items are not counted here: that takes steps (computed.h).
 * See:     docs/protocol.md §3.6
 */
#include "engine/roadmaps_part.h"

#include "base/limits.h"
#include "engine/filter.h"
#include "engine/rows.h"
#include "engine/snapshot.h"

#include <stdio.h>
#include <string.h>

/* --- finding ------------------------------------------------------------------------------- */

/* The occurrence of this window, or NULL. */
static const struct instance *find_occurrence(const struct plan *plan,
                                              const struct roadmap_item *item, uint32_t window)
{
    char key[LIMIT_KEY_BYTES];
    struct instance *instance = NULL;

    if (plan->instance == 0) {
        return NULL;
    }
    snprintf(key, sizeof key, "%s/%s/%u/%llu", plan->definition->name, item->no, window + 1,
             (unsigned long long)plan->instance);
    uint64_t id = snapshot_find_key(plan->view->txn, item->workflow, bytes_of(key));
    return id != 0 && snapshot_instance(plan->view->txn, plan->view->catalog, plan->view->arena, id,
                                        &instance, NULL)
               ? instance
               : NULL;
}

/* What people do of it: its first assignment that was not delegated from another. */
static const struct task *find_assignment(const struct instance *instance)
{
    for (uint32_t i = 0; instance != NULL && i < instance->task_count; i++) {
        const struct task *task = &instance->tasks[i];
        if (task->assignment != NULL && task->assignment->parent == 0) {
            return task;
        }
    }
    return NULL;
}

static void set_state(json_t *row, const struct instance *instance, const struct task *task)
{
    const struct assignment *a = task->assignment;
    const char *outcome = assignment_outcome(a);
    char name[TASK_ID_TEXT_MAX];

    json_object_set_new(row, "task", json_string(rows_task_name(instance->id, task->seq, name)));
    json_object_set_new(row, "state", json_string(assignment_state_name(a->state)));
    json_object_set_new(row, "phase", json_string(phase_name(a->phase)));
    json_object_set_new(row, "standing", json_string(rows_standing(a)));
    rows_set_day(row, "due", a->to);
    rows_set_day(row, "first_due", a->terms[0].to);
    rows_set_day(row, "reported", a->reported);
    json_object_set_new(row, "moved", json_boolean(a->term_count > 1));
    if (a->extension.by.size > 0) {
        json_object_set_new(row, "extension", json_true());
    }
    if (outcome != NULL) {
        json_object_set_new(row, "outcome", json_string(outcome));
    }
}

static json_t *window_row(const struct plan *plan, const struct roadmap_item *item, uint32_t window)
{
    const struct instance *instance = find_occurrence(plan, item, window);
    const struct task *task = find_assignment(instance);
    json_t *row = json_object();

    rows_set_day(row, "from", item->windows[window].from);
    rows_set_day(row, "to", item->windows[window].to);
    rows_set_day(row, "opens", item->opens[window]);
    if (instance != NULL) {
        json_object_set_new(row, "instance", json_integer((json_int_t)instance->id));
        json_object_set_new(row, "process", json_string(instance_state_name(instance->state)));
    }
    if (task != NULL) {
        set_state(row, instance, task);
    } else {
        json_object_set_new(row, "state", json_string("planned"));
        json_object_set_new(row, "phase", json_string("planned"));
        json_object_set_new(row, "standing", json_string("planned"));
    }
    return row;
}

/* --- items --------------------------------------------------------------------------------- */

static json_t *texts(char *const *list, uint32_t count)
{
    json_t *array = json_array();

    for (uint32_t i = 0; i < count; i++) {
        json_array_append_new(array, json_string(list[i]));
    }
    return array;
}

static json_t *responsible(const struct plan *plan, const struct roadmap_item *item)
{
    json_t *array = json_array();

    for (uint32_t i = 0; i < item->responsible_count; i++) {
        json_array_append_new(array,
                              rows_body(plan->view->catalog, bytes_of(item->responsible[i])));
    }
    return array;
}

/* How many of its windows are over, of those that have begun or are to come. */
static json_t *progress(const json_t *windows)
{
    json_int_t done = 0;
    size_t index;
    json_t *row;

    json_array_foreach(windows, index, row)
    {
        const char *state = json_string_value(json_object_get(row, "state"));
        done += state != NULL &&
                (strncmp(state, "accepted", 8) == 0 || strcmp(state, "withdrawn") == 0);
    }
    return json_pack("{sI sI}", "done", done, "of", (json_int_t)json_array_size(windows));
}

static json_t *item_row(const struct plan *plan, const struct roadmap_item *item)
{
    const struct roadmap *roadmap = &plan->definition->roadmap;
    json_t *windows = json_array();

    for (uint32_t w = 0; w < item->window_count; w++) {
        json_array_append_new(windows, window_row(plan, item, w));
    }
    json_t *row = json_pack(
        "{ss ss* ss so ss ss ss* ss* ss* so ss* ss* ss* so sb so}", "no", item->no, "section",
        item->section == SECTION_NONE ? NULL : roadmap->sections[item->section].no, "title",
        item->title, "bullets", texts(item->bullets, item->bullet_count), "phrase",
        item->due_phrase, "kind", due_kind_name(item->due_kind), "rule", item->due_rule,
        "ambiguity", item->due_ambiguity, "why", item->due_why, "responsible",
        responsible(plan, item), "result", item->result, "audience", item->audience, "note",
        item->note, "after", texts(item->after, item->after_count), "bounded", item->bounded,
        "progress", progress(windows));
    json_object_set_new(row, "windows", windows);
    if (item->computed != NULL) {
        json_object_set_new(row, "computed", json_null());
    }
    return row;
}

static json_t *sections_of(const struct roadmap *roadmap)
{
    json_t *array = json_array();

    for (uint32_t i = 0; i < roadmap->section_count; i++) {
        json_array_append_new(array, json_pack("{ss ss}", "no", roadmap->sections[i].no, "title",
                                               roadmap->sections[i].title));
    }
    return array;
}

/* --- which items --------------------------------------------------------------------------- */

/* What is meant; NULL: any. */
struct choice {
    const char *section; /* its number or title; "-": in none */
    const char *body;    /* a responsible one */
    const char *state;   /* of one of its windows, the "standing" */
};

static bool is_standing(const char *word)
{
    static const char *const words[] = {
        "planned",   "open",     "soon",  "today",    "overdue",
        "critical",  "reported", "asked", "accepted", "accepted_in_part",
        "withdrawn", "paused"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static bool read_choice(const struct view *view, const json_t *request, struct choice *ret_choice,
                        struct error *err)
{
    struct choice *c = ret_choice;

    if (!filter_text(request, "section", &c->section, err) ||
        !filter_text(request, "body", &c->body, err) ||
        !filter_text(request, "state", &c->state, err)) {
        return false;
    }
    if (c->state != NULL && !is_standing(c->state)) {
        return error_set(err, ERROR_INVALID, "\"%s\" can't be \"%.100s\"", "state", c->state);
    }
    return c->body == NULL || catalog_find_body(view->catalog, c->body) != NULL ||
           error_set(err, ERROR_NOT_FOUND, "there is no body \"%.100s\"", c->body);
}

static bool section_fits(const struct roadmap *roadmap, const struct roadmap_item *item,
                         const char *wanted)
{
    bool some = item->section != SECTION_NONE;

    return filter_section_fits(some ? &roadmap->sections[item->section] : NULL, wanted);
}

static bool is_responsible(const struct roadmap_item *item, const char *body)
{
    for (uint32_t i = 0; i < item->responsible_count; i++) {
        if (strcmp(item->responsible[i], body) == 0) {
            return true;
        }
    }
    return false;
}

static bool state_fits(const json_t *row, const char *state)
{
    size_t index;
    json_t *window;

    json_array_foreach(json_object_get(row, "windows"), index, window)
    {
        if (strcmp(json_string_value(json_object_get(window, "standing")), state) == 0) {
            return true;
        }
    }
    return false;
}

/* --- the answer ---------------------------------------------------------------------------- */

static json_t *items_of(const struct plan *plan, const struct choice *choice)
{
    const struct roadmap *roadmap = &plan->definition->roadmap;
    json_t *items = json_array();

    for (uint32_t i = 0; i < roadmap->item_count; i++) {
        const struct roadmap_item *item = &roadmap->items[i];
        if ((choice->section != NULL && !section_fits(roadmap, item, choice->section)) ||
            (choice->body != NULL && !is_responsible(item, choice->body))) {
            continue;
        }
        json_t *row = item_row(plan, item);
        if (choice->state == NULL || state_fits(row, choice->state)) {
            json_array_append(items, row);
        }
        json_decref(row);
    }
    return items;
}

/* By the number of a run, or by its name. */
static bool find_plan(const struct view *view, const json_t *request, struct plan *ret_plan,
                      struct error *err)
{
    const json_t *run = json_object_get(request, "instance");
    const char *name = json_string_value(json_object_get(request, "name"));

    if (json_is_integer(run)) {
        json_int_t id = json_integer_value(run);
        return (id > 0 && roadmap_of(view, (uint64_t)id, ret_plan)) ||
               error_set(err, ERROR_NOT_FOUND, "there is no instance %lld of a plan",
                         (long long)id);
    }
    if (name == NULL) {
        return error_set(err, ERROR_INVALID, "\"name\" must be the name of a plan");
    }
    return roadmap_find(view, name, ret_plan) ||
           error_set(err, ERROR_NOT_FOUND, "there is no roadmap \"%.100s\"", name);
}

json_t *roadmap_answer(const struct view *view, const json_t *request, struct error *err)
{
    struct choice choice;
    struct plan plan;

    if (!find_plan(view, request, &plan, err) || !read_choice(view, request, &choice, err)) {
        return NULL;
    }
    json_t *answer = roadmap_head(&plan);
    json_object_set_new(answer, "sections", sections_of(&plan.definition->roadmap));
    json_object_set_new(answer, "items", items_of(&plan, &choice));
    return answer;
}

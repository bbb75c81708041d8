/* api_roadmaps.c - plans as they were approved, with the state of each window
 *
 * Owns:    GET /roadmaps and /roadmaps/{name}: the table of a plan beside what became of it.
 * In:      definitions of the catalog; occurrences found by their keys (core/roadmap.c gives them).
 * Out:     JSON; a window without an occurrence is one that has not been started.
 * Always:  the version of the plan is the one that its instance runs, not the newest text.
 * See:     docs/http.md §2
 */
#include "base/limits.h"
#include "engine/computed.h"
#include "engine/queries.h"
#include "engine/rows.h"
#include "engine/snapshot.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/counted.h"
#include "engine/web/memo.h"
#include "engine/web/plan_counts.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"
#include "engine/web/web_part.h"

#include <stdio.h>
#include <string.h>

/* A plan and the instance that runs it; instance 0: it was not started. By value: who counts a
 * computed item walks over rows, and that resets the arena. */
struct plan {
    const struct view *view;
    const struct definition *definition;
    uint64_t instance;
    enum instance_state state;
};

/* --- finding ------------------------------------------------------------------------------- */

/* The running instance of a plan, or the last that ran. */
static uint64_t find_instance(const struct view *view, const char *name)
{
    json_t *query = json_pack("{ss si}", "definition", name, "limit", (int)LIMIT_PAGE);
    json_t *answer = query_answer(view, CLIENT_LIST, query, NULL);
    uint64_t found = 0;
    size_t index;
    json_t *row;

    json_array_foreach(json_object_get(answer, "rows"), index, row)
    {
        const char *state = json_string_value(json_object_get(row, "state"));
        found = (uint64_t)json_integer_value(json_object_get(row, "instance"));
        if (state != NULL && strcmp(state, "running") == 0) {
            break;
        }
    }
    json_decref(answer);
    json_decref(query);
    return found;
}

/* false: there is no such plan. */
static bool find_plan(const struct view *view, const char *name, struct plan *ret_plan)
{
    const struct definition *d = catalog_find(view->catalog, DEFINITION_ROADMAP, name);
    uint64_t id = d != NULL ? find_instance(view, name) : 0;
    struct instance *instance = NULL;

    if (d == NULL) {
        return false;
    }
    *ret_plan = (struct plan){.view = view, .definition = d};
    if (id != 0 && snapshot_instance(view->txn, view->catalog, view->arena, id, &instance, NULL)) {
        const struct definition *pinned = catalog_find_number(view->catalog, instance->definition);
        ret_plan->definition = pinned != NULL ? pinned : d;
        ret_plan->instance = id;
        ret_plan->state = instance->state;
    }
    return true;
}

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

/* --- windows ------------------------------------------------------------------------------- */

static void set_day(json_t *row, const char *field, civil_day day)
{
    char text[CIVIL_TEXT_MAX];

    if (day != CIVIL_DAY_NONE) {
        civil_print(day, text);
        json_object_set_new(row, field, json_string(text));
    }
}

static void set_state(json_t *row, const struct instance *instance, const struct task *task)
{
    const struct assignment *a = task->assignment;
    const char *outcome = assignment_outcome(a);
    char name[TASK_ID_TEXT_MAX];

    json_object_set_new(row, "task", json_string(rows_task_name(instance->id, task->seq, name)));
    json_object_set_new(row, "state", json_string(assignment_state_name(a->state)));
    json_object_set_new(row, "phase", json_string(phase_name(a->phase)));
    set_day(row, "due", a->to);
    set_day(row, "first_due", a->terms[0].to);
    set_day(row, "reported", a->reported);
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

    set_day(row, "from", item->windows[window].from);
    set_day(row, "to", item->windows[window].to);
    set_day(row, "opens", item->opens[window]);
    if (instance != NULL) {
        json_object_set_new(row, "instance", json_integer((json_int_t)instance->id));
        json_object_set_new(row, "process", json_string(instance_state_name(instance->state)));
    }
    if (task != NULL) {
        set_state(row, instance, task);
    } else {
        json_object_set_new(row, "state", json_string("planned"));
        json_object_set_new(row, "phase", json_string("planned"));
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
    return row;
}

/* --- the plan ------------------------------------------------------------------------------ */

static json_t *head_of(const struct plan *plan)
{
    const struct roadmap *roadmap = &plan->definition->roadmap;
    json_t *head =
        json_pack("{ss ss* si so}", "name", plan->definition->name, "title",
                  plan->definition->title, "version", (int)plan->definition->version, "controller",
                  rows_body(plan->view->catalog, bytes_of(roadmap->controller)));
    json_t *period = json_pack("{sb}", "open_ended", roadmap->open_ended);

    set_day(period, "from", roadmap->period.from);
    set_day(period, "to", roadmap->period.to);
    json_object_set_new(head, "period", period);
    if (roadmap->signed_day != CIVIL_DAY_NONE) {
        json_t *act = json_object();
        set_day(act, "date", roadmap->signed_day);
        rows_set_text(act, "number", bytes_of(roadmap->act_number ? roadmap->act_number : ""));
        json_object_set_new(head, "act", act);
    }
    if (plan->instance != 0) {
        json_object_set_new(head, "instance", json_integer((json_int_t)plan->instance));
        json_object_set_new(head, "state", json_string(instance_state_name(plan->state)));
    }
    return head;
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

static void show_roadmap(struct exchange *x)
{
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    struct error err;
    struct plan plan;

    if (view == NULL) {
        return;
    }
    if (!find_plan(view, request_path(x, "name"), &plan)) {
        error_set(&err, ERROR_NOT_FOUND, "there is no roadmap \"%.100s\"", request_path(x, "name"));
        answer_refusal(x, &err);
        return;
    }
    const struct roadmap *roadmap = &plan.definition->roadmap;
    json_t *answer = head_of(&plan);
    json_t *items = json_array();
    for (uint32_t i = 0; i < roadmap->item_count; i++) {
        json_t *row = item_row(&plan, &roadmap->items[i]);
        if (roadmap->items[i].computed != NULL) {
            json_t *number = counted_get(x->web->counted, view, reader_entry(x->web->reader),
                                         plan.definition->name, roadmap->items[i].no);
            json_object_set_new(row, "computed", number != NULL ? number : json_null());
        }
        json_array_append_new(items, row);
    }
    json_object_set_new(answer, "sections", sections_of(roadmap));
    json_object_set_new(answer, "items", items);
    answer_json(x, 200, answer);
}

/* What was counted for an item: the number, and with rows=done or rows=of a page of what is counted
 * there. */
static void show_counted(struct exchange *x)
{
    const char *rows = request_text(x, "rows", 4);
    struct error err = ERROR_INIT;
    json_t *query = json_pack("{ss ss ss*}", "plan", request_path(x, "name"), "no",
                              request_path(x, "no"), "rows", rows);

    request_page(x, query);
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    if (rows == NULL && request_format(x) != FORMAT_JSON) {
        rows = "done"; /* a file has rows */
        json_object_set_new(query, "rows", json_string(rows));
    }
    json_t *answer = view != NULL && rows == NULL
                         ? counted_get(x->web->counted, view, reader_entry(x->web->reader),
                                       request_path(x, "name"), request_path(x, "no"))
                         : NULL;
    if (view != NULL && answer == NULL) {
        answer = computed_answer(view, query, &err); /* a page of rows, or why there is no number */
    }
    if (answer != NULL) {
        answer_json(x, 200, answer);
    } else if (view != NULL) {
        answer_refusal(x, &err);
    }
    json_decref(query);
}

/* --- all plans ----------------------------------------------------------------------------- */

static bool is_newest_plan(const struct view *view, const struct definition *d)
{
    return d->kind == DEFINITION_ROADMAP && !d->removed &&
           catalog_find(view->catalog, d->kind, d->name) == d;
}

/* A memo_fn. */
static json_t *plans_answer(const struct view *view, const json_t *request, struct error *err)
{
    struct plan_counts *counts = plan_counts_create(view, err);
    const struct definition *d;

    (void)request;
    if (counts == NULL) {
        return NULL;
    }
    json_t *rows = json_array();
    for (uint32_t i = 0; (d = catalog_at(view->catalog, i)) != NULL; i++) {
        struct plan plan;
        if (is_newest_plan(view, d) && find_plan(view, d->name, &plan)) {
            json_t *row = head_of(&plan);
            json_object_set_new(row, "items",
                                json_integer((json_int_t)plan.definition->roadmap.item_count));
            json_object_set_new(row, "counts", plan_counts_json(counts, d->name));
            json_array_append_new(rows, row);
        }
    }
    json_t *answer =
        json_pack("{so sn sb}", "rows", rows, "next", "more", !plan_counts_whole(counts));
    plan_counts_destroy(counts);
    return answer;
}

static void list_roadmaps(struct exchange *x)
{
    memo_answer(x, "roadmaps", plans_answer, json_object());
}

const struct api_route api_roadmaps_routes[] = {
    {"GET", "/api/v1/roadmaps", "listRoadmaps", list_roadmaps, ROUTE_FORMATS},
    {"GET", "/api/v1/roadmaps/{name}", "showRoadmap", show_roadmap, ROUTE_FORMATS},
    {"GET", "/api/v1/roadmaps/{name}/items/{no}/computed", "showCounted", show_counted,
     ROUTE_FORMATS},
    {NULL, NULL, NULL, NULL, 0},
};

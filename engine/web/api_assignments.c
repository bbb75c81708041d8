/* api_assignments.c - looking at assignments: lists, one of them, its story, what may be done
 *
 * Owns:    GET /assignments…: the filters, and what one assignment is shown with; POST …/check: what
 *          would come of an action.
 * In:      requests that change nothing.
 * Out:     rows as in docs/protocol.md §3.6 with the reading of the phrase, what it waits for, and
 *          the actions that are open to the body that asks.
 * See:     docs/http.md §2
 */
#include "base/must.h"
#include "engine/core/decide.h"
#include "engine/foresee_deed.h"
#include "engine/queries.h"
#include "engine/returned.h"
#include "engine/rows.h"
#include "engine/snapshot.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"

#include <string.h>

/* --- lists --------------------------------------------------------------------------------- */

static void list_assignments(struct exchange *x)
{
    static const char *const texts[] = {"state", "phase",   "body", "role",
                                        "plan",  "section", "no",   "from",
                                        "to",    "outcome", "q",    "outcome_original",
                                        "group", NULL};
    static const char *const flags[] = {"open", "overdue", "decide"};
    json_t *query = request_texts(x, texts, LIMIT_TEXT_BYTES);

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (request_text(x, flags[i], LIMIT_NAME_BYTES) != NULL) {
            json_object_set_new(query, flags[i], json_boolean(request_flag(x, flags[i], false)));
        }
    }
    request_page(x, query);
    reader_answer(x, CLIENT_ASSIGNMENTS, query);
}

/* --- finding one --------------------------------------------------------------------------- */

struct found {
    const struct view *view;
    struct instance *instance;
    struct task *task;
};

/* false: answered. */
static bool find(struct exchange *x, struct found *ret_found)
{
    struct error err = ERROR_INIT;
    uint64_t id = 0;
    uint32_t seq = 0;

    request_path_task(x, "task", &id, &seq);
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    if (view == NULL) {
        return false;
    }
    *ret_found = (struct found){.view = view};
    if (!snapshot_instance(view->txn, view->catalog, view->arena, id, &ret_found->instance, &err)) {
        answer_refusal(x, &err);
        return false;
    }
    ret_found->task = instance_find_task(ret_found->instance, seq);
    if (ret_found->task == NULL || ret_found->task->assignment == NULL) {
        error_set(&err, ERROR_NOT_FOUND, "there is no assignment %.40s", request_path(x, "task"));
        answer_refusal(x, &err);
        return false;
    }
    return true;
}

/* --- one ----------------------------------------------------------------------------------- */

static const struct roadmap_item *find_item(const struct catalog *catalog, const json_t *input)
{
    const char *plan = json_string_value(json_object_get(input, "plan"));
    const char *no = json_string_value(json_object_get(input, "no"));
    const struct definition *d =
        plan != NULL ? catalog_find(catalog, DEFINITION_ROADMAP, plan) : NULL;

    for (uint32_t i = 0; d != NULL && no != NULL && i < d->roadmap.item_count; i++) {
        if (strcmp(d->roadmap.items[i].no, no) == 0) {
            return &d->roadmap.items[i];
        }
    }
    return NULL;
}

/* The phrase of the plan and how it was read. */
static void set_phrase(json_t *row, const struct catalog *catalog, const json_t *input)
{
    const json_t *phrase = json_object_get(input, "due_phrase");
    const struct roadmap_item *item = find_item(catalog, input);

    if (json_is_string(phrase)) {
        json_object_set_new(row, "phrase",
                            json_pack("{ss ss* ss* ss*}", "text", json_string_value(phrase), "rule",
                                      item != NULL ? item->due_rule : NULL, "ambiguity",
                                      item != NULL ? item->due_ambiguity : NULL, "why",
                                      item != NULL ? item->due_why : NULL));
    }
}

/* What WHY says of this task. */
static void set_why(json_t *row, const struct found *f, const char *task)
{
    json_t *query = json_pack("{sI}", "instance", (json_int_t)f->instance->id);
    json_t *answer = query_answer(f->view, CLIENT_WHY, query, NULL);
    size_t index;
    json_t *one;

    json_array_foreach(json_object_get(answer, "waiting"), index, one)
    {
        const char *name = json_string_value(json_object_get(one, "task"));
        if (name != NULL && strcmp(name, task) == 0) {
            json_object_set(row, "why", one);
        }
    }
    json_decref(answer);
    json_decref(query);
}

/* Order of the buttons: what is usual first. */
static const enum assignment_action shown_actions[] = {
    ACTION_REPORT, ACTION_ACCEPT,   ACTION_GRANT,   ACTION_RETURN,   ACTION_REFUSE,
    ACTION_RESUME, ACTION_ASK,      ACTION_MOVE,    ACTION_DELEGATE, ACTION_REASSIGN,
    ACTION_PAUSE,  ACTION_WITHDRAW, ACTION_COMMENT,
};

static json_t *actions_for(const struct found *f, const char *by)
{
    json_t *list = json_array();
    struct world world = *f->view->world; /* the rules look, and change nothing */
    bool open = f->task->state != TASK_CLOSED && f->instance->state == INSTANCE_RUNNING;

    if (by == NULL || catalog_find_body(f->view->catalog, by) == NULL) {
        return list;
    }
    for (size_t i = 0; i < sizeof shown_actions / sizeof *shown_actions; i++) {
        if ((open || shown_actions[i] == ACTION_COMMENT) &&
            decide_assignment_may(&world, f->instance, f->task, shown_actions[i], bytes_of(by))) {
            json_array_append_new(list, json_string(assignment_action_name(shown_actions[i])));
        }
    }
    return list;
}

/* Once, and only who may do more than remark on it. */
static void add_actor(json_t *actors, const struct found *f, struct bytes id)
{
    size_t index;
    json_t *one;

    json_array_foreach(actors, index, one)
    {
        if (bytes_equal(bytes_of(json_string_value(json_object_get(one, "id"))), id)) {
            return;
        }
    }
    json_t *body = rows_body(f->view->catalog, id);
    json_t *may = actions_for(f, json_string_value(json_object_get(body, "id")));
    if (json_array_size(may) > 1) {
        json_object_set(body, "actions", may);
        json_array_append(actors, body);
    }
    json_decref(may);
    json_decref(body);
}

/* Those who take part in it or decide about it, with what each may do now. */
static json_t *actors_of(const struct found *f, const json_t *row)
{
    const struct assignment *a = f->task->assignment;
    const char *decider = json_string_value(json_object_get(row, "decider"));
    json_t *actors = json_array();

    for (uint32_t n = 0; n < a->people_count; n++) {
        add_actor(actors, f, a->people[n]);
    }
    add_actor(actors, f, a->controller);
    add_actor(actors, f, bytes_of(decider != NULL ? decider : ""));
    for (uint32_t n = 0; n < a->acting_count; n++) {
        add_actor(actors, f, a->acting[n].deputy);
    }
    return actors;
}

static void show_assignment(struct exchange *x)
{
    const char *by = request_text(x, "for", LIMIT_NAME_BYTES);
    char etag[64];
    struct found f;

    if (!find(x, &f) ||
        (by == NULL && answer_unchanged_view(x, f.view, f.instance->id, f.instance->journal))) {
        return;
    }
    json_t *row = rows_assignment(f.view->catalog, f.instance, f.task);
    json_t *input = rows_parsed(task_input(f.instance, f.task));
    json_object_set(row, "title", json_object_get(input, "title"));
    rows_set_json(row, "report", f.task->assignment->report);
    returned_put(f.view, f.instance, f.task, row);
    set_phrase(row, f.view->catalog, input);
    set_why(row, &f, request_path(x, "task"));
    json_object_set_new(row, "input", input);
    json_object_set_new(row, "actions", actions_for(&f, by));
    json_object_set_new(row, "actors", actors_of(&f, row));
    answer_version(x, f.view, f.instance->id, f.instance->journal);
    answer_etag(f.instance->id, f.instance->journal, etag);
    json_object_set_new(row, "etag", json_string(etag));
    answer_json(x, 200, row);
}

/* --- before something is done --------------------------------------------------------------- */

static void check_action(struct exchange *x)
{
    const char *action = request_field_text(x, "action", MUST_BE, LIMIT_NAME_BYTES);
    const char *to = request_field_text(x, "to", MAY_LACK, LIMIT_NAME_BYTES);
    const char *day = request_field_day(x, "day", MAY_LACK);
    const json_t *report = request_field(x, "report", MAY_LACK);
    struct assignment_command c = {.action = assignment_action_find(action),
                                   .to = bytes_of(to != NULL ? to : ""),
                                   .day = CIVIL_DAY_NONE};
    struct found f;

    if (action != NULL && c.action == 0) {
        request_wrong(x, ERROR_INVALID,
                      "\"action\" must be report, accept, return, withdraw, extend, grant, refuse, "
                      "move, pause, resume, delegate, reassign or comment");
    }
    if (!find(x, &f)) {
        return;
    }
    if (day != NULL) {
        must(civil_parse(bytes_of(day), &c.day)); /* request_field_day() has looked */
    }
    json_t *answer = foresee_deed(f.view, f.instance, f.task, &c, report);
    answer_in_words(x, json_object_get(answer, "refused"));
    answer_json(x, 200, answer);
}

/* --- its story ----------------------------------------------------------------------------- */

static bool concerns(const json_t *record, const char *task)
{
    const char *named = json_string_value(json_object_get(record, "task"));
    const char *kind = json_string_value(json_object_get(record, "kind"));

    return named != NULL ? strcmp(named, task) == 0
                         : kind != NULL && strncmp(kind, "instance.", 9) == 0;
}

static void story(struct exchange *x)
{
    int64_t before = request_integer(x, "after", 1, INT64_MAX, 0);
    int64_t limit = request_integer(x, "limit", 1, LIMIT_PAGE, 200);
    struct error err = ERROR_INIT;
    struct found f;

    if (!find(x, &f)) {
        return;
    }
    json_t *query =
        json_pack("{sI sI}", "instance", (json_int_t)f.instance->id, "limit", (json_int_t)limit);
    if (before != 0) {
        json_object_set_new(query, "before", json_integer(before));
    }
    json_t *page = query_answer(f.view, CLIENT_HISTORY, query, &err);
    json_t *records = json_object_get(page, "rows");
    json_t *rows = json_array();
    for (size_t i = json_array_size(records); i-- > 0;) {
        json_t *record = json_array_get(records, i);
        if (concerns(record, request_path(x, "task"))) {
            json_object_del(record, "assignment"); /* as it is now: shown beside */
            json_array_append(rows, record);
        }
    }
    if (page != NULL) {
        answer_json(x, 200,
                    json_pack("{so sO}", "rows", rows, "next", json_object_get(page, "next")));
    } else {
        json_decref(rows);
        answer_refusal(x, &err);
    }
    json_decref(page);
    json_decref(query);
}

const struct api_route api_assignments_routes[] = {
    {"GET", "/api/v1/assignments", "listAssignments", list_assignments, ROUTE_FORMATS},
    {"GET", "/api/v1/assignments/{task}", "showAssignment", show_assignment, 0},
    {"POST", "/api/v1/assignments/{task}/check", "checkAssignmentAction", check_action,
     ROUTE_PREVIEW},
    {"GET", "/api/v1/assignments/{task}/history", "listAssignmentHistory", story, ROUTE_FORMATS},
    {NULL, NULL, NULL, NULL, 0},
};

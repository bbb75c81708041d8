/* bulk.c - requests for one action on all that a list finds
 *
 * Owns:    the fields of such a request, and the command for each row.
 * In:      requests of previews and of jobs.
 * Out:     queries of MC1, and commands of MC1, one for each target.
 * Always:  a filter that is not of the list (wire/bulk_table.h) is refused: it would touch more.
 * See:     docs/http.md §4.2
 */
#include "engine/web/bulk.h"

#include "base/must.h"
#include "engine/listing.h"
#include "engine/queries.h"
#include "engine/rows.h"
#include "engine/snapshot.h"
#include "engine/web/request.h"
#include "wire/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_ROWS 250 /* looked at in one step: some ms */

/* --- reading a request --------------------------------------------------------------------- */

/* As the value of a query's parameter would be read; the page keeps its filters as such. NULL: it
 * can't be that. */
static json_t *filter_value(const struct bulk_list *list, const char *name, const json_t *value)
{
    const char *text = json_string_value(value);
    bool yes = json_is_true(value) ||
               (text != NULL && (strcmp(text, "true") == 0 || strcmp(text, "1") == 0));
    bool no = json_is_false(value) ||
              (text != NULL && (strcmp(text, "false") == 0 || strcmp(text, "0") == 0));
    enum bulk_field field = bulk_list_field(list, name);

    if (field == BULK_FLAG) {
        return yes || no ? json_boolean(yes) : NULL;
    }
    if (field == BULK_NUMBER) {
        char *end = NULL;
        json_int_t number = text != NULL ? strtoll(text, &end, 10) : json_integer_value(value);
        bool whole = number >= 1 && (text == NULL || (*end == '\0' && text[0] != ' '));
        return whole ? json_integer(number) : NULL;
    }
    return field == BULK_TEXT && text != NULL && json_string_length(value) <= LIMIT_KEY_BYTES
               ? json_string(text)
               : NULL;
}

static json_t *read_filter(struct exchange *x, const struct bulk_list *list)
{
    json_t *filter = request_field(x, "filter", MAY_LACK);
    json_t *query = json_object();
    const char *name;
    json_t *value;

    if (filter != NULL && !json_is_object(filter)) {
        request_wrong(x, ERROR_INVALID, "the field \"%s\" must be an object", "filter");
    }
    json_object_foreach(filter, name, value)
    {
        json_t *read = list != NULL ? filter_value(list, name, value) : NULL;
        if (read != NULL) {
            json_object_set_new(query, name, read);
        } else if (list != NULL) {
            request_wrong(x, ERROR_INVALID, "the filter can't have this \"%s\"", name);
        }
    }
    return query;
}

static void put_text(json_t *request, const char *name, const char *text)
{
    if (text != NULL) {
        json_object_set_new(request, name, json_string(text));
    }
}

static enum presence presence_of(const struct bulk_action *action, const char *field, bool preview)
{
    bool needed = action->needs != NULL && strcmp(action->needs, field) == 0;

    return needed && !preview ? MUST_BE : MAY_LACK;
}

/* What an action on an assignment may have beside. */
static void read_act(struct exchange *x, const struct bulk_action *action, bool preview,
                     json_t *request)
{
    static const char *const texts[] = {"to", "pause"};

    put_text(request, "day", request_field_day(x, "day", presence_of(action, "day", preview)));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        enum presence presence = presence_of(action, texts[i], preview);
        put_text(request, texts[i], request_field_text(x, texts[i], presence, LIMIT_NAME_BYTES));
    }
    if (request_field_flag(x, "in_part", false)) {
        json_object_set_new(request, "in_part", json_true());
    }
}

json_t *bulk_read(struct exchange *x, bool preview)
{
    const char *name = request_field_text(x, "list", MUST_BE, LIMIT_NAME_BYTES);
    const char *deed = request_field_text(x, "action", MUST_BE, LIMIT_NAME_BYTES);
    const struct bulk_list *list = bulk_list_find(name);
    const struct bulk_action *action = bulk_action_find(deed, list);
    bool needed = action != NULL && action->reason && !preview;
    const char *reason =
        request_field_text(x, "reason", needed ? MUST_BE : MAY_LACK, LIMIT_TEXT_BYTES);

    if (name != NULL && list == NULL) {
        request_wrong(x, ERROR_INVALID, "\"%s\" can't be \"%s\"", "list", name);
    } else if (deed != NULL && list != NULL && action == NULL) {
        request_wrong(x, ERROR_INVALID, "\"%s\" can't be done with \"%s\"", deed, name);
    }
    json_t *request = json_pack("{ss* ss* ss* so}", "list", name, "action", deed, "reason", reason,
                                "filter", read_filter(x, list));
    if (action != NULL && action->verb == CLIENT_ASSIGNMENT) {
        read_act(x, action, preview, request);
    }
    return request;
}

/* --- a plan -------------------------------------------------------------------------------- */

static const char *text_of(const json_t *request, const char *field)
{
    return json_string_value(json_object_get(request, field));
}

void bulk_plan_init(struct bulk_plan *plan, const json_t *request)
{
    plan->request = request;
    plan->list = bulk_list_find(text_of(request, "list"));
    plan->action = bulk_action_find(text_of(request, "action"), plan->list);
    must(plan->list != NULL && plan->action != NULL);
    plan->query = json_copy(json_object_get(request, "filter"));
    json_object_set_new(plan->query, "limit", json_integer(PAGE_ROWS));
}

void bulk_plan_fini(struct bulk_plan *plan)
{
    json_decref(plan->query);
    plan->query = NULL;
}

json_t *bulk_page(const struct bulk_plan *plan, const struct view *view, const char *after,
                  struct error *err)
{
    if (after != NULL) {
        json_object_set_new(plan->query, "after", json_string(after));
    } else {
        json_object_del(plan->query, "after");
    }
    return query_answer(view, bulk_list_verb(plan->list), plan->query, err);
}

/* What a row names: its task, or its instance. */
static struct bulk_target target_of(const json_t *row, bool of_task)
{
    const char *task = text_of(row, "task");
    json_int_t instance = json_integer_value(json_object_get(row, "instance"));
    const char *dot = of_task && task != NULL ? strchr(task, '.') : NULL;

    if (dot != NULL) {
        return (struct bulk_target){strtoull(task, NULL, 10), (uint32_t)strtoul(dot + 1, NULL, 10)};
    }
    return (struct bulk_target){instance > 0 ? (uint64_t)instance : 0, 0};
}

bool bulk_target_of(const struct bulk_plan *plan, const json_t *row, struct bulk_target *ret_target)
{
    *ret_target = target_of(row, plan->action->of_task);
    return ret_target->instance != 0 && (ret_target->task != 0 || !plan->action->of_task);
}

static json_t *row_of(const struct view *view, struct bulk_target target)
{
    struct instance *instance;
    const struct task *task = NULL;

    if (!snapshot_instance(view->txn, view->catalog, view->arena, target.instance, &instance,
                           NULL)) {
        return NULL;
    }
    if (target.task != 0) {
        task = instance_find_task(instance, target.task);
    }
    if (task == NULL) { /* it is over */
        return rows_instance(view->catalog, instance);
    }
    return task->assignment != NULL ? rows_assignment(view->catalog, instance, task)
                                    : listing_incident(view, instance, task);
}

void bulk_set_names(json_t *row, const struct view *view)
{
    static const char *const names[] = {"title",  "definition", "definition_title", "key",
                                        "person", "no",         "responsible",      "to",
                                        "step",   "step_title"};
    struct bulk_target target = target_of(row, true);
    json_t *named = target.instance != 0 ? row_of(view, target) : NULL;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_t *value = json_object_get(named, names[i]);
        if (value != NULL) {
            json_object_set(row, names[i], value);
        }
    }
    json_decref(named);
}

bool bulk_lacks(const struct bulk_plan *plan)
{
    const json_t *request = plan->request;

    return bulk_action_lacks(plan->action, json_object_get(request, "reason") != NULL,
                             json_object_get(request, plan->action->needs) != NULL);
}

json_t *bulk_fields(const struct bulk_plan *plan, const char *by)
{
    static const char *const fields[] = {"reason", "day", "to", "pause", "in_part"};
    json_t *said = json_pack("{ss}", "by", by);

    if (plan->action->verb == CLIENT_ASSIGNMENT) {
        json_object_set_new(said, "action", json_string(plan->action->name));
    }
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        json_t *value = json_object_get(plan->request, fields[i]);
        if (value != NULL) {
            json_object_set(said, fields[i], value);
        }
    }
    return said;
}

struct ask bulk_ask(const struct bulk_plan *plan, struct bulk_target target, const char *by,
                    const char *once)
{
    json_t *payload = bulk_fields(plan, by);
    char task[TASK_ID_TEXT_MAX];

    json_object_set_new(payload, "once", json_string(once));
    if (target.task != 0) {
        task_id_print((struct task_id){target.instance, target.task}, task);
        json_object_set_new(payload, "task", json_string(task));
    } else {
        json_object_set_new(payload, "instance", json_integer((json_int_t)target.instance));
    }
    return (struct ask){.verb = plan->action->verb, .payload = payload};
}

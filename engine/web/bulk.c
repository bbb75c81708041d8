/* bulk.c - which lists can be acted on, by which actions, with which filters
 *
 * Owns:    the table of actions, and the filters of lists as fields of a body.
 * In:      requests of previews and of jobs.
 * Out:     queries of MC1, and commands of MC1, one for each target.
 * Always:  a filter means here what it means where the list is looked at (api_instances.c,
 *          api_assignments.c); one that is not known is refused: it would touch more.
 * See:     docs/http.md §4.2
 */
#include "engine/web/bulk.h"

#include "base/must.h"
#include "engine/queries.h"
#include "engine/web/request.h"
#include "wire/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_ROWS  250 /* looked at in one step: some ms */
#define FIELDS_MAX 16

struct bulk_list {
    const char *name;
    enum client_verb verb;
    const char *texts[FIELDS_MAX];
    const char *flags[FIELDS_MAX];
    const char *number; /* NULL = none */
};

static const struct bulk_list lists[] = {
    {"incidents", CLIENT_INCIDENTS, {"definition", "service", NULL}, {NULL}, NULL},
    {"instances", CLIENT_LIST, {"state", "definition", "body", NULL}, {"letters", NULL}, "parent"},
    {"assignments",
     CLIENT_ASSIGNMENTS,
     {"state", "phase", "body", "role", "plan", "section", "no", "from", "to", "outcome",
      "outcome_original", "q", NULL},
     {"open", "overdue", "decide", NULL},
     NULL},
};

enum { ON_INCIDENTS = 1, ON_INSTANCES = 2, ON_ASSIGNMENTS = 4 }; /* in the order of the lists */

struct bulk_action {
    const char *name;
    unsigned lists;
    enum client_verb verb;
    bool of_task; /* else of its instance */
    bool reason;  /* is needed */
};

static const struct bulk_action actions[] = {
    {"retry", ON_INCIDENTS, CLIENT_RETRY, true, false},
    {"skip", ON_INCIDENTS, CLIENT_SKIP, true, true},
    {"cancel", ON_INCIDENTS | ON_INSTANCES, CLIENT_CANCEL, false, true},
    {"suspend", ON_INCIDENTS | ON_INSTANCES, CLIENT_SUSPEND, false, true},
    {"resume", ON_INSTANCES, CLIENT_RESUME, false, false},
    {"accept", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, false},
    {"return", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true},
    {"withdraw", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true},
    {"move", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true},
    {"grant", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, false},
    {"refuse", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true},
    {"pause", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true},
    {"resume", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, false},
    {"reassign", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true},
};

/* Fields that an action on an assignment may have beside. */
static const char *const act_texts[] = {"day", "to", "pause"};

static const struct bulk_list *find_list(const char *name)
{
    for (size_t i = 0; name != NULL && i < sizeof lists / sizeof *lists; i++) {
        if (strcmp(lists[i].name, name) == 0) {
            return &lists[i];
        }
    }
    return NULL;
}

static const struct bulk_action *find_action(const char *name, const struct bulk_list *list)
{
    unsigned bit = list != NULL ? 1u << (list - lists) : 0;

    for (size_t i = 0; name != NULL && i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(actions[i].name, name) == 0 && (actions[i].lists & bit) != 0) {
            return &actions[i];
        }
    }
    return NULL;
}

/* --- reading a request --------------------------------------------------------------------- */

static bool has(const char *const *names, const char *name)
{
    for (; *names != NULL; names++) {
        if (strcmp(*names, name) == 0) {
            return true;
        }
    }
    return false;
}

/* As the value of a query's parameter would be read; the page keeps its filters as such. NULL: it
 * can't be that. */
static json_t *filter_value(const struct bulk_list *list, const char *name, const json_t *value)
{
    const char *text = json_string_value(value);
    bool yes = json_is_true(value) ||
               (text != NULL && (strcmp(text, "true") == 0 || strcmp(text, "1") == 0));
    bool no = json_is_false(value) ||
              (text != NULL && (strcmp(text, "false") == 0 || strcmp(text, "0") == 0));

    if (has(list->flags, name)) {
        return yes || no ? json_boolean(yes) : NULL;
    }
    if (list->number != NULL && strcmp(list->number, name) == 0) {
        char *end = NULL;
        json_int_t number = text != NULL ? strtoll(text, &end, 10) : json_integer_value(value);
        bool whole = number >= 1 && (text == NULL || (*end == '\0' && text[0] != ' '));
        return whole ? json_integer(number) : NULL;
    }
    return has(list->texts, name) && text != NULL && json_string_length(value) <= LIMIT_KEY_BYTES
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

static void read_act(struct exchange *x, json_t *request)
{
    for (size_t i = 0; i < sizeof act_texts / sizeof *act_texts; i++) {
        const char *text = request_field_text(x, act_texts[i], MAY_LACK, LIMIT_NAME_BYTES);
        if (text != NULL) {
            json_object_set_new(request, act_texts[i], json_string(text));
        }
    }
    if (request_field_flag(x, "in_part", false)) {
        json_object_set_new(request, "in_part", json_true());
    }
}

json_t *bulk_read(struct exchange *x, bool preview)
{
    const char *name = request_field_text(x, "list", MUST_BE, LIMIT_NAME_BYTES);
    const char *deed = request_field_text(x, "action", MUST_BE, LIMIT_NAME_BYTES);
    const struct bulk_list *list = find_list(name);
    const struct bulk_action *action = find_action(deed, list);
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
        read_act(x, request);
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
    plan->list = find_list(text_of(request, "list"));
    plan->action = find_action(text_of(request, "action"), plan->list);
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
    return query_answer(view, plan->list->verb, plan->query, err);
}

bool bulk_target_of(const struct bulk_plan *plan, const json_t *row, struct bulk_target *ret_target)
{
    const char *task = text_of(row, "task");
    json_int_t instance = json_integer_value(json_object_get(row, "instance"));
    const char *dot = task != NULL ? strchr(task, '.') : NULL;

    ret_target->instance = instance > 0 ? (uint64_t)instance : 0;
    ret_target->task = 0;
    if (plan->action->of_task && dot != NULL) {
        ret_target->instance = strtoull(task, NULL, 10);
        ret_target->task = (uint32_t)strtoul(dot + 1, NULL, 10);
    }
    return ret_target->instance != 0 && (ret_target->task != 0 || !plan->action->of_task);
}

struct ask bulk_ask(const struct bulk_plan *plan, struct bulk_target target, const char *by,
                    const char *once)
{
    static const char *const fields[] = {"reason", "day", "to", "pause", "in_part"};
    json_t *payload = json_pack("{ss ss}", "by", by, "once", once);
    char task[TASK_ID_TEXT_MAX];

    if (target.task != 0) {
        task_id_print((struct task_id){target.instance, target.task}, task);
        json_object_set_new(payload, "task", json_string(task));
    } else {
        json_object_set_new(payload, "instance", json_integer((json_int_t)target.instance));
    }
    if (plan->action->verb == CLIENT_ASSIGNMENT) {
        json_object_set_new(payload, "action", json_string(plan->action->name));
    }
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        json_t *value = json_object_get(plan->request, fields[i]);
        if (value != NULL) {
            json_object_set(payload, fields[i], value);
        }
    }
    return (struct ask){.verb = plan->action->verb, .payload = payload};
}

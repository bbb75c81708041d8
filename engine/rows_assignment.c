/* rows_assignment.c - what clients see of an assignment
 *
 * Owns:    the row of ASSIGNMENTS (docs/protocol.md §3.6).
 * In:      listings, histories, WHY.
 * Always:  a field that does not apply is absent; who may decide is said by the rule of core.
 */
#include "engine/core/chain.h"
#include "engine/core/people_results.h"
#include "engine/core/recipients.h"
#include "engine/rows.h"

static json_t *text_json(struct bytes text)
{
    return json_stringn((const char *)text.data, text.size);
}

/* The short name of a body beside its id, where the documents know it. */
static void set_name(json_t *row, const char *field, const struct catalog *catalog, struct bytes id)
{
    json_t *body = rows_body(catalog, id);

    json_object_set(row, field, json_object_get(body, "short"));
    json_decref(body);
}

/* --- who ------------------------------------------------------------------------------------- */

static json_t *co_executors(const struct assignment *a)
{
    json_t *list = json_array();

    for (uint32_t n = 1; n < a->people_count; n++) {
        json_array_append_new(list, text_json(a->people[n]));
    }
    return list;
}

static void set_parts(json_t *row, const struct catalog *catalog, const struct assignment *a)
{
    json_t *list = json_array();
    json_t *missing = json_array();

    for (uint32_t n = 1; n < a->people_count; n++) {
        const struct part *p = &a->parts[n - 1];
        if (p->state == PART_NONE) {
            continue;
        }
        json_t *part = json_pack("{so ss}", "body", text_json(a->people[n]), "state",
                                 part_state_name(p->state));
        set_name(part, "name", catalog, a->people[n]);
        rows_set_day(part, "to", p->to);
        rows_set_day(part, "reported", p->reported);
        rows_set_text(part, "by", p->by);
        rows_set_json(part, "report", p->report);
        json_array_append_new(list, part);
        if (p->state == PART_OPEN) {
            json_array_append_new(missing, text_json(a->people[n]));
        }
    }
    if (json_array_size(list) > 0) {
        json_object_set(row, "parts", list);
    }
    if (json_array_size(missing) > 0) {
        json_object_set(row, "missing", missing);
    }
    json_decref(list);
    json_decref(missing);
}

/* Of the controller and those above it the first who may; the deputies of those above are not
 * looked for. */
static struct bytes find_decider(const struct catalog *catalog, const struct instance *i,
                                 const struct task *t)
{
    const struct assignment *a = t->assignment;
    const struct policy *policy = NULL;
    struct bytes id = a->controller;

    while (id.size > 0 &&
           (recipients_is_involved(a, id) || recipients_is_involved(a, assignment_actor(a, id)))) {
        policy = policy == NULL ? chain_policy(catalog, i, t) : policy;
        const struct body *above = chain_above(catalog, policy, id);
        id = above != NULL ? bytes_of(above->id) : (struct bytes){NULL, 0};
    }
    return id.size > 0 ? assignment_actor(a, id) : id;
}

/* Nobody decides about their own: where the controller did the work, who is above it. */
static void set_decider(json_t *row, const struct catalog *catalog, const struct instance *i,
                        const struct task *t)
{
    struct bytes decider = find_decider(catalog, i, t);

    if (decider.size > 0) {
        json_object_set_new(row, "decider", text_json(decider));
        set_name(row, "decider_name", catalog, decider);
    }
}

static void set_acting(json_t *row, const struct catalog *catalog, const struct assignment *a)
{
    if (a->acting_count == 0) {
        return;
    }
    json_t *list = json_array();
    for (uint32_t i = 0; i < a->acting_count; i++) {
        json_t *one = json_pack("{so so}", "body", text_json(a->acting[i].body), "deputy",
                                text_json(a->acting[i].deputy));
        set_name(one, "body_name", catalog, a->acting[i].body);
        set_name(one, "deputy_name", catalog, a->acting[i].deputy);
        rows_set_day(one, "until", a->acting[i].until);
        json_array_append_new(list, one);
    }
    json_object_set_new(row, "acting", list);
}

/* --- until when ------------------------------------------------------------------------------ */

/* Why the last day is another than the one that was named: "weekend", "holiday". */
static void set_day_kind(json_t *row, const struct catalog *catalog, const struct assignment *a)
{
    const struct body *body = catalog_find_body_named(catalog, a->people[0]);
    const struct workdays *w = catalog_workdays(catalog, body != NULL ? body->calendar : NULL);

    json_object_set_new(row, "literal_is",
                        json_string(day_kind_name(workdays_kind(w, a->literal))));
}

static void set_terms(json_t *row, const struct catalog *catalog, const struct assignment *a)
{
    rows_set_day(row, "first_to", a->terms[0].to);
    json_object_set_new(row, "since", rows_time_json(a->terms[a->term_count - 1].since_ms));
    if (a->literal != a->to) {
        rows_set_day(row, "literal_to", a->literal);
        set_day_kind(row, catalog, a);
    }
    if (a->term_count == 1) {
        return;
    }
    json_t *list = json_array();
    for (uint32_t i = 0; i < a->term_count; i++) {
        const struct term *t = &a->terms[i];
        json_t *one = json_pack("{ss so}", "why", term_why_name(t->why), "since",
                                rows_time_json(t->since_ms));
        rows_set_day(one, "to", t->to);
        rows_set_text(one, "by", t->by);
        rows_set_text(one, "reason", t->reason);
        json_array_append_new(list, one);
    }
    json_object_set_new(row, "terms", list);
}

static void set_extension(json_t *row, const struct assignment *a)
{
    const struct extension *x = &a->extension;

    if (x->by.size > 0) {
        json_t *one = json_object();
        rows_set_text(one, "by", x->by);
        rows_set_day(one, "day", x->proposed);
        rows_set_text(one, "reason", x->reason);
        json_object_set_new(one, "asked", rows_time_json(x->asked_ms));
        json_object_set_new(row, "extension", one);
    }
}

static void set_pause(json_t *row, const struct assignment *a)
{
    if (a->pause.kind != PAUSE_NONE) {
        json_t *one = json_pack("{ss}", "kind", pause_kind_name(a->pause.kind));
        rows_set_day(one, "since", a->pause.since);
        rows_set_text(one, "by", a->pause.by);
        rows_set_text(one, "reason", a->pause.reason);
        json_object_set_new(row, "pause", one);
    }
}

const char *rows_standing(const struct assignment *a)
{
    if (!assignment_is_open(a) || a->state == ASSIGNMENT_REPORTED) {
        return assignment_state_name(a->state);
    }
    if (a->extension.by.size > 0) {
        return "asked";
    }
    return a->state == ASSIGNMENT_PAUSED ? assignment_state_name(a->state) : phase_name(a->phase);
}

/* --- what came of it ------------------------------------------------------------------------- */

static void set_family(json_t *row, const struct instance *i, const struct assignment *a)
{
    char id[TASK_ID_TEXT_MAX];

    if (a->child != 0) {
        json_object_set_new(row, "child", json_string(rows_task_name(i->id, a->child, id)));
    }
    if (a->parent != 0) {
        json_object_set_new(row, "of", json_string(rows_task_name(i->id, a->parent, id)));
    }
}

static void set_outcome(json_t *row, const struct assignment *a, const json_t *input)
{
    const char *outcome = assignment_outcome(a);

    rows_set_day(row, "reported", a->reported);
    if (outcome != NULL) {
        json_object_set_new(row, "outcome", json_string(outcome));
        json_object_set_new(row, "outcome_original", json_string(assignment_outcome_original(a)));
    }
    if (a->state == ASSIGNMENT_REPORTED) {
        json_t *report = rows_parsed(a->report);
        json_t *lacks = results_missing(input, report);
        if (json_array_size(lacks) > 0) {
            json_object_set(row, "missing_results", lacks);
        }
        json_decref(lacks);
        json_decref(report);
    }
}

json_t *rows_assignment(const struct catalog *catalog, const struct instance *i,
                        const struct task *t)
{
    static const char *const shown[] = {"no", "title", "plan", "plan_title", "result", NULL};
    const struct assignment *a = t->assignment;
    char id[TASK_ID_TEXT_MAX];
    json_t *input = rows_members(task_input(i, t), shown);
    json_t *row = json_pack(
        "{ss sI sO* so* sO* sO* sO* ss ss so so si}", "task", rows_task_name(i->id, t->seq, id),
        "instance", (json_int_t)i->id, "no", json_object_get(input, "no"), "title",
        rows_cut_title(input), "plan", json_object_get(input, "plan"), "plan_title",
        json_object_get(input, "plan_title"), "result", json_object_get(input, "result"), "state",
        assignment_state_name(a->state), "phase", phase_name(a->phase), "responsible",
        rows_body(catalog, a->people[0]), "co_executors", co_executors(a), "returns",
        (int)a->returns);

    json_object_set_new(row, "standing", json_string(rows_standing(a)));
    rows_set_day(row, "from", a->from);
    rows_set_day(row, "to", a->to);
    rows_set_text(row, "controller", a->controller);
    set_name(row, "controller_name", catalog, a->controller);
    set_parts(row, catalog, a);
    set_terms(row, catalog, a);
    set_acting(row, catalog, a);
    set_extension(row, a);
    set_pause(row, a);
    set_family(row, i, a);
    set_outcome(row, a, input);
    if (assignment_is_open(a)) {
        set_decider(row, catalog, i, t);
    } else {
        json_object_set_new(row, "closed", rows_time_json(t->since_ms));
    }
    json_decref(input);
    return row;
}

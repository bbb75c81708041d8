/* people.c - the life of an assignment: set, opened, reminded, reported, accepted
 *
 * Owns:    the moves of an assignment (docs/states.md §3) and who may make them.
 * In:      flow.c opens one, the turn brings timers and commands.
 * Out:     records; letters through letters.c.
 * Always:  the ladder only goes up; a report stops it, a return lets it go on; nobody accepts
 *          their own report (the second-person rule).
 */
#include "engine/core/people.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/core/decide.h"
#include "engine/core/flow.h"
#include "engine/core/ladder.h"
#include "engine/core/letters.h"
#include "engine/core/term.h"

#include <string.h>

/* --- from JSON to an assignment ------------------------------------------------------------ */

static bool known_body(const struct world *world, const char *id, struct error *err)
{
    if (catalog_find_body(world->catalog, id) == NULL) {
        return error_set(err, ERROR_INVALID, "there is no body \"%s\"", id);
    }
    return true;
}

static bool add_person(struct world *world, struct assignment *a, const json_t *entry,
                       struct error *err)
{
    const char *text = term_part_body(entry);

    if (text == NULL) {
        return error_set(err, ERROR_INVALID, "responsible and co_executors are names of bodies");
    }
    for (uint32_t i = 0; i < a->people_count; i++) {
        if (bytes_equal(a->people[i], bytes_of(text))) {
            return true; /* named twice in the table: one letter is enough */
        }
    }
    if (!known_body(world, text, err)) {
        return false;
    }
    if (a->people_count > LIMIT_CO_EXECUTORS) {
        return error_set(err, ERROR_TOO_LARGE, "more than %u co-executors", LIMIT_CO_EXECUTORS);
    }
    a->people[a->people_count++] = arena_copy(world->arena, bytes_of(text));
    return true;
}

/* "id", {body, …} or a list of them; absent is none. */
static bool add_people(struct world *world, struct assignment *a, const json_t *value,
                       struct error *err)
{
    if (value == NULL || json_is_null(value)) {
        return true;
    }
    if (!json_is_array(value)) {
        return add_person(world, a, value, err);
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!add_person(world, a, json_array_get(value, i), err)) {
            return false;
        }
    }
    return true;
}

static bool read_controller(struct world *world, const json_t *value, struct assignment *a,
                            struct error *err)
{
    if (value == NULL || json_is_null(value)) {
        return true;
    }
    if (!json_is_string(value)) {
        return error_set(err, ERROR_INVALID, "controller is the name of a body");
    }
    a->controller = arena_copy(world->arena, bytes_of(json_string_value(value)));
    return known_body(world, json_string_value(value), err);
}

static const struct policy *read_policy(const struct world *world, const json_t *value,
                                        struct error *err)
{
    const char *name = json_is_string(value) ? json_string_value(value) : "default";
    const struct definition *policy = catalog_find(world->catalog, DEFINITION_POLICY, name);

    if (policy == NULL) {
        error_set(err, ERROR_INVALID, "there is no policy \"%s\"", name);
        return NULL;
    }
    return &policy->policy;
}

static bool read_parts(struct world *world, const struct term_rules *rules, const json_t *list,
                       const struct term_reading *whole, struct assignment *a, struct error *err)
{
    a->parts = arena_alloc(world->arena, a->people_count * sizeof *a->parts);
    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        a->parts[i] = (struct part){.to = a->to, .reported = CIVIL_DAY_NONE};
    }
    for (size_t i = 0; i < (json_is_object(list) ? 1 : json_array_size(list)); i++) {
        const json_t *entry = json_is_object(list) ? list : json_array_get(list, i);
        int32_t person = assignment_find_person(a, bytes_of(term_part_body(entry)));
        if (person > 0 && !term_read_part(rules, entry, whole, &a->parts[person - 1].to, err)) {
            return false;
        }
    }
    return true;
}

static bool read_terms(struct world *world, const json_t *with, const struct policy *policy,
                       struct assignment *a, struct error *err)
{
    struct term_rules rules = term_rules(world, policy, a->people[0]);
    struct term_reading term;

    if (!term_read(&rules, json_object_get(with, "due"), &term, err)) {
        return false;
    }
    a->from = term.from;
    a->to = term.to;
    a->literal = term.literal;
    return read_parts(world, &rules, json_object_get(with, "co_executors"), &term, a, err);
}

static bool read_assignment(struct world *world, const json_t *with, struct assignment *a,
                            struct error *err)
{
    const struct policy *policy = read_policy(world, json_object_get(with, "policy"), err);

    a->people = arena_alloc(world->arena, (LIMIT_CO_EXECUTORS + 1) * sizeof *a->people);
    if (policy == NULL || !add_people(world, a, json_object_get(with, "responsible"), err) ||
        !add_people(world, a, json_object_get(with, "co_executors"), err)) {
        return false;
    }
    if (a->people_count == 0) {
        return error_set(err, ERROR_INVALID, "an assignment needs a responsible body");
    }
    if (!read_controller(world, json_object_get(with, "controller"), a, err) ||
        !read_terms(world, with, policy, a, err)) {
        return false;
    }
    ladder_build(world, a, policy);
    return true;
}

void people_open(struct world *world, struct instance *instance, struct task *task)
{
    struct assignment a = {
        .state = ASSIGNMENT_PLANNED, .phase = PHASE_PLANNED, .reported = CIVIL_DAY_NONE};
    struct bytes input = task_input(instance, task);
    uint32_t seq = task->seq;
    struct error err;
    json_t *with = json_loadb(input.data, input.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    bool readable = read_assignment(world, with, &a, &err);

    json_decref(with);
    if (!readable) {
        fault_at(world, instance, task->parent, task->step, seq,
                 flow_problem(world, "assignment", "Поручение не может быть дано", err.text));
        return;
    }
    a.terms = &(struct term){.to = a.to, .why = TERM_SET, .since_ms = world->now_ms};
    a.term_count = 1;
    a.extension.proposed = a.pause.since = CIVIL_DAY_NONE;
    buffer_clear(world->scratch);
    assignment_encode(&a, world->scratch);
    world_record(world, instance,
                 (struct record){.kind = RECORD_ASSIGNMENT_GIVEN,
                                 .task = seq,
                                 .data = arena_copy(world->arena, buffer_bytes(world->scratch))});
    people_timer(world, instance, instance_find_task(instance, seq));
}

/* --- time ---------------------------------------------------------------------------------- */

static enum letter later_letter(enum letter before, enum letter now)
{
    /* "opened" says more than a reminder that came due together with it */
    return before == LETTER_OPENED && now == LETTER_REMINDER ? before : now;
}

void people_timer(struct world *world, struct instance *instance, struct task *task)
{
    struct assignment *a = task->assignment;
    const struct ladder_step *to_people = NULL;
    enum letter letter = LETTER_NONE;
    uint32_t seq = task->seq;
    uint32_t first = a->next_step;

    while (instance->state == INSTANCE_RUNNING && task->at_ms != 0 &&
           task->at_ms <= world->now_ms) {
        const struct ladder_step *step = &a->steps[a->next_step];
        if (step->letter != LETTER_NONE && step->letter != LETTER_ESCALATED) {
            letter = later_letter(letter, step->letter);
            to_people = step;
        }
        world_record(world, instance,
                     (struct record){.kind = RECORD_ASSIGNMENT_STEP,
                                     .task = seq,
                                     .number = a->next_step,
                                     .other = step->phase});
    }
    if (to_people != NULL) {
        letters_to_people(world, instance, task, to_people, letter, (struct bytes){NULL, 0});
    }
    letters_upwards(world, instance, instance_find_task(instance, seq), first);
}

/* --- what people do ------------------------------------------------------------------------ */

static bool takes_part(const struct assignment *a, struct bytes by)
{
    for (uint32_t i = 0; i < a->people_count; i++) {
        if (bytes_equal(a->people[i], by)) {
            return true;
        }
    }
    return false;
}

static struct bytes reason_json(struct world *world, struct bytes reason)
{
    return value_text(world, json_pack("{so}", "reason", json_stringn(reason.data, reason.size)));
}

static struct bytes outcome_json(struct world *world, const struct assignment *a, struct bytes by)
{
    json_t *report =
        json_loadb(a->report.data, a->report.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    char day[CIVIL_TEXT_MAX];

    civil_print(a->reported, day);
    return value_text(world, json_pack("{so so so ss ss si}", "report", report, "by",
                                       json_stringn(a->reporter.data, a->reporter.size),
                                       "accepted_by", json_stringn(by.data, by.size), "reported",
                                       day, "outcome", a->reported <= a->to ? "met" : "met-late",
                                       "returns", (int)a->returns));
}

static void report(struct world *world, struct instance *instance, struct task *task,
                   const struct assignment_command *c)
{
    world_record(world, instance,
                 (struct record){.kind = RECORD_ASSIGNMENT_REPORTED,
                                 .task = task->seq,
                                 .number = world_today(world, task->assignment->people[0]),
                                 .text = c->by,
                                 .data = c->report.size ? c->report : bytes_of("{}")});
}

static void accept(struct world *world, struct instance *instance, struct task *task,
                   const struct assignment_command *c)
{
    struct bytes output = outcome_json(world, task->assignment, c->by);

    world_record(
        world, instance,
        (struct record){.kind = RECORD_ASSIGNMENT_ACCEPTED, .task = task->seq, .text = c->by});
    flow_finish(world, instance, c->task, output);
}

static void give_back(struct world *world, struct instance *instance, struct task *task,
                      const struct assignment_command *c)
{
    world_record(world, instance,
                 (struct record){.kind = RECORD_ASSIGNMENT_RETURNED,
                                 .task = task->seq,
                                 .text = c->by,
                                 .data = reason_json(world, c->reason)});
    letters_to_people(world, instance, task, NULL, LETTER_RETURNED, c->reason);
    people_timer(world, instance, instance_find_task(instance, c->task));
}

static void withdraw(struct world *world, struct instance *instance, struct task *task,
                     const struct assignment_command *c)
{
    world_record(world, instance,
                 (struct record){.kind = RECORD_ASSIGNMENT_WITHDRAWN,
                                 .task = task->seq,
                                 .text = c->by,
                                 .data = reason_json(world, c->reason)});
    flow_skip(world, instance, c->task, c->reason, bytes_of("{\"outcome\":\"withdrawn\"}"));
}

static bool check_report(const struct assignment *a, const struct assignment_command *c,
                         struct error *err)
{
    if (a->state != ASSIGNMENT_OPEN && a->state != ASSIGNMENT_PLANNED) {
        return error_set(err, ERROR_CONFLICT, "the assignment is %s: nothing to report",
                         assignment_state_name(a->state));
    }
    if (!takes_part(a, c->by)) {
        return error_set(err, ERROR_REFUSED, "the body \"%.*s\" has no part in this assignment",
                         (int)c->by.size, (const char *)c->by.data);
    }
    return true;
}

/* Is `by` this body, or one above it? Who is above may decide in its place, and must where the
 * body itself has reported. Bodies have no cycles of parents. */
static bool is_above(const struct world *world, struct bytes body, struct bytes by)
{
    const struct body *at = catalog_find_body(world->catalog, arena_text(world->arena, body));
    bool same = bytes_equal(body, by);

    while (!same && at != NULL && at->parent != NULL) {
        same = bytes_equal(bytes_of(at->parent), by);
        at = catalog_find_body(world->catalog, at->parent);
    }
    return same;
}

static bool check_decision(const struct world *world, const struct assignment *a,
                           const struct assignment_command *c, struct error *err)
{
    if (c->action != ACTION_WITHDRAW && a->state != ASSIGNMENT_REPORTED) {
        return error_set(err, ERROR_CONFLICT, "the assignment is %s: there is no report to decide",
                         assignment_state_name(a->state));
    }
    if (bytes_equal(c->by, a->reporter) && c->action != ACTION_WITHDRAW) {
        return error_set(err, ERROR_REFUSED, "nobody decides about their own report");
    }
    if (a->controller.size > 0 && !is_above(world, a->controller, c->by)) {
        return error_set(err, ERROR_REFUSED,
                         "only the controller \"%.*s\", or who is above it, decides here",
                         (int)a->controller.size, (const char *)a->controller.data);
    }
    if (c->action != ACTION_ACCEPT && c->reason.size == 0) {
        return error_set(err, ERROR_INVALID, "this needs a reason");
    }
    return true;
}

bool decide_assignment(struct world *world, const struct assignment_command *c, struct error *err)
{
    struct instance *instance = world->get(world, c->instance);
    struct task *task = instance != NULL ? instance_find_task(instance, c->task) : NULL;

    if (task == NULL || task->assignment == NULL || task->state == TASK_CLOSED) {
        return error_set(err, ERROR_NOT_FOUND, "there is no open assignment %llu.%u",
                         (unsigned long long)c->instance, c->task);
    }
    bool allowed = c->action == ACTION_REPORT ? check_report(task->assignment, c, err)
                                              : check_decision(world, task->assignment, c, err);
    if (!allowed) {
        return false;
    }
    switch (c->action) {
    case ACTION_REPORT:
        report(world, instance, task, c);
        break;
    case ACTION_ACCEPT:
        accept(world, instance, task, c);
        break;
    case ACTION_RETURN:
        give_back(world, instance, task, c);
        break;
    case ACTION_WITHDRAW:
        withdraw(world, instance, task, c);
        break;
    default:
        return error_set(err, ERROR_UNSUPPORTED, "this cannot be done yet");
    }
    flow_run(world);
    return true;
}

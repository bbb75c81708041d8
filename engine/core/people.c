/* people.c - the life of an assignment: opened, carried on by time, changed by people
 *
 * Owns:    which action is possible in which state (docs/states.md §3), and the steps that time
 *          takes.
 * In:      flow.c opens one, the turn brings timers and commands.
 * Out:     records; letters through letters.c.
 * Always:  a refusal comes before the first record; a report stops the ladder, a return lets it go
 *          on; what is closed announces nothing.
 * See:     people_part.h for the other files
 */
#include "engine/core/people.h"

#include "base/must.h"
#include "engine/core/flow.h"
#include "engine/core/ladder.h"
#include "engine/core/letters.h"
#include "engine/core/people_form.h"
#include "engine/core/people_part.h"

#include <string.h>

/* --- a matter ------------------------------------------------------------------------------ */

struct matter matter_of(struct world *world, struct instance *instance, const struct task *task)
{
    return (struct matter){
        .world = world, .instance = instance, .seq = task->seq, .a = task->assignment};
}

struct task *matter_task(const struct matter *m)
{
    struct task *task = instance_find_task(m->instance, m->seq);

    must(task != NULL);
    return task;
}

/* Whose act a record of this kind is: of who does the work, or of who decides. Empty: of nobody. */
static struct bytes whose_act(const struct assignment *a, const struct record *r)
{
    switch (r->kind) {
    case RECORD_ASSIGNMENT_REPORTED:
    case RECORD_ASSIGNMENT_ASKED:
    case RECORD_ASSIGNMENT_DELEGATED:
        return a->people[0];
    case RECORD_ASSIGNMENT_PART:
        return a->people[r->other == PART_ANSWERED ? r->index : 0];
    case RECORD_ASSIGNMENT_ACCEPTED:
    case RECORD_ASSIGNMENT_RETURNED:
    case RECORD_ASSIGNMENT_WITHDRAWN:
    case RECORD_ASSIGNMENT_REFUSED:
    case RECORD_ASSIGNMENT_PAUSED:
    case RECORD_ASSIGNMENT_RESUMED:
    case RECORD_ASSIGNMENT_TERM:
    case RECORD_ASSIGNMENT_REASSIGNED:
        return a->controller;
    default:
        return NOTHING;
    }
}

/* That a deputy acted stays in the record: tomorrow it may be none any more. */
static bool deputy_acts(const struct matter *m, const struct record *r)
{
    struct bytes body = m->c != NULL && m->a != NULL ? whose_act(m->a, r) : NOTHING;

    return body.size > 0 && !bytes_equal(m->c->by, body) &&
           assignment_acts_for(m->a, m->c->by, body);
}

void matter_record(const struct matter *m, struct record record)
{
    record.task = m->seq;
    if (deputy_acts(m, &record)) {
        record.parent = 1;
    }
    world_record(m->world, m->instance, record);
}

const struct policy *matter_policy(const struct matter *m)
{
    static const struct policy plain = {.minute = 9 * 60};
    json_t *with = value_parse(task_input(m->instance, matter_task(m)));
    const struct policy *policy = people_policy(m->world, with, NULL);

    json_decref(with);
    return policy != NULL ? policy : &plain;
}

struct bytes matter_reason(const struct matter *m, struct bytes reason, struct bytes by)
{
    json_t *value =
        json_pack("{so}", "reason", json_stringn(reason.data ? reason.data : "", reason.size));

    if (by.size > 0) {
        json_object_set_new(value, "by", json_stringn(by.data, by.size));
    }
    return value_text(m->world, value);
}

struct assignment matter_copy(const struct matter *m)
{
    struct assignment copy = *m->a;
    struct arena *arena = m->world->arena;

    copy.people = arena_alloc(arena, copy.people_count * sizeof *copy.people);
    memcpy(copy.people, m->a->people, copy.people_count * sizeof *copy.people);
    copy.parts = arena_alloc(arena, copy.people_count * sizeof *copy.parts);
    memcpy(copy.parts, m->a->parts, (copy.people_count - 1) * sizeof *copy.parts);
    return copy;
}

struct bytes matter_ladder(const struct matter *m, const struct assignment *copy)
{
    buffer_clear(m->world->scratch);
    ladder_encode(copy->steps + copy->next_step, copy->step_count - copy->next_step,
                  m->world->scratch);
    return arena_copy(m->world->arena, buffer_bytes(m->world->scratch));
}

enum phase matter_ladder_anew(const struct matter *m, struct assignment *copy,
                              const struct ladder_step *taken)
{
    enum phase phase = PHASE_PLANNED;

    ladder_build(m->world, copy, matter_policy(m));
    ladder_after(m->world, copy, matter_policy(m), taken);
    for (uint32_t i = 0; i < copy->step_count && copy->steps[i].at_ms <= m->world->now_ms; i++) {
        if (copy->steps[i].phase != 0) { /* a step of its own: letters that are over have gone */
            phase = copy->steps[i].phase;
            copy->step_count--;
            memmove(&copy->steps[i], &copy->steps[i + 1],
                    (copy->step_count - i) * sizeof *copy->steps);
            break;
        }
    }
    return phase;
}

/* --- opening ------------------------------------------------------------------------------- */

void people_open(struct world *world, struct instance *instance, struct task *task)
{
    struct assignment a = {
        .state = ASSIGNMENT_PLANNED, .phase = PHASE_PLANNED, .reported = CIVIL_DAY_NONE};
    struct term first = {.why = TERM_SET, .since_ms = world->now_ms};
    uint32_t seq = task->seq;
    struct error err;
    json_t *with = value_parse(task_input(instance, task));
    bool readable =
        people_read(world, with, &a, &err) && form_check(json_object_get(with, "form"), &err);

    json_decref(with);
    if (!readable) {
        fault_at(world, instance, task->parent, task->step, seq,
                 flow_refused(world, "assignment", "Поручение не может быть дано", &err));
        return;
    }
    first.to = a.to;
    a.terms = &first;
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

/* Take the steps that are due, up to one after which the ladder is another. false: none was. */
static bool take_steps(const struct matter *m)
{
    uint32_t first = m->a->next_step;
    struct ladder_step step = {.deed = DEED_NONE};
    const struct task *task = matter_task(m);

    while (step.deed != DEED_REASSIGN && m->instance->state == INSTANCE_RUNNING &&
           task->at_ms != 0 && task->at_ms <= m->world->now_ms) {
        step = m->a->steps[m->a->next_step];
        matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_STEP,
                                         .number = m->a->next_step,
                                         .other = step.phase});
        if (step.deed == DEED_HAND_OVER || step.deed == DEED_HAND_BACK) {
            hands_do(m, &step);
        }
        task = matter_task(m); /* a letter may have moved it */
    }
    if (m->a->next_step == first) {
        return false;
    }
    letters_steps(m->world, m->instance, m->seq, first);
    if (step.deed == DEED_REASSIGN) {
        hands_do(m, &step);
    }
    return true;
}

void people_timer(struct world *world, struct instance *instance, struct task *task)
{
    struct matter m = matter_of(world, instance, task);

    while (take_steps(&m)) { /* each round moves on in the ladder, or in time */
    }
}

/* --- what people do ------------------------------------------------------------------------ */

typedef bool check_fn(const struct matter *m, struct error *err);
typedef void run_fn(const struct matter *m);

struct action {
    unsigned states;      /* in which it can be done, a bit each */
    const char *conflict; /* why not, in another */
    check_fn *who;        /* this body? */
    check_fn *open;       /* at all, whatever it is done with? */
    check_fn *so;         /* with this? */
    run_fn *run;
    bool needs_reason;
};

#define BIT(state) (1u << (state))
#define WORKED_ON  (BIT(ASSIGNMENT_PLANNED) | BIT(ASSIGNMENT_OPEN))
#define RUNNING    (WORKED_ON | BIT(ASSIGNMENT_DELEGATED))
#define REPORTED   BIT(ASSIGNMENT_REPORTED)
#define PAUSED     BIT(ASSIGNMENT_PAUSED)
#define EVER       (~0u)

static void comment_run(const struct matter *m)
{
    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_COMMENTED,
                                     .text = m->c->by,
                                     .data = matter_reason(m, m->c->reason, NOTHING)});
}

static const struct action actions[ACTION_COUNT] = {
    [ACTION_REPORT] = {RUNNING | REPORTED, N_("nothing to report"), check_takes_part,
                       report_is_open, report_check, report_run, false},
    [ACTION_ACCEPT] = {REPORTED, N_("there is no report to decide"), check_decides_report, NULL,
                       accept_check, accept_run, false},
    [ACTION_RETURN] = {RUNNING | REPORTED, N_("there is no report to decide"), NULL, return_is_open,
                       NULL, return_run, true},
    [ACTION_WITHDRAW] = {RUNNING | REPORTED | PAUSED, N_("it is over"), check_withdraws, NULL, NULL,
                         withdraw_run, true},
    [ACTION_ASK] = {RUNNING, N_("no extension can be asked for"), check_is_responsible, ask_is_open,
                    ask_check, ask_run, true},
    [ACTION_GRANT] = {RUNNING | REPORTED, N_("its term does not move"), check_decides_term,
                      answer_is_open, grant_check, grant_run, false},
    [ACTION_REFUSE] = {RUNNING | REPORTED | PAUSED, N_("it is over"), check_decides_term,
                       answer_is_open, NULL, refuse_run, true},
    [ACTION_MOVE] = {RUNNING | REPORTED, N_("its term does not move"), check_decides_term, NULL,
                     move_check, move_run, true},
    [ACTION_PAUSE] = {RUNNING, N_("its clock does not run"), check_decides_term, NULL, pause_check,
                      pause_run, true},
    [ACTION_RESUME] = {PAUSED, N_("its clock does not stand"), check_decides_term, NULL, NULL,
                       resume_run, false},
    [ACTION_DELEGATE] = {WORKED_ON, N_("it can't be delegated"), check_is_responsible, NULL,
                         delegate_check, delegate_run, false},
    [ACTION_REASSIGN] = {RUNNING, N_("it can't be given to another"), check_decides_term, NULL,
                         reassign_check, reassign_run, true},
    [ACTION_COMMENT] = {EVER, NULL, NULL, NULL, NULL, comment_run, true},
};

static const char *const action_names[ACTION_COUNT] = {
    [ACTION_REPORT] = "report",     [ACTION_ACCEPT] = "accept",     [ACTION_RETURN] = "return",
    [ACTION_WITHDRAW] = "withdraw", [ACTION_ASK] = "extend",        [ACTION_GRANT] = "grant",
    [ACTION_REFUSE] = "refuse",     [ACTION_MOVE] = "move",         [ACTION_PAUSE] = "pause",
    [ACTION_RESUME] = "resume",     [ACTION_DELEGATE] = "delegate", [ACTION_REASSIGN] = "reassign",
    [ACTION_COMMENT] = "comment",
};

const char *assignment_action_name(enum assignment_action action)
{
    return action > 0 && action < ACTION_COUNT ? action_names[action] : "?";
}

enum assignment_action assignment_action_find(const char *name)
{
    for (int i = ACTION_REPORT; name != NULL && i < ACTION_COUNT; i++) {
        if (strcmp(action_names[i], name) == 0) {
            return (enum assignment_action)i;
        }
    }
    return 0;
}

/* Whatever it is done with. */
static bool check_may(const struct matter *m, struct error *err)
{
    const struct action *action = &actions[m->c->action];

    if ((action->states & BIT(m->a->state)) == 0) {
        return error_set(err, ERROR_CONFLICT, "%s; the assignment is %s", action->conflict,
                         assignment_state_name(m->a->state));
    }
    return (action->who == NULL || action->who(m, err)) &&
           (action->open == NULL || action->open(m, err));
}

/* What it is done with. */
static bool check_so(const struct matter *m, struct error *err)
{
    const struct action *action = &actions[m->c->action];

    if (action->needs_reason && m->c->reason.size == 0) {
        return error_set(err, ERROR_INVALID, "this needs a reason");
    }
    return action->so == NULL || action->so(m, err);
}

static bool find_matter(struct world *world, const struct assignment_command *c,
                        struct matter *ret_matter, struct error *err)
{
    struct instance *instance = world->get(world, c->instance);
    struct task *task = instance != NULL ? instance_find_task(instance, c->task) : NULL;

    if (task == NULL || task->assignment == NULL ||
        (task->state == TASK_CLOSED && c->action != ACTION_COMMENT)) {
        return error_set(err, ERROR_NOT_FOUND, "there is no open assignment %llu.%u",
                         (unsigned long long)c->instance, c->task);
    }
    must(c->action > 0 && c->action < ACTION_COUNT);
    *ret_matter = matter_of(world, instance, task);
    ret_matter->c = c;
    return true;
}

bool decide_assignment_check(struct world *world, const struct assignment_command *c, bool may_lack,
                             struct error *err)
{
    struct matter m;

    return find_matter(world, c, &m, err) && check_may(&m, err) && (may_lack || check_so(&m, err));
}

bool decide_assignment(struct world *world, const struct assignment_command *c, struct error *err)
{
    struct matter m;

    if (!find_matter(world, c, &m, err) || !check_may(&m, err) || !check_so(&m, err)) {
        return false;
    }
    actions[c->action].run(&m);
    flow_run(world);
    return true;
}

bool decide_assignment_may(struct world *world, struct instance *instance, const struct task *task,
                           enum assignment_action action, struct bytes by)
{
    const struct assignment_command c = {.action = action, .by = by};
    struct matter m = matter_of(world, instance, task);

    m.c = &c;
    return check_may(&m, NULL);
}

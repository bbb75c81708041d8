/* apply_people.c - how records change an assignment
 *
 * Owns:    the moves of assignment states (docs/states.md §3) and the moment of its next step;
 *          apply_term.c its term, its clock and who acts.
 * In:      apply.c.
 * Always:  as apply.c: no clock, no catalog, no choice. A record fits the state, or it is a bug.
 */
#include "engine/core/apply.h"

#include "base/must.h"

#define BIT(state) (1u << (state))
#define RUNNING    (BIT(ASSIGNMENT_PLANNED) | BIT(ASSIGNMENT_OPEN) | BIT(ASSIGNMENT_DELEGATED))
#define UNDECIDED  BIT(ASSIGNMENT_REPORTED)
#define PAUSED     BIT(ASSIGNMENT_PAUSED)
#define ANY_OPEN   (RUNNING | UNDECIDED | PAUSED)

/* In which states a record can come. */
static const unsigned states_of[RECORD_KIND_COUNT] = {
    [RECORD_ASSIGNMENT_STEP] = ANY_OPEN,
    [RECORD_ASSIGNMENT_REPORTED] = BIT(ASSIGNMENT_PLANNED) | BIT(ASSIGNMENT_OPEN),
    [RECORD_ASSIGNMENT_ACCEPTED] = UNDECIDED,
    [RECORD_ASSIGNMENT_RETURNED] = UNDECIDED,
    [RECORD_ASSIGNMENT_WITHDRAWN] = ANY_OPEN,
    [RECORD_ASSIGNMENT_PART] = RUNNING | UNDECIDED,
    [RECORD_ASSIGNMENT_ASKED] = RUNNING,
    [RECORD_ASSIGNMENT_REFUSED] = ANY_OPEN,
    [RECORD_ASSIGNMENT_TERM] = ANY_OPEN,
    [RECORD_ASSIGNMENT_LADDER] = RUNNING | UNDECIDED,
    [RECORD_ASSIGNMENT_PAUSED] = RUNNING,
    [RECORD_ASSIGNMENT_RESUMED] = PAUSED,
    [RECORD_ASSIGNMENT_REASSIGNED] = RUNNING,
    [RECORD_ASSIGNMENT_DELEGATED] = BIT(ASSIGNMENT_PLANNED) | BIT(ASSIGNMENT_OPEN),
    [RECORD_ASSIGNMENT_TAKEN_BACK] = BIT(ASSIGNMENT_DELEGATED) | PAUSED,
    [RECORD_ASSIGNMENT_HANDED] = ANY_OPEN,
    [RECORD_ASSIGNMENT_NOTICED] = ~0u, /* tells, changes nothing */
};

/* The moment of its next step. Letters wait while the clock stands; deputies do not. */
static void arm(struct task *task)
{
    const struct assignment *a = task->assignment;
    const struct ladder_step *next = a->next_step < a->step_count ? &a->steps[a->next_step] : NULL;
    bool stands = a->state == ASSIGNMENT_REPORTED || a->state == ASSIGNMENT_PAUSED;
    bool comes = next != NULL && (assignment_runs(a) || (stands && ladder_step_is_steady(next)));

    task->at_ms = comes ? next->at_ms : 0;
}

static void apply_set(struct instance *i, struct task *task, const struct record *r)
{
    struct cursor c = cursor_of(r->data);

    task->assignment = r->kind == RECORD_ASSIGNMENT_SET ? assignment_decode_old(i->arena, &c)
                                                        : assignment_decode(i->arena, &c);
    must(task->assignment != NULL);
    apply_move(task, TASK_WAITING, r);
    task->problem = (struct bytes){NULL, 0};
}

static void apply_step(struct assignment *a, const struct record *r)
{
    must((uint32_t)r->number == a->next_step && a->next_step < a->step_count);
    a->next_step++;
    if (r->other != 0) {
        a->phase = (enum phase)r->other;
    }
    if (a->state == ASSIGNMENT_PLANNED && a->phase > PHASE_PLANNED) {
        a->state = ASSIGNMENT_OPEN;
    }
}

static void apply_reported(struct instance *i, struct assignment *a, const struct record *r)
{
    a->state = ASSIGNMENT_REPORTED;
    a->reported = (civil_day)r->number;
    a->reporter = arena_copy(i->arena, r->text);
    a->report = arena_copy(i->arena, r->data);
    apply_ladder(i, a, r);
}

/* What the co-executor people[r->index] owes. */
static void apply_part(struct instance *i, struct assignment *a, const struct record *r)
{
    must(r->index > 0 && r->index < a->people_count && r->other < PART_STATE_COUNT);
    struct part *part = &a->parts[r->index - 1];
    part->state = (enum part_state)r->other;
    if (part->state == PART_OPEN) {
        part->returns++;
        return;
    }
    part->reported = (civil_day)r->number;
    part->by = arena_copy(i->arena, r->text);
    part->report = arena_copy(i->arena, r->data);
}

/* How it ends: that of the flow is closed by the record of its step, one that was delegated by
 * this. */
static void apply_end(struct instance *i, struct task *task, const struct record *r)
{
    struct assignment *a = task->assignment;

    must(a->child == 0);
    if (r->kind == RECORD_ASSIGNMENT_WITHDRAWN) {
        a->state = ASSIGNMENT_WITHDRAWN;
    } else {
        a->state = r->number != 0 ? ASSIGNMENT_ACCEPTED_IN_PART : ASSIGNMENT_ACCEPTED;
    }
    if (a->parent == 0) {
        arm(task);
        return;
    }
    apply_close_assignment(task, r);
    apply_forget_oldest_closed(i);
}

static void apply_family(struct assignment *a, const struct record *r)
{
    uint32_t child = (uint32_t)r->number;
    bool begun = a->phase > PHASE_PLANNED;

    if (r->kind == RECORD_ASSIGNMENT_DELEGATED) {
        must(a->child == 0);
        a->child = child;
        a->state = ASSIGNMENT_DELEGATED;
        return;
    }
    must(a->child == child);
    a->child = 0;
    if (a->state == ASSIGNMENT_DELEGATED) {
        a->state = begun ? ASSIGNMENT_OPEN : ASSIGNMENT_PLANNED;
    } else if (a->pause.before == ASSIGNMENT_DELEGATED) {
        a->pause.before = begun ? ASSIGNMENT_OPEN : ASSIGNMENT_PLANNED;
    }
}

/* What moves no task. */
static void apply_change(struct instance *i, struct assignment *a, const struct record *r)
{
    switch (r->kind) {
    case RECORD_ASSIGNMENT_STEP:
        apply_step(a, r);
        break;
    case RECORD_ASSIGNMENT_REPORTED:
        apply_reported(i, a, r);
        break;
    case RECORD_ASSIGNMENT_RETURNED:
        a->state = ASSIGNMENT_OPEN;
        a->returns++;
        apply_ladder(i, a, r);
        break;
    case RECORD_ASSIGNMENT_PART:
        apply_part(i, a, r);
        break;
    case RECORD_ASSIGNMENT_DELEGATED:
    case RECORD_ASSIGNMENT_TAKEN_BACK:
        apply_family(a, r);
        break;
    case RECORD_ASSIGNMENT_NOTICED:
        break;
    default:
        apply_term(i, a, r);
    }
}

void apply_assignment(struct instance *i, const struct record *r)
{
    struct task *task = apply_task_of(i, r);
    struct assignment *a = task->assignment;

    switch (r->kind) {
    case RECORD_ASSIGNMENT_SET:
    case RECORD_ASSIGNMENT_GIVEN:
        apply_set(i, task, r);
        break;
    case RECORD_ASSIGNMENT_ACCEPTED:
    case RECORD_ASSIGNMENT_WITHDRAWN:
        must(a != NULL && (states_of[r->kind] & BIT(a->state)) != 0);
        apply_end(i, task, r);
        return;
    case RECORD_ASSIGNMENT_COMMENTED: /* also on one that is over */
        must(a != NULL);
        return;
    default:
        must(a != NULL && (states_of[r->kind] & BIT(a->state)) != 0);
        apply_change(i, a, r);
    }
    arm(task);
}

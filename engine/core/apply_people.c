/* apply_people.c - how records change an assignment
 *
 * Owns:    the moves of assignment states (docs/states.md §3) and the moment of its next step.
 * In:      apply.c.
 * Always:  as apply.c: no clock, no catalog, no choice.
 */
#include "engine/core/apply.h"

#include "base/must.h"

static void arm(struct task *task)
{
    const struct assignment *a = task->assignment;
    bool runs = a->next_step < a->step_count &&
                (a->state == ASSIGNMENT_PLANNED || a->state == ASSIGNMENT_OPEN);

    task->at_ms = runs ? a->steps[a->next_step].at_ms : 0;
}

static void apply_set(struct instance *i, struct task *task, const struct record *r)
{
    struct cursor c = cursor_of(r->data);

    task->assignment = r->kind == RECORD_ASSIGNMENT_SET
                           ? assignment_decode_old(i->arena, &c, r->time_ms)
                           : assignment_decode(i->arena, &c);
    must(task->assignment != NULL);
    apply_move(task, TASK_WAITING, r);
    task->problem = (struct bytes){NULL, 0};
}

static void apply_step(struct assignment *a, const struct record *r)
{
    must((uint32_t)r->number == a->next_step);
    a->next_step++;
    if (r->other != 0) {
        a->phase = (enum phase)r->other;
    }
    if (a->state == ASSIGNMENT_PLANNED && a->phase > PHASE_PLANNED) {
        a->state = ASSIGNMENT_OPEN;
    }
}

void apply_assignment(struct instance *i, const struct record *r)
{
    struct task *task = apply_task_of(i, r);
    struct assignment *a = task->assignment;

    must(a != NULL || r->kind == RECORD_ASSIGNMENT_SET || r->kind == RECORD_ASSIGNMENT_GIVEN);
    switch (r->kind) {
    case RECORD_ASSIGNMENT_SET:
    case RECORD_ASSIGNMENT_GIVEN:
        apply_set(i, task, r);
        break;
    case RECORD_ASSIGNMENT_STEP:
        apply_step(a, r);
        break;
    case RECORD_ASSIGNMENT_REPORTED:
        a->state = ASSIGNMENT_REPORTED;
        a->reported = (civil_day)r->number;
        a->reporter = arena_copy(i->arena, r->text);
        a->report = arena_copy(i->arena, r->data);
        break;
    case RECORD_ASSIGNMENT_ACCEPTED:
        a->state = ASSIGNMENT_ACCEPTED;
        break;
    case RECORD_ASSIGNMENT_RETURNED:
        a->state = ASSIGNMENT_OPEN;
        a->returns++;
        break;
    case RECORD_ASSIGNMENT_WITHDRAWN:
        a->state = ASSIGNMENT_WITHDRAWN;
        break;
    case RECORD_ASSIGNMENT_NOTICED: /* history */
        break;
    default:
        must(!"a record of an assignment");
    }
    arm(task);
}

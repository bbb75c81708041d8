/* people_replan.c - what the documents of today would make of an open assignment
 *
 * Owns:    counting a term anew by today's calendar and policy, and building its ladder anew.
 * In:      the engine, one assignment at a time: REPLAN (protocol §3.5).
 * Out:     decide_replan_check() nothing; decide_replan() records and letters.
 * Always:  a term that people have decided keeps the day they named; what is over stays.
 * See:     docs/time.md §6
 */
#include "engine/core/people_part.h"

#include "engine/core/flow.h"
#include "engine/core/letters.h"
#include "engine/core/people.h"
#include "engine/core/term.h"

static bool find(struct world *world, uint64_t id, uint32_t seq, struct matter *ret_matter)
{
    struct instance *instance = world->get(world, id);
    const struct task *task = instance != NULL ? instance_find_task(instance, seq) : NULL;

    if (task == NULL || task->assignment == NULL || task->state == TASK_CLOSED) {
        return false;
    }
    *ret_matter = matter_of(world, instance, task);
    return true;
}

/* Nobody has decided about the term: it is what the document says. */
static bool is_as_given(const struct assignment *a)
{
    bool given = true;

    for (uint32_t i = 0; i < a->term_count; i++) {
        given &= a->terms[i].why == TERM_SET || a->terms[i].why == TERM_CALENDAR;
    }
    return given;
}

/* The day on which it was given, where the responsible body is: relative terms count from it. */
static civil_day given_day(const struct matter *m)
{
    struct world then = *m->world;

    then.now_ms = m->a->terms[0].since_ms;
    return world_today(&then, m->a->people[0]);
}

/* false: `due` can't be read any more: the day that it gave stays. */
static bool read_again(const struct matter *m, struct term_rules rules, struct move *move)
{
    json_t *with = value_parse(task_input(m->instance, matter_task(m)));
    struct term_reading term;

    rules.today = given_day(m);
    bool good = term_read(&rules, json_object_get(with, "due"), &term, NULL);
    if (good) {
        move->to = term.to;
        move->literal = term.literal;
    }
    json_decref(with);
    return good;
}

/* Where the term would lie now. What is over is not moved: nobody becomes late, or in time, by a
 * document that came later. */
static void count_anew(const struct matter *m, struct move *move)
{
    struct term_rules rules = term_rules(m->world, matter_policy(m), m->a->people[0]);
    struct matter parent = family_parent(m);

    move->to = m->a->to;
    move->literal = m->a->literal;
    if (m->a->to < rules.today) {
        return;
    }
    if (!is_as_given(m->a) || !read_again(m, rules, move)) {
        move->to = term_shift(&rules, m->a->from, m->a->literal);
    }
    if (move->to < m->a->from || move->to < rules.today) {
        move->to = m->a->to;
        move->literal = m->a->literal;
    }
    if (parent.a != NULL && move->to > parent.a->to) {
        move->to = parent.a->to;
    }
}

/* --- the ladder ---------------------------------------------------------------------------- */

static bool same_step(const struct ladder_step *a, const struct ladder_step *b)
{
    return a->at_ms == b->at_ms && a->phase == b->phase && a->letter == b->letter &&
           a->levels == b->levels && a->deed == b->deed && a->person == b->person;
}

/* Are the steps that are still to come the same? */
static bool same_ladder(const struct assignment *a, const struct assignment *b)
{
    uint32_t rest = a->step_count - a->next_step;
    bool same = rest == b->step_count - b->next_step;

    for (uint32_t i = 0; same && i < rest; i++) {
        same = same_step(&a->steps[a->next_step + i], &b->steps[b->next_step + i]);
    }
    return same;
}

static bool stands(const struct assignment *a)
{
    return a->state == ASSIGNMENT_REPORTED || a->state == ASSIGNMENT_PAUSED;
}

/* While a report waits, or the clock stands, the ladder is built when it runs again. */
static bool ladder_changes(const struct matter *m, struct assignment *copy, enum phase *ret_phase)
{
    *ret_phase = PHASE_PLANNED;
    if (stands(m->a)) {
        return false;
    }
    *ret_phase = matter_ladder_anew(m, copy, NULL);
    return !same_ladder(m->a, copy);
}

bool decide_replan_check(struct world *world, uint64_t id, uint32_t seq, struct replan *ret_replan)
{
    struct matter m;
    struct move move;
    enum phase phase;

    if (!find(world, id, seq, &m)) {
        return false;
    }
    count_anew(&m, &move);
    struct assignment copy = matter_copy(&m);
    *ret_replan = (struct replan){
        .moves = move.to != m.a->to, .from_day = m.a->to, .to_day = move.to, .ladder = false};
    ret_replan->ladder = !ret_replan->moves && ladder_changes(&m, &copy, &phase);
    return true;
}

static void move_term(const struct matter *m, struct move *move, struct bytes reason)
{
    struct tell tell = {.by = move->by, .reason = reason, .day = m->a->to};

    move->why = TERM_CALENDAR;
    move->reason = reason;
    term_moves(m, move);
    letters_tell_people(m->world, m->instance, m->seq, LETTER_MOVED, &tell);
}

/* A body that says it does it must be one that decides about this term; without one it is the
 * operator's deed. */
static bool may_replan(struct matter m, struct bytes by, struct error *err)
{
    struct assignment_command command = {.by = by, .action = ACTION_MOVE};

    m.c = &command;
    return by.size == 0 || check_decides_term(&m, err);
}

bool decide_replan(struct world *world, uint64_t id, uint32_t seq, struct bytes by,
                   struct bytes reason, struct error *err)
{
    struct matter m;
    struct move move = {.by = by};
    enum phase phase;

    if (!find(world, id, seq, &m)) {
        return error_set(err, ERROR_NOT_FOUND, "there is no open assignment %llu.%u",
                         (unsigned long long)id, seq);
    }
    if (!may_replan(m, by, err)) {
        return false;
    }
    count_anew(&m, &move);
    struct assignment copy = matter_copy(&m);
    if (move.to != m.a->to) {
        move_term(&m, &move, reason);
    } else if (ladder_changes(&m, &copy, &phase)) {
        matter_record(&m, (struct record){.kind = RECORD_ASSIGNMENT_LADDER,
                                          .other = phase > m.a->phase ? phase : 0,
                                          .extra = matter_ladder(&m, &copy)});
    } else {
        return true;
    }
    people_timer(world, m.instance, matter_task(&m));
    flow_run(world);
    return true;
}

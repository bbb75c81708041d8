/* people_pause.c - the clock of an assignment stands for a stated reason, and runs on
 *
 * Owns:    pauses; how far a term moves for the time that its clock stood.
 * In:      people.c, with a command that the state allows.
 * Out:     records and letters.
 * Always:  what was delegated stands and runs with what it was delegated from; a term that was over
 *          before the pause is not moved: late stays late.
 * See:     docs/time.md §6
 */
#include "engine/core/people_part.h"

#include "engine/core/ladder_stand.h"
#include "engine/core/letters.h"
#include "engine/core/people.h"
#include "engine/core/term.h"

bool pause_check(const struct matter *m, struct error *err)
{
    return (m->c->pause > PAUSE_NONE && m->c->pause < PAUSE_KIND_COUNT) ||
           error_set(err, ERROR_INVALID, "\"pause\" must be leave, higher_order or waits");
}

static void record_pause(const struct matter *m, const struct assignment_command *c)
{
    struct assignment copy = matter_copy(m);
    bool turned = ladder_stand(m->world, &copy);

    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_PAUSED,
                                     .other = c->pause,
                                     .number = world_today(m->world, m->a->people[0]),
                                     .text = c->by,
                                     .data = matter_reason(m, c->reason, NOTHING),
                                     .extra = turned ? matter_ladder(m, &copy) : NOTHING});
}

void pause_run(const struct matter *m)
{
    struct tell tell = {.by = m->c->by, .reason = m->c->reason};

    for (struct matter at = *m; at.a != NULL; at = family_child(&at)) {
        if (assignment_runs(at.a)) {
            record_pause(&at, m->c);
            letters_tell_people(at.world, at.instance, at.seq, LETTER_PAUSED, &tell);
        }
    }
}

/* --- running on ---------------------------------------------------------------------------- */

/* As many days later as the clock stood: working ones where the policy counts in them. */
static bool moves_to(const struct matter *m, civil_day since, struct move *move)
{
    struct term_rules rules = term_rules(m->world, matter_policy(m), m->a->people[0]);

    struct matter parent = family_parent(m);

    move->literal = term_resumed(&rules, m->a->to, since);
    move->to = term_shift(&rules, m->a->from, move->literal);
    if (parent.a != NULL && move->to > parent.a->to) {
        move->to = parent.a->to;
    }
    return move->to > m->a->to;
}

static void record_resume(const struct matter *m, struct bytes by)
{
    struct assignment copy = matter_copy(m);
    struct pause pause = m->a->pause;
    struct move move = {.why = TERM_RESUMED, .by = by, .reason = pause.reason};
    struct tell tell = {.by = by, .day = m->a->to};
    bool turned = ladder_run(m->world, &copy);

    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_RESUMED,
                                     .text = by,
                                     .extra = turned ? matter_ladder(m, &copy) : NOTHING});
    if (moves_to(m, pause.since, &move)) {
        term_moves(m, &move);
    }
    letters_tell_people(m->world, m->instance, m->seq, LETTER_RESUMED, &tell);
}

static bool is_same_pause(const struct pause *a, const struct pause *b)
{
    return a->kind == b->kind && bytes_equal(a->by, b->by) && bytes_equal(a->reason, b->reason);
}

/* From the outside in: the term of what was delegated must lie in that of the whole. */
void resume_run(const struct matter *m)
{
    struct pause pause = m->a->pause;

    for (struct matter at = *m; at.a != NULL; at = family_child(&at)) {
        if (at.a->state == ASSIGNMENT_PAUSED && is_same_pause(&at.a->pause, &pause)) {
            record_resume(&at, m->c->by);
        }
    }
    for (struct matter at = *m; at.a != NULL; at = family_child(&at)) {
        people_timer(at.world, at.instance, matter_task(&at));
    }
}

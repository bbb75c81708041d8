/* people_term.c - the term of an assignment moves: asked for, or by who set it
 *
 * Owns:    requests for an extension and what is decided about them; every move of a term.
 * In:      people.c, with a command that the state allows; people_pause.c, people_replan.c.
 * Out:     records and letters.
 * Always:  terms are added and stay; what was delegated never ends after what it was delegated
 *          from; one request at a time.
 * See:     docs/time.md §6
 */
#include "engine/core/people_part.h"

#include "base/must.h"
#include "engine/core/ladder.h"
#include "engine/core/ladder_days.h"
#include "engine/core/ladder_stand.h"
#include "engine/core/letters.h"
#include "engine/core/people.h"
#include "engine/core/term.h"

/* --- days ---------------------------------------------------------------------------------- */

static struct term_rules rules_of(const struct matter *m)
{
    return term_rules(m->world, matter_policy(m), m->a->people[0]);
}

civil_day term_day(const struct matter *m, civil_day literal)
{
    struct term_rules rules = rules_of(m);

    return term_shift(&rules, m->a->from, literal);
}

static const char *day_text(const struct matter *m, civil_day day)
{
    char *text = arena_alloc(m->world->arena, CIVIL_TEXT_MAX);

    civil_print(day, text);
    return text;
}

/* Only a part of something larger: it ends with that. */
static bool check_within_parent(const struct matter *m, civil_day to, struct error *err)
{
    struct matter parent = family_parent(m);

    return parent.a == NULL || to <= parent.a->to ||
           error_set(err, ERROR_CONFLICT, "what it was delegated from ends on %s",
                     day_text(m, parent.a->to));
}

/* --- a move -------------------------------------------------------------------------------- */

/* The clock stands: who is to decide is reminded as before, deputies come and go. */
static void stand(const struct matter *m, struct assignment *copy)
{
    if (m->a->state == ASSIGNMENT_REPORTED &&
        ladder_undecided(m->world, copy, matter_policy(m), m->a->reported) &&
        copy->steps[0].at_ms <= m->world->now_ms) {
        copy->next_step = 1; /* that reminder has left */
    }
    if (!assignment_runs(m->a)) {
        ladder_stand(m->world, copy);
    }
}

static void record_term(const struct matter *m, const struct move *move)
{
    struct assignment copy = matter_copy(m);

    assignment_move_term(&copy, move->to, move->literal);
    enum phase phase = matter_ladder_anew(m, &copy, NULL);
    stand(m, &copy);
    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_TERM,
                                     .number = move->to,
                                     .attempt = move->why,
                                     .other = (uint64_t)(int64_t)move->literal,
                                     .index = phase,
                                     .text = move->by,
                                     .data = matter_reason(m, move->reason, NOTHING),
                                     .extra = matter_ladder(m, &copy)});
}

void term_moves(const struct matter *m, const struct move *move)
{
    struct matter at = *m;
    struct move of_child = *move;

    of_child.why = TERM_MOVED;
    record_term(&at, move);
    for (at = family_child(&at); at.a != NULL; at = family_child(&at)) {
        /* where it is tomorrow already, it can have begun there after this day */
        of_child.to = move->to < at.a->from ? at.a->from : move->to;
        if (at.a->to > of_child.to) {
            record_term(&at, &of_child);
        }
    }
}

/* What is due by the new term happens now: deputies, a phase that begins today. */
static void go_on(const struct matter *m)
{
    struct matter at = *m;

    while (at.a != NULL) {
        people_timer(at.world, at.instance, matter_task(&at));
        at = family_child(&at);
    }
}

/* --- asking -------------------------------------------------------------------------------- */

static uint32_t extensions_granted(const struct assignment *a)
{
    uint32_t granted = 0;

    for (uint32_t i = 0; i < a->term_count; i++) {
        granted += a->terms[i].why == TERM_EXTENDED;
    }
    return granted;
}

/* In time: before the term ends, and so long before as the policy wants. */
static bool check_in_time(const struct matter *m, const struct policy *policy, struct error *err)
{
    struct ladder_days days = ladder_days_of(m->world, m->a->people[0]);
    struct days before = {-policy->ask_before.count, policy->ask_before.working};
    civil_day last = ladder_count(&days, m->a->to, before);

    return world_today(m->world, m->a->people[0]) <= last ||
           error_set(err, ERROR_CONFLICT,
                     "an extension is asked for while the term runs: here until %s",
                     day_text(m, last));
}

bool ask_is_open(const struct matter *m, struct error *err)
{
    const struct policy *policy = matter_policy(m);

    if (m->a->extension.by.size > 0) {
        return error_set(err, ERROR_CONFLICT, "an extension until %s has been asked for already",
                         day_text(m, m->a->extension.proposed));
    }
    if (policy->extensions_max > 0 && extensions_granted(m->a) >= policy->extensions_max) {
        return error_set(err, ERROR_CONFLICT,
                         "the policy allows no more extensions: it has granted %u",
                         extensions_granted(m->a));
    }
    return check_in_time(m, policy, err) && check_within_parent(m, m->a->to + 1, err);
}

bool ask_check(const struct matter *m, struct error *err)
{
    if (m->c->day == CIVIL_DAY_NONE || term_day(m, m->c->day) <= m->a->to) {
        return error_set(err, ERROR_INVALID, "the new last day must be after %s",
                         day_text(m, m->a->to));
    }
    return check_within_parent(m, term_day(m, m->c->day), err);
}

void ask_run(const struct matter *m)
{
    struct tell tell = {
        .to = people_decider(m), .by = m->c->by, .reason = m->c->reason, .day = m->c->day};

    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_ASKED,
                                     .number = m->c->day,
                                     .text = m->c->by,
                                     .data = matter_reason(m, m->c->reason, NOTHING)});
    letters_tell(m->world, m->instance, m->seq, LETTER_ASKED, &tell);
}

/* --- deciding ------------------------------------------------------------------------------ */

bool answer_is_open(const struct matter *m, struct error *err)
{
    return m->a->extension.by.size > 0 ||
           error_set(err, ERROR_CONFLICT, "no extension has been asked for");
}

static civil_day granted_day(const struct matter *m)
{
    return m->c->day != CIVIL_DAY_NONE ? m->c->day : m->a->extension.proposed;
}

bool grant_check(const struct matter *m, struct error *err)
{
    civil_day to = term_day(m, granted_day(m));
    civil_day today = world_today(m->world, m->a->people[0]);
    if (to <= m->a->to || to < today) {
        return error_set(err, ERROR_INVALID, "the new last day must be after %s",
                         day_text(m, to <= m->a->to ? m->a->to : today - 1));
    }
    return check_within_parent(m, to, err);
}

static void tell_moved(const struct matter *m, civil_day before, struct bytes reason)
{
    struct tell tell = {.by = m->c->by, .reason = reason, .day = before};

    letters_tell_people(m->world, m->instance, m->seq, LETTER_MOVED, &tell);
}

void grant_run(const struct matter *m)
{
    struct bytes asked = arena_copy(m->world->arena, m->a->extension.reason);
    struct move move = {.literal = granted_day(m),
                        .why = TERM_EXTENDED,
                        .by = m->c->by,
                        .reason = m->c->reason.size > 0 ? m->c->reason : asked};
    civil_day before = m->a->to;

    move.to = term_day(m, move.literal);
    term_moves(m, &move);
    tell_moved(m, before, move.reason);
    go_on(m);
}

void refuse_run(const struct matter *m)
{
    struct tell tell = {.to = m->a->people[0],
                        .by = m->c->by,
                        .reason = m->c->reason,
                        .day = m->a->extension.proposed};

    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_REFUSED,
                                     .text = m->c->by,
                                     .data = matter_reason(m, m->c->reason, NOTHING)});
    letters_tell(m->world, m->instance, m->seq, LETTER_REFUSED, &tell);
}

bool move_check(const struct matter *m, struct error *err)
{
    civil_day today = world_today(m->world, m->a->people[0]);
    civil_day first = m->a->from > today ? m->a->from : today;
    if (m->c->day == CIVIL_DAY_NONE || m->c->day < first) {
        return error_set(err, ERROR_INVALID, "the new last day must not be before %s",
                         day_text(m, first));
    }
    civil_day to = term_day(m, m->c->day);
    if (to == m->a->to) {
        return error_set(err, ERROR_CONFLICT, "its last day is %s already", day_text(m, to));
    }
    return check_within_parent(m, to, err);
}

void move_run(const struct matter *m)
{
    struct move move = {.to = term_day(m, m->c->day),
                        .literal = m->c->day,
                        .why = TERM_MOVED,
                        .by = m->c->by,
                        .reason = m->c->reason};
    civil_day before = m->a->to;

    term_moves(m, &move);
    tell_moved(m, before, m->c->reason);
    go_on(m);
}

/* --- before it is sent --------------------------------------------------------------------- */

static struct day_outcome day_outcome(const struct matter *m)
{
    if (m->c->action != ACTION_DELEGATE) {
        return (struct day_outcome){.to = term_day(m, m->c->day)};
    }
    struct child_term term = delegate_term(m);
    return (struct day_outcome){term.to, term.cut};
}

bool decide_assignment_day(struct world *world, struct instance *instance, const struct task *task,
                           const struct assignment_command *c, struct day_outcome *ret_outcome,
                           struct error *err)
{
    struct matter m = matter_of(world, instance, task);

    must(c->day != CIVIL_DAY_NONE);
    m.c = c;
    *ret_outcome = day_outcome(&m);
    switch (c->action) {
    case ACTION_ASK:
        return ask_check(&m, err);
    case ACTION_GRANT:
        return grant_check(&m, err);
    case ACTION_MOVE:
        return move_check(&m, err);
    default:
        must(c->action == ACTION_DELEGATE);
        return delegate_check(&m, err);
    }
}

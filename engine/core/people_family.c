/* people_family.c - delegation: who is responsible gives the work to a body below
 *
 * Owns:    the assignment that is made for it, beside the flow: its task runs in that of the
 *          assignment it is a part of (docs/states.md §3).
 * In:      people.c, with a command that the state allows; people_report.c at its end.
 * Out:     records. Its own ladder writes to who has it now.
 * Always:  an assignment has at most one open child; a child ends before its parent does, and never
 *          has a later term.
 * See:     docs/time.md §6
 */
#include "engine/core/people_part.h"

#include "engine/core/people_names.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/core/flow.h"
#include "engine/core/ladder.h"
#include "engine/core/letters.h"
#include "engine/core/people.h"
#include "engine/core/term.h"

static struct matter relative(const struct matter *m, uint32_t seq)
{
    const struct task *task = seq != 0 ? instance_find_task(m->instance, seq) : NULL;

    return task != NULL && task->assignment != NULL ? matter_of(m->world, m->instance, task)
                                                    : (struct matter){.a = NULL};
}

struct matter family_child(const struct matter *m)
{
    return relative(m, m->a->child);
}

struct matter family_parent(const struct matter *m)
{
    return relative(m, m->a->parent);
}

/* --- may it be delegated so? --------------------------------------------------------------- */

static bool check_depth(const struct matter *m, struct error *err)
{
    unsigned depth = 0;

    for (struct matter at = *m; at.a != NULL; at = family_parent(&at)) {
        depth++;
    }
    if (depth > LIMIT_DELEGATIONS) {
        return error_set(err, ERROR_TOO_LARGE, "it can't be delegated any further: the limit is %u",
                         LIMIT_DELEGATIONS);
    }
    return m->instance->task_count < LIMIT_OPEN_TASKS ||
           error_set(err, ERROR_TOO_LARGE, "instance %llu has too many open tasks: the limit is %u",
                     (unsigned long long)m->instance->id, LIMIT_OPEN_TASKS);
}

/* Downwards only: not to who is above, controls it, or has delegated it. */
static bool check_is_below(const struct matter *m, struct error *err)
{
    struct bytes to = m->c->to;
    bool above = bytes_equal(to, m->a->controller) || bytes_equal(to, m->c->by);

    for (struct matter at = *m; at.a != NULL; at = family_parent(&at)) {
        above |= people_is_above(m, at.a->people[0], to);
    }
    return !above || error_set(err, ERROR_REFUSED,
                               "it can't be delegated to \"%s\": that body has it, controls it, "
                               "or is above",
                               people_name(m->world, to));
}

struct child_term delegate_term(const struct matter *m)
{
    struct term_rules rules = term_rules(m->world, matter_policy(m), m->c->to);
    civil_day last = m->a->to;
    civil_day day = m->c->day != CIVIL_DAY_NONE ? m->c->day : term_of_child(&rules, last);
    civil_day from = rules.today < day ? rules.today : day;
    civil_day shifted = term_shift(&rules, from, day);
    bool cut = shifted > last;

    return (struct child_term){from, day, cut ? last : shifted, cut};
}

bool delegate_check(const struct matter *m, struct error *err)
{
    civil_day day = m->c->day;
    char to[CIVIL_TEXT_MAX];

    if (!people_knows_body(m->world, m->c->to, err) || !check_is_below(m, err) ||
        !check_depth(m, err)) {
        return false;
    }
    civil_print(m->a->to, to);
    bool past = day < world_today(m->world, m->c->to);
    return day == CIVIL_DAY_NONE || (day <= m->a->to && !past) ||
           error_set(err, ERROR_INVALID, "the last day must be one from today to %s", to);
}

/* --- doing it ------------------------------------------------------------------------------ */

static json_t *text_json(struct bytes text)
{
    return json_stringn(text.data, text.size);
}

static json_t *day_json(civil_day day)
{
    char text[CIVIL_TEXT_MAX];

    civil_print(day, text);
    return json_string(text);
}

/* The same `with`, for another body and another term. */
static struct bytes child_input(const struct matter *m, const struct child_term *term)
{
    json_t *with = value_parse(task_input(m->instance, matter_task(m)));

    json_object_del(with, "co_executors");
    json_object_set_new(with, "responsible", text_json(m->c->to));
    json_object_set_new(with, "controller", text_json(m->a->people[0]));
    json_object_set_new(
        with, "due",
        json_pack("{so so}", "from", day_json(term->from), "to", day_json(term->literal)));
    if (m->c->reason.size > 0) {
        json_object_set_new(with, "delegated", text_json(m->c->reason));
    }
    return value_text(m->world, with);
}

/* Not read from that `with`: people_open() would not give it a parent, nor end it with that. */
static struct bytes child_packed(const struct matter *m, const struct child_term *term)
{
    struct bytes people[] = {m->c->to};
    struct term first = {
        .to = term->to, .why = TERM_SET, .since_ms = m->world->now_ms, .by = m->c->by};
    struct assignment a = {.state = ASSIGNMENT_PLANNED,
                           .phase = PHASE_PLANNED,
                           .from = term->from,
                           .to = term->to,
                           .literal = term->literal,
                           .people = people,
                           .people_count = 1,
                           .controller = m->a->people[0],
                           .reported = CIVIL_DAY_NONE,
                           .terms = &first,
                           .term_count = 1,
                           .parent = m->seq};

    a.extension.proposed = a.pause.since = CIVIL_DAY_NONE;
    ladder_build(m->world, &a, matter_policy(m));
    buffer_clear(m->world->scratch);
    assignment_encode(&a, m->world->scratch);
    return arena_copy(m->world->arena, buffer_bytes(m->world->scratch));
}

void delegate_run(const struct matter *m)
{
    struct matter child = {m->world, m->instance, m->instance->next_task, NULL, NULL};
    struct child_term term = delegate_term(m);
    struct bytes input = child_input(m, &term);
    struct tell tell = {
        .to = people_decider(m), .by = m->c->by, .reason = m->c->reason, .body = m->c->to};
    struct bytes packed = child_packed(m, &term);
    json_t *data = value_parse(matter_reason(m, m->c->reason, NOTHING));

    json_object_set_new(data, "to", text_json(m->c->to));
    matter_record(&child, (struct record){.kind = RECORD_TASK_OPENED,
                                          .number = matter_task(m)->step,
                                          .other = TASK_ASSIGNMENT,
                                          .parent = m->seq,
                                          .data = input});
    matter_record(&child, (struct record){.kind = RECORD_ASSIGNMENT_GIVEN, .data = packed});
    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_DELEGATED,
                                     .number = child.seq,
                                     .text = m->c->by,
                                     .data = value_text(m->world, data)});
    letters_tell(m->world, m->instance, m->seq, LETTER_DELEGATED, &tell);
    people_timer(m->world, m->instance, matter_task(&child));
}

/* --- its end ------------------------------------------------------------------------------- */

static void take_back(const struct matter *parent, uint32_t child)
{
    matter_record(parent, (struct record){.kind = RECORD_ASSIGNMENT_TAKEN_BACK, .number = child});
    people_timer(parent->world, parent->instance, matter_task(parent));
}

void family_tell(const struct matter *m)
{
    struct matter parent = family_parent(m);

    if (parent.a != NULL && parent.a->child == m->seq) {
        take_back(&parent, m->seq);
    }
}

struct bytes family_report(const struct matter *m)
{
    struct bytes report = NOTHING;

    for (uint32_t n = 0; n < m->instance->task_count; n++) {
        const struct assignment *a = m->instance->tasks[n].assignment;
        if (a != NULL && a->parent == m->seq && assignment_outcome(a) != NULL) {
            report = a->report;
        }
    }
    return report;
}

/* The innermost first: an assignment that has a child open is not closed. */
void family_withdraw(const struct matter *m, struct bytes by, struct bytes reason,
                     struct bytes spared)
{
    struct tell tell = {.by = by, .reason = reason, .spared = spared};
    struct matter chain[LIMIT_DELEGATIONS + 1];
    uint32_t count = 0;

    for (struct matter at = family_child(m); at.a != NULL; at = family_child(&at)) {
        must(count <= LIMIT_DELEGATIONS);
        chain[count++] = at;
    }
    while (count-- > 0) {
        letters_tell_people(m->world, m->instance, chain[count].seq, LETTER_WITHDRAWN, &tell);
        matter_record(&chain[count], (struct record){.kind = RECORD_ASSIGNMENT_WITHDRAWN,
                                                     .text = by,
                                                     .data = matter_reason(m, reason, NOTHING)});
        matter_record(
            count > 0 ? &chain[count - 1] : m,
            (struct record){.kind = RECORD_ASSIGNMENT_TAKEN_BACK, .number = chain[count].seq});
    }
}

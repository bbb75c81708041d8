/* letters.c - who is told what of an assignment
 *
 * Owns:    which letters a change of an assignment brings, and whether they wait for the letter of
 *          the day; recipients.c knows to whom.
 * In:      people*.c: steps of the ladder, and what people have done.
 * Out:     news for the letter of the day (digest.c), or a TASK_NOTICE beside the flow: a letter is
 *          a task with attempts, retries and all. And a line of history for each.
 * Always:  one notice per recipient and occasion; nobody is written to who is not a known body.
 * See:     docs/time.md §5
 */
#include "engine/core/letters.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/core/chain.h"
#include "engine/core/digest.h"
#include "engine/core/flow.h"
#include "engine/core/notice.h"
#include "engine/core/recipients.h"

#include <stdio.h>

#define NEWS_REASON_BYTES 300 /* of a reason that waits for the letter of the day */

/* One thing to tell of one assignment, to several. */
struct telling {
    struct world *world;
    struct instance *instance;
    uint32_t task;               /* tasks move in memory when one is opened */
    const struct policy *rules;  /* of the assignment, for its chains; NULL: they have gone */
    const struct policy *policy; /* whose letter of the day takes it; NULL: it leaves at once */
    struct news news;
};

static const struct task *task_of(const struct telling *t)
{
    return instance_find_task(t->instance, t->task);
}

static const struct assignment *assignment_of(const struct telling *t)
{
    return task_of(t)->assignment;
}

/* What time tells goes into the letter of the day, when the policy wants that. */
static void gather(struct telling *t)
{
    t->policy = t->rules != NULL && t->rules->digest ? t->rules : NULL;
}

/* --- one letter to one body ---------------------------------------------------------------- */

static void note(const struct telling *t, const struct body *to, uint64_t letter)
{
    world_record(t->world, t->instance,
                 (struct record){.kind = RECORD_ASSIGNMENT_NOTICED,
                                 .task = t->task,
                                 .text = bytes_of(to->id),
                                 .other = t->news.letter,
                                 .number = t->news.offset_days,
                                 .index = t->news.working,
                                 .parent = t->news.levels,
                                 .at_ms = (int64_t)letter,
                                 .data = t->news.on_behalf});
}

/* A letter of its own, in the instance of the assignment. */
static void write_alone(const struct telling *t, const struct body *to)
{
    char id[48];

    if (t->instance->task_count >= LIMIT_OPEN_TASKS) {
        return;
    }
    snprintf(id, sizeof id, "%llu.%u", (unsigned long long)t->instance->id, t->instance->next_task);
    const struct task *task = task_of(t);
    json_t *notice = notice_of_news(t->world, id, to, t->instance, task, &t->news);
    world_record(t->world, t->instance,
                 (struct record){.kind = RECORD_TASK_OPENED,
                                 .task = t->instance->next_task,
                                 .number = task->step,
                                 .other = TASK_NOTICE,
                                 .text = bytes_of(to->id),
                                 .data = value_text(t->world, notice)});
    note(t, to, 0);
}

static void write_to(const struct telling *t, const struct body *to)
{
    uint64_t letter = t->policy != NULL ? digest_add(t->world, t->policy, to, &t->news) : 0;

    if (letter != 0) {
        note(t, to, letter);
    } else {
        write_alone(t, to);
    }
}

static void tell_body(struct telling *t, struct bytes id)
{
    const struct body *to = recipients_actor(t->world, t->rules, assignment_of(t), id);

    if (to != NULL) {
        bool itself = bytes_equal(bytes_of(to->id), id);
        t->news.on_behalf = itself ? (struct bytes){NULL, 0} : id;
        write_to(t, to);
    }
}

/* --- what people do ------------------------------------------------------------------------ */

static struct bytes shortened(struct bytes reason)
{
    size_t size = reason.size < NEWS_REASON_BYTES ? reason.size : NEWS_REASON_BYTES;
    const unsigned char *at = reason.data;

    while (size > 0 && size < reason.size && (at[size] & 0xC0) == 0x80) {
        size--;
    }
    return (struct bytes){reason.data, size};
}

static struct telling begin(struct world *world, struct instance *instance, uint32_t task,
                            enum letter letter, const struct tell *tell)
{
    const struct assignment *a = instance_find_task(instance, task)->assignment;
    struct telling t = {.world = world, .instance = instance, .task = task};

    t.news = (struct news){.instance = instance->id,
                           .task = task,
                           .letter = letter,
                           .person = tell->person,
                           .day = tell->day,
                           .by = tell->by,
                           .body = tell->body,
                           .reason = tell->reason};
    t.news.to = news_last_day(a, &t.news);
    t.rules = chain_policy(world->catalog, instance, task_of(&t));
    return t;
}

/* Nobody is asked to decide about what it did itself. */
static struct bytes who_is_told(const struct telling *t, const struct tell *tell)
{
    bool asks = t->news.letter == LETTER_REPORTED || t->news.letter == LETTER_ASKED;

    return asks ? recipients_decider(t->world, t->rules, assignment_of(t)) : tell->to;
}

void letters_tell(struct world *world, struct instance *instance, uint32_t task, enum letter letter,
                  const struct tell *tell)
{
    struct telling t = begin(world, instance, task, letter, tell);

    tell_body(&t, who_is_told(&t, tell));
}

/* Is a deputy of two, or a deputy who takes part, told already? */
static bool told_before(const struct telling *t, uint32_t person)
{
    const struct assignment *a = assignment_of(t);
    const struct body *to = recipients_actor(t->world, t->rules, a, a->people[person]);

    for (uint32_t i = 0; i < person; i++) {
        if (recipients_actor(t->world, t->rules, a, a->people[i]) == to) {
            return true;
        }
    }
    return false;
}

void letters_tell_people(struct world *world, struct instance *instance, uint32_t task,
                         enum letter letter, const struct tell *tell)
{
    struct telling t = begin(world, instance, task, letter, tell);

    for (uint32_t i = 0; i < assignment_of(&t)->people_count; i++) {
        bool spared = bytes_equal(assignment_of(&t)->people[i], tell->spared);
        if (!spared && !told_before(&t, i)) {
            tell_body(&t, assignment_of(&t)->people[i]);
        }
    }
}

/* --- what time does ------------------------------------------------------------------------ */

void letters_due(struct world *world, struct instance *instance, uint32_t task, enum letter letter,
                 const struct tell *tell)
{
    struct telling t = begin(world, instance, task, letter, tell);
    const struct body *to = world_body(world, tell->to);

    gather(&t);
    if (t.policy != NULL) {
        t.news.reason = shortened(t.news.reason);
    }
    if (to != NULL) { /* who is told of an absence is told itself */
        write_to(&t, to);
    }
}

static void take_step(struct telling *t, const struct ladder_step *step)
{
    t->news.letter = (enum letter)step->letter;
    t->news.offset_days = step->offset_days;
    t->news.working = step->working;
    t->news.levels = step->levels;
    t->news.person = step->person;
    t->news.to = news_last_day(assignment_of(t), &t->news);
}

static bool is_to_people(const struct ladder_step *step)
{
    return step->letter >= LETTER_OPENED && step->letter <= LETTER_OVERDUE;
}

/* Of the steps from `first` that write to the people of the whole (person 0), or of this part, the
 * one that says most, the last of equals. */
static const struct ladder_step *strongest(const struct assignment *a, uint32_t first,
                                           uint32_t person)
{
    const struct ladder_step *best = NULL;

    for (uint32_t i = first; i < a->next_step; i++) {
        const struct ladder_step *step = &a->steps[i];
        if (!is_to_people(step) || step->person != person) {
            continue;
        }
        bool more = best == NULL || best->letter != LETTER_OPENED;
        best = more ? step : best;
    }
    return best;
}

/* To whom a step is told is found before the first of them is: to tell changes nothing of it. */
static void tell_of_step(struct telling *t, const struct ladder_step *step)
{
    struct bytes ids[RECIPIENTS_MAX];
    uint32_t count = recipients_of_step(t->world, t->rules, assignment_of(t), step, ids);

    take_step(t, step);
    for (uint32_t i = 0; i < count; i++) {
        tell_body(t, ids[i]);
    }
}

static void steps_to_people(struct telling *t, uint32_t first)
{
    const struct ladder_step *step = strongest(assignment_of(t), first, 0);

    if (step != NULL) {
        tell_of_step(t, step);
    }
    for (uint32_t n = 1; n < assignment_of(t)->people_count; n++) {
        step = strongest(assignment_of(t), first, n);
        if (step != NULL) {
            tell_of_step(t, step);
        }
    }
}

/* --- upwards ------------------------------------------------------------------------------- */

/* Does one of the steps after this one, up to the next, write to the same body? */
static bool written_later(const struct telling *t, uint32_t step)
{
    const struct assignment *a = assignment_of(t);
    struct bytes to[RECIPIENTS_MAX];
    struct bytes other[RECIPIENTS_MAX];
    bool told = recipients_of_step(t->world, t->rules, a, &a->steps[step], to) > 0;
    bool later = false;

    while (told && !later && ++step < a->next_step) {
        later = a->steps[step].letter == LETTER_ESCALATED &&
                recipients_of_step(t->world, t->rules, a, &a->steps[step], other) > 0 &&
                bytes_equal(to[0], other[0]);
    }
    return later;
}

static void steps_upwards(struct telling *t, uint32_t first)
{
    for (uint32_t i = first; i < assignment_of(t)->next_step; i++) {
        const struct ladder_step *step = &assignment_of(t)->steps[i];
        if (step->letter == LETTER_UNDECIDED ||
            (step->letter == LETTER_ESCALATED && !written_later(t, i))) {
            tell_of_step(t, step);
        }
    }
}

static bool any_letter(const struct assignment *a, uint32_t first)
{
    for (uint32_t i = first; i < a->next_step; i++) {
        if (is_to_people(&a->steps[i]) || a->steps[i].letter == LETTER_ESCALATED ||
            a->steps[i].letter == LETTER_UNDECIDED) {
            return true;
        }
    }
    return false;
}

void letters_steps(struct world *world, struct instance *instance, uint32_t task, uint32_t first)
{
    if (any_letter(instance_find_task(instance, task)->assignment, first)) {
        struct telling t = begin(world, instance, task, LETTER_OPENED, &(struct tell){0});
        gather(&t);
        steps_to_people(&t, first);
        steps_upwards(&t, first);
    }
}

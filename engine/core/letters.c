/* letters.c - who is written to, and what the letter must say
 *
 * Owns:    the JSON of a notice (docs/letters.md): data, not prose; the notify worker words it.
 * In:      people.c.
 * Out:     TASK_OPENED records of kind notice: a letter is a task with attempts, retries and all.
 * Always:  one notice per recipient and occasion; nobody is written to who is not a known body.
 */
#include "engine/core/letters.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/core/flow.h"

#include <stdio.h>
#include <string.h>

static const struct body *find_body(const struct world *world, struct bytes id)
{
    char text[LIMIT_NAME_BYTES + 1];

    if (id.size == 0 || id.size > LIMIT_NAME_BYTES) {
        return NULL;
    }
    memcpy(text, id.data, id.size);
    text[id.size] = '\0';
    return catalog_find_body(world->catalog, text);
}

static json_t *body_json(const struct body *body)
{
    return body ? json_pack("{ss ss ss ss*}", "id", body->id, "name", body->name, "short",
                            body->short_name, "email", body->email)
                : json_null();
}

static json_t *co_executors_json(const struct world *world, const struct assignment *a)
{
    json_t *array = json_array();

    for (uint32_t i = 1; i < a->people_count; i++) {
        json_array_append_new(array, body_json(find_body(world, a->people[i])));
    }
    return array;
}

/* What the letter tells about the assignment: from its input, so that it reads as approved. */
static json_t *assignment_json(struct world *world, const struct instance *instance,
                               const struct task *task)
{
    const struct assignment *a = task->assignment;
    struct bytes input = task_input(instance, task);
    json_t *source = json_loadb(input.data, input.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    char from[CIVIL_TEXT_MAX];
    char to[CIVIL_TEXT_MAX];
    char id[48];

    civil_print(a->from, from);
    civil_print(a->to, to);
    snprintf(id, sizeof id, "%llu.%u", (unsigned long long)instance->id, task->seq);
    json_t *value = json_pack(
        "{ss sO* sO* sO* sO* sO* sO* sO* ss ss so so so}", "id", id, "title",
        json_object_get(source, "title"), "no", json_object_get(source, "no"), "plan",
        json_object_get(source, "plan"), "plan_title", json_object_get(source, "plan_title"),
        "bullets", json_object_get(source, "bullets"), "result", json_object_get(source, "result"),
        "due_phrase", json_object_get(source, "due_phrase"), "from", from, "to", to, "responsible",
        body_json(find_body(world, a->people[0])), "co_executors", co_executors_json(world, a),
        "controller", body_json(find_body(world, a->controller)));
    json_decref(source);
    return value;
}

struct occasion {
    enum letter letter;
    int offset_days;
    unsigned levels;
    struct bytes reason;
};

static void write_letter(struct world *world, struct instance *instance, const struct task *task,
                         const struct body *to, const struct occasion *occasion)
{
    char id[48];

    if (to == NULL || instance->task_count >= LIMIT_OPEN_TASKS) {
        return;
    }
    snprintf(id, sizeof id, "%llu.%u", (unsigned long long)instance->id, instance->next_task);
    json_t *notice = json_pack(
        "{ss ss si si so so sI}", "notice", id, "kind", letter_name(occasion->letter), "days",
        occasion->offset_days, "levels", (int)occasion->levels, "to", body_json(to), "assignment",
        assignment_json(world, instance, task), "made_ms", (json_int_t)world->now_ms);
    if (occasion->reason.size > 0) {
        json_object_set_new(notice, "reason",
                            json_stringn(occasion->reason.data, occasion->reason.size));
    }
    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_OPENED,
                                 .task = instance->next_task,
                                 .number = task->step,
                                 .other = TASK_NOTICE,
                                 .text = bytes_of(to->id),
                                 .data = value_text(world, notice)});
}

/* A letter that was due before tells how things are now: after down time, or in a plan that was
 * started late, "the last day is today" would be untrue. */
static enum letter true_letter(enum letter letter, int days)
{
    bool past = days > 0 &&
                (letter == LETTER_OPENED || letter == LETTER_REMINDER || letter == LETTER_TODAY);

    return past ? LETTER_OVERDUE : letter;
}

void letters_to_people(struct world *world, struct instance *instance, const struct task *task,
                       const struct ladder_step *step, enum letter letter, struct bytes reason)
{
    uint32_t seq = task->seq;
    const struct assignment *a = task->assignment;
    int days = world_today(world, a->people[0]) - a->to;
    struct occasion occasion = {true_letter(letter, days), step ? step->offset_days : 0, 0, reason};

    for (uint32_t i = 0; i < a->people_count; i++) {
        /* writing may move the task in memory */
        write_letter(world, instance, instance_find_task(instance, seq),
                     find_body(world, a->people[i]), &occasion);
    }
}

static const struct body *above(const struct world *world, const struct assignment *a,
                                unsigned levels)
{
    const struct body *responsible = find_body(world, a->people[0]);
    const struct body *body = responsible;

    for (unsigned i = 0; i < levels && body != NULL; i++) {
        body = body->parent ? catalog_find_body(world->catalog, body->parent) : NULL;
    }
    if (levels == 0 || body == NULL || body == responsible) {
        body = find_body(world, a->controller);
    }
    return body;
}

/* Does one of the steps after this one, up to the next, write to the same body? */
static bool written_later(const struct world *world, const struct assignment *a, uint32_t step,
                          const struct body *to)
{
    while (++step < a->next_step) {
        if (a->steps[step].letter == LETTER_ESCALATED &&
            above(world, a, a->steps[step].levels) == to) {
            return true;
        }
    }
    return false;
}

void letters_upwards(struct world *world, struct instance *instance, const struct task *task,
                     uint32_t first)
{
    uint32_t seq = task->seq;
    const struct assignment *a = task->assignment;

    for (uint32_t i = first; i < a->next_step; i++) {
        const struct ladder_step *step = &a->steps[i];
        if (step->letter != LETTER_ESCALATED) {
            continue;
        }
        const struct body *to = above(world, a, step->levels);
        struct occasion occasion = {LETTER_ESCALATED, step->offset_days, step->levels, {NULL, 0}};
        if (!written_later(world, a, i, to)) {
            /* writing may move the task in memory */
            write_letter(world, instance, instance_find_task(instance, seq), to, &occasion);
        }
    }
}

/* --- the new names ---------------------------------------------------------------------------- */

void letters_tell(struct world *world, struct instance *instance, uint32_t task, enum letter letter,
                  const struct tell *tell)
{
    const struct task *t = instance_find_task(instance, task);
    struct bytes to = assignment_actor(t->assignment, tell->to);
    struct occasion occasion = {letter, 0, 0, tell->reason};

    write_letter(world, instance, t, find_body(world, to), &occasion);
}

void letters_tell_people(struct world *world, struct instance *instance, uint32_t task,
                         enum letter letter, const struct tell *tell)
{
    const struct assignment *a = instance_find_task(instance, task)->assignment;
    struct tell one = *tell;

    for (uint32_t i = 0; i < a->people_count; i++) {
        one.to = a->people[i];
        letters_tell(world, instance, task, letter, &one);
    }
}

void letters_due(struct world *world, struct instance *instance, uint32_t task, enum letter letter,
                 const struct tell *tell)
{
    letters_tell(world, instance, task, letter, tell);
}

static enum letter said_by(enum letter before, enum letter now)
{
    /* "opened" says more than a reminder that came due together with it */
    return before == LETTER_OPENED && now == LETTER_REMINDER ? before : now;
}

void letters_steps(struct world *world, struct instance *instance, uint32_t task, uint32_t first)
{
    const struct task *t = instance_find_task(instance, task);
    const struct assignment *a = t->assignment;
    const struct ladder_step *to_people = NULL;
    enum letter letter = LETTER_NONE;

    for (uint32_t i = first; i < a->next_step; i++) {
        const struct ladder_step *step = &a->steps[i];
        if (step->letter >= LETTER_OPENED && step->letter <= LETTER_OVERDUE) {
            letter = said_by(letter, (enum letter)step->letter);
            to_people = step;
        }
    }
    if (to_people != NULL) {
        letters_to_people(world, instance, t, to_people, letter, (struct bytes){NULL, 0});
    }
    letters_upwards(world, instance, instance_find_task(instance, task), first);
}

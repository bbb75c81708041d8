/* digest.c - the letter of the day: gathered, put in order, sent
 *
 * Owns:    which day's letter takes what, what there is room for, when a letter is over.
 * In:      news from letters.c; the timer of a letter, and the result of its notice, from work.c.
 * Out:     records of the letter's own instance.
 * Always:  one letter leaves for one recipient and day; what is untrue by then is not told.
 * See:     docs/time.md §5, docs/states.md §8
 */
#include "engine/core/digest.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/core/facets.h"
#include "engine/core/flow.h"
#include "engine/core/notice.h"
#include "engine/core/people.h"

#include <stdio.h>
#include <stdlib.h>

#define DAYS_AHEAD_MAX                                                                             \
    31 /* letters of so many working days may have left already: a clock was set                   \
          back. Then news goes out alone. */
/* Timers are taken in the order of their moments: so all that is due by the hour is in the letter,
 * however many turns that takes. */
#define AFTER_OTHERS_MS 1
#define NO_SLOT         UINT32_MAX
#define FIRST_LETTER    (-1)

/* --- which letter -------------------------------------------------------------------------- */

/* Of the letter of a day; minute: of a second one on it, of policies with a later hour; or
 * FIRST_LETTER. */
static struct bytes digest_key(const struct body *to, civil_day day, int minute,
                               char buf[LIMIT_KEY_BYTES])
{
    char text[CIVIL_TEXT_MAX];

    civil_print(day, text);
    if (minute == FIRST_LETTER) {
        snprintf(buf, LIMIT_KEY_BYTES, "letters/%s/%s", to->id, text);
    } else {
        snprintf(buf, LIMIT_KEY_BYTES, "letters/%s/%s/%02d:%02d", to->id, text, minute / 60,
                 minute % 60);
    }
    return bytes_of(buf);
}

/* The newest bodies document that knows this body: to be there is all that is asked of it. */
static const struct definition *document_of(const struct world *world, const struct body *to)
{
    const struct definition *found = NULL;
    const struct definition *d;

    for (uint32_t i = 0; (d = catalog_at(world->catalog, i)) != NULL; i++) {
        if (d->kind == DEFINITION_BODIES && to >= d->bodies.bodies &&
            to < d->bodies.bodies + d->bodies.body_count) {
            found = d;
        }
    }
    must(found != NULL);
    return found;
}

/* `minute` is the hour of the policy that makes it. */
static struct instance *create(struct world *world, const struct body *to, civil_day day,
                               int32_t minute, struct bytes key)
{
    struct instance *letter = world->create(world);
    int64_t at_ms = zone_utc_ms(to->zone, day, minute) + AFTER_OTHERS_MS;
    char date[CIVIL_TEXT_MAX];
    char title[LIMIT_TEXT_BYTES];

    civil_print_ru(day, date);
    snprintf(title, sizeof title, "Письмо на %s: %.1000s", date, to->short_name);
    civil_print(day, date);
    world_record(world, letter,
                 (struct record){.kind = RECORD_STARTED,
                                 .number = document_of(world, to)->number,
                                 .text = key,
                                 .data = value_text(
                                     world, json_pack("{ss ss ss si}", "title", title, "to", to->id,
                                                      "day", date, "minute", (int)minute))});
    world_record(
        world, letter,
        (struct record){.kind = RECORD_TASK_OPENED,
                        .task = letter->next_task,
                        .other = TASK_LETTER,
                        .at_ms = at_ms > world->now_ms ? at_ms : world->now_ms + AFTER_OTHERS_MS,
                        .text = bytes_of(to->id)});
    return letter;
}

static struct task *gathering(const struct instance *letter)
{
    for (uint32_t n = 0; letter != NULL && n < letter->task_count; n++) {
        if (letter->tasks[n].kind == TASK_LETTER) {
            return &letter->tasks[n];
        }
    }
    return NULL;
}

/* Did it leave at an hour before that of this policy? Letters of older versions don't say. */
static bool left_before(const struct instance *letter, const struct policy *policy)
{
    json_t *data = value_parse(letter->data);
    const json_t *minute = json_object_get(data, "minute");
    bool before = json_is_integer(minute) && json_integer_value(minute) < policy->minute;

    json_decref(data);
    return before;
}

/* The letter under this key, if it still gathers; one is made where there was none. */
static struct instance *letter_under(struct world *world, const struct policy *policy,
                                     const struct body *to, civil_day day, int minute,
                                     struct instance **ret_left)
{
    char buf[LIMIT_KEY_BYTES];
    struct bytes key = digest_key(to, day, minute, buf);
    uint64_t id = world->find_key(world, FACETS_LETTERS, key);

    if (id == 0) {
        return create(world, to, day, policy->minute, key);
    }
    struct instance *letter = world->get(world, id);
    *ret_left = letter;
    return gathering(letter) != NULL ? letter : NULL;
}

/* The letter of this day; when it left already, the one of this policy's later hour. */
static struct instance *letter_of(struct world *world, const struct policy *policy,
                                  const struct body *to, civil_day day)
{
    struct instance *left = NULL;
    struct instance *letter = letter_under(world, policy, to, day, FIRST_LETTER, &left);

    if (letter == NULL && left != NULL && left_before(left, policy)) {
        letter = letter_under(world, policy, to, day, policy->minute, &left);
    }
    return letter;
}

/* --- room ---------------------------------------------------------------------------------- */

static struct news entry_news(const struct entry *entry)
{
    struct news news;

    must(news_unpack(entry->value, &news));
    return news;
}

/* What is there of the same assignment for the same body, or NO_SLOT. */
static uint32_t same_slot(const struct scope *scope, const struct news *news)
{
    for (uint32_t i = 0; scope != NULL && i < scope->result_count; i++) {
        if (news_may_be_of_same(scope->results[i].value, news)) {
            struct news other = entry_news(&scope->results[i]);
            if (news_is_of_same(&other, news)) {
                return i;
            }
        }
    }
    return NO_SLOT;
}

/* What presses least, and less than this; NO_SLOT: nothing does. */
static uint32_t least_slot(const struct scope *scope, const struct news *news)
{
    enum urgency_class least = news_urgency_by_letter(news);
    uint32_t slot = NO_SLOT;

    for (uint32_t i = 0; i < scope->result_count; i++) {
        struct news other = entry_news(&scope->results[i]);
        enum urgency_class its = news_urgency_by_letter(&other);
        if (its > least) {
            least = its;
            slot = i;
        }
    }
    return slot;
}

/* Where it goes: in the place of what it says more of, or of what presses least when there is no
 * room. *ret_lost: one more is only counted from now on. NO_SLOT: nowhere. */
static uint32_t slot_of(const struct scope *scope, const struct news *news, bool *ret_lost)
{
    uint32_t count = scope != NULL ? scope->result_count : 0;
    uint32_t same = same_slot(scope, news);

    *ret_lost = false;
    if (same != NO_SLOT) {
        struct news other = entry_news(&scope->results[same]);
        return news_says_more(&other, news) ? same : NO_SLOT;
    }
    if (count < LIMIT_DIGEST_ENTRIES) {
        return count;
    }
    *ret_lost = true;
    return least_slot(scope, news);
}

static void add(struct world *world, struct instance *letter, const struct news *news)
{
    const struct task *task = gathering(letter);
    bool lost;
    uint32_t slot = slot_of(task->scope, news, &lost);
    struct record r = {
        .kind = RECORD_LETTER_ENTRY, .task = task->seq, .index = slot, .other = lost};

    if (slot == NO_SLOT && !lost) {
        return; /* what is there says more */
    }
    if (slot != NO_SLOT) {
        buffer_clear(world->scratch);
        news_pack(news, world->scratch);
        r.data = buffer_bytes(world->scratch);
    }
    world_record(world, letter, r);
}

uint64_t digest_add(struct world *world, const struct policy *policy, const struct body *to,
                    const struct news *news)
{
    const struct workdays *w = catalog_workdays(world->catalog, to->calendar);
    civil_day day = world_today(world, bytes_of(to->id));

    for (int i = 0; i < DAYS_AHEAD_MAX; i++) {
        day = policy->any_day ? day : workdays_shift(w, day, SHIFT_NEXT);
        struct instance *letter = letter_of(world, policy, to, day);
        if (letter != NULL) {
            add(world, letter, news);
            return letter->id;
        }
        day++;
    }
    return 0;
}

/* --- it leaves ----------------------------------------------------------------------------- */

/* One entry as it is now. */
struct told {
    struct news news;
    const struct instance *instance;
    const struct task *task;
    enum urgency_class urgency;
    civil_day last;
    uint32_t place; /* as it came */
};

static int by_urgency(const void *x, const void *y)
{
    const struct told *a = x;
    const struct told *b = y;

    if (a->urgency != b->urgency) {
        return a->urgency < b->urgency ? -1 : 1;
    }
    if (a->last != b->last) {
        return a->last < b->last ? -1 : 1;
    }
    return a->place < b->place ? -1 : 1;
}

/* What is still true, in the order in which it is told. */
static uint32_t collect(struct world *world, const struct task *letter, struct told *told)
{
    uint32_t count = 0;

    for (uint32_t i = 0; letter->scope != NULL && i < letter->scope->result_count; i++) {
        struct told one = {.news = entry_news(&letter->scope->results[i]), .place = i};
        one.instance = world->get(world, one.news.instance);
        one.task = one.instance != NULL ? instance_find_task(one.instance, one.news.task) : NULL;
        if (!news_is_true(one.instance, one.task, &one.news, letter->text)) {
            continue;
        }
        const struct assignment *a = one.task->assignment;
        one.urgency = news_urgency(a, &one.news, world_today(world, a->people[0]));
        one.last = news_last_day(a, &one.news);
        told[count++] = one;
    }
    if (count > 1) {
        qsort(told, count, sizeof *told, by_urgency);
    }
    return count;
}

/* What waits until its plan is resumed goes back to its assignment. */
static void hold(struct world *world, const struct task *letter)
{
    for (uint32_t i = 0; letter->scope != NULL && i < letter->scope->result_count; i++) {
        struct news news = entry_news(&letter->scope->results[i]);
        struct instance *instance = world->get(world, news.instance);
        const struct task *task = instance != NULL ? instance_find_task(instance, news.task) : NULL;
        if (news_waits(instance, task, &news, letter->text)) {
            people_hold(world, instance, news.task, &news);
        }
    }
}

/* The text of a letter with the first `count` of them; the others are counted. */
static struct bytes text_of_day(struct world *world, const char *id, const struct body *to,
                                const struct told *told, uint32_t count, uint32_t more)
{
    json_t *items = json_array();

    for (uint32_t i = 0; i < count; i++) {
        json_array_append_new(items,
                              notice_item(world, told[i].instance, told[i].task, &told[i].news));
    }
    return value_text(
        world, notice_of_day(world, id, to, world_today(world, bytes_of(to->id)), items, more));
}

static struct bytes text_of(struct world *world, const struct instance *letter,
                            const struct task *task, const struct body *to, const struct told *told,
                            uint32_t count)
{
    uint32_t more = task->scope != NULL ? task->scope->next_index : 0;
    char id[48];

    snprintf(id, sizeof id, "%llu.%u", (unsigned long long)letter->id, letter->next_task);
    if (count == 1 && more == 0) {
        return value_text(
            world, notice_of_news(world, id, to, told[0].instance, told[0].task, &told[0].news));
    }
    struct bytes text = text_of_day(world, id, to, told, count, more);
    while (text.size > LIMIT_PAYLOAD_BYTES && count > 1) { /* texts of many signs to escape */
        more += count - count / 2;
        count /= 2;
        text = text_of_day(world, id, to, told, count, more);
    }
    return text;
}

void digest_leave(struct world *world, struct instance *letter, uint32_t seq)
{
    const struct task *task = instance_find_task(letter, seq);
    const struct body *to = world_body(world, task->text);
    uint32_t room = task->scope != NULL ? task->scope->result_count : 0;
    struct told *told = arena_alloc(world->arena, (room + 1) * sizeof *told);
    uint32_t count = to != NULL ? collect(world, task, told) : 0;
    struct bytes text = {NULL, 0};

    if (count > 0) {
        text = text_of(world, letter, task, to, told, count);
    }
    hold(world, task);
    world_record(world, letter, (struct record){.kind = RECORD_TASK_DONE, .task = seq});
    if (count > 0) {
        world_record(world, letter,
                     (struct record){.kind = RECORD_TASK_OPENED,
                                     .task = letter->next_task,
                                     .other = TASK_NOTICE,
                                     .text = bytes_of(to->id),
                                     .data = text});
    }
    digest_task_ended(world, letter);
}

void digest_task_ended(struct world *world, struct instance *instance)
{
    const struct definition *d = catalog_find_number(world->catalog, instance->definition);
    bool open = instance->state == INSTANCE_RUNNING || instance->state == INSTANCE_SUSPENDED;

    if (d->kind == DEFINITION_BODIES && open && instance->task_count == 0) {
        world_record(world, instance, (struct record){.kind = RECORD_COMPLETED});
    }
}

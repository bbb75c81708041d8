/* told_letter.c - what became of a notice: told, still to be told, or untrue before its letter left
 *
 * Owns:    looking into letters of the day, those that gather and those that have left.
 * In:      told.c and listing_journal.c, with a record and a snapshot.
 * Always:  only looks; of a letter that is not kept any more nothing is said.
 * See:     docs/time.md §5.2, docs/protocol.md §3.6
 */
#include "engine/told_letter.h"

#include "engine/core/news.h"
#include "engine/core/notice.h"
#include "engine/core/peek.h"
#include "engine/journal.h"
#include "engine/rows.h"
#include "engine/snapshot.h"

#include <string.h>

#define LETTER_ENTRIES 40 /* of its history: a letter that has left has few records after that */

static void set_state(json_t *row, const char *state, int64_t at_ms)
{
    json_object_set_new(row, "state", json_string(state));
    json_object_set_new(row, "at", rows_time_json(at_ms));
}

/* --- a letter that has left ------------------------------------------------------------------ */

static bool is_about(struct arena *arena, struct bytes news, const char *task)
{
    return bytes_equal(peek_text(arena, news, "assignment.id"), bytes_of(task));
}

/* What the letter says of this assignment, as it is written; no bytes: nothing. A letter of the day
 * may be long, and each of its notices looks into it. */
static struct bytes find_news(struct arena *arena, struct bytes letter, struct bytes items,
                              const char *task)
{
    static const struct bytes none = {NULL, 0};
    struct bytes news;

    while (peek_next(&items, &news)) {
        if (is_about(arena, news, task)) {
            return news;
        }
    }
    return is_about(arena, letter, task) ? letter : none;
}

static void set_sent(json_t *row, const struct view *v, const struct record *noticed,
                     struct bytes letter, int64_t at_ms)
{
    static const char *const parts[] = {"items", "more"};
    static const char *const distance[] = {"left", "left_working", NULL};
    struct bytes values[2];
    char task[TASK_ID_TEXT_MAX];

    rows_task_name(noticed->instance, noticed->task, task);
    peek_members(letter, parts, 2, values);
    struct bytes news = find_news(v->arena, letter, values[0], task);
    json_t *more = rows_parsed(values[1]);
    bool counted = json_integer_value(more) > 0;
    json_decref(more);
    set_state(row, news.size > 0 || counted ? "sent" : "dropped", at_ms);
    if (news.size > 0 && news_is_of_term((enum letter)noticed->other)) {
        json_t *told = rows_members(news, distance);
        json_object_set(row, "left", json_object_get(told, "left"));
        json_object_set(row, "left_working", json_object_get(told, "left_working"));
        json_decref(told);
    }
}

/* The notice in one entry of the letter's history; *entry becomes the one before it. */
static bool find_notice(const struct view *v, uint64_t letter, uint64_t *entry,
                        struct record *ret_record)
{
    struct journal_reader reader;
    struct record r;
    uint64_t before = 0;
    bool found = false;

    if (journal_open(v->txn, *entry, &reader, NULL)) {
        while (journal_next_of(&reader, letter, &r, &before)) {
            if (r.kind == RECORD_TASK_OPENED && r.other == TASK_NOTICE) {
                *ret_record = r;
                found = true;
            }
        }
    }
    *entry = before;
    return found;
}

static void set_left(json_t *row, const struct view *v, const struct instance *letter,
                     const struct record *noticed)
{
    uint64_t entry = letter->journal;
    struct record notice;

    for (int n = 0; n < LETTER_ENTRIES && entry != 0; n++) {
        if (find_notice(v, letter->id, &entry, &notice)) {
            set_sent(row, v, noticed, notice.data, notice.time_ms);
            return;
        }
    }
    set_state(row, "dropped", letter->changed_ms); /* it was over without leaving */
}

/* --- a letter that gathers ------------------------------------------------------------------- */

static const struct task *gathering(const struct instance *letter)
{
    for (uint32_t n = 0; n < letter->task_count; n++) {
        if (letter->tasks[n].kind == TASK_LETTER) {
            return &letter->tasks[n];
        }
    }
    return NULL;
}

/* The news of this assignment that it has; false: there was no room for any. */
static bool news_of(const struct task *letter, const struct record *noticed, struct news *ret_news)
{
    for (uint32_t n = 0; letter->scope != NULL && n < letter->scope->result_count; n++) {
        if (news_unpack(letter->scope->results[n].value, ret_news) &&
            ret_news->instance == noticed->instance && ret_news->task == noticed->task) {
            return true;
        }
    }
    return false;
}

static void set_distance(json_t *row, const struct view *v, const struct assignment *a,
                         int64_t at_ms, civil_day last)
{
    const struct body *body = world_body(v->world, a->people[0]);
    civil_day day = (civil_day)(at_ms / 86400000);
    int minute;

    if (body != NULL) {
        zone_civil(body->zone, at_ms, &day, &minute);
    }
    notice_set_left(v->world, row, a, day, last);
}

/* What is untrue by now will not be told. */
static void set_waits(json_t *row, const struct view *v, const struct instance *instance,
                      const struct task *letter, const struct record *noticed)
{
    const struct task *task = instance_find_task(instance, noticed->task);
    int64_t at_ms = letter->at_ms > v->world->now_ms ? letter->at_ms : v->world->now_ms;
    struct news news;
    bool found = news_of(letter, noticed, &news);

    if (task == NULL || task->assignment == NULL || task->state == TASK_CLOSED ||
        (found && !news_is_true(instance, task, &news, letter->text))) {
        set_state(row, "dropped", v->world->now_ms);
        return;
    }
    set_state(row, "waits", at_ms);
    if (news_is_of_term((enum letter)noticed->other)) {
        const struct assignment *a = task->assignment;
        set_distance(row, v, a, at_ms, found ? news_last_day(a, &news) : a->to);
    }
}

void told_letter_set(json_t *row, const struct view *v, const struct instance *instance,
                     const struct record *noticed, struct bytes alone)
{
    struct instance *letter;

    if (noticed->at_ms == 0) {
        if (alone.size > 0) {
            set_sent(row, v, noticed, alone, noticed->time_ms);
        }
        return;
    }
    if (!snapshot_instance(v->txn, v->catalog, v->arena, (uint64_t)noticed->at_ms, &letter, NULL)) {
        return;
    }
    const struct task *task = gathering(letter);
    if (task != NULL) {
        set_waits(row, v, instance, task, noticed);
    } else {
        set_left(row, v, letter, noticed);
    }
}

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

static bool is_about(const json_t *news, const char *task)
{
    const json_t *assignment = json_object_get(news, "assignment");
    const char *id = json_string_value(json_object_get(assignment, "id"));

    return id != NULL && strcmp(id, task) == 0;
}

/* What the letter says of this assignment; NULL: nothing. Borrowed. */
static const json_t *find_news(const json_t *letter, const char *task)
{
    const json_t *items = json_object_get(letter, "items");

    for (size_t i = 0; i < json_array_size(items); i++) {
        if (is_about(json_array_get(items, i), task)) {
            return json_array_get(items, i);
        }
    }
    return is_about(letter, task) ? letter : NULL;
}

static void set_sent(json_t *row, const struct record *noticed, struct bytes text, int64_t at_ms)
{
    json_t *letter = rows_parsed(text);
    char task[TASK_ID_TEXT_MAX];
    const json_t *news = find_news(letter, rows_task_name(noticed->instance, noticed->task, task));
    bool counted = json_integer_value(json_object_get(letter, "more")) > 0;

    set_state(row, news != NULL || counted ? "sent" : "dropped", at_ms);
    if (news_is_of_term((enum letter)noticed->other)) {
        json_object_set(row, "left", json_object_get(news, "left"));
        json_object_set(row, "left_working", json_object_get(news, "left_working"));
    }
    json_decref(letter);
}

/* The notice in one entry of the letter's history; *entry becomes the one before it. */
static bool find_notice(const struct view *v, uint64_t letter, uint64_t *entry,
                        struct record *ret_record)
{
    struct journal_reader reader;
    struct record r;
    uint64_t before = 0;
    bool first = true;
    bool found = false;

    if (journal_open(v->txn, *entry, &reader, NULL)) {
        while (journal_next(&reader, &r)) {
            if (r.instance != letter) {
                continue;
            }
            before = first ? r.before : before;
            first = false;
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
            set_sent(row, noticed, notice.data, notice.time_ms);
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
            set_sent(row, noticed, alone, noticed->time_ms);
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

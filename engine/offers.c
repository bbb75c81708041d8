/* offers.c - the way from a kept event to somebody who takes it
 *
 * Owns:    the list of tasks that began to listen and were not offered the kept events yet.
 * In:      committed turns, and the start of the program.
 * Out:     decide_offer(); kept_remove() when the event was taken.
 * Always:  an event that was kept is taken once; of several listens the one that was opened first
 *          gets it; a listen gets them in the order of their arrival.
 */
#include "engine/offers.h"

#include "base/must.h"
#include "engine/kept.h"

#include <stdlib.h>
#include <string.h>

/* What one turn does: an expression may take as long as a thousand rows. */
#define WORK_A_TURN   20000u
#define WORK_OF_OFFER 50u
#define WORK_OF_KIB   5u /* of an event: it is parsed */
/* More than so many listens at once: it is cheaper to look at the events. */
#define WAITING_MAX 100000u

void offers_init(struct offers *o)
{
    *o = (struct offers){.look_from = 1};
}

void offers_fini(struct offers *o)
{
    free(o->waiting);
    listeners_fini(&o->found);
    buffer_fini(&o->numbers);
}

/* --- who began to listen ------------------------------------------------------------------- */

static void forget_waiting(struct offers *o)
{
    o->first = 0;
    o->count = 0;
    o->after = 0;
}

void offers_note(struct offers *o, const struct turn *turn)
{
    size_t more = turn->subscribed_count;

    if (more == 0) {
        return;
    }
    if (o->first > 0) {
        memmove(o->waiting, o->waiting + o->first, (o->count - o->first) * sizeof *o->waiting);
        o->count -= o->first;
        o->first = 0;
    }
    if (o->count + more > WAITING_MAX) {
        forget_waiting(o);
        o->look_from = 1;
        return;
    }
    if (o->count + more > o->room) {
        o->room = 2 * (o->count + more);
        o->waiting = xrealloc(o->waiting, o->room * sizeof *o->waiting);
    }
    memcpy(o->waiting + o->count, turn->subscribed, more * sizeof *o->waiting);
    o->count += more;
}

bool offers_wait(const struct offers *o)
{
    return o->first < o->count || o->look_from != 0;
}

/* --- offering ------------------------------------------------------------------------------ */

struct work {
    struct turn *turn;
    size_t left;
};

static void spend(struct work *work, size_t units)
{
    work->left = work->left > units ? work->left - units : 0;
}

/* To one task; when it takes the event, that is kept no longer. */
static bool offer(struct work *work, const struct kept *k, const struct match *match)
{
    spend(work, WORK_OF_OFFER + WORK_OF_KIB * (k->json.size >> 10));
    if (decide_offer(turn_world(work->turn), k->json, false, match, 1) == 0) {
        return false;
    }
    kept_remove(work->turn, k);
    return true;
}

/* The event to whoever listens for it: the first who takes it. */
static void offer_to_all(struct offers *o, struct work *work, const struct kept *k)
{
    if (kept_is_over(work->turn, k)) {
        kept_remove(work->turn, k);
        return;
    }
    if (k->instance != KEPT_ANYBODY) {
        listeners_of(work->turn, k->instance, &o->found);
    } else {
        listeners_find(work->turn, k->type, k->subject, &o->found);
    }
    for (size_t i = 0; i < o->found.count; i++) {
        if (offer(work, k, &o->found.all[i])) {
            return;
        }
    }
}

static void look_at_next(struct offers *o, struct work *work)
{
    struct kept k;

    spend(work, WORK_OF_OFFER);
    if (kept_next(work->turn, o->look_from, &k)) {
        o->look_from = k.number + 1;
        offer_to_all(o, work, &k);
    } else {
        o->look_from = 0;
    }
}

/* --- one who listens ----------------------------------------------------------------------- */

static bool still_listens(struct turn *turn, const struct match *match)
{
    const struct instance *instance = turn->world.get(&turn->world, match->instance);
    const struct task *task = instance ? instance_find_task(instance, match->task) : NULL;

    return task != NULL && (task->kind == TASK_LISTEN || task->kind == TASK_SCHEDULE) &&
           task->state == TASK_WAITING;
}

static int compare(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;

    return (a > b) - (a < b);
}

/* The kept events that its rows in the table of subscriptions stand for, in order of arrival. */
static size_t find_events(struct offers *o, struct work *work, const struct match *match)
{
    const struct instance *instance = work->turn->world.get(&work->turn->world, match->instance);
    struct facets rows;

    buffer_clear(&o->numbers);
    facets_of(instance, work->turn->world.catalog, &work->turn->arena, &rows);
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct facet *row = &rows.rows[i];
        const char *type = (const char *)row->key.data + 1; /* after the tenant */
        const unsigned char *end = (const unsigned char *)row->key.data + row->key.size;
        struct cursor tail = cursor_of((struct bytes){end - 4, 4});
        if (row->table == TABLE_SUBSCRIPTION && unpack_key32(&tail) == match->task) {
            spend(work, kept_find(work->turn, KEPT_ANYBODY, type, type + strlen(type) + 1, o->after,
                                  &o->numbers));
        }
    }
    spend(work, kept_find(work->turn, match->instance, "", "", o->after, &o->numbers));
    size_t count = o->numbers.size / sizeof(uint64_t);
    if (count > 0) {
        qsort(o->numbers.data, count, sizeof(uint64_t), compare);
    }
    return count;
}

/* Returns false when the work of this turn ends before its events do. */
static bool offer_events(struct offers *o, struct work *work, const struct match *match)
{
    size_t count = find_events(o, work, match);
    struct kept k;

    for (size_t i = 0; i < count && still_listens(work->turn, match); i++) {
        uint64_t number;
        if (i > 0 && (work->left == 0 || turn_is_full(work->turn))) {
            return false;
        }
        memcpy(&number, o->numbers.data + i * sizeof number, sizeof number);
        o->after = number;
        if (!kept_get(work->turn, number, &k)) {
            continue; /* it was in the list twice, and is taken */
        }
        if (kept_is_over(work->turn, &k)) {
            kept_remove(work->turn, &k);
        } else {
            offer(work, &k, match);
        }
    }
    return true;
}

static void offer_to_next(struct offers *o, struct work *work)
{
    struct match match = o->waiting[o->first];

    spend(work, WORK_OF_OFFER);
    if (still_listens(work->turn, &match) && !offer_events(o, work, &match)) {
        return;
    }
    o->after = 0;
    o->first++;
    if (o->first == o->count) {
        forget_waiting(o);
    }
}

void offers_run(struct offers *o, struct turn *turn)
{
    struct work work = {.turn = turn, .left = WORK_A_TURN};

    while (o->look_from != 0 && work.left > 0 && !turn_is_full(turn)) {
        look_at_next(o, &work);
    }
    while (o->look_from == 0 && o->first < o->count && work.left > 0 && !turn_is_full(turn)) {
        offer_to_next(o, &work);
    }
}

/* job_bulk.c - one action on all that a list finds
 *
 * Owns:    which of its targets have been answered, and what waits for its answer.
 * In:      a request of bulk.h.
 * Out:     commands on the link, LIMIT_BULK_WINDOW of them at a time, each with a key of its own.
 * Always:  targets are collected first, and on disk before the first command leaves. job->done
 *          counts answers in the order of the targets: after a restart it goes on there, and what
 *          was done beyond is answered by its key and not done again.
 * See:     docs/http.md §4.2
 */
#include "engine/web/bulk_targets.h"
#include "engine/web/jobs_part.h"

#include "base/clock.h"
#include "base/must.h"
#include "wire/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AGAIN_MS 500 /* after the engine was busy */

enum slot_state { SLOT_FREE, SLOT_ASKED, SLOT_AGAIN, SLOT_ANSWERED };

/* One command under way. */
struct slot {
    struct bulk *bulk;
    size_t target;
    enum slot_state state;
    json_t *refused; /* a row; NULL = it was done */
};

struct bulk {
    struct job *job;
    struct bulk_plan plan;
    struct bulk_targets targets;
    size_t sent;                          /* targets that have, or had, a slot */
    unsigned asked;                       /* slots that wait for the engine */
    char *after;                          /* while collecting; NULL = the first page */
    bool collecting;                      /* a piece of the loop */
    bool timed;                           /* a timer of the loop */
    struct slot slots[LIMIT_BULK_WINDOW]; /* of target i: i % LIMIT_BULK_WINDOW */
};

static void go_on(struct bulk *b);

/* --- answers ------------------------------------------------------------------------------- */

static json_t *refused_row(struct bulk_target target, const struct error *err,
                           const json_t *payload)
{
    char task[TASK_ID_TEXT_MAX];
    json_t *row = json_pack("{ss ss}", "code", error_name(err->code), "text", err->text);

    if (row == NULL) {
        row = json_pack("{ss ss}", "code", error_name(err->code), "text", "?");
    }
    json_object_set(row, "format", json_object_get(payload, "format"));
    json_object_set(row, "args", json_object_get(payload, "args"));
    if (target.task != 0) {
        task_id_print((struct task_id){target.instance, target.task}, task);
        json_object_set_new(row, "task", json_string(task));
    }
    json_object_set_new(row, "instance", json_integer((json_int_t)target.instance));
    return row;
}

/* Not this command is wrong, but the moment. */
static bool is_of_the_moment(enum error_code code)
{
    return code == ERROR_BUSY || code == ERROR_TIMEOUT || code == ERROR_DISK_FULL;
}

static void answered(void *context, const struct error *err, json_t *payload)
{
    struct slot *slot = context;
    struct bulk *b = slot->bulk;

    b->asked--;
    if (err != NULL && is_of_the_moment(err->code)) {
        slot->state = SLOT_AGAIN;
    } else {
        slot->state = SLOT_ANSWERED;
        slot->refused =
            err != NULL ? refused_row(b->targets.list[slot->target], err, payload) : NULL;
    }
    go_on(b);
}

/* In the order of the targets. */
static void count_answers(struct bulk *b)
{
    struct job *job = b->job;

    for (;;) {
        struct slot *slot = &b->slots[job->done % LIMIT_BULK_WINDOW];
        if (slot->state != SLOT_ANSWERED || slot->target != job->done) {
            return;
        }
        if (slot->refused != NULL) {
            job_add_refused(job, slot->refused);
        }
        *slot = (struct slot){.state = SLOT_FREE};
        job->done++;
    }
}

/* --- commands ------------------------------------------------------------------------------ */

static void send_one(struct bulk *b, struct slot *slot)
{
    const struct job *job = b->job;
    char once[LIMIT_ONCE_BYTES + 1];

    snprintf(once, sizeof once, "job-%llu-%lld-%zu", (unsigned long long)job->id,
             (long long)job->began_ms, slot->target);
    struct ask ask = bulk_ask(&b->plan, b->targets.list[slot->target], job->by, once);
    slot->state = SLOT_ASKED;
    b->asked++;
    link_send(job->jobs->web, &ask, answered, slot);
}

static bool try_again(void *context)
{
    struct bulk *b = context;

    b->timed = false;
    for (size_t i = 0; i < LIMIT_BULK_WINDOW; i++) {
        if (b->slots[i].state == SLOT_AGAIN && !b->job->cancelled) {
            send_one(b, &b->slots[i]);
        }
    }
    go_on(b);
    return false;
}

static void send_more(struct bulk *b)
{
    bool again = false;

    while (b->sent < b->targets.count && b->sent < b->job->done + LIMIT_BULK_WINDOW) {
        struct slot *slot = &b->slots[b->sent % LIMIT_BULK_WINDOW];
        must(slot->state == SLOT_FREE);
        *slot = (struct slot){.bulk = b, .target = b->sent++};
        send_one(b, slot);
    }
    for (size_t i = 0; i < LIMIT_BULK_WINDOW; i++) {
        again = again || b->slots[i].state == SLOT_AGAIN;
    }
    if (again && !b->timed) {
        b->timed = true;
        loop_at(b->job->jobs->web, monotonic_ms() + AGAIN_MS, 0, try_again, b);
    }
}

static void go_on(struct bulk *b)
{
    struct job *job = b->job;

    if (job->jobs->stopping) {
        return;
    }
    count_answers(b);
    if (job->cancelled) {
        if (b->asked == 0) {
            job_end(job, JOB_CANCELLED, NULL);
        }
        return;
    }
    if (job->done == b->targets.count) {
        job_end(job, JOB_DONE, NULL);
        return;
    }
    job_progress(job);
    send_more(b);
}

/* --- collecting ---------------------------------------------------------------------------- */

/* A page. *ret_more: there is another. */
static bool collect_page(struct bulk *b, bool *ret_more, struct error *err)
{
    const struct view *view = reader_begin(b->job->jobs->web->reader, err);
    json_t *page = view != NULL ? bulk_page(&b->plan, view, b->after, err) : NULL;
    const json_t *rows = json_object_get(page, "rows");
    const char *next = json_string_value(json_object_get(page, "next"));
    struct bulk_target target;

    if (page == NULL) {
        return false;
    }
    for (size_t i = 0; i < json_array_size(rows) && b->targets.count < LIMIT_BULK; i++) {
        if (bulk_target_of(&b->plan, json_array_get(rows, i), &target)) {
            bulk_targets_add(&b->targets, target);
        }
    }
    free(b->after);
    b->after = next != NULL ? xstrdup(next) : NULL;
    *ret_more = next != NULL && b->targets.count < LIMIT_BULK;
    b->job->of = b->targets.count;
    json_decref(page);
    return true;
}

static bool collect(void *context)
{
    struct bulk *b = context;
    struct error err = ERROR_INIT;
    bool more = false;

    if (b->job->cancelled) {
        b->collecting = false;
        job_end(b->job, JOB_CANCELLED, NULL);
        return false;
    }
    if (!collect_page(b, &more, &err) ||
        (!more && !bulk_targets_write(&b->targets, b->job, &err))) {
        b->collecting = false;
        job_end(b->job, JOB_FAILED, &err);
        return false;
    }
    b->collecting = more;
    if (!more) {
        go_on(b);
    }
    return more;
}

/* --- the kind ------------------------------------------------------------------------------ */

static json_t *read_request(struct exchange *x)
{
    return bulk_read(x, false);
}

/* The filter is one that the list knows; what it finds is looked at later. */
static bool check(const json_t *request, const struct view *view, struct error *err)
{
    struct bulk_plan plan;

    bulk_plan_init(&plan, request);
    json_t *page = bulk_page(&plan, view, NULL, err);
    bulk_plan_fini(&plan);
    json_decref(page);
    return page != NULL;
}

static void begin(struct job *job)
{
    struct bulk *b = xcalloc(1, sizeof *b);

    job->work = b;
    b->job = job;
    bulk_plan_init(&b->plan, job->request);
    if (bulk_targets_read(&b->targets, job)) {
        job->of = b->targets.count;
        job->done = job->done < job->of ? job->done : job->of;
        b->sent = job->done;
        go_on(b);
        return;
    }
    b->targets.count = 0;
    job->done = 0;
    b->collecting = true;
    loop_begin(job->jobs->web, collect, b);
}

static void cancel(struct job *job)
{
    struct bulk *b = job->work;

    if (!b->collecting) {
        go_on(b); /* ends when what is under way has been answered */
    }
}

static void release(struct job *job)
{
    struct bulk *b = job->work;

    loop_drop(job->jobs->web, b);
    for (size_t i = 0; i < LIMIT_BULK_WINDOW; i++) {
        json_decref(b->slots[i].refused);
    }
    bulk_plan_fini(&b->plan);
    bulk_targets_fini(&b->targets);
    free(b->after);
    free(b);
}

const struct job_kind job_bulk = {"bulk", true, read_request, check, NULL, begin, cancel, release};

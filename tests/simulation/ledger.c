/* ledger.c - reads every committed journal entry with distrust */
#include "ledger.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

void ledger_init(struct ledger *ledger)
{
    *ledger = (struct ledger){.next_seq = 1};
}

static void free_values(struct map *map)
{
    size_t at = 0;

    for (void *value = map_next(map, &at); value != NULL; value = map_next(map, &at)) {
        free(value);
    }
    map_fini(map);
}

void ledger_fini(struct ledger *ledger)
{
    free_values(&ledger->tasks);
    free_values(&ledger->entries);
    free_values(&ledger->notices);
    arena_fini(&ledger->arena);
}

bool ledger_open_attempt(const struct ledger *ledger, const struct job *job)
{
    const struct ledger_task *task = map_find(&ledger->tasks, job->instance, job->task);

    return task != NULL && task->state == TASK_READY && task->attempt == job->attempt;
}

/* --- records --------------------------------------------------------------------------------- */

static void opened(struct ledger *l, const struct record *r)
{
    struct ledger_task *task = xcalloc(1, sizeof *task);

    claim(map_find(&l->tasks, r->instance, r->task) == NULL, WHERE_FORMAT ": its number was used",
          WHERE(r));
    task->kind = (enum task_kind)r->other;
    task->parent = r->parent;
    bool works = task->kind == TASK_CALL || task->kind == TASK_NOTICE;
    task->state = works ? TASK_READY : TASK_WAITING;
    task->attempt = works;
    map_put(&l->tasks, r->instance, r->task, task);
}

static void finished(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    bool works = task->kind == TASK_CALL || task->kind == TASK_NOTICE;

    claim(++task->finished == 1, WHERE_FORMAT ": applied twice", WHERE(r));
    if (r->kind == RECORD_TASK_DONE && works && r->attempt != 0) {
        claim(task->state == TASK_READY && task->attempt == r->attempt,
              WHERE_FORMAT ": attempt %u is open", WHERE(r), task->attempt);
    }
    task->state = TASK_CLOSED;
    l->finished++;
}

static void worked(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    switch (r->kind) {
    case RECORD_TASK_DONE:
    case RECORD_TASK_SKIPPED:
        finished(l, task, r);
        break;
    case RECORD_TASK_FAILED:
        claim(task->kind == TASK_TRY || (task->state == TASK_READY && task->attempt == r->attempt),
              WHERE_FORMAT, WHERE(r));
        task->state = TASK_BACKOFF;
        break;
    case RECORD_TASK_READY:
        claim(task->state == TASK_BACKOFF || task->state == TASK_INCIDENT, WHERE_FORMAT, WHERE(r));
        claim(r->attempt == task->attempt + 1, WHERE_FORMAT ": after %u", WHERE(r), task->attempt);
        task->attempt = r->attempt;
        task->state = TASK_READY;
        break;
    case RECORD_TASK_INCIDENT:
        claim(task->finished == 0, WHERE_FORMAT, WHERE(r));
        task->state = TASK_INCIDENT;
        break;
    default:
        claim(r->kind == RECORD_TASK_INPUT, WHERE_FORMAT, WHERE(r));
    }
}

/* Does it run in this scope, at whatever depth? */
static bool runs_in(const struct ledger *l, uint64_t instance, const struct ledger_task *task,
                    uint32_t scope)
{
    while (task != NULL && task->parent != 0) {
        if (task->parent == scope) {
            return true;
        }
        task = map_find(&l->tasks, instance, task->parent);
    }
    return false;
}

static void close_task(struct ledger *l, struct ledger_task *task)
{
    task->state = TASK_CLOSED;
    ledger_people_end(l, task);
}

static bool is_open(const struct ledger_task *task)
{
    return task->state != TASK_CLOSED;
}

/* A scope goes with all that runs in it; it is never done, tried again or caught before that. */
static void scoped(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    bool goes = r->kind == RECORD_TASK_CANCELLED || r->kind == RECORD_TASK_FAULTED;
    bool anew = r->kind == RECORD_TASK_CAUGHT || r->kind == RECORD_TASK_AGAIN;

    claim(is_open(task), WHERE_FORMAT ": it is closed", WHERE(r));
    for (uint32_t seq = r->task + 1; (goes || anew) && seq < 4096; seq++) {
        struct ledger_task *inner = map_find(&l->tasks, r->instance, seq);
        if (inner != NULL && runs_in(l, r->instance, inner, r->task) && is_open(inner)) {
            claim(goes, WHERE_FORMAT ": %u still runs in it", WHERE(r), seq);
            close_task(l, inner);
        }
    }
    if (goes) {
        close_task(l, task);
    } else if (anew) {
        task->state = TASK_WAITING;
    }
}

/* What a cancel closes without a record of its own. */
static void cancelled(struct ledger *l, const struct record *r)
{
    for (uint32_t seq = 1; seq < 4096; seq++) {
        struct ledger_task *task = map_find(&l->tasks, r->instance, seq);
        if (task == NULL) {
            break;
        }
        if (task->kind != TASK_NOTICE) {
            task->state = TASK_CLOSED;
        }
        ledger_people_end(l, task);
    }
}

static void check_order(struct ledger *l, const struct record *r)
{
    uint64_t *last = map_find(&l->entries, r->instance, 0);

    claim(r->seq == l->next_seq++, WHERE_FORMAT ": record %d", WHERE(r), (int)r->seq);
    if (last == NULL) {
        claim(r->kind == RECORD_STARTED && r->before == 0, WHERE_FORMAT, WHERE(r));
        last = xcalloc(1, sizeof *last);
        map_put(&l->entries, r->instance, 0, last);
    } else {
        claim(r->kind != RECORD_STARTED, WHERE_FORMAT ": started twice", WHERE(r));
        claim(r->before == *last, WHERE_FORMAT ": follows %d, not %d", WHERE(r), (int)r->before,
              (int)*last);
    }
    *last = r->entry;
}

static void check(struct ledger *l, const struct record *r)
{
    if (r->instance == 0) {
        claim(r->seq == l->next_seq++, WHERE_FORMAT, WHERE(r));
        return;
    }
    check_order(l, r);
    if (r->kind == RECORD_STEP_PASSED || r->kind == RECORD_CONTEXT_SET) {
        return;
    }
    if (r->kind == RECORD_CANCELLED || r->kind == RECORD_FAULTED) {
        cancelled(l, r);
    } else if (r->kind == RECORD_TASK_OPENED) {
        opened(l, r);
    } else if (r->kind > RECORD_TASK_OPENED) {
        struct ledger_task *task = map_find(&l->tasks, r->instance, r->task);
        claim(task != NULL, WHERE_FORMAT ": no such task", WHERE(r));
        if (record_is_of_assignment(r->kind)) {
            ledger_people(l, task, r);
        } else if (r->kind == RECORD_LETTER_ENTRY) {
            claim(task->state == TASK_WAITING, WHERE_FORMAT ": the letter has left", WHERE(r));
        } else if (r->kind > RECORD_EVENT) {
            scoped(l, task, r);
        } else {
            worked(l, task, r);
        }
    }
}

void ledger_read(struct ledger *ledger, void (*visit)(const struct record *record))
{
    struct store_txn *txn = stage_read();
    uint64_t last = journal_last(txn);

    for (; ledger->entry < last; ledger->entry++) {
        struct journal_reader reader;
        struct record record;
        claim(journal_open(txn, ledger->entry + 1, &reader, &stage.err), "%s", stage.err.text);
        while (journal_next(&reader, &record)) {
            check(ledger, &record);
            ledger->records++;
            if (visit != NULL) {
                visit(&record);
            }
        }
        claim(reader.left == 0, "entry %d is damaged", (int)ledger->entry + 1);
    }
    store_abort(&txn);
}

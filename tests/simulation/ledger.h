/* ledger.h - reads every committed journal entry with distrust
 *
 * Keeps its own small idea of each task, made from the records alone, and breaks the simulation on
 * the first record that may not be: a result applied twice or for a closed attempt, a step of a
 * ladder taken twice or too early, a notice made twice or about what is closed, a decision about
 * somebody's own work, an entry out of order.
 */
#ifndef TESTS_SIMULATION_LEDGER_H
#define TESTS_SIMULATION_LEDGER_H

#include "stage.h"

#include "base/arena.h"

#define WHERE_FORMAT "entry %llu: %s of %llu.%u, attempt %u"
#define WHERE(r)                                                                                   \
    (unsigned long long)(r)->entry, record_kind_name((r)->kind),                                   \
        (unsigned long long)(r)->instance, (r)->task, (r)->attempt

struct ledger_task {
    enum task_kind kind;
    enum task_state state;
    struct assignment *given; /* as it was given, kept up by ledger_people.c; NULL: not yet */
    uint32_t parent;          /* the scope it was opened in; 0 = the instance */
    uint32_t attempt;
    uint32_t changes;  /* of its term, its ladder, its responsible body: what is told anew */
    uint32_t bodies;   /* that were responsible: what is opened is told to each once */
    uint32_t finished; /* TASK_DONE and TASK_SKIPPED records: at most one */
};

struct ledger {
    uint64_t entry;                         /* the last one read */
    uint64_t next_seq;                      /* of the next record */
    uint64_t records;                       /* read so far */
    uint64_t finished;                      /* tasks */
    uint64_t letters;                       /* notices of assignments */
    uint64_t lived[ASSIGNMENT_STATE_COUNT]; /* how often an assignment came into this state */
    struct map tasks;                       /* (instance, task) -> ledger_task */
    struct map entries;                     /* instance -> its last entry, as a pointer to it */
    struct map notices;                     /* hashes of who was told what -> itself */
    struct arena arena;
};

void ledger_init(struct ledger *ledger);
void ledger_fini(struct ledger *ledger);

/* Read what was committed since the last time. visit, when not NULL, sees each record after it was
 * found to be right. */
void ledger_read(struct ledger *ledger, void (*visit)(const struct record *record));

/* ledger_people.c: a record of this assignment; and that it is over without one of its own. */
void ledger_people(struct ledger *ledger, struct ledger_task *task, const struct record *record);
void ledger_people_end(struct ledger *ledger, struct ledger_task *task);

/* Is this attempt open, as far as the journal says? */
bool ledger_open_attempt(const struct ledger *ledger, const struct job *job);

#endif

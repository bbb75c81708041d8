/* ledger.h - reads every committed journal entry with distrust
 *
 * Keeps its own small idea of each task, made from the records alone, and breaks the simulation on
 * the first record that may not be: a result applied twice or for a closed attempt, a step of a
 * ladder taken twice, a letter made twice or about what is closed, an entry out of order.
 */
#ifndef TESTS_SIMULATION_LEDGER_H
#define TESTS_SIMULATION_LEDGER_H

#include "stage.h"

struct ledger_task {
    enum task_kind kind;
    enum task_state state;
    enum assignment_state assignment;
    uint32_t parent; /* the scope it was opened in; 0 = the instance */
    uint32_t attempt;
    uint32_t next_step;
    uint32_t returns;
    uint32_t finished; /* TASK_DONE and TASK_SKIPPED records: at most one */
};

struct ledger {
    uint64_t entry;     /* the last one read */
    uint64_t next_seq;  /* of the next record */
    uint64_t records;   /* read so far */
    uint64_t finished;  /* tasks */
    uint64_t letters;   /* made */
    struct map tasks;   /* (instance, task) -> ledger_task */
    struct map entries; /* instance -> its last entry, as a pointer to it */
    struct map notices; /* hashes of who was told what -> itself */
};

void ledger_init(struct ledger *ledger);
void ledger_fini(struct ledger *ledger);

/* Read what was committed since the last time. visit, when not NULL, sees each record after it was
 * found to be right. */
void ledger_read(struct ledger *ledger, void (*visit)(const struct record *record));

/* Is this attempt open, as far as the journal says? */
bool ledger_open_attempt(const struct ledger *ledger, const struct job *job);

#endif

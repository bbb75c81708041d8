/* promises.c - what the engine has acknowledged, and whether it is still true */
#include "promises.h"

#include "stage.h"

#include "base/must.h"

#include <stdlib.h>

void promises_fini(struct promises *promises)
{
    free(promises->all);
}

void promises_add(struct promises *promises, struct promise promise)
{
    if (promises->count == promises->room) {
        promises->room = promises->room ? promises->room * 2 : 64;
        promises->all = xrealloc(promises->all, promises->room * sizeof *promises->all);
    }
    promises->all[promises->count++] = promise;
}

void promises_commit(struct promises *promises, uint64_t entry)
{
    for (; promises->confirmed < promises->count; promises->confirmed++) {
        promises->all[promises->confirmed].entry = entry;
    }
}

void promises_forget(struct promises *promises)
{
    promises->count = promises->confirmed;
}

static bool has_record(struct store_txn *txn, const struct promise *p)
{
    struct journal_reader reader;
    struct record r;

    if (!journal_open(txn, p->entry, &reader, &stage.err)) {
        return false;
    }
    while (journal_next(&reader, &r)) {
        if (r.kind == p->kind && r.instance == p->instance && (p->task == 0 || r.task == p->task)) {
            return true;
        }
    }
    return false;
}

void promises_assert_kept(const struct promises *promises)
{
    struct store_txn *txn = stage_read();

    for (size_t i = 0; i < promises->confirmed; i++) {
        const struct promise *p = &promises->all[i];
        claim(has_record(txn, p), "%s of %d.%u was acknowledged in entry %d",
              record_kind_name(p->kind), (int)p->instance, p->task, (int)p->entry);
    }
    store_abort(&txn);
    for (size_t i = 0; i < promises->confirmed; i++) {
        const struct promise *p = &promises->all[i];
        claim(p->key[0] == '\0' || stage_find_key(p->definition, p->key) == p->instance,
              "key %s led to instance %d", p->key, (int)p->instance);
    }
}

/* change.c - a stretch of the journal, summed up
 *
 * Owns:    what a `change` event says.
 * Always:  it costs no more than CHANGE_ENTRIES_MAX entries, however long the stretch is.
 */
#include "engine/web/change.h"

#include "engine/journal.h"

#include <stdlib.h>

struct sum {
    uint64_t seq;
    uint64_t instances[CHANGE_INSTANCES_MAX];
    size_t count;
    bool kinds[RECORD_KIND_COUNT];
    bool more;
};

static void add_instance(struct sum *s, uint64_t instance)
{
    for (size_t i = s->count; i > 0; i--) { /* records of one instance stand together */
        if (s->instances[i - 1] == instance) {
            return;
        }
    }
    if (s->count == CHANGE_INSTANCES_MAX) {
        s->more = true;
        return;
    }
    s->instances[s->count++] = instance;
}

static void add_entry(struct sum *s, struct store_txn *txn, uint64_t entry)
{
    struct journal_reader reader;
    struct record record;

    if (!journal_open(txn, entry, &reader, NULL)) {
        return;
    }
    while (journal_next(&reader, &record)) {
        s->kinds[record.kind] = true;
        if (record.instance != 0 && !s->more) {
            add_instance(s, record.instance);
        }
    }
    s->seq = reader.seq - 1;
}

json_t *change_between(struct store_txn *txn, uint64_t after, uint64_t last)
{
    struct sum s = {0};
    json_t *instances = json_array();
    json_t *kinds = json_array();
    uint64_t first = after + 1;

    if (last - after > CHANGE_ENTRIES_MAX) {
        first = last - CHANGE_ENTRIES_MAX + 1;
        s.more = true;
    }
    for (uint64_t entry = first; entry <= last; entry++) {
        add_entry(&s, txn, entry);
    }
    for (size_t i = 0; i < s.count; i++) {
        json_array_append_new(instances, json_integer((json_int_t)s.instances[i]));
    }
    for (int kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        if (s.kinds[kind]) {
            json_array_append_new(kinds, json_string(record_kind_name((enum record_kind)kind)));
        }
    }
    return json_pack("{sI so so sb}", "seq", (json_int_t)s.seq, "instances", instances, "kinds",
                     kinds, "more", s.more);
}

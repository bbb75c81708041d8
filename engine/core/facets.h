/* facets.h - how an instance looks from outside: its rows in the index tables, and its tallies
 *
 * A pure function of the instance. The turn computes it before and after, and writes the
 * difference: no index is ever updated by hand, so none can drift; `verify` computes it again.
 * What was said, and who was told what, is in no instance: records have facets too, which are
 * written with them and stay as long as they do.
 */
#ifndef CORE_FACETS_H
#define CORE_FACETS_H

#include "engine/core/record.h"
#include "engine/core/tables.h"
#include "language/catalog.h"

struct facet {
    enum table table;
    struct bytes key; /* in the arena of the set */
    struct bytes value;
};

/* Rows sorted by table and key. */
struct facets {
    struct facet *rows;
    uint32_t count;
    uint32_t room;
    struct arena *arena;
};

/* What is counted, over all instances. The numbers are kept in the store: each group has room for
 * states to come. */
enum tally {
    TALLY_INSTANCES = 0,    /* + state */
    TALLY_ASSIGNMENTS = 16, /* + state */
    TALLY_PHASES = 32,      /* + phase; of open ones */
    TALLY_READY = 48,
    TALLY_INCIDENTS,
    TALLY_LETTERS, /* not delivered yet */
    TALLY_COUNT
};

/* Letters of the day are instances of a bodies document, and found by their keys apart from what
 * workflows of its name may have started: in the table `key`, this stands in place of a name. */
#define FACETS_LETTERS ":letters"
const char *facets_key_name(const struct definition *definition);

/* Rows of the instance, appended to an empty set. A NULL instance has none. */
void facets_of(const struct instance *instance, const struct catalog *catalog, struct arena *arena,
               struct facets *ret_facets);

/* Append the rows that a record leaves, in any order and some of them twice; it must know its entry
 * and its time. Most records leave none. */
void facets_of_record(const struct record *record, struct facets *facets);
void facets_order(struct facets *facets); /* sort them, and drop doubles */

/* Add what the instance counts for (sign 1) or take it away (-1). NULL counts for nothing; a letter
 * of the day only as a letter. */
void facets_tally(const struct instance *instance, const struct catalog *catalog, int sign,
                  int64_t tally[TALLY_COUNT]);

int facet_compare(const struct facet *a, const struct facet *b); /* by table, then key */

/* Can the instance be of its definition: does every task stand on a step that there is, and of its
 * kind? facets_of() and facets_service() must not be asked about one that can't. */
bool facets_fit(const struct instance *instance, const struct catalog *catalog);

/* Has the task a row among the subscriptions that an event of this type and subject is looked up
 * by? For instances whose rows are not written yet. */
bool facets_listens(const struct instance *instance, const struct task *task,
                    const struct catalog *catalog, const char *type, const char *subject);

/* The service that does this task: of its step, or notify. */
const char *facets_service(const struct instance *instance, const struct task *task,
                           const struct catalog *catalog);

#endif

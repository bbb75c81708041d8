/* fixture.h - folders, stores and small words for the tests of store/ */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "store/store.h"

#include <sys/types.h>

/* A store of format 1, never regenerated. */
#define GOLDEN_FORMAT_1 SOURCE_DIR "/tests/data/store/format-1/data.mdb"

enum { TABLE_A, TABLE_B, TABLE_C, TABLE_COUNT };

#define MIB ((uint64_t)1 << 20)

/* A fresh folder of this test, made at the first call; NULL name gives the folder itself. */
const char *fixture_path(const char *name);
void fixture_remove(void); /* for .fini */

/* Tables A, B, C at format 1 with a map of 1 MiB, unsynced: what most tests want. */
struct store_options fixture_options(void);

/* These assert that it works. */
struct store *open_lmdb(const char *dir, const struct store_options *options);
struct store_txn *begin_write(struct store *store);
struct store_txn *begin_read(struct store *store);
void commit(struct store_txn **txn);

/* "lmdb" in a folder of this test, with room for much, or "memory". */
struct store *open_kind(const char *kind);

/* Each test of a suite once for each kind; include criterion/parameterized.h. */
#define FOR_EACH_KIND_OF(suite, name)                                                              \
    ParameterizedTestParameters(suite, name)                                                       \
    {                                                                                              \
        static char kinds[][8] = {"lmdb", "memory"};                                               \
        return cr_make_param_array(char[8], kinds, 2);                                             \
    }                                                                                              \
    ParameterizedTest(char *kind, suite, name)

/* Assert that opening is refused with the code and a sentence that has the word. */
void assert_refused(const char *dir, const struct store_options *options, enum error_code code,
                    const char *word);

/* Copy a file; replace a text by one as long wherever it stands in a small file. */
void copy_file(const char *from, const char *to);
void patch_file(const char *path, const char *text, const char *with);

/* Texts as keys and values. */
void put_text(struct store_txn *txn, int table, const char *key, const char *value);
bool has_text(struct store_txn *txn, int table, const char *key, const char *value);

/* Key number n in 8 bytes: sorts as numbers do. Not to be kept beyond the next call. */
struct bytes key_number(uint64_t n);
uint64_t number_of(struct bytes key);

/* Another process. It runs body(p), which talks through partner_hear() and partner_say(); bodies do
 * not assert but return early, and the test then hears nothing. Start it before opening a store. */
struct partner {
    pid_t pid;
    int to, from;
};

struct partner partner_start(void (*body)(struct partner *p));
void partner_say(struct partner *p, uint64_t word);
bool partner_hear(struct partner *p, uint64_t *ret_word); /* false when the other side is gone */
void partner_ask(struct partner *p, uint64_t word);       /* say, and assert the same comes back */
void partner_kill(struct partner *p); /* by SIGKILL; what it said can be heard */
void partner_end(struct partner *p);  /* it hears the end; wait for it */

/* A generator of numbers that a seed makes the same everywhere. */
uint64_t random_next(uint64_t *state);

#endif

/* model_test.c - a long random life of two stores side by side: what one says the other says */
#include "fixture.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <stdlib.h>
#include <string.h>

TestSuite(model, .fini = fixture_remove, .timeout = 300);

enum { LMDB, MEMORY, KINDS };

struct world {
    uint64_t seed;
    struct store *stores[KINDS];
    struct store_txn *txns[KINDS];
    struct store_cursor *cursors[KINDS];
    int cursor_table;
    bool cursor_void; /* its table was written to: only a seek may come */
    struct store_txn *readers[KINDS];
    uint64_t appended;
    unsigned char key[STORE_KEY_BYTES_MAX];
    unsigned char value[20000];
};

static uint64_t below(struct world *w, uint64_t n)
{
    return random_next(&w->seed) % n;
}

/* Keys of few letters and all lengths, so that they meet again and share long beginnings. */
static struct bytes random_key(struct world *w)
{
    size_t size = below(w, 10) == 0 ? 1 + below(w, STORE_KEY_BYTES_MAX) : 1 + below(w, 6);

    for (size_t i = 0; i < size; i++) {
        w->key[i] = (unsigned char)"\x00\x01"
                                   "aZ\xff"[below(w, 5)];
    }
    return (struct bytes){w->key, size};
}

/* Some values need pages of their own. */
static struct bytes random_value(struct world *w)
{
    size_t size = below(w, 20) == 0 ? below(w, sizeof w->value) : below(w, 300);

    memset(w->value, (int)below(w, 256), size);
    return (struct bytes){w->value, size};
}

static void assert_same(const struct world *w, const bool *good, const struct bytes *a,
                        const char *what)
{
    cr_assert_eq(good[LMDB], good[MEMORY], "%s: found in one only, seed now %llu", what,
                 (unsigned long long)w->seed);
    if (good[LMDB]) {
        cr_assert(bytes_equal(a[LMDB], a[MEMORY]), "%s: other bytes, seed now %llu", what,
                  (unsigned long long)w->seed);
    }
}

static void both_get(struct world *w, struct store_txn **txns)
{
    struct bytes key = random_key(w), values[KINDS];
    int table = (int)below(w, TABLE_COUNT);
    bool good[KINDS];

    for (int k = 0; k < KINDS; k++) {
        good[k] = store_get(txns[k], table, key, &values[k]);
    }
    assert_same(w, good, values, "get");
    cr_assert_eq(store_count(txns[LMDB], table), store_count(txns[MEMORY], table));
}

static void written(struct world *w, int table)
{
    if (table == w->cursor_table) {
        w->cursor_void = true;
    }
}

static void both_put(struct world *w)
{
    struct bytes key = random_key(w), value = random_value(w);
    int table = (int)below(w, TABLE_COUNT);

    for (int k = 0; k < KINDS; k++) {
        store_put(w->txns[k], table, key, value);
    }
    written(w, table);
}

static void both_append(struct world *w)
{
    unsigned char key[9] = {0xff}; /* above all random keys but the 0xff ones, so: */
    struct bytes value = random_value(w), last;
    struct store_cursor *c = store_cursor_open(w->txns[MEMORY], TABLE_C);
    bool any = store_last(c, &last, NULL);

    memset(key, 0xff, sizeof key);
    for (int i = 8; i > 4; i--) {
        key[i] = (unsigned char)(w->appended >> (8 * (8 - i)));
    }
    w->appended++;
    struct bytes next = {key, sizeof key};
    bool fits = !any || memcmp(last.data, key, last.size < 9 ? last.size : 9) < 0;

    store_cursor_close(&c);
    for (int k = 0; fits && k < KINDS; k++) {
        store_append(w->txns[k], TABLE_C, next, value);
        written(w, TABLE_C);
    }
}

static void both_delete(struct world *w)
{
    struct bytes key = random_key(w);
    int table = (int)below(w, TABLE_COUNT);
    bool good[KINDS];

    for (int k = 0; k < KINDS; k++) {
        good[k] = store_delete(w->txns[k], table, key);
    }
    cr_assert_eq(good[LMDB], good[MEMORY], "delete, seed now %llu", (unsigned long long)w->seed);
    written(w, table);
}

static bool move(struct store_cursor *c, uint64_t how, struct bytes to, struct bytes *ret_key,
                 struct bytes *ret_value)
{
    switch (how) {
    case 0:
        return store_seek(c, to, ret_key, ret_value);
    case 1:
        return store_last(c, ret_key, ret_value);
    case 2:
        return store_prev(c, ret_key, ret_value);
    default:
        return store_next(c, ret_key, ret_value);
    }
}

static void both_walk(struct world *w)
{
    for (uint64_t steps = 1 + below(w, 30); steps > 0; steps--) {
        uint64_t how = w->cursor_void ? below(w, 2) : below(w, 8);
        struct bytes to = random_key(w), keys[KINDS], values[KINDS];
        bool good[KINDS];

        for (int k = 0; k < KINDS; k++) {
            good[k] = move(w->cursors[k], how, to, &keys[k], &values[k]);
        }
        assert_same(w, good, keys, "key of a move");
        assert_same(w, good, values, "value of a move");
        w->cursor_void = false;
    }
}

static void both_delete_where_the_cursor_is(struct world *w)
{
    struct bytes to = random_key(w);

    for (int k = 0; k < KINDS; k++) {
        struct bytes key;

        if (store_seek(w->cursors[k], to, &key, NULL)) {
            cr_assert(store_delete(w->txns[k], w->cursor_table, key));
        }
    }
    w->cursor_void = true;
}

static void both_fail(struct world *w)
{
    struct error errs[KINDS];

    for (int k = 0; k < KINDS; k++) {
        store_append(w->txns[k], w->cursor_table, bytes_of(""), bytes_of(""));
        cr_assert(store_failed(w->txns[k], &errs[k]));
    }
    cr_assert_eq(errs[LMDB].code, errs[MEMORY].code);
}

static void both_begin(struct world *w)
{
    w->cursor_table = (int)below(w, TABLE_COUNT);
    w->cursor_void = false;
    for (int k = 0; k < KINDS; k++) {
        cr_assert(store_room(w->stores[k], NULL));
        w->txns[k] = begin_write(w->stores[k]);
        w->cursors[k] = store_cursor_open(w->txns[k], w->cursor_table);
    }
}

static void both_end(struct world *w)
{
    bool keep = below(w, 5) != 0;

    for (int k = 0; k < KINDS; k++) {
        store_cursor_close(&w->cursors[k]);
        if (keep && !store_failed(w->txns[k], NULL)) {
            commit(&w->txns[k]);
        } else {
            store_abort(&w->txns[k]);
        }
    }
}

/* A pair of readers lives through some transactions and must see none of them. */
static void both_readers(struct world *w)
{
    for (int k = 0; k < KINDS; k++) {
        if (w->readers[k] == NULL) {
            w->readers[k] = begin_read(w->stores[k]);
        } else {
            store_abort(&w->readers[k]);
        }
    }
}

static void step(struct world *w)
{
    uint64_t dice = below(w, 100);

    if (dice < 35) {
        both_put(w);
    } else if (dice < 50) {
        both_delete(w);
    } else if (dice < 60) {
        both_append(w);
    } else if (dice < 75) {
        both_get(w, w->txns);
    } else if (dice < 93) {
        both_walk(w);
    } else {
        both_delete_where_the_cursor_is(w);
    }
}

static void assert_same_content(struct world *w)
{
    for (int table = 0; table < TABLE_COUNT; table++) {
        struct store_cursor *c[KINDS];
        struct bytes keys[KINDS], values[KINDS];
        bool good[KINDS];

        for (int k = 0; k < KINDS; k++) {
            c[k] = store_cursor_open(w->readers[k], table);
        }
        do {
            for (int k = 0; k < KINDS; k++) {
                good[k] = store_next(c[k], &keys[k], &values[k]);
            }
            assert_same(w, good, keys, "key at the end");
            assert_same(w, good, values, "value at the end");
        } while (good[LMDB]);
        for (int k = 0; k < KINDS; k++) {
            store_cursor_close(&c[k]);
        }
    }
}

static void live(struct world *w, int transactions)
{
    for (int t = 0; t < transactions; t++) {
        both_begin(w);
        for (uint64_t steps = below(w, 200); steps > 0; steps--) {
            step(w);
        }
        if (below(w, 20) == 0) {
            both_fail(w);
        }
        both_end(w);
        if (below(w, 4) == 0) {
            both_readers(w);
        }
        for (int i = 0; w->readers[LMDB] != NULL && i < 5; i++) {
            both_get(w, w->readers);
        }
    }
}

ParameterizedTestParameters(model, both_kinds_of_store_say_the_same)
{
    static uint64_t seeds[] = {1, 2, 3, 20230109, 0xfeedface};
    return cr_make_param_array(uint64_t, seeds, sizeof seeds / sizeof seeds[0]);
}

ParameterizedTest(uint64_t *seed, model, both_kinds_of_store_say_the_same)
{
    enum { LIVES = 4, TRANSACTIONS = 150 };
    struct store_options options = fixture_options();
    struct world *w = calloc(1, sizeof *w);

    cr_assert_not_null(w);
    w->seed = *seed;
    options.map_bytes_start = 16 * MIB;
    cr_assert(store_open_memory(&options, &w->stores[MEMORY], NULL));
    for (int i = 0; i < LIVES; i++) {
        w->stores[LMDB] = open_lmdb(fixture_path("store"), &options);
        live(w, TRANSACTIONS);
        if (w->readers[LMDB] != NULL) {
            both_readers(w);
        }
        both_readers(w);
        assert_same_content(w);
        both_readers(w);
        store_close(&w->stores[LMDB]);
    }
    store_close(&w->stores[MEMORY]);
    free(w);
}

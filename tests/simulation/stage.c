/* stage.c - an engine without sockets */
#include "stage.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/snapshot.h"
#include "engine/verify.h"
#include "language/document.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct stage stage;

/* --- breaking -------------------------------------------------------------------------------- */

static void say_seed(void)
{
    fprintf(stderr, "\nMARSHRUT_SEEDS=%llu, turn %u\n", (unsigned long long)stage.seed,
            stage.turns);
}

void stage_broken(const char *what, const char *file, int line, const char *fmt, ...)
{
    char text[1024];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    say_seed();
    cr_assert_fail("%s:%d: %s: %s", file, line, what, text);
}

/* must() has aborted: the process is going down anyway. */
static void aborted(int sig)
{
    say_seed();
    signal(sig, SIG_DFL);
    raise(sig);
}

/* --- opening --------------------------------------------------------------------------------- */

static void open_store(void)
{
    struct store_options options = {
        .tables = table_names, .table_count = TABLE_COUNT, .format = 1, .no_sync = true};
    bool ok = stage.folder[0] ? store_open_lmdb(stage.folder, &options, &stage.store, &stage.err)
                              : store_open_memory(&options, &stage.store, &stage.err);

    claim(ok, "%s", stage.err.text);
}

static void load_definitions(void)
{
    struct store_txn *txn = stage_read();
    struct store_cursor *c = store_cursor_open(txn, TABLE_DEFINITION);
    struct bytes key;
    struct bytes value;

    for (bool found = store_seek(c, (struct bytes){"", 0}, &key, &value); found;
         found = store_next(c, &key, &value)) {
        struct definition *d;
        struct cursor k = cursor_of(key);
        struct cursor v = cursor_of(value);
        unpack_u8(&k);
        uint32_t number = (uint32_t)unpack_key64(&k);
        uint32_t version = (uint32_t)unpack_uint(&v);
        claim(document_parse("stored", unpack_bytes(&v), NULL, &d, &stage.err), "%s",
              stage.err.text);
        catalog_add(stage.catalog, &d, number, version);
    }
    store_cursor_close(&c);
    store_abort(&txn);
}

static void start_engine(void)
{
    stage.catalog = catalog_create();
    claim(turn_init(&stage.turn, stage.store, stage.catalog, &stage.err), "%s", stage.err.text);
    load_definitions();
}

static void stop_engine(void)
{
    turn_fini(&stage.turn);
    catalog_destroy(stage.catalog);
}

void stage_open(uint64_t seed, bool lmdb)
{
    stage = (struct stage){.seed = seed};
    signal(SIGABRT, aborted);
    if (lmdb) {
        snprintf(stage.folder, sizeof stage.folder, "/tmp/marshrut-simulation-XXXXXX");
        claim(mkdtemp(stage.folder) != NULL, "%s", stage.folder);
    }
    open_store();
    start_engine();
}

static void remove_folder(void)
{
    static const char *const files[] = {"data.mdb", "lock.mdb", "owner", "owner.lock", "lock"};
    char path[128];

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", stage.folder, files[i]);
        unlink(path);
    }
    rmdir(stage.folder);
}

void stage_close(void)
{
    stop_engine();
    store_close(&stage.store);
    if (stage.folder[0]) {
        remove_folder();
    }
}

/* What a store in memory holds is its disk. */
void stage_restart(void)
{
    stop_engine();
    if (stage.folder[0]) {
        store_close(&stage.store);
        open_store();
    }
    start_engine();
}

/* --- turns ----------------------------------------------------------------------------------- */

struct world *stage_begin(void)
{
    stage.turns++;
    claim(store_room(stage.store, &stage.err), "%s", stage.err.text);
    claim(turn_begin(&stage.turn, stage.now_ms, &stage.err), "%s", stage.err.text);
    return turn_world(&stage.turn);
}

void stage_commit(void)
{
    claim(turn_commit(&stage.turn, &stage.err), "%s", stage.err.text);
}

void stage_end(void)
{
    turn_end(&stage.turn);
}

void stage_die(void)
{
    turn_abort(&stage.turn);
    turn_end(&stage.turn);
    stage_restart();
}

void stage_deploy(const char *file, const char *yaml)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];
    struct buffer value = BUFFER_INIT;
    struct definition *d;
    uint32_t number = catalog_next_number(stage.catalog);
    struct world *world = stage_begin();

    claim(document_parse(file, bytes_of(yaml), stage.catalog, &d, &stage.err), "%s:%d: %s", file,
          stage.err.line, stage.err.text);
    pack_uint(&value, 1);
    pack_text(&value, yaml);
    catalog_add(stage.catalog, &d, number, 1);
    store_put(stage.turn.txn, TABLE_DEFINITION, snapshot_instance_key(number, key),
              buffer_bytes(&value));
    world_record(world, NULL,
                 (struct record){.kind = RECORD_DEPLOYED,
                                 .number = number,
                                 .other = 1,
                                 .text = bytes_of(file),
                                 .data = bytes_of(yaml)});
    stage_commit();
    stage_end();
    buffer_fini(&value);
}

void stage_deploy_file(const char *path)
{
    struct buffer text = BUFFER_INIT;
    char chunk[4096];
    size_t got;
    FILE *file = fopen(path, "rb");

    claim(file != NULL, "%s", path);
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buffer_append(&text, chunk, got);
    }
    fclose(file);
    buffer_append(&text, "", 1);
    stage_deploy(path, (const char *)text.data);
    buffer_fini(&text);
}

uint64_t stage_start(const char *roadmap, const char *key)
{
    struct start start = {.key = bytes_of(key), .priority = 5};
    uint64_t id = 0;
    bool created = false;
    struct world *world = stage_begin();

    start.definition = catalog_find(stage.catalog, DEFINITION_ROADMAP, roadmap);
    claim(start.definition != NULL, "%s", roadmap);
    claim(decide_start(world, &start, &id, &created, &stage.err), "%s", stage.err.text);
    claim(created, "%s", key);
    stage_commit();
    stage_end();
    return id;
}

/* --- tables ---------------------------------------------------------------------------------- */

struct store_txn *stage_read(void)
{
    struct store_txn *txn = NULL;

    claim(store_begin_read(stage.store, &txn, &stage.err), "%s", stage.err.text);
    return txn;
}

size_t stage_due(struct match *due, size_t room)
{
    struct store_cursor *c = store_cursor_open(stage.turn.txn, TABLE_TIMER);
    struct bytes key;
    size_t count = 0;

    for (bool found = store_seek(c, (struct bytes){"", 0}, &key, NULL); found && count < room;
         found = store_next(c, &key, NULL)) {
        struct cursor k = cursor_of(key);
        unpack_u8(&k);
        if ((int64_t)unpack_key64(&k) > stage.now_ms) {
            break;
        }
        due[count].instance = unpack_key64(&k);
        due[count++].task = unpack_key32(&k);
    }
    store_cursor_close(&c);
    return count;
}

/* Calls visit with what follows the prefix in each key that has it. */
static void each_with_prefix(enum table table, struct bytes prefix,
                             void (*visit)(struct bytes rest, struct bytes value, void *with),
                             void *with)
{
    struct store_txn *txn = stage.turn.txn ? stage.turn.txn : stage_read();
    struct store_cursor *c = store_cursor_open(txn, (int)table);
    struct bytes key;
    struct bytes value;

    for (bool found = store_seek(c, prefix, &key, &value);
         found && key.size >= prefix.size && memcmp(key.data, prefix.data, prefix.size) == 0;
         found = store_next(c, &key, &value)) {
        visit((struct bytes){(const char *)key.data + prefix.size, key.size - prefix.size}, value,
              with);
    }
    store_cursor_close(&c);
    if (stage.turn.txn == NULL) {
        store_abort(&txn);
    }
}

struct found {
    void *list;
    size_t count;
    size_t room;
};

static void add_listener(struct bytes rest, struct bytes value, void *with)
{
    struct found *f = with;
    struct cursor c = cursor_of(rest);

    (void)value;
    if (rest.size == 12 && f->count < f->room) {
        struct match *match = (struct match *)f->list + f->count++;
        match->instance = unpack_key64(&c);
        match->task = unpack_key32(&c);
    }
}

size_t stage_listeners(const char *type, const char *subject, struct match *found, size_t room)
{
    struct buffer prefix = BUFFER_INIT;
    struct found f = {found, 0, room};

    pack_u8(&prefix, TENANT);
    buffer_append(&prefix, type, strlen(type) + 1);
    buffer_append(&prefix, subject, strlen(subject) + 1);
    each_with_prefix(TABLE_SUBSCRIPTION, buffer_bytes(&prefix), add_listener, &f);
    buffer_fini(&prefix);
    return f.count;
}

static void add_child(struct bytes rest, struct bytes value, void *with)
{
    struct found *f = with;
    struct cursor c = cursor_of(rest);

    (void)value;
    if (f->count < f->room) {
        ((uint64_t *)f->list)[f->count++] = unpack_key64(&c);
    }
}

size_t stage_children(uint64_t parent, uint64_t *found, size_t room)
{
    struct buffer prefix = BUFFER_INIT;
    struct found f = {found, 0, room};

    pack_u8(&prefix, TENANT);
    pack_key64(&prefix, parent);
    each_with_prefix(TABLE_CHILD, buffer_bytes(&prefix), add_child, &f);
    buffer_fini(&prefix);
    return f.count;
}

static void add_job(struct bytes rest, struct bytes value, void *with)
{
    struct found *f = with;
    struct cursor c = cursor_of(value);

    (void)rest;
    if (f->count < f->room) {
        struct job *job = (struct job *)f->list + f->count++;
        job->instance = unpack_key64(&c);
        job->task = unpack_key32(&c);
        job->attempt = unpack_key32(&c);
    }
}

size_t stage_ready(const char *service, struct job *found, size_t room)
{
    struct buffer prefix = BUFFER_INIT;
    struct found f = {found, 0, room};

    pack_u8(&prefix, TENANT);
    if (service != NULL) {
        buffer_append(&prefix, service, strlen(service) + 1);
    }
    each_with_prefix(TABLE_READY, buffer_bytes(&prefix), add_job, &f);
    buffer_fini(&prefix);
    return f.count;
}

const struct instance *stage_look(uint64_t id)
{
    struct store_txn *txn = stage.turn.txn ? stage.turn.txn : stage_read();
    const struct instance *instance = turn_look(&stage.turn, txn, id);

    if (stage.turn.txn == NULL) {
        store_abort(&txn);
    }
    return instance;
}

uint64_t stage_find_key(const char *definition, const char *key)
{
    struct store_txn *txn = stage_read();
    uint64_t id = snapshot_find_key(txn, definition, bytes_of(key));

    store_abort(&txn);
    return id;
}

/* --- audits ---------------------------------------------------------------------------------- */

void stage_assert_tallies(void)
{
    int64_t tally[TALLY_COUNT] = {0};
    struct store_txn *txn = stage_read();
    struct store_cursor *c = store_cursor_open(txn, TABLE_INSTANCE);
    struct arena arena = ARENA_INIT;
    struct bytes key;
    struct bytes value;

    for (bool found = store_seek(c, (struct bytes){"", 0}, &key, &value); found;
         found = store_next(c, &key, &value)) {
        struct instance *instance = NULL;
        claim(instance_decode(&arena, 1, value, &instance, &stage.err), "%s", stage.err.text);
        facets_tally(instance, 1, tally);
        arena_reset(&arena);
    }
    store_cursor_close(&c);
    store_abort(&txn);
    arena_fini(&arena);
    for (int i = 0; i < TALLY_COUNT; i++) {
        claim(tally[i] == stage.turn.tally[i], "tally %d is %d, not %d", i,
              (int)stage.turn.tally[i], (int)tally[i]);
    }
}

void stage_assert_verified(void)
{
    struct verify_result result;

    claim(verify_store(stage.store, &result, &stage.err), "%s", stage.err.text);
    claim(result.differences == 0, "%d differences: %s", (int)result.differences, result.first);
}

/* --- days and chance ------------------------------------------------------------------------- */

int64_t moscow_ms(civil_day day, int minute)
{
    return (int64_t)day * 86400000 + (minute - 180) * 60000; /* UTC+3 since 2014 */
}

civil_day day_of(const char *text)
{
    civil_day day = 0;

    claim(civil_parse(bytes_of(text), &day), "%s", text);
    return day;
}

uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint32_t random_below(uint64_t *state, uint32_t n)
{
    return (uint32_t)(random_next(state) % n);
}

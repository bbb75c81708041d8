/* stage.c - an engine without sockets */
#include "stage.h"

#include "base/must.h"
#include "engine/snapshot.h"
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
    const struct sigaction fatal = {.sa_handler = SIG_DFL};

    say_seed();
    sigaction(sig, &fatal, NULL);
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

/* To those who listened when the last turn was committed; nobody keeps it. */
static bool emit(struct world *world, struct bytes event, struct error *err)
{
    static struct match found[STAGE_MATCHES];
    json_t *value = json_loadb(event.data, event.size, 0, NULL);
    size_t count = stage_listeners(json_string_value(json_object_get(value, "type")), "", found,
                                   STAGE_MATCHES);

    (void)err;
    decide_event(world, bytes_of("emitted"), event, true, found, count);
    json_decref(value);
    return true;
}

static void start_engine(void)
{
    stage.catalog = catalog_create();
    claim(turn_init(&stage.turn, stage.store, stage.catalog, &stage.err), "%s", stage.err.text);
    stage.turn.world.emit = emit;
    load_definitions();
}

static void stop_engine(void)
{
    turn_fini(&stage.turn);
    catalog_destroy(stage.catalog);
}

void stage_open(uint64_t seed, bool lmdb)
{
    const struct sigaction told = {.sa_handler = aborted};

    stage = (struct stage){.seed = seed};
    sigaction(SIGABRT, &told, NULL);
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

void stage_give_up(void)
{
    turn_abort(&stage.turn);
    turn_end(&stage.turn);
}

void stage_die(void)
{
    stage_give_up();
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
    const struct definition *before = catalog_find(stage.catalog, d->kind, d->name);
    uint32_t version = before != NULL ? before->version + 1 : 1;
    pack_uint(&value, version);
    pack_text(&value, yaml);
    catalog_add(stage.catalog, &d, number, version);
    store_put(stage.turn.txn, TABLE_DEFINITION, snapshot_instance_key(number, key),
              buffer_bytes(&value));
    world_record(world, NULL,
                 (struct record){.kind = RECORD_DEPLOYED,
                                 .number = number,
                                 .other = version,
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

struct store_txn *stage_read(void)
{
    struct store_txn *txn = NULL;

    claim(store_begin_read(stage.store, &txn, &stage.err), "%s", stage.err.text);
    return txn;
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

/* files.c - the life of a store in files: open, room, copy, close
 *
 * Owns:    the order in which a store comes up: folder, owner, data file, tables, format, room,
 *          migrations; each step undone when a later one is refused.
 * In:      store_open_lmdb(); room, copy and stats of the backend.
 * Out:     lmdb.c for everything inside the data file.
 * See:     docs/storage.md §1
 */
#include "store/format.h"
#include "store/lmdb_env.h"

#include "base/clock.h"
#include "base/must.h"

#include <stdlib.h>

/* A dead reader holds old pages: the file grows until it is found. */
#define READERS_CHECK_MS 1000

static void files_close(struct store *store)
{
    struct lmdb_store *s = (struct lmdb_store *)store;

    lmdb_env_close(s->env);
    folder_close(&s->folder);
    pthread_mutex_destroy(&s->room_lock);
    free(s);
}

/* Grow ahead of need. Not urgent: only if nobody reads just now, the next turn tries again. */
static bool grow_map(struct lmdb_store *s, struct error *err)
{
    uint64_t map, high;
    bool was_full = lmdb_env_was_full(s->env);
    bool grown;

    if (!lmdb_env_map(s, &map, &high, err)) {
        return false;
    }
    uint64_t wanted = room_map_wanted(&s->room, map, high, was_full);

    if (wanted <= map) {
        return true;
    }
    bool urgent = was_full || high + room_headroom(&s->room, map) / 2 > map;

    if (!lmdb_env_grow(s, wanted, urgent, &grown, err)) {
        return false;
    }
    atomic_fetch_add(&s->grown, grown ? 1u : 0u);
    return true;
}

/* Pages in use are counted only when the end of the file comes near the limit. */
static bool check_limit(struct lmdb_store *s, struct error *err)
{
    uint64_t map, high, used;

    if (!lmdb_env_map(s, &map, &high, err)) {
        return false;
    }
    if (room_below_limit(&s->room, &s->folder, high, NULL)) {
        return true;
    }
    return lmdb_env_used(s, &used, err) && room_below_limit(&s->room, &s->folder, used, err);
}

static bool files_room(struct store *store, struct error *err)
{
    struct lmdb_store *s = (struct lmdb_store *)store;
    int64_t now_ms = monotonic_ms();

    must(pthread_mutex_lock(&s->room_lock) == 0);
    if (now_ms - s->readers_checked_ms >= READERS_CHECK_MS) {
        s->readers_checked_ms = now_ms;
        lmdb_env_clear_stale(s->env);
    }
    bool room = room_on_disk(&s->room, &s->folder, err) &&
                (store->read_only || (grow_map(s, err) && check_limit(s, err)));

    must(pthread_mutex_unlock(&s->room_lock) == 0);
    return room;
}

static bool files_copy(struct store *store, const char *dir, struct error *err)
{
    struct lmdb_store *s = (struct lmdb_store *)store;
    struct folder to;

    if (!folder_open(&to, dir, true, err)) {
        return false;
    }
    bool done = folder_make_file(&to, LMDB_DATA_FILE, lmdb_env_copy, s, err);

    folder_close(&to);
    return done;
}

static void files_stats(struct store *store, struct store_stats *ret_stats)
{
    struct lmdb_store *s = (struct lmdb_store *)store;
    uint64_t high;

    lmdb_env_map(s, &ret_stats->map_bytes, &high, NULL);
    lmdb_env_used(s, &ret_stats->used_bytes, NULL);
    folder_file_bytes(&s->folder, LMDB_DATA_FILE, &ret_stats->file_bytes);
    folder_free_bytes(&s->folder, &ret_stats->free_disk_bytes, NULL);
    ret_stats->stale_readers = lmdb_env_stale_cleared(s->env);
    ret_stats->grown = atomic_load(&s->grown); /* no lock: who asks may be reading */
}

static const struct store_backend files_backend = {
    .close = files_close,
    .room = files_room,
    .begin = lmdb_begin,
    .version = lmdb_version,
    .commit = lmdb_commit,
    .abort = lmdb_abort,
    .get = lmdb_get,
    .put = lmdb_put,
    .delete = lmdb_delete,
    .count = lmdb_count,
    .cursor_open = lmdb_cursor_open,
    .cursor_close = lmdb_cursor_close,
    .move = lmdb_move,
    .copy = files_copy,
    .stats = files_stats,
};

/* An empty data file is what a broken disk or a broken hand leaves. To LMDB it is a new store: the
 * loss would go unseen. */
static bool check_not_emptied(const struct folder *folder, struct error *err)
{
    uint64_t bytes;

    if (!folder_file_bytes(folder, LMDB_DATA_FILE, &bytes) || bytes > 0) {
        return true;
    }
    return error_set(err, ERROR_STORE,
                     "the store %s: its file %s is empty, restore a copy or remove the file to "
                     "begin anew",
                     folder->path, LMDB_DATA_FILE);
}

static bool take_folder(struct folder *folder, bool read_only, struct error *err)
{
    if (!read_only) {
        return folder_own(folder, err);
    }
    if (folder_owned_here(folder)) {
        return error_set(err, ERROR_CONFLICT, "the store %s is already open in this process",
                         folder->path);
    }
    return true;
}

/* Tables and format, in one transaction: a store is whole or does not exist. */
static bool settle(struct lmdb_store *s, const struct store_options *options, struct error *err)
{
    struct store_txn *txn;
    bool fresh;

    if (!lmdb_begin(&s->base, !options->read_only, &txn, err)) {
        return false;
    }
    bool good = lmdb_env_tables(txn, options, &fresh, err);

    if (good && fresh) {
        format_write(txn, options->format);
        good = !store_failed(txn, err);
    } else if (good) {
        good = format_read(txn, &s->base.format_found, err) &&
               format_accept(options, s->base.format_found, err);
    }
    if (!good) {
        lmdb_abort(txn);
        return false;
    }
    return lmdb_commit(txn, err);
}

static bool come_up(struct lmdb_store *s, const struct store_options *options, struct error *err)
{
    /* Readers never grow the map, so theirs is as large as the owner's may become. */
    uint64_t map_bytes = options->read_only ? s->room.map_bytes_max : s->room.map_bytes_start;

    if (!take_folder(&s->folder, options->read_only, err) || !check_not_emptied(&s->folder, err) ||
        !lmdb_env_open(s, options, map_bytes, err)) {
        return false;
    }
    lmdb_env_clear_stale(s->env);
    if (!options->read_only && !grow_map(s, err)) {
        return false;
    }
    if (!settle(s, options, err)) {
        return false;
    }
    return options->read_only ||
           (folder_sync(&s->folder, err) && format_migrate(&s->base, options, err));
}

bool store_open_lmdb(const char *dir, const struct store_options *options, struct store **ret_store,
                     struct error *err)
{
    struct lmdb_store *s = xcalloc(1, sizeof *s);

    store_init(&s->base, &files_backend, options);
    room_init(&s->room, options);
    if (!folder_open(&s->folder, dir, !options->read_only, err)) {
        free(s);
        return false;
    }
    must(pthread_mutex_init(&s->room_lock, NULL) == 0);
    if (!come_up(s, options, err)) {
        files_close(&s->base);
        return false;
    }
    *ret_store = &s->base;
    return true;
}

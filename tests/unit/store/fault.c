/* fault.c - make the n-th call into LMDB fail
 *
 * Owns:    the countdown. The linker's --wrap=NAME sends calls of NAME to __wrap_NAME here; the
 *          function itself is then __real_NAME. Types are plain pointers: lmdb.h stays in one file.
 */
#include "fault.h"

#include <stddef.h>
#include <stdint.h>

static int countdown; /* 0 = not armed or past */
static int fault_code;
static bool hit;

void fault_arm(int n, int code)
{
    countdown = n;
    fault_code = code;
    hit = false;
}

bool fault_disarm(void)
{
    countdown = 0;
    return hit;
}

static bool due(void)
{
    if (countdown == 0 || --countdown > 0) {
        return false;
    }
    hit = true;
    return true;
}

#define WRAP(name, params, args)                                                                   \
    int __real_##name params;                                                                      \
    int __wrap_##name params;                                                                      \
    int __wrap_##name params                                                                       \
    {                                                                                              \
        return due() ? fault_code : __real_##name args;                                            \
    }

WRAP(mdb_env_create, (void **ret_env), (ret_env))
WRAP(mdb_env_set_mapsize, (void *env, size_t size), (env, size))
WRAP(mdb_env_set_maxdbs, (void *env, unsigned n), (env, n))
WRAP(mdb_env_set_maxreaders, (void *env, unsigned n), (env, n))
WRAP(mdb_env_open, (void *env, const char *path, unsigned flags, unsigned mode),
     (env, path, flags, mode))
WRAP(mdb_env_info, (void *env, void *ret_info), (env, ret_info))
WRAP(mdb_env_stat, (void *env, void *ret_stat), (env, ret_stat))
WRAP(mdb_env_copyfd2, (void *env, int fd, unsigned flags), (env, fd, flags))
WRAP(mdb_reader_check, (void *env, int *ret_dead), (env, ret_dead))
WRAP(mdb_txn_begin, (void *env, void *parent, unsigned flags, void **ret_txn),
     (env, parent, flags, ret_txn))
WRAP(mdb_dbi_open, (void *txn, const char *name, unsigned flags, unsigned *ret_dbi),
     (txn, name, flags, ret_dbi))
WRAP(mdb_stat, (void *txn, unsigned dbi, void *ret_stat), (txn, dbi, ret_stat))
WRAP(mdb_get, (void *txn, unsigned dbi, void *key, void *data), (txn, dbi, key, data))
WRAP(mdb_cursor_open, (void *txn, unsigned dbi, void **ret_cursor), (txn, dbi, ret_cursor))
WRAP(mdb_cursor_get, (void *cursor, void *key, void *data, int op), (cursor, key, data, op))
WRAP(mdb_cursor_put, (void *cursor, void *key, void *data, unsigned flags),
     (cursor, key, data, flags))
WRAP(mdb_cursor_del, (void *cursor, unsigned flags), (cursor, flags))

void mdb_txn_abort(void *txn);
int __real_mdb_txn_commit(void *txn);
int __wrap_mdb_txn_commit(void *txn);

int __wrap_mdb_txn_commit(void *txn)
{
    if (due()) {
        mdb_txn_abort(txn);
        return fault_code;
    }
    return __real_mdb_txn_commit(txn);
}

/* fixture.c - folders, stores and small words for the tests of store/ */
#include "fixture.h"

#include <criterion/criterion.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define FOLDER_MAX 64
#define PATH_BYTES 256

static const char *const table_names[TABLE_COUNT] = {"a", "b", "c"};
static char folder[FOLDER_MAX];

const char *fixture_path(const char *name)
{
    static char path[PATH_BYTES];

    if (folder[0] == '\0') {
        snprintf(folder, sizeof folder, "/tmp/marshrut-store-XXXXXX");
        cr_assert_not_null(mkdtemp(folder));
    }
    if (name == NULL) {
        return folder;
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* Folders in a folder go one deep here. */
static void remove_folder(const char *dir)
{
    char path[PATH_BYTES];
    DIR *d = opendir(dir);

    if (d == NULL) {
        return;
    }
    for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) {
            continue;
        }
        int size = snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
        struct stat st;

        cr_assert(size > 0 && size < PATH_BYTES);

        if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
            remove_folder(path);
        } else {
            unlink(path);
        }
    }
    closedir(d);
    rmdir(dir);
}

void fixture_remove(void)
{
    if (folder[0] != '\0') {
        remove_folder(folder);
        folder[0] = '\0';
    }
}

struct store_options fixture_options(void)
{
    return (struct store_options){
        .tables = table_names,
        .table_count = TABLE_COUNT,
        .format = 1,
        .map_bytes_start = MIB,
        .free_bytes_min = 1,
        .no_sync = true,
    };
}

struct store *open_lmdb(const char *dir, const struct store_options *options)
{
    struct store *store = NULL;
    struct error err = ERROR_INIT;

    cr_assert(store_open_lmdb(dir, options, &store, &err), "%s", err.text);
    return store;
}

struct store *open_kind(const char *kind)
{
    struct store_options options = fixture_options();
    struct store *store = NULL;

    options.map_bytes_start = 512 * MIB; /* how it grows is for growth_test.c */
    if (strcmp(kind, "lmdb") == 0) {
        return open_lmdb(fixture_path("store"), &options);
    }
    cr_assert(store_open_memory(&options, &store, NULL));
    return store;
}

struct store_txn *begin_write(struct store *store)
{
    struct store_txn *txn = NULL;
    struct error err = ERROR_INIT;

    cr_assert(store_begin_write(store, &txn, &err), "%s", err.text);
    return txn;
}

struct store_txn *begin_read(struct store *store)
{
    struct store_txn *txn = NULL;
    struct error err = ERROR_INIT;

    cr_assert(store_begin_read(store, &txn, &err), "%s", err.text);
    return txn;
}

void commit(struct store_txn **txn)
{
    struct error err = ERROR_INIT;

    cr_assert(store_commit(txn, &err), "%s", err.text);
    cr_assert_null(*txn);
}

void assert_refused(const char *dir, const struct store_options *options, enum error_code code,
                    const char *word)
{
    struct store *store = NULL;
    struct error err = ERROR_INIT;

    cr_assert_not(store_open_lmdb(dir, options, &store, &err));
    cr_expect_null(store);
    cr_expect_eq(err.code, code, "%s: %s", error_name(err.code), err.text);
    cr_expect_not_null(strstr(err.text, word), "'%s' is not in: %s", word, err.text);
}

void copy_file(const char *from, const char *to)
{
    char bytes[4096];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    size_t size;

    cr_assert(in != NULL && out != NULL, "%s to %s", from, to);
    while ((size = fread(bytes, 1, sizeof bytes, in)) > 0) {
        cr_assert_eq(fwrite(bytes, 1, size, out), size);
    }
    fclose(in);
    cr_assert_eq(fclose(out), 0);
}

void patch_file(const char *path, const char *text, const char *with)
{
    static char bytes[1 << 20];
    size_t size = strlen(text), patched = 0;
    FILE *f = fopen(path, "r+b");

    cr_assert(f != NULL && strlen(with) == size);
    size_t total = fread(bytes, 1, sizeof bytes, f);

    for (size_t at = 0; at + size <= total; at++) {
        if (memcmp(bytes + at, text, size) == 0) {
            memcpy(bytes + at, with, size);
            patched++;
        }
    }
    cr_assert_gt(patched, 0, "'%s' is not in %s", text, path);
    rewind(f);
    cr_assert_eq(fwrite(bytes, 1, total, f), total);
    cr_assert_eq(fclose(f), 0);
}

void put_text(struct store_txn *txn, int table, const char *key, const char *value)
{
    store_put(txn, table, bytes_of(key), bytes_of(value));
}

bool has_text(struct store_txn *txn, int table, const char *key, const char *value)
{
    struct bytes found;

    return store_get(txn, table, bytes_of(key), &found) && bytes_equal(found, bytes_of(value));
}

struct bytes key_number(uint64_t n)
{
    static _Thread_local unsigned char bytes[8];

    for (int i = 7; i >= 0; i--) {
        bytes[i] = (unsigned char)(n & 0xFF);
        n >>= 8;
    }
    return (struct bytes){bytes, sizeof bytes};
}

uint64_t number_of(struct bytes key)
{
    struct cursor c = cursor_of(key);

    return unpack_key64(&c);
}

struct partner partner_start(void (*body)(struct partner *p))
{
    int down[2], up[2];

    cr_assert(pipe(down) == 0 && pipe(up) == 0);
    pid_t pid = fork();

    cr_assert(pid >= 0);
    if (pid == 0) {
        struct partner p = {.pid = getppid(), .to = up[1], .from = down[0]};

        close(down[1]);
        close(up[0]);
        body(&p);
        _exit(0);
    }
    close(down[0]);
    close(up[1]);
    return (struct partner){.pid = pid, .to = down[1], .from = up[0]};
}

void partner_say(struct partner *p, uint64_t word)
{
    if (write(p->to, &word, sizeof word) != sizeof word) {
        _exit(1);
    }
}

bool partner_hear(struct partner *p, uint64_t *ret_word)
{
    return read(p->from, ret_word, sizeof *ret_word) == sizeof *ret_word;
}

void partner_ask(struct partner *p, uint64_t word)
{
    uint64_t answer = 0;

    partner_say(p, word);
    cr_assert(partner_hear(p, &answer), "the other process is gone");
    cr_assert_eq(answer, word);
}

void partner_kill(struct partner *p)
{
    int status;

    kill(p->pid, SIGKILL);
    cr_assert_eq(waitpid(p->pid, &status, 0), p->pid);
    cr_assert(WIFSIGNALED(status), "the other process had ended by itself: %d", status);
    close(p->to);
}

void partner_end(struct partner *p)
{
    int status;

    close(p->to);
    cr_assert_eq(waitpid(p->pid, &status, 0), p->pid);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0, "the other process failed: %d",
              status);
    close(p->from);
}

uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

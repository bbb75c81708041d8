/* folder.c - the folder that a store lives in
 *
 * Owns:    the descriptor of the folder and the lock that makes one process its owner.
 * Always:  the lock is flock() on owner.lock: the kernel drops it when the process dies, however it
 *          dies, so there is never a stale one to break. The file itself stays, with the process id
 *          of the last owner, for the sentence that refuses the next.
 * See:     docs/storage.md §1.2
 */
#include "store/folder.h"

#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define OWNER_FILE    "owner.lock"
#define PART_SUFFIX   ".part"
#define PART_NAME_MAX 64 /* our own names only */

static bool refuse(const struct folder *folder, int code, const char *what, struct error *err)
{
    bool full = code == ENOSPC || code == EDQUOT;

    return error_set(err, full ? ERROR_DISK_FULL : ERROR_IO, "the store folder %s: cannot %s: %s",
                     folder->path, what, strerror(code));
}

/* Its entry in the parent has to be on disk too, or a power cut takes the whole store. */
static bool make(const char *path, struct error *err)
{
    const struct folder folder = {.path = (char *)path};

    if (mkdir(path, 0700) != 0) {
        return errno == EEXIST ? true : refuse(&folder, errno, N_("make it"), err);
    }
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int parent = fd < 0 ? -1 : openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = parent >= 0 && fsync(parent) == 0;
    int code = errno;

    if (parent >= 0) {
        close(parent);
    }
    if (fd >= 0) {
        close(fd);
    }
    return done ? true : refuse(&folder, code, N_("put it on disk"), err);
}

bool folder_open(struct folder *ret_folder, const char *path, bool create, struct error *err)
{
    if (create && !make(path, err)) {
        return false;
    }
    struct folder f = {.path = xstrdup(path), .owner_fd = -1};

    f.fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f.fd < 0) {
        if (errno == ENOENT) {
            error_set(err, ERROR_NOT_FOUND, "there is no store folder %s", path);
        } else {
            refuse(&f, errno, N_("open it"), err);
        }
        free(f.path);
        return false;
    }
    *ret_folder = f;
    return true;
}

void folder_close(struct folder *folder)
{
    if (folder->owner_fd >= 0) {
        close(folder->owner_fd);
    }
    close(folder->fd);
    free(folder->path);
    *folder = (struct folder){.fd = -1, .owner_fd = -1};
}

/* The process id in owner.lock; 0 when there is none. */
static long owner_pid(int fd)
{
    char text[24] = "";

    if (pread(fd, text, sizeof text - 1, 0) <= 0) {
        return 0;
    }
    return strtol(text, NULL, 10);
}

static bool refuse_owned(const struct folder *folder, long pid, struct error *err)
{
    if (pid == (long)getpid()) {
        return error_set(err, ERROR_CONFLICT, "the store %s is already open in this process",
                         folder->path);
    }
    if (pid > 0) {
        return error_set(err, ERROR_CONFLICT, "the store %s belongs to process %ld, which runs",
                         folder->path, pid);
    }
    return error_set(err, ERROR_CONFLICT, "the store %s belongs to another process, which runs",
                     folder->path);
}

bool folder_own(struct folder *folder, struct error *err)
{
    int fd = openat(folder->fd, OWNER_FILE, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0) {
        return refuse(folder, errno, "open " OWNER_FILE, err);
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int code = errno;
        long pid = owner_pid(fd);

        close(fd);
        return code == EWOULDBLOCK ? refuse_owned(folder, pid, err)
                                   : refuse(folder, code, "lock " OWNER_FILE, err);
    }
    char text[24];
    int size = snprintf(text, sizeof text, "%ld\n", (long)getpid());

    if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)size, 0) != size) {
        int code = errno;

        close(fd);
        return refuse(folder, code, "write " OWNER_FILE, err);
    }
    folder->owner_fd = fd;
    return true;
}

bool folder_owned_here(const struct folder *folder)
{
    int fd = openat(folder->fd, OWNER_FILE, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        return false;
    }
    /* The process id first: trying a lock that another wants would refuse it for nothing. */
    bool here = owner_pid(fd) == (long)getpid() && flock(fd, LOCK_SH | LOCK_NB) != 0;

    close(fd);
    return here;
}

bool folder_free_bytes(const struct folder *folder, uint64_t *ret_bytes, struct error *err)
{
    struct statvfs v;

    if (fstatvfs(folder->fd, &v) != 0) {
        return refuse(folder, errno, N_("ask for free disk"), err);
    }
    *ret_bytes = (uint64_t)v.f_bavail * v.f_frsize;
    return true;
}

bool folder_file_bytes(const struct folder *folder, const char *name, uint64_t *ret_bytes)
{
    struct stat st;

    if (fstatat(folder->fd, name, &st, 0) != 0) {
        return false;
    }
    *ret_bytes = (uint64_t)st.st_size;
    return true;
}

bool folder_sync(const struct folder *folder, struct error *err)
{
    return fsync(folder->fd) == 0 ? true : refuse(folder, errno, N_("put it on disk"), err);
}

static bool fill(const struct folder *folder, int fd,
                 bool (*write)(int fd, void *arg, struct error *err), void *arg, struct error *err)
{
    if (!write(fd, arg, err)) {
        return false;
    }
    return fsync(fd) == 0 ? true : refuse(folder, errno, N_("put a file on disk"), err);
}

bool folder_make_file(const struct folder *folder, const char *name,
                      bool (*write)(int fd, void *arg, struct error *err), void *arg,
                      struct error *err)
{
    char part[PART_NAME_MAX];
    uint64_t bytes;

    must(snprintf(part, sizeof part, "%s" PART_SUFFIX, name) < (int)sizeof part);
    if (folder_file_bytes(folder, name, &bytes)) {
        return error_set(err, ERROR_CONFLICT, "the folder %s holds a store already", folder->path);
    }
    int fd = openat(folder->fd, part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0) {
        return errno == EEXIST
                   ? error_set(err, ERROR_CONFLICT,
                               "the folder %s holds a copy that runs or broke off: remove %s",
                               folder->path, part)
                   : refuse(folder, errno, N_("make a file"), err);
    }
    bool done = fill(folder, fd, write, arg, err);

    close(fd);
    if (done && renameat(folder->fd, part, folder->fd, name) != 0) {
        done = refuse(folder, errno, N_("name a file"), err);
    }
    if (!done) {
        unlinkat(folder->fd, part, 0);
        return false;
    }
    return folder_sync(folder, err);
}

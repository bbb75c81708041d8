/* folder.c - a folder whose files are there whole or not at all
 *
 * Owns:    the order write, fsync, rename, fsync; the lock of the folder.
 * In:      post.c (letters as files), ledger.c.
 * Out:     files. A file that begins with a dot and ends in .tmp was left by a crash: it is written
 *          over when its letter comes again.
 * Always:  a name is seen only with its whole content on disk.
 */
#include "workers/notify/folder.h"

#include "base/descriptor.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOKEN_FILE "token"

static bool fail(const struct folder *folder, const char *name, const char *what, struct error *err)
{
    int number = errno;

    return error_set(err, number == ENOSPC || number == EDQUOT ? ERROR_DISK_FULL : ERROR_IO,
                     "cannot %s %s/%s: %s", what, folder->path, name, strerror(number));
}

bool folder_open(const char *path, struct folder *ret_folder, struct error *err)
{
    struct folder folder = {-1, xstrdup(path)};

    if (mkdir(path, 0770) != 0 && errno != EEXIST) {
        fail(&folder, "", "make", err);
        folder_close(&folder);
        return false;
    }
    folder.fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder.fd < 0) {
        fail(&folder, "", "open", err);
        folder_close(&folder);
        return false;
    }
    if (flock(folder.fd, LOCK_EX) != 0) {
        error_set(err, errno == EINTR ? ERROR_TIMEOUT : ERROR_IO, "cannot lock %s: %s", path,
                  strerror(errno));
        folder_close(&folder);
        return false;
    }
    *ret_folder = folder;
    return true;
}

void folder_close(struct folder *folder)
{
    if (folder->fd >= 0) {
        close(folder->fd);
    }
    free(folder->path);
    *folder = (struct folder){-1, NULL};
}

bool folder_has(const struct folder *folder, const char *name)
{
    struct stat info;

    return fstatat(folder->fd, name, &info, 0) == 0;
}

bool folder_write(const struct folder *folder, const char *name, struct bytes bytes,
                  struct error *err)
{
    char temporary[128];
    int length = snprintf(temporary, sizeof temporary, ".%s.tmp", name);

    must(length > 0 && length < (int)sizeof temporary);
    int fd = openat(folder->fd, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (fd < 0) {
        return fail(folder, temporary, "make", err);
    }
    bool written = descriptor_write(fd, bytes) && fsync(fd) == 0;
    if (!written) {
        fail(folder, temporary, "write", err);
    }
    close(fd);
    if (!written) {
        unlinkat(folder->fd, temporary, 0);
        return false;
    }
    if (renameat(folder->fd, temporary, folder->fd, name) != 0 || fsync(folder->fd) != 0) {
        return fail(folder, name, "finish", err);
    }
    return true;
}

bool folder_read(const struct folder *folder, const char *name, size_t size_max,
                 struct buffer *ret_bytes, struct error *err)
{
    struct buffer bytes = BUFFER_INIT;
    char block[4096];
    ssize_t count;
    int fd = openat(folder->fd, name, O_RDONLY | O_CLOEXEC);

    if (fd < 0 && errno == ENOENT) {
        return error_set(err, ERROR_NOT_FOUND, "there is no file %s/%s", folder->path, name);
    }
    if (fd < 0) {
        return fail(folder, name, "open", err);
    }
    while ((count = read(fd, block, sizeof block)) > 0 && bytes.size <= size_max) {
        buffer_append(&bytes, block, (size_t)count);
    }
    bool good = count >= 0 || fail(folder, name, "read", err);
    close(fd);
    if (good && bytes.size > size_max) {
        good = error_set(err, ERROR_TOO_LARGE, "%s/%s has more than %zu bytes", folder->path, name,
                         size_max);
    }
    if (!good) {
        buffer_fini(&bytes);
        return false;
    }
    *ret_bytes = bytes;
    return true;
}

static bool make_token(const struct folder *folder, struct error *err)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char random[(FOLDER_TOKEN_MAX - 1) / 2];
    char text[FOLDER_TOKEN_MAX];

    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random) {
        return fail(folder, TOKEN_FILE, "find random bytes for", err);
    }
    for (size_t i = 0; i < sizeof random; i++) {
        text[2 * i] = digits[random[i] >> 4];
        text[2 * i + 1] = digits[random[i] & 15];
    }
    text[FOLDER_TOKEN_MAX - 1] = '\0';
    return folder_write(folder, TOKEN_FILE, bytes_of(text), err);
}

bool folder_token(const struct folder *folder, char ret_token[FOLDER_TOKEN_MAX], struct error *err)
{
    struct buffer text = BUFFER_INIT;
    bool good;

    if (!folder_has(folder, TOKEN_FILE) && !make_token(folder, err)) {
        return false;
    }
    if (!folder_read(folder, TOKEN_FILE, FOLDER_TOKEN_MAX - 1, &text, err)) {
        return false;
    }
    good = text.size == FOLDER_TOKEN_MAX - 1;
    for (size_t i = 0; good && i < text.size; i++) {
        good = (text.data[i] >= '0' && text.data[i] <= '9') ||
               (text.data[i] >= 'a' && text.data[i] <= 'f');
    }
    if (good) {
        memcpy(ret_token, text.data, text.size);
        ret_token[text.size] = '\0';
    } else {
        error_set(err, ERROR_FORMAT, "%s/%s is damaged: it must hold 16 hexadecimal digits",
                  folder->path, TOKEN_FILE);
    }
    buffer_fini(&text);
    return good;
}

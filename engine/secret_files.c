/* secret_files.c - the secrets of the engine: a folder with a file for each, read once at start
 *
 * Owns:    who may reach such a file, and how its text is understood.
 * In:      the folder of the configuration.
 * Out:     one JSON object for the world of core ($secrets).
 * Always:  nothing that is logged or refused says more of a secret than its name.
 * See:     docs/configuration.md §Secrets
 */
#include "engine/secret_files.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "language/name.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MODE_TOO_OPEN (S_IRWXO | S_IWGRP)

static bool mode_fits(const struct stat *about, const char *path, struct error *err)
{
    return (about->st_mode & MODE_TOO_OPEN) == 0 ||
           error_set(err, ERROR_REFUSED,
                     "%s holds secrets and has mode %03o: others may not reach it, and its group "
                     "may not change it (chmod o-rwx,g-w)",
                     path, (unsigned)about->st_mode & 0777u);
}

/* An object when it begins as one, else text. NULL: neither. */
static json_t *understand(const char *text, size_t size)
{
    if (size > 0 && text[0] == '{') {
        return json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
    }
    while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r')) {
        size--;
    }
    return size > 0 ? json_stringn(text, size) : NULL;
}

/* Its bytes into text; one more than fits is too much. */
static bool read_bytes(int fd, char *text, size_t size, size_t *ret_size)
{
    size_t got = 0;
    ssize_t now = 1;

    while (got < size && now > 0) {
        now = read(fd, text + got, size - got);
        got += now > 0 ? (size_t)now : 0;
    }
    *ret_size = got;
    return now >= 0;
}

static bool read_open(int fd, const char *path, json_t **ret_secret, struct error *err)
{
    char text[LIMIT_SECRET_BYTES + 1];
    struct stat about;
    size_t size;

    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        return error_set(err, ERROR_INVALID, "%s is no file: a secret is one", path);
    }
    if (!mode_fits(&about, path, err)) {
        return false;
    }
    if (!read_bytes(fd, text, sizeof text, &size)) {
        return error_set(err, ERROR_IO, "can't read %s: %s", path, strerror(errno));
    }
    *ret_secret = size <= LIMIT_SECRET_BYTES ? understand(text, size) : NULL;
    explicit_bzero(text, sizeof text);
    if (size > LIMIT_SECRET_BYTES) {
        return error_set(err, ERROR_TOO_LARGE, "%s has more than %u bytes", path,
                         LIMIT_SECRET_BYTES);
    }
    return *ret_secret != NULL ||
           error_set(err, ERROR_SYNTAX, "%s is neither UTF-8 text nor a JSON object", path);
}

static bool read_one(int folder, const char *name, const char *path, json_t *secrets,
                     struct error *err)
{
    json_t *secret = NULL;

    if (!name_valid(bytes_of(name))) {
        return error_set(err, ERROR_INVALID,
                         "%s: a secret is named with A-Z a-z 0-9 . _ - and at most %u letters",
                         path, LIMIT_NAME_BYTES);
    }
    if (json_object_size(secrets) == LIMIT_SECRETS) {
        return error_set(err, ERROR_TOO_LARGE, "%s: more than %u secrets", path, LIMIT_SECRETS);
    }
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return error_set(err, ERROR_IO, "can't read %s: %s", path, strerror(errno));
    }
    bool good = read_open(fd, path, &secret, err);
    close(fd);
    if (good) {
        json_object_set_new(secrets, name, secret);
    }
    return good;
}

static bool read_all(DIR *files, const char *folder, json_t *secrets, struct error *err)
{
    const struct dirent *entry;
    struct stat about;
    char path[4096];

    if (fstat(dirfd(files), &about) != 0 || !mode_fits(&about, folder, err)) {
        return false;
    }
    while ((entry = readdir(files)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' && !read_one(dirfd(files), entry->d_name, path, secrets, err)) {
            return false;
        }
    }
    return true;
}

bool secret_files_read(const char *folder, json_t **ret_secrets, struct error *err)
{
    DIR *files = opendir(folder);

    if (files == NULL) {
        return error_set(err, ERROR_IO, "can't read the folder of secrets %s: %s", folder,
                         strerror(errno));
    }
    json_t *secrets = json_object();
    bool good = read_all(files, folder, secrets, err);
    closedir(files);
    if (!good) {
        json_decref(secrets);
        return false;
    }
    *ret_secrets = secrets;
    return true;
}

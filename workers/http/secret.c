/* secret.c - passwords and tokens, in files that only this worker reads
 *
 * Owns:    which files are secrets, and how their text is understood.
 * In:      credentials.c, for each call that names one.
 * Out:     a JSON value that lives as long as the call.
 * Always:  no problem says more about a secret than its name.
 * See:     docs/workers.md §4
 */
#include "workers/http/secret.h"

#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool name_valid(const char *name)
{
    size_t size = strlen(name);

    return size > 0 && size <= SECRET_NAME_MAX && name[0] != '.' &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
               size;
}

static int open_secret(const char *folder, const char *name)
{
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = at >= 0 ? openat(at, name, O_RDONLY | O_CLOEXEC) : -1;
    int trouble = errno;

    if (at >= 0) {
        close(at);
    }
    errno = trouble;
    return fd;
}

/* Bytes read, or -1; one more than fits is too much. */
static ssize_t read_all(int fd, char *buf, size_t size)
{
    size_t got = 0;

    while (got < size) {
        ssize_t now = read(fd, buf + got, size - got);
        if (now < 0) {
            return -1;
        }
        if (now == 0) {
            break;
        }
        got += (size_t)now;
    }
    return (ssize_t)got;
}

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

json_t *secret_read(const char *folder, const char *name, struct problem *problem)
{
    char text[SECRET_BYTES_MAX + 1];

    if (folder == NULL) {
        problem_set(problem, PROBLEM_CONFIGURATION,
                    "Секрет «%s» нельзя прочитать: служба запущена без --secrets", name);
        return NULL;
    }
    int fd = name_valid(name) ? open_secret(folder, name) : -1;
    if (fd < 0) {
        problem_set(problem, PROBLEM_AUTHORIZATION, "Секрета «%s» нет или он недоступен службе",
                    name);
        return NULL;
    }
    ssize_t size = read_all(fd, text, sizeof text);
    close(fd);
    json_t *secret = size >= 0 && size <= SECRET_BYTES_MAX ? understand(text, (size_t)size) : NULL;
    explicit_bzero(text, sizeof text);
    if (secret == NULL) {
        problem_set(problem, PROBLEM_CONFIGURATION,
                    "Секрет «%s» не прочитан: нужен непустой текст или объект JSON, не больше %d "
                    "байт",
                    name, SECRET_BYTES_MAX);
    }
    return secret;
}

/* Jansson gives its texts as const; they are ours as long as the value is. */
static void wipe_string(const json_t *value)
{
    explicit_bzero((char *)json_string_value(value), json_string_length(value));
}

void secret_forget(json_t *secret)
{
    const char *key;
    json_t *value;

    if (secret == NULL) {
        return;
    }
    if (json_is_string(secret)) {
        wipe_string(secret);
    }
    json_object_foreach(secret, key, value)
    {
        if (json_is_string(value)) {
            wipe_string(value);
        }
    }
    json_decref(secret);
}

void secret_wipe(char *text)
{
    if (text != NULL) {
        explicit_bzero(text, strlen(text));
        free(text);
    }
}

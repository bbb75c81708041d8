/* ledger.c - which letters an SMTP server has taken
 *
 * Owns:    the files `delivered` and `delivered.old`, and both as sets in memory.
 * In:      post.c: before a letter is sent, and after the server took it.
 * Out:     files, synced line by line.
 * Always:  what ledger_add() said true to is found after any crash, as long as it is not older than
 *          lines_max letters.
 * See:     docs/letters.md §5
 */
#include "workers/notify/ledger.h"

#include "base/map.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_NOW "delivered"
#define FILE_OLD "delivered.old"

struct ledger {
    const struct folder *folder;
    size_t lines_max;
    size_t bytes; /* of FILE_NOW: whole lines */
    int fd;       /* of FILE_NOW; -1: to be opened */
    struct map now;
    struct map old;
};

static void note(struct map *map, struct task_id id)
{
    static char present;

    map_put(map, id.instance, id.seq, &present);
}

/* *ret_bytes: the length of the whole lines. */
static bool load(const struct ledger *ledger, const char *name, struct map *map, size_t *ret_bytes,
                 struct error *err)
{
    struct buffer text = BUFFER_INIT;
    size_t at = 0;
    bool good = true;

    *ret_bytes = 0;
    if (!folder_has(ledger->folder, name)) {
        return true;
    }
    if (!folder_read(ledger->folder, name, (ledger->lines_max + 1) * TASK_ID_TEXT_MAX, &text,
                     err)) {
        return false;
    }
    while (good && at < text.size) {
        const unsigned char *line = text.data + at;
        const unsigned char *end = memchr(line, '\n', text.size - at);
        struct task_id id;
        if (end == NULL) {
            break;
        }
        good = task_id_parse((struct bytes){line, (size_t)(end - line)}, &id);
        if (good) {
            note(map, id);
            at = (size_t)(end - text.data) + 1;
        } else {
            error_set(err, ERROR_FORMAT, "%s/%s is damaged at byte %zu: no notice id",
                      ledger->folder->path, name, at);
        }
    }
    *ret_bytes = at;
    buffer_fini(&text);
    return good;
}

bool ledger_open(const struct folder *folder, size_t lines_max, struct ledger **ret_ledger,
                 struct error *err)
{
    struct ledger *ledger = xcalloc(1, sizeof *ledger);
    size_t ignored;

    *ledger = (struct ledger){.folder = folder, .lines_max = lines_max, .fd = -1};
    if (!load(ledger, FILE_OLD, &ledger->old, &ignored, err) ||
        !load(ledger, FILE_NOW, &ledger->now, &ledger->bytes, err)) {
        ledger_close(&ledger);
        return false;
    }
    *ret_ledger = ledger;
    return true;
}

void ledger_close(struct ledger **ledger)
{
    if (*ledger != NULL) {
        if ((*ledger)->fd >= 0) {
            close((*ledger)->fd);
        }
        map_fini(&(*ledger)->now);
        map_fini(&(*ledger)->old);
        free(*ledger);
        *ledger = NULL;
    }
}

bool ledger_has(const struct ledger *ledger, struct task_id notice)
{
    return map_find(&ledger->now, notice.instance, notice.seq) != NULL ||
           map_find(&ledger->old, notice.instance, notice.seq) != NULL;
}

static bool fail(const struct ledger *ledger, const char *what, struct error *err)
{
    int number = errno;

    return error_set(err, number == ENOSPC || number == EDQUOT ? ERROR_DISK_FULL : ERROR_IO,
                     "cannot %s %s/" FILE_NOW ": %s", what, ledger->folder->path, strerror(number));
}

static bool turn_over(struct ledger *ledger, struct error *err)
{
    if (ledger->now.count < ledger->lines_max) {
        return true;
    }
    if (renameat(ledger->folder->fd, FILE_NOW, ledger->folder->fd, FILE_OLD) != 0) {
        return fail(ledger, "rename", err);
    }
    close(ledger->fd);
    ledger->fd = -1;
    ledger->bytes = 0;
    map_fini(&ledger->old);
    ledger->old = ledger->now;
    ledger->now = MAP_INIT;
    return true;
}

static bool open_file(struct ledger *ledger, struct error *err)
{
    if (ledger->fd >= 0) {
        return true;
    }
    int fd = openat(ledger->folder->fd, FILE_NOW, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0) {
        return fail(ledger, "open", err);
    }
    if (fsync(ledger->folder->fd) != 0) { /* a new name */
        fail(ledger, "sync the folder of", err);
        close(fd);
        return false;
    }
    ledger->fd = fd;
    return true;
}

bool ledger_add(struct ledger *ledger, struct task_id notice, struct error *err)
{
    char line[TASK_ID_TEXT_MAX + 1];

    if (ledger_has(ledger, notice)) {
        return true;
    }
    if (!open_file(ledger, err) || !turn_over(ledger, err) || !open_file(ledger, err)) {
        return false;
    }
    task_id_print(notice, line);
    size_t size = strlen(line);
    line[size++] = '\n';
    /* at the end of the whole lines, over what a crash or a full disk left of one; what still
     * sticks out behind has no end of line, so it is dropped like any such rest */
    if (pwrite(ledger->fd, line, size, (off_t)ledger->bytes) != (ssize_t)size ||
        fdatasync(ledger->fd) != 0) {
        return fail(ledger, "write", err);
    }
    ledger->bytes += size;
    note(&ledger->now, notice);
    return true;
}

/* disk_file.c - writing a file whole
 *
 * In:      folders of jobs and of runs of the program; what is known of jobs (refusals only).
 * Always:  a full disk has a code of its own: jobs wait for space.
 * See:     disk_file.h
 */
#include "engine/web/disk_file.h"

#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool disk_file_refuse(const char *path, int code, struct error *err)
{
    return error_set(err, code == ENOSPC ? ERROR_DISK_FULL : ERROR_IO, "can't write %s: %s", path,
                     strerror(code));
}

bool disk_file_new(const char *path, struct bytes text, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0 && descriptor_write(fd, text);
    int code = errno;

    if (fd >= 0) {
        close(fd);
    }
    return good || disk_file_refuse(path, code, err);
}

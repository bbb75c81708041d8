/* export_file.c - FOLDER/tmp: files while they are made
 *
 * Owns:    their names, and what is left of them when the process was killed.
 * Always:  only this user can read them. What carries our prefix is ours to remove.
 */
#include "engine/web/export.h"

#include "base/must.h"
#include "engine/web/export_part.h"
#include "engine/web/gateway.h"
#include "engine/web/web_part.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "list-"

int export_file(const char *folder, char **ret_path, struct error *err)
{
    size_t size = strlen(folder) + sizeof "/" PREFIX "XXXXXX";
    char *path = xmalloc(size);

    snprintf(path, size, "%s/" PREFIX "XXXXXX", folder);
    int fd = mkdir(folder, 0700) == 0 || errno == EEXIST ? mkstemp(path) : -1;
    if (fd < 0) {
        error_set(err, errno == ENOSPC ? ERROR_DISK_FULL : ERROR_IO,
                  "the file of the list can't be written: %s", strerror(errno));
        free(path);
        return -1;
    }
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    *ret_path = path;
    return fd;
}

void export_sweep(struct web *web)
{
    char path[4096];
    const struct dirent *entry;

    snprintf(path, sizeof path, "%s/tmp", web_folder(web));
    DIR *folder = opendir(path);
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        if (strncmp(entry->d_name, PREFIX, sizeof PREFIX - 1) == 0) {
            unlinkat(dirfd(folder), entry->d_name, 0);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

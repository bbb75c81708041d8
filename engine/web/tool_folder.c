/* tool_folder.c - a folder with files for one run of the program
 *
 * Owns:    folders of the system's temporary one.
 * In:      handlers, before a run; tool.c removes it when the run has ended.
 * Always:  nobody needs them after a power cut, so nothing is synced.
 * See:     tool_folder.h
 */
#include "engine/web/tool_folder.h"

#include "engine/web/disk_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES (TOOL_FOLDER_MAX + 64)

static bool make_in(const char *folder, const char *name, struct error *err)
{
    char path[PATH_BYTES];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return mkdir(path, 0700) == 0 || disk_file_refuse(path, errno, err);
}

bool tool_folder_make(char ret_folder[static TOOL_FOLDER_MAX], struct error *err)
{
    const char *above = getenv("TMPDIR");
    bool usable =
        above != NULL && above[0] == '/' && strlen(above) < TOOL_FOLDER_MAX - sizeof "/marshrut-";

    snprintf(ret_folder, TOOL_FOLDER_MAX, "%s/marshrut-XXXXXX", usable ? above : "/tmp");
    if (mkdtemp(ret_folder) == NULL) {
        disk_file_refuse(ret_folder, errno, err);
        ret_folder[0] = '\0';
        return false;
    }
    if (!make_in(ret_folder, TOOL_GIVEN, err) || !make_in(ret_folder, TOOL_BESIDE, err)) {
        tool_folder_remove(ret_folder);
        ret_folder[0] = '\0';
        return false;
    }
    return true;
}

bool tool_folder_put(const char *folder, const char *name, struct bytes text, struct error *err)
{
    char path[PATH_BYTES];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return disk_file_new(path, text, err);
}

/* depth: of folders below; a program makes one for itself at most. */
static void remove_at(int above, const char *name, int depth)
{
    int fd = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    const struct dirent *entry;

    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        bool own = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (!own && unlinkat(fd, entry->d_name, 0) != 0 && depth > 0) {
            remove_at(fd, entry->d_name, depth - 1);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    unlinkat(above, name, AT_REMOVEDIR);
}

void tool_folder_remove(const char *folder)
{
    if (folder[0] != '\0') {
        remove_at(AT_FDCWD, folder, 2);
    }
}

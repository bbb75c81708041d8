/* folder.h - the folder that a store lives in; inside store/ only */
#ifndef STORE_FOLDER_H
#define STORE_FOLDER_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct folder {
    char *path;
    int fd;       /* of the folder itself: stays right when the process changes directory */
    int owner_fd; /* of owner.lock while we own the folder, else -1 */
};

/* create: make the folder (mode 0700, on disk when this returns) if its parent exists. */
bool folder_open(struct folder *ret_folder, const char *path, bool create, struct error *err);
void folder_close(struct folder *folder); /* gives up the ownership too */

/* Become the one owner, until closed or dead. Another owner, here or elsewhere: ERROR_CONFLICT
 * naming its process id. */
bool folder_own(struct folder *folder, struct error *err);

/* Is the owner this very process? (Opening a store twice in a process would break its locks.) */
bool folder_owned_here(const struct folder *folder);

/* Bytes free for us on the disk below. */
bool folder_free_bytes(const struct folder *folder, uint64_t *ret_bytes, struct error *err);

/* Size of a file; false when there is none. */
bool folder_file_bytes(const struct folder *folder, const char *name, uint64_t *ret_bytes);

/* Make a file that must not exist, all or nothing: write() fills it under another name, then it
 * goes to disk and gets its own. ERROR_CONFLICT when it exists. */
bool folder_make_file(const struct folder *folder, const char *name,
                      bool (*write)(int fd, void *arg, struct error *err), void *arg,
                      struct error *err);

/* Put names made in the folder on disk. */
bool folder_sync(const struct folder *folder, struct error *err);

#endif

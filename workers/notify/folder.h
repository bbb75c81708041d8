/* folder.h - a folder whose files are there whole or not at all, also after a crash */
#ifndef NOTIFY_FOLDER_H
#define NOTIFY_FOLDER_H

#include "base/buffer.h"
#include "base/error.h"

struct folder {
    int fd;
    char *path;
};

/* Make it when it is missing (its parent must exist), and hold it alone: while another process has
 * it, this waits for its end; ERROR_TIMEOUT when a signal came meanwhile. */
bool folder_open(const char *path, struct folder *ret_folder, struct error *err);
void folder_close(struct folder *folder); /* also of one that was never opened: fd -1 */

bool folder_has(const struct folder *folder, const char *name);

/* Write, sync, rename, sync the folder. An existing file is replaced. */
bool folder_write(const struct folder *folder, const char *name, struct bytes bytes,
                  struct error *err);

/* The whole file; at most size_max bytes, ERROR_TOO_LARGE beyond; ERROR_NOT_FOUND. */
bool folder_read(const struct folder *folder, const char *name, size_t size_max,
                 struct buffer *ret_bytes, struct error *err);

/* The random word that marks this folder's letters: made once, 16 letters and digits. */
#define FOLDER_TOKEN_MAX 17
bool folder_token(const struct folder *folder, char ret_token[FOLDER_TOKEN_MAX], struct error *err);

#endif

/* disk_file.h - a file that a program is to read, and why it could not be written */
#ifndef WEB_DISK_FILE_H
#define WEB_DISK_FILE_H

#include "base/buffer.h"
#include "base/error.h"

/* A new file with this text, its owner's only and not synced. Refused where there is one: nothing
 * is written then. What could be written before another refusal stays. */
bool disk_file_new(const char *path, struct bytes text, struct error *err);
/* It can't be written, code: the errno. False. */
bool disk_file_refuse(const char *path, int code, struct error *err);

#endif

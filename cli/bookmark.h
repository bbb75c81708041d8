/* bookmark.h - up to which record of the journal `watch` has shown everything, kept in a file */
#ifndef CLI_BOOKMARK_H
#define CLI_BOOKMARK_H

#include "base/error.h"

#include <stdint.h>

/* False: there is none, or it is not readable as one. */
bool bookmark_read(const char *path, uint64_t *ret_seq);
/* Replaced in one step: a reader finds the old or the new one. */
bool bookmark_write(const char *path, uint64_t seq, struct error *err);

#endif

/* file.c - a document from the disk, at most as large as a document may be */
#include "engine/file.h"

#include "base/limits.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool file_read(const char *path, struct buffer *text, struct error *err)
{
    char chunk[65536];
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        return error_set(err, ERROR_IO, "can't read %s: %s", path, strerror(errno));
    }
    for (size_t got = fread(chunk, 1, sizeof chunk, file);
         got > 0 && text->size <= LIMIT_DOCUMENT_BYTES; got = fread(chunk, 1, sizeof chunk, file)) {
        buffer_append(text, chunk, got);
    }
    bool failed = ferror(file) != 0;
    fclose(file);
    return !failed || error_set(err, ERROR_IO, "can't read %s to its end", path);
}

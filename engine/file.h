/* file.h - reading a configuration or a document whole */
#ifndef ENGINE_FILE_H
#define ENGINE_FILE_H

#include "base/buffer.h"
#include "base/error.h"

/* Append the file's bytes to text; reading ends a little past LIMIT_DOCUMENT_BYTES, so that whoever
 * parses it refuses it for its size. ERROR_IO with the reason. */
bool file_read(const char *path, struct buffer *text, struct error *err);

#endif

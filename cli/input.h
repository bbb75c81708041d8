/* input.h - files that a command sends: whole, as JSON where that is wanted, "-" is standard input
 */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include "base/error.h"

#include <jansson.h>
#include <stddef.h>

/* The whole file, zero-terminated, yours. ERROR_IO when it cannot be read, ERROR_TOO_LARGE. */
bool input_read(const char *path, size_t bytes_max, char **ret_text, size_t *ret_size,
                struct error *err);

/* A file with one JSON value; ERROR_SYNTAX names the line and column. Yours. */
bool input_read_json(const char *path, json_t **ret_value, struct error *err);

#endif

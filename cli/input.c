/* input.c - reading files and standard input, up to a limit
 *
 * Owns:    the translation of what the system says about files into sentences.
 * In:      deploy, start, retry, skip, assignment, event.
 * Out:     text or JSON; nothing stays open.
 */
#include "cli/input.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "base/must.h"
#include "cli/language.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK 65536

static bool read_all(FILE *file, const char *path, size_t bytes_max, struct buffer *out,
                     struct error *err)
{
    size_t got;

    do {
        buffer_reserve(out, CHUNK);
        got = fread(out->data + out->size, 1, CHUNK, file);
        out->size += got;
        if (out->size > bytes_max) {
            return error_set(err, ERROR_TOO_LARGE, _("%s: more than %zu bytes"), path, bytes_max);
        }
    } while (got > 0);
    return !ferror(file) || error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
}

bool input_read(const char *path, size_t bytes_max, char **ret_text, size_t *ret_size,
                struct error *err)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    struct buffer out = BUFFER_INIT;

    if (file == NULL) {
        return error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    }
    bool whole = read_all(file, path, bytes_max, &out, err);
    if (!standard) {
        fclose(file);
    }
    if (whole) {
        *ret_size = out.size;
        *ret_text = bytes_strdup(buffer_bytes(&out));
    }
    buffer_fini(&out);
    return whole;
}

bool input_read_json(const char *path, json_t **ret_value, struct error *err)
{
    json_error_t place;
    char *text;
    size_t size;

    if (!input_read(path, LIMIT_PAYLOAD_BYTES, &text, &size, err)) {
        return false;
    }
    json_t *value = json_loadb(text, size, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &place);
    free(text);
    if (value == NULL) {
        return error_set(err, ERROR_SYNTAX, _("%s:%d:%d: not JSON: %s"), path, place.line,
                         place.column, place.text);
    }
    *ret_value = value;
    return true;
}

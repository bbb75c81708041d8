/* bookmark.c - a file with one number
 *
 * Owns:    its form: digits and a line end.
 * In:      watch.c after each page of the journal.
 * Always:  written beside its place and moved there, so that no crash leaves half a number.
 */
#include "cli/bookmark.h"

#include "base/must.h"
#include "cli/arguments.h"
#include "cli/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT_MAX 32 /* 20 digits and a line end */

bool bookmark_read(const char *path, uint64_t *ret_seq)
{
    char text[TEXT_MAX];
    FILE *file = fopen(path, "r");

    if (file == NULL) {
        return false;
    }
    bool read = fgets(text, sizeof text, file) != NULL;
    fclose(file);
    if (!read) {
        return false;
    }
    text[strcspn(text, "\n")] = '\0';
    return arguments_parse_number(text, ret_seq);
}

static bool write_number(const char *path, uint64_t seq)
{
    FILE *file = fopen(path, "w");

    if (file == NULL) {
        return false;
    }
    bool written = fprintf(file, "%llu\n", (unsigned long long)seq) > 0;
    return fclose(file) == 0 && written;
}

bool bookmark_write(const char *path, uint64_t seq, struct error *err)
{
    struct buffer name = BUFFER_INIT;

    text_put(&name, "%s.new", path);
    char *beside = text_take(&name);
    bool written = write_number(beside, seq) && rename(beside, path) == 0;
    if (!written) {
        error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
        unlink(beside);
    }
    free(beside);
    return written;
}

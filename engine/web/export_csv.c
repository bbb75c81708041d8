/* export_csv.c - a list as CSV, as spreadsheets in Russia read it
 *
 * Owns:    the byte order mark, ";" between cells, quotes, CRLF; what is done to a text that a
 *          spreadsheet would take for a formula.
 * Always:  no cell of a list becomes a formula in the program that opens the file.
 * See:     docs/http.md §5
 */
#include "engine/web/export_part.h"

#include "base/must.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_BYTES (256u << 10)

struct csv {
    int fd;
    size_t count;
    uint64_t bytes;
    struct buffer block;
    int failed; /* errno; 0 = all is well */
};

/* --- cells --------------------------------------------------------------------------------- */

/* Signs that nobody sees, which some programs take off before they look: blanks, U+FEFF, zero
 * width, marks of direction. */
static size_t unseen(const unsigned char *at, size_t size)
{
    bool three = size >= 3;

    if (at[0] == ' ' || at[0] == '\n') {
        return 1;
    }
    if (size >= 2 && at[0] == 0xC2 && at[1] == 0xA0) {
        return 2;
    }
    return three && ((at[0] == 0xEF && at[1] == 0xBB && at[2] == 0xBF) ||
                     (at[0] == 0xE2 && at[1] == 0x80) || (at[0] == 0xE2 && at[1] == 0x81))
               ? 3
               : 0;
}

/* Would it be computed? Full-width signs count: some input methods write them, and some programs
 * read them. */
static bool is_formula(struct bytes text)
{
    static const char *const signs[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    const unsigned char *at = text.data;
    size_t left = text.size;

    for (size_t n; left > 0 && (n = unseen(at, left)) > 0; left -= n) {
        at += n;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t size = strlen(signs[i]);
        if (left >= size && memcmp(at, signs[i], size) == 0) {
            return true;
        }
    }
    return false;
}

static void put_cell(struct buffer *out, const struct export_cell *cell)
{
    struct bytes text = buffer_bytes(&cell->text);
    const char *at = text.data;
    bool defused = cell->kind == COLUMN_TEXT && is_formula(text);
    bool quoted = defused;

    for (size_t i = 0; i < text.size && !quoted; i++) {
        quoted = strchr("\";\n, \t", at[i]) != NULL;
    }
    buffer_append(out, "\"'", quoted ? (defused ? 2 : 1) : 0);
    for (size_t i = 0; i < text.size; i++) {
        buffer_append(out, "\"", at[i] == '"' ? 1 : 0);
        buffer_append(out, &at[i], 1);
    }
    buffer_append(out, "\"", quoted ? 1 : 0);
}

void export_csv_line(struct buffer *out, const struct export_cell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_append(out, ";", i > 0 ? 1 : 0);
        put_cell(out, &cells[i]);
    }
    buffer_text(out, "\r\n");
}

/* --- the file ------------------------------------------------------------------------------ */

static void flush(struct csv *c)
{
    size_t done = 0;

    while (done < c->block.size && c->failed == 0) {
        ssize_t n = write(c->fd, c->block.data + done, c->block.size - done);
        if (n > 0) {
            done += (size_t)n;
        } else if (n < 0 && errno != EINTR) {
            c->failed = errno;
        }
    }
    c->bytes += done;
    buffer_clear(&c->block);
}

static void row(void *file, const struct export_cell *cells)
{
    struct csv *c = file;

    export_csv_line(&c->block, cells, c->count);
    if (c->block.size >= BLOCK_BYTES) {
        flush(c);
    }
}

static void *open_file(const struct export_sheet *sheet, struct error *err)
{
    char *path;
    int fd = export_file(sheet->folder, &path, err);

    if (fd < 0) {
        return NULL;
    }
    unlink(path);
    free(path);
    struct csv *c = xcalloc(1, sizeof *c);
    c->fd = fd;
    c->count = sheet->column_count;
    buffer_text(&c->block, "\xEF\xBB\xBF");
    return c;
}

static void drop(void *file)
{
    struct csv *c = file;

    if (c->fd >= 0) {
        close(c->fd);
    }
    buffer_fini(&c->block);
    free(c);
}

static bool close_file(void *file, int *ret_fd, uint64_t *ret_bytes, struct error *err)
{
    struct csv *c = file;
    int failed;

    flush(c);
    failed = c->failed;
    if (failed == 0) {
        *ret_fd = c->fd;
        *ret_bytes = c->bytes;
        c->fd = -1;
    }
    drop(c);
    return failed == 0 || error_set(err, failed == ENOSPC ? ERROR_DISK_FULL : ERROR_IO,
                                    "the file of the list can't be written: %s", strerror(failed));
}

const struct export_writer export_csv = {
    "text/csv; charset=utf-8", ".csv", open_file, row, close_file, drop};

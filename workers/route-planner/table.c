/* table.c - a CSV file as rows of texts
 *
 * Owns:    libcsv, in its strict mode, and telling it lines: it counts bytes only.
 * In:      registry.c.
 * Out:     struct table, all cells in memory: registries are small.
 * Always:  every row has every column; the first fault ends the reading.
 * See:     RFC 4180; docs/workers.md §6
 */
#include "workers/route-planner/table.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "base/must.h"

#include <csv.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    const char *file;
    const char *const *columns;
    struct table *table;
    size_t place[TABLE_COLUMNS_MAX]; /* column of the file -> column that was asked for */
    bool has_head;
    char *cells[TABLE_COLUMNS_MAX]; /* of the line that is being read, in the order of the file */
    size_t cell_count;              /* may go beyond what fits */
    int line;                       /* where that row began */
    bool in_row;
    struct error *err;
    bool failed;
};

static void refuse(struct reading *r, enum error_code code, const char *sentence, const char *what)
{
    error_set_at(r->err, code, r->file, r->line, 1, "%s%s", sentence, what);
    r->failed = true;
}

static void forget_cells(struct reading *r)
{
    for (size_t i = 0; i < r->cell_count && i < TABLE_COLUMNS_MAX; i++) {
        free(r->cells[i]);
    }
    r->cell_count = 0;
}

/* --- lines ------------------------------------------------------------------------------------ */

static bool find_column(const struct reading *r, const char *name, size_t *ret_column)
{
    for (size_t i = 0; r->columns[i] != NULL; i++) {
        if (strcmp(r->columns[i], name) == 0) {
            *ret_column = i;
            return true;
        }
    }
    return false;
}

static void take_head(struct reading *r)
{
    bool seen[TABLE_COLUMNS_MAX] = {false};

    for (size_t i = 0; i < r->cell_count && i < TABLE_COLUMNS_MAX; i++) {
        if (!find_column(r, r->cells[i], &r->place[i])) {
            refuse(r, ERROR_INVALID, "неизвестный столбец: ", r->cells[i]);
            return;
        }
        if (seen[r->place[i]]) {
            refuse(r, ERROR_INVALID, "столбец указан дважды: ", r->cells[i]);
            return;
        }
        seen[r->place[i]] = true;
    }
    for (size_t i = 0; i < r->table->column_count; i++) {
        if (!seen[i]) {
            refuse(r, ERROR_INVALID, "нет столбца: ", r->columns[i]);
            return;
        }
    }
    r->has_head = true;
}

static void take_row(struct reading *r)
{
    struct table *table = r->table;

    if (r->cell_count != table->column_count) {
        refuse(r, ERROR_INVALID,
               r->cell_count < table->column_count ? "ячеек меньше, чем столбцов"
                                                   : "ячеек больше, чем столбцов",
               "");
        return;
    }
    if (table->count == TABLE_ROWS_MAX) {
        refuse(r, ERROR_TOO_LARGE, "слишком много строк", "");
        return;
    }
    if ((table->count & (table->count - 1)) == 0) { /* room doubles at each power of two */
        size_t room = table->count > 0 ? table->count * 2 : 1;
        table->rows = xrealloc(table->rows, room * sizeof *table->rows);
    }
    struct row row = {.line = r->line, .cells = xcalloc(table->column_count, sizeof(char *))};
    for (size_t i = 0; i < r->cell_count; i++) {
        row.cells[r->place[i]] = r->cells[i];
    }
    r->cell_count = 0; /* they are the row's now */
    table->rows[table->count++] = row;
}

/* --- libcsv's calls --------------------------------------------------------------------------- */

static bool is_text(struct bytes cell)
{
    json_t *text =
        memchr(cell.data, '\0', cell.size) == NULL ? json_stringn(cell.data, cell.size) : NULL;

    json_decref(text);
    return text != NULL;
}

static void on_cell(void *data, size_t size, void *arg)
{
    struct reading *r = arg;
    struct bytes cell = {size > 0 ? data : "", size};

    if (!r->failed && !is_text(cell)) {
        refuse(r, ERROR_SYNTAX, "текст не в UTF-8", "");
    }
    if (r->cell_count < TABLE_COLUMNS_MAX) {
        r->cells[r->cell_count] = xstrndup(cell.data, size);
    }
    r->cell_count++;
}

static void on_line(int end, void *arg)
{
    struct reading *r = arg;

    (void)end;
    r->in_row = false;
    if (!r->failed) {
        if (r->has_head) {
            take_row(r);
        } else {
            take_head(r);
        }
    }
    forget_cells(r);
}

static bool blank(const char *at, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (at[i] != ' ' && at[i] != '\t' && at[i] != '\r' && at[i] != '\n') {
            return false;
        }
    }
    return true;
}

static void parse_line(struct reading *r, struct csv_parser *parser, int line, const char *at,
                       size_t size)
{
    if (!r->in_row && !blank(at, size)) {
        r->in_row = true;
        r->line = line;
    }
    if (csv_parse(parser, at, size, on_cell, on_line, r) != size && !r->failed) {
        r->line = line;
        refuse(r, ERROR_SYNTAX, "кавычка не на месте", "");
    }
}

/* libcsv gets a line of the text at a time, so that it is known where a row began: where a line
 * ends inside quotes, its row goes on. */
static void parse(struct reading *r, struct csv_parser *parser, struct bytes text)
{
    const char *at = text.data;
    const char *end = at + text.size;

    r->line = 1;
    for (int line = 1; at < end && !r->failed; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((stop != NULL ? stop + 1 : end) - at);
        parse_line(r, parser, line, at, size);
        at += size;
    }
    if (!r->failed && csv_fini(parser, on_cell, on_line, r) != 0) {
        refuse(r, ERROR_SYNTAX, "кавычка не закрыта", "");
    }
    if (!r->failed && !r->has_head) {
        refuse(r, ERROR_INVALID, "в файле нет строки с названиями столбцов", "");
    }
}

/* --- the file --------------------------------------------------------------------------------- */

static bool read_file(const char *file, struct buffer *out, struct error *err)
{
    FILE *stream = fopen(file, "re");

    if (stream == NULL) {
        return error_set_at(err, ERROR_IO, file, 0, 0, "файл не открывается: %s", strerror(errno));
    }
    buffer_reserve(out, LIMIT_DOCUMENT_BYTES + 1);
    out->size = fread(out->data, 1, LIMIT_DOCUMENT_BYTES + 1, stream);
    bool good = ferror(stream) == 0;
    fclose(stream);
    if (!good) {
        return error_set_at(err, ERROR_IO, file, 0, 0, "файл не читается");
    }
    return out->size <= LIMIT_DOCUMENT_BYTES ||
           error_set_at(err, ERROR_TOO_LARGE, file, 0, 0, "файл больше %u байт",
                        LIMIT_DOCUMENT_BYTES);
}

static struct bytes without_mark(const struct buffer *text)
{
    size_t skip = text->size >= 3 && memcmp(text->data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    return (struct bytes){text->data + skip, text->size - skip};
}

bool table_read(const char *file, const char *const *columns, struct table *ret_table,
                struct error *err)
{
    struct reading r = {.file = file, .columns = columns, .table = ret_table, .err = err};
    struct buffer text = BUFFER_INIT;
    struct csv_parser parser;

    *ret_table = (struct table){.rows = NULL};
    while (columns[ret_table->column_count] != NULL) {
        ret_table->column_count++;
    }
    must(ret_table->column_count < TABLE_COLUMNS_MAX);
    if (!read_file(file, &text, err)) {
        buffer_fini(&text);
        return false;
    }
    must(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0);
    parse(&r, &parser, without_mark(&text));
    csv_free(&parser);
    forget_cells(&r);
    buffer_fini(&text);
    return !r.failed;
}

void table_fini(struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        for (size_t j = 0; j < table->column_count; j++) {
            free(table->rows[i].cells[j]);
        }
        free(table->rows[i].cells);
    }
    free(table->rows);
    *table = (struct table){.rows = NULL};
}

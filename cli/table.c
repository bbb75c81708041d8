/* table.c - columns by character width
 *
 * Owns:    the cells of one table until it is printed.
 * In:      commands that list things.
 * Out:     lines; blanks at their ends are left out.
 * Always:  what is printed takes at most the columns that were given, when any were given.
 */
#include "cli/table.h"

#include "base/must.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define GAP            2 /* blanks between columns */
#define FLEXIBLE_LEAST 12

static char nothing[] = "";

struct table {
    struct column columns[TABLE_COLUMNS_MAX];
    size_t column_count;
    char **cells; /* row after row */
    size_t row_count;
    size_t row_room;
};

struct table *table_create(const struct column *columns, size_t count)
{
    struct table *table = xcalloc(1, sizeof *table);

    must(count > 0 && count <= TABLE_COLUMNS_MAX);
    memcpy(table->columns, columns, count * sizeof *columns);
    table->column_count = count;
    return table;
}

void table_destroy(struct table *table)
{
    if (table == NULL) {
        return;
    }
    for (size_t i = 0; i < table->row_count * table->column_count; i++) {
        free(table->cells[i]);
    }
    free(table->cells);
    free(table);
}

void table_add(struct table *table, const char *const *cells)
{
    if (table->row_count == table->row_room) {
        table->row_room = table->row_room * 2 + 16;
        table->cells =
            xrealloc(table->cells, table->row_room * table->column_count * sizeof *table->cells);
    }
    char **row = table->cells + table->row_count * table->column_count;
    for (size_t i = 0; i < table->column_count; i++) {
        const char *cell = cells[i] != NULL ? cells[i] : "—";
        row[i] = text_harmless(cell, strlen(cell));
    }
    table->row_count++;
}

size_t table_rows(const struct table *table)
{
    return table->row_count;
}

static size_t total_of(const struct table *table, const size_t *widths)
{
    size_t total = (table->column_count - 1) * GAP;

    for (size_t i = 0; i < table->column_count; i++) {
        total += widths[i];
    }
    return total;
}

/* Take from the widest flexible column, one at a time, until it fits or nothing can give. */
static void shrink(const struct table *table, size_t columns, size_t *widths)
{
    while (total_of(table, widths) > columns) {
        size_t widest = SIZE_MAX;
        for (size_t i = 0; i < table->column_count; i++) {
            if (table->columns[i].flexible && widths[i] > FLEXIBLE_LEAST &&
                (widest == SIZE_MAX || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest == SIZE_MAX) {
            return;
        }
        widths[widest]--;
    }
}

static void measure(const struct table *table, size_t columns, size_t *widths)
{
    for (size_t i = 0; i < table->column_count; i++) {
        widths[i] = text_columns(table->columns[i].heading);
        for (size_t row = 0; row < table->row_count; row++) {
            size_t width = text_columns(table->cells[row * table->column_count + i]);
            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
    if (columns > 0) {
        shrink(table, columns, widths);
    }
}

static void put_cell(struct buffer *line, const char *cell, size_t width, bool right, bool last)
{
    char *shown = text_fit(cell, width);
    size_t blanks = width - text_columns(shown);

    if (right) {
        text_blanks(line, blanks);
    }
    buffer_text(line, shown);
    if (!right && !last) {
        text_blanks(line, blanks);
    }
    if (!last) {
        text_blanks(line, GAP);
    }
    free(shown);
}

static void put_line(const struct table *table, char *const *row, const size_t *widths,
                     size_t columns, struct buffer *out)
{
    struct buffer line = BUFFER_INIT;

    for (size_t i = 0; i < table->column_count; i++) {
        put_cell(&line, row != NULL ? row[i] : table->columns[i].heading, widths[i],
                 table->columns[i].right, i + 1 == table->column_count);
    }
    char *text = text_take(&line);
    char *cut = columns > 0 ? text_fit(text, columns) : xstrdup(text);
    size_t size = strlen(cut);
    while (size > 0 && cut[size - 1] == ' ') {
        size--;
    }
    buffer_append(out, cut, size);
    free(cut);
    free(text);
}

/* A row; where its last cell does not fit, that goes on in lines of its own. */
static void put_row(const struct table *table, char *const *row, const size_t *widths,
                    size_t columns, struct buffer *out)
{
    size_t last = table->column_count - 1;
    bool wraps = table->columns[last].wraps && text_columns(row[last]) > widths[last];
    char *cells[TABLE_COLUMNS_MAX];
    char *rest = wraps ? text_wrap(row[last], widths[last]) : NULL;
    char *at = rest;

    memcpy(cells, row, table->column_count * sizeof *cells);
    do {
        size_t size = at != NULL ? strcspn(at, "\n") : 0;
        bool more = at != NULL && at[size] == '\n';
        if (at != NULL) {
            at[size] = '\0';
            cells[last] = at;
        }
        put_line(table, cells, widths, columns, out);
        buffer_text(out, "\n");
        for (size_t i = 0; i < last; i++) {
            cells[i] = nothing;
        }
        at = more ? at + size + 1 : NULL;
    } while (at != NULL);
    free(rest);
}

void table_layout(const struct table *table, size_t columns, const char *bold, const char *plain,
                  struct buffer *out)
{
    size_t widths[TABLE_COLUMNS_MAX];

    measure(table, columns, widths);
    buffer_text(out, bold);
    put_line(table, NULL, widths, columns, out);
    buffer_text(out, plain);
    buffer_text(out, "\n");
    for (size_t row = 0; row < table->row_count; row++) {
        put_row(table, table->cells + row * table->column_count, widths, columns, out);
    }
}

void table_print(const struct table *table, const struct output *output)
{
    struct buffer out = BUFFER_INIT;

    table_layout(table, output_columns(output), output_style(output, STYLE_BOLD),
                 output_plain(output), &out);
    fwrite(out.data, 1, out.size, output->file);
    buffer_fini(&out);
}

/* export_rows.c - what stands in one file: heads, rows, and the lines at the end
 *
 * Owns:    which columns this file has, as its table and its first page say; how many rows.
 * In:      pages as handlers answer them: export.c turns them.
 * Out:     lines of cells to the writer, the heads first.
 * Always:  what was left out is said in the last line.
 * See:     docs/http.md §5
 */
#include "engine/web/export_rows.h"

#include "base/must.h"

#include <stdio.h>
#include <string.h>

static bool is_russian(const struct export_rows *r)
{
    return r->words.language == LANGUAGE_RUSSIAN;
}

/* --- heads --------------------------------------------------------------------------------- */

static struct export_column *add_column(struct export_rows *r, const struct export_column *column,
                                        const char *title)
{
    must(r->column_count < EXPORT_COLUMNS_MAX);
    size_t at = r->column_count++;
    r->columns[at] = *column;
    export_cell_text(&r->cells[at], title);
    return &r->columns[at];
}

/* A column for each member of the list: of the stages of a cycle. */
static void add_each(struct export_rows *r, const struct export_column *column, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list) && i < LIMIT_STAGES; i++) {
        const char *title = json_string_value(json_object_get(json_array_get(list, i), "title"));
        struct export_column *one = add_column(r, column, title != NULL ? title : "");
        snprintf(r->paths[i], sizeof r->paths[i], "%s.%zu", column->path, i);
        one->path = r->paths[i];
        one->kind = COLUMN_NUMBER;
    }
}

static void add_columns(struct export_rows *r, const json_t *page)
{
    for (const struct export_column *c = r->table->columns; c->path != NULL; c++) {
        if (c->kind == COLUMN_EACH) {
            add_each(r, c, json_object_get(page, r->table->each));
        } else {
            add_column(r, c, is_russian(r) ? c->russian : c->english);
        }
    }
}

bool export_rows_open(struct export_rows *r, const char *folder, const json_t *page,
                      struct error *err)
{
    add_columns(r, page);
    struct export_sheet sheet = {.folder = folder,
                                 .title = is_russian(r) ? r->table->russian : r->table->english,
                                 .language = r->words.language,
                                 .columns = r->columns,
                                 .column_count = r->column_count};
    r->file = r->writer->open(&sheet, err);
    if (r->file != NULL) {
        r->writer->row(r->file, r->cells);
    }
    return r->file != NULL;
}

/* --- rows ---------------------------------------------------------------------------------- */

static void set_cells(struct export_rows *r, const json_t *row)
{
    for (size_t i = 0; i < r->column_count; i++) {
        export_cell_set(&r->cells[i], row, &r->columns[i], &r->words);
    }
}

void export_rows_put(struct export_rows *r, const json_t *page)
{
    const json_t *rows = json_object_get(page, r->table->rows != NULL ? r->table->rows : "rows");

    for (size_t i = 0; i < json_array_size(rows) && r->count < LIMIT_EXPORT_ROWS; i++) {
        set_cells(r, json_array_get(rows, i));
        r->writer->row(r->file, r->cells);
        r->count++;
    }
}

/* One more row with words in its first cell. */
static void put_words(struct export_rows *r, const char *text)
{
    for (size_t i = 0; i < r->column_count; i++) {
        export_cell_text(&r->cells[i], i == 0 ? text : "");
    }
    r->writer->row(r->file, r->cells);
}

static void put_total(struct export_rows *r, const json_t *total)
{
    set_cells(r, total);
    export_cell_text(&r->cells[0], is_russian(r) ? "Всего" : "All");
    r->writer->row(r->file, r->cells);
}

void export_rows_end(struct export_rows *r, const json_t *page, bool more)
{
    const json_t *total = r->table->total != NULL ? json_object_get(page, r->table->total) : NULL;
    char text[128];

    if (more) {
        snprintf(text, sizeof text,
                 is_russian(r) ? "Здесь только первые %u строк" : "Only the first %u rows are here",
                 LIMIT_EXPORT_ROWS);
        put_words(r, text);
    } else if (json_is_true(json_object_get(page, "more"))) {
        put_words(r, is_russian(r) ? "Здесь не всё: уточните условия"
                                   : "Not everything is here: narrow the list");
    }
    if (total != NULL) {
        put_total(r, total);
    }
}

void export_rows_fini(struct export_rows *r)
{
    if (r->file != NULL) {
        r->writer->drop(r->file);
    }
    for (size_t i = 0; i < EXPORT_COLUMNS_MAX; i++) {
        buffer_fini(&r->cells[i].text);
    }
}

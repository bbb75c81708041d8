/* export_rows.h - inside exports: what stands in one file
 *
 * A file is opened with its heads, takes the rows of page after page, and is ended. Only export*.c
 * and their tests include this.
 */
#ifndef WEB_EXPORT_ROWS_H
#define WEB_EXPORT_ROWS_H

#include "engine/web/export_part.h"

#define EXPORT_COLUMNS_MAX (LIMIT_STAGES + 16) /* of one table */

struct export_rows {
    const struct export_table *table;
    const struct export_writer *writer;
    struct export_words words;
    void *file; /* of the writer; NULL: not opened, or taken */
    struct export_column columns[EXPORT_COLUMNS_MAX];
    char paths[LIMIT_STAGES][32]; /* of columns that are a member of a list */
    struct export_cell cells[EXPORT_COLUMNS_MAX];
    size_t column_count;
    uint64_t count; /* rows, without the heads */
};

/* Open the file with its heads, as the first page has them; table, writer and words are set. */
bool export_rows_open(struct export_rows *rows, const char *folder, const json_t *page,
                      struct error *err);
/* The rows of a page, up to LIMIT_EXPORT_ROWS of all. */
void export_rows_put(struct export_rows *rows, const json_t *page);
/* After the rows of the last page: that there were more, and the sum of all. */
void export_rows_end(struct export_rows *rows, const json_t *page, bool more);
void export_rows_fini(struct export_rows *rows);

#endif

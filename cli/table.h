/* table.h - rows of text in columns that line up, without borders
 *
 * Cells may hold anything: they are made harmless and one line when they are added. Columns are as
 * wide as their widest cell. Where the screen is too narrow, flexible columns give way first, then
 * lines are cut.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "base/buffer.h"
#include "cli/output.h"

#define TABLE_COLUMNS_MAX 12

struct column {
    const char *heading; /* in the language of the reader */
    bool flexible;       /* may be cut: titles and the like */
    bool right;          /* numbers stand on the right side */
    bool wraps;          /* the last one, flexible: goes on below where it would be cut */
};

struct table;

struct table *table_create(const struct column *columns, size_t count);
void table_destroy(struct table *table); /* NULL is fine */

/* As many cells as columns; NULL is shown as "—". Copied. */
void table_add(struct table *table, const char *const *cells);
size_t table_rows(const struct table *table);

/* columns 0 = as wide as it gets. bold and plain: printed around the heading. */
void table_layout(const struct table *table, size_t columns, const char *bold, const char *plain,
                  struct buffer *out);
void table_print(const struct table *table, const struct output *output);

#endif

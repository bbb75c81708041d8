/* table.h - a CSV file as rows of texts (RFC 4180) */
#ifndef ROUTE_PLANNER_TABLE_H
#define ROUTE_PLANNER_TABLE_H

#include "base/error.h"

#include <stddef.h>

#define TABLE_ROWS_MAX    10000 /* programmes of a large region, ten times over */
#define TABLE_COLUMNS_MAX 32

struct row {
    int line;     /* where it begins, 1-based */
    char **cells; /* as many as there are columns, in the order that was asked for; never NULL */
};

struct table {
    struct row *rows;
    size_t count;
    size_t column_count;
};

/* Read a file: UTF-8 (a byte order mark is passed over), commas, quotes where they are needed,
 * lines end in LF or CRLF. Its first line has exactly these column names (NULL last), in any order.
 * False: ERROR_IO, or a refusal with file and line: ERROR_SYNTAX for what is not CSV or not UTF-8,
 * ERROR_INVALID for columns and cells that are missing or too many, ERROR_TOO_LARGE beyond
 * LIMIT_DOCUMENT_BYTES or TABLE_ROWS_MAX. table_fini() it in any case. */
bool table_read(const char *file, const char *const *columns, struct table *ret_table,
                struct error *err);
void table_fini(struct table *table);

#endif

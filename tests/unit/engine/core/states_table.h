/* states_table.h - the tables of docs/states.md, as a test sees them */
#ifndef TESTS_CORE_STATES_TABLE_H
#define TESTS_CORE_STATES_TABLE_H

#include <stdbool.h>

#define TABLE_ROWS  128
#define TABLE_CELLS 16
#define CELL_BYTES  32

struct states_table {
    char columns[TABLE_CELLS][CELL_BYTES]; /* of the `#` line; [0] names the rows */
    char rows[TABLE_ROWS][TABLE_CELLS][CELL_BYTES];
    int column_count;
    int row_count;
};

/* The block after ```states NAME; asserts that it is there once and every row has every cell. */
void states_table_read(const char *name, struct states_table *ret_table);

/* The row with these first cells, or -1. */
int states_table_find(const struct states_table *table, const char *a, const char *b,
                      const char *c);

#endif

/* states_table.c - reading the blocks marked `states` in docs/states.md */
#include "states_table.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static int split(char *line, char cells[TABLE_CELLS][CELL_BYTES])
{
    int count = 0;

    for (char *at = line; *at != '\0';) {
        size_t size = strcspn(at, " \n");
        if (size > 0) {
            cr_assert(count < TABLE_CELLS && size < CELL_BYTES, "%s", line);
            memcpy(cells[count], at, size);
            cells[count++][size] = '\0';
        }
        at += size + (at[size] != '\0');
    }
    return count;
}

static void read_block(FILE *file, struct states_table *table)
{
    char line[512];

    cr_assert_not_null(fgets(line, sizeof line, file));
    cr_assert_eq(line[0], '#', "the first line names the columns: %s", line);
    table->column_count = split(line + 1, table->columns);
    while (fgets(line, sizeof line, file) != NULL && strncmp(line, "```", 3) != 0) {
        cr_assert_lt(table->row_count, TABLE_ROWS);
        int count = split(line, table->rows[table->row_count++]);
        cr_assert_eq(count, table->column_count, "%s", line);
    }
}

void states_table_read(const char *name, struct states_table *ret_table)
{
    char line[512];
    char fence[128];
    int found = 0;
    FILE *file = fopen(SOURCE_DIR "/docs/states.md", "r");

    cr_assert_not_null(file);
    memset(ret_table, 0, sizeof *ret_table);
    snprintf(fence, sizeof fence, "```states %s\n", name);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strcmp(line, fence) == 0) {
            read_block(file, ret_table);
            found++;
        }
    }
    fclose(file);
    cr_assert_eq(found, 1, "docs/states.md has %d blocks \"states %s\"", found, name);
    cr_assert_gt(ret_table->row_count, 0);
}

int states_table_find(const struct states_table *table, const char *a, const char *b, const char *c)
{
    for (int i = 0; i < table->row_count; i++) {
        const char(*row)[CELL_BYTES] = table->rows[i];
        if (strcmp(row[0], a) == 0 && strcmp(row[1], b) == 0 &&
            (c == NULL || strcmp(row[2], c) == 0)) {
            return i;
        }
    }
    return -1;
}

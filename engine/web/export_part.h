/* export_part.h - inside exports: tables of columns, cells, and the two kinds of files
 *
 * Only export*.c and their tests include this.
 */
#ifndef WEB_EXPORT_PART_H
#define WEB_EXPORT_PART_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/limits.h"
#include "calendar/zone.h"
#include "engine/web/request.h"

#include <jansson.h>
#include <stdint.h>

/* --- what a list has: export_columns.c, export_words.c -----------------------------------------
 */

enum column_kind {
    COLUMN_TEXT,
    COLUMN_LINES,  /* text; members of a list stand each on a line of its own */
    COLUMN_WORD,   /* of the protocol: "met-late"; shown in the reader's language */
    COLUMN_DAY,    /* "2023-08-15" */
    COLUMN_MOMENT, /* UTC, shown in the engine's zone */
    COLUMN_NUMBER,
    COLUMN_EACH /* a list of numbers, in the order of the table's `each`: a column for each */
};

struct export_column {
    const char *path; /* fields, "responsible.short"; of a list each: "parts.name", or one:
                       * "counts.3"; several in one cell: "windows.from+to+state"; the first that is
                       * there: "by_name|by" */
    const char *russian;
    const char *english;
    enum column_kind kind;
    unsigned width; /* in characters, as spreadsheets count */
};

struct export_table {
    const char *operation;
    const char *russian; /* of the sheet and of the file */
    const char *english;
    const struct export_column *columns; /* path NULL ends them */
    const char *total; /* a field beside "rows": one more row, the sum of all; NULL = none */
    const char *rows;  /* the field that has the rows; NULL = "rows" */
    const char *each;  /* the field with a list whose members have a "title": COLUMN_EACH */
};

/* NULL: nothing is known of this operation. */
const struct export_table *export_table_find(const char *operation);
/* In Russian; NULL: it has no translation. */
const char *export_word(const char *word);

/* --- cells: export_cell.c ------------------------------------------------------------------------
 */

/* text is there for every kind: UTF-8 without control characters but line ends. day, minute and
 * number are good for the kinds that have them. */
struct export_cell {
    enum column_kind kind; /* COLUMN_TEXT where the value is not what the column has */
    struct buffer text;
    civil_day day;
    int minute; /* of the day */
    double number;
};

struct export_words {
    enum language language;
    const struct zone *zone; /* NULL: UTC */
};

/* The cell of a row; what it had before is forgotten. */
void export_cell_set(struct export_cell *cell, const json_t *row,
                     const struct export_column *column, const struct export_words *words);
void export_cell_text(struct export_cell *cell, const char *text);

/* --- files ---------------------------------------------------------------------------------------
 */

struct export_sheet {
    const char *folder; /* for files that nobody else sees */
    const char *title;
    enum language language;
    const struct export_column *columns;
    size_t column_count;
};

/* A kind of file. What goes wrong on the way is told by close(). */
struct export_writer {
    const char *type;   /* Content-Type */
    const char *suffix; /* of the file's name */
    void *(*open)(const struct export_sheet *sheet, struct error *err);
    void (*row)(void *file, const struct export_cell *cells);
    /* The whole file, to be read from its start: a descriptor of a file that has no name any more.
     * May take seconds, and is called in a thread of its own. file is gone in either case. */
    bool (*close)(void *file, int *ret_fd, uint64_t *ret_bytes, struct error *err);
    void (*drop)(void *file); /* instead of close() */
};

extern const struct export_writer export_csv;
extern const struct export_writer export_xlsx;

/* One line of CSV, for export_csv.c and its tests: cells parted by ";", the line ended by CRLF. A
 * text that a spreadsheet would take for a formula gets an apostrophe before it. */
void export_csv_line(struct buffer *out, const struct export_cell *cells, size_t count);

/* A new file in the folder, open for reading and writing; its path is yours. -1 and *err. */
int export_file(const char *folder, char **ret_path, struct error *err);

#endif

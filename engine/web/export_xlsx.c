/* export_xlsx.c - a list as a workbook; the one file that knows libxlsxwriter
 *
 * Owns:    the look of the sheet: a bold first row that stays, a filter over all columns, days and
 *          moments as real dates; how it is printed.
 * Always:  one row in memory at a time. Texts are written as texts: nothing becomes a formula or a
 *          link. The file has no name once it is whole.
 * See:     docs/http.md §5
 */
#include "engine/web/export_part.h"

#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define HEAD_COLOR   0xE7ECF2
#define EPOCH_SERIAL 25569 /* 1970-01-01 as spreadsheets count days, from 1899-12-30 */

struct xlsx {
    char *path;
    char *folder;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head;
    lxw_format *day;
    lxw_format *moment;
    lxw_format *text;
    lxw_format *whole; /* numbers */
    lxw_format *part;
    lxw_row_t rows;
    lxw_col_t count;
    lxw_error failed;
};

static void note(struct xlsx *f, lxw_error code)
{
    f->failed = f->failed == LXW_NO_ERROR ? code : f->failed;
}

/* The library takes texts with a zero at their end. */
static void put_text(struct xlsx *f, lxw_col_t column, const struct buffer *text,
                     lxw_format *format)
{
    char *copy = bytes_strdup(buffer_bytes(text));

    note(f, worksheet_write_string(f->sheet, f->rows, column, copy, format));
    free(copy);
}

static void put_cell(struct xlsx *f, lxw_col_t column, const struct export_cell *cell)
{
    double serial = cell->day + (double)EPOCH_SERIAL;

    if (cell->text.size == 0) {
        return;
    }
    switch (cell->kind) {
    case COLUMN_NUMBER:
        note(f, worksheet_write_number(f->sheet, f->rows, column, cell->number,
                                       cell->number == floor(cell->number) ? f->whole : f->part));
        return;
    case COLUMN_DAY:
        note(f, worksheet_write_number(f->sheet, f->rows, column, serial, f->day));
        return;
    case COLUMN_MOMENT:
        serial += cell->minute / 1440.0;
        note(f, worksheet_write_number(f->sheet, f->rows, column, serial, f->moment));
        return;
    default:
        put_text(f, column, &cell->text, f->rows == 0 ? f->head : f->text);
    }
}

static void row(void *file, const struct export_cell *cells)
{
    struct xlsx *f = file;

    for (lxw_col_t i = 0; i < f->count; i++) {
        put_cell(f, i, &cells[i]);
    }
    f->rows++;
}

/* --- the book ------------------------------------------------------------------------------ */

static lxw_format *format_of(struct xlsx *f, const char *number)
{
    lxw_format *format = workbook_add_format(f->book);

    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (number != NULL) {
        format_set_num_format(format, number);
    }
    return format;
}

static void make_formats(struct xlsx *f, bool russian)
{
    f->head = format_of(f, NULL);
    format_set_bold(f->head);
    format_set_text_wrap(f->head);
    format_set_bg_color(f->head, HEAD_COLOR);
    format_set_border(f->head, LXW_BORDER_THIN);
    f->text = format_of(f, NULL);
    format_set_text_wrap(f->text);
    f->day = format_of(f, russian ? "dd.mm.yyyy" : "yyyy-mm-dd");
    f->moment = format_of(f, russian ? "dd.mm.yyyy hh:mm" : "yyyy-mm-dd hh:mm");
    f->whole = format_of(f, "0");
    f->part = format_of(f, "0.0");
}

/* On paper: A4 across, as wide as the sheet, the heads and a number on each page, and lines. */
static void set_paper(struct xlsx *f, const struct export_sheet *sheet)
{
    bool russian = sheet->language == LANGUAGE_RUSSIAN;
    char title[128];

    snprintf(title, sizeof title, "&L&B%s&R&D", sheet->title);
    note(f, worksheet_set_header(f->sheet, title));
    note(f, worksheet_set_footer(f->sheet, russian ? "&CСтраница &P из &N" : "&CPage &P of &N"));
    note(f, worksheet_repeat_rows(f->sheet, 0, 0));
    worksheet_set_landscape(f->sheet);
    worksheet_set_paper(f->sheet, 9); /* A4 */
    worksheet_set_margins(f->sheet, 0.4, 0.4, 0.75, 0.75);
    worksheet_fit_to_pages(f->sheet, 1, 0);
    worksheet_gridlines(f->sheet, LXW_SHOW_ALL_GRIDLINES);
}

static void make_sheet(struct xlsx *f, const struct export_sheet *sheet)
{
    f->sheet = workbook_add_worksheet(f->book, sheet->title);
    make_formats(f, sheet->language == LANGUAGE_RUSSIAN);
    for (size_t i = 0; i < sheet->column_count; i++) {
        lxw_col_t at = (lxw_col_t)i;
        note(f, worksheet_set_column(f->sheet, at, at, sheet->columns[i].width, NULL));
    }
    worksheet_freeze_panes(f->sheet, 1, 0);
    set_paper(f, sheet);
}

static void *open_file(const struct export_sheet *sheet, struct error *err)
{
    char *path;
    int fd = export_file(sheet->folder, &path, err);

    if (fd < 0) {
        return NULL;
    }
    close(fd);
    struct xlsx *f = xcalloc(1, sizeof *f);
    f->path = path;
    f->folder = xstrdup(sheet->folder);
    f->count = (lxw_col_t)sheet->column_count;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = f->folder};
    f->book = workbook_new_opt(path, &options);
    must(f->book != NULL);
    make_sheet(f, sheet);
    return f;
}

static void finish(struct xlsx *f)
{
    unlink(f->path);
    free(f->path);
    free(f->folder);
    free(f);
}

/* The library asks gmtime() and localtime(), whose answers are shared by all threads; each file
 * ends in a thread of its own. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void drop(void *file)
{
    struct xlsx *f = file;

    lxw_workbook_free(f->book);
    finish(f);
}

static bool close_file(void *file, int *ret_fd, uint64_t *ret_bytes, struct error *err)
{
    struct xlsx *f = file;
    struct stat about = {0};

    if (f->rows > 1) {
        note(f, worksheet_autofilter(f->sheet, 0, 0, f->rows - 1, (lxw_col_t)(f->count - 1)));
    }
    must(pthread_mutex_lock(&one_at_a_time) == 0);
    note(f, workbook_close(f->book));
    must(pthread_mutex_unlock(&one_at_a_time) == 0);
    int fd = open(f->path, O_RDONLY | O_CLOEXEC);
    const char *why = f->failed != LXW_NO_ERROR ? lxw_strerror(f->failed) : strerror(errno);
    bool good = f->failed == LXW_NO_ERROR && fd >= 0 && fstat(fd, &about) == 0;
    if (good) {
        *ret_fd = fd;
        *ret_bytes = (uint64_t)about.st_size;
    } else {
        error_set(err, ERROR_IO, "the file of the list can't be written: %s", why);
        if (fd >= 0) {
            close(fd);
        }
    }
    finish(f);
    return good;
}

const struct export_writer export_xlsx = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsx",
    open_file,
    row,
    close_file,
    drop};

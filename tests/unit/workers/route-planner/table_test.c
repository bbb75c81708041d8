/* table_test.c - CSV files as rows of texts */
#include "workers/route-planner/table.h"

#include "base/buffer.h"
#include "sample.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char *const columns[] = {"id", "title", NULL};

TestSuite(table, .fini = sample_remove);

static void reads(const char *text, struct table *table)
{
    struct error err = ERROR_INIT;

    cr_assert(table_read(sample_file("programmes.csv", text), columns, table, &err), "%d: %s",
              err.line, err.text);
}

static void row(const struct table *table, size_t i, int line, const char *id, const char *title)
{
    cr_assert(i < table->count);
    cr_expect_eq(table->rows[i].line, line, "%d", table->rows[i].line);
    cr_expect_str_eq(table->rows[i].cells[0], id);
    cr_expect_str_eq(table->rows[i].cells[1], title);
}

static void refuses(const char *text, enum error_code code, int line, const char *about)
{
    struct table table;
    struct error err = ERROR_INIT;
    const char *file = sample_file("programmes.csv", text);

    cr_assert(!table_read(file, columns, &table, &err), "%s", text);
    cr_expect_eq(err.code, code, "%s: %s", text, err.text);
    cr_expect_eq(err.line, line, "%s: line %d", text, err.line);
    cr_expect_str_eq(err.file, file);
    cr_expect(strstr(err.text, about) != NULL, "%s", err.text);
    table_fini(&table);
}

Test(table, cells_are_read_with_the_line_of_their_row)
{
    struct table t;

    reads("id,title\na,\"Умение, знание\"\n\nb,\"он сказал \"\"да\"\"\"\nc,\n", &t);
    cr_expect_eq(t.count, 3);
    row(&t, 0, 2, "a", "Умение, знание");
    row(&t, 1, 4, "b", "он сказал \"да\"");
    row(&t, 2, 5, "c", "");
    table_fini(&t);
}

Test(table, columns_may_come_in_any_order)
{
    struct table t;

    reads("title,id\nx,a\n", &t);
    row(&t, 0, 2, "a", "x");
    table_fini(&t);
}

Test(table, line_ends_a_byte_order_mark_and_a_missing_last_end_are_fine)
{
    struct table t;

    reads("\xEF\xBB\xBFid,title\r\na,x\r\nb,y", &t);
    row(&t, 0, 2, "a", "x");
    row(&t, 1, 3, "b", "y");
    table_fini(&t);
}

Test(table, a_cell_may_go_on_over_lines_and_its_row_begins_where_it_began)
{
    struct table t;

    reads("id,title\na,\"one\n\ntwo\"\n\"\nb\",y\nc,z\n", &t);
    row(&t, 0, 2, "a", "one\n\ntwo");
    row(&t, 1, 5, "\nb", "y");
    row(&t, 2, 7, "c", "z");
    table_fini(&t);
}

Test(table, a_head_alone_has_no_rows)
{
    struct table t;

    reads("id,title\n", &t);
    cr_expect_eq(t.count, 0);
    table_fini(&t);
}

Test(table, columns_must_be_those_that_are_known)
{
    refuses("", ERROR_INVALID, 1, "нет строки с названиями");
    refuses("\n\n", ERROR_INVALID, 1, "нет строки с названиями");
    refuses("id\n", ERROR_INVALID, 1, "нет столбца: title");
    refuses("id,title,colour\n", ERROR_INVALID, 1, "неизвестный столбец: colour");
    refuses("\nid,title,id\n", ERROR_INVALID, 2, "столбец указан дважды: id");
}

Test(table, rows_have_as_many_cells_as_there_are_columns)
{
    refuses("id,title\na,b\nc\n", ERROR_INVALID, 3, "меньше");
    refuses("id,title\na,\"b\nc\",d\n", ERROR_INVALID, 2, "больше");
}

Test(table, quotes_and_text_must_be_right)
{
    refuses("id,title\na,b\"c\n", ERROR_SYNTAX, 2, "кавычка не на месте");
    refuses("id,title\na,\"b\" c\n", ERROR_SYNTAX, 2, "кавычка не на месте");
    refuses("id,title\na,b\nc,\"d\n\n", ERROR_SYNTAX, 3, "кавычка не закрыта");
    refuses("id,title\na,\xE4\xE0\n", ERROR_SYNTAX, 2, "UTF-8");
}

Test(table, a_file_that_is_not_there_is_told)
{
    struct table t;
    struct error err = ERROR_INIT;

    cr_expect(!table_read("/nonexistent/programmes.csv", columns, &t, &err));
    cr_expect_eq(err.code, ERROR_IO);
    cr_expect_str_eq(err.file, "/nonexistent/programmes.csv");
}

static bool takes(int rows, struct error *err)
{
    struct buffer text = BUFFER_INIT;
    struct table t;
    char line[32];

    buffer_text(&text, "id,title\n");
    for (int i = 0; i < rows; i++) {
        snprintf(line, sizeof line, "%d,x\n", i);
        buffer_text(&text, line);
    }
    buffer_append(&text, "", 1);
    bool good =
        table_read(sample_file("programmes.csv", (const char *)text.data), columns, &t, err);
    table_fini(&t);
    buffer_fini(&text);
    return good;
}

Test(table, as_many_rows_as_are_allowed_and_one_more)
{
    struct error err = ERROR_INIT;

    cr_expect(takes(TABLE_ROWS_MAX, &err), "%s", err.text);
    cr_expect(!takes(TABLE_ROWS_MAX + 1, &err));
    cr_expect_eq(err.code, ERROR_TOO_LARGE);
    cr_expect_eq(err.line, TABLE_ROWS_MAX + 2);
}

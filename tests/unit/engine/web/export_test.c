/* export_test.c - cells, lines of CSV, and the tables of columns */
#include "engine/core/assignment.h"
#include "engine/core/record.h"
#include "engine/web/export_part.h"
#include "engine/web/routes.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct export_words russian = {LANGUAGE_RUSSIAN, NULL};
static const struct export_words english = {LANGUAGE_ENGLISH, NULL};

static const char *text_of(struct export_cell *cell)
{
    buffer_append(&cell->text, "", 1);
    return (const char *)cell->text.data;
}

/* What stands in the cell of this row. */
static const char *shown(struct export_cell *cell, const char *row, const char *path,
                         enum column_kind kind, const struct export_words *words)
{
    const struct export_column column = {path, "", "", kind, 10};
    json_t *value = json_loads(row, 0, NULL);

    cr_assert_not_null(value);
    export_cell_set(cell, value, &column, words);
    json_decref(value);
    return text_of(cell);
}

/* A line of one cell, without its end. */
static void expect_line(const char *text, const char *line)
{
    struct export_cell cell = {0};
    struct buffer out = BUFFER_INIT;

    export_cell_text(&cell, text);
    export_csv_line(&out, &cell, 1);
    cr_assert_eq(out.size, strlen(line) + 2, "%s: %.*s", text, (int)out.size, out.data);
    cr_expect_eq(memcmp(out.data, line, strlen(line)), 0, "%s: %.*s", text, (int)out.size,
                 out.data);
    cr_expect_eq(memcmp(out.data + strlen(line), "\r\n", 2), 0);
    buffer_fini(&out);
    buffer_fini(&cell.text);
}

Test(export, what_has_separators_or_quotes_is_quoted)
{
    expect_line("просто", "просто");
    expect_line("", "");
    expect_line("a;b", "\"a;b\"");
    expect_line("он сказал \"да\"", "\"он сказал \"\"да\"\"\"");
    expect_line("две\nстроки", "\"две\nстроки\"");
    expect_line("две\r\nстроки", "\"две\nстроки\"");
}

Test(export, what_a_spreadsheet_would_compute_has_an_apostrophe)
{
    expect_line("=1+1", "\"'=1+1\"");
    expect_line("+7", "\"'+7\"");
    expect_line("-7", "\"'-7\"");
    expect_line("@x", "\"'@x\"");
    expect_line("\t=1", "\"' =1\"");
    expect_line("\r=1", "\"' =1\"");
    expect_line("\xC2\xA0=1", "\"'\xC2\xA0=1\"");
    expect_line("\xE2\x80\xAE=1", "\"'\xE2\x80\xAE=1\"");
    expect_line("\xEF\xBB\xBF=1", "\"'\xEF\xBB\xBF=1\"");
    expect_line("＝1", "\"'＝1\"");
    expect_line("1-2", "1-2");
    expect_line("п.=1", "п.=1");
}

Test(export, a_number_that_is_one_keeps_its_sign)
{
    struct export_cell cell = {0};
    struct buffer out = BUFFER_INIT;

    cr_expect_str_eq(shown(&cell, "{\"days\":-3}", "days", COLUMN_NUMBER, &russian), "-3");
    cell.text.size--;
    cr_expect_eq(cell.kind, COLUMN_NUMBER);
    export_csv_line(&out, &cell, 1);
    cr_expect_eq(out.size, 4);
    cr_expect_eq(memcmp(out.data, "-3\r\n", 4), 0);
    buffer_fini(&out);
    buffer_fini(&cell.text);
}

Test(export, days_and_moments_are_written_as_the_language_does)
{
    struct export_cell cell = {0};
    const char *row = "{\"to\":\"2023-08-15\",\"at\":\"2023-08-15T21:30:00.000Z\",\"x\":\"soon\"}";

    cr_expect_str_eq(shown(&cell, row, "to", COLUMN_DAY, &russian), "15.08.2023");
    cr_expect_eq(cell.kind, COLUMN_DAY);
    cr_expect_str_eq(shown(&cell, row, "to", COLUMN_DAY, &english), "2023-08-15");
    cr_expect_str_eq(shown(&cell, row, "at", COLUMN_MOMENT, &russian), "15.08.2023 21:30");
    cr_expect_eq(cell.minute, 21 * 60 + 30);
    cr_expect_str_eq(shown(&cell, row, "x", COLUMN_DAY, &russian), "soon");
    cr_expect_eq(cell.kind, COLUMN_TEXT);
    cr_expect_str_eq(shown(&cell, row, "x", COLUMN_WORD, &russian), "срок близко");
    cr_expect_str_eq(shown(&cell, row, "x", COLUMN_WORD, &english), "soon");
    buffer_fini(&cell.text);
}

Test(export, moments_are_those_of_the_zone)
{
    struct export_words words = russian;
    struct export_cell cell = {0};
    struct zone *zone;

    cr_assert(zone_open("Europe/Moscow", &zone, NULL));
    words.zone = zone;
    cr_expect_str_eq(
        shown(&cell, "{\"at\":\"2023-08-15T21:30:00.000Z\"}", "at", COLUMN_MOMENT, &words),
        "16.08.2023 00:30");
    zone_close(&zone);
    buffer_fini(&cell.text);
}

Test(export, paths_lead_through_objects_and_lists)
{
    struct export_cell cell = {0};
    const char *row = "{\"a\":{\"b\":[{\"c\":\"x\"},{\"c\":5},{\"d\":1}]},\"l\":[\"p\",\"q\"],"
                      "\"yes\":true,\"none\":null,\"o\":{\"k\":1}}";

    cr_expect_str_eq(shown(&cell, row, "a.b.c", COLUMN_TEXT, &russian), "x, 5, ");
    cr_expect_str_eq(shown(&cell, row, "l", COLUMN_TEXT, &russian), "p, q");
    cr_expect_str_eq(shown(&cell, row, "yes", COLUMN_TEXT, &russian), "да");
    cr_expect_str_eq(shown(&cell, row, "none", COLUMN_TEXT, &russian), "");
    cr_expect_str_eq(shown(&cell, row, "l.x.y", COLUMN_TEXT, &russian), "p, q");
    cr_expect_str_eq(shown(&cell, row, "z.y", COLUMN_TEXT, &russian), "");
    cr_expect_str_eq(shown(&cell, row, "o", COLUMN_TEXT, &russian), "{\"k\":1}");
    cr_expect_str_eq(shown(&cell, row, "l", COLUMN_LINES, &russian), "p\nq");
    cr_expect_str_eq(shown(&cell, row, "l.1", COLUMN_TEXT, &russian), "q");
    cr_expect_str_eq(shown(&cell, row, "l.2", COLUMN_TEXT, &russian), "");
    cr_expect_str_eq(shown(&cell, row, "z|none|a.b.1.c|l", COLUMN_NUMBER, &russian), "5");
    cr_expect_eq(cell.kind, COLUMN_NUMBER);
    buffer_fini(&cell.text);
}

Test(export, terms_of_an_item_stand_each_on_a_line_of_its_own)
{
    struct export_cell cell = {0};
    const char *row = "{\"w\":[{\"from\":\"2023-01-01\",\"to\":\"2023-02-01\",\"s\":\"accepted\"},"
                      "{\"to\":\"2023-03-01\",\"s\":\"overdue\"}]}";

    cr_expect_str_eq(shown(&cell, row, "w.from+to+s", COLUMN_WORD, &russian),
                     "01.01.2023 — 01.02.2023 принято\n01.03.2023 просрочено");
    buffer_fini(&cell.text);
}

Test(export, a_text_that_is_too_long_is_cut_at_a_character)
{
    struct export_cell cell = {0};
    char text[40001];

    for (size_t i = 0; i + 1 < sizeof text; i += 2) {
        memcpy(text + i, "ё", 2);
    }
    text[40000] = '\0';
    export_cell_text(&cell, text + 1); /* begins in the middle of one: it is taken as it is */
    cr_expect_leq(cell.text.size, 32003);
    export_cell_text(&cell, text);
    cr_expect_eq(cell.text.size, 32000 + strlen("…"));
    buffer_fini(&cell.text);
}

Test(export, every_list_has_its_columns)
{
    const struct api_route *route;

    for (size_t i = 0; (route = routes_at(i)) != NULL; i++) {
        if ((route->flags & ROUTE_FORMATS) != 0) {
            const struct export_table *table = export_table_find(route->operation);
            cr_assert_not_null(table, "%s has no table of columns", route->operation);
            cr_expect_not_null(table->columns[0].path);
        }
    }
}

/* Words of lists are looked for by tests/system/http_exports_test.py, in docs/openapi.yaml. */
Test(export, every_record_and_every_letter_has_a_word)
{
    for (int kind = 1; kind < RECORD_KIND_COUNT; kind++) {
        const char *name = record_kind_name((enum record_kind)kind);
        cr_expect(export_word(name) != NULL, "%s has no Russian word", name);
    }
    for (int letter = 1; letter < LETTER_COUNT; letter++) {
        const char *name = letter_name((enum letter)letter);
        cr_expect(export_word(name) != NULL, "%s has no Russian word", name);
    }
}

Test(export, words_are_found)
{
    cr_expect_str_eq(export_word("accepted"), "принято");
    cr_expect_str_eq(export_word("workflow"), "определение процесса");
    cr_expect_str_eq(export_word("met-after-extension"), "в срок после продления");
    cr_expect_str_eq(export_word("assignment.taken-back"), "перепорученное завершено");
    cr_expect_null(export_word("colour"));
}

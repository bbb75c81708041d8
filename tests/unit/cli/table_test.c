/* table_test.c - columns that line up, and give way on a narrow screen */
#include "speech.h"

#include "cli/table.h"
#include "cli/text.h"

#include <string.h>

TestSuite(table, .init = speak_russian);

static char *layout(const struct table *table, size_t columns)
{
    struct buffer out = BUFFER_INIT;

    table_layout(table, columns, "", "", &out);
    return text_take(&out);
}

static struct table *make(void)
{
    const struct column columns[] = {{.heading = "№", .right = true},
                                     {.heading = "Состояние"},
                                     {.heading = "Название", .flexible = true}};
    struct table *table = table_create(columns, 3);

    table_add(table, (const char *const[]){"7", "открыто", "Утверждение плана мероприятий"});
    table_add(table, (const char *const[]){"17", "срок сегодня", "Ёж"});
    return table;
}

Test(table, columns_line_up_by_characters_not_bytes)
{
    struct table *table = make();
    char *text = layout(table, 0);

    cr_assert_str_eq(text, " №  Состояние     Название\n"
                           " 7  открыто       Утверждение плана мероприятий\n"
                           "17  срок сегодня  Ёж\n");
    free(text);
    table_destroy(table);
}

Test(table, a_flexible_column_gives_way_first)
{
    struct table *table = make();
    char *text = layout(table, 36);

    cr_assert_str_eq(text, " №  Состояние     Название\n"
                           " 7  открыто       Утверждение плана…\n"
                           "17  срок сегодня  Ёж\n");
    free(text);
    table_destroy(table);
}

Test(table, what_follows_a_flexible_column_stays_on_the_screen)
{
    const struct column columns[] = {{.heading = "Название", .flexible = true},
                                     {.heading = "Срок"}};
    struct table *table = table_create(columns, 2);

    table_add(table, (const char *const[]){"Утверждение плана мероприятий", "15.08.2023"});
    char *text = layout(table, 30);
    cr_assert_str_eq(text, "Название            Срок\n"
                           "Утверждение плана…  15.08.2023\n");
    free(text);
    table_destroy(table);
}

Test(table, no_line_is_wider_than_the_screen)
{
    for (size_t columns = 1; columns < 60; columns++) {
        struct table *table = make();
        char *text = layout(table, columns);
        for (char *line = text; *line != '\0';) {
            char *end = strchr(line, '\n');
            *end = '\0';
            cr_expect_leq(text_columns(line), columns, "%zu: %s", columns, line);
            line = end + 1;
        }
        free(text);
        table_destroy(table);
    }
}

Test(table, a_cell_that_is_missing_is_a_dash_and_a_harmful_one_is_made_harmless)
{
    const struct column columns[] = {{.heading = "A"}, {.heading = "B"}};
    struct table *table = table_create(columns, 2);

    table_add(table, (const char *const[]){NULL, "\033[2J\n!"});
    char *text = layout(table, 0);
    cr_assert_str_eq(text, "A  B\n—  \xEF\xBF\xBD[2J !\n");
    cr_assert_eq(table_rows(table), 1);
    free(text);
    table_destroy(table);
}

Test(table, only_the_heading_is_bold)
{
    struct table *table = make();
    struct buffer out = BUFFER_INIT;

    table_layout(table, 0, "<", ">", &out);
    char *text = text_take(&out);
    cr_assert_eq(
        strncmp(text, "< №  Состояние     Название>\n", strlen("< №  Состояние     Название>\n")),
        0);
    cr_assert_null(strchr(strchr(text, '\n'), '<'));
    free(text);
    table_destroy(table);
}

Test(table, the_last_column_goes_on_below_where_it_is_asked_to)
{
    const struct column columns[] = {{.heading = "Когда"},
                                     {.heading = "Что", .flexible = true, .wraps = true}};
    struct table *table = table_create(columns, 2);

    table_add(table, (const char *const[]){"09:00", "дано поручение 29.1: ЦНППМ, до 31 января"});
    table_add(table, (const char *const[]){"10:00", "открыто"});
    char *narrow = layout(table, 30);
    char *wide = layout(table, 0);

    cr_expect_str_eq(narrow, "Когда  Что\n"
                             "09:00  дано поручение 29.1:\n"
                             "       ЦНППМ, до 31 января\n"
                             "10:00  открыто\n");
    cr_expect_str_eq(wide, "Когда  Что\n"
                           "09:00  дано поручение 29.1: ЦНППМ, до 31 января\n"
                           "10:00  открыто\n");
    free(wide);
    free(narrow);
    table_destroy(table);
}

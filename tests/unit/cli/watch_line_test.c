/* watch_line_test.c - lines of `watch` on screens of any width */
#include "speech.h"

#include "cli/text.h"
#include "cli/watch_line.h"

#include <string.h>

TestSuite(watch_line, .init = speak_russian);

static const struct watch_line usual = {
    "18.02.2023",
    WATCH_REMINDER,
    "п. 1.1",
    "Разработка и внедрение организационно-методической документации, сопровождающей РС НМС",
    "осталось 10 дней",
    "КОПО ЛО",
    false};

static char *print(const struct watch_line *line, size_t columns, bool colour)
{
    struct buffer out = BUFFER_INIT;

    watch_line_print(line, columns, colour, &out);
    return text_take(&out);
}

Test(watch_line, it_shows_date_word_item_title_fact_and_who_and_cuts_nothing_off_a_terminal)
{
    char *text = print(&usual, 0, false);

    cr_assert_str_eq(text, "18.02.2023  напоминание   п. 1.1   «Разработка и внедрение "
                           "организационно-методической документации, сопровождающей РС НМС», "
                           "осталось 10 дней — КОПО ЛО");
    free(text);
}

Test(watch_line, the_title_gives_way_first)
{
    char *text = print(&usual, 100, false);

    cr_assert_str_eq(text, "18.02.2023  напоминание   п. 1.1   «Разработка и внедрение "
                           "организацио…», осталось 10 дней — КОПО ЛО");
    cr_assert_eq(text_columns(text), 100);
    free(text);
    text = print(&usual, 80, false);
    cr_assert_str_eq(text,
                     "18.02.2023  напоминание   п. 1.1   «Разработка и в…», осталось 10 дней — "
                     "КОПО ЛО");
    free(text);
}

Test(watch_line, on_a_narrow_screen_there_is_no_title_and_then_the_names_are_cut)
{
    char *text = print(&usual, 62, false);

    cr_assert_str_eq(text, "18.02.2023  напоминание   п. 1.1   осталось 10 дней — КОПО ЛО");
    free(text);
    text = print(&usual, 58, false);
    cr_assert_str_eq(text, "18.02.2023  напоминание   п. 1.1   осталось 10 дней — КОП…");
    free(text);
}

Test(watch_line, where_only_the_title_tells_names_give_way_to_it)
{
    struct watch_line line = {
        .day = "18.02.2023",
        .word = WATCH_RETURNED,
        .item = "64.6",
        .title = "Условный педагог № 17: согласование и утверждение ИОМ",
        .fact = "",
        .who = "ЦНППМ, контроль: КОПО ЛО: нет приложения, а подписи не на каждом листе",
        .by_title = true};
    char *text = print(&line, 100, false);

    cr_expect_str_eq(text,
                     "18.02.2023  возвращено    64.6     «Условный педагог № 17: с…» — ЦНППМ, "
                     "контроль: КОПО ЛО: нет прил…");
    free(text);
    text = print(&line, 80, false);
    cr_expect_str_eq(text,
                     "18.02.2023  возвращено    64.6     «Условный педагог № 17: с…» — ЦНППМ, "
                     "контрол…");
    free(text);
}

Test(watch_line, no_punctuation_stands_before_the_end_of_a_title)
{
    struct watch_line line = {"18.02.2023", WATCH_OPENED, "п. 1", "Отчёт.", "", "КОПО ЛО", false};
    char *text = print(&line, 0, false);

    cr_assert_str_eq(text, "18.02.2023  дано          п. 1     «Отчёт» — КОПО ЛО");
    free(text);
    line.title = "Отчёт, план и приказ";
    text = print(&line, 54, false);
    cr_assert_str_eq(text, "18.02.2023  дано          п. 1     «Отчёт…» — КОПО ЛО");
    free(text);
}

Test(watch_line, no_line_is_wider_than_the_screen)
{
    for (size_t columns = 26; columns < 200; columns++) {
        struct watch_line line = usual;
        for (int by_title = 0; by_title < 2; by_title++) {
            line.by_title = by_title;
            char *text = print(&line, columns, false);
            cr_expect_leq(text_columns(text), columns, "%zu: %s", columns, text);
            free(text);
        }
    }
}

Test(watch_line, only_the_word_has_colour)
{
    char *text = print(&usual, 0, true);

    cr_assert_eq(strncmp(text, "18.02.2023  \033[33mнапоминание \033[0m  п. 1.1", 50), 0);
    free(text);
}

Test(watch_line, every_word_is_known_in_russian)
{
    struct watch_line line = usual;

    for (int word = 0; word < WATCH_WORD_COUNT; word++) {
        line.word = (enum watch_word)word;
        char *text = print(&line, 0, false);
        cr_expect((unsigned char)text[12] >= 0xD0, "%s", text);
        free(text);
    }
}

Test(watch_line, without_an_item_its_column_is_empty)
{
    struct watch_line line = {"18.02.2023", WATCH_INCIDENT, NULL, "почта не отвечает", "",
                              "",           false};
    char *text = print(&line, 0, false);

    cr_assert_str_eq(text, "18.02.2023  инцидент               «почта не отвечает»");
    free(text);
}

Test(watch_line, strangers_text_is_made_harmless)
{
    struct watch_line line = {"18.02.2023", WATCH_INCIDENT, "\033[A", "\033]0;x\007",
                              "\r",         "\r!",          false};
    char *text = print(&line, 0, false);

    cr_assert_null(strchr(text, '\033'));
    cr_assert_null(strchr(text, '\r'));
    free(text);
}

/* watch_line_test.c - lines of `watch` on screens of any width */
#include "speech.h"

#include "cli/text.h"
#include "cli/watch_line.h"

#include <string.h>

TestSuite(watch_line, .init = speak_russian);

static const struct watch_line usual = {
    "18.02.2023", WATCH_REMINDER, "п. 1.1",
    "Разработка и внедрение организационно-методической документации, сопровождающей РС НМС",
    "КОПО ЛО, осталось 10 дней"};

static char *print(const struct watch_line *line, size_t columns, bool colour)
{
    struct buffer out = BUFFER_INIT;

    watch_line_print(line, columns, colour, &out);
    return text_take(&out);
}

Test(watch_line, it_shows_date_word_item_title_and_who)
{
    char *text = print(&usual, 0, false);

    cr_assert_str_eq(text, "18.02.2023  напоминание   п. 1.1   «Разработка и внедрение "
                           "организационно-методической документ…» — КОПО ЛО, осталось 10 дней");
    free(text);
}

Test(watch_line, the_title_gives_way_to_who)
{
    char *text = print(&usual, 100, false);

    cr_assert_str_eq(text, "18.02.2023  напоминание   п. 1.1   «Разработка и внедрение "
                           "организацио…» — КОПО ЛО, осталось 10 дней");
    cr_assert_eq(text_columns(text), 100);
    free(text);
}

Test(watch_line, on_a_narrow_screen_the_title_keeps_enough_to_be_known)
{
    char *text = print(&usual, 60, false);

    cr_assert_str_eq(text, "18.02.2023  напоминание   п. 1.1   «Разработка и вн…» — КОП…");
    free(text);
}

Test(watch_line, no_line_is_wider_than_the_screen)
{
    for (size_t columns = 26; columns < 200; columns++) {
        char *text = print(&usual, columns, false);
        cr_expect_leq(text_columns(text), columns, "%zu: %s", columns, text);
        free(text);
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

Test(watch_line, without_an_item_the_title_follows_the_word)
{
    struct watch_line line = {"18.02.2023", WATCH_INCIDENT, NULL, "почта не отвечает", ""};
    char *text = print(&line, 0, false);

    cr_assert_str_eq(text, "18.02.2023  инцидент      «почта не отвечает»");
    free(text);
}

Test(watch_line, strangers_text_is_made_harmless)
{
    struct watch_line line = {"18.02.2023", WATCH_INCIDENT, "\033[A", "\033]0;x\007", "\r!"};
    char *text = print(&line, 0, false);

    cr_assert_null(strchr(text, '\033'));
    cr_assert_null(strchr(text, '\r'));
    free(text);
}

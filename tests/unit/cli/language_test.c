/* language_test.c - which language is chosen, and that gettext follows on a bare machine */
#include "speech.h"

#include "cli/text.h"

#include <string.h>

static void expect(enum language language, const char *marshrut, const char *lc_all,
                   const char *lc_messages, const char *lang)
{
    cr_expect_eq(language_choose(marshrut, lc_all, lc_messages, lang), language,
                 "MARSHRUT_LANG=%s LC_ALL=%s LC_MESSAGES=%s LANG=%s", marshrut ? marshrut : "",
                 lc_all ? lc_all : "", lc_messages ? lc_messages : "", lang ? lang : "");
}

Test(language, a_machine_that_says_nothing_speaks_russian)
{
    expect(LANGUAGE_RUSSIAN, NULL, NULL, NULL, NULL);
    expect(LANGUAGE_RUSSIAN, "", "", "", "");
    expect(LANGUAGE_RUSSIAN, NULL, NULL, NULL, "C.UTF-8");
    expect(LANGUAGE_RUSSIAN, NULL, NULL, NULL, "ru_RU.UTF-8");
    expect(LANGUAGE_RUSSIAN, NULL, NULL, NULL, "de_DE.UTF-8");
}

Test(language, c_posix_and_english_locales_speak_english)
{
    expect(LANGUAGE_ENGLISH, NULL, NULL, NULL, "C");
    expect(LANGUAGE_ENGLISH, NULL, NULL, NULL, "POSIX");
    expect(LANGUAGE_ENGLISH, NULL, NULL, NULL, "en_US.UTF-8");
    expect(LANGUAGE_ENGLISH, NULL, "C", NULL, "ru_RU.UTF-8");
    expect(LANGUAGE_ENGLISH, NULL, NULL, "en_GB", "ru_RU.UTF-8");
}

Test(language, lc_all_goes_before_lc_messages_and_that_before_lang)
{
    expect(LANGUAGE_RUSSIAN, NULL, "ru_RU.UTF-8", "C", "C");
    expect(LANGUAGE_RUSSIAN, NULL, "", "ru_RU.UTF-8", "C");
    expect(LANGUAGE_ENGLISH, NULL, "", "", "C");
}

Test(language, our_own_variable_wins)
{
    expect(LANGUAGE_RUSSIAN, "ru", "C", NULL, "en_US.UTF-8");
    expect(LANGUAGE_ENGLISH, "en", NULL, NULL, "ru_RU.UTF-8");
    expect(LANGUAGE_ENGLISH, "fr", NULL, NULL, "C");
}

Test(language, gettext_speaks_russian_without_a_russian_locale)
{
    setenv("LANGUAGE", "de:en", 1);
    setenv("LC_ALL", "C", 1);
    speak_russian();
    cr_assert_str_eq(_("Options:"), "Параметры:");
    speak_english();
    cr_assert_str_eq(_("Options:"), "Options:");
}

Test(language, russian_counts_in_three_forms)
{
    static const struct {
        unsigned long n;
        const char *text;
    } forms[] = {{1, "остался 1 день"},    {2, "осталось 2 дня"},     {5, "осталось 5 дней"},
                 {11, "осталось 11 дней"}, {12, "осталось 12 дней"},  {21, "остался 21 день"},
                 {22, "осталось 22 дня"},  {111, "осталось 111 дней"}};

    speak_russian();
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct buffer out = BUFFER_INIT;
        text_put(&out, ngettext("%lu day left", "%lu days left", forms[i].n), forms[i].n);
        char *text = text_take(&out);
        cr_expect_str_eq(text, forms[i].text);
        free(text);
    }
}

Test(language, a_word_with_a_context_is_shown_without_it)
{
    speak_english();
    cr_assert_str_eq(language_word("watch|opened"), "opened");
    speak_russian();
    cr_assert_str_eq(language_word("watch|opened"), "дано");
}

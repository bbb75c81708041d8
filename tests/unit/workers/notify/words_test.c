/* words_test.c - numbers and days as Russian sentences need them */
#include "workers/notify/words.h"

#include <criterion/criterion.h>
#include <string.h>

Test(words, days_are_counted_as_in_russian)
{
    static const struct {
        int days;
        const char *text;
    } cases[] = {{0, "0 дней"},    {1, "1 день"},     {2, "2 дня"},      {4, "4 дня"},
                 {5, "5 дней"},    {10, "10 дней"},   {11, "11 дней"},   {12, "12 дней"},
                 {14, "14 дней"},  {20, "20 дней"},   {21, "21 день"},   {22, "22 дня"},
                 {25, "25 дней"},  {101, "101 день"}, {111, "111 дней"}, {112, "112 дней"},
                 {122, "122 дня"}, {-3, "3 дня"},     {-1, "1 день"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[WORDS_MAX];
        words_days(cases[i].days, text);
        cr_assert_str_eq(text, cases[i].text);
    }
}

Test(words, working_days_are_counted_as_in_russian)
{
    static const struct {
        int days;
        const char *text;
    } cases[] = {{1, "1 рабочий день"}, {2, "2 рабочих дня"},    {-3, "3 рабочих дня"},
                 {5, "5 рабочих дней"}, {11, "11 рабочих дней"}, {21, "21 рабочий день"},
                 {23, "23 рабочих дня"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[WORDS_MAX];
        words_working_days(cases[i].days, text);
        cr_assert_str_eq(text, cases[i].text);
    }
}

Test(words, the_stop_of_a_year_ends_the_sentence)
{
    struct buffer out = BUFFER_INIT;

    say(&out, "до 15 августа 2023 г.", ".", " Далее", ".", NULL);
    cr_assert(bytes_equal(buffer_bytes(&out), bytes_of("до 15 августа 2023 г. Далее.")));
    buffer_fini(&out);
}

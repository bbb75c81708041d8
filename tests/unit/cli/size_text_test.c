/* size_text_test.c - bytes and durations in the units people use */
#include "speech.h"

#include "cli/size_text.h"

TestSuite(size_text, .init = speak_russian);

static void expect_size(int64_t bytes, const char *text)
{
    char made[SIZE_TEXT_MAX];

    size_text(bytes, made);
    cr_expect_str_eq(made, text);
}

static void expect_duration(int64_t ms, const char *text)
{
    char made[SIZE_TEXT_MAX];

    duration_text(ms, made);
    cr_expect_str_eq(made, text);
}

Test(size_text, bytes_become_larger_units_at_1024)
{
    expect_size(0, "0 Б");
    expect_size(1023, "1023 Б");
    expect_size(1024, "1,0 КиБ");
    expect_size(1536, "1,5 КиБ");
    expect_size(10ll << 30, "10,0 ГиБ");
    expect_size(5000ll << 40, "5000,0 ТиБ");
    expect_size(INT64_MAX, "9223372036854775807");
    expect_size(-1, "-1");
}

Test(size_text, durations_have_their_two_largest_units)
{
    expect_duration(0, "0 с");
    expect_duration(-5, "0 с");
    expect_duration(59999, "59 с");
    expect_duration(60000, "1 мин 0 с");
    expect_duration(3 * 3600000ll + 300000, "3 ч 5 мин");
    expect_duration(49 * 3600000ll, "2 дн. 1 ч");
}

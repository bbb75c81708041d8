/* text_test.c - values as text in a request */
#include "workers/http/text.h"

#include "sample.h"

#include <string.h>

static void scalar(const char *value, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    json_t *v = json(value);

    cr_expect(text_scalar(&out, v), "%s", value);
    expect_text(&out, expected);
    json_decref(v);
}

Test(text, scalars_are_written_as_people_write_them)
{
    scalar("'да'", "да");
    scalar("7", "7");
    scalar("-7.0", "-7");
    scalar("9007199254740992.0", "9007199254740992");
    scalar("0.1", "0.1");
    scalar("1.5e300", "1.5e+300");
    scalar("true", "true");
    scalar("false", "false");
    scalar("null", "");
}

Test(text, lists_objects_and_nothing_are_no_scalars)
{
    struct buffer out = BUFFER_INIT;
    json_t *list = json("[]");
    json_t *object = json("{}");

    cr_expect(!text_scalar(&out, list) && !text_scalar(&out, object) && !text_scalar(&out, NULL));
    cr_expect_eq(out.size, 0);
    json_decref(list);
    json_decref(object);
}

static void percent(const char *text, const char *keep, const char *expected)
{
    struct buffer out = BUFFER_INIT;

    text_percent(&out, bytes_of(text), keep);
    expect_text(&out, expected);
}

Test(text, only_unreserved_characters_stay_unless_told)
{
    percent("aZ09-._~", "", "aZ09-._~");
    percent("a/b?c=d&e f", "", "a%2Fb%3Fc%3Dd%26e%20f");
    percent("я\n", "", "%D1%8F%0A");
    percent("a/b c", TEXT_RESERVED, "a/b%20c");
}

Test(text, what_is_encoded_already_is_not_encoded_again_where_a_percent_sign_stays)
{
    percent("%D1%8f%2", TEXT_RESERVED, "%D1%8f%252");
    percent("%zz%", TEXT_RESERVED, "%25zz%25");
    percent("%41", "", "%2541");
}

Test(text, base64_of_every_length)
{
    static const char *const pairs[][2] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}};

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct buffer out = BUFFER_INIT;
        text_base64(&out, bytes_of(pairs[i][0]));
        expect_text(&out, pairs[i][1]);
    }
}

Test(text, utf8_is_told_from_bytes)
{
    cr_expect(text_is_utf8(bytes_of("Анна")) && text_is_utf8((struct bytes){NULL, 0}));
    cr_expect(!text_is_utf8(bytes_of("\xC0\xE1")));
    cr_expect(!text_is_utf8((struct bytes){"a\0b", 3}));
}

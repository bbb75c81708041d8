/* header_test.c - headers are read strictly where a change hangs on them */
#include "engine/web/header.h"

#include <criterion/criterion.h>
#include <string.h>

Test(header, the_language_that_weighs_more_is_spoken)
{
    cr_expect_eq(header_language("ru"), LANGUAGE_RUSSIAN);
    cr_expect_eq(header_language("en-US,en;q=0.5, ru-RU;q=0.9"), LANGUAGE_ENGLISH);
    cr_expect_eq(header_language("en;q=0.5, ru-RU;q=0.9"), LANGUAGE_RUSSIAN);
    cr_expect_eq(header_language("rum"), LANGUAGE_ENGLISH);
    cr_expect_eq(header_language("ru;q=0"), LANGUAGE_ENGLISH);
    cr_expect_eq(header_language(";;,,q=,ru;;q"), LANGUAGE_RUSSIAN);
    cr_expect_eq(header_language(""), LANGUAGE_ENGLISH);
    cr_expect_eq(header_language(NULL), LANGUAGE_ENGLISH);
}

Test(header, types_of_bodies_are_known_with_their_charset)
{
    cr_expect_eq(header_body_kind("application/json"), BODY_JSON);
    cr_expect_eq(header_body_kind("APPLICATION/JSON ; charset=\"UTF-8\""), BODY_JSON);
    cr_expect_eq(header_body_kind("application/json;charset=koi8-r"), BODY_NONE);
    cr_expect_eq(header_body_kind("application/jsonx"), BODY_NONE);
    cr_expect_eq(header_body_kind("application/yaml"), BODY_YAML);
    cr_expect_eq(header_body_kind("text/csv; header=present"), BODY_CSV);
    cr_expect_eq(header_body_kind("application/cloudevents+json"), BODY_EVENT);
    cr_expect_eq(header_body_kind(NULL), BODY_NONE);
}

Test(header, a_tag_names_an_instance_and_an_entry)
{
    uint64_t instance;
    uint64_t entry;

    cr_assert(header_etag("\"17-204\"", &instance, &entry));
    cr_expect_eq(instance, 17);
    cr_expect_eq(entry, 204);
    cr_assert(header_etag("\"18-205-9931-1874321\"", &instance, &entry));
    cr_expect_eq(instance, 18);
    cr_expect_eq(entry, 205);
    cr_assert(header_etag("*", &instance, &entry));
    cr_expect_eq(instance, 0);
    static const char *const bad[] = {"",
                                      "17-204",
                                      "\"17\"",
                                      "\"17-\"",
                                      "\"-1\"",
                                      "\"0-1\"",
                                      "\"17-204",
                                      "W/\"17-2\"",
                                      "\"17-2\"x",
                                      "\"17-2-\"",
                                      "\"17-2-3-x\"",
                                      "\"17-2-3-4-5\"",
                                      "\"17-2\", \"18-1\"",
                                      "\"99999999999999999999-1\""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_expect(!header_etag(bad[i], &instance, &entry), "%s", bad[i]);
    }
}

Test(header, a_tag_is_found_in_a_list)
{
    cr_expect(header_names_etag("\"a\"", "\"a\""));
    cr_expect(header_names_etag(" \"b\" ,W/\"a\" , \"c\"", "\"a\""));
    cr_expect(header_names_etag("*", "\"a\""));
    cr_expect(!header_names_etag("\"ab\"", "\"a\""));
    cr_expect(!header_names_etag("\"a\"b", "\"a\""));
    cr_expect(!header_names_etag("", "\"a\""));
    cr_expect(!header_names_etag("a", "\"a\""));
}

Test(header, a_key_has_one_to_two_hundred_printable_characters)
{
    char text[LIMIT_ONCE_BYTES + 2];
    char key[LIMIT_ONCE_BYTES + 1];

    cr_assert(header_key("\"k 1\"", key));
    cr_expect_str_eq(key, "k 1");
    memset(text, 'k', sizeof text);
    text[LIMIT_ONCE_BYTES] = '\0';
    cr_expect(header_key(text, key));
    text[LIMIT_ONCE_BYTES] = 'k';
    text[LIMIT_ONCE_BYTES + 1] = '\0';
    cr_expect(!header_key(text, key));
    cr_expect(!header_key("", key));
    cr_expect(!header_key("\"\"", key));
    cr_expect(!header_key("\xd1\x8f", key));
    cr_expect(!header_key("a\tb", key));
}

Test(header, gzip_is_taken_where_it_is_named_and_weighs_something)
{
    cr_expect(header_takes_gzip("gzip"));
    cr_expect(header_takes_gzip("br, GZIP;q=0.1"));
    cr_expect(!header_takes_gzip("gzip;q=0"));
    cr_expect(!header_takes_gzip("xgzip, br"));
    cr_expect(!header_takes_gzip(NULL));
}

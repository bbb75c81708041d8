/* peek_test.c - a text out of JSON, by its path */
#include "engine/core/peek.h"

#include <criterion/criterion.h>
#include <stdio.h>

static struct arena arena;

static void fini(void)
{
    arena_fini(&arena);
}

TestSuite(peek, .fini = fini);

static void assert_text(const char *json, const char *path, const char *expected)
{
    struct bytes found = peek_text(&arena, bytes_of(json), path);

    cr_expect(bytes_equal(found, bytes_of(expected)), "%s of %s: %.*s", path, json, (int)found.size,
              found.size ? (const char *)found.data : "");
}

Test(peek, finds_a_member_whatever_stands_before_it)
{
    assert_text("{\"a\":[1,{\"title\":\"no\"},\"}\"],\"b\":{\"c\":{}},\"title\":\"да\"}", "title",
                "да");
    assert_text(" { \"a\" : null , \"title\" : \"x\" } ", "title", "x");
    assert_text("{\"a\":\"\\\"title\\\":\",\"title\":\"x\"}", "title", "x");
}

Test(peek, follows_a_path)
{
    assert_text("{\"teacher\":{\"id\":\"7\",\"name\":\"Анна\"}}", "teacher.name", "Анна");
    assert_text("{\"teacher\":\"Анна\"}", "teacher.name", "");
    assert_text("{\"teacher\":{\"name\":{\"first\":\"Анна\"}}}", "teacher.name", "");
}

Test(peek, resolves_escapes)
{
    assert_text("{\"t\":\"a\\n\\\"\\u0416\\ud83d\\ude00\\\\\"}", "t", "a\n\"Ж😀\\");
    assert_text("{\"t\":\"\\u00e9\\/\"}", "t", "é/");
}

Test(peek, gives_numbers_as_they_are_written)
{
    assert_text("{\"no\":1.40}", "no", "1.40");
    assert_text("{\"no\":-7,\"b\":1}", "no", "-7");
    assert_text("{\"no\":true}", "no", "");
    assert_text("{\"no\":null}", "no", "");
    assert_text("{\"no\":[\"1\"]}", "no", "");
}

static void assert_member(const char *json, const char *expected)
{
    static const char *const names[] = {"a", "b"};
    struct bytes values[2];

    peek_members(bytes_of(json), names, 2, values);
    cr_expect(bytes_equal(values[1], bytes_of(expected)), "%s: %.*s", json, (int)values[1].size,
              values[1].data != NULL ? (const char *)values[1].data : "");
}

Test(peek, gives_members_as_they_are_written)
{
    assert_member("{\"a\":1,\"b\": {\"x\":[1,\"}\"]} ,\"c\":2}", "{\"x\":[1,\"}\"]}");
    assert_member("{\"b\":\"ж\\\"\",\"a\":{\"b\":1}}", "\"ж\\\"\"");
    assert_member("{\"b\":1,\"b\":null}", "null");
    assert_member("{\"a\":{\"b\":1}}", "");
    assert_member("[{\"b\":1}]", "");
    assert_member("{}", "");
    assert_member("{\"b\"", "");
}

/* The items, each with a | behind it. */
static void assert_items(const char *json, const char *expected)
{
    struct bytes array = bytes_of(json);
    struct bytes item;
    char all[100] = "";
    size_t used = 0;

    while (peek_next(&array, &item)) {
        used += (size_t)snprintf(all + used, sizeof all - used, "%.*s|", (int)item.size,
                                 (const char *)item.data);
    }
    cr_expect_str_eq(all, expected, "%s: %s", json, all);
}

Test(peek, gives_items_one_after_another_as_they_are_written)
{
    assert_items("[1, {\"a\":[2,\"]\"]} ,[3],\"ж,\" ]", "1|{\"a\":[2,\"]\"]}|[3]|\"ж,\"|");
    assert_items(" [ null ] ", "null|");
    assert_items("[]", "");
    assert_items("[ ]", "");
    assert_items("{\"a\":1}", "");
    assert_items("", "");
    assert_items("[1,", "1|");
    assert_items("[[[", "[[|");
}

Test(peek, ends_with_any_bytes)
{
    static const char *const bad[] = {"",           "{",     "{\"t",          "{\"t\"",
                                      "{\"t\":",    "[",     "{\"a\":\"\\",   "{]",
                                      "{\"a\":[[[", "\"t\"", "{\"t\":\"\\u12"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        peek_text(&arena, bytes_of(bad[i]), "t");
    }
    cr_expect_eq(peek_text(&arena, (struct bytes){NULL, 0}, "t").size, 0);
}

Test(peek, cuts_between_characters)
{
    cr_expect_eq(peek_cut(bytes_of("жж"), 3).size, 2);
    cr_expect_eq(peek_cut(bytes_of("жж"), 4).size, 4);
    cr_expect_eq(peek_cut(bytes_of("ж"), 1).size, 0);
}

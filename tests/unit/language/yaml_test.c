/* yaml_test.c - broken, huge, deep and malicious YAML, and the places of nodes */
#include "base/limits.h"
#include "language/tree.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct tree parsed(struct bytes text)
{
    struct error err = ERROR_INIT;
    struct tree tree = {ARENA_INIT, NULL};

    cr_assert(tree_parse("t.yaml", text, &tree, &err), "%d:%d: %s", err.line, err.column, err.text);
    return tree;
}

static void accepted(struct bytes text)
{
    struct tree tree = parsed(text);

    tree_fini(&tree);
}

static void refused_bytes(struct bytes text, enum error_code code, int line, int column)
{
    struct error err = ERROR_INIT;
    struct tree tree = {ARENA_INIT, NULL};

    cr_assert_not(tree_parse("t.yaml", text, &tree, &err), "%.40s", (const char *)text.data);
    cr_assert_eq(err.code, code, "%s: %s", error_name(err.code), err.text);
    cr_assert_eq(err.line, line, "line %d: %s", err.line, err.text);
    cr_assert_eq(err.column, column, "column %d: %s", err.column, err.text);
    cr_assert_str_eq(err.file, "t.yaml");
    cr_assert_null(tree.root, "the output is untouched");
}

static void refused(const char *text, enum error_code code, int line, int column)
{
    refused_bytes(bytes_of(text), code, line, column);
}

Test(yaml, nodes_know_their_places_in_characters)
{
    struct tree tree = parsed(bytes_of("имя: значение\nlist:\n  - {ключ: 'x', b: y}\n"));
    const struct node *list = node_find(tree.root, "list");

    cr_assert_eq(node_find(tree.root, "имя")->column, 6);
    cr_assert_eq(list->line, 3);
    const struct node *inner = node_find(list->items[0], "b");
    cr_assert_eq(inner->line, 3);
    cr_assert_eq(inner->column, 20);
    cr_assert(inner->plain);
    cr_assert_not(node_find(list->items[0], "ключ")->plain);
    cr_assert_str_eq(tree.root->items[0]->text, "имя", "the order is kept");
    cr_assert_null(node_find(tree.root, "nobody"));
    tree_fini(&tree);
}

Test(yaml, a_byte_order_mark_is_allowed_at_the_start)
{
    accepted(bytes_of("\xEF\xBB\xBF"
                      "a: 1\n"));
}

Test(yaml, an_empty_file_is_refused)
{
    refused("", ERROR_SYNTAX, 1, 1);
    refused("# only a comment\n", ERROR_SYNTAX, 1, 1);
    refused_bytes((struct bytes){NULL, 0}, ERROR_SYNTAX, 1, 1);
}

Test(yaml, broken_text_is_refused_at_the_place)
{
    refused("a: 1\nb: [1, 2\nc: 3\n", ERROR_SYNTAX, 3, 2);
    refused("a: 'x\n", ERROR_SYNTAX, 2, 1);
    refused("a: 1\n\tb: 2\n", ERROR_SYNTAX, 2, 1);
    refused("a: b: c\n", ERROR_SYNTAX, 1, 5);
    refused("a: \"\\uD800\"\n", ERROR_SYNTAX, 1, 7);
}

Test(yaml, what_is_not_utf8_is_refused_at_the_place)
{
    refused("имя: \xCF\xF0\xE8\n", ERROR_SYNTAX, 1, 6);
    refused("a: 1\nb: \xC3\n", ERROR_SYNTAX, 2, 4);
    refused("a: \xC0\x80\n", ERROR_SYNTAX, 1, 4);
    refused("a: \xC1\x81\n", ERROR_SYNTAX, 1, 4); /* 'A', too long */
    refused("a: \xE0\x9F\xBF\n", ERROR_SYNTAX, 1, 4);
    refused("a: \xED\xA0\x80\n", ERROR_SYNTAX, 1, 4);
    refused("a: \xF4\x90\x80\x80\n", ERROR_SYNTAX, 1, 4);
    refused("\xFF\xFE"
            "a\n",
            ERROR_SYNTAX, 1, 1);
    refused("ab\xE2\x82", ERROR_SYNTAX, 1, 3);
}

Test(yaml, control_characters_are_refused)
{
    refused("a: x\x01y\n", ERROR_SYNTAX, 1, 5);
    refused_bytes((struct bytes){"a: \0b\n", 6}, ERROR_SYNTAX, 1, 4);
    refused("a: 1\nb: \"x\\0y\"\n", ERROR_INVALID, 2, 4);
}

Test(yaml, a_key_twice_is_refused_at_the_second)
{
    refused("a: 1\nb: 2\na: 3\n", ERROR_INVALID, 3, 1);
    refused("x: {a: 1, b: 2, 'a': 3}\n", ERROR_INVALID, 1, 17);
}

Test(yaml, a_key_that_is_no_text_is_refused)
{
    refused("? [a, b]\n: 1\n", ERROR_INVALID, 1, 8);
    refused("a: &m {x: 1}\n? *m\n: 2\n", ERROR_INVALID, 2, 3);
}

Test(yaml, tags_and_merge_keys_are_not_supported)
{
    refused("a: !!binary aGVq\n", ERROR_UNSUPPORTED, 1, 4);
    refused("a: !x {b: 1}\n", ERROR_UNSUPPORTED, 1, 4);
    refused("a: &m {x: 1}\nb:\n  <<: *m\n", ERROR_UNSUPPORTED, 3, 3);
}

Test(yaml, a_second_document_is_refused_where_it_begins)
{
    refused("a: 1\n---\nb: 2\n", ERROR_INVALID, 2, 1);
    accepted(bytes_of("---\na: 1\n...\n"));
}

Test(yaml, aliases_are_followed)
{
    struct tree tree = parsed(bytes_of("a: &x {k: v}\nb: *x\nc: &x 7\nd: *x\n"));

    cr_assert_str_eq(node_find(node_find(tree.root, "b"), "k")->text, "v");
    cr_assert_str_eq(node_find(tree.root, "d")->text, "7", "the nearest anchor above counts");
    cr_assert_eq(node_find(tree.root, "b")->line, 1);
    tree_fini(&tree);
}

Test(yaml, aliases_that_name_nothing_or_themselves_are_refused)
{
    refused("a: *x\n", ERROR_INVALID, 1, 4);
    refused("a: &x\n  b: *x\n", ERROR_INVALID, 2, 6);
    refused("a: &x [1, [*x]]\n", ERROR_INVALID, 1, 12);
}

/* `levels` lists, one in the other. */
static struct bytes nested(int levels)
{
    static char text[2 * (LIMIT_YAML_DEPTH + 1)];

    memset(text, '[', (size_t)levels);
    memset(text + levels, ']', (size_t)levels);
    return (struct bytes){text, 2 * (size_t)levels};
}

Test(yaml, nesting_is_accepted_up_to_the_limit)
{
    accepted(nested(LIMIT_YAML_DEPTH));
    refused_bytes(nested(LIMIT_YAML_DEPTH + 1), ERROR_TOO_LARGE, 1, LIMIT_YAML_DEPTH + 1);
}

Test(yaml, aliases_do_not_hide_nesting)
{
    int half = (LIMIT_YAML_DEPTH - 4) / 2; /* a and b fill it up to the last four levels */
    struct bytes lists = nested(half);
    struct buffer b = BUFFER_INIT;

    for (int i = 0; i < 2; i++) {
        buffer_text(&b, i == 0 ? "a: &a " : "b: &b ");
        buffer_append(&b, lists.data, (size_t)half);
        buffer_text(&b, i == 0 ? "1" : "*a");
        buffer_append(&b, (const char *)lists.data + half, (size_t)half);
        buffer_text(&b, "\n");
    }
    size_t size = b.size;
    buffer_text(&b, "c: [[[*b]]]\n");
    accepted(buffer_bytes(&b));
    b.size = size;
    buffer_text(&b, "c: [[[[*b]]]]\n");
    refused_bytes(buffer_bytes(&b), ERROR_TOO_LARGE, 3, 8);
    buffer_fini(&b);
}

Test(yaml, an_alias_bomb_is_refused_before_it_goes_off)
{
    struct buffer b = BUFFER_INIT;
    char line[200];

    buffer_text(&b, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++) {
        snprintf(line, sizeof line, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n",
                 i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
        buffer_text(&b, line);
    }
    refused_bytes(buffer_bytes(&b), ERROR_TOO_LARGE, 6, 25);
    buffer_fini(&b);
}

Test(yaml, a_long_text_cannot_be_repeated_without_end)
{
    struct buffer b = BUFFER_INIT;

    buffer_text(&b, "- &t ");
    for (int i = 0; i < 100000; i++) {
        buffer_text(&b, "xxxxxxxxxx");
    }
    buffer_text(&b, "\n- *t\n- *t\n- *t\n- *t\n");
    refused_bytes(buffer_bytes(&b), ERROR_TOO_LARGE, 5, 3);
    buffer_fini(&b);
}

/* A list of `count` values, itself counted. */
static struct buffer values(unsigned count)
{
    struct buffer b = BUFFER_INIT;

    for (unsigned i = 1; i < count; i++) {
        buffer_text(&b, "- x\n");
    }
    return b;
}

Test(yaml, values_are_accepted_up_to_the_limit)
{
    struct buffer b = values(LIMIT_YAML_NODES);

    accepted(buffer_bytes(&b));
    buffer_text(&b, "- x\n");
    refused_bytes(buffer_bytes(&b), ERROR_TOO_LARGE, LIMIT_YAML_NODES, 3);
    buffer_fini(&b);
}

Test(yaml, bytes_are_accepted_up_to_the_limit)
{
    struct buffer b = BUFFER_INIT;

    buffer_text(&b, "a: 1\n#");
    while (b.size < LIMIT_DOCUMENT_BYTES) {
        buffer_text(&b, "x");
    }
    accepted(buffer_bytes(&b));
    buffer_text(&b, "x");
    refused_bytes(buffer_bytes(&b), ERROR_TOO_LARGE, 0, 0);
    buffer_fini(&b);
}

Test(yaml, anchors_are_accepted_up_to_the_limit)
{
    struct buffer b = BUFFER_INIT;
    char line[32];

    for (int i = 0; i < 1000; i++) {
        snprintf(line, sizeof line, "- &a%d x\n", i);
        buffer_text(&b, line);
    }
    accepted(buffer_bytes(&b));
    buffer_text(&b, "- &b x\n");
    refused_bytes(buffer_bytes(&b), ERROR_TOO_LARGE, 1001, 3);
    buffer_fini(&b);
}

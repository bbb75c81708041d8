/* template.c - values with `${ … }` in them as jq text
 *
 * Owns:    what a strict expression is, and how JSON is written in jq: as itself, but for strings
 *          that are expressions.
 * In:      program_print_template(), program_strict_text() while a definition is read.
 * Out:     text for program_add_entry().
 * Always:  a literal stays a literal: a backslash is doubled in JSON, so that no text of a document
 *          becomes an interpolation.
 * See:     program.h
 */
#include "base/must.h"
#include "expression/program.h"

#include <stdlib.h>
#include <string.h>

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

char *program_strict_text(const char *text, size_t *ret_offset)
{
    size_t start = 0;
    size_t end = strlen(text);

    while (blank(text[start])) {
        start++;
    }
    while (end > start && blank(text[end - 1])) {
        end--;
    }
    if (end - start < 3 || strncmp(text + start, "${", 2) != 0 || text[end - 1] != '}') {
        return NULL;
    }
    *ret_offset = start + 2;
    return xstrndup(text + start + 2, end - start - 3);
}

static int append(const char *text, size_t size, void *out)
{
    buffer_append(out, text, size);
    return 0;
}

static void print_literal(const json_t *value, struct buffer *out)
{
    must(json_dump_callback(value, append, out, JSON_COMPACT | JSON_ENCODE_ANY) == 0);
}

static void print_text(const json_t *text, struct buffer *out)
{
    size_t offset;
    char *expression = program_strict_text(json_string_value(text), &offset);

    if (expression == NULL) {
        print_literal(text, out);
        return;
    }
    buffer_text(out, "( ");
    buffer_text(out, expression);
    buffer_text(out, " )");
    free(expression);
}

static void print_list(const json_t *list, struct buffer *out)
{
    buffer_text(out, "[");
    for (size_t i = 0; i < json_array_size(list); i++) {
        buffer_text(out, i > 0 ? "," : "");
        program_print_template(json_array_get(list, i), out);
    }
    buffer_text(out, "]");
}

static void print_map(json_t *map, struct buffer *out)
{
    void *at = json_object_iter(map);

    buffer_text(out, "{");
    for (bool first = true; at != NULL; at = json_object_iter_next(map, at), first = false) {
        json_t *key = json_string_nocheck(json_object_iter_key(at));
        buffer_text(out, first ? "" : ",");
        print_literal(key, out);
        buffer_text(out, ":");
        program_print_template(json_object_iter_value(at), out);
        json_decref(key);
    }
    buffer_text(out, "}");
}

void program_print_template(const json_t *value, struct buffer *out)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        print_text(value, out);
        break;
    case JSON_ARRAY:
        print_list(value, out);
        break;
    case JSON_OBJECT:
        print_map((json_t *)value, out);
        break;
    default:
        print_literal(value, out);
        break;
    }
}

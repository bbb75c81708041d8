/* print.c - JSON values as text
 *
 * Owns:    the choice of what is copied whole.
 * In:      value.c.
 * Always:  the text reads back as the same value; texts of a json_t are UTF-8 already.
 */
#include "engine/core/print.h"

#include "base/must.h"

#include <stdio.h>
#include <string.h>

static int append(const char *text, size_t size, void *out)
{
    buffer_append(out, text, size);
    return 0;
}

static void print_by_jansson(json_t *value, struct buffer *out)
{
    must(json_dump_callback(value, append, out, JSON_COMPACT | JSON_ENCODE_ANY) == 0);
}

static bool is_plain(const char *text, size_t size)
{
    bool plain = true;

    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        plain = plain && c >= 0x20 && c != '"' && c != '\\';
    }
    return plain;
}

static void print_text(json_t *value, struct buffer *out)
{
    const char *text = json_string_value(value);
    size_t size = json_string_length(value);

    if (!is_plain(text, size)) {
        print_by_jansson(value, out);
        return;
    }
    buffer_append(out, "\"", 1);
    buffer_append(out, text, size);
    buffer_append(out, "\"", 1);
}

static void print_key(const char *key, bool first, struct buffer *out)
{
    size_t size = strlen(key);

    if (!first) {
        buffer_append(out, ",", 1);
    }
    if (is_plain(key, size)) {
        buffer_append(out, "\"", 1);
        buffer_append(out, key, size);
        buffer_append(out, "\":", 2);
    } else {
        json_t *text = json_string(key);
        print_by_jansson(text, out);
        buffer_append(out, ":", 1);
        json_decref(text);
    }
}

static bool print_map(json_t *map, unsigned depth_max, struct buffer *out)
{
    const char *key;
    json_t *value;
    bool first = true;

    buffer_append(out, "{", 1);
    json_object_foreach(map, key, value)
    {
        print_key(key, first, out);
        if (!print_json(value, depth_max - 1, out)) {
            return false;
        }
        first = false;
    }
    buffer_append(out, "}", 1);
    return true;
}

static bool print_list(json_t *list, unsigned depth_max, struct buffer *out)
{
    json_t *value;
    size_t i;

    buffer_append(out, "[", 1);
    json_array_foreach(list, i, value)
    {
        if (i > 0) {
            buffer_append(out, ",", 1);
        }
        if (!print_json(value, depth_max - 1, out)) {
            return false;
        }
    }
    buffer_append(out, "]", 1);
    return true;
}

bool print_json(json_t *value, unsigned depth_max, struct buffer *out)
{
    char number[32];

    if (depth_max == 0) {
        return false;
    }
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return print_map(value, depth_max, out);
    case JSON_ARRAY:
        return print_list(value, depth_max, out);
    case JSON_STRING:
        print_text(value, out);
        return true;
    case JSON_INTEGER:
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        buffer_append(out, number, strlen(number));
        return true;
    default:
        print_by_jansson(value, out);
        return true;
    }
}

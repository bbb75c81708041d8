/* fields.c - maps of a document: which words they may hold, and typed values under them
 *
 * Owns:    the sentences of refusals about form: a missing field, a wrong type, an unknown word.
 * In:      the readers (read_*.c) and check.c.
 * Out:     values, or the reader's error with file, line and column.
 * Always:  on failure outputs are untouched.
 * See:     fields.h; docs/language.md
 */
#include "language/fields.h"

#include "base/limits.h"
#include "base/must.h"
#include "language/suggest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct shown show(const char *text)
{
    struct shown s;
    size_t length = strlen(text);
    size_t max = sizeof s.text - 4; /* room for the ellipsis and the zero */
    size_t keep = length <= max ? length : max;

    while (keep > 0 && keep < length && ((unsigned char)text[keep] & 0xC0) == 0x80) {
        keep--;
    }
    for (size_t i = 0; i < keep; i++) {
        unsigned char ch = (unsigned char)text[i];
        s.text[i] = ch < 0x20 || ch == 0x7F ? ' ' : text[i];
    }
    snprintf(s.text + keep, sizeof s.text - keep, "%s", keep < length ? "…" : "");
    return s;
}

bool refuse(const struct reader *reader, const struct node *at, enum error_code code,
            const char *fmt, ...)
{
    char text[ERROR_TEXT_MAX];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return error_set_at(reader->err, code, reader->file, at->line, at->column, "%s", text);
}

static bool listed(const char *const *words, const char *word)
{
    for (; words != NULL && *words != NULL; words++) {
        if (strcmp(*words, word) == 0) {
            return true;
        }
    }
    return false;
}

bool fields_check(const struct reader *reader, const struct node *node, const struct words *words)
{
    if (node->kind != NODE_MAP) {
        return refuse(reader, node, ERROR_INVALID, "%s is expected here, as a map of fields",
                      words->what);
    }
    for (uint32_t i = 0; i < node->count; i++) {
        const struct node *key = node->items[2 * (size_t)i];
        if (listed(words->known, key->text)) {
            continue;
        }
        if (listed(words->later, key->text)) {
            return refuse(reader, key, ERROR_UNSUPPORTED, "\"%s\" in %s is not supported yet",
                          key->text, words->what);
        }
        const char *near = suggest(key->text, words->known);
        if (near != NULL) {
            return refuse(reader, key, ERROR_INVALID,
                          "%s has no field \"%s\": did you mean \"%s\"?", words->what,
                          show(key->text).text, near);
        }
        return refuse(reader, key, ERROR_INVALID, "%s has no field \"%s\"", words->what,
                      show(key->text).text);
    }
    return true;
}

bool fields_node(const struct reader *reader, const struct node *map, const char *key,
                 enum need need, enum node_kind kind, const struct node **ret_node)
{
    static const char *const kinds[] = {"a text", "a list", "a map of fields"};
    const struct node *node = node_find(map, key);

    if (node == NULL && need == REQUIRED) {
        return refuse(reader, map, ERROR_INVALID, "the field \"%s\" is missing here", key);
    }
    if (node != NULL && node->kind != kind) {
        return refuse(reader, node, ERROR_INVALID, "\"%s\" must be %s", key, kinds[kind]);
    }
    *ret_node = node;
    return true;
}

bool fields_text(const struct reader *reader, const struct node *map, const char *key,
                 enum need need, size_t bytes_max, char **ret_text)
{
    const struct node *node;

    return fields_node(reader, map, key, need, NODE_TEXT, &node) &&
           (node == NULL || node_text(reader, node, bytes_max, ret_text));
}

bool fields_name(const struct reader *reader, const struct node *map, const char *key,
                 enum need need, char **ret_name)
{
    const struct node *node;

    return fields_node(reader, map, key, need, NODE_TEXT, &node) &&
           (node == NULL || node_name(reader, node, ret_name));
}

static bool list_size(const struct reader *reader, const struct node *list, const char *key,
                      uint32_t count_max)
{
    if (list->count == 0) {
        return refuse(reader, list, ERROR_INVALID, "the list \"%s\" is empty", key);
    }
    if (list->count > count_max) {
        return refuse(reader, list, ERROR_TOO_LARGE, "\"%s\" has %u entries; the limit is %u", key,
                      list->count, count_max);
    }
    return true;
}

static bool read_list(const struct reader *reader, const struct node *map, const char *key,
                      enum need need, uint32_t count_max, bool names, char ***ret_texts,
                      uint32_t *ret_count)
{
    const struct node *list;

    if (!fields_node(reader, map, key, need, NODE_LIST, &list)) {
        return false;
    }
    if (list == NULL) {
        return true;
    }
    if (!list_size(reader, list, key, count_max)) {
        return false;
    }
    char **texts = xcalloc(list->count, sizeof(char *));
    for (uint32_t i = 0; i < list->count; i++) {
        bool good = names ? node_name(reader, list->items[i], &texts[i])
                          : node_text(reader, list->items[i], LIMIT_TEXT_BYTES, &texts[i]);
        if (!good) {
            while (i > 0) {
                free(texts[--i]);
            }
            free(texts);
            return false;
        }
    }
    *ret_texts = texts;
    *ret_count = list->count;
    return true;
}

bool fields_texts(const struct reader *reader, const struct node *map, const char *key,
                  enum need need, uint32_t count_max, char ***ret_texts, uint32_t *ret_count)
{
    return read_list(reader, map, key, need, count_max, false, ret_texts, ret_count);
}

bool fields_names(const struct reader *reader, const struct node *map, const char *key,
                  enum need need, uint32_t count_max, char ***ret_names, uint32_t *ret_count)
{
    return read_list(reader, map, key, need, count_max, true, ret_names, ret_count);
}

bool fields_integer(const struct reader *reader, const struct node *map, const char *key,
                    enum need need, int64_t min, int64_t max, int64_t *ret_value)
{
    const struct node *node;

    if (!fields_node(reader, map, key, need, NODE_TEXT, &node)) {
        return false;
    }
    if (node == NULL) {
        return true;
    }
    size_t length = strlen(node->text);
    size_t sign = node->text[0] == '-' || node->text[0] == '+' ? 1 : 0;
    if (!node->plain || length == sign || length > 18 ||
        strspn(node->text + sign, "0123456789") != length - sign) {
        return refuse(reader, node, ERROR_INVALID, "\"%s\" must be a whole number", key);
    }
    int64_t value = strtoll(node->text, NULL, 10);
    if (value < min || value > max) {
        return refuse(reader, node, ERROR_INVALID, "\"%s\" must be from %lld to %lld", key,
                      (long long)min, (long long)max);
    }
    *ret_value = value;
    return true;
}

bool fields_flag(const struct reader *reader, const struct node *map, const char *key,
                 enum need need, bool *ret_flag)
{
    const struct node *node;

    if (!fields_node(reader, map, key, need, NODE_TEXT, &node)) {
        return false;
    }
    if (node == NULL) {
        return true;
    }
    bool yes = node->plain && strcmp(node->text, "true") == 0;
    if (!yes && (!node->plain || strcmp(node->text, "false") != 0)) {
        return refuse(reader, node, ERROR_INVALID, "\"%s\" must be true or false", key);
    }
    *ret_flag = yes;
    return true;
}

bool fields_duration(const struct reader *reader, const struct node *map, const char *key,
                     enum need need, int64_t *ret_ms)
{
    const struct node *node = node_find(map, key);

    if (node == NULL) {
        return need == OPTIONAL ||
               refuse(reader, map, ERROR_INVALID, "the field \"%s\" is missing here", key);
    }
    return node_duration(reader, node, ret_ms);
}

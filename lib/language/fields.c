/* fields.c - maps of a document: which words they may hold, and typed values under them
 *
 * Owns:    the sentences of refusals about form: a missing field, a wrong type, an unknown word.
 * In:      the readers (read_*.c) and check.c.
 * Out:     values, or a problem with file, line and column.
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

bool looks_up(const struct reader *reader, enum definition_kind kind)
{
    return reader->catalog != NULL && (reader->unknown_kinds & 1u << kind) == 0;
}

struct place {
    int line;
    int column;
};

static void record(const struct reader *reader, enum severity severity, struct place place,
                   enum error_code code, const char *fmt, va_list args) PRINTF_LIKE(5, 0);

static void record(const struct reader *reader, enum severity severity, struct place place,
                   enum error_code code, const char *fmt, va_list args)
{
    struct error err = ERROR_INIT;

    if (reader->problems != NULL) {
        error_set_at_va(&err, code, reader->file, place.line, place.column, fmt, args);
        problems_add(reader->problems, severity, &err);
    } else if (severity == SEVERITY_ERROR) {
        error_set_at_va(reader->err, code, reader->file, place.line, place.column, fmt, args);
    }
}

bool refuse(const struct reader *reader, const struct node *at, enum error_code code,
            const char *fmt, ...)
{
    struct place place = {at->line, at->column};
    va_list args;

    va_start(args, fmt);
    record(reader, SEVERITY_ERROR, place, code, fmt, args);
    va_end(args);
    return false;
}

bool refuse_in(const struct reader *reader, const struct node *text, size_t offset,
               enum error_code code, const char *fmt, ...)
{
    struct place place = {text->line, node_column(text, offset)};
    va_list args;

    va_start(args, fmt);
    record(reader, SEVERITY_ERROR, place, code, fmt, args);
    va_end(args);
    return false;
}

void warn(const struct reader *reader, const struct node *at, enum error_code code, const char *fmt,
          ...)
{
    struct place place = {at->line, at->column};
    va_list args;

    va_start(args, fmt);
    record(reader, SEVERITY_WARNING, place, code, fmt, args);
    va_end(args);
}

bool told_lookalike(const struct reader *reader, const struct node *at, const char *word)
{
    struct lookalike found;

    if (!lookalike_find(word, &found)) {
        return false;
    }
    return !refuse(reader, at, ERROR_INVALID,
                   "in \"%s\" the letter \"%s\" (number %d) is Russian: the Latin one is needed",
                   show(word).text, found.text, found.letter);
}

bool refuse_name(const struct reader *reader, const struct node *at, const char *what,
                 const char *name, const char *const *names)
{
    const char *near = suggest(name, names);

    if (near != NULL && told_lookalike(reader, at, name)) {
        return false;
    }
    if (near != NULL) {
        return refuse(reader, at, ERROR_INVALID, "there is no %s \"%s\": did you mean \"%s\"?",
                      error_word(what), show(name).text, show(near).text);
    }
    return refuse(reader, at, ERROR_INVALID, "there is no %s \"%s\"", error_word(what),
                  show(name).text);
}

bool refuse_missing(const struct reader *reader, const struct node *map, const char *key)
{
    const char *const wanted[] = {key, NULL};

    for (uint32_t i = 0; reader->problems != NULL && i < map->count; i++) {
        const struct node *other = map->items[2 * (size_t)i];
        if (suggest(other->text, wanted) != NULL &&
            problems_at(reader->problems, other->line, other->column)) {
            return false;
        }
    }
    return refuse(reader, map, ERROR_INVALID, "the field \"%s\" is missing here", key);
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

static bool refuse_word(const struct reader *reader, const struct node *key,
                        const struct words *words)
{
    const char *what = error_word(words->what);

    if (listed(words->later, key->text)) {
        return refuse(reader, key, ERROR_UNSUPPORTED, "\"%s\" in %s is not supported", key->text,
                      what);
    }
    if (told_lookalike(reader, key, key->text)) {
        return false;
    }
    const char *near = suggest(key->text, words->known);
    if (near != NULL) {
        return refuse(reader, key, ERROR_INVALID, "%s has no field \"%s\": did you mean \"%s\"?",
                      what, show(key->text).text, near);
    }
    return refuse(reader, key, ERROR_INVALID, "%s has no field \"%s\"", what, show(key->text).text);
}

bool fields_check(const struct reader *reader, const struct node *node, const struct words *words)
{
    bool good = true;

    if (node->kind != NODE_MAP) {
        return refuse(reader, node, ERROR_INVALID, "%s is expected here, as a map of fields",
                      error_word(words->what));
    }
    for (uint32_t i = 0; i < node->count && (good || reader->problems != NULL); i++) {
        const struct node *key = node->items[2 * (size_t)i];
        good &= listed(words->known, key->text) || refuse_word(reader, key, words);
    }
    return good;
}

bool fields_node(const struct reader *reader, const struct node *map, const char *key,
                 enum need need, enum node_kind kind, const struct node **ret_node)
{
    static const char *const kinds[] = {N_("a text"), N_("a list"), N_("a map of fields")};
    const struct node *node = node_find(map, key);

    if (node == NULL && need == REQUIRED) {
        return refuse_missing(reader, map, key);
    }
    if (node != NULL && node->kind != kind) {
        return refuse(reader, node, ERROR_INVALID, "\"%s\" must be %s", key,
                      error_word(kinds[kind]));
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

static void texts_free(char **texts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        free(texts[i]);
    }
    free(texts);
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
    bool good = true;
    for (uint32_t i = 0; i < list->count && (good || reader->problems != NULL); i++) {
        good &= names ? node_name(reader, list->items[i], &texts[i])
                      : node_text(reader, list->items[i], LIMIT_TEXT_BYTES, &texts[i]);
    }
    if (!good) {
        texts_free(texts, list->count);
        return false;
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
        return need == OPTIONAL || refuse_missing(reader, map, key);
    }
    return node_duration(reader, node, ret_ms);
}

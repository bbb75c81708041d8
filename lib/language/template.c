/* template.c - `${ .a.b }` in the values of a step: checked when read, filled when the step runs
 *
 * Owns:    the path syntax: `.`, `.name`, `."any name"`, `["any name"]`, `[0]`, `[-1]`.
 * In:      template_check() from json.c; template_fill() when a step starts.
 * Out:     a new JSON value.
 * Always:  work is bounded by the template's size and LIMIT_PAYLOAD_BYTES; a value from the input
 * is shared, never copied, so a template that repeats a large input costs nothing. See: template.h;
 * jq 1.6 manual, "Basic filters"
 */
#include "language/template.h"

#include "base/limits.h"
#include "base/must.h"
#include "language/fields.h"

#include <string.h>

#define INDEX_DIGITS_MAX 9

/* One step of a path: a name, or an index when name is NULL. */
struct path_step {
    const char *name;
    size_t name_bytes;
    int32_t index;
};

static bool name_byte(char ch, bool first)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_' ||
           (!first && ch >= '0' && ch <= '9');
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n')) {
        at++;
    }
    return at;
}

/* `"any name"`; jq's escapes and \(…) are not ours. */
static bool quoted(const char **at, const char *end, struct path_step *step)
{
    const char *start = *at + 1;
    const char *close = memchr(start, '"', (size_t)(end - start));

    if (close == NULL || memchr(start, '\\', (size_t)(close - start)) != NULL) {
        return false;
    }
    *step = (struct path_step){start, (size_t)(close - start), 0};
    *at = close + 1;
    return true;
}

static bool number(const char **at, const char *end, struct path_step *step)
{
    bool negative = *at < end && **at == '-';
    int32_t value = 0;
    int digits = 0;

    *at += negative ? 1 : 0;
    for (; *at < end && **at >= '0' && **at <= '9' && digits < INDEX_DIGITS_MAX; digits++) {
        value = value * 10 + (*(*at)++ - '0');
    }
    *step = (struct path_step){NULL, 0, negative ? -value : value};
    return digits > 0;
}

static bool bracketed(const char **at, const char *end, struct path_step *step)
{
    *at = skip_blanks(*at + 1, end);
    bool good = *at < end && **at == '"' ? quoted(at, end, step) : number(at, end, step);
    *at = skip_blanks(*at, end);
    if (!good || *at == end || **at != ']') {
        return false;
    }
    (*at)++;
    return true;
}

static bool dotted(const char **at, const char *end, struct path_step *step)
{
    const char *start = ++*at;

    if (*at < end && **at == '"') {
        return quoted(at, end, step);
    }
    while (*at < end && name_byte(**at, *at == start)) {
        (*at)++;
    }
    *step = (struct path_step){start, (size_t)(*at - start), 0};
    return *at > start;
}

/* The next step, from `at` (not at the end). The first one may be a lone `.` or begin `.[`: both
 * are taken by path_start(). */
static bool next_step(const char **at, const char *end, struct path_step *step)
{
    if (**at == '[') {
        return bracketed(at, end, step);
    }
    if (**at == '.' && *at + 1 < end && (*at)[1] == '[') { /* .a.["b"] */
        (*at)++;
        return bracketed(at, end, step);
    }
    return **at == '.' && dotted(at, end, step);
}

/* The path inside `${ … }`, blanks trimmed; false when the text is not wholly one expression. */
static bool expression(const char *text, size_t size, const char **ret_at, const char **ret_end)
{
    if (size < 3 || text[0] != '$' || text[1] != '{' || text[size - 1] != '}') {
        return false;
    }
    const char *end = text + size - 1;
    const char *at = skip_blanks(text + 2, end);
    while (end > at && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\n')) {
        end--;
    }
    if (at == end || *at != '.') {
        return false;
    }
    *ret_at = at;
    *ret_end = end;
    return true;
}

static bool text_check(const json_t *text, struct error *err)
{
    const char *s = json_string_value(text);
    const char *at;
    const char *end;
    struct path_step step;

    if (strstr(s, "${") == NULL) {
        return true;
    }
    bool good = expression(s, json_string_length(text), &at, &end);
    if (good && end - at > 1) {
        while (good && at < end) {
            good = next_step(&at, end, &step);
        }
    }
    if (!good) {
        return error_set(err, ERROR_UNSUPPORTED,
                         "the expression \"%s\" is not supported yet: only a whole text like "
                         "\"${ .name }\" or \"${ .a.b[0] }\" is",
                         show(s).text);
    }
    return true;
}

bool template_check(const json_t *template, struct error *err)
{
    if (json_is_string(template)) {
        return text_check(template, err);
    }
    if (json_is_array(template)) {
        for (size_t i = 0; i < json_array_size(template); i++) {
            if (!template_check(json_array_get(template, i), err)) {
                return false;
            }
        }
    }
    if (json_is_object(template)) {
        void *at = json_object_iter((json_t *)template);
        for (; at != NULL; at = json_object_iter_next((json_t *)template, at)) {
            if (!template_check(json_object_iter_value(at), err)) {
                return false;
            }
        }
    }
    return true;
}

/* One step down. NULL: nothing there (null, as in jq); *ret_type_fits false: jq calls it an error.
 */
static const json_t *descend(const json_t *value, const struct path_step *step, bool *ret_type_fits)
{
    *ret_type_fits = true;
    if (value == NULL || json_is_null(value)) {
        return NULL;
    }
    if (step->name != NULL && json_is_object(value)) {
        return json_object_getn(value, step->name, step->name_bytes);
    }
    if (step->name == NULL && json_is_array(value)) {
        int64_t size = (int64_t)json_array_size(value);
        int64_t index = step->index < 0 ? size + step->index : step->index;
        return index >= 0 && index < size ? json_array_get(value, (size_t)index) : NULL;
    }
    *ret_type_fits = false;
    return NULL;
}

static json_t *text_fill(const json_t *text, const json_t *input, struct error *err)
{
    const char *s = json_string_value(text);
    const json_t *value = input;
    const char *at;
    const char *end;

    if (strstr(s, "${") == NULL) {
        return json_incref((json_t *)text);
    }
    must(expression(s, json_string_length(text), &at, &end));
    for (at = end - at == 1 ? end : at; at < end;) {
        struct path_step step;
        bool fits;
        must(next_step(&at, end, &step));
        value = descend(value, &step, &fits);
        if (!fits) {
            error_set(err, ERROR_INVALID, "\"%s\" goes into a value that has no such parts",
                      show(s).text);
            return NULL;
        }
    }
    return value ? json_incref((json_t *)value) : json_null();
}

static json_t *fill(const json_t *template, const json_t *input, struct error *err)
{
    if (json_is_string(template)) {
        return text_fill(template, input, err);
    }
    if (json_is_array(template)) {
        json_t *array = json_array();
        for (size_t i = 0; array != NULL && i < json_array_size(template); i++) {
            json_t *item = fill(json_array_get(template, i), input, err);
            if (item == NULL || json_array_append_new(array, item) != 0) {
                json_decref(array);
                return NULL;
            }
        }
        return array;
    }
    if (json_is_object(template)) {
        json_t *object = json_object();
        void *at = json_object_iter((json_t *)template);
        for (; at != NULL; at = json_object_iter_next((json_t *)template, at)) {
            json_t *item = fill(json_object_iter_value(at), input, err);
            if (item == NULL ||
                json_object_set_new_nocheck(object, json_object_iter_key(at), item) != 0) {
                json_decref(object);
                return NULL;
            }
        }
        return object;
    }
    return json_incref((json_t *)template);
}

static int count_bytes(const char *text, size_t size, void *arg)
{
    size_t *left = arg;

    (void)text;
    if (size > *left) {
        return -1;
    }
    *left -= size;
    return 0;
}

json_t *template_fill(const json_t *template, const json_t *input, struct error *err)
{
    size_t left = LIMIT_PAYLOAD_BYTES;
    json_t *value = fill(template, input, err);

    if (value == NULL) {
        return NULL;
    }
    if (json_dump_callback(value, count_bytes, &left, JSON_COMPACT | JSON_ENCODE_ANY) != 0) {
        json_decref(value);
        error_set(err, ERROR_TOO_LARGE, "the filled value is larger than %u bytes",
                  LIMIT_PAYLOAD_BYTES);
        return NULL;
    }
    return value;
}

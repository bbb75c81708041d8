/* outline_value.c - values of a definition as JSON, in the words of the language
 *
 * Owns:    how expressions and templates are written, and when two of them are the same.
 * In:      outline_*.c.
 * Out:     members of maps.
 * Always:  what is not there adds nothing, so that a default and nothing are the same.
 * See:     outline.h, expression/program.h
 */
#include "base/must.h"
#include "expression/guard.h"
#include "language/duration.h"
#include "language/outline.h"

#include <stdlib.h>
#include <string.h>

static void put(json_t *fields, const char *word, json_t *value)
{
    must(value != NULL && json_object_set_new_nocheck(fields, word, value) == 0);
}

void member_text(json_t *fields, const char *word, const char *text)
{
    if (text != NULL) {
        put(fields, word, json_string_nocheck(text));
    }
}

void member_number(json_t *fields, const char *word, int64_t number)
{
    put(fields, word, json_integer(number));
}

void member_flag(json_t *fields, const char *word, bool flag)
{
    if (flag) {
        put(fields, word, json_true());
    }
}

void member_json(json_t *fields, const char *word, json_t *json)
{
    if ((json_is_object(json) && json_object_size(json) == 0) ||
        (json_is_array(json) && json_array_size(json) == 0)) {
        json_decref(json);
        return;
    }
    put(fields, word, json);
}

void member_texts(json_t *fields, const char *word, char *const *texts, uint32_t count)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < count; i++) {
        json_array_append_new(list, json_string_nocheck(texts[i]));
    }
    member_json(fields, word, list);
}

static json_t *day_json(civil_day day)
{
    char text[CIVIL_TEXT_MAX];

    civil_print(day, text);
    return json_string(text);
}

void member_day(json_t *fields, const char *word, civil_day day)
{
    put(fields, word, day_json(day));
}

void member_windows(json_t *fields, const char *word, const struct window *windows, uint32_t count)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < count; i++) {
        json_t *window = json_array();
        json_array_append_new(window, day_json(windows[i].from));
        json_array_append_new(window, day_json(windows[i].to));
        json_array_append_new(list, window);
    }
    member_json(fields, word, list);
}

void member_ms(json_t *fields, const char *word, int64_t ms)
{
    char text[DURATION_TEXT_MAX];

    if (ms != 0) {
        duration_print(ms, text);
        member_text(fields, word, text);
    }
}

void member_span(json_t *fields, const char *word, const struct program *program,
                 const struct span *span)
{
    if (span->expression != EXPRESSION_NONE) {
        member_expression(fields, word, program, span->expression);
    } else {
        member_ms(fields, word, span->ms);
    }
}

/* --- expressions -------------------------------------------------------------------------------
 */

static json_t *expression_json(const char *text, size_t size)
{
    struct buffer b = BUFFER_INIT;

    while (size > 0 && strchr(" \t\n", text[0]) != NULL) {
        text++;
        size--;
    }
    while (size > 0 && strchr(" \t\n", text[size - 1]) != NULL) {
        size--;
    }
    buffer_text(&b, "${ ");
    buffer_append(&b, text, size);
    buffer_text(&b, " }");
    json_t *json = json_stringn_nocheck((const char *)b.data, b.size);
    buffer_fini(&b);
    return json;
}

void member_expression(json_t *fields, const char *word, const struct program *program,
                       uint32_t number)
{
    if (number != EXPRESSION_NONE) {
        const char *text = program_text(program, number);
        put(fields, word, expression_json(text, strlen(text)));
    }
}

/* What program_print_template() wrote, read back token by token. */
struct template
{
    const char *text;
    size_t at;
    struct token token; /* the next */
};

static bool next(struct template *t)
{
    return guard_next(t->text, &t->at, &t->token, NULL);
}

static bool sign(const struct template *t, char c)
{
    return t->token.kind == TOKEN_SIGN && t->token.size == 1 && t->text[t->token.offset] == c;
}

static json_t *read_part(struct template *t);

/* The whole text as a template, or else as the expression that it is. */
static json_t *read_text(const char *text, size_t size)
{
    char *copy = xstrndup(text, size);
    struct template t = {.text = copy};
    json_t *json = next(&t) ? read_part(&t) : NULL;

    if (json == NULL || t.token.kind != TOKEN_END) {
        json_decref(json);
        json = expression_json(text, size);
    }
    free(copy);
    return json;
}

/* "( … )" up to its own bracket */
static json_t *read_brackets(struct template *t)
{
    size_t start = t->token.offset + 1;
    int depth = 1;

    while (depth > 0) {
        if (!next(t) || t->token.kind == TOKEN_END) {
            return NULL;
        }
        depth += sign(t, '(') ? 1 : sign(t, ')') ? -1 : 0;
    }
    size_t size = t->token.offset - start;
    return next(t) ? read_text(t->text + start, size) : NULL;
}

/* A number, with its sign, or a text without anything interpolated, or a word. */
static json_t *read_literal(struct template *t)
{
    size_t start = t->token.offset;
    bool minus = sign(t, '-');

    if (minus && !next(t)) {
        return NULL;
    }
    size_t end = t->token.offset + t->token.size;
    bool number = t->token.kind == TOKEN_NUMBER;
    bool other = t->token.kind == TOKEN_STRING || t->token.kind == TOKEN_NAME;
    if (!(number || (other && !minus)) || !next(t)) {
        return NULL;
    }
    return json_loadb(t->text + start, end - start, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
}

static bool read_member(struct template *t, json_t *map)
{
    json_t *key = t->token.kind == TOKEN_STRING ? read_literal(t) : NULL;
    json_t *value = NULL;

    if (json_is_string(key) && sign(t, ':') && next(t)) {
        value = read_part(t);
    }
    if (value != NULL) {
        json_object_set_new_nocheck(map, json_string_value(key), value);
    }
    json_decref(key);
    return value != NULL;
}

static bool read_element(struct template *t, json_t *list)
{
    json_t *value = read_part(t);

    return value != NULL && json_array_append_new(list, value) == 0;
}

static json_t *read_members(struct template *t, bool map)
{
    json_t *json = map ? json_object() : json_array();
    char end = map ? '}' : ']';
    bool good = next(t);

    while (good && !sign(t, end)) {
        good = map ? read_member(t, json) : read_element(t, json);
        good = good && (sign(t, end) || (sign(t, ',') && next(t)));
    }
    if (!good || !next(t)) {
        json_decref(json);
        return NULL;
    }
    return json;
}

/* The depth is that of a document: LIMIT_YAML_DEPTH. */
static json_t *read_part(struct template *t)
{
    if (sign(t, '(')) {
        return read_brackets(t);
    }
    return sign(t, '{') || sign(t, '[') ? read_members(t, sign(t, '{')) : read_literal(t);
}

void member_template(json_t *fields, const char *word, const struct program *program,
                     uint32_t number)
{
    if (number != EXPRESSION_NONE) {
        const char *text = program_text(program, number);
        put(fields, word, read_text(text, strlen(text)));
    }
}

/* --- equality ----------------------------------------------------------------------------------
 */

static bool same_tokens(const char *a, const char *b)
{
    struct token left = {.kind = TOKEN_NAME};
    struct token right;
    size_t at_a = 0;
    size_t at_b = 0;

    while (left.kind != TOKEN_END) {
        if (!guard_next(a, &at_a, &left, NULL) || !guard_next(b, &at_b, &right, NULL) ||
            left.kind != right.kind || left.size != right.size ||
            memcmp(a + left.offset, b + right.offset, left.size) != 0) {
            return false;
        }
    }
    return true;
}

static bool same_expression(const char *a, const char *b)
{
    size_t offset;
    char *left = program_strict_text(a, &offset);
    char *right = program_strict_text(b, &offset);
    bool same = left != NULL && right != NULL && same_tokens(left, right);

    free(left);
    free(right);
    return same;
}

bool values_equal(const json_t *a, const json_t *b)
{
    if (json_is_array(a) && json_is_array(b) && json_array_size(a) == json_array_size(b)) {
        size_t i = 0;
        while (i < json_array_size(a) && values_equal(json_array_get(a, i), json_array_get(b, i))) {
            i++;
        }
        return i == json_array_size(a);
    }
    return json_equal(a, b) || (json_is_string(a) && json_is_string(b) &&
                                same_expression(json_string_value(a), json_string_value(b)));
}

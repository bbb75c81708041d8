/* plain_value.c - what jq 1.6's operators do with values
 *
 * Owns:    `+ - * /`, comparisons, indexes, length, type and text of values, as jq has them; the
 *          measuring of results.
 * In:      called by plain_run.c.
 * Out:     new references; NULL where jq would raise an error or where the answer is not certain.
 * Always:  numbers are doubles, as in jq. Work is bounded: two values built from the same parts
 *          over and over may be small in memory and endless to walk, so walks have a budget.
 * See:     plain.h; the jq 1.6 manual, "Builtin operators"
 */
#include "base/limits.h"
#include "expression/plain.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define WALK_MAX    100000 /* values looked at by one comparison */
#define ITEMS_MAX   100000 /* of a list or map that `+` makes */
#define PRINTED_MAX 1e15   /* below it jq writes a whole number as digits */
#define INTEGER_MAX 1e17   /* below it a whole number is an integer in JSON */
#define ESCAPED_MAX 6u     /* bytes of one byte in JSON text: \u001f */

json_t *plain_number(double number)
{
    if (!isfinite(number) || (signbit(number) != 0 && !(number < 0))) {
        return NULL; /* jq writes -0, and infinity as the largest number */
    }
    if (fabs(number) < INTEGER_MAX && !(floor(number) < number)) {
        return json_integer((json_int_t)number);
    }
    return json_real(number);
}

/* jq's order of kinds. */
static int rank(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_NULL:
        return 1;
    case JSON_FALSE:
        return 2;
    case JSON_TRUE:
        return 3;
    case JSON_INTEGER:
    case JSON_REAL:
        return 4;
    case JSON_STRING:
        return 5;
    case JSON_ARRAY:
        return 6;
    case JSON_OBJECT:
        break;
    }
    return 7;
}

static int order_numbers(double a, double b)
{
    return a < b ? -1 : a > b ? 1 : 0;
}

static int order_texts(const json_t *a, const json_t *b)
{
    size_t a_size = json_string_length(a);
    size_t b_size = json_string_length(b);
    int order =
        memcmp(json_string_value(a), json_string_value(b), a_size < b_size ? a_size : b_size);

    return order != 0 ? order : a_size < b_size ? -1 : a_size > b_size ? 1 : 0;
}

static bool same(const json_t *a, const json_t *b, int *budget);

static bool same_lists(const json_t *a, const json_t *b, int *budget)
{
    bool equal = json_array_size(a) == json_array_size(b);

    for (size_t i = 0; equal && i < json_array_size(a); i++) {
        equal = same(json_array_get(a, i), json_array_get(b, i), budget);
    }
    return equal;
}

static bool same_maps(const json_t *a, const json_t *b, int *budget)
{
    bool equal = json_object_size(a) == json_object_size(b);
    void *at = json_object_iter((json_t *)a);

    for (; equal && at != NULL; at = json_object_iter_next((json_t *)a, at)) {
        const json_t *other = json_object_get(b, json_object_iter_key(at));
        equal = other != NULL && same(json_object_iter_value(at), other, budget);
    }
    return equal;
}

/* Worth nothing when the budget is used up. */
static bool same(const json_t *a, const json_t *b, int *budget)
{
    if (--*budget < 0 || rank(a) != rank(b)) {
        return false;
    }
    switch (json_typeof(a)) {
    case JSON_INTEGER:
    case JSON_REAL:
        return order_numbers(json_number_value(a), json_number_value(b)) == 0;
    case JSON_STRING:
        return order_texts(a, b) == 0;
    case JSON_ARRAY:
        return same_lists(a, b, budget);
    case JSON_OBJECT:
        return same_maps(a, b, budget);
    default:
        return true;
    }
}

static bool holds(enum plain_kind kind, int order)
{
    switch (kind) {
    case PLAIN_LESS:
        return order < 0;
    case PLAIN_LESS_OR_EQUAL:
        return order <= 0;
    case PLAIN_GREATER:
        return order > 0;
    default:
        return order >= 0;
    }
}

json_t *plain_compare(enum plain_kind kind, const json_t *a, const json_t *b)
{
    int order = rank(a) - rank(b);

    if (kind == PLAIN_EQUAL || kind == PLAIN_UNEQUAL) {
        int budget = WALK_MAX;
        bool equal = same(a, b, &budget);
        return budget < 0 ? NULL : json_boolean(equal == (kind == PLAIN_EQUAL));
    }
    if (order == 0 && json_is_number(a)) {
        order = order_numbers(json_number_value(a), json_number_value(b));
    } else if (order == 0 && json_is_string(a)) {
        order = order_texts(a, b);
    } else if (order == 0 && (json_is_array(a) || json_is_object(a))) {
        return NULL;
    }
    return json_boolean(holds(kind, order));
}

json_t *plain_arithmetic(enum plain_kind kind, const json_t *a, const json_t *b)
{
    double left = json_number_value(a);
    double right = json_number_value(b);

    if (!json_is_number(a) || !json_is_number(b)) {
        return NULL;
    }
    switch (kind) {
    case PLAIN_ADD:
        return plain_number(left + right);
    case PLAIN_SUBTRACT:
        return plain_number(left - right);
    case PLAIN_MULTIPLY:
        return plain_number(left * right);
    default: /* by zero: neither number below is finite */
        return plain_number(left / right);
    }
}

static json_t *add_texts(const json_t *a, const json_t *b)
{
    struct buffer both = BUFFER_INIT;
    json_t *text = NULL;

    if (json_string_length(a) + json_string_length(b) <= LIMIT_PAYLOAD_BYTES) {
        buffer_append(&both, json_string_value(a), json_string_length(a));
        buffer_append(&both, json_string_value(b), json_string_length(b));
        text = json_stringn_nocheck((const char *)both.data, both.size);
        buffer_fini(&both);
    }
    return text;
}

static json_t *add_lists(const json_t *a, const json_t *b)
{
    if (json_array_size(a) + json_array_size(b) > ITEMS_MAX) {
        return NULL;
    }
    json_t *list = json_copy((json_t *)a);
    json_array_extend(list, (json_t *)b);
    return list;
}

static json_t *add_maps(const json_t *a, const json_t *b)
{
    if (json_object_size(a) + json_object_size(b) > ITEMS_MAX) {
        return NULL;
    }
    json_t *map = json_copy((json_t *)a);
    json_object_update(map, (json_t *)b);
    return map;
}

json_t *plain_add(const json_t *a, const json_t *b)
{
    if (json_is_null(a)) {
        return json_incref((json_t *)b);
    }
    if (json_is_null(b)) {
        return json_incref((json_t *)a);
    }
    if (rank(a) != rank(b)) {
        return NULL;
    }
    switch (json_typeof(a)) {
    case JSON_STRING:
        return add_texts(a, b);
    case JSON_ARRAY:
        return add_lists(a, b);
    case JSON_OBJECT:
        return add_maps(a, b);
    default:
        return plain_arithmetic(PLAIN_ADD, a, b);
    }
}

json_t *plain_index(const json_t *value, const json_t *key)
{
    const json_t *found = NULL;

    if (json_is_object(value) && json_is_string(key)) {
        found = json_object_getn(value, json_string_value(key), json_string_length(key));
    } else if (json_is_array(value) && json_is_number(key)) {
        double size = (double)json_array_size(value);
        double at = json_number_value(key);
        at += at < 0 ? size : 0;
        if (at >= 0 && at < size && !(floor(at) < at)) {
            found = json_array_get(value, (size_t)at);
        }
    } else if (!json_is_null(value) || !(json_is_string(key) || json_is_number(key))) {
        return NULL;
    }
    return found != NULL ? json_incref((json_t *)found) : json_null();
}

static size_t count_characters(const json_t *text)
{
    const char *bytes = json_string_value(text);
    size_t count = 0;

    for (size_t i = 0; i < json_string_length(text); i++) {
        count += ((unsigned char)bytes[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
}

json_t *plain_length(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_NULL:
        return json_integer(0);
    case JSON_STRING:
        return json_integer((json_int_t)count_characters(value));
    case JSON_ARRAY:
        return json_integer((json_int_t)json_array_size(value));
    case JSON_OBJECT:
        return json_integer((json_int_t)json_object_size(value));
    case JSON_INTEGER:
    case JSON_REAL:
        return plain_number(fabs(json_number_value(value)));
    default:
        return NULL;
    }
}

json_t *plain_type(const json_t *value)
{
    static const char *const NAMES[] = {"",       "null",   "boolean", "boolean",
                                        "number", "string", "array",   "object"};

    return json_string(NAMES[rank(value)]);
}

bool plain_true(const json_t *value)
{
    return !json_is_false(value) && !json_is_null(value);
}

bool plain_print(const json_t *value, struct buffer *out)
{
    char digits[32];
    double number = json_number_value(value);

    if (out->size + json_string_length(value) > LIMIT_PAYLOAD_BYTES) {
        return false;
    }
    switch (json_typeof(value)) {
    case JSON_STRING:
        buffer_append(out, json_string_value(value), json_string_length(value));
        return true;
    case JSON_NULL:
        buffer_text(out, "null");
        return true;
    case JSON_TRUE:
    case JSON_FALSE:
        buffer_text(out, json_is_true(value) ? "true" : "false");
        return true;
    case JSON_INTEGER:
    case JSON_REAL:
        if (fabs(number) < PRINTED_MAX && !(floor(number) < number) &&
            (number < 0 || signbit(number) == 0)) {
            snprintf(digits, sizeof digits, "%.0f", number);
            buffer_text(out, digits);
            return true;
        }
        return false;
    default:
        return false;
    }
}

/* What a value takes as text: at least and at most. */
struct extent {
    size_t least;
    size_t most;
};

/* false as soon as it is too large or too deep for sure. */
static bool measure(const json_t *value, unsigned depth, struct extent *extent)
{
    size_t size = json_string_length(value);

    if (depth == 0 && (json_is_array(value) || json_is_object(value))) {
        return false;
    }
    extent->least += size + 1;
    extent->most += json_is_string(value) ? size * ESCAPED_MAX + 3 : 32;
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!measure(json_array_get(value, i), depth - 1, extent)) {
            return false;
        }
    }
    void *at = json_object_iter((json_t *)value);
    for (; at != NULL; at = json_object_iter_next((json_t *)value, at)) {
        extent->least += strlen(json_object_iter_key(at)) + 3;
        extent->most += strlen(json_object_iter_key(at)) * ESCAPED_MAX + 4;
        if (!measure(json_object_iter_value(at), depth - 1, extent)) {
            return false;
        }
    }
    return extent->least <= LIMIT_PAYLOAD_BYTES;
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

bool plain_fits(const json_t *value)
{
    struct extent extent = {0};
    size_t left = LIMIT_PAYLOAD_BYTES;

    if (!measure(value, LIMIT_JSON_DEPTH, &extent)) {
        return false;
    }
    return extent.most <= LIMIT_PAYLOAD_BYTES ||
           json_dump_callback(value, count_bytes, &left, JSON_COMPACT | JSON_ENCODE_ANY) == 0;
}

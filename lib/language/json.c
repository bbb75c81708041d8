/* json.c - a node of a document as JSON: `with:`, `set:`, and what is in them
 *
 * Owns:    the reading of plain texts by YAML's core schema: null, true, 12, 1.5, else a text.
 * In:      node_json() from the readers.
 * Out:     a JSON value (yours), or a problem with its place.
 * Always:  depth and size are those of the tree, which were limited when it was read.
 * See:     YAML 1.2 §10.3
 */
#include "language/fields.h"

#include <stdlib.h>
#include <string.h>

/* The parts of a decimal number; pointers into its text. */
struct decimal {
    bool negative;
    struct bytes whole;
    struct bytes fraction;
    struct bytes exponent; /* with its sign, without the e */
};

static struct bytes take_digits(const char **at)
{
    const char *start = *at;

    *at += strspn(start, "0123456789");
    return (struct bytes){start, (size_t)(*at - start)};
}

static bool decimal_parse(const char *text, struct decimal *ret_decimal)
{
    struct decimal d = {.negative = text[0] == '-'};
    const char *at = text + (text[0] == '-' || text[0] == '+' ? 1 : 0);

    d.whole = take_digits(&at);
    if (*at == '.') {
        at++;
        d.fraction = take_digits(&at);
    }
    if (d.whole.size + d.fraction.size == 0) {
        return false;
    }
    if (*at == 'e' || *at == 'E') {
        const char *start = ++at;
        at += *at == '-' || *at == '+' ? 1 : 0;
        if (take_digits(&at).size == 0) {
            return false;
        }
        d.exponent = (struct bytes){start, (size_t)(at - start)};
    }
    *ret_decimal = d;
    return *at == '\0';
}

/* By way of JSON text: YAML allows "+7", "007", ".5" and "5.", JSON does not. jansson reads the
 * number whatever the locale's decimal point is. NULL when it does not fit. */
static json_t *decimal_json(const struct decimal *d)
{
    struct buffer b = BUFFER_INIT;
    struct bytes whole = d->whole;

    while (whole.size > 0 && *(const char *)whole.data == '0') {
        whole.data = (const char *)whole.data + 1;
        whole.size--;
    }
    buffer_text(&b, d->negative ? "-" : "");
    buffer_append(&b, whole.size ? whole.data : "0", whole.size ? whole.size : 1);
    if (d->fraction.size > 0) {
        buffer_text(&b, ".");
        buffer_append(&b, d->fraction.data, d->fraction.size);
    }
    if (d->exponent.size > 0) {
        buffer_text(&b, "e");
        buffer_append(&b, d->exponent.data, d->exponent.size);
    }
    json_t *json = json_loadb((const char *)b.data, b.size, JSON_DECODE_ANY, NULL);
    buffer_fini(&b);
    return json;
}

/* Numbers that are right in YAML and have no place in JSON, or that people rarely mean. */
static bool odd_number(const char *text)
{
    const char *at = text + (text[0] == '-' || text[0] == '+' ? 1 : 0);

    return strcmp(at, ".inf") == 0 || strcmp(at, ".nan") == 0 ||
           (at[0] == '0' && at[1] == 'x' && at[2] != '\0' &&
            at[2 + strspn(at + 2, "0123456789abcdefABCDEF")] == '\0') ||
           (at[0] == '0' && at[1] == 'o' && at[2] != '\0' &&
            at[2 + strspn(at + 2, "01234567")] == '\0');
}

static bool plain_json(const struct reader *reader, const struct node *node, json_t **ret_json)
{
    struct decimal d;

    if (node_is_null(node)) {
        *ret_json = json_null();
        return true;
    }
    if (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0) {
        *ret_json = json_boolean(node->text[0] == 't');
        return true;
    }
    if (odd_number(node->text)) {
        return refuse(reader, node, ERROR_UNSUPPORTED,
                      "the number %s is not supported: write it in decimal, or in quotes as a text",
                      show(node->text).text);
    }
    if (decimal_parse(node->text, &d)) {
        *ret_json = decimal_json(&d);
        return *ret_json != NULL ||
               refuse(reader, node, ERROR_INVALID, "the number %s is too large: write it in quotes",
                      show(node->text).text);
    }
    *ret_json = json_string_nocheck(node->text);
    return true;
}

static bool text_json(const struct reader *reader, const struct node *node, json_t **ret_json)
{
    if (node->plain && !node_is_template(node)) {
        return plain_json(reader, node, ret_json);
    }
    *ret_json = json_string_nocheck(node->text);
    return true;
}

bool node_json(const struct reader *reader, const struct node *node, json_t **ret_json)
{
    if (node->kind == NODE_TEXT) {
        return text_json(reader, node, ret_json);
    }
    bool map = node->kind == NODE_MAP;
    json_t *json = map ? json_object() : json_array();
    for (uint32_t i = 0; i < node->count; i++) {
        json_t *item;
        if (!node_json(reader, node->items[map ? 2 * (size_t)i + 1 : i], &item)) {
            json_decref(json);
            return false;
        }
        if (map) {
            json_object_set_new_nocheck(json, node->items[2 * (size_t)i]->text, item);
        } else {
            json_array_append_new(json, item);
        }
    }
    *ret_json = json;
    return true;
}

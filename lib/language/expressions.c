/* expressions.c - the expressions of a document: from nodes into a program
 *
 * Owns:    which texts are expressions: strict, loose, and the loose mode of a workflow.
 * In:      the readers of workflows, routes and indicators.
 * Out:     numbers of entries; what the guard has against a text, at its line and column.
 * Always:  pieces of a value that is refused do not stay for the next entry.
 * See:     expressions.h; DSL 1.0.3 "Runtime Expressions"
 */
#include "language/expressions.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

/* What the guard says of a piece, under its word. offset: of the piece in its node. */
static bool refuse_piece(const struct expressions *e, const struct node *node, size_t offset,
                         const char *piece, size_t at, const struct error *err)
{
    static const char unsupported[] = "$authorization";

    if (strncmp(piece + at, unsupported, strlen(unsupported)) == 0 ||
        (at > 0 && strncmp(piece + at - 1, unsupported, strlen(unsupported)) == 0)) {
        return refuse_in(e->reader, node, offset + at, ERROR_UNSUPPORTED,
                         "the variable $authorization is not supported");
    }
    if (node->straight || strchr(node->text, '\n') == NULL) {
        return refuse_in(e->reader, node, offset + at, err->code, "%s", err->text);
    }
    return refuse(e->reader, node, err->code, "%s", err->text);
}

static bool add_piece(const struct expressions *e, const struct node *node, const char *piece,
                      size_t offset, const char *const *variables)
{
    struct piece_place place = {node->line, node_column(node, offset), node->straight};
    struct error err = ERROR_INIT;
    size_t at = 0;

    return program_add_piece(e->program, piece, place, variables, &at, &err) ||
           refuse_piece(e, node, offset, piece, at, &err);
}

bool expression_read(const struct expressions *e, const struct node *node,
                     const char *const *variables, uint32_t *ret_number)
{
    size_t offset = 0;

    if (node->kind != NODE_TEXT) {
        return refuse(e->reader, node, ERROR_INVALID, "an expression is expected here");
    }
    if (node->text[strspn(node->text, " \t\n")] == '\0') {
        return refuse(e->reader, node, ERROR_INVALID,
                      "an expression is expected here, and it is empty");
    }
    char *strict = program_strict_text(node->text, &offset);
    bool good = add_piece(e, node, strict ? strict : node->text, strict ? offset : 0, variables);
    free(strict);
    if (good) {
        *ret_number = program_add_entry(e->program, NULL);
    }
    return good;
}

/* --- templates ------------------------------------------------------------------------------- */

static bool refuse_mixed(const struct expressions *e, const struct node *node)
{
    size_t offset = (size_t)(strstr(node->text, "${") - node->text);

    return refuse_in(e->reader, node, offset, ERROR_INVALID,
                     "${ } has to be around the whole text: write ${ \"… \\(.x) …\" }");
}

static bool read_strict(const struct expressions *e, const struct node *node,
                        const char *const *variables)
{
    size_t offset = 0;
    char *piece = program_strict_text(node->text, &offset);
    bool good;

    if (piece == NULL) {
        return refuse_mixed(e, node);
    }
    if (strstr(piece, "${") != NULL) { /* ${ .a } and ${ .b }, unless it stands in a string of jq */
        struct error err = ERROR_INIT;
        struct piece_place place = {node->line, node_column(node, offset), node->straight};
        size_t at;
        good = program_add_piece(e->program, piece, place, variables, &at, &err) ||
               refuse_mixed(e, node);
    } else {
        good = add_piece(e, node, piece, offset, variables);
    }
    free(piece);
    return good;
}

/* In the loose mode "any value provided" is evaluated, and is itself when that fails. A text that
 * begins as a path or a variable is taken for jq; that a word is the name of a function of jq
 * ("first", "not") is no sign that it was meant. */
static bool looks_like_jq(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";

    return (text[0] == '.' && (text[1] == '\0' || strchr(letters, text[1]) != NULL ||
                               strchr("[\" |", text[1]) != NULL)) ||
           (text[0] == '$' && text[1] != '\0' && strchr(letters, text[1]) != NULL);
}

/* The guard decides whether it can be jq at all; a text that can't is a text. */
static bool read_loose(const struct expressions *e, const struct node *node,
                       const char *const *variables)
{
    struct piece_place place = {node->line, node_column(node, 0), node->straight};
    struct error err = ERROR_INIT;
    size_t at;

    return program_add_piece(e->program, node->text, place, variables, &at, &err);
}

/* `try` gives the text itself when the expression fails. */
static json_t *loose_json(const char *text)
{
    struct buffer b = BUFFER_INIT;
    json_t *literal = json_string_nocheck(text);
    char *quoted = json_dumps(literal, JSON_ENCODE_ANY);

    must(quoted != NULL);
    buffer_text(&b, "${ try (");
    buffer_text(&b, text);
    buffer_text(&b, ") catch ");
    buffer_text(&b, quoted);
    buffer_text(&b, " }");
    json_t *json = json_stringn_nocheck((const char *)b.data, b.size);
    buffer_fini(&b);
    free(quoted);
    json_decref(literal);
    return json;
}

static bool template_text(const struct expressions *e, const struct node *node,
                          const char *const *variables, json_t **ret_json)
{
    if (!node_is_template(node)) {
        if (e->loose && looks_like_jq(node->text) && read_loose(e, node, variables)) {
            *ret_json = loose_json(node->text);
            return true;
        }
        return node_json(e->reader, node, ret_json);
    }
    if (!read_strict(e, node, variables)) {
        return false;
    }
    *ret_json = json_string_nocheck(node->text);
    return true;
}

static bool template_value(const struct expressions *e, const struct node *node,
                           const char *const *variables, json_t **ret_json)
{
    if (node->kind == NODE_TEXT) {
        return template_text(e, node, variables, ret_json);
    }
    bool map = node->kind == NODE_MAP;
    json_t *json = map ? json_object() : json_array();
    bool good = true;
    for (uint32_t i = 0; i < node->count; i++) {
        json_t *item = NULL;
        if (!template_value(e, node->items[map ? 2 * (size_t)i + 1 : i], variables, &item)) {
            good = false;
        } else if (map) {
            json_object_set_new_nocheck(json, node->items[2 * (size_t)i]->text, item);
        } else {
            json_array_append_new(json, item);
        }
    }
    if (!good) {
        json_decref(json);
        return false;
    }
    *ret_json = json;
    return true;
}

bool expression_template_json(const struct expressions *e, const struct node *node,
                              const char *const *variables, json_t **ret_json)
{
    if (template_value(e, node, variables, ret_json)) {
        return true;
    }
    program_add_entry(e->program, "null"); /* so that no piece stays for the next */
    return false;
}

void expression_add_piece(const struct expressions *e, const char *text, const struct node *at)
{
    static const char *const none[] = {NULL};
    struct piece_place place = {at->line, at->column, false};
    struct error err;
    size_t offset;

    must(program_add_piece(e->program, text, place, none, &offset, &err));
}

uint32_t expression_add_template(const struct expressions *e, json_t *json)
{
    struct buffer b = BUFFER_INIT;

    program_print_template(json, &b);
    buffer_append(&b, "", 1);
    uint32_t number = program_add_entry(e->program, (const char *)b.data);
    buffer_fini(&b);
    json_decref(json);
    return number;
}

bool expression_read_template(const struct expressions *e, const struct node *node,
                              const char *const *variables, uint32_t *ret_number)
{
    json_t *json;

    if (node_is_template(node)) {
        if (!read_strict(e, node, variables)) {
            return false;
        }
        *ret_number = program_add_entry(e->program, NULL);
        return true;
    }
    if (!expression_template_json(e, node, variables, &json)) {
        return false;
    }
    *ret_number = expression_add_template(e, json);
    return true;
}

uint32_t expression_add_constant(const struct expressions *e, json_t *json)
{
    char *text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);

    must(text != NULL);
    uint32_t number = program_add_entry(e->program, text);
    free(text);
    json_decref(json);
    return number;
}

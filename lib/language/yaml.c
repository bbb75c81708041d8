/* yaml.c - YAML text -> a tree of nodes; the one file that includes yaml.h
 *
 * Owns:    the use of libyaml, and the limits on what a document may make of our memory.
 * In:      tree_parse() from document.c.
 * Out:     a tree in an arena, or the first trouble with its place.
 * Always:  depth, nodes and bytes are counted with aliases followed, before memory is taken for
 *          them; aliases share nodes, so an alias bomb costs nothing. Events are read one by one:
 *          nothing beyond the first refused one is looked at.
 * See:     tree.h; YAML 1.2
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/tree.h"
#include "language/yaml_words.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* Looking up an alias is a walk over the anchors; people write a handful. */
#define ANCHORS_MAX 1000u

/* A list or map that is not finished. */
struct open_node {
    struct node *node;
    struct node **items; /* heap; kept for the next node at this depth */
    size_t count;
    size_t capacity;
    char *anchor; /* in the arena, or NULL */
};

struct anchor {
    const char *name;
    struct node *node; /* NULL while it is open */
};

struct loader {
    yaml_parser_t parser;
    const char *file;
    struct error *err;
    struct arena arena;
    struct node *root;
    uint64_t nodes; /* so far, aliases followed */
    uint64_t bytes;
    struct open_node open[LIMIT_YAML_DEPTH];
    uint32_t depth;
    struct anchor anchors[ANCHORS_MAX];
    uint32_t anchor_count;
};

static bool refuse_at(struct loader *l, const yaml_mark_t *mark, enum error_code code,
                      const char *text)
{
    return error_set_at(l->err, code, l->file, (int)mark->line + 1, (int)mark->column + 1, "%s",
                        error_word(text));
}

/* What libyaml says, in a sentence of ours. */
static bool refuse_syntax(struct loader *l)
{
    const yaml_parser_t *p = &l->parser;
    const char *problem = p->problem ? p->problem : "unknown trouble";

    must(p->error != YAML_MEMORY_ERROR);
    if (p->error == YAML_READER_ERROR) {
        return error_set_at(l->err, ERROR_SYNTAX, l->file, 0, 0, "not a YAML text: %s",
                            yaml_word(problem));
    }
    int line = (int)p->problem_mark.line + 1;
    int column = (int)p->problem_mark.column + 1;
    if (p->context == NULL) {
        return error_set_at(l->err, ERROR_SYNTAX, l->file, line, column, "not well-formed YAML: %s",
                            yaml_word(problem));
    }
    return error_set_at(l->err, ERROR_SYNTAX, l->file, line, column,
                        "not well-formed YAML: %s (%s that begins at line %d)", yaml_word(problem),
                        yaml_word(p->context), (int)p->context_mark.line + 1);
}

/* Count before anything is kept. Keys are not counted as values. */
static bool charge(struct loader *l, const yaml_mark_t *mark, uint64_t nodes, uint64_t bytes)
{
    int line = (int)mark->line + 1;
    int column = (int)mark->column + 1;

    l->nodes += nodes;
    l->bytes += bytes;
    if (l->nodes > LIMIT_YAML_NODES) {
        return error_set_at(l->err, ERROR_TOO_LARGE, l->file, line, column,
                            "the document has more than %u values (aliases followed)",
                            LIMIT_YAML_NODES);
    }
    if (l->bytes > LIMIT_DOCUMENT_BYTES) {
        return error_set_at(l->err, ERROR_TOO_LARGE, l->file, line, column,
                            "the texts of the document are longer than %u bytes (aliases followed)",
                            LIMIT_DOCUMENT_BYTES);
    }
    return true;
}

static bool expects_key(const struct loader *l)
{
    if (l->depth == 0) {
        return false;
    }
    const struct open_node *open = &l->open[l->depth - 1];
    return open->node->kind == NODE_MAP && open->count % 2 == 0;
}

/* Put a finished node where it belongs: into the innermost open one, or at the root. */
static bool place(struct loader *l, const yaml_mark_t *mark, struct node *node)
{
    if (l->depth == 0) {
        l->root = node;
        return true;
    }
    if (expects_key(l) && node->kind != NODE_TEXT) {
        return refuse_at(l, mark, ERROR_INVALID, "a key must be a text, not a list or a map");
    }
    if (expects_key(l) && node->plain && strcmp(node->text, "<<") == 0) {
        return refuse_at(l, mark, ERROR_UNSUPPORTED, "merge keys (<<) are not supported");
    }
    struct open_node *open = &l->open[l->depth - 1];
    if (open->count == open->capacity) {
        open->capacity = open->capacity ? open->capacity * 2 : 16;
        open->items = xrealloc(open->items, open->capacity * sizeof(struct node *));
    }
    open->items[open->count++] = node;
    return true;
}

static struct node *new_node(struct loader *l, const yaml_event_t *event, enum node_kind kind)
{
    struct node *node = arena_alloc(&l->arena, sizeof *node);

    node->kind = kind;
    node->line = (int)event->start_mark.line + 1;
    node->column = (int)event->start_mark.column + 1;
    node->total_nodes = 1;
    return node;
}

static bool add_anchor(struct loader *l, const yaml_mark_t *mark, const unsigned char *name,
                       struct node *node)
{
    if (name == NULL) {
        return true;
    }
    if (l->anchor_count == ANCHORS_MAX) {
        return refuse_at(l, mark, ERROR_TOO_LARGE, "the document has more than 1000 anchors");
    }
    char *copy = arena_text(&l->arena, bytes_of((const char *)name));
    l->anchors[l->anchor_count++] = (struct anchor){copy, node};
    return true;
}

static bool no_tag(struct loader *l, const yaml_event_t *event, const unsigned char *tag)
{
    if (tag == NULL || strcmp((const char *)tag, "!") == 0) {
        return true;
    }
    return refuse_at(l, &event->start_mark, ERROR_UNSUPPORTED, "tags (!…) are not supported");
}

/* Quotes around it and nothing else: no escapes, no line folded into another. */
static bool stands_straight(const yaml_event_t *event)
{
    yaml_scalar_style_t style = event->data.scalar.style;
    bool quoted =
        style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    size_t characters = quoted ? 2 : 0;

    for (size_t i = 0; i < event->data.scalar.length; i++) {
        characters += (event->data.scalar.value[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return (quoted || style == YAML_PLAIN_SCALAR_STYLE) &&
           event->start_mark.line == event->end_mark.line &&
           event->end_mark.column - event->start_mark.column == characters;
}

static bool on_scalar(struct loader *l, const yaml_event_t *event)
{
    struct bytes value = {event->data.scalar.value, event->data.scalar.length};
    struct node *node = new_node(l, event, NODE_TEXT);

    if (!no_tag(l, event, event->data.scalar.tag) ||
        !charge(l, &event->start_mark, expects_key(l) ? 0 : 1, value.size)) {
        return false;
    }
    if (memchr(value.data, '\0', value.size) != NULL) {
        return refuse_at(l, &event->start_mark, ERROR_INVALID,
                         "a text must not hold the character NUL");
    }
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->straight = stands_straight(event);
    node->text = arena_text(&l->arena, value);
    node->total_bytes = value.size;
    return add_anchor(l, &event->start_mark, event->data.scalar.anchor, node) &&
           place(l, &event->start_mark, node);
}

static bool refuse_deep(struct loader *l, const yaml_event_t *event)
{
    return error_set_at(l->err, ERROR_TOO_LARGE, l->file, (int)event->start_mark.line + 1,
                        (int)event->start_mark.column + 1,
                        "lists and maps are nested deeper than %u levels", LIMIT_YAML_DEPTH);
}

static bool on_start(struct loader *l, const yaml_event_t *event, enum node_kind kind,
                     const unsigned char *anchor, const unsigned char *tag)
{
    if (!no_tag(l, event, tag) || !charge(l, &event->start_mark, 1, 0)) {
        return false;
    }
    if (l->depth == LIMIT_YAML_DEPTH) {
        return refuse_deep(l, event);
    }
    struct open_node *open = &l->open[l->depth];
    open->node = new_node(l, event, kind);
    open->count = 0;
    open->anchor = anchor ? arena_text(&l->arena, bytes_of((const char *)anchor)) : NULL;
    l->depth++;
    return true;
}

static bool on_end(struct loader *l, const yaml_event_t *event)
{
    struct open_node *open = &l->open[l->depth - 1];
    struct node *node = open->node;
    size_t step = node->kind == NODE_MAP ? 2 : 1;

    node->count = (uint32_t)(open->count / step);
    node->items = arena_alloc(&l->arena, (open->count + 1) * sizeof(struct node *));
    for (size_t i = 0; i < open->count; i++) {
        struct node *item = open->items[i];
        bool is_key = step == 2 && i % 2 == 0;
        node->items[i] = item;
        node->total_nodes += is_key ? 0 : item->total_nodes;
        node->total_bytes += item->total_bytes;
        node->height = item->height > node->height ? item->height : node->height;
    }
    node->height++;
    if (node->kind == NODE_MAP && !tree_keys_unique(l->file, node, l->err)) {
        return false;
    }
    l->depth--;
    return add_anchor(l, &event->start_mark, (const unsigned char *)open->anchor, node) &&
           place(l, &event->start_mark, node);
}

static struct node *find_anchor(const struct loader *l, const char *name)
{
    for (uint32_t i = l->anchor_count; i > 0; i--) {
        if (strcmp(l->anchors[i - 1].name, name) == 0) {
            return l->anchors[i - 1].node;
        }
    }
    return NULL;
}

static bool on_alias(struct loader *l, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;

    for (uint32_t i = 0; i < l->depth; i++) {
        if (l->open[i].anchor != NULL && strcmp(l->open[i].anchor, name) == 0) {
            return refuse_at(l, &event->start_mark, ERROR_INVALID,
                             "this alias stands inside the value that it names");
        }
    }
    struct node *node = find_anchor(l, name);
    if (node == NULL) {
        return refuse_at(l, &event->start_mark, ERROR_INVALID,
                         "this alias names no anchor above it");
    }
    if (l->depth + node->height > LIMIT_YAML_DEPTH) {
        return refuse_deep(l, event);
    }
    return charge(l, &event->start_mark, expects_key(l) ? 0 : node->total_nodes,
                  node->total_bytes) &&
           place(l, &event->start_mark, node);
}

static bool on_event(struct loader *l, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return on_scalar(l, event);
    case YAML_SEQUENCE_START_EVENT:
        return on_start(l, event, NODE_LIST, event->data.sequence_start.anchor,
                        event->data.sequence_start.tag);
    case YAML_MAPPING_START_EVENT:
        return on_start(l, event, NODE_MAP, event->data.mapping_start.anchor,
                        event->data.mapping_start.tag);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return on_end(l, event);
    case YAML_ALIAS_EVENT:
        return on_alias(l, event);
    case YAML_DOCUMENT_START_EVENT:
        if (l->root != NULL) {
            return refuse_at(l, &event->start_mark, ERROR_INVALID,
                             "a second document begins here: a file holds one");
        }
        return true;
    default:
        return true;
    }
}

static bool run(struct loader *l)
{
    bool more = true;

    while (more) {
        yaml_event_t event;
        if (!yaml_parser_parse(&l->parser, &event)) {
            return refuse_syntax(l);
        }
        more = event.type != YAML_STREAM_END_EVENT;
        bool good = on_event(l, &event);
        yaml_event_delete(&event);
        if (!good) {
            return false;
        }
    }
    if (l->root == NULL) {
        return error_set_at(l->err, ERROR_SYNTAX, l->file, 1, 1, "the document is empty");
    }
    return true;
}

static bool text_check(const char *file, struct bytes text, struct error *err)
{
    if (text.size > LIMIT_DOCUMENT_BYTES) {
        return error_set_at(err, ERROR_TOO_LARGE, file, 0, 0,
                            "the document has %zu bytes; the limit is %u", text.size,
                            LIMIT_DOCUMENT_BYTES);
    }
    return encoding_check(file, text, err);
}

bool tree_parse(const char *file, struct bytes text, struct tree *ret_tree, struct error *err)
{
    if (!text_check(file, text, err)) {
        return false;
    }
    struct loader *l = xcalloc(1, sizeof *l);
    l->file = file;
    l->err = err;
    must(yaml_parser_initialize(&l->parser));
    yaml_parser_set_encoding(&l->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&l->parser, text.size ? text.data : (const unsigned char *)"",
                                 text.size);
    bool good = run(l);
    yaml_parser_delete(&l->parser);
    for (uint32_t i = 0; i < LIMIT_YAML_DEPTH; i++) {
        free(l->open[i].items);
    }
    if (good) {
        *ret_tree = (struct tree){l->arena, l->root};
    } else {
        arena_fini(&l->arena);
    }
    free(l);
    return good;
}

void tree_fini(struct tree *tree)
{
    arena_fini(&tree->arena);
    tree->root = NULL;
}

/* tree.h - a YAML document as a tree of nodes, each with its place
 *
 * For lib/language and the configuration file of the engine. A tree lives in one arena; nodes are
 * borrowed from it. A node that an alias names is shared, not copied. Texts are valid UTF-8 without
 * the character NUL.
 */
#ifndef LANGUAGE_TREE_H
#define LANGUAGE_TREE_H

#include "base/arena.h"
#include "base/error.h"

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    bool plain;          /* TEXT without quotes: may mean a number, true, null */
    bool straight;       /* TEXT that stands in one line character by character as it is */
    int line;            /* 1-based; a node behind an alias stands where its anchor is */
    int column;          /* 1-based, in characters */
    char *text;          /* TEXT */
    uint32_t count;      /* LIST: items; MAP: pairs */
    struct node **items; /* LIST: items; MAP: key, value, key, value, … in the document's order */
    /* with aliases followed, for the limits: */
    uint32_t height;      /* levels of lists and maps below and including this one */
    uint64_t total_nodes; /* keys are not counted */
    uint64_t total_bytes; /* of texts */
};

struct tree {
    struct arena arena;
    const struct node *root;
};

/* One document of at most LIMIT_DOCUMENT_BYTES. ERROR_SYNTAX, ERROR_TOO_LARGE, ERROR_INVALID (a key
 * twice, a key that is no text), ERROR_UNSUPPORTED (tags, merge keys), with the place. */
bool tree_parse(const char *file, struct bytes text, struct tree *ret_tree, struct error *err);
void tree_fini(struct tree *tree);

/* Is each key of this map there once? ERROR_INVALID with the place of the second. */
bool tree_keys_unique(const char *file, const struct node *map, struct error *err);

/* Is the text UTF-8, of characters that YAML allows? ERROR_SYNTAX with the place. */
bool encoding_check(const char *file, struct bytes text, struct error *err);

/* The column of a byte of a text; the text's own when it does not stand straight. */
int node_column(const struct node *text, size_t offset);

/* The value under this key of a map, or NULL. */
const struct node *node_find(const struct node *map, const char *key);
/* The key itself, for its place, or NULL. */
const struct node *node_find_key(const struct node *map, const char *key);

#endif

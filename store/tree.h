/* tree.h - an ordered map of bytes whose copies cost nothing
 *
 * tree_share() gives a second tree with the same content at once; what either changes later the
 * other does not see. The two may then live in different threads. That is all a snapshot needs.
 *
 * Bytes given out are borrowed: valid until this tree is changed or finished.
 */
#ifndef STORE_TREE_H
#define STORE_TREE_H

#include "base/buffer.h"

struct tree_node;

struct tree {
    struct tree_node *root;
    uint64_t count; /* of keys */
};

#define TREE_INIT ((struct tree){0})

/* The new tree is yours to finish. The caller sees to it that nobody changes *tree meanwhile. */
struct tree tree_share(const struct tree *tree);
void tree_fini(struct tree *tree); /* leaves it as TREE_INIT */

void tree_put(struct tree *tree, struct bytes key, struct bytes value);
bool tree_delete(struct tree *tree, struct bytes key); /* true when it was there */
bool tree_get(const struct tree *tree, struct bytes key, struct bytes *ret_value);

/* The smallest key >= key (or > key), the greatest < key, the ends. False when there is none. */
bool tree_at_least(const struct tree *tree, struct bytes key, struct bytes *ret_key,
                   struct bytes *ret_value);
bool tree_above(const struct tree *tree, struct bytes key, struct bytes *ret_key,
                struct bytes *ret_value);
bool tree_below(const struct tree *tree, struct bytes key, struct bytes *ret_key,
                struct bytes *ret_value);
bool tree_first(const struct tree *tree, struct bytes *ret_key, struct bytes *ret_value);
bool tree_last(const struct tree *tree, struct bytes *ret_key, struct bytes *ret_value);

/* By memcmp, the shorter first. */
int tree_compare(struct bytes a, struct bytes b);

#endif

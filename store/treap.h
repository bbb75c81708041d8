/* treap.h - an ordered map of bytes whose copies cost nothing
 *
 * treap_share() gives a second tree with the same content at once; what either changes later the
 * other does not see. The two may then live in different threads. That is all a snapshot needs.
 *
 * Bytes given out are borrowed: valid until this tree is changed or finished.
 */
#ifndef STORE_TREAP_H
#define STORE_TREAP_H

#include "base/buffer.h"

struct treap_node;

struct treap {
    struct treap_node *root;
    uint64_t count; /* of keys */
};

#define TREAP_INIT ((struct treap){0})

/* The new tree is yours to finish. The caller sees to it that nobody changes *tree meanwhile. */
struct treap treap_share(const struct treap *tree);
void treap_fini(struct treap *tree); /* leaves it as TREAP_INIT */

void treap_put(struct treap *tree, struct bytes key, struct bytes value);
bool treap_delete(struct treap *tree, struct bytes key); /* true when it was there */
bool treap_get(const struct treap *tree, struct bytes key, struct bytes *ret_value);

/* The smallest key >= key (or > key), the greatest < key, the ends. False when there is none. */
bool treap_at_least(const struct treap *tree, struct bytes key, struct bytes *ret_key,
                    struct bytes *ret_value);
bool treap_above(const struct treap *tree, struct bytes key, struct bytes *ret_key,
                 struct bytes *ret_value);
bool treap_below(const struct treap *tree, struct bytes key, struct bytes *ret_key,
                 struct bytes *ret_value);
bool treap_first(const struct treap *tree, struct bytes *ret_key, struct bytes *ret_value);
bool treap_last(const struct treap *tree, struct bytes *ret_key, struct bytes *ret_value);

#endif

/* treap.c - a treap whose nodes are shared between copies and never changed while shared
 *
 * Owns:    nodes and entries, each with a count of who refers to it.
 * Always:  a node is changed in place only when this tree alone refers to it and to all above it;
 *          otherwise the way from the root down is copied first (own()). A node's rank is a hash of
 *          its key, greater ranks stand higher: so the shape depends on the keys only, and the
 *          depth is that of a random tree whatever the order of insertion.
 * See:     treap.h
 */
#include "store/treap.h"

#include "base/must.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    atomic_uint refs;
    size_t key_size;
    size_t value_size;
    unsigned char data[]; /* key, value */
};

struct treap_node {
    atomic_uint refs;
    uint64_t rank;
    struct treap_node *left, *right;
    struct entry *entry;
};

static struct bytes key_of(const struct treap_node *n)
{
    return (struct bytes){n->entry->data, n->entry->key_size};
}

static struct bytes value_of(const struct treap_node *n)
{
    return (struct bytes){n->entry->data + n->entry->key_size, n->entry->value_size};
}

/* Mixed so that near keys get far ranks. */
static uint64_t rank_of(struct bytes key)
{
    uint64_t h = bytes_hash(BYTES_HASH_SEED, key);

    h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
    h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
    return h ^ (h >> 31);
}

static struct entry *entry_create(struct bytes key, struct bytes value)
{
    struct entry *e = xmalloc(sizeof *e + key.size + value.size);

    atomic_init(&e->refs, 1);
    e->key_size = key.size;
    e->value_size = value.size;
    memcpy(e->data, key.data, key.size);
    if (value.size > 0) {
        memcpy(e->data + key.size, value.data, value.size);
    }
    return e;
}

static void entry_drop(struct entry *e)
{
    if (atomic_fetch_sub(&e->refs, 1) == 1) {
        free(e);
    }
}

/* Takes over the entry and the subtrees. */
static struct treap_node *node_create(uint64_t rank, struct entry *entry, struct treap_node *left,
                                      struct treap_node *right)
{
    struct treap_node *n = xmalloc(sizeof *n);

    atomic_init(&n->refs, 1);
    n->rank = rank;
    n->left = left;
    n->right = right;
    n->entry = entry;
    return n;
}

static struct treap_node *node_share(struct treap_node *n)
{
    if (n != NULL) {
        atomic_fetch_add(&n->refs, 1);
    }
    return n;
}

/* Recursion goes as deep as the tree: some 60 at a million keys. */
static void node_drop(struct treap_node *n)
{
    if (n == NULL || atomic_fetch_sub(&n->refs, 1) != 1) {
        return;
    }
    node_drop(n->left);
    node_drop(n->right);
    entry_drop(n->entry);
    free(n);
}

/* Take over a reference to n and give one to a node with the same content that only we have. */
static struct treap_node *own(struct treap_node *n)
{
    if (atomic_load(&n->refs) == 1) {
        return n;
    }
    atomic_fetch_add(&n->entry->refs, 1);
    struct treap_node *mine =
        node_create(n->rank, n->entry, node_share(n->left), node_share(n->right));

    node_drop(n);
    return mine;
}

/* Takes over n, which does not hold the key. */
static void split(struct treap_node *n, struct bytes key, struct treap_node **ret_left,
                  struct treap_node **ret_right)
{
    if (n == NULL) {
        *ret_left = *ret_right = NULL;
        return;
    }
    n = own(n);
    if (bytes_compare(key_of(n), key) < 0) {
        split(n->right, key, &n->right, ret_right);
        *ret_left = n;
    } else {
        split(n->left, key, ret_left, &n->left);
        *ret_right = n;
    }
}

/* Takes over both; all keys of left are less than those of right. */
static struct treap_node *join(struct treap_node *left, struct treap_node *right)
{
    if (left == NULL || right == NULL) {
        return left != NULL ? left : right;
    }
    if (left->rank > right->rank) {
        left = own(left);
        left->right = join(left->right, right);
        return left;
    }
    right = own(right);
    right->left = join(left, right->left);
    return right;
}

/* Takes over n and the entry. A node with this key, if any, is met before any lower rank. */
static struct treap_node *insert(struct treap_node *n, uint64_t rank, struct entry *entry,
                                 bool *ret_new)
{
    struct bytes key = {entry->data, entry->key_size};

    if (n == NULL || rank > n->rank) {
        struct treap_node *left, *right;

        split(n, key, &left, &right);
        *ret_new = true;
        return node_create(rank, entry, left, right);
    }
    n = own(n);
    int order = bytes_compare(key, key_of(n));

    if (order == 0) {
        entry_drop(n->entry);
        n->entry = entry;
        *ret_new = false;
    } else if (order < 0) {
        n->left = insert(n->left, rank, entry, ret_new);
    } else {
        n->right = insert(n->right, rank, entry, ret_new);
    }
    return n;
}

/* Takes over n, which holds the key. */
static struct treap_node *without(struct treap_node *n, struct bytes key)
{
    n = own(n);
    int order = bytes_compare(key, key_of(n));

    if (order < 0) {
        n->left = without(n->left, key);
        return n;
    }
    if (order > 0) {
        n->right = without(n->right, key);
        return n;
    }
    struct treap_node *rest = join(n->left, n->right);

    n->left = n->right = NULL;
    node_drop(n);
    return rest;
}

struct treap treap_share(const struct treap *tree)
{
    return (struct treap){node_share(tree->root), tree->count};
}

void treap_fini(struct treap *tree)
{
    node_drop(tree->root);
    *tree = TREAP_INIT;
}

void treap_put(struct treap *tree, struct bytes key, struct bytes value)
{
    bool is_new;

    tree->root = insert(tree->root, rank_of(key), entry_create(key, value), &is_new);
    tree->count += is_new;
}

bool treap_delete(struct treap *tree, struct bytes key)
{
    struct bytes ignored;

    if (!treap_get(tree, key, &ignored)) {
        return false;
    }
    tree->root = without(tree->root, key);
    tree->count--;
    return true;
}

static bool give(const struct treap_node *n, struct bytes *ret_key, struct bytes *ret_value)
{
    if (n == NULL) {
        return false;
    }
    *ret_key = key_of(n);
    *ret_value = value_of(n);
    return true;
}

bool treap_get(const struct treap *tree, struct bytes key, struct bytes *ret_value)
{
    const struct treap_node *n = tree->root;

    while (n != NULL) {
        int order = bytes_compare(key, key_of(n));

        if (order == 0) {
            *ret_value = value_of(n);
            return true;
        }
        n = order < 0 ? n->left : n->right;
    }
    return false;
}

/* The smallest key that is greater, or equal when that will do. */
static const struct treap_node *after(const struct treap *tree, struct bytes key, bool or_equal)
{
    const struct treap_node *best = NULL;

    for (const struct treap_node *n = tree->root; n != NULL;) {
        int order = bytes_compare(key_of(n), key);

        if (order > 0 || (order == 0 && or_equal)) {
            best = n;
            n = n->left;
        } else {
            n = n->right;
        }
    }
    return best;
}

bool treap_at_least(const struct treap *tree, struct bytes key, struct bytes *ret_key,
                    struct bytes *ret_value)
{
    return give(after(tree, key, true), ret_key, ret_value);
}

bool treap_above(const struct treap *tree, struct bytes key, struct bytes *ret_key,
                 struct bytes *ret_value)
{
    return give(after(tree, key, false), ret_key, ret_value);
}

bool treap_below(const struct treap *tree, struct bytes key, struct bytes *ret_key,
                 struct bytes *ret_value)
{
    const struct treap_node *best = NULL;

    for (const struct treap_node *n = tree->root; n != NULL;) {
        if (bytes_compare(key_of(n), key) < 0) {
            best = n;
            n = n->right;
        } else {
            n = n->left;
        }
    }
    return give(best, ret_key, ret_value);
}

bool treap_first(const struct treap *tree, struct bytes *ret_key, struct bytes *ret_value)
{
    return treap_at_least(tree, (struct bytes){0}, ret_key, ret_value);
}

bool treap_last(const struct treap *tree, struct bytes *ret_key, struct bytes *ret_value)
{
    const struct treap_node *n = tree->root;

    while (n != NULL && n->right != NULL) {
        n = n->right;
    }
    return give(n, ret_key, ret_value);
}

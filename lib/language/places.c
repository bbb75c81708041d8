/* places.c - JSON pointers and keys, followed in the tree of a document
 *
 * Owns:    nothing.
 * In:      the checks of meaning, which say where something is wrong.
 * Out:     nodes, borrowed from the tree.
 * Always:  a place that is not there gives the nearest one above it, so that a problem has a line.
 * See:     RFC 6901
 */
#include "language/places.h"

#include "base/must.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Is this part of a pointer, up to '/' or the end, the key? "~0" is '~' and "~1" is '/'. */
static bool part_is(const char *part, const char *key)
{
    for (; *part != '\0' && *part != '/'; part++, key++) {
        char wanted = *part;
        if (wanted == '~' && (part[1] == '0' || part[1] == '1')) {
            wanted = part[1] == '0' ? '~' : '/';
            part++;
        }
        if (*key != wanted) {
            return false;
        }
    }
    return *key == '\0';
}

static const struct node *go_down(const struct node *node, const char *part,
                                  const struct node **ret_key)
{
    *ret_key = NULL;
    if (node->kind == NODE_LIST) {
        char *end;
        unsigned long index = strtoul(part, &end, 10);
        bool good = end > part && (*end == '/' || *end == '\0') && index < node->count;
        return good ? node->items[index] : NULL;
    }
    for (uint32_t i = 0; node->kind == NODE_MAP && i < node->count; i++) {
        const struct node *key = node->items[2 * (size_t)i];
        if (part_is(part, key->text)) {
            *ret_key = key;
            return node->items[2 * (size_t)i + 1];
        }
    }
    return NULL;
}

const struct node *place_at(const struct node *root, const char *pointer,
                            const struct node **ret_key)
{
    const struct node *node = root;
    const struct node *key = NULL;

    while (node != NULL && pointer != NULL && *pointer == '/') {
        node = go_down(node, pointer + 1, &key);
        pointer += 1 + strcspn(pointer + 1, "/");
    }
    if (ret_key != NULL) {
        *ret_key = node != NULL ? key : NULL;
    }
    return node;
}

const struct node *place_of_step(const struct node *root, const struct step *step)
{
    const struct node *node = place_at(root, step->pointer, NULL);

    return node != NULL ? node : root;
}

const struct node *place_of_name(const struct node *root, const struct step *step)
{
    const struct node *key;
    const struct node *node = place_at(root, step->pointer, &key);

    return key != NULL ? key : node != NULL ? node : root;
}

const struct node *place_below(const struct node *node, ...)
{
    const char *key;
    va_list keys;

    va_start(keys, node);
    while ((key = va_arg(keys, const char *)) != NULL && node->kind == NODE_MAP) {
        const struct node *below = node_find(node, key);
        if (below == NULL) {
            break;
        }
        node = below;
    }
    va_end(keys);
    return node;
}

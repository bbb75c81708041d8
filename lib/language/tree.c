/* tree.c - looking into a tree of nodes: by key, by place; is each key there once?
 *
 * Owns:    nothing; a tree is made by yaml.c.
 * In:      fields.c, the readers, check.c.
 * Out:     borrowed nodes.
 * Always:  maps are walked in the order of the document: they have a handful of fields.
 * See:     tree.h
 */
#include "language/tree.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

const struct node *node_find_key(const struct node *map, const char *key)
{
    for (uint32_t i = 0; i < map->count; i++) {
        if (strcmp(map->items[2 * (size_t)i]->text, key) == 0) {
            return map->items[2 * (size_t)i];
        }
    }
    return NULL;
}

const struct node *node_find(const struct node *map, const char *key)
{
    for (uint32_t i = 0; i < map->count; i++) {
        if (strcmp(map->items[2 * (size_t)i]->text, key) == 0) {
            return map->items[2 * (size_t)i + 1];
        }
    }
    return NULL;
}

int node_column(const struct node *text, size_t offset)
{
    int column = text->column;

    if (!text->straight) {
        return column;
    }
    for (size_t i = 0; i < offset && text->text[i] != '\0'; i++) {
        column += ((unsigned char)text->text[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return column + (text->plain ? 0 : 1); /* behind the quote */
}

static int order_by_text(const void *a, const void *b)
{
    const struct node *x = *(struct node *const *)a;
    const struct node *y = *(struct node *const *)b;
    int order = strcmp(x->text, y->text);

    if (order != 0) {
        return order;
    }
    return x->line != y->line ? x->line - y->line : x->column - y->column;
}

bool tree_keys_unique(const char *file, const struct node *map, struct error *err)
{
    struct node **keys = xmalloc(map->count * sizeof(struct node *));
    const struct node *twice = NULL;
    int first_line = 0;

    for (uint32_t i = 0; i < map->count; i++) {
        keys[i] = map->items[2 * (size_t)i];
    }
    qsort(keys, map->count, sizeof(struct node *), order_by_text);
    for (uint32_t i = 1; i < map->count && twice == NULL; i++) {
        if (strcmp(keys[i - 1]->text, keys[i]->text) == 0) {
            twice = keys[i];
            first_line = keys[i - 1]->line;
        }
    }
    free(keys);
    if (twice == NULL) {
        return true;
    }
    return error_set_at(err, ERROR_INVALID, file, twice->line, twice->column,
                        "the key \"%.60s\" is here for the second time (first in line %d)",
                        twice->text, first_line);
}

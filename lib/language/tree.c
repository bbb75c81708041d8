/* tree.c - looking into a tree of nodes
 *
 * Owns:    nothing; a tree is made by yaml.c.
 * In:      fields.c, the readers, check.c.
 * Out:     borrowed nodes.
 * Always:  maps are walked in the order of the document: they have a handful of fields.
 * See:     tree.h
 */
#include "language/tree.h"

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

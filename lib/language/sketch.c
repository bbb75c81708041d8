/* sketch.c - what a document is called, whatever else is wrong with it
 *
 * Owns:    nothing.
 * In:      the text of a document that was refused.
 * Out:     a definition that answers to its name.
 * Always:  what is taken has the form of a name; nothing else of the document is believed.
 */
#include "language/sketch.h"

#include "base/must.h"
#include "language/fields.h"

#include <stdlib.h>
#include <string.h>

static bool find_kind(const struct node *header, enum definition_kind *ret_kind)
{
    const struct node *kind = node_find(header, "kind");

    if (kind == NULL) {
        *ret_kind = DEFINITION_WORKFLOW;
        return node_find(header, "dsl") != NULL;
    }
    for (int i = DEFINITION_WORKFLOW + 1; i < DEFINITION_KIND_COUNT; i++) {
        if (kind->kind == NODE_TEXT &&
            strcmp(kind->text, definition_kind_name((enum definition_kind)i)) == 0) {
            *ret_kind = (enum definition_kind)i;
            return true;
        }
    }
    return false;
}

static int order_bodies(const void *a, const void *b)
{
    return strcmp(((const struct body *)a)->id, ((const struct body *)b)->id);
}

/* Ids only, each once; in order, as bodies are looked up. */
static void sketch_bodies(const struct reader *reader, const struct node *root,
                          struct bodies *bodies)
{
    const struct node *list = node_find(root, "bodies");
    uint32_t count = list != NULL && list->kind == NODE_LIST ? list->count : 0;
    uint32_t kept = 0;

    bodies->bodies = xcalloc(count, sizeof *bodies->bodies);
    for (uint32_t i = 0; i < count; i++) {
        struct body *body = &bodies->bodies[bodies->body_count];
        if (list->items[i]->kind == NODE_MAP &&
            fields_name(reader, list->items[i], "id", REQUIRED, &body->id)) {
            body->name = xstrdup(body->id);
            body->short_name = xstrdup(body->id);
            bodies->body_count++;
        }
    }
    qsort(bodies->bodies, bodies->body_count, sizeof *bodies->bodies, order_bodies);
    for (uint32_t i = 0; i < bodies->body_count; i++) {
        struct body *body = &bodies->bodies[i];
        if (kept > 0 && strcmp(bodies->bodies[kept - 1].id, body->id) == 0) {
            free(body->id);
            free(body->name);
            free(body->short_name);
        } else {
            bodies->bodies[kept++] = *body;
        }
    }
    bodies->body_count = kept;
}

static struct definition *sketch(const struct reader *reader, const struct node *root)
{
    const struct node *header = node_find(root, "document");
    enum definition_kind kind;
    char *name;

    if (header == NULL || header->kind != NODE_MAP || !find_kind(header, &kind) ||
        !fields_name(reader, header, "name", REQUIRED, &name)) {
        return NULL;
    }
    struct definition *d = xcalloc(1, sizeof *d);
    d->kind = kind;
    d->name = name;
    d->title = xstrdup(name);
    d->doc_version = xstrdup("");
    d->source = xstrdup("");
    if (kind == DEFINITION_WORKFLOW) {
        d->workflow.program = program_create();
        d->workflow.schedule_step = STEP_NONE;
    } else if (kind == DEFINITION_BODIES) {
        sketch_bodies(reader, root, &d->bodies);
    }
    return d;
}

struct definition *document_sketch(struct bytes text)
{
    struct error err;
    struct reader reader = {.file = "", .err = &err};
    struct tree tree;

    if (!tree_parse("", text, &tree, &err)) {
        return NULL;
    }
    struct definition *d = tree.root->kind == NODE_MAP ? sketch(&reader, tree.root) : NULL;
    tree_fini(&tree);
    return d;
}

bool document_meant(struct bytes text)
{
    struct error err;
    struct tree tree;

    if (!tree_parse("", text, &tree, &err)) {
        return true;
    }
    bool meant = tree.root->kind == NODE_MAP && node_find_key(tree.root, "document") != NULL;
    tree_fini(&tree);
    return meant;
}

bool document_name_place(struct bytes text, int *ret_line, int *ret_column)
{
    struct error err;
    struct tree tree;

    if (!tree_parse("", text, &tree, &err)) {
        return false;
    }
    const struct node *header =
        tree.root->kind == NODE_MAP ? node_find(tree.root, "document") : NULL;
    const struct node *name =
        header != NULL && header->kind == NODE_MAP ? node_find(header, "name") : NULL;
    if (name != NULL) {
        *ret_line = name->line;
        *ret_column = name->column;
    }
    tree_fini(&tree);
    return name != NULL;
}

/* check_names.c - names of bodies and documents that the catalog does not know
 *
 * Owns:    the sentences about them, with "did you mean".
 * In:      readers and checks of meaning, for a name they have in hand.
 * Out:     problems of the reader.
 * Always:  names are compared only for problems that are kept: the work is bounded.
 * See:     readers.h; suggest.h
 */
#include "base/must.h"
#include "language/readers.h"

#include <stdlib.h>
#include <string.h>

struct names {
    const char **items; /* NULL-terminated */
    size_t count;
    size_t capacity;
};

static void add_name(struct names *names, const char *name)
{
    if (names->count + 2 > names->capacity) {
        names->capacity = 2 * names->capacity + 16;
        names->items = xrealloc(names->items, names->capacity * sizeof *names->items);
    }
    names->items[names->count++] = name;
    names->items[names->count] = NULL;
}

static void add_bodies(struct names *names, const struct bodies *bodies)
{
    for (uint32_t i = 0; bodies != NULL && i < bodies->body_count; i++) {
        if (bodies->bodies[i].id != NULL) {
            add_name(names, bodies->bodies[i].id);
        }
    }
}

/* The one at *index or after it that is of the kind and the newest of its name; NULL: no more. */
static const struct definition *next_newest(const struct catalog *catalog,
                                            enum definition_kind kind, uint32_t *index)
{
    const struct definition *d;

    while ((d = catalog_next_in_force(catalog, index)) != NULL) {
        if (d->kind == kind) {
            return d;
        }
    }
    return NULL;
}

static bool is_kept(const struct reader *reader)
{
    return reader->problems == NULL || reader->problems->left_out == 0;
}

static bool refuse_among(const struct reader *reader, const struct node *node, const char *what,
                         struct names *names)
{
    static const char *const none[] = {NULL};

    refuse_name(reader, node, what, node->text, names->count > 0 ? names->items : none);
    free(names->items);
    return false;
}

bool told_body_id(const struct reader *reader, const struct node *at)
{
    const struct definition *d;
    uint32_t index = 0;

    if (!looks_up(reader, DEFINITION_BODIES) || !is_kept(reader)) {
        return false;
    }
    while ((d = next_newest(reader->catalog, DEFINITION_BODIES, &index)) != NULL) {
        for (uint32_t i = 0; i < d->bodies.body_count; i++) {
            const struct body *body = &d->bodies.bodies[i];
            if (strcmp(body->short_name, at->text) == 0 || strcmp(body->name, at->text) == 0) {
                return !refuse(reader, at, ERROR_INVALID,
                               "\"%s\" is what a body is called: write its id, \"%s\"",
                               show(at->text).text, show(body->id).text);
            }
        }
    }
    return false;
}

bool refuse_body(const struct reader *reader, const struct node *node, const struct bodies *own)
{
    const struct definition *d;
    struct names names = {0};
    uint32_t index = 0;

    if (told_body_id(reader, node)) {
        return false;
    }
    if (is_kept(reader)) {
        add_bodies(&names, own);
        while ((d = next_newest(reader->catalog, DEFINITION_BODIES, &index)) != NULL) {
            add_bodies(&names, &d->bodies);
        }
    }
    return refuse_among(reader, node, N_("body"), &names);
}

bool check_body_known(const struct reader *reader, const struct node *node)
{
    return !looks_up(reader, DEFINITION_BODIES) ||
           catalog_find_body(reader->catalog, node->text) != NULL ||
           refuse_body(reader, node, NULL);
}

bool check_definition_known(const struct reader *reader, const struct node *node,
                            enum definition_kind kind)
{
    const struct definition *d;
    struct names names = {0};
    uint32_t index = 0;

    if (!looks_up(reader, kind) || catalog_find(reader->catalog, kind, node->text) != NULL) {
        return true;
    }
    while (is_kept(reader) && (d = next_newest(reader->catalog, kind, &index)) != NULL) {
        add_name(&names, d->name);
    }
    return refuse_among(reader, node, definition_kind_name(kind), &names);
}

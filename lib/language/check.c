/* check.c - does a document mean something: numbers unique, names known, dates inside the period
 *
 * Owns:    the sentences of refusals about meaning.
 * In:      check_document() from document.c, after the form is known to be right.
 * Out:     problems; places are found by walking the tree, which has the same order as the
 *          definition.
 * Always:  without a catalog only what the document says of itself is checked.
 * See:     docs/language.md
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/checks.h"
#include "language/outer_checks.h"
#include "language/policy_words.h"
#include "language/readers.h"

#include <stdlib.h>
#include <string.h>

/* Deeper than any administration: school, municipality, region, ministry, government. */
#define BODY_LEVELS_MAX 32

/* A name and where it stands. */
struct mention {
    const char *name;
    const struct node *node;
};

static int order_mentions(const void *a, const void *b)
{
    const struct mention *x = a;
    const struct mention *y = b;
    int order = strcmp(x->name, y->name);

    if (order != 0) {
        return order;
    }
    return x->node->line != y->node->line ? x->node->line - y->node->line
                                          : x->node->column - y->node->column;
}

/* Sorts the mentions. what: N_("the item number"). */
static bool check_unique(const struct reader *reader, struct mention *mentions, uint32_t count,
                         const char *what)
{
    bool good = true;

    qsort(mentions, count, sizeof *mentions, order_mentions);
    for (uint32_t i = 1; i < count; i++) {
        if (strcmp(mentions[i - 1].name, mentions[i].name) == 0) {
            good =
                refuse(reader, mentions[i].node, ERROR_INVALID,
                       "%s \"%s\" is here for the second time (first in line %d)", error_word(what),
                       show(mentions[i].name).text, mentions[i - 1].node->line);
        }
    }
    return good;
}

/* The value of a field in every map of a list. */
static bool check_unique_in(const struct reader *reader, const struct node *list, const char *key,
                            const char *what)
{
    struct mention *mentions = xcalloc(list->count, sizeof *mentions);

    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *node = node_find(list->items[i], key);
        mentions[i] = (struct mention){node->text, node};
    }
    bool good = check_unique(reader, mentions, list->count, what);
    free(mentions);
    return good;
}

/* --- roadmap --------------------------------------------------------------------------------- */

/* Windows that are written; those of a phrase are right by themselves. */
static bool check_windows(const struct reader *reader, const struct node *due,
                          const struct roadmap *roadmap, const struct roadmap_item *item)
{
    const struct node *list = node_find(due, "windows");
    bool good = true;

    for (uint32_t i = 0; list != NULL && i < item->window_count; i++) {
        const struct window *w = &item->windows[i];
        if (w->from < roadmap->period.from || w->to > roadmap->period.to) {
            good = refuse(reader, list->items[i], ERROR_INVALID,
                          "this window is not inside the period of the roadmap");
        }
        if (i > 0 && w->from <= item->windows[i - 1].from) {
            good = refuse(reader, list->items[i], ERROR_INVALID,
                          "this window does not start after the one above it: put them in order");
        }
    }
    return good;
}

/* An entry that is a map names its body. */
static const struct node *named(const struct node *entry)
{
    return entry->kind == NODE_MAP ? node_find(entry, "body") : entry;
}

/* The names of a list. */
static bool check_unique_names(const struct reader *reader, const struct node *list,
                               const char *what)
{
    struct mention *mentions = xcalloc(list->count, sizeof *mentions);

    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *name = named(list->items[i]);
        mentions[i] = (struct mention){name->text, name};
    }
    bool good = check_unique(reader, mentions, list->count, what);
    free(mentions);
    return good;
}

static bool check_responsible(const struct reader *reader, const struct node *list)
{
    bool good = true;

    for (uint32_t i = 0; i < list->count; i++) {
        good &= check_body_known(reader, named(list->items[i]));
    }
    return check_unique_names(reader, list, N_("the body")) && good;
}

/* One item, whose numbers and names are of the right form. */
static bool check_item(const struct reader *reader, const struct node *node,
                       const struct roadmap *roadmap, const struct roadmap_item *item)
{
    const struct node *workflow = node_find(node, "workflow");
    const struct node *after = node_find(node, "after");
    bool good = check_responsible(reader, node_find(node, "responsible"));

    good &= check_windows(reader, node_find(node, "due"), roadmap, item);
    good &= after == NULL || check_unique_names(reader, after, N_("the item number"));
    good &= workflow == NULL || check_definition_known(reader, workflow, DEFINITION_WORKFLOW);
    if (item->computed != NULL) {
        check_computed(reader, node_find(node, "computed"), item->computed);
    }
    return good;
}

static bool check_roadmap(const struct reader *reader, const struct node *root,
                          const struct roadmap *roadmap)
{
    const struct node *items = node_find(root, "items");
    const struct node *sections = node_find(root, "sections");
    bool good = check_body_known(reader, node_find(root, "controller"));

    good &= check_definition_known(reader, node_find(root, "policy"), DEFINITION_POLICY);
    good &= sections == NULL || check_unique_in(reader, sections, "no", N_("the section number"));
    good &= check_unique_in(reader, items, "no", N_("the item number"));
    for (uint32_t i = 0; i < roadmap->item_count; i++) {
        good &= check_item(reader, items->items[i], roadmap, &roadmap->items[i]);
    }
    return check_after(reader, items, roadmap) && good;
}

/* --- bodies ---------------------------------------------------------------------------------- */

/* Bodies of the document being checked, by id, and those of the other documents. */
struct directory {
    const struct body **sorted;
    uint32_t count;
    const struct bodies *bodies;   /* the same, as they stand */
    const struct catalog *catalog; /* may be NULL */
    const char *document;
};

static int order_bodies(const void *a, const void *b)
{
    return strcmp((*(const struct body *const *)a)->id, (*(const struct body *const *)b)->id);
}

static int order_by_id(const void *id, const void *body)
{
    return strcmp(id, (*(const struct body *const *)body)->id);
}

static const struct body *find_beside(const struct directory *d, const char *id)
{
    return d->catalog ? catalog_find_body_beside(d->catalog, id, d->document) : NULL;
}

static const struct body *find_body(const struct directory *d, const char *id)
{
    const struct body *const *own =
        bsearch(id, d->sorted, d->count, sizeof *d->sorted, order_by_id);

    return own ? *own : find_beside(d, id);
}

/* Up from one body to the top. Without a catalog a parent may stand in another document. */
static bool check_parents(const struct reader *reader, const struct directory *d,
                          const struct body *body, const struct node *node)
{
    const struct node *place = node_find(node, "parent");
    const struct body *at = body;

    for (int level = 0; at != NULL && at->parent != NULL; level++) {
        const struct body *parent = find_body(d, at->parent);
        if (parent == NULL && level == 0 && looks_up(reader, DEFINITION_BODIES)) {
            return refuse_body(reader, place, d->bodies);
        }
        if (parent == body) {
            return refuse(reader, place, ERROR_INVALID,
                          "the parents of \"%s\" go round in a circle, by way of \"%s\"",
                          show(body->id).text, show(at->id).text);
        }
        if (level == BODY_LEVELS_MAX) {
            return refuse(reader, place, ERROR_TOO_LARGE,
                          "\"%s\" has more than %d levels above it, or they go round in a circle",
                          show(body->id).text, BODY_LEVELS_MAX);
        }
        at = parent;
    }
    return true;
}

/* Of the document or of a body. */
static bool check_calendar_known(const struct reader *reader, const struct node *map)
{
    const struct node *name = node_find(map, "calendar");

    return name == NULL || check_definition_known(reader, name, DEFINITION_CALENDAR);
}

static bool check_deputy(const struct reader *reader, const struct directory *d,
                         const struct node *map, const char *id)
{
    const struct node *place = node_find(map, "deputy");

    return place == NULL || find_body(d, id) != NULL || !looks_up(reader, DEFINITION_BODIES) ||
           refuse_body(reader, place, d->bodies);
}

/* Who is away as well can't act: said, not refused, for it may be a day of a long absence. */
static void warn_absent(const struct reader *reader, const struct directory *d,
                        const struct node *node, const struct absence *absence)
{
    const struct body *deputy = find_body(d, absence->deputy);

    for (uint32_t i = 0; deputy != NULL && i < deputy->absence_count; i++) {
        const struct window *away = &deputy->absences[i].days;
        if (away->from <= absence->days.to && away->to >= absence->days.from) {
            warn(reader, node, ERROR_INVALID, "the deputy \"%s\" is absent in these days, too",
                 show(absence->deputy).text);
            return;
        }
    }
}

static bool check_absences(const struct reader *reader, const struct directory *d,
                           const struct body *body, const struct node *node)
{
    const struct node *list = node_find(node, "absences");
    bool good = check_deputy(reader, d, node, body->deputy);

    for (uint32_t i = 0; i < body->absence_count; i++) {
        good &= check_deputy(reader, d, list->items[i], body->absences[i].deputy);
        warn_absent(reader, d, list->items[i], &body->absences[i]);
    }
    return good;
}

static bool check_each_body(const struct reader *reader, const struct node *list,
                            const struct bodies *bodies, const struct directory *d)
{
    bool good = true;

    for (uint32_t i = 0; i < bodies->body_count; i++) {
        const struct body *body = &bodies->bodies[i];
        if (find_beside(d, body->id) != NULL) {
            good =
                refuse(reader, node_find(list->items[i], "id"), ERROR_INVALID,
                       "the body \"%s\" stands in another document already", show(body->id).text);
        }
        good &= check_parents(reader, d, body, list->items[i]);
        good &= check_calendar_known(reader, list->items[i]);
        good &= check_absences(reader, d, body, list->items[i]);
    }
    return good;
}

static bool check_bodies(const struct reader *reader, const struct node *root,
                         const struct bodies *bodies, const char *document)
{
    const struct node *list = node_find(root, "bodies");
    struct directory d = {NULL, bodies->body_count, bodies, reader->catalog, document};

    if (!check_unique_in(reader, list, "id", N_("the body"))) {
        return false;
    }
    d.sorted = xcalloc(d.count, sizeof *d.sorted);
    for (uint32_t i = 0; i < d.count; i++) {
        d.sorted[i] = &bodies->bodies[i];
    }
    qsort(d.sorted, d.count, sizeof *d.sorted, order_bodies);
    bool good = check_calendar_known(reader, root);
    good &= check_each_body(reader, list, bodies, &d);
    free(d.sorted);
    return good;
}

bool check_document(const struct reader *reader, const struct node *root,
                    const struct definition *definition)
{
    switch (definition->kind) {
    case DEFINITION_WORKFLOW: /* what its names mean is looked up while they are read */
        check_flow(reader, root, &definition->workflow);
        check_steps(reader, root, &definition->workflow);
        check_services(reader, root, &definition->workflow);
        return true;
    case DEFINITION_ROADMAP:
        return check_roadmap(reader, root, &definition->roadmap);
    case DEFINITION_BODIES:
        return check_bodies(reader, root, &definition->bodies, definition->name);
    case DEFINITION_POLICY:
        return check_chains(reader, root);
    case DEFINITION_CALENDAR:
        return check_calendar(reader, root, &definition->calendar, definition->name);
    case DEFINITION_ROUTES:
        return check_routes(reader, root, &definition->routes);
    case DEFINITION_INDICATORS:
        check_indicators(reader, root, &definition->indicators);
        return true;
    case DEFINITION_KIND_COUNT:
        break;
    }
    must(false);
    return false;
}

/* check_outer.c - do routes, indicators and computed items name what there is?
 *
 * Owns:    which names of these documents must be known to the catalog, and which should be.
 * In:      check_document(), after the form is known to be right.
 * Out:     nothing, or problems of the reader; places are found by walking the tree, which has the
 *          same order as the definition.
 * Always:  what an event would start must be there: a letter from outside comes once. What is only
 *          counted may come later, and is a warning: nothing of it is there yet, and the count is
 *          right.
 * See:     docs/language.md §8, §9
 */
#include "language/outer_checks.h"
#include "language/readers.h"

#include <string.h>

static bool known(const struct reader *reader, enum definition_kind kind, const char *name)
{
    return !looks_up(reader, kind) || catalog_find(reader->catalog, kind, name) != NULL;
}

static bool check_body(const struct reader *reader, const struct node *node)
{
    return node == NULL || node_is_template(node) || check_body_known(reader, node);
}

static bool check_assign(const struct reader *reader, const struct node *assign)
{
    const struct node *list = node_find(assign, "responsible");
    const struct node *policy = node_find(assign, "policy");
    bool good = check_body(reader, node_find(assign, "controller"));

    for (uint32_t i = 0; list->kind == NODE_LIST && i < list->count; i++) {
        good &= check_body(reader, list->items[i]);
    }
    return (policy == NULL || node_is_template(policy) ||
            check_definition_known(reader, policy, DEFINITION_POLICY)) &&
           good;
}

bool check_routes(const struct reader *reader, const struct node *root, const struct routes *routes)
{
    const struct node *list = node_find(root, "routes");
    bool good = true;

    for (uint32_t i = 0; i < routes->route_count; i++) {
        const struct route *route = &routes->routes[i];
        const struct node *deed = node_find(list->items[i], route_deed_name(route->deed));
        struct node name = *deed; /* the workflow of an assign may not be written */
        const struct node *workflow = node_find(deed, "workflow");
        name.kind = NODE_TEXT;
        name.text = route->workflow;
        good &= check_definition_known(reader, workflow != NULL ? workflow : &name,
                                       DEFINITION_WORKFLOW);
        if (route->deed == ROUTE_ASSIGN) {
            good &= check_assign(reader, deed);
        }
    }
    return good;
}

static void check_count(const struct reader *reader, const struct node *node,
                        const struct count *count)
{
    if (count->kind == COUNT_INSTANCES && !known(reader, DEFINITION_WORKFLOW, count->name)) {
        warn(reader, node_find(node, "workflow"), ERROR_INVALID,
             "there is no workflow \"%s\" yet: the count will be 0", show(count->name).text);
    }
    if (count->kind == COUNT_ASSIGNMENTS && count->name != NULL &&
        !known(reader, DEFINITION_ROADMAP, count->name)) {
        warn(reader, node_find(node, "plan"), ERROR_INVALID,
             "there is no roadmap \"%s\" yet: the count will be 0", show(count->name).text);
    }
}

void check_computed(const struct reader *reader, const struct node *computed,
                    const struct measure *measure)
{
    check_count(reader, node_find(computed, "done"), &measure->done);
    check_count(reader, node_find(computed, "of"), &measure->of);
}

void check_indicators(const struct reader *reader, const struct node *root,
                      const struct indicators *indicators)
{
    const struct node *list = node_find(root, "indicators");

    for (uint32_t i = 0; i < indicators->indicator_count; i++) {
        const struct measure *measure = &indicators->indicators[i].measure;
        const struct node *value = node_find(list->items[i], "value");
        const struct node *share = node_find(value, "share");
        if (share != NULL) {
            check_computed(reader, share, measure);
        } else {
            check_count(reader, node_find(value, "count"), &measure->done);
        }
    }
}

/* read_cycle.c - whom the instances of a workflow follow, and through which stages
 *
 * Owns:    the words of document.metadata.marshrut.cycle.
 * In:      read_workflow.c, after the steps are read: stages name them.
 * Out:     workflow.cycle.
 * Always:  a path is plain, so that the index can follow it without an evaluator; a step that a
 *          stage names is there, once.
 * See:     docs/language.md §3
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/draft.h"

#include <string.h>

#define PATH_BYTES 200u

/* Names with dots between them; a dot may stand before, as jq wants it. */
static bool is_path(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    size_t size;

    do {
        size = strspn(text, letters);
        text += size;
    } while (size > 0 && *text++ == '.');
    return size > 0 && text[-1] == '\0';
}

static bool read_path(const struct draft *d, const struct node *map, const char *key,
                      enum need need, char **ret_path)
{
    const struct node *node = node_find(map, key);

    if (!fields_text(d->reader, map, key, need, PATH_BYTES, ret_path)) {
        return false;
    }
    if (*ret_path == NULL) {
        return true;
    }
    size_t skip = (*ret_path)[0] == '.';
    memmove(*ret_path, *ret_path + skip, strlen(*ret_path) + 1 - skip);
    return is_path(*ret_path) || refuse(d->reader, node, ERROR_INVALID,
                                        "\"%s\" must be a path: names with dots between them", key);
}

/* --- stages -------------------------------------------------------------------------------- */

static bool find_step(const struct draft *d, const struct node *at, struct cycle_stage *stage)
{
    const struct workflow *w = d->workflow;
    uint32_t found = 0;

    for (uint32_t i = 0; i < w->step_count; i++) {
        if (strcmp(w->steps[i].name, stage->step) == 0) {
            stage->number = found++ == 0 ? i : stage->number;
        }
    }
    if (found == 0) {
        return refuse(d->reader, at, ERROR_NOT_FOUND, "there is no step \"%s\"",
                      show(stage->step).text);
    }
    return found == 1 || refuse(d->reader, at, ERROR_INVALID,
                                "%u steps are called \"%s\": a stage needs one of its own name",
                                (unsigned)found, show(stage->step).text);
}

static bool is_repeated(const struct cycle *cycle, const struct cycle_stage *stage)
{
    for (uint32_t i = 0; i < cycle->stage_count; i++) {
        if (&cycle->stages[i] != stage && strcmp(cycle->stages[i].step, stage->step) == 0) {
            return true;
        }
    }
    return false;
}

static bool read_stage(const struct draft *d, const struct node *node, struct cycle *cycle)
{
    static const char *const known[] = {"step", "title", NULL};
    static const struct words words = {N_("a stage of a cycle"), known, NULL};
    struct cycle_stage *stage = &cycle->stages[cycle->stage_count++];

    if (!fields_check(d->reader, node, &words) && node->kind != NODE_MAP) {
        return false;
    }
    bool good = fields_text(d->reader, node, "step", REQUIRED, LIMIT_NAME_BYTES, &stage->step) &
                fields_text(d->reader, node, "title", REQUIRED, LIMIT_TITLE_BYTES, &stage->title);
    if (!good) {
        return false;
    }
    const struct node *at = node_find(node, "step");
    return is_repeated(cycle, stage)
               ? refuse(d->reader, at, ERROR_INVALID, "two stages name the step \"%s\"",
                        show(stage->step).text)
               : find_step(d, at, stage);
}

static bool read_stages(const struct draft *d, const struct node *map, struct cycle *cycle)
{
    const struct node *list;
    bool good = true;

    if (!fields_node(d->reader, map, "stages", REQUIRED, NODE_LIST, &list)) {
        return false;
    }
    if (list->count == 0 || list->count > LIMIT_STAGES) {
        return refuse(d->reader, list, ERROR_TOO_LARGE, "a cycle has from 1 to %u stages",
                      LIMIT_STAGES);
    }
    cycle->stages = xcalloc(list->count, sizeof *cycle->stages);
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_stage(d, list->items[i], cycle);
    }
    return good;
}

/* --- the cycle ----------------------------------------------------------------------------- */

static const struct node *find_cycle(const struct node *root)
{
    static const char *const way[] = {"document", "metadata", "marshrut", "cycle"};
    const struct node *node = root;

    for (size_t i = 0; i < sizeof way / sizeof way[0]; i++) {
        node = node != NULL && node->kind == NODE_MAP ? node_find(node, way[i]) : NULL;
    }
    return node;
}

bool read_cycle(const struct draft *d, const struct node *root)
{
    static const char *const known[] = {"person", "key", "municipality", "school", "stages", NULL};
    static const struct words words = {N_("a cycle"), known, NULL};
    const struct node *node = find_cycle(root);

    if (node == NULL) {
        return true;
    }
    bool good = fields_check(d->reader, node, &words);
    if (node->kind != NODE_MAP) {
        return false;
    }
    struct cycle *cycle = xcalloc(1, sizeof *cycle);
    d->workflow->cycle = cycle; /* given back with the definition, whatever comes */
    good &= read_path(d, node, "person", REQUIRED, &cycle->person);
    good &= read_path(d, node, "key", OPTIONAL, &cycle->key);
    good &= read_path(d, node, "municipality", OPTIONAL, &cycle->municipality);
    good &= read_path(d, node, "school", OPTIONAL, &cycle->school);
    return read_stages(d, node, cycle) && good;
}

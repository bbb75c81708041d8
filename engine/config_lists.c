/* config_lists.c - lists of the configuration: documents, starts, programs, limits
 *
 * Owns:    their words, and how many entries they may have.
 * In:      config.c.
 * See:     docs/configuration.md
 */
#include "engine/config_part.h"

#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>

/* --- documents ---------------------------------------------------------------------------- */

static bool read_deploy(const struct reader *r, const struct node *root, struct config *c)
{
    const struct node *list = NULL;

    if (!fields_node(r, root, "deploy", OPTIONAL, NODE_LIST, &list) || list == NULL) {
        return list == NULL && node_find(root, "deploy") == NULL;
    }
    if (list->count > CONFIG_DEPLOY_MAX) {
        return refuse(r, list, ERROR_TOO_LARGE, "more than %d documents", CONFIG_DEPLOY_MAX);
    }
    c->deploy = xcalloc(list->count, sizeof *c->deploy);
    for (uint32_t i = 0; i < list->count; i++) {
        char *path = NULL;
        if (!node_text(r, list->items[i], CONFIG_TEXT_MAX, &path)) {
            return false;
        }
        c->deploy[c->deploy_count++] = config_join(c->base, path);
        free(path);
    }
    return true;
}

/* --- lists of maps ------------------------------------------------------------------------- */

typedef bool item_fn(const struct reader *r, const struct node *map, struct config *c);

static bool read_list(const struct reader *r, const struct node *root, const char *key,
                      uint32_t most, const struct words *words, item_fn *item, struct config *c)
{
    const struct node *list = NULL;

    if (!fields_node(r, root, key, OPTIONAL, NODE_LIST, &list)) {
        return false;
    }
    for (uint32_t i = 0; list != NULL && i < list->count; i++) {
        if (i == most) {
            return refuse(r, list->items[i], ERROR_TOO_LARGE, "%s has more than %u entries", key,
                          most);
        }
        if (!fields_check(r, list->items[i], words) || !item(r, list->items[i], c)) {
            return false;
        }
    }
    return true;
}

static bool read_start_item(const struct reader *r, const struct node *map, struct config *c)
{
    c->starts = xrealloc(c->starts, (c->start_count + 1) * sizeof *c->starts);
    struct config_start *start = &c->starts[c->start_count++];
    *start = (struct config_start){.on = CIVIL_DAY_NONE};
    const struct node *on = node_find(map, "on");
    return fields_name(r, map, "definition", REQUIRED, &start->definition) &&
           fields_text(r, map, "key", REQUIRED, LIMIT_KEY_BYTES, &start->key) &&
           (on == NULL || node_day(r, on, &start->on));
}

static bool read_program(const struct reader *r, const struct node *map, struct config *c)
{
    const struct node *run = NULL;

    c->programs = xrealloc(c->programs, (c->program_count + 1) * sizeof *c->programs);
    struct config_program *program = &c->programs[c->program_count++];
    *program = (struct config_program){0};
    if (!fields_name(r, map, "name", REQUIRED, &program->name) ||
        !fields_node(r, map, "run", REQUIRED, NODE_LIST, &run)) {
        return false;
    }
    if (run->count < 1 || run->count > CONFIG_ARGS_MAX) {
        return refuse(r, run, ERROR_INVALID, "run is a program and at most %d arguments",
                      CONFIG_ARGS_MAX - 1);
    }
    for (uint32_t i = 0; i < run->count; i++) {
        if (!node_text(r, run->items[i], CONFIG_TEXT_MAX, &program->argv[i])) {
            return false;
        }
    }
    return true;
}

static bool read_limit(const struct reader *r, const struct node *map, struct config *c)
{
    char *name = NULL;
    int64_t concurrency = 0;
    int64_t per_second = 0;

    if (!fields_name(r, map, "service", REQUIRED, &name)) {
        return false;
    }
    c->limits = xrealloc(c->limits, (c->limit_count + 1) * sizeof *c->limits);
    struct service_limits *limits = &c->limits[c->limit_count++];
    *limits = (struct service_limits){0};
    snprintf(limits->name, sizeof limits->name, "%s", name);
    free(name);
    if (!fields_integer(r, map, "concurrency", OPTIONAL, 1, 1000000, &concurrency) ||
        !fields_integer(r, map, "per_second", OPTIONAL, 1, 1000000, &per_second)) {
        return false;
    }
    limits->concurrency = (uint32_t)concurrency;
    limits->per_second = (uint32_t)per_second;
    return true;
}

bool config_read_lists(const struct reader *r, const struct node *root, struct config *c)
{
    static const char *const start_words[] = {"definition", "key", "on", NULL};
    static const char *const program_words[] = {"name", "run", NULL};
    static const char *const limit_words[] = {"service", "concurrency", "per_second", NULL};
    static const struct words start_w = {"an entry of start", start_words, NULL};
    static const struct words program_w = {"a program", program_words, NULL};
    static const struct words limit_w = {"an entry of limits", limit_words, NULL};

    return read_deploy(r, root, c) &&
           read_list(r, root, "start", CONFIG_DEPLOY_MAX, &start_w, read_start_item, c) &&
           read_list(r, root, "programs", CONFIG_PROGRAMS_MAX, &program_w, read_program, c) &&
           read_list(r, root, "limits", CONFIG_DEPLOY_MAX, &limit_w, read_limit, c);
}

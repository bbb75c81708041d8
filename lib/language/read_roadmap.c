/* read_roadmap.c - the outer language: the approved table of a plan
 *
 * Owns:    the words of a roadmap.
 * In:      read_roadmap() from document.c.
 * Out:     struct roadmap; sections and items stand as in the document.
 * Always:  form only: whether numbers are unique and names are known is for check.c.
 * See:     docs/language.md §4; design §5
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/measure.h"
#include "language/readers.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_WORKFLOW "roadmap-item"

static bool read_section(const struct reader *reader, const struct node *node,
                         struct roadmap_section *section)
{
    static const char *const known[] = {"no", "title", NULL};
    static const struct words words = {N_("a section"), known, NULL};

    if (node->kind != NODE_MAP) {
        return fields_check(reader, node, &words);
    }
    bool good = fields_check(reader, node, &words);
    good &= fields_name(reader, node, "no", REQUIRED, &section->no);
    good &= fields_text(reader, node, "title", REQUIRED, LIMIT_TEXT_BYTES, &section->title);
    return good;
}

static bool find_section(const struct reader *reader, const struct node *item,
                         const struct roadmap *roadmap, uint32_t *ret_index)
{
    const struct node *node;

    if (!fields_node(reader, item, "section", REQUIRED, NODE_TEXT, &node)) {
        return false;
    }
    bool whole = true; /* a section that was refused may have no number: it may be the one */
    for (uint32_t i = 0; i < roadmap->section_count; i++) {
        const char *no = roadmap->sections[i].no;
        whole &= no != NULL;
        if (no != NULL && strcmp(no, node->text) == 0) {
            *ret_index = i;
            return true;
        }
    }
    return whole && refuse(reader, node, ERROR_INVALID,
                           "there is no section \"%s\" in this roadmap", show(node->text).text);
}

static bool read_due_kind(const struct reader *reader, const struct node *due,
                          enum due_kind *ret_kind)
{
    const struct node *node;

    if (!fields_node(reader, due, "kind", REQUIRED, NODE_TEXT, &node)) {
        return false;
    }
    for (int i = 0; i < DUE_KIND_COUNT; i++) {
        if (strcmp(node->text, due_kind_name((enum due_kind)i)) == 0) {
            *ret_kind = (enum due_kind)i;
            return true;
        }
    }
    return refuse(
        reader, node, ERROR_INVALID,
        "\"%s\" is no kind of due date: date, window, recurring, continuous, on_demand or "
        "per_other_plan is expected",
        show(node->text).text);
}

static bool read_windows(const struct reader *reader, const struct node *due,
                         struct roadmap_item *item)
{
    const struct node *list;

    if (!fields_node(reader, due, "windows", REQUIRED, NODE_LIST, &list)) {
        return false;
    }
    if (list->count == 0) {
        return refuse(reader, list, ERROR_INVALID, "the list \"windows\" is empty");
    }
    if (list->count > LIMIT_WINDOWS) {
        return refuse(reader, list, ERROR_TOO_LARGE, "an item has at most %u windows; this has %u",
                      LIMIT_WINDOWS, list->count);
    }
    item->windows = xcalloc(list->count, sizeof *item->windows);
    item->window_count = list->count;
    bool good = true;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= node_window(reader, list->items[i], &item->windows[i]);
    }
    return good;
}

static bool read_due(const struct reader *reader, const struct node *node,
                     struct roadmap_item *item)
{
    static const char *const known[] = {"phrase", "kind", "windows", NULL};
    static const struct words words = {N_("a due date"), known, NULL};
    const struct node *due;

    if (!fields_node(reader, node, "due", REQUIRED, NODE_MAP, &due)) {
        return false;
    }
    bool good = fields_check(reader, due, &words);
    good &= fields_text(reader, due, "phrase", REQUIRED, LIMIT_TEXT_BYTES, &item->due_phrase);
    good &= read_due_kind(reader, due, &item->due_kind);
    good &= read_windows(reader, due, item);
    return good;
}

/* Progress that is counted from other instances. The program is made for the first of them. */
static bool read_progress(const struct reader *reader, const struct node *node,
                          struct roadmap *roadmap, struct roadmap_item *item)
{
    const struct node *computed;

    if (!fields_node(reader, node, "computed", OPTIONAL, NODE_MAP, &computed)) {
        return false;
    }
    if (computed == NULL) {
        return true;
    }
    if (roadmap->program == NULL) {
        roadmap->program = program_create();
    }
    struct expressions e = {reader, roadmap->program, false};
    item->computed = xcalloc(1, sizeof *item->computed);
    return read_computed(&e, computed, item->computed);
}

static bool read_item(const struct reader *reader, const struct node *node, struct roadmap *roadmap,
                      struct roadmap_item *item)
{
    static const char *const known[] = {"no",          "section",  "title",  "bullets",
                                        "responsible", "due",      "result", "note",
                                        "workflow",    "computed", NULL};
    static const struct words words = {N_("an item"), known, NULL};

    if (node->kind != NODE_MAP) {
        return fields_check(reader, node, &words);
    }
    bool good = fields_check(reader, node, &words);
    good &= fields_name(reader, node, "no", REQUIRED, &item->no);
    good &= find_section(reader, node, roadmap, &item->section);
    good &= fields_text(reader, node, "title", REQUIRED, LIMIT_TEXT_BYTES, &item->title);
    good &= fields_texts(reader, node, "bullets", OPTIONAL, LIMIT_ITEMS, &item->bullets,
                         &item->bullet_count);
    good &= fields_names(reader, node, "responsible", REQUIRED, LIMIT_CO_EXECUTORS + 1,
                         &item->responsible, &item->responsible_count);
    good &= read_due(reader, node, item);
    good &= fields_text(reader, node, "result", OPTIONAL, LIMIT_TEXT_BYTES, &item->result);
    good &= fields_text(reader, node, "note", OPTIONAL, LIMIT_TEXT_BYTES, &item->note);
    good &= fields_name(reader, node, "workflow", OPTIONAL, &item->workflow);
    good &= read_progress(reader, node, roadmap, item);
    if (item->workflow == NULL) {
        item->workflow = xstrdup(DEFAULT_WORKFLOW);
    }
    return good;
}

static bool read_sections(const struct reader *reader, const struct node *root,
                          struct roadmap *roadmap)
{
    const struct node *list;

    if (!fields_node(reader, root, "sections", REQUIRED, NODE_LIST, &list)) {
        return false;
    }
    if (list->count > LIMIT_ITEMS) {
        return refuse(reader, list, ERROR_TOO_LARGE, "a roadmap has at most %u sections",
                      LIMIT_ITEMS);
    }
    roadmap->sections = xcalloc(list->count, sizeof *roadmap->sections);
    roadmap->section_count = list->count;
    bool good = true;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_section(reader, list->items[i], &roadmap->sections[i]);
    }
    return good;
}

static bool read_items(const struct reader *reader, const struct node *root,
                       struct roadmap *roadmap)
{
    const struct node *list;
    uint64_t occurrences = 0;

    if (!fields_node(reader, root, "items", REQUIRED, NODE_LIST, &list)) {
        return false;
    }
    if (list->count == 0) {
        return refuse(reader, list, ERROR_INVALID, "a roadmap needs at least one item");
    }
    if (list->count > LIMIT_ITEMS) {
        return refuse(reader, list, ERROR_TOO_LARGE, "a roadmap has at most %u items; this has %u",
                      LIMIT_ITEMS, list->count);
    }
    roadmap->items = xcalloc(list->count, sizeof *roadmap->items);
    roadmap->item_count = list->count;
    bool good = true;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_item(reader, list->items[i], roadmap, &roadmap->items[i]);
        occurrences += roadmap->items[i].window_count;
    }
    if (occurrences > LIMIT_OCCURRENCES) {
        return refuse(reader, list, ERROR_TOO_LARGE,
                      "the items have %llu windows together; the limit is %u",
                      (unsigned long long)occurrences, LIMIT_OCCURRENCES);
    }
    return good;
}

bool read_roadmap(const struct reader *reader, const struct node *root, struct roadmap *roadmap)
{
    static const char *const known[] = {"document", "period", "controller", "policy",
                                        "sections", "items",  NULL};
    static const struct words words = {N_("a roadmap"), known, NULL};
    const struct node *period;

    bool good = fields_check(reader, root, &words);
    good &= fields_node(reader, root, "period", REQUIRED, NODE_MAP, &period) &&
            node_window(reader, period, &roadmap->period);
    good &= fields_name(reader, root, "controller", REQUIRED, &roadmap->controller);
    good &= fields_name(reader, root, "policy", REQUIRED, &roadmap->policy);
    good &= read_sections(reader, root, roadmap);
    /* items name sections: without a list of them each would be wrong */
    return (good || roadmap->sections != NULL) && read_items(reader, root, roadmap) && good;
}

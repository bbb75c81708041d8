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
#include "language/read_executors.h"
#include "language/readers.h"
#include "language/term.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_WORKFLOW "roadmap-item"
#define OPEN_ENDED_YEARS 2 /* of a plan without a last day: this year and the next are planned */

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

/* An item may stand outside of sections. */
static bool find_section(const struct reader *reader, const struct node *item,
                         const struct roadmap *roadmap, uint32_t *ret_index)
{
    const struct node *node;

    *ret_index = SECTION_NONE;
    if (!fields_node(reader, item, "section", OPTIONAL, NODE_TEXT, &node)) {
        return false;
    }
    if (node == NULL) {
        return true;
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

/* dated: period and act are known, so that terms can be read. */
static bool read_item(const struct reader *reader, const struct node *node, struct roadmap *roadmap,
                      bool dated, struct roadmap_item *item)
{
    static const char *const known[] = {"no",       "section",  "title", "bullets", "responsible",
                                        "audience", "due",      "after", "result",  "note",
                                        "workflow", "computed", NULL};
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
    good &= fields_text(reader, node, "audience", OPTIONAL, LIMIT_TEXT_BYTES, &item->audience);
    bool timed = read_term(reader, node, roadmap, dated, item);
    good &= timed;
    good &= read_executors(reader, node, dated && timed, item);
    good &= fields_names(reader, node, "after", OPTIONAL, LIMIT_ITEMS, &item->after,
                         &item->after_count);
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

    if (!fields_node(reader, root, "sections", OPTIONAL, NODE_LIST, &list)) {
        return false;
    }
    if (list == NULL) {
        return true;
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

static bool read_items(const struct reader *reader, const struct node *root, bool dated,
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
        good &= read_item(reader, list->items[i], roadmap, dated, &roadmap->items[i]);
        occurrences += roadmap->items[i].window_count;
    }
    if (occurrences > LIMIT_OCCURRENCES) {
        return refuse(reader, list, ERROR_TOO_LARGE,
                      "the items have %llu windows together; the limit is %u",
                      (unsigned long long)occurrences, LIMIT_OCCURRENCES);
    }
    return good;
}

/* The act that approved the plan. Its day is that of "from the day of signing". */
static bool read_act(const struct reader *reader, const struct node *root, struct roadmap *roadmap)
{
    static const char *const known[] = {"number", "date", NULL};
    static const struct words words = {N_("an act"), known, NULL};
    const struct node *act;
    const struct node *date;

    roadmap->signed_day = CIVIL_DAY_NONE;
    if (!fields_node(reader, root, "act", OPTIONAL, NODE_MAP, &act)) {
        return false;
    }
    if (act == NULL) {
        return true;
    }
    bool good = fields_check(reader, act, &words);
    good &= fields_text(reader, act, "number", OPTIONAL, LIMIT_NAME_BYTES, &roadmap->act_number);
    good &= fields_node(reader, act, "date", REQUIRED, NODE_TEXT, &date) &&
            node_day(reader, date, &roadmap->signed_day);
    return good;
}

/* The day before the same day two years later. */
static civil_day two_years(civil_day from)
{
    struct civil c = civil_of_day(from);

    c.year += OPEN_ENDED_YEARS;
    if (!civil_valid(c)) { /* 29 February, or the end of the calendar */
        c = (struct civil){c.year, 3, 1};
    }
    return civil_valid(c) ? civil_to_day(c) - 1
                          : civil_to_day((struct civil){CIVIL_YEAR_LAST, 12, 31});
}

/* Without `to` the plan goes on until another takes its place. */
static bool read_period(const struct reader *reader, const struct node *root,
                        struct roadmap *roadmap)
{
    static const char *const known[] = {"from", "to", NULL};
    static const struct words words = {N_("a period"), known, NULL};
    const struct node *period;
    const struct node *from;

    if (!fields_node(reader, root, "period", REQUIRED, NODE_MAP, &period)) {
        return false;
    }
    if (node_find(period, "to") != NULL || node_find(period, "from") == NULL) {
        return node_window(reader, period, &roadmap->period);
    }
    bool good = fields_check(reader, period, &words);
    good &= fields_node(reader, period, "from", REQUIRED, NODE_TEXT, &from) &&
            node_day(reader, from, &roadmap->period.from);
    if (good) {
        roadmap->period.to = two_years(roadmap->period.from);
        roadmap->open_ended = true;
    }
    return good;
}

bool read_roadmap(const struct reader *reader, const struct node *root, struct roadmap *roadmap)
{
    static const char *const known[] = {"document", "act",      "period", "controller",
                                        "policy",   "sections", "items",  NULL};
    static const struct words words = {N_("a roadmap"), known, NULL};

    bool good = fields_check(reader, root, &words);
    bool dated = read_act(reader, root, roadmap);
    dated &= read_period(reader, root, roadmap);
    good &= fields_name(reader, root, "controller", REQUIRED, &roadmap->controller);
    good &= fields_name(reader, root, "policy", REQUIRED, &roadmap->policy);
    if (!read_sections(reader, root, roadmap)) {
        good = false;
        if (roadmap->sections == NULL) {
            return false; /* items name sections: without a list of them each would be wrong */
        }
    }
    return read_items(reader, root, dated, roadmap) && good && dated;
}

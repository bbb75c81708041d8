/* read_executors.c - who carries out an item of a plan, and whose part is due before the whole
 *
 * Owns:    `responsible` of an item: ids, and {body, to} or {body, days_before, working}.
 * In:      read_item() of read_roadmap.c, when the term of the item is read.
 * Out:     responsible[] and, where a part has a term of its own, parts[] beside it.
 * Always:  the first body has the term of the item; no part is due after it, nor before it begins.
 * See:     docs/language.md §4
 */
#include "language/read_executors.h"

#include "base/limits.h"
#include "base/must.h"

#include <stdlib.h>

#define DAYS_BEFORE_MAX 3660 /* ten years: as for a co-executor of call: assignment */

/* --- form --------------------------------------------------------------------------------------
 */

static bool read_days(const struct reader *reader, const struct node *entry,
                      struct executor_part *part)
{
    int64_t days = 0;
    bool good = fields_integer(reader, entry, "days_before", REQUIRED, 0, DAYS_BEFORE_MAX, &days);

    part->kind = EXECUTOR_DAYS_BEFORE;
    part->days.count = (int32_t)days;
    return fields_flag(reader, entry, "working", OPTIONAL, &part->days.working) && good;
}

static bool read_part(const struct reader *reader, const struct node *entry, char **ret_body,
                      struct executor_part *part)
{
    static const char *const known[] = {"body", "to", "days_before", "working", NULL};
    static const struct words words = {N_("a co-executor"), known, NULL};
    const struct node *to = node_find(entry, "to");
    const struct node *days = node_find(entry, "days_before");
    const struct node *working = node_find(entry, "working");
    bool good = fields_check(reader, entry, &words);

    good &= fields_name(reader, entry, "body", REQUIRED, ret_body);
    if (to != NULL && days != NULL) {
        return refuse(reader, to, ERROR_INVALID,
                      "one of \"to\" and \"days_before\" is enough: they may not agree");
    }
    if (working != NULL && days == NULL) {
        return refuse(reader, working, ERROR_INVALID,
                      "\"working\" says how \"days_before\" is counted, which is not given");
    }
    if (days != NULL) {
        good &= read_days(reader, entry, part);
    } else if (to != NULL) {
        part->kind = EXECUTOR_DAY;
        good &= fields_node(reader, entry, "to", REQUIRED, NODE_TEXT, &to) &&
                node_day(reader, to, &part->to);
    }
    return good;
}

static bool read_entry(const struct reader *reader, const struct node *entry, char **ret_body,
                       struct executor_part *part)
{
    return entry->kind == NODE_MAP ? read_part(reader, entry, ret_body, part)
                                   : node_name(reader, entry, ret_body);
}

/* --- what it means -----------------------------------------------------------------------------
 */

/* Days that are worked are at least as many days: what is refused here is wrong by any calendar. */
static bool check_part(const struct reader *reader, const struct node *entry,
                       const struct roadmap_item *item, const struct executor_part *part)
{
    bool by_day = part->kind == EXECUTOR_DAY;
    const struct node *at = node_find(entry, by_day ? "to" : "days_before");

    if (by_day && item->window_count > 1) {
        return refuse(reader, at, ERROR_INVALID,
                      "the item is due %u times: say with \"days_before\" when a part is due",
                      item->window_count);
    }
    for (uint32_t i = 0; i < item->window_count; i++) {
        civil_day last = item->windows[i].to;
        civil_day day = by_day ? part->to : last - part->days.count;
        char from[CIVIL_TEXT_MAX];
        char to[CIVIL_TEXT_MAX];
        civil_print(item->opens[i], from);
        civil_print(last, to);
        if (day < item->opens[i] || day > last) {
            return refuse(reader, at, ERROR_INVALID,
                          "this part would be due outside of the term of the item, %s to %s", from,
                          to);
        }
    }
    return true;
}

static bool check_parts(const struct reader *reader, const struct node *list,
                        const struct roadmap_item *item)
{
    bool good = true;

    if (item->parts[0].kind != EXECUTOR_WITH_ALL) {
        return refuse(reader, list->items[0], ERROR_INVALID,
                      "the first body is responsible for the whole: its term is that of the item");
    }
    for (uint32_t i = 1; i < item->responsible_count; i++) {
        good &= item->parts[i].kind == EXECUTOR_WITH_ALL ||
                check_part(reader, list->items[i], item, &item->parts[i]);
    }
    return good;
}

/* --- the list ----------------------------------------------------------------------------------
 */

static bool has_own_terms(const struct roadmap_item *item)
{
    for (uint32_t i = 0; i < item->responsible_count; i++) {
        if (item->parts[i].kind != EXECUTOR_WITH_ALL) {
            return true;
        }
    }
    return false;
}

static bool read_list(const struct reader *reader, const struct node *list,
                      struct roadmap_item *item)
{
    bool good = true;

    item->responsible = xcalloc(list->count, sizeof *item->responsible);
    item->parts = xcalloc(list->count, sizeof *item->parts);
    item->responsible_count = list->count;
    for (uint32_t i = 0; i < list->count && (good || reader->problems != NULL); i++) {
        good &= read_entry(reader, list->items[i], &item->responsible[i], &item->parts[i]);
    }
    return good;
}

bool read_executors(const struct reader *reader, const struct node *node, bool dated,
                    struct roadmap_item *item)
{
    const struct node *list;

    if (!fields_node(reader, node, "responsible", REQUIRED, NODE_LIST, &list)) {
        return false;
    }
    if (list->count == 0) {
        return refuse(reader, list, ERROR_INVALID, "the list \"%s\" is empty", "responsible");
    }
    if (list->count > LIMIT_CO_EXECUTORS + 1) {
        return refuse(reader, list, ERROR_TOO_LARGE, "\"%s\" has %u entries; the limit is %u",
                      "responsible", list->count, LIMIT_CO_EXECUTORS + 1);
    }
    bool good = read_list(reader, list, item);
    if (good && !has_own_terms(item)) {
        free(item->parts);
        item->parts = NULL;
    }
    return good && (!dated || item->parts == NULL || check_parts(reader, list, item));
}

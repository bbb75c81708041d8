/* read_indicators.c - by which numbers a system is judged, and how each is counted
 *
 * Owns:    the words of an indicators document.
 * In:      read_indicators() from document.c.
 * Out:     struct indicators, in the order of the document.
 * Always:  form only, but for ids, which are unique: whether workflows and plans are known is for
 *          check_outer.c.
 * See:     docs/language.md §9
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/lists.h"
#include "language/measure.h"
#include "language/outer_readers.h"

#include <stdlib.h>
#include <string.h>

#define INDICATORS_MAX 500u

static const char *const period_names[PERIOD_COUNT + 1] = {"year", "half-year", "quarter", "month",
                                                           NULL};

const char *period_name(enum period period)
{
    must((unsigned)period < PERIOD_COUNT);
    return period_names[period];
}

static bool read_period(const struct reader *reader, const struct node *node, enum period *period)
{
    int index = 0;

    if (!fields_choice(reader, node, "period", REQUIRED, period_names, N_("a period"), &index)) {
        return false;
    }
    *period = (enum period)index;
    return true;
}

static bool read_share(const struct expressions *e, const struct node *node,
                       struct measure *measure)
{
    static const char *const known[] = {"done", "of", NULL};
    static const struct words words = {N_("a share"), known, NULL};
    const struct node *done;
    const struct node *of;

    if (!fields_check(e->reader, node, &words) ||
        !fields_node(e->reader, node, "done", REQUIRED, NODE_MAP, &done) ||
        !fields_node(e->reader, node, "of", REQUIRED, NODE_MAP, &of)) {
        return false;
    }
    bool good = read_count(e, done, &measure->done);
    return read_count(e, of, &measure->of) && good;
}

/* Exactly one way to come to a number. ret_share: a target is in percent. */
static bool read_value(const struct expressions *e, const struct node *value,
                       struct indicator *indicator, bool *ret_share)
{
    static const char *const known[] = {"count", "share", "reported", NULL};
    static const struct words words = {N_("the value of an indicator"), known, NULL};

    if (!fields_check(e->reader, value, &words)) {
        return false;
    }
    if (value->count != 1) {
        return refuse(e->reader, value, ERROR_INVALID,
                      "the value of an indicator needs one of \"count\", \"share\" and "
                      "\"reported\"");
    }
    const struct node *count = node_find(value, "count");
    const struct node *share = node_find(value, "share");
    if (count != NULL) {
        return read_count(e, count, &indicator->measure.done);
    }
    if (share != NULL) {
        *ret_share = true;
        return read_share(e, share, &indicator->measure);
    }
    *ret_share = strcmp(indicator->unit, "%") == 0;
    return fields_text(e->reader, value, "reported", REQUIRED, LIMIT_TEXT_BYTES,
                       &indicator->reported);
}

static bool read_indicator(const struct expressions *e, const struct node *node,
                           struct indicator *indicator)
{
    static const char *const known[] = {"id",   "title", "unit",   "formula", "period",
                                        "note", "value", "target", NULL};
    static const struct words words = {N_("an indicator"), known, NULL};
    const struct node *value;
    bool share = false;

    if (!fields_check(e->reader, node, &words)) {
        return false;
    }
    bool good = fields_name(e->reader, node, "id", REQUIRED, &indicator->id);
    good &= fields_text(e->reader, node, "title", REQUIRED, LIMIT_TEXT_BYTES, &indicator->title);
    good &=
        fields_text(e->reader, node, "formula", REQUIRED, LIMIT_TEXT_BYTES, &indicator->formula);
    good &= fields_text(e->reader, node, "note", OPTIONAL, LIMIT_TEXT_BYTES, &indicator->note);
    good &= read_period(e->reader, node, &indicator->period);
    if (!fields_text(e->reader, node, "unit", REQUIRED, LIMIT_NAME_BYTES, &indicator->unit) ||
        !fields_node(e->reader, node, "value", REQUIRED, NODE_MAP, &value) ||
        !read_value(e, value, indicator, &share)) {
        return false;
    }
    if (share != (strcmp(indicator->unit, "%") == 0)) {
        return refuse(e->reader, node_find(node, "unit"), ERROR_INVALID,
                      "a share has the unit %%, and nothing else has it");
    }
    return read_target(e->reader, node, OPTIONAL, share, &indicator->measure.target) && good;
}

static bool check_ids(const struct reader *reader, const struct node *list,
                      const struct indicators *indicators)
{
    bool good = true;

    for (uint32_t i = 1; i < indicators->indicator_count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (strcmp(indicators->indicators[i].id, indicators->indicators[j].id) == 0) {
                good = refuse(reader, node_find(list->items[i], "id"), ERROR_INVALID,
                              "the indicator \"%s\" is here for the second time (first in line %d)",
                              show(indicators->indicators[i].id).text,
                              node_find(list->items[j], "id")->line);
            }
        }
    }
    return good;
}

bool read_indicators(const struct reader *reader, const struct node *root,
                     struct indicators *indicators)
{
    static const char *const known[] = {"document", "source", "indicators", NULL};
    static const struct words words = {N_("an indicators document"), known, NULL};
    const struct node *list;

    indicators->program = program_create();
    struct expressions e = {reader, indicators->program, false};
    bool good = fields_check(reader, root, &words);
    good &= fields_text(reader, root, "source", OPTIONAL, LIMIT_TEXT_BYTES, &indicators->source);
    if (!fields_list(reader, root, "indicators", REQUIRED, INDICATORS_MAX, &list)) {
        return false;
    }
    indicators->indicators = xcalloc(list->count, sizeof *indicators->indicators);
    indicators->indicator_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_indicator(&e, list->items[i], &indicators->indicators[i]);
    }
    return good && check_ids(reader, list, indicators);
}

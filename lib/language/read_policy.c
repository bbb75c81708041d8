/* read_policy.c - when reminders go out, and to whom a late assignment is escalated
 *
 * Owns:    the words of a policy: "10 days before", "on the day", "2 levels up".
 * In:      read_policy() from document.c.
 * Out:     struct policy.
 * Always:  rungs stand in the order of their days, in the document as in the struct.
 * See:     docs/language.md §6
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/readers.h"

#include <stdlib.h>
#include <string.h>

#define RUNGS_MAX  32u
#define DAYS_MAX   366 /* a year: nobody waits longer for a reminder */
#define LEVELS_MAX 10

/* "N rest": the number; false when the text is not of that shape. N of one or many is not told
 * apart: "1 days" is understood. */
static bool counted(const char *text, const char *rest_one, const char *rest_many, int max,
                    int *ret_count)
{
    size_t digits = strspn(text, "0123456789");

    if (digits == 0 || digits > 3 || text[digits] != ' ' ||
        (strcmp(text + digits + 1, rest_one) != 0 && strcmp(text + digits + 1, rest_many) != 0)) {
        return false;
    }
    *ret_count = (int)strtol(text, NULL, 10);
    return *ret_count >= 1 && *ret_count <= max;
}

static bool read_offset(const struct reader *reader, const struct node *node, int32_t *ret_days)
{
    int days = 0;

    if (node->kind == NODE_TEXT && strcmp(node->text, "on the day") == 0) {
        *ret_days = 0;
        return true;
    }
    if (node->kind == NODE_TEXT &&
        counted(node->text, "day before", "days before", DAYS_MAX, &days)) {
        *ret_days = -days;
        return true;
    }
    if (node->kind == NODE_TEXT &&
        counted(node->text, "day after", "days after", DAYS_MAX, &days)) {
        *ret_days = days;
        return true;
    }
    if (node->kind == NODE_TEXT && strstr(node->text, "working day") != NULL) {
        return refuse(reader, node, ERROR_UNSUPPORTED, "working days are not supported yet");
    }
    return refuse(
        reader, node, ERROR_INVALID,
        "write the day as \"10 days before\", \"on the day\" or \"5 days after\" (up to %d "
        "days)",
        DAYS_MAX);
}

static bool read_receiver(const struct reader *reader, const struct node *map, struct rung *rung)
{
    const struct node *node;
    int levels = 0;

    if (!fields_node(reader, map, "to", REQUIRED, NODE_TEXT, &node)) {
        return false;
    }
    if (strcmp(node->text, "controller") == 0) {
        rung->levels = 0;
    } else if (strcmp(node->text, "parent") == 0) {
        rung->levels = 1;
    } else if (counted(node->text, "level up", "levels up", LEVELS_MAX, &levels)) {
        rung->levels = (uint32_t)levels;
    } else {
        return refuse(reader, node, ERROR_INVALID,
                      "\"%s\" is nobody: write parent, \"2 levels up\" (up to %d) or controller",
                      show(node->text).text, LEVELS_MAX);
    }
    return true;
}

static bool read_rung(const struct reader *reader, const struct node *node, struct rung *rung)
{
    static const char *const remind_known[] = {"remind", NULL};
    static const struct words remind_words = {N_("a reminder"), remind_known, NULL};
    static const char *const escalate_known[] = {"escalate", "to", "critical", NULL};
    static const struct words escalate_words = {N_("an escalation"), escalate_known, NULL};
    static const char *const any_known[] = {"remind", "escalate", "to", "critical", NULL};
    static const struct words any_words = {N_("a rung"), any_known, NULL};

    if (!fields_check(reader, node, &any_words)) {
        return false;
    }
    const struct node *remind = node_find(node, "remind");
    const struct node *escalate = node_find(node, "escalate");
    if (escalate == NULL) {
        rung->kind = LADDER_REMIND;
        return remind == NULL
                   ? refuse(reader, node, ERROR_INVALID, "a rung needs \"remind\" or \"escalate\"")
                   : fields_check(reader, node, &remind_words) &&
                         read_offset(reader, remind, &rung->offset.count);
    }
    rung->kind = LADDER_ESCALATE;
    bool good = fields_check(reader, node, &escalate_words);
    good &= read_offset(reader, escalate, &rung->offset.count);
    good &= read_receiver(reader, node, rung);
    good &= fields_flag(reader, node, "critical", OPTIONAL, &rung->critical);
    return good;
}

static bool read_ladder(const struct reader *reader, const struct node *root, struct policy *policy)
{
    const struct node *list;
    bool good = true;

    if (!fields_node(reader, root, "ladder", REQUIRED, NODE_LIST, &list)) {
        return false;
    }
    if (list->count > RUNGS_MAX) {
        return refuse(reader, list, ERROR_TOO_LARGE, "a ladder has at most %u rungs; this has %u",
                      RUNGS_MAX, list->count);
    }
    policy->rungs = xcalloc(list->count, sizeof *policy->rungs);
    policy->rung_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_rung(reader, list->items[i], &policy->rungs[i]);
        if (good && i > 0 && policy->rungs[i].offset.count < policy->rungs[i - 1].offset.count) {
            good = refuse(reader, list->items[i], ERROR_INVALID,
                          "this rung comes earlier than the one above it: put them in order");
        }
    }
    return good;
}

/* "09:00" */
static bool read_time(const struct reader *reader, const struct node *root, int32_t *ret_minute)
{
    const struct node *node;

    if (!fields_node(reader, root, "at", REQUIRED, NODE_TEXT, &node)) {
        return false;
    }
    const char *s = node->text;
    bool shaped = strlen(s) == 5 && s[2] == ':' && strspn(s, "0123456789") == 2 &&
                  strspn(s + 3, "0123456789") == 2;
    int hour = shaped ? (s[0] - '0') * 10 + (s[1] - '0') : 24;
    int minute = shaped ? (s[3] - '0') * 10 + (s[4] - '0') : 0;
    if (hour > 23 || minute > 59) {
        return refuse(reader, node, ERROR_INVALID, "\"%s\" is not a time: write it as '09:00'",
                      show(s).text);
    }
    *ret_minute = hour * 60 + minute;
    return true;
}

bool read_policy(const struct reader *reader, const struct node *root, struct policy *policy)
{
    static const char *const known[] = {"document", "at", "soon", "ladder", NULL};
    static const struct words words = {N_("a policy"), known, NULL};
    int64_t soon = 0;
    bool good = fields_check(reader, root, &words);

    good &= read_time(reader, root, &policy->minute);
    good &= fields_integer(reader, root, "soon", REQUIRED, 0, DAYS_MAX, &soon);
    good &= read_ladder(reader, root, policy);
    policy->soon.count = (int32_t)soon;
    return good;
}

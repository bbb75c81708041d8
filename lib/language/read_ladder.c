/* read_ladder.c - the rungs of a policy: whom time writes to, and when
 *
 * Owns:    the words of a rung: "10 days before", "2 levels up", "every".
 * In:      read_ladder() from read_policy.c.
 * Out:     policy->rungs.
 * Always:  rungs stand in the order of their days, in the document as in the struct; days that only
 *          a calendar can compare may stand in any order.
 * See:     docs/language.md §6; docs/time.md §5
 */
#include "base/must.h"
#include "language/policy_words.h"

#include <stdlib.h>
#include <string.h>

#define RUNGS_MAX   32u
#define LEVELS_MAX  10
#define REPEATS_MAX 60 /* of a rung: weekly for a year, daily for two months */

/* --- days ---------------------------------------------------------------------------------------
 */

bool node_offset(const struct reader *reader, const struct node *node, struct days *ret_days)
{
    return (node->kind == NODE_TEXT && day_words_offset(node->text, ret_days)) ||
           refuse(
               reader, node, ERROR_INVALID,
               "write the day as \"10 days before\", \"3 working days before\", \"on the day\" or "
               "\"5 days after\" (up to %d days)",
               DAY_WORDS_DAYS_MAX);
}

bool node_span(const struct reader *reader, const struct node *node, struct days *ret_days)
{
    return (node->kind == NODE_TEXT && day_words_span(node->text, ret_days)) ||
           refuse(reader, node, ERROR_INVALID,
                  "write it as \"5 days\" or \"5 working days\" (up to %d)", DAY_WORDS_DAYS_MAX);
}

/* --- to whom ------------------------------------------------------------------------------------
 */

/* "parent", "2 levels up" */
static bool is_level(const char *text, uint32_t *ret_levels)
{
    size_t digits = strspn(text, "0123456789");

    if (strcmp(text, "parent") == 0) {
        *ret_levels = 1;
        return true;
    }
    if (digits == 0 || digits > 3 ||
        (strcmp(text + digits, " level up") != 0 && strcmp(text + digits, " levels up") != 0)) {
        return false;
    }
    *ret_levels = (uint32_t)strtol(text, NULL, 10);
    return *ret_levels >= 1 && *ret_levels <= LEVELS_MAX;
}

static bool read_receiver(const struct reader *reader, const struct node *map, struct rung *rung)
{
    bool reassigns = rung->kind == LADDER_REASSIGN;
    const struct node *node;

    if (!fields_node(reader, map, "to", REQUIRED, NODE_TEXT, &node)) {
        return false;
    }
    if (strcmp(node->text, reassigns ? "deputy" : "controller") == 0) {
        rung->levels = 0;
        return true;
    }
    if (is_level(node->text, &rung->levels)) {
        return true;
    }
    return reassigns
               ? refuse(reader, node, ERROR_INVALID,
                        "\"%s\" is nobody: write deputy, parent or \"2 levels up\" (up to %d)",
                        show(node->text).text, LEVELS_MAX)
               : refuse(reader, node, ERROR_INVALID,
                        "\"%s\" is nobody: write parent, \"2 levels up\" (up to %d) or controller",
                        show(node->text).text, LEVELS_MAX);
}

/* --- repeats ------------------------------------------------------------------------------------
 */

/* About how many calendar days; exactly when they are no working days. */
static int32_t about(struct days days)
{
    return days.working ? days.count * 7 / 5 : days.count;
}

static bool check_repeats(const struct reader *reader, const struct node *map,
                          const struct rung *rung)
{
    bool alike =
        rung->offset.working == rung->until.working && rung->every.working == rung->until.working;
    int32_t span =
        alike ? rung->until.count - rung->offset.count : about(rung->until) - about(rung->offset);
    int32_t repeats = span / (alike ? rung->every.count : about(rung->every));

    if (day_words_is_earlier(rung->until, rung->offset)) {
        return refuse(reader, node_find(map, "until"), ERROR_INVALID,
                      "this is before the rung itself: there is nothing to repeat");
    }
    return repeats <= REPEATS_MAX ||
           refuse(reader, node_find(map, "every"), ERROR_TOO_LARGE,
                  "this rung would repeat %d times; the limit is %d", (int)repeats, REPEATS_MAX);
}

static bool read_repeats(const struct reader *reader, const struct node *map, struct rung *rung)
{
    const struct node *every = node_find(map, "every");
    const struct node *until = node_find(map, "until");

    if (every == NULL && until == NULL) {
        return true;
    }
    if (every == NULL || until == NULL) {
        return refuse_missing(reader, map, every == NULL ? "every" : "until");
    }
    bool good = node_span(reader, every, &rung->every);
    good &= node_offset(reader, until, &rung->until);
    return good && check_repeats(reader, map, rung);
}

/* --- rungs --------------------------------------------------------------------------------------
 */

static bool read_reminder(const struct reader *reader, const struct node *node, struct rung *rung)
{
    static const char *const known[] = {"remind", "every", "until", NULL};
    static const struct words words = {N_("a reminder"), known, NULL};
    bool good = fields_check(reader, node, &words);

    rung->kind = LADDER_REMIND;
    good &= node_offset(reader, node_find(node, "remind"), &rung->offset);
    return good && read_repeats(reader, node, rung);
}

static bool read_escalation(const struct reader *reader, const struct node *node, struct rung *rung)
{
    static const char *const known[] = {"escalate", "to", "critical", "every", "until", NULL};
    static const struct words words = {N_("an escalation"), known, NULL};
    bool good = fields_check(reader, node, &words);

    rung->kind = LADDER_ESCALATE;
    good &= node_offset(reader, node_find(node, "escalate"), &rung->offset);
    good &= read_receiver(reader, node, rung);
    good &= fields_flag(reader, node, "critical", OPTIONAL, &rung->critical);
    return good && read_repeats(reader, node, rung);
}

static bool read_reassignment(const struct reader *reader, const struct node *node,
                              struct rung *rung)
{
    static const char *const known[] = {"reassign", "to", "critical", NULL};
    static const struct words words = {N_("a reassignment"), known, NULL};
    const struct node *when = node_find(node, "reassign");
    bool good = fields_check(reader, node, &words);

    rung->kind = LADDER_REASSIGN;
    if (!node_offset(reader, when, &rung->offset)) {
        good = false;
    } else if (rung->offset.count <= 0) {
        good = refuse(reader, when, ERROR_INVALID,
                      "only what is late is given to another: write \"10 working days after\"");
    }
    good &= read_receiver(reader, node, rung);
    good &= fields_flag(reader, node, "critical", OPTIONAL, &rung->critical);
    return good;
}

static bool read_rung(const struct reader *reader, const struct node *node, struct rung *rung)
{
    static const char *const known[] = {"remind",   "escalate", "reassign", "to",
                                        "critical", "every",    "until",    NULL};
    static const struct words words = {N_("a rung"), known, NULL};

    if (!fields_check(reader, node, &words)) {
        return false;
    }
    if (node_find(node, "reassign") != NULL) {
        return read_reassignment(reader, node, rung);
    }
    if (node_find(node, "escalate") != NULL) {
        return read_escalation(reader, node, rung);
    }
    return node_find(node, "remind") != NULL
               ? read_reminder(reader, node, rung)
               : refuse(reader, node, ERROR_INVALID,
                        "a rung needs \"remind\", \"escalate\" or \"reassign\"");
}

bool read_ladder(const struct reader *reader, const struct node *root, struct policy *policy)
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
        if (good && i > 0 &&
            day_words_is_earlier(policy->rungs[i].offset, policy->rungs[i - 1].offset)) {
            good = refuse(reader, list->items[i], ERROR_INVALID,
                          "this rung comes earlier than the one above it: put them in order");
        }
    }
    return good;
}

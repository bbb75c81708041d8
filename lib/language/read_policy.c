/* read_policy.c - how terms are counted, reminded of, escalated and moved
 *
 * Owns:    the words of a policy, but for those of its ladder and its chains.
 * In:      read_policy() from document.c.
 * Out:     struct policy.
 * Always:  whatever moves a term or makes one names its source.
 * See:     docs/language.md §6; docs/time.md §4, §5, §6
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/policy_words.h"
#include "language/readers.h"

#include <stdlib.h>
#include <string.h>

#define URGENCIES_MAX      32u
#define URGENCY_BYTES_MAX  128u /* «срочно», «в первоочередном порядке» */
#define EXTENSIONS_MAX_MAX 100 /* without a word there is no bound */

/* --- when letters are made ----------------------------------------------------------------------
 */

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

/* 10, "10 days" or "10 working days" */
static bool read_soon(const struct reader *reader, const struct node *root, struct days *ret_days)
{
    const struct node *node = node_find(root, "soon");
    int64_t count = 0;

    if (node != NULL && node->kind == NODE_TEXT && strstr(node->text, "day") != NULL) {
        return node_span(reader, node, ret_days);
    }
    if (!fields_integer(reader, root, "soon", REQUIRED, 0, DAY_WORDS_DAYS_MAX, &count)) {
        return false;
    }
    *ret_days = (struct days){(int32_t)count, false};
    return true;
}

static bool read_letters(const struct reader *reader, const struct node *root,
                         struct policy *policy)
{
    const struct node *node;
    bool good = fields_node(reader, root, "letters", OPTIONAL, NODE_TEXT, &node);

    if (good && node != NULL) {
        policy->any_day = strcmp(node->text, "on any day") == 0;
        good = policy->any_day || strcmp(node->text, "on working days") == 0 ||
               refuse(reader, node, ERROR_INVALID,
                      "when do letters go out? \"on working days\" or \"on any day\" is expected");
    }
    policy->digest = true;
    good &= fields_flag(reader, root, "digest", OPTIONAL, &policy->digest);
    return good;
}

/* --- where terms come from, and where they go ---------------------------------------------------
 */

static bool read_shift(const struct reader *reader, const struct node *root, struct policy *policy)
{
    static const char *const known[] = {"to", "source", NULL};
    static const struct words words = {N_("a shift of terms"), known, NULL};
    const struct node *shift = node_find(root, "shift");
    const struct node *to;
    uint32_t i = 0;

    if (shift == NULL) {
        return true;
    }
    bool good = fields_check(reader, shift, &words);
    if (shift->kind != NODE_MAP || !fields_node(reader, shift, "to", REQUIRED, NODE_TEXT, &to)) {
        return false;
    }
    while (i < SHIFT_COUNT && strcmp(to->text, shift_name((enum shift)i)) != 0) {
        i++;
    }
    if (i == SHIFT_COUNT) {
        return refuse(reader, to, ERROR_INVALID,
                      "where does a term go that ends on a day off? previous, next or keep is "
                      "expected");
    }
    policy->shift = (enum shift)i;
    good &= fields_text(reader, shift, "source", policy->shift == SHIFT_KEEP ? OPTIONAL : REQUIRED,
                        LIMIT_TEXT_BYTES, &policy->shift_source);
    return good;
}

/* "3 working days", or "the same day" */
static bool read_within(const struct reader *reader, const struct node *map, struct days *ret_days)
{
    const struct node *node;

    if (!fields_node(reader, map, "within", REQUIRED, NODE_TEXT, &node)) {
        return false;
    }
    if (strcmp(node->text, "the same day") == 0) {
        *ret_days = (struct days){0, false};
        return true;
    }
    return day_words_span(node->text, ret_days) ||
           refuse(reader, node, ERROR_INVALID,
                  "write it as \"3 days\", \"3 working days\" (up to %d) or \"the same day\"",
                  DAY_WORDS_DAYS_MAX);
}

static bool read_urgency(const struct reader *reader, const struct node *node, struct urgency *u)
{
    static const char *const known[] = {"word", "within", "source", NULL};
    static const struct words words = {N_("a word with a term"), known, NULL};

    if (node->kind != NODE_MAP) {
        return fields_check(reader, node, &words);
    }
    bool good = fields_check(reader, node, &words);
    good &= fields_text(reader, node, "word", REQUIRED, URGENCY_BYTES_MAX, &u->word);
    good &= read_within(reader, node, &u->days);
    good &= fields_text(reader, node, "source", REQUIRED, LIMIT_TEXT_BYTES, &u->source);
    return good;
}

static bool check_word_is_new(const struct reader *reader, const struct node *list,
                              const struct policy *policy, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++) {
        if (policy->urgencies[i].word != NULL &&
            strcmp(policy->urgencies[i].word, policy->urgencies[at].word) == 0) {
            return refuse(reader, node_find(list->items[at], "word"), ERROR_INVALID,
                          "the word \"%s\" is here for the second time (first in line %d)",
                          show(policy->urgencies[at].word).text, list->items[i]->line);
        }
    }
    return true;
}

static bool read_urgent(const struct reader *reader, const struct node *root, struct policy *policy)
{
    const struct node *list;
    bool good = true;

    if (!fields_node(reader, root, "urgent", OPTIONAL, NODE_LIST, &list) || list == NULL) {
        return node_find(root, "urgent") == NULL;
    }
    if (list->count > URGENCIES_MAX) {
        return refuse(reader, list, ERROR_TOO_LARGE, "\"%s\" has %u entries; the limit is %u",
                      "urgent", list->count, URGENCIES_MAX);
    }
    policy->urgencies = xcalloc(list->count, sizeof *policy->urgencies);
    policy->urgency_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_urgency(reader, list->items[i], &policy->urgencies[i]);
        good &= policy->urgencies[i].word == NULL || check_word_is_new(reader, list, policy, i);
    }
    return good;
}

/* --- extensions and reports ---------------------------------------------------------------------
 */

static bool read_ask(const struct reader *reader, const struct node *map, struct days *ret_days)
{
    const struct node *ask = node_find(map, "ask");
    struct days before;

    if (ask == NULL) {
        return true;
    }
    if (ask->kind != NODE_TEXT || !day_words_offset(ask->text, &before) || before.count >= 0) {
        return refuse(reader, ask, ERROR_INVALID,
                      "write it as \"3 days before\" or \"3 working days before\" (up to %d)",
                      DAY_WORDS_DAYS_MAX);
    }
    *ret_days = (struct days){-before.count, before.working};
    return true;
}

static bool read_extension(const struct reader *reader, const struct node *root,
                           struct policy *policy)
{
    static const char *const known[] = {"ask", "at_most", NULL};
    static const struct words words = {N_("a rule of extensions"), known, NULL};
    const struct node *map = node_find(root, "extension");
    int64_t count = 0;

    if (map == NULL) {
        return true;
    }
    if (map->kind != NODE_MAP) {
        return fields_check(reader, map, &words);
    }
    bool good = fields_check(reader, map, &words);
    good &= read_ask(reader, map, &policy->ask_before);
    good &= fields_integer(reader, map, "at_most", OPTIONAL, 1, EXTENSIONS_MAX_MAX, &count);
    policy->extensions_max = (uint32_t)count;
    return good;
}

static bool read_report(const struct reader *reader, const struct node *root, struct policy *policy)
{
    static const char *const known[] = {"decide_within", NULL};
    static const struct words words = {N_("a rule of reports"), known, NULL};
    const struct node *map = node_find(root, "report");

    if (map == NULL) {
        return true;
    }
    const struct node *within = map->kind == NODE_MAP ? node_find(map, "decide_within") : NULL;
    bool good = fields_check(reader, map, &words);
    if (within == NULL) {
        return good && refuse_missing(reader, map, "decide_within");
    }
    return node_span(reader, within, &policy->decide_within) && good;
}

/* --- all ----------------------------------------------------------------------------------------
 */

bool read_policy(const struct reader *reader, const struct node *root, struct policy *policy)
{
    static const char *const known[] = {"document", "at",     "soon",   "letters",
                                        "digest",   "shift",  "urgent", "extension",
                                        "report",   "ladder", "chains", NULL};
    static const struct words words = {N_("a policy"), known, NULL};
    bool good = fields_check(reader, root, &words);

    good &= read_time(reader, root, &policy->minute);
    good &= read_soon(reader, root, &policy->soon);
    good &= read_letters(reader, root, policy);
    good &= read_shift(reader, root, policy);
    good &= read_urgent(reader, root, policy);
    good &= read_extension(reader, root, policy);
    good &= read_report(reader, root, policy);
    good &= read_ladder(reader, root, policy);
    good &= read_chains(reader, root, policy);
    return good;
}

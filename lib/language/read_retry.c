/* read_retry.c - catch.retry: when and how often what failed is tried again
 *
 * Owns:    the words of a retry policy.
 * In:      read_try(), and read_use.c for policies that nobody uses.
 * Out:     struct catch_retry.
 * Always:  a policy under its name in `use` sees the error by the name that its `catch` gives it.
 * See:     docs/language.md §3.6; DSL 1.0.3 "Retry"
 */
#include "language/draft.h"

#include <string.h>

#define RETRIES_MAX 1000000

static bool read_backoff(const struct draft *d, const struct node *map, enum backoff *ret_backoff)
{
    static const char *const known[] = {"constant", "linear", "exponential", NULL};
    static const char *const none[] = {NULL};
    static const struct words words = {N_("a backoff"), known, NULL};
    static const struct words none_words = {N_("this backoff"), none, NULL};
    const struct node *backoff;

    if (!fields_node(d->reader, map, "backoff", OPTIONAL, NODE_MAP, &backoff)) {
        return false;
    }
    if (backoff == NULL) {
        return true;
    }
    if (!fields_check(d->reader, backoff, &words)) {
        return false;
    }
    if (backoff->count != 1) {
        return refuse(d->reader, backoff, ERROR_INVALID,
                      "a backoff is one of constant, linear and exponential");
    }
    for (int i = 0; known[i] != NULL; i++) {
        if (strcmp(backoff->items[0]->text, known[i]) == 0) {
            *ret_backoff = (enum backoff)(BACKOFF_CONSTANT + i);
        }
    }
    const struct node *details = backoff->items[1];
    return node_is_null(details) || fields_check(d->reader, details, &none_words);
}

static bool read_jitter(const struct draft *d, const struct node *map, struct catch_retry *retry)
{
    static const char *const known[] = {"from", "to", NULL};
    static const struct words words = {N_("a jitter"), known, NULL};
    const struct node *jitter;

    if (!fields_node(d->reader, map, "jitter", OPTIONAL, NODE_MAP, &jitter)) {
        return false;
    }
    if (jitter == NULL) {
        return true;
    }
    bool good = fields_check(d->reader, jitter, &words);
    good &= fields_duration(d->reader, jitter, "from", REQUIRED, &retry->jitter_from_ms);
    good &= fields_duration(d->reader, jitter, "to", REQUIRED, &retry->jitter_to_ms);
    if (good && retry->jitter_to_ms < retry->jitter_from_ms) {
        good = refuse(d->reader, jitter, ERROR_INVALID, "\"%s\" is less than \"%s\"", "to", "from");
    }
    return good;
}

static bool read_attempt(const struct draft *d, const struct scope *scope, const struct node *limit,
                         struct catch_retry *retry)
{
    static const char *const known[] = {"count", "duration", NULL};
    static const struct words words = {N_("limit.attempt"), known, NULL};
    const struct node *attempt;
    int64_t count = 0;

    if (!fields_node(d->reader, limit, "attempt", OPTIONAL, NODE_MAP, &attempt)) {
        return false;
    }
    if (attempt == NULL) {
        return true;
    }
    bool good = fields_check(d->reader, attempt, &words);
    good &= fields_integer(d->reader, attempt, "count", OPTIONAL, 1, RETRIES_MAX, &count);
    good &= read_span(d, scope, attempt, "duration", OPTIONAL, &retry->attempt_duration);
    retry->attempts_max = (uint32_t)count;
    return good;
}

static bool read_limit(const struct draft *d, const struct scope *scope, const struct node *map,
                       struct catch_retry *retry)
{
    static const char *const known[] = {"attempt", "duration", NULL};
    static const struct words words = {N_("the limit of a retry"), known, NULL};
    const struct node *limit;

    if (!fields_node(d->reader, map, "limit", OPTIONAL, NODE_MAP, &limit)) {
        return false;
    }
    if (limit == NULL) {
        return true;
    }
    bool good = fields_check(d->reader, limit, &words);
    good &= read_attempt(d, scope, limit, retry);
    good &= read_span(d, scope, limit, "duration", OPTIONAL, &retry->duration);
    return good;
}

bool read_retry_policy(const struct draft *d, const struct scope *scope, const struct node *map,
                       struct catch_retry *ret_retry)
{
    static const char *const known[] = {"when",    "exceptWhen", "delay", "limit",
                                        "backoff", "jitter",     NULL};
    static const struct words words = {N_("a retry policy"), known, NULL};
    bool good = fields_check(d->reader, map, &words);

    if (map->kind != NODE_MAP) {
        return false;
    }
    good &= read_expression(d, scope, STAGE_TASK, map, "when", &ret_retry->when);
    good &= read_expression(d, scope, STAGE_TASK, map, "exceptWhen", &ret_retry->except_when);
    good &= read_span(d, scope, map, "delay", OPTIONAL, &ret_retry->delay);
    good &= read_backoff(d, map, &ret_retry->backoff);
    good &= read_jitter(d, map, ret_retry);
    good &= read_limit(d, scope, map, ret_retry);
    return good;
}

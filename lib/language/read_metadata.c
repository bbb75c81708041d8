/* read_metadata.c - how long a step may take, and what `metadata` says of it
 *
 * Owns:    the words of `timeout`, of `title`, of our retry rule, of `parallel` and `join`.
 * In:      read_task.c, after the kind of the step is known; read_workflow.c for the document's.
 * Out:     fields of a struct step.
 * Always:  `metadata` is everybody's; of it the title is read, and what is under `marshrut`, which
 *          is ours, and strict.
 * See:     docs/language.md §3; DSL 1.0.3 "Timeout"
 */
#include "base/limits.h"
#include "language/draft.h"

#include <string.h>

/* --- timeout --------------------------------------------------------------------------------- */

bool read_timeout_after(const struct draft *d, const struct scope *scope, const struct node *map,
                        struct span *ret_span)
{
    static const char *const known[] = {"after", NULL};
    static const struct words words = {N_("a timeout"), known, NULL};
    bool good = fields_check(d->reader, map, &words);

    if (map->kind != NODE_MAP) {
        return false;
    }
    good &= read_span(d, scope, map, "after", REQUIRED, ret_span);
    if (good && ret_span->expression == EXPRESSION_NONE && ret_span->ms < 1) {
        good = refuse(d->reader, map, ERROR_INVALID, "a timeout must be at least a millisecond");
    }
    return good;
}

bool read_timeout(struct draft *d, const struct scope *scope, const struct node *map,
                  struct step *step)
{
    static const struct scope outside = {.depth = 1}; /* definitions of `use` see no names */
    const struct node *at = node_find(map, "timeout");

    if (at == NULL) {
        return true;
    }
    bool named = at->kind == NODE_TEXT;
    const struct node *timeout = named ? find_used(&d->timeouts, at->text) : at;
    if (timeout == NULL) {
        return refuse_unknown(d, &d->timeouts, at, N_("timeout"));
    }
    if (!read_timeout_after(d, named ? &outside : scope, timeout, &step->timeout)) {
        return false;
    }
    if (step->kind == STEP_CALL && step->timeout.ms > UINT32_MAX) { /* as the protocol has it */
        return refuse(d->reader, at, ERROR_INVALID,
                      "a time limit of a call must be from one millisecond to 49 days");
    }
    return true;
}

/* --- metadata.marshrut.retry ----------------------------------------------------------------- */

/* factor: 2 or 1.5, kept in percent. */
static bool read_factor(const struct reader *reader, const struct node *map, uint32_t *ret_percent)
{
    const struct node *node;
    json_t *json = NULL;

    if (!fields_node(reader, map, "factor", OPTIONAL, NODE_TEXT, &node)) {
        return false;
    }
    if (node == NULL) {
        return true;
    }
    if (!node_json(reader, node, &json)) {
        return false;
    }
    double factor = json_number_value(json);
    bool number = json_is_number(json);
    json_decref(json);
    if (!number || factor < 1 || factor > 100) {
        return refuse(reader, node, ERROR_INVALID, "\"factor\" must be a number from 1 to 100");
    }
    *ret_percent = (uint32_t)(factor * 100 + 0.5);
    return true;
}

static bool read_retry(const struct reader *reader, const struct node *map,
                       struct retry_policy *retry)
{
    static const char *const known[] = {"attempts", "delay", "delayMax", "factor", "jitter", NULL};
    static const struct words words = {N_("a retry rule"), known, NULL};
    int64_t attempts = retry->attempts_max;
    int64_t jitter = retry->jitter_percent;
    bool good = fields_check(reader, map, &words);

    if (map->kind != NODE_MAP) {
        return false;
    }
    good &= fields_integer(reader, map, "attempts", OPTIONAL, 0, 1000000, &attempts);
    good &= fields_duration(reader, map, "delay", OPTIONAL, &retry->delay_ms);
    good &= fields_duration(reader, map, "delayMax", OPTIONAL, &retry->delay_max_ms);
    good &= read_factor(reader, map, &retry->factor_percent);
    good &= fields_integer(reader, map, "jitter", OPTIONAL, 0, 100, &jitter);
    if (good && retry->delay_max_ms < retry->delay_ms) {
        good = refuse(reader, map, ERROR_INVALID, "\"delayMax\" is shorter than \"delay\"");
    }
    retry->attempts_max = (uint32_t)attempts;
    retry->jitter_percent = (uint32_t)jitter;
    return good;
}

static bool read_call_retry(const struct draft *d, const struct node *retry, struct step *step)
{
    if (step->kind != STEP_CALL) {
        return refuse(d->reader, retry, ERROR_INVALID, "only a call of a service can be retried");
    }
    step->retry.attempts_max = RETRY_ATTEMPTS; /* who writes a rule means it, in a `try` too */
    return read_retry(d->reader, retry, &step->retry);
}

/* --- metadata.marshrut.parallel and .join ---------------------------------------------------- */

/* true = as many as there are, up to the limit. */
static bool read_parallel(const struct draft *d, const struct node *ours, struct step *step)
{
    const struct node *node = node_find(ours, "parallel");
    bool all = false;
    int64_t max = 1;

    if (node == NULL) {
        return true;
    }
    if (step->kind != STEP_FOR && !(step->kind == STEP_LISTEN && step->item != NULL)) {
        return refuse(d->reader, node, ERROR_INVALID,
                      "\"parallel\" is for a \"for\", or a \"listen\" with \"foreach\"");
    }
    if (node->kind == NODE_TEXT && node->plain &&
        (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0)) {
        bool good = fields_flag(d->reader, ours, "parallel", OPTIONAL, &all);
        step->join.parallel_max = all ? LIMIT_PARALLEL : 1;
        return good;
    }
    if (!fields_integer(d->reader, ours, "parallel", OPTIONAL, 1, LIMIT_PARALLEL, &max)) {
        return false;
    }
    step->join.parallel_max = (uint32_t)max;
    return true;
}

/* A number of branches, or an expression for it. */
static bool read_count(const struct draft *d, const struct scope *scope, const struct node *map,
                       struct step *step)
{
    const struct node *node = node_find(map, "count");
    int64_t count = 0;

    if (node == NULL) {
        return true;
    }
    if (node->kind != NODE_TEXT || !node->plain ||
        node->text[strspn(node->text, "-+0123456789")] != '\0') {
        return read_loose(d, scope, STAGE_TASK, node, &step->join.count);
    }
    uint32_t last = step->kind == STEP_FORK ? 0 : LIMIT_PARALLEL;
    for (uint32_t i = step->child; step->kind == STEP_FORK && i != STEP_NONE;
         i = d->workflow->steps[i].next) {
        last++;
    }
    if (!fields_integer(d->reader, map, "count", REQUIRED, 1, last ? last : 1, &count)) {
        return false;
    }
    step->join.count = expression_add_constant(&d->expressions, json_integer(count));
    return true;
}

static bool read_join(const struct draft *d, const struct scope *scope, const struct node *map,
                      struct step *step)
{
    static const char *const known[] = {"count", "rest", NULL};
    static const struct words words = {N_("a join"), known, NULL};
    const struct node *rest;

    if (step->join.parallel_max < 2 || step->compete) {
        return refuse(d->reader, map, ERROR_INVALID,
                      "\"join\" is for a fork without \"compete\", or for what runs in parallel");
    }
    bool good = fields_check(d->reader, map, &words);
    if (map->kind != NODE_MAP) {
        return false;
    }
    good &= read_count(d, scope, map, step);
    if (!fields_node(d->reader, map, "rest", OPTIONAL, NODE_TEXT, &rest)) {
        return false;
    }
    step->join.cancel_rest = rest != NULL && strcmp(rest->text, "cancel") == 0;
    if (rest != NULL && !step->join.cancel_rest && strcmp(rest->text, "continue") != 0) {
        good = refuse(d->reader, rest, ERROR_INVALID, "\"%s\" must be %s or %s", "rest", "cancel",
                      "continue");
    }
    return good;
}

/* --- metadata.title -------------------------------------------------------------------------- */

/* A document that is read by itself may have been in force before titles were read: it stays
 * readable, and has none where it can't be one. */
static bool read_title(const struct draft *d, const struct node *metadata, struct step *step)
{
    struct error ignored;
    const struct reader quiet = {.file = d->reader->file, .err = &ignored};
    bool alone = d->reader->services == NULL && d->reader->catalog == NULL;
    const struct reader *reader = alone ? &quiet : d->reader;
    const struct node *title = node_find(metadata, "title");

    if (title != NULL && node_is_template(title)) {
        return refuse(reader, title, ERROR_INVALID, "the title of a step can't be computed") ||
               alone;
    }
    return fields_text(reader, metadata, "title", OPTIONAL, LIMIT_TITLE_BYTES, &step->title) ||
           alone;
}

/* --- metadata -------------------------------------------------------------------------------- */

/* metadata, and what is under its `marshrut`; either may be NULL. */
static bool find_ours(const struct draft *d, const struct node *map, const struct words *words,
                      const struct node **ret_metadata, const struct node **ret_ours)
{
    *ret_metadata = *ret_ours = NULL;
    if (!fields_node(d->reader, map, "metadata", OPTIONAL, NODE_MAP, ret_metadata)) {
        return false;
    }
    const struct node *ours = *ret_metadata ? node_find(*ret_metadata, "marshrut") : NULL;
    if (ours == NULL) {
        return true;
    }
    bool good = fields_check(d->reader, ours, words);
    *ret_ours = ours->kind == NODE_MAP ? ours : NULL;
    return good;
}

bool read_metadata(const struct draft *d, const struct scope *scope, const struct node *task,
                   struct step *step)
{
    static const char *const known[] = {"retry", "parallel", "join", NULL};
    static const struct words words = {"metadata.marshrut", known, NULL};
    const struct node *metadata;
    const struct node *ours;
    bool good = find_ours(d, task, &words, &metadata, &ours);

    good &= metadata == NULL || read_title(d, metadata, step);
    if (ours == NULL) {
        return good;
    }
    const struct node *retry = node_find(ours, "retry");
    const struct node *join = node_find(ours, "join");
    good &= retry == NULL || read_call_retry(d, retry, step);
    good &= read_parallel(d, ours, step);
    good &= join == NULL || read_join(d, scope, join, step);
    return good;
}

bool read_document_metadata(const struct draft *d, const struct node *root)
{
    static const char *const known[] = {"onError", "cycle", NULL};
    static const struct words words = {"metadata.marshrut", known, NULL};
    const struct node *metadata;
    const struct node *ours;
    const struct node *node = NULL;
    bool good = find_ours(d, node_find(root, "document"), &words, &metadata, &ours);

    if (ours == NULL || !fields_node(d->reader, ours, "onError", OPTIONAL, NODE_TEXT, &node)) {
        return good && ours == NULL;
    }
    d->workflow->fault = node != NULL && strcmp(node->text, "fault") == 0;
    if (node != NULL && !d->workflow->fault && strcmp(node->text, "incident") != 0) {
        good = refuse(d->reader, node, ERROR_INVALID, "\"%s\" must be %s or %s", "onError",
                      "incident", "fault");
    }
    return good;
}

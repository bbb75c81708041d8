/* read_filters.c - which events are waited for: one, any, all, until, and what each must have
 *
 * Owns:    the words of an event filter and of a consumption strategy.
 * In:      read_listen(), read_schedule().
 * Out:     struct consumption.
 * Always:  a `type` without signs of a regular expression is literal, so that events find those who
 *          wait for them by type.
 * See:     docs/language.md §3.7; DSL 1.0.3 "Event Consumption Strategy", "Event Filter"
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/draft.h"
#include "language/suggest.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#define FILTERS_MAX      100u
#define ATTRIBUTES_MAX   32u
#define CORRELATIONS_MAX 16u

/* --- attributes ------------------------------------------------------------------------------ */

bool check_attribute(const struct draft *d, const struct node *key)
{
    static const char *const known[] = {
        "id",         "source", "type",        "time", "subject", "datacontenttype",
        "dataschema", "data",   "specversion", NULL};
    size_t length = strlen(key->text);

    if (length == 0 || length > LIMIT_KEY_BYTES ||
        strspn(key->text, "abcdefghijklmnopqrstuvwxyz0123456789") != length) {
        return refuse(d->reader, key, ERROR_INVALID,
                      "\"%s\" is no attribute of an event: small Latin letters and digits make one",
                      show(key->text).text);
    }
    const char *near = suggest(key->text, known);
    if (near != NULL && strcmp(near, key->text) != 0) {
        warn(d->reader, key, ERROR_NOT_FOUND,
             "\"%s\" is an extension attribute: did you mean \"%s\"?", key->text, near);
    }
    return true;
}

/* A regular expression, as far as an author of a plain text would not write such signs. */
static bool looks_like_regex(const char *text)
{
    return strpbrk(text, "^$*+?[(|\\") != NULL;
}

/* Does it compile? What can take very long or very much to match is not let in. */
static bool check_regex(const struct draft *d, const struct node *node)
{
    char why[128];
    regex_t compiled;

    for (const char *at = node->text; *at != '\0'; at++) {
        if (*at == '{' || (*at == '\\' && at[1] >= '1' && at[1] <= '9')) {
            return refuse_in(d->reader, node, (size_t)(at - node->text), ERROR_UNSUPPORTED,
                             "repetitions {…} and references \\1 are not supported in a pattern");
        }
        at += *at == '\\' && at[1] != '\0' ? 1 : 0;
    }
    int code = regcomp(&compiled, node->text, REG_EXTENDED | REG_NOSUB);
    if (code == 0) {
        regfree(&compiled);
        return true;
    }
    regerror(code, &compiled, why, sizeof why);
    return refuse(d->reader, node, ERROR_INVALID, "\"%s\" is no pattern: %s", show(node->text).text,
                  why);
}

/* The condition that data must meet: an expression, or a value that it must be. */
static bool read_data(const struct draft *d, const struct scope *scope, enum stage stage,
                      const struct node *node, uint32_t *ret_number)
{
    struct buffer b = BUFFER_INIT;
    json_t *json;

    if (node_is_template(node)) {
        return read_value(d, scope, stage, node, ret_number);
    }
    if (!node_json(d->reader, node, &json)) {
        return false;
    }
    char *text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);
    must(text != NULL);
    buffer_text(&b, ". == ");
    buffer_text(&b, text);
    buffer_append(&b, "", 1);
    *ret_number = program_add_entry(d->expressions.program, (const char *)b.data);
    buffer_fini(&b);
    free(text);
    json_decref(json);
    return true;
}

static bool read_attribute(const struct draft *d, const struct scope *scope, enum stage stage,
                           const struct node *key, const struct node *value,
                           struct event_attribute *attribute)
{
    attribute->name = xstrdup(key->text);
    if (strcmp(key->text, "data") == 0) {
        return read_data(d, scope, stage, value, &attribute->expression);
    }
    if (node_is_template(value) && stage != STAGE_SCHEDULE) {
        return read_value(d, scope, stage, value, &attribute->expression);
    }
    if (node_is_template(value)) {
        return refuse(d->reader, value, ERROR_INVALID,
                      "no instance is there yet: an expression can stand in \"data\" only");
    }
    if (!node_text(d->reader, value, LIMIT_KEY_BYTES, &attribute->text)) {
        return false;
    }
    return !looks_like_regex(value->text) || check_regex(d, value);
}

static bool read_attributes(const struct draft *d, const struct scope *scope, enum stage stage,
                            const struct node *with, struct event_filter *filter)
{
    bool good = true;

    if (with->count == 0 || with->count > ATTRIBUTES_MAX) {
        return refuse(d->reader, with, with->count ? ERROR_TOO_LARGE : ERROR_INVALID,
                      "an event filter needs from 1 to %u attributes", ATTRIBUTES_MAX);
    }
    filter->attributes = xcalloc(with->count, sizeof *filter->attributes);
    for (uint32_t i = 0; i < with->count; i++) {
        const struct node *key = with->items[2 * (size_t)i];
        const struct node *value = with->items[2 * (size_t)i + 1];
        if (strcmp(key->text, "type") == 0 && value->kind == NODE_TEXT &&
            !node_is_template(value) && !looks_like_regex(value->text)) {
            good &= fields_text(d->reader, with, "type", REQUIRED, LIMIT_KEY_BYTES, &filter->type);
            continue;
        }
        good &= check_attribute(d, key) &&
                read_attribute(d, scope, stage, key, value,
                               &filter->attributes[filter->attribute_count++]);
    }
    return good;
}

/* --- correlate ------------------------------------------------------------------------------- */

/* "A constant or a runtime expression": what begins as a path or a variable is one. */
static bool read_expect(const struct draft *d, const struct scope *scope, enum stage stage,
                        const struct node *map, uint32_t *ret_number)
{
    const struct node *node = node_find(map, "expect");
    json_t *json;

    if (node == NULL) {
        return true;
    }
    if (node->kind == NODE_TEXT &&
        (node_is_template(node) || node->text[0] == '.' || node->text[0] == '$')) {
        return stage == STAGE_SCHEDULE
                   ? refuse(d->reader, node, ERROR_INVALID,
                            "no instance is there yet: \"expect\" must be a constant")
                   : read_loose(d, scope, stage, node, ret_number);
    }
    if (!node_json(d->reader, node, &json)) {
        return false;
    }
    *ret_number = expression_add_constant(&d->expressions, json);
    return true;
}

static bool read_correlation(const struct draft *d, const struct scope *scope, enum stage stage,
                             const struct node *key, const struct node *map,
                             struct correlation *correlation)
{
    static const char *const known[] = {"from", "expect", NULL};
    static const struct words words = {N_("a correlation"), known, NULL};
    bool good = node_text(d->reader, key, LIMIT_NAME_BYTES, &correlation->name);

    if (map->kind != NODE_MAP) {
        return fields_check(d->reader, map, &words);
    }
    good &= fields_check(d->reader, map, &words);
    if (node_find(map, "from") == NULL) {
        good = refuse_missing(d->reader, map, "from");
    }
    good &= read_expression(d, scope, stage, map, "from", &correlation->from);
    good &= read_expect(d, scope, stage, map, &correlation->expect);
    return good;
}

static bool read_correlations(const struct draft *d, const struct scope *scope, enum stage stage,
                              const struct node *map, struct event_filter *filter)
{
    bool good = true;

    if (map->count == 0 || map->count > CORRELATIONS_MAX) {
        return refuse(d->reader, map, map->count ? ERROR_TOO_LARGE : ERROR_INVALID,
                      "\"%s\" must have from 1 to %u entries", "correlate", CORRELATIONS_MAX);
    }
    filter->correlations = xcalloc(map->count, sizeof *filter->correlations);
    filter->correlation_count = map->count;
    for (uint32_t i = 0; i < map->count; i++) {
        good &= read_correlation(d, scope, stage, map->items[2 * (size_t)i],
                                 map->items[2 * (size_t)i + 1], &filter->correlations[i]);
    }
    return good;
}

/* --- filters --------------------------------------------------------------------------------- */

static bool read_filter(const struct draft *d, const struct scope *scope, enum stage stage,
                        const struct node *map, struct event_filter *filter)
{
    static const char *const known[] = {"with", "correlate", NULL};
    static const struct words words = {N_("an event filter"), known, NULL};
    const struct node *with;
    const struct node *correlate;
    bool good = fields_check(d->reader, map, &words);

    if (map->kind != NODE_MAP) {
        return false;
    }
    good &= fields_node(d->reader, map, "with", REQUIRED, NODE_MAP, &with) &&
            read_attributes(d, scope, stage, with, filter);
    good &= fields_node(d->reader, map, "correlate", OPTIONAL, NODE_MAP, &correlate) &&
            (correlate == NULL || read_correlations(d, scope, stage, correlate, filter));
    return good;
}

static bool read_filters(const struct draft *d, const struct scope *scope, enum stage stage,
                         const struct node *list, struct event_filter **ret_filters,
                         uint32_t *ret_count)
{
    bool good = true;

    if (list->count > FILTERS_MAX) {
        return refuse(d->reader, list, ERROR_TOO_LARGE, "there are at most %u event filters here",
                      FILTERS_MAX);
    }
    *ret_filters = xcalloc(list->count + 1, sizeof **ret_filters);
    *ret_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_filter(d, scope, stage, list->items[i], &(*ret_filters)[i]);
    }
    return good;
}

/* --- one, any, all, until -------------------------------------------------------------------- */

/* one, any or all: exactly one of them. */
static bool find_mode(const struct draft *d, const struct node *map, const struct words *words,
                      enum listen_mode *ret_mode, const struct node **ret_node)
{
    static const char *const modes[] = {"one", "any", "all"};
    uint32_t found = 0;

    if (!fields_check(d->reader, map, words)) {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        const struct node *node = node_find(map, modes[i]);
        if (node != NULL) {
            *ret_mode = (enum listen_mode)(LISTEN_ONE + i);
            *ret_node = node;
            found++;
        }
    }
    if (found != 1) {
        return refuse(d->reader, map, ERROR_INVALID,
                      "events are waited for by one of one, any, all");
    }
    if (*ret_mode != LISTEN_ONE && (*ret_node)->kind != NODE_LIST) {
        return refuse(d->reader, *ret_node, ERROR_INVALID, "\"%s\" must be %s",
                      modes[*ret_mode - LISTEN_ONE], error_word(N_("a list")));
    }
    if (*ret_mode == LISTEN_ALL && (*ret_node)->count == 0) {
        return refuse(d->reader, *ret_node, ERROR_INVALID, "the list \"%s\" is empty", "all");
    }
    return true;
}

static bool read_by_mode(const struct draft *d, const struct scope *scope, enum stage stage,
                         enum listen_mode mode, const struct node *node,
                         struct event_filter **ret_filters, uint32_t *ret_count)
{
    if (mode != LISTEN_ONE) {
        return read_filters(d, scope, stage, node, ret_filters, ret_count);
    }
    *ret_filters = xcalloc(1, sizeof **ret_filters);
    *ret_count = 1;
    return read_filter(d, scope, stage, node, *ret_filters);
}

static bool read_until_events(const struct draft *d, const struct scope *scope, enum stage stage,
                              const struct node *map, struct consumption *c)
{
    static const char *const known[] = {"one", "any", NULL};
    static const char *const later[] = {"all", "until", NULL};
    static const struct words words = {"until", known, later};
    const struct node *node = NULL;
    enum listen_mode mode;

    c->until = UNTIL_EVENT;
    return find_mode(d, map, &words, &mode, &node) &&
           read_by_mode(d, scope, stage, mode, node, &c->until_filters, &c->until_filter_count);
}

/* `until: false`, `until: ${ false }`: only a timeout ends it. */
static bool is_never(const struct node *node)
{
    size_t offset;
    char *strict = program_strict_text(node->text, &offset);
    const char *text = strict ? strict : node->text;

    text += strspn(text, " ");
    bool never = strncmp(text, "false", 5) == 0 && text[5 + strspn(text + 5, " ")] == '\0';
    free(strict);
    return never;
}

static bool read_until(const struct draft *d, const struct scope *scope, enum stage stage,
                       const struct node *to, struct consumption *c)
{
    const struct node *until = node_find(to, "until");

    if (until == NULL) {
        return true;
    }
    if (c->mode != LISTEN_ANY) {
        return refuse(d->reader, node_find_key(to, "until"), ERROR_INVALID,
                      "\"until\" belongs to \"any\"");
    }
    if (until->kind == NODE_MAP) {
        return read_until_events(d, scope, stage, until, c);
    }
    c->until = UNTIL_EXPRESSION;
    if (until->kind == NODE_TEXT && is_never(until)) {
        c->until = UNTIL_NEVER;
        return true;
    }
    return read_loose(d, scope, stage, until, &c->until_expression);
}

bool read_consumption(const struct draft *d, const struct scope *scope, enum stage stage,
                      const struct node *to, struct consumption *ret_consumption)
{
    static const char *const known[] = {"one", "any", "all", "until", NULL};
    static const struct words words = {N_("what is waited for"), known, NULL};
    struct consumption *c = ret_consumption;
    const struct node *node = NULL;

    if (!find_mode(d, to, &words, &c->mode, &node)) {
        return false;
    }
    bool good = read_by_mode(d, scope, stage, c->mode, node, &c->filters, &c->filter_count);
    good &= read_until(d, scope, stage, to, c);
    return good;
}

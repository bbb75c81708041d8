/* value.c - what a single node means: a text, a name, a date, a window, a duration
 *
 * Owns:    the sentences of refusals about single values.
 * In:      fields.c and the readers.
 * Out:     values, or a problem with the node's place.
 * Always:  on failure outputs are untouched.
 * See:     fields.h; durations: DSL 1.0.3 "Duration", ISO 8601:2004 §4.4.3.2
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/duration.h"
#include "language/fields.h"
#include "language/name.h"
#include "language/suggest.h"

#include <stdlib.h>
#include <string.h>

bool node_is_null(const struct node *node)
{
    return node->kind == NODE_TEXT && node->plain &&
           (node->text[0] == '\0' || strcmp(node->text, "~") == 0 ||
            strcmp(node->text, "null") == 0);
}

bool node_is_template(const struct node *node)
{
    return node->kind == NODE_TEXT && strstr(node->text, "${") != NULL;
}

bool node_text(const struct reader *reader, const struct node *node, size_t bytes_max,
               char **ret_text)
{
    if (node->kind != NODE_TEXT) {
        return refuse(reader, node, ERROR_INVALID, "a text is expected here");
    }
    size_t length = strlen(node->text);
    while (length > 0 && node->text[length - 1] == '\n') { /* a block text ends with one */
        length--;
    }
    if (length == 0 || node_is_null(node)) {
        return refuse(reader, node, ERROR_INVALID, "a text is expected here, and it is empty");
    }
    if (length > bytes_max) {
        return refuse(reader, node, ERROR_TOO_LARGE, "this text has %zu bytes; the limit is %zu",
                      length, bytes_max);
    }
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)node->text[i] < 0x20 || node->text[i] == 0x7F) {
            return refuse(reader, node, ERROR_INVALID,
                          "this text must be one line, without control characters");
        }
    }
    *ret_text = xstrndup(node->text, length);
    return true;
}

bool node_name(const struct reader *reader, const struct node *node, char **ret_name)
{
    char *name;

    if (node->kind == NODE_TEXT && node->text[0] != '\0' && !name_valid(bytes_of(node->text)) &&
        told_body_id(reader, node)) {
        return false;
    }
    if (!node_text(reader, node, LIMIT_NAME_BYTES, &name)) {
        return false;
    }
    if (!name_valid(bytes_of(name))) {
        if (!told_lookalike(reader, node, name)) {
            refuse(reader, node, ERROR_INVALID,
                   "\"%s\" is no name: Latin letters, digits, '.', '_' and '-' make a name",
                   show(name).text);
        }
        free(name);
        return false;
    }
    *ret_name = name;
    return true;
}

/* "2024-02-30": written well, and there is no such day. */
static bool told_short_month(const struct reader *reader, const struct node *node)
{
    static const char *const months[12] = {[1] = N_("in February"),
                                           [3] = N_("in April"),
                                           [5] = N_("in June"),
                                           [8] = N_("in September"),
                                           [10] = N_("in November")};
    static const char shape[] = "dddd-dd-dd";
    const char *text = node->text;

    for (size_t i = 0; i < sizeof shape; i++) {
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) {
            return false;
        }
    }
    int year = (int)strtol(text, NULL, 10);
    int month = (int)strtol(text + 5, NULL, 10);
    int days = 30;
    if (month < 1 || month > 12 || months[month - 1] == NULL || strcmp(text + 8, "28") <= 0 ||
        !civil_valid((struct civil){year, month, 1})) {
        return false;
    }
    while (!civil_valid((struct civil){year, month, days})) {
        days--;
    }
    return !refuse(reader, node, ERROR_INVALID, "there is no such day: %s %d there are %d days",
                   error_word(months[month - 1]), year, days);
}

bool node_day(const struct reader *reader, const struct node *node, civil_day *ret_day)
{
    if (node->kind != NODE_TEXT || !civil_parse(bytes_of(node->text), ret_day)) {
        if (node->kind == NODE_TEXT && told_short_month(reader, node)) {
            return false;
        }
        return refuse(reader, node, ERROR_INVALID,
                      "\"%s\" is not a date: write it as 2023-08-15 (years 1900 to 2199)",
                      node->kind == NODE_TEXT ? show(node->text).text : "this");
    }
    return true;
}

static bool day_field(const struct reader *reader, const struct node *map, const char *key,
                      civil_day *ret_day)
{
    const struct node *node;

    return fields_node(reader, map, key, REQUIRED, NODE_TEXT, &node) &&
           node_day(reader, node, ret_day);
}

/* One date, or a map of other words, such as `days`. */
static bool is_no_window(const struct node *node, const char *const *known)
{
    for (uint32_t i = 0; node->kind == NODE_MAP && i < node->count; i++) {
        if (suggest(node->items[2 * (size_t)i]->text, known) != NULL) {
            return false;
        }
    }
    return node->kind == NODE_TEXT || (node->kind == NODE_MAP && node->count > 0);
}

bool node_window(const struct reader *reader, const struct node *node, struct window *ret_window)
{
    static const char *const known[] = {"from", "to", NULL};
    static const struct words words = {N_("a window of dates"), known, NULL};
    struct window w;

    if (is_no_window(node, known)) {
        return refuse(reader, node, ERROR_INVALID, "two dates are expected here: {from: …, to: …}");
    }
    if (node->kind != NODE_MAP) {
        return fields_check(reader, node, &words);
    }
    bool good = fields_check(reader, node, &words);
    good &= day_field(reader, node, "from", &w.from);
    good &= day_field(reader, node, "to", &w.to);
    if (!good) {
        return false;
    }
    if (w.to < w.from) {
        char from[CIVIL_TEXT_MAX];
        char to[CIVIL_TEXT_MAX];
        civil_print(w.from, from);
        civil_print(w.to, to);
        return refuse(reader, node_find(node, "to"), ERROR_INVALID,
                      "the window ends (%s) before it starts (%s)", to, from);
    }
    *ret_window = w;
    return true;
}

static bool duration_map(const struct reader *reader, const struct node *node, int64_t *ret_ms)
{
    static const char *const known[] = {"days",    "hours",        "minutes",
                                        "seconds", "milliseconds", NULL};
    static const int64_t unit_ms[] = {86400000, 3600000, 60000, 1000, 1};
    static const struct words words = {N_("a duration"), known, NULL};
    int64_t sum = 0;
    bool good = fields_check(reader, node, &words);

    if (node->count == 0) {
        return refuse(reader, node, ERROR_INVALID, "this duration is empty");
    }
    for (int i = 0; known[i] != NULL && (good || reader->problems != NULL); i++) {
        int64_t value = 0;
        good &= fields_integer(reader, node, known[i], OPTIONAL, 0, DURATION_MS_MAX / unit_ms[i],
                               &value);
        sum += value * unit_ms[i];
    }
    if (!good) {
        return false;
    }
    if (sum > DURATION_MS_MAX) {
        return refuse(reader, node, ERROR_TOO_LARGE, "this duration is longer than a century");
    }
    *ret_ms = sum;
    return true;
}

bool node_duration(const struct reader *reader, const struct node *node, int64_t *ret_ms)
{
    struct error err = ERROR_INIT;

    if (node->kind == NODE_MAP) {
        return duration_map(reader, node, ret_ms);
    }
    if (node->kind == NODE_LIST) {
        return refuse(reader, node, ERROR_INVALID, "a duration is expected here, not a list");
    }
    if (node_is_template(node)) {
        return refuse(reader, node, ERROR_UNSUPPORTED,
                      "an expression is not supported here: write the duration");
    }
    if (!duration_parse(bytes_of(node->text), ret_ms, &err)) {
        return refuse(reader, node, err.code, "%s", err.text);
    }
    return true;
}

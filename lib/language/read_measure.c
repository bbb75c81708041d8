/* read_measure.c - what is counted: numbers of instances and assignments, shares, and targets
 *
 * Owns:    the words of a count, of a target, and of a computed item of a roadmap.
 * In:      read_indicators.c and read_roadmap.c.
 * Out:     struct measure; conditions go into the program of the document.
 * Always:  a share has its target in percent, a number has a plain one.
 * See:     docs/language.md §9; design §5
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/lists.h"
#include "language/measure.h"

#include <stdlib.h>
#include <string.h>

#define STATES_MAX  8u
#define NUMBER_MAX  INT64_C(1000000000)
#define DIGITS_MAX  9 /* of a target */
#define PERCENT_MAX 100.0

/* What `marshrut list` calls them. */
static const char *const instance_states[] = {"running",   "suspended", "completed",
                                              "cancelled", "faulted",   NULL};
static const char *const assignment_states[] = {"planned",  "open",      "reported",
                                                "accepted", "withdrawn", NULL};

/* A state, or a list of states. */
static bool read_states(const struct reader *reader, const struct node *map,
                        const char *const *words, struct count *count)
{
    const struct node *node = node_find(map, "state");
    bool good = true;

    if (node == NULL) {
        return true;
    }
    if (node->kind == NODE_LIST &&
        !fields_list(reader, map, "state", REQUIRED, STATES_MAX, &node)) {
        return false;
    }
    uint32_t states = node->kind == NODE_LIST ? node->count : 1;
    count->states = xcalloc(states, sizeof *count->states);
    count->state_count = states;
    for (uint32_t i = 0; i < states; i++) {
        const struct node *one = node->kind == NODE_LIST ? node->items[i] : node;
        int index = 0;
        if (node_choice(reader, one, words, N_("a state"), &index)) {
            count->states[i] = xstrdup(words[index]);
        } else {
            good = false;
        }
    }
    return good;
}

bool read_where(const struct expressions *e, const struct node *map, uint32_t *ret_number)
{
    static const char *const variables[] = {NULL};
    const struct node *node = node_find(map, "where");

    return node == NULL || expression_read(e, node, variables, ret_number);
}

static bool read_instances(const struct expressions *e, const struct node *map, struct count *count)
{
    static const char *const known[] = {"workflow", "state", "where", NULL};
    static const struct words words = {N_("a count of instances"), known, NULL};

    count->kind = COUNT_INSTANCES;
    bool good = fields_check(e->reader, map, &words);
    good &= fields_name(e->reader, map, "workflow", REQUIRED, &count->name);
    good &= read_states(e->reader, map, instance_states, count);
    return read_where(e, map, &count->where) && good;
}

static bool read_assignments(const struct expressions *e, const struct node *map,
                             struct count *count)
{
    static const char *const known[] = {"plan", "state", "where", NULL};
    static const struct words words = {N_("a count of assignments"), known, NULL};
    const struct node *plan = node_find(map, "plan");

    count->kind = COUNT_ASSIGNMENTS;
    bool good = fields_check(e->reader, map, &words);
    if (plan->kind != NODE_TEXT || strcmp(plan->text, "*") != 0) { /* '*': of all plans */
        good &= fields_name(e->reader, map, "plan", REQUIRED, &count->name);
    }
    good &= read_states(e->reader, map, assignment_states, count);
    return read_where(e, map, &count->where) && good;
}

static bool read_number(const struct reader *reader, const struct node *map, struct count *count)
{
    static const char *const known[] = {"number", "source", NULL};
    static const struct words words = {N_("a number from elsewhere"), known, NULL};

    count->kind = COUNT_NUMBER;
    bool good = fields_check(reader, map, &words);
    good &= fields_integer(reader, map, "number", REQUIRED, 1, NUMBER_MAX, &count->number);
    return fields_text(reader, map, "source", REQUIRED, LIMIT_TEXT_BYTES, &count->source) && good;
}

bool read_count(const struct expressions *e, const struct node *node, struct count *count)
{
    if (node->kind == NODE_MAP && node_find(node, "workflow") != NULL) {
        return read_instances(e, node, count);
    }
    if (node->kind == NODE_MAP && node_find(node, "plan") != NULL) {
        return read_assignments(e, node, count);
    }
    if (node->kind == NODE_MAP && node_find(node, "number") != NULL) {
        return read_number(e->reader, node, count);
    }
    return refuse(e->reader, node, ERROR_INVALID,
                  "what is counted? \"workflow\" (its instances), \"plan\" (its assignments) or "
                  "\"number\" is expected");
}

/* "80 %", "80%", "6.5 %", "12": the number, and whether it is in percent. */
static bool parse_value(const char *text, double *ret_value, bool *ret_percent)
{
    size_t whole = strspn(text, "0123456789");
    size_t length = whole;

    if (whole == 0 || whole > DIGITS_MAX) {
        return false;
    }
    if (text[length] == '.') {
        size_t part = strspn(text + length + 1, "0123456789");
        if (part == 0 || part > 2) {
            return false;
        }
        length += 1 + part;
    }
    const char *rest = text + length + strspn(text + length, " ");
    if (strcmp(rest, "%") != 0 && *rest != '\0') {
        return false;
    }
    double value = 0;
    for (size_t i = 0; i < whole; i++) {
        value = value * 10 + (text[i] - '0');
    }
    double unit = 0.1;
    for (size_t i = whole + 1; i < length; i++, unit /= 10) {
        value += (text[i] - '0') * unit;
    }
    *ret_value = value;
    *ret_percent = *rest == '%';
    return true;
}

static bool read_target_value(const struct reader *reader, const struct node *node, bool share,
                              double *ret_value)
{
    bool percent = false;
    double value = 0;

    if (node->kind != NODE_TEXT || !parse_value(node->text, &value, &percent)) {
        return refuse(reader, node, ERROR_INVALID,
                      "a target is a number (12) or a share (80 %%, 6.5 %%)");
    }
    if (percent != share) {
        return share ? refuse(reader, node, ERROR_INVALID,
                              "this is the target of a share: write it in percent, as 80 %%")
                     : refuse(reader, node, ERROR_INVALID,
                              "this is the target of a number: write it without the percent sign");
    }
    if (percent && value > PERCENT_MAX) {
        return refuse(reader, node, ERROR_INVALID, "a share is 100 %% at most");
    }
    *ret_value = value;
    return true;
}

static bool read_target_map(const struct reader *reader, const struct node *node, bool share,
                            struct target *target)
{
    static const char *const known[] = {"at_least", "at_most", "wording", NULL};
    static const struct words words = {N_("a target"), known, NULL};

    if (!fields_check(reader, node, &words)) {
        return false;
    }
    const struct node *least = node_find(node, "at_least");
    const struct node *most = node_find(node, "at_most");
    if ((least == NULL) == (most == NULL)) {
        return refuse(reader, node, ERROR_INVALID,
                      "a target needs one of \"at_least\" and \"at_most\"");
    }
    target->kind = least != NULL ? TARGET_AT_LEAST : TARGET_AT_MOST;
    bool good = read_target_value(reader, least != NULL ? least : most, share, &target->value);
    return fields_text(reader, node, "wording", OPTIONAL, LIMIT_TEXT_BYTES, &target->wording) &&
           good;
}

bool read_target(const struct reader *reader, const struct node *map, enum need need, bool share,
                 struct target *target)
{
    const struct node *node = node_find(map, "target");

    if (node == NULL) {
        return need == OPTIONAL || refuse_missing(reader, map, "target");
    }
    if (node->kind == NODE_MAP) {
        return read_target_map(reader, node, share, target);
    }
    target->kind = TARGET_AT_LEAST;
    return read_target_value(reader, node, share, &target->value);
}

bool read_computed(const struct expressions *e, const struct node *node, struct measure *measure)
{
    static const char *const known[] = {"of", "done", "target", NULL};
    static const struct words words = {N_("a computed item"), known, NULL};
    const struct node *done;

    if (!fields_check(e->reader, node, &words) ||
        !fields_node(e->reader, node, "done", REQUIRED, NODE_MAP, &done)) {
        return false;
    }
    const struct node *of = node_find(node, "of");
    bool good = read_count(e, done, &measure->done);
    good &= (of == NULL || read_count(e, of, &measure->of));
    return read_target(e->reader, node, REQUIRED, of != NULL, &measure->target) && good;
}

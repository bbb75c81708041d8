/* read_routes.c - which event from outside starts, signals or assigns what
 *
 * Owns:    the words of a routes document.
 * In:      read_routes() from document.c.
 * Out:     struct routes, in the order of the document.
 * Always:  form only, but for names of rules, which are unique: whether workflows and bodies are
 *          known is for check_outer.c.
 * See:     docs/language.md §8; CloudEvents 1.0.2 §3
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/lists.h"
#include "language/measure.h"
#include "language/outer_readers.h"

#include <stdlib.h>
#include <string.h>

#define ROUTES_MAX      1000u
#define DUE_DAYS_MAX    3660 /* ten years: a plan is not longer */
#define ASSIGN_WORKFLOW "roadmap-item"

static const char *const no_variables[] = {NULL};

static const char *const deed_names[] = {"start", "signal", "assign", NULL};

const char *route_deed_name(enum route_deed deed)
{
    must((unsigned)deed <= ROUTE_ASSIGN);
    return deed_names[deed];
}

static bool read_on(const struct expressions *e, const struct node *rule, struct route *route)
{
    static const char *const known[] = {"type", "source", "subject", "where", NULL};
    static const struct words words = {N_("the event of a rule"), known, NULL};
    const struct node *on;

    if (!fields_node(e->reader, rule, "on", REQUIRED, NODE_MAP, &on)) {
        return false;
    }
    bool good = fields_check(e->reader, on, &words);
    good &= fields_text(e->reader, on, "type", REQUIRED, LIMIT_KEY_BYTES, &route->type);
    good &= fields_text(e->reader, on, "source", OPTIONAL, LIMIT_KEY_BYTES, &route->source);
    good &= fields_text(e->reader, on, "subject", OPTIONAL, LIMIT_KEY_BYTES, &route->subject);
    return read_where(e, on, &route->where) && good;
}

/* As START takes it: docs/protocol.md §3.5. */
static bool is_key(const char *text)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length; i++) {
        if (text[i] <= ' ' || text[i] > '~') {
            return false;
        }
    }
    return length >= 1 && length <= LIMIT_KEY_BYTES;
}

/* An expression, or a text that is the same for every event. */
static bool read_key(const struct expressions *e, const struct node *map, enum need need,
                     struct route *route)
{
    const struct node *node;

    if (!fields_node(e->reader, map, "key", need, NODE_TEXT, &node)) {
        return false;
    }
    if (node != NULL && !node_is_template(node) && !is_key(node->text)) {
        return refuse(e->reader, node, ERROR_INVALID,
                      "\"%s\" is no key: Latin letters, digits and signs without blanks, up to %u, "
                      "make one",
                      show(node->text).text, LIMIT_KEY_BYTES);
    }
    return node == NULL || expression_read_template(e, node, no_variables, &route->key);
}

static bool read_start(const struct expressions *e, const struct node *start, struct route *route)
{
    static const char *const known[] = {"workflow", "key", "input", NULL};
    static const struct words words = {N_("a start"), known, NULL};
    const struct node *input = node_find(start, "input");

    bool good = fields_check(e->reader, start, &words);
    good &= fields_name(e->reader, start, "workflow", REQUIRED, &route->workflow);
    good &= read_key(e, start, OPTIONAL, route);
    return (input == NULL || expression_read_template(e, input, no_variables, &route->input)) &&
           good;
}

static bool read_signal(const struct expressions *e, const struct node *signal, struct route *route)
{
    static const char *const known[] = {"workflow", "key", "event", NULL};
    static const struct words words = {N_("a signal"), known, NULL};
    static const char *const event_known[] = {"type", "data", NULL};
    static const struct words event_words = {N_("the event of a signal"), event_known, NULL};
    const struct node *event;

    bool good = fields_check(e->reader, signal, &words);
    good &= fields_name(e->reader, signal, "workflow", REQUIRED, &route->workflow);
    good &= read_key(e, signal, REQUIRED, route);
    if (!fields_node(e->reader, signal, "event", OPTIONAL, NODE_MAP, &event)) {
        return false;
    }
    if (event == NULL) {
        return good;
    }
    const struct node *data = node_find(event, "data");
    good &= fields_check(e->reader, event, &event_words);
    good &= fields_text(e->reader, event, "type", REQUIRED, LIMIT_KEY_BYTES, &route->signal_type);
    return (data == NULL || expression_read_template(e, data, no_variables, &route->signal_data)) &&
           good;
}

/* {days: 10}: that many after the day of the event. */
static bool read_due_days(const struct reader *reader, const struct node *due, struct route *route)
{
    static const char *const known[] = {"days", NULL};
    static const struct words words = {N_("a due date counted from the event"), known, NULL};
    int64_t days = 0;

    if (!fields_check(reader, due, &words) ||
        !fields_integer(reader, due, "days", REQUIRED, 1, DUE_DAYS_MAX, &days)) {
        return false;
    }
    route->due_days = (uint32_t)days;
    return true;
}

/* What the workflow of an item is given as `window`. */
static bool read_due(const struct expressions *e, const struct node *assign, struct route *route,
                     json_t *input)
{
    static const char *const known[] = {"from", "to", NULL};
    static const struct words words = {N_("a window of dates"), known, NULL};
    const struct node *due = node_find(assign, "due");
    json_t *window;

    if (due == NULL) {
        return refuse_missing(e->reader, assign, "due");
    }
    if (due->kind == NODE_MAP && node_find(due, "days") != NULL) {
        return read_due_days(e->reader, due, route);
    }
    if (!node_is_template(due)) {
        const struct node *from;
        const struct node *to;
        struct window literal;
        if (!fields_check(e->reader, due, &words) ||
            !fields_node(e->reader, due, "from", REQUIRED, NODE_TEXT, &from) ||
            !fields_node(e->reader, due, "to", REQUIRED, NODE_TEXT, &to) ||
            (!node_is_template(from) && !node_day(e->reader, from, &literal.from)) ||
            (!node_is_template(to) && !node_day(e->reader, to, &literal.to)) ||
            (!node_is_template(from) && !node_is_template(to) &&
             !node_window(e->reader, due, &literal))) {
            return false;
        }
    }
    if (!expression_template_json(e, due, no_variables, &window)) {
        return false;
    }
    json_object_set_new_nocheck(input, "window", window);
    return true;
}

/* One field of an assignment: checked when it is written out, and put into the input. */
static bool read_field(const struct expressions *e, const struct node *assign, const char *key,
                       bool name, json_t *input)
{
    const struct node *node;
    char *text = NULL;
    json_t *json;

    if (!fields_node(e->reader, assign, key, OPTIONAL, NODE_TEXT, &node)) {
        return false;
    }
    if (node == NULL) {
        return true;
    }
    if (!node_is_template(node)) {
        bool good = name ? node_name(e->reader, node, &text)
                         : node_text(e->reader, node, LIMIT_TEXT_BYTES, &text);
        if (good) {
            json_object_set_new_nocheck(input, key, json_string_nocheck(text));
        }
        free(text);
        return good;
    }
    if (!expression_template_json(e, node, no_variables, &json)) {
        return false;
    }
    json_object_set_new_nocheck(input, key, json);
    return true;
}

/* Bodies, each perhaps an expression, or one expression that gives the list. */
static bool read_responsible(const struct expressions *e, const struct node *assign, json_t *input)
{
    const struct node *list = node_find(assign, "responsible");
    bool good = true;
    json_t *json;

    if (list == NULL || !node_is_template(list)) {
        if (!fields_list(e->reader, assign, "responsible", REQUIRED, LIMIT_CO_EXECUTORS + 1,
                         &list)) {
            return false;
        }
        for (uint32_t i = 0; i < list->count; i++) {
            char *name = NULL;
            good &= node_is_template(list->items[i]) || node_name(e->reader, list->items[i], &name);
            free(name);
        }
    }
    if (!good || !expression_template_json(e, list, no_variables, &json)) {
        return false;
    }
    json_object_set_new_nocheck(input, "responsible", json);
    return true;
}

static bool read_assign(const struct expressions *e, const struct node *assign, struct route *route)
{
    static const char *const known[] = {"workflow", "key",    "title",  "responsible", "controller",
                                        "due",      "result", "policy", NULL};
    static const struct words words = {N_("an assignment"), known, NULL};
    json_t *input = json_object();

    bool good = fields_check(e->reader, assign, &words);
    good &= fields_name(e->reader, assign, "workflow", OPTIONAL, &route->workflow);
    good &= read_key(e, assign, OPTIONAL, route);
    if (node_find(assign, "title") == NULL) {
        good = refuse_missing(e->reader, assign, "title");
    }
    good &= read_field(e, assign, "title", false, input);
    good &= read_responsible(e, assign, input);
    good &= read_field(e, assign, "controller", true, input);
    good &= read_field(e, assign, "result", false, input);
    good &= read_field(e, assign, "policy", true, input);
    good &= read_due(e, assign, route, input);
    if (!good) {
        json_decref(input);
        program_add_entry(e->program, "null"); /* so that no piece stays for the next */
        return false;
    }
    route->input = expression_add_template(e, input);
    if (route->workflow == NULL) {
        route->workflow = xstrdup(ASSIGN_WORKFLOW);
    }
    return true;
}

/* Exactly one of the deeds. */
static bool read_deed(const struct expressions *e, const struct node *rule, struct route *route)
{
    static bool (*const read[])(const struct expressions *, const struct node *, struct route *) = {
        [ROUTE_START] = read_start, [ROUTE_SIGNAL] = read_signal, [ROUTE_ASSIGN] = read_assign};
    const struct node *found = NULL;

    for (int i = 0; deed_names[i] != NULL; i++) {
        const struct node *key = node_find_key(rule, deed_names[i]);
        if (key != NULL && found != NULL) {
            return refuse(e->reader, key, ERROR_INVALID,
                          "a rule does one thing: this one has both \"%s\" and \"%s\"", found->text,
                          key->text);
        }
        if (key != NULL) {
            found = key;
            route->deed = (enum route_deed)i;
        }
    }
    if (found == NULL) {
        return refuse(e->reader, rule, ERROR_INVALID,
                      "this rule does nothing: it needs start, signal or assign");
    }
    const struct node *deed;
    return fields_node(e->reader, rule, found->text, REQUIRED, NODE_MAP, &deed) &&
           read[route->deed](e, deed, route);
}

static bool read_rule(const struct expressions *e, const struct node *node, struct route *route)
{
    static const char *const known[] = {"name", "on", "start", "signal", "assign", NULL};
    static const struct words words = {N_("a rule"), known, NULL};

    if (!fields_check(e->reader, node, &words)) {
        return false;
    }
    route->line = node->line;
    bool good = fields_name(e->reader, node, "name", REQUIRED, &route->name);
    good &= read_on(e, node, route);
    return read_deed(e, node, route) && good;
}

static bool check_names(const struct reader *reader, const struct node *list,
                        const struct routes *routes)
{
    bool good = true;

    for (uint32_t i = 1; i < routes->route_count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (strcmp(routes->routes[i].name, routes->routes[j].name) == 0) {
                good = refuse(reader, node_find(list->items[i], "name"), ERROR_INVALID,
                              "the rule \"%s\" is here for the second time (first in line %d)",
                              show(routes->routes[i].name).text,
                              node_find(list->items[j], "name")->line);
            }
        }
    }
    return good;
}

bool read_routes(const struct reader *reader, const struct node *root, struct routes *routes)
{
    static const char *const known[] = {"document", "routes", NULL};
    static const struct words words = {N_("a routes document"), known, NULL};
    const struct node *list;

    routes->program = program_create();
    struct expressions e = {reader, routes->program, false};
    bool good = fields_check(reader, root, &words);
    if (!fields_list(reader, root, "routes", REQUIRED, ROUTES_MAX, &list)) {
        return false;
    }
    routes->routes = xcalloc(list->count, sizeof *routes->routes);
    routes->route_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_rule(&e, list->items[i], &routes->routes[i]);
    }
    return good && check_names(reader, list, routes);
}

/* read_http.c - call: http and call: openapi, and who a call says it is
 *
 * Owns:    their words; the policies of authentication.
 * In:      read_call().
 * Out:     a step of kind CALL whose `with` is what the worker takes, with the step's data beside
 *          it for the variables of a URI template.
 * Always:  a policy of `use` is put where its name stands; one that is empty there is the worker's
 *          own, and its name goes to the worker.
 * See:     docs/language.md §3.3; DSL 1.0.3 "HTTP Call", "OpenAPI Call", "Authentication"
 */
#include "language/draft.h"

#include <string.h>

/* --- authentication -------------------------------------------------------------------------- */

/* basic, bearer: the secret's name, or what is in it. */
static bool check_scheme(const struct draft *d, const struct node *map, const char *key)
{
    static const char *const basic[] = {"username", "password", "use", NULL};
    static const char *const bearer[] = {"token", "use", NULL};
    bool is_basic = strcmp(key, "basic") == 0;
    const struct words words = {key, is_basic ? basic : bearer, NULL};
    const struct node *scheme;
    const struct node *node;

    if (!fields_node(d->reader, map, key, REQUIRED, NODE_MAP, &scheme)) {
        return false;
    }
    bool good = fields_check(d->reader, scheme, &words);
    if (node_find(scheme, "use") != NULL) {
        return fields_node(d->reader, scheme, "use", REQUIRED, NODE_TEXT, &node) &&
               check_secret(d, node) && good;
    }
    if (is_basic) {
        good &= fields_node(d->reader, scheme, "username", REQUIRED, NODE_TEXT, &node);
        good &= fields_node(d->reader, scheme, "password", REQUIRED, NODE_TEXT, &node);
    } else {
        good &= fields_node(d->reader, scheme, "token", REQUIRED, NODE_TEXT, &node);
    }
    return good;
}

/* Empty in `use`: the worker knows it by its name. */
static bool is_own(const struct node *policy)
{
    return node_is_null(policy) || (policy->kind == NODE_MAP && policy->count == 0);
}

bool check_authentication(const struct draft *d, const struct node *map, bool named)
{
    static const char *const known[] = {"basic", "bearer", "use", NULL};
    static const char *const later[] = {"certificate", "digest", "oauth2", "oidc", NULL};
    static const struct words words = {N_("an authentication"), known, later};

    if (named && is_own(map)) {
        return true;
    }
    if (!fields_check(d->reader, map, &words)) {
        return false;
    }
    if (map->count != 1) {
        return refuse(d->reader, map, ERROR_INVALID,
                      "an authentication has one of basic, bearer and use");
    }
    const struct node *key = map->items[0];
    if (strcmp(key->text, "use") != 0) {
        return check_scheme(d, map, key->text);
    }
    const struct node *name;
    if (!fields_node(d->reader, map, "use", REQUIRED, NODE_TEXT, &name)) {
        return false;
    }
    if (named) {
        return check_secret(d, name);
    }
    return find_used(&d->authentications, name->text) != NULL ||
           refuse_unknown(d, &d->authentications, name, N_("authentication"));
}

/* The policy that stands behind {use: NAME}; the node itself when there is none to be put there. */
static const struct node *find_policy(const struct draft *d, const struct node *map)
{
    const struct node *name = map->kind == NODE_MAP ? node_find(map, "use") : NULL;
    const struct node *policy =
        name && name->kind == NODE_TEXT ? find_used(&d->authentications, name->text) : NULL;

    return policy == NULL || is_own(policy) ? map : policy;
}

/* Puts the policy into the JSON of `owner`, which has an authentication when the node has one. */
static bool put_policy(const struct draft *d, const struct scope *scope, const struct node *owner,
                       json_t *json)
{
    const struct node *map = node_find(owner, "authentication");
    json_t *policy_json;

    if (map == NULL) {
        return true;
    }
    if (!check_authentication(d, map, false)) {
        return false;
    }
    const struct node *policy = find_policy(d, map);
    if (policy == map) {
        return true;
    }
    if (!check_authentication(d, policy, true) ||
        !read_value_json(d, scope, policy, &policy_json)) {
        return false;
    }
    json_object_set_new_nocheck(json, "authentication", policy_json);
    return true;
}

/* --- with ------------------------------------------------------------------------------------ */

/* A URI (template), an expression, or a map of uri and authentication. */
static bool check_endpoint(const struct draft *d, const struct node *map, enum need need)
{
    static const char *const known[] = {"uri", "authentication", NULL};
    static const struct words words = {N_("an endpoint"), known, NULL};
    const struct node *node = node_find(map, "endpoint");
    const struct node *uri = node;

    if (node == NULL) {
        return need == OPTIONAL || refuse_missing(d->reader, map, "endpoint");
    }
    if (node->kind == NODE_MAP) {
        if (!fields_check(d->reader, node, &words) ||
            !fields_node(d->reader, node, "uri", REQUIRED, NODE_TEXT, &uri)) {
            return false;
        }
    }
    if (uri->kind != NODE_TEXT || uri->text[0] == '\0') {
        return refuse(d->reader, uri, ERROR_INVALID, "\"%s\" must be a URI or a map", "endpoint");
    }
    if (!node_is_template(uri) && strstr(uri->text, "://") == NULL) {
        return refuse(d->reader, uri, ERROR_INVALID,
                      "\"%s\" is no URI: it begins with https:// or http://", show(uri->text).text);
    }
    return true;
}

static bool check_output(const struct draft *d, const struct node *with)
{
    static const char *const formats[] = {"raw", "content", "response", NULL};
    const struct node *node;
    bool redirect;
    bool good = fields_flag(d->reader, with, "redirect", OPTIONAL, &redirect);

    if (!fields_node(d->reader, with, "output", OPTIONAL, NODE_TEXT, &node)) {
        return false;
    }
    for (int i = 0; node != NULL && formats[i] != NULL; i++) {
        if (strcmp(node->text, formats[i]) == 0) {
            return good;
        }
    }
    return node == NULL ? good
                        : refuse(d->reader, node, ERROR_INVALID,
                                 "\"output\" must be raw, content or response");
}

static bool check_map(const struct draft *d, const struct node *with, const char *key)
{
    const struct node *node = node_find(with, key);

    return node == NULL || node->kind == NODE_MAP || node_is_template(node) ||
           refuse(d->reader, node, ERROR_INVALID, "\"%s\" must be a map or an expression", key);
}

static bool check_http(const struct draft *d, const struct node *with)
{
    static const char *const known[] = {"method", "endpoint", "headers",  "query",
                                        "body",   "output",   "redirect", NULL};
    static const struct words words = {N_("an HTTP call"), known, NULL};
    char *method = NULL;
    bool good = fields_check(d->reader, with, &words);
    const struct node *node = node_find(with, "method");

    if (node == NULL || !node_is_template(node)) {
        good &= fields_name(d->reader, with, "method", REQUIRED, &method);
        free(method);
    }
    good &= check_endpoint(d, with, REQUIRED);
    good &= check_map(d, with, "headers");
    good &= check_map(d, with, "query");
    return good;
}

static bool check_openapi(const struct draft *d, const struct node *with)
{
    static const char *const known[] = {"document", "operationId", "parameters", "authentication",
                                        "output",   "redirect",    NULL};
    static const struct words words = {N_("an OpenAPI call"), known, NULL};
    static const char *const document_known[] = {"name", "endpoint", NULL};
    static const struct words document_words = {N_("an OpenAPI document"), document_known, NULL};
    const struct node *document;
    const struct node *operation;
    bool good = fields_check(d->reader, with, &words);

    if (fields_node(d->reader, with, "document", REQUIRED, NODE_MAP, &document)) {
        good &= fields_check(d->reader, document, &document_words);
        good &= check_endpoint(d, document, REQUIRED);
    } else {
        good = false;
    }
    good &= fields_node(d->reader, with, "operationId", REQUIRED, NODE_TEXT, &operation);
    good &= check_map(d, with, "parameters");
    return good;
}

/* The maps in which an authentication may stand, each with its JSON. */
static bool put_policies(const struct draft *d, const struct scope *scope, const struct node *with,
                         json_t *json)
{
    const struct node *endpoint = node_find(with, "endpoint");
    const struct node *document = node_find(with, "document");
    bool good = put_policy(d, scope, with, json);

    if (endpoint != NULL && endpoint->kind == NODE_MAP) {
        good &= put_policy(d, scope, endpoint, json_object_get(json, "endpoint"));
    }
    endpoint = document ? node_find(document, "endpoint") : NULL;
    if (endpoint != NULL && endpoint->kind == NODE_MAP) {
        good &= put_policy(d, scope, endpoint,
                           json_object_get(json_object_get(json, "document"), "endpoint"));
    }
    return good;
}

bool read_http(struct draft *d, const struct scope *scope, const struct node *task,
               struct step *step)
{
    bool http = strcmp(step->service, "http") == 0;
    const struct node *with;
    json_t *json;

    if (!fields_node(d->reader, task, "with", REQUIRED, NODE_MAP, &with)) {
        return false;
    }
    bool good = http ? check_http(d, with) : check_openapi(d, with);
    good &= check_output(d, with);
    if (!read_value_json(d, scope, with, &json)) {
        return false;
    }
    if (!good || !put_policies(d, scope, with, json)) {
        json_decref(json);
        expression_add_constant(&d->expressions, json_null());
        return false;
    }
    json_object_set_new_nocheck(json, "data", json_string("${ . }"));
    expression_add_piece(&d->expressions, ".", node_find(task, "call"));
    step->with = expression_add_template(&d->expressions, json);
    return true;
}

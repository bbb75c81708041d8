/* openapi.c - an operation of an OpenAPI document as a request
 *
 * Owns:    finding the operation, its parameters and its server; what is read of a document.
 * In:      calls.c, for `call: openapi`.
 * Out:     the `with` of `call: http`; request.c checks it as any other. Pure.
 * Always:  each given parameter goes where the document says, or the call is refused.
 * See:     docs/workers.md §4; OpenAPI 3.1 §4.8, Swagger 2.0
 */
#include "workers/http/openapi.h"

#include "base/buffer.h"
#include "workers/http/parameter.h"
#include "workers/http/target.h"
#include "workers/http/text.h"

#include <stdlib.h>
#include <string.h>

struct operation {
    const json_t *document;
    const char *method;
    const char *path;
    const json_t *item;      /* of the path */
    const json_t *operation; /* below the method */
    bool swagger;
};

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

/* --- the operation ---------------------------------------------------------------------------- */

static bool find_in_path(const json_t *item, const char *id, struct operation *found)
{
    static const char *const methods[] = {"get",  "put",     "post",  "delete",
                                          "head", "options", "patch", "trace"};

    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        const json_t *operation = json_object_get(item, methods[i]);
        const char *name = text_of(operation, "operationId");
        if (name != NULL && strcmp(name, id) == 0) {
            found->method = methods[i];
            found->item = item;
            found->operation = operation;
            return true;
        }
    }
    return false;
}

static bool find_operation(const json_t *document, const char *id, struct operation *found,
                           struct problem *problem)
{
    const char *path;
    json_t *item;

    *found =
        (struct operation){.document = document, .swagger = text_of(document, "swagger") != NULL};
    if (!found->swagger && text_of(document, "openapi") == NULL) {
        return problem_set(problem, PROBLEM_CONFIGURATION,
                           "Документ — не OpenAPI 3 и не Swagger 2 в формате JSON");
    }
    json_object_foreach(json_object_get(document, "paths"), path, item)
    {
        if (find_in_path(openapi_follow(document, item), id, found)) {
            found->path = path;
            return true;
        }
    }
    return problem_set(problem, PROBLEM_CONFIGURATION,
                       "В документе OpenAPI нет операции operationId: %s", id);
}

/* --- the server ------------------------------------------------------------------------------- */

static void append_swagger_server(const json_t *document, const char *source, struct buffer *out)
{
    const char *scheme = json_string_value(json_array_get(json_object_get(document, "schemes"), 0));
    const char *host = text_of(document, "host");
    const char *base = text_of(document, "basePath");

    if (host != NULL) {
        bool plain = scheme == NULL && source != NULL && strncmp(source, "http:", 5) == 0;
        buffer_text(out, scheme != NULL ? scheme : plain ? "http" : "https");
        buffer_text(out, "://");
        buffer_text(out, host);
    }
    buffer_text(out, base != NULL ? base : host != NULL ? "" : "/");
}

/* Variables of a server have their defaults. */
static bool append_server(const json_t *server, struct buffer *out, struct problem *problem)
{
    const char *url = text_of(server, "url");
    json_t *values = json_object();
    const char *name;
    json_t *variable;

    json_object_foreach(json_object_get(server, "variables"), name, variable)
    {
        json_object_set(values, name, json_object_get(variable, "default"));
    }
    for (const char *at = url != NULL ? url : "/"; *at != '\0';) {
        size_t size = strcspn(at, "{");
        const char *end = strchr(at + size, '}');
        buffer_append(out, at, size);
        at += size;
        if (*at == '{' && end != NULL) {
            json_t *value = json_object_getn(values, at + 1, (size_t)(end - at) - 1);
            text_scalar(out, value);
            at = end + 1;
        } else if (*at == '{') {
            json_decref(values);
            return problem_set(problem, PROBLEM_CONFIGURATION,
                               "В документе OpenAPI адрес сервера записан с ошибкой");
        }
    }
    json_decref(values);
    return true;
}

static const json_t *first_server(const json_t *object)
{
    return json_array_get(json_object_get(object, "servers"), 0);
}

static bool append_base(const struct operation *o, const char *source, struct buffer *out,
                        struct problem *problem)
{
    const json_t *server = first_server(o->operation);

    server = server != NULL ? server : first_server(o->item);
    server = server != NULL ? server : first_server(o->document);
    if (o->swagger) {
        append_swagger_server(o->document, source, out);
    } else if (!append_server(server, out, problem)) {
        return false;
    }
    buffer_append(out, "", 1);
    if (strstr((const char *)out->data, "://") != NULL) {
        out->size--;
        return true;
    }
    char *whole = source != NULL ? target_resolve(source, (const char *)out->data) : NULL;
    buffer_clear(out);
    if (whole == NULL) {
        return problem_set(problem, PROBLEM_CONFIGURATION,
                           "В документе OpenAPI нет полного адреса сервера (servers)");
    }
    buffer_text(out, whole);
    free(whole);
    return true;
}

/* --- putting it together ---------------------------------------------------------------------- */

static bool place_endpoint(const struct operation *o, const char *source, const json_t *with,
                           const struct places *places, struct problem *problem)
{
    const json_t *authentication = json_object_get(with, "authentication");
    struct buffer uri = BUFFER_INIT;
    bool good = append_base(o, source, &uri, problem);

    if (good) {
        while (uri.size > 0 && uri.data[uri.size - 1] == '/') {
            uri.size--; /* paths begin with one */
        }
        good = openapi_path(o->path, places->path, &uri, problem);
    }
    if (good) {
        json_t *endpoint = json_pack("{ss%}", "uri", (const char *)uri.data, uri.size);
        if (authentication != NULL) {
            json_object_set(endpoint, "authentication", (json_t *)authentication);
        }
        json_object_set_new(places->with, "endpoint", endpoint);
    }
    buffer_fini(&uri);
    return good;
}

static void copy_member(json_t *to, const json_t *from, const char *name)
{
    json_t *value = json_object_get(from, name);

    if (value != NULL) {
        json_object_set(to, name, value);
    }
}

json_t *openapi_request(const json_t *document, const char *source, const json_t *with,
                        struct problem *problem)
{
    const char *id = text_of(with, "operationId");
    struct operation o;
    struct places places;

    if (id == NULL) {
        problem_set(problem, PROBLEM_VALIDATION, "operationId — это имя операции, строка");
        return NULL;
    }
    if (!find_operation(document, id, &o, problem)) {
        return NULL;
    }
    places_init(&places, o.method);
    copy_member(places.with, with, "output");
    copy_member(places.with, with, "redirect");
    bool good = openapi_place(document, o.item, o.operation, with, &places, problem) &&
                place_endpoint(&o, source, with, &places, problem);
    json_t *request = good ? json_incref(places.with) : NULL;
    places_fini(&places);
    return request;
}

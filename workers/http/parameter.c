/* parameter.c - the parameters of an OpenAPI operation
 *
 *   in        value                             in the request
 *   path      scalar, list: a,b                 the path, percent-encoded
 *   query     scalar, list: x=a&x=b or x=a,b    query
 *   header    scalar, list: a,b                 headers
 *   body      any                               body; in OpenAPI 3 requestBody
 *   formData  scalar, list                      body, as a form
 *
 * Owns:    this table; `explode` and `collectionFormat` of lists.
 * In:      openapi.c.
 * Out:     the members of a `with` of `call: http`. Pure.
 * Always:  a required parameter is there, an unknown one is refused.
 * See:     docs/workers.md §4; OpenAPI 3.1 §4.8.12, Swagger 2.0 "Parameter Object"
 */
#include "workers/http/parameter.h"

#include "workers/http/openapi.h"
#include "workers/http/text.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

void places_init(struct places *places, const char *method)
{
    *places = (struct places){.with = json_pack("{ss}", "method", method),
                              .path = json_object(),
                              .headers = json_object(),
                              .query = json_object()};
}

void places_fini(struct places *places)
{
    json_decref(places->with);
    json_decref(places->path);
    json_decref(places->headers);
    json_decref(places->query);
    json_decref(places->form);
    *places = (struct places){.with = NULL};
}

/* --- references ------------------------------------------------------------------------------- */

/* A part of a JSON pointer (RFC 6901 §4): ~1 is a slash, ~0 a tilde. */
static const json_t *member_of(const json_t *value, const char *part, size_t size)
{
    struct buffer name = BUFFER_INIT;

    for (size_t i = 0; i < size; i++) {
        bool escaped = part[i] == '~' && i + 1 < size;
        i += escaped ? 1 : 0;
        buffer_append(&name, escaped ? (part[i] == '1' ? "/" : "~") : part + i, 1);
    }
    const json_t *member = json_object_getn(value, (const char *)name.data, name.size);
    buffer_fini(&name);
    return member;
}

static const json_t *pointed(const json_t *document, const char *reference)
{
    const json_t *value = document;

    if (strncmp(reference, "#/", 2) != 0) {
        return NULL; /* other documents are not read */
    }
    for (const char *at = reference + 2; value != NULL;) {
        size_t size = strcspn(at, "/");
        value = member_of(value, at, size);
        if (at[size] == '\0') {
            break;
        }
        at += size + 1;
    }
    return value;
}

const json_t *openapi_follow(const json_t *document, const json_t *value)
{
    for (int i = 0; i < OPENAPI_REFERENCES_MAX; i++) {
        const char *reference = text_of(value, "$ref");
        if (reference == NULL) {
            return value;
        }
        value = pointed(document, reference);
    }
    return NULL;
}

/* --- values ----------------------------------------------------------------------------------- */

/* A scalar, or a list of them with commas between; false for anything else. */
static bool joined(const json_t *value, struct buffer *out)
{
    size_t i;
    json_t *one;

    if (!json_is_array(value)) {
        return !json_is_null(value) && text_scalar(out, value);
    }
    json_array_foreach((json_t *)value, i, one)
    {
        buffer_text(out, i > 0 ? "," : "");
        if (!text_scalar(out, one)) {
            return false;
        }
    }
    return true;
}

/* Does a list become x=a&x=b? The usual answer is yes in OpenAPI 3 and no in Swagger 2. */
static bool explodes(const json_t *parameter)
{
    const json_t *explode = json_object_get(parameter, "explode");
    const char *format = text_of(parameter, "collectionFormat");
    bool swagger = json_object_get(parameter, "schema") == NULL &&
                   json_object_get(parameter, "content") == NULL;

    if (swagger) {
        return format != NULL && strcmp(format, "multi") == 0;
    }
    return explode == NULL || json_is_true(explode);
}

static bool refuse_value(const char *name, struct problem *problem)
{
    return problem_set(problem, PROBLEM_VALIDATION,
                       "Параметр «%s» — не строка, не число и не их список", name);
}

static bool set_joined(json_t *object, const char *name, const json_t *value,
                       struct problem *problem)
{
    struct buffer text = BUFFER_INIT;
    bool good = joined(value, &text);

    if (good) {
        json_object_set_new(object, name,
                            json_stringn(text.size > 0 ? (const char *)text.data : "", text.size));
    }
    buffer_fini(&text);
    return good || refuse_value(name, problem);
}

static bool set_pairs(json_t *object, const json_t *parameter, const char *name, json_t *value,
                      struct problem *problem)
{
    if (!explodes(parameter) || !json_is_array(value)) {
        return set_joined(object, name, value, problem);
    }
    json_object_set(object, name, value);
    return true;
}

static bool place_form(struct places *places, const json_t *parameter, const char *name,
                       json_t *value, struct problem *problem)
{
    if (places->form == NULL) {
        places->form = json_object();
    }
    return set_pairs(places->form, parameter, name, value, problem);
}

static bool place_one(struct places *places, const json_t *parameter, const char *name,
                      json_t *value, struct problem *problem)
{
    const char *in = text_of(parameter, "in");

    if (in != NULL && strcmp(in, "path") == 0) {
        return set_joined(places->path, name, value, problem);
    }
    if (in != NULL && strcmp(in, "query") == 0) {
        return set_pairs(places->query, parameter, name, value, problem);
    }
    if (in != NULL && strcmp(in, "header") == 0) {
        return set_joined(places->headers, name, value, problem);
    }
    if (in != NULL && strcmp(in, "formData") == 0) {
        return place_form(places, parameter, name, value, problem);
    }
    if (in != NULL && strcmp(in, "body") == 0) {
        json_object_set(places->with, "body", value);
        return true;
    }
    return problem_set(problem, PROBLEM_CONFIGURATION,
                       "Параметр «%s» в документе OpenAPI — не path, query, header или body", name);
}

/* --- the operation's list --------------------------------------------------------------------- */

/* Moves what it places from `left`. */
static bool place_list(const json_t *document, const json_t *list, json_t *left,
                       struct places *places, struct problem *problem)
{
    size_t i;
    json_t *entry;

    json_array_foreach((json_t *)list, i, entry)
    {
        const json_t *parameter = openapi_follow(document, entry);
        const char *name = text_of(parameter, "name");
        json_t *value = name != NULL ? json_object_get(left, name) : NULL;
        if (name == NULL) {
            return problem_set(problem, PROBLEM_CONFIGURATION,
                               "В документе OpenAPI параметр операции без имени");
        }
        if (value == NULL || json_is_null(value)) {
            continue;
        }
        if (!place_one(places, parameter, name, value, problem)) {
            return false;
        }
        json_object_del(left, name);
    }
    return true;
}

static bool is_placed(const struct places *places, const json_t *parameter, const char *name)
{
    const char *in = text_of(parameter, "in");
    const json_t *place = places->query;

    if (in != NULL && strcmp(in, "body") == 0) {
        return json_object_get(places->with, "body") != NULL;
    }
    if (in != NULL && strcmp(in, "path") == 0) {
        place = places->path;
    } else if (in != NULL && strcmp(in, "header") == 0) {
        place = places->headers;
    } else if (in != NULL && strcmp(in, "formData") == 0) {
        place = places->form;
    }
    return json_object_get(place, name) != NULL;
}

static bool check_required(const json_t *document, const json_t *list, const struct places *places,
                           struct problem *problem)
{
    size_t i;
    json_t *entry;

    json_array_foreach((json_t *)list, i, entry)
    {
        const json_t *parameter = openapi_follow(document, entry);
        const char *name = text_of(parameter, "name");
        if (json_is_true(json_object_get(parameter, "required")) &&
            !is_placed(places, parameter, name)) {
            return problem_set(problem, PROBLEM_VALIDATION, "Нет обязательного параметра «%s»",
                               name);
        }
    }
    return true;
}

static bool place_body(const json_t *document, const json_t *operation, json_t *left,
                       struct places *places, struct problem *problem)
{
    const json_t *declared = openapi_follow(document, json_object_get(operation, "requestBody"));
    const json_t *content = json_object_get(declared, "content");
    json_t *body = json_object_get(left, "body");

    if (declared != NULL && body != NULL) {
        json_object_set(places->with, "body", body);
        json_object_del(left, "body");
        if (json_object_get(content, "application/json") == NULL && json_object_size(content) > 0) {
            const char *type = json_object_iter_key(json_object_iter((json_t *)content));
            if (strchr(type, '*') == NULL) {
                json_object_set_new(places->headers, "Content-Type", json_string(type));
            }
        }
    } else if (json_is_true(json_object_get(declared, "required"))) {
        return problem_set(problem, PROBLEM_VALIDATION, "Нет обязательного параметра «body»");
    }
    return true;
}

static void fill_with(struct places *places)
{
    if (places->form != NULL) {
        json_object_set(places->with, "body", places->form);
        json_object_set_new(places->headers, "Content-Type",
                            json_string("application/x-www-form-urlencoded"));
    }
    json_object_set(places->with, "headers", places->headers);
    json_object_set(places->with, "query", places->query);
}

static bool place_all(const json_t *document, const json_t *item, const json_t *operation,
                      json_t *left, struct places *places, struct problem *problem)
{
    const json_t *own = json_object_get(operation, "parameters");
    const json_t *shared = json_object_get(item, "parameters");

    if (!place_list(document, own, left, places, problem) || /* first: it overrides */
        !place_list(document, shared, left, places, problem) ||
        !place_body(document, operation, left, places, problem)) {
        return false;
    }
    if (json_object_size(left) > 0) {
        return problem_set(problem, PROBLEM_VALIDATION, "У операции нет параметра «%s»",
                           json_object_iter_key(json_object_iter(left)));
    }
    if (!check_required(document, own, places, problem) ||
        !check_required(document, shared, places, problem)) {
        return false;
    }
    fill_with(places);
    return true;
}

bool openapi_place(const json_t *document, const json_t *item, const json_t *operation,
                   const json_t *with, struct places *places, struct problem *problem)
{
    const json_t *given = json_object_get(with, "parameters");
    json_t *left;

    if (given != NULL && !json_is_object(given) && !json_is_null(given)) {
        return problem_set(problem, PROBLEM_VALIDATION, "parameters — это объект: имя и значение");
    }
    left = json_is_object(given) ? json_copy((json_t *)given) : json_object();
    bool good = place_all(document, item, operation, left, places, problem);
    json_decref(left);
    return good;
}

bool openapi_path(const char *path, const json_t *values, struct buffer *out,
                  struct problem *problem)
{
    for (const char *at = path; *at != '\0';) {
        size_t size = strcspn(at, "{");
        const char *end = strchr(at + size, '}');
        text_percent(out, (struct bytes){at, size}, TEXT_RESERVED);
        at += size;
        if (*at != '{') {
            continue;
        }
        const json_t *value =
            end != NULL ? json_object_getn(values, at + 1, (size_t)(end - at) - 1) : NULL;
        if (value == NULL) {
            return problem_set(problem, PROBLEM_VALIDATION,
                               "В пути операции %s не заполнен параметр", path);
        }
        text_percent(out, (struct bytes){json_string_value(value), json_string_length(value)}, "");
        at = end + 1;
    }
    return true;
}

/* request.c - what is to be sent, from the `with` of a call
 *
 * Owns:    the members of `with` and what is refused in them; body.c and query.c have a part each.
 * In:      calls.c, for `call: http`; openapi.c makes the same members of an operation.
 * Out:     struct request, for transfer.c.
 * Always:  no header or URI has a line break in it; the URI was checked against --allow.
 * See:     docs/workers.md §4
 */
#include "workers/http/request.h"

#include "base/must.h"
#include "workers/http/body.h"
#include "workers/http/query.h"
#include "workers/http/template.h"
#include "workers/http/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- method, output, redirect ----------------------------------------------------------------- */

static bool read_method(const json_t *with, struct request *request, struct problem *problem)
{
    const char *method = json_string_value(json_object_get(with, "method"));
    size_t size = method != NULL ? strlen(method) : 0;

    if (size == 0 || size >= sizeof request->method ||
        strspn(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-") != size) {
        return problem_set(problem, PROBLEM_VALIDATION,
                           "method — это название метода HTTP: get, post, put, patch, delete…");
    }
    for (size_t i = 0; i < size; i++) {
        char c = method[i];
        request->method[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    if (strcmp(request->method, "CONNECT") == 0 || strcmp(request->method, "TRACE") == 0) {
        return problem_set(problem, PROBLEM_VALIDATION, "Метод %s не поддерживается",
                           request->method);
    }
    return true;
}

static bool read_output(const json_t *with, struct request *request, struct problem *problem)
{
    static const char *const words[] = {
        [OUTPUT_CONTENT] = "content", [OUTPUT_RESPONSE] = "response", [OUTPUT_RAW] = "raw"};
    const json_t *value = json_object_get(with, "output");
    const json_t *redirect = json_object_get(with, "redirect");
    const char *word = value == NULL ? "content" : json_string_value(value);

    if (redirect != NULL && !json_is_boolean(redirect)) {
        return problem_set(problem, PROBLEM_VALIDATION, "redirect — это true или false");
    }
    request->redirect = json_is_true(redirect);
    for (size_t i = 0; word != NULL && i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, words[i]) == 0) {
            request->output = (enum request_output)i;
            return true;
        }
    }
    return problem_set(problem, PROBLEM_VALIDATION, "output — это content, response или raw");
}

/* --- headers ---------------------------------------------------------------------------------- */

/* RFC 9110 §5.6.2: a token. */
static bool header_name_valid(const char *name)
{
    size_t size = strlen(name);

    return size > 0 && strspn(name, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == size;
}

static bool header_value_valid(const char *value)
{
    for (; *value != '\0'; value++) {
        if (((unsigned char)*value < 0x20 && *value != '\t') || *value == 0x7F) {
            return false;
        }
    }
    return true;
}

/* The transfer sets these itself. */
static bool header_reserved(const char *name)
{
    return strcasecmp(name, "Content-Length") == 0 || strcasecmp(name, "Transfer-Encoding") == 0 ||
           strcasecmp(name, "Host") == 0 || strcasecmp(name, "Connection") == 0;
}

static bool read_header(const char *name, const json_t *value, json_t *headers,
                        struct problem *problem)
{
    struct buffer text = BUFFER_INIT;
    bool scalar = text_scalar(&text, value);
    char *line = bytes_strdup(buffer_bytes(&text));
    bool good = scalar && strlen(line) == text.size && header_value_valid(line);

    if (!header_name_valid(name) || header_reserved(name)) {
        good = problem_set(problem, PROBLEM_VALIDATION, "Заголовок «%s» указать нельзя", name);
    } else if (!good) {
        problem_set(problem, PROBLEM_VALIDATION,
                    "Значение заголовка «%s» — не строка без переводов строки и не число", name);
    } else if (!json_is_null(value)) {
        json_object_set_new(headers, name, json_string(line));
    }
    free(line);
    buffer_fini(&text);
    return good;
}

static bool read_headers(const json_t *with, struct request *request, struct problem *problem)
{
    json_t *given = json_object_get(with, "headers");
    const char *name;
    json_t *value;

    request->headers = json_object();
    if (given != NULL && !json_is_object(given) && !json_is_null(given)) {
        return problem_set(problem, PROBLEM_VALIDATION, "headers — это объект: имя и значение");
    }
    json_object_foreach(given, name, value)
    {
        if (!read_header(name, value, request->headers, problem)) {
            return false;
        }
    }
    return true;
}

/* --- the URI ---------------------------------------------------------------------------------- */

static void cut_fragment(struct buffer *uri)
{
    const unsigned char *hash = uri->size > 0 ? memchr(uri->data, '#', uri->size) : NULL;

    uri->size = hash != NULL ? (size_t)(hash - uri->data) : uri->size;
}

static bool read_uri(const json_t *with, const char *text, struct request *request,
                     struct problem *problem)
{
    struct buffer uri = BUFFER_INIT;
    const json_t *data = json_object_get(with, "data");
    bool good = template_expand(&uri, text, json_is_object(data) ? data : NULL, problem);

    if (good) {
        cut_fragment(&uri);
        good = query_add(&uri, json_object_get(with, "query"), problem);
    }
    if (good) {
        request->uri = bytes_strdup(buffer_bytes(&uri));
    }
    buffer_fini(&uri);
    return good;
}

static bool read_endpoint(const json_t *with, const struct surroundings *surroundings,
                          struct request *request, struct problem *problem)
{
    const json_t *endpoint = json_object_get(with, "endpoint");
    const json_t *uri = json_is_object(endpoint) ? json_object_get(endpoint, "uri") : endpoint;

    if (!json_is_string(uri)) {
        return problem_set(problem, PROBLEM_VALIDATION,
                           "endpoint — это адрес или объект с адресом uri");
    }
    return read_uri(with, json_string_value(uri), request, problem) &&
           target_check(&surroundings->targets, request->uri, problem) &&
           credentials_read(json_object_get(endpoint, "authentication"), surroundings->secrets,
                            &request->credentials, problem);
}

bool request_read(const json_t *with, const struct surroundings *surroundings,
                  struct request *ret_request, struct problem *problem)
{
    *ret_request = REQUEST_INIT;
    if (!json_is_object(with)) {
        return problem_set(problem, PROBLEM_VALIDATION, "Вызов записан не как объект");
    }
    return read_method(with, ret_request, problem) && read_output(with, ret_request, problem) &&
           read_headers(with, ret_request, problem) && body_read(with, ret_request, problem) &&
           read_endpoint(with, surroundings, ret_request, problem);
}

void request_fini(struct request *request)
{
    free(request->uri);
    json_decref(request->headers);
    buffer_fini(&request->body);
    credentials_fini(&request->credentials);
    *request = REQUEST_INIT;
}

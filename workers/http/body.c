/* body.c - the body of a request
 *
 * Owns:    which type a body has, and how it is written.
 * In:      request.c, after the headers.
 * Out:     request->body, and the header Content-Type.
 * Always:  at most LIMIT_PAYLOAD_BYTES, as the input it comes from.
 * See:     docs/workers.md §4
 */
#include "workers/http/body.h"

#include "workers/http/query.h"
#include "workers/http/response.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FORM "application/x-www-form-urlencoded"

static void set_type(struct request *request, const char *type)
{
    if (header_find(request->headers, "Content-Type") == NULL) {
        json_object_set_new(request->headers, "Content-Type", json_string(type));
    }
}

static bool wants_form(const struct request *request, const json_t *body)
{
    const char *type = header_find(request->headers, "Content-Type");

    return type != NULL && json_is_object(body) && strncasecmp(type, FORM, sizeof FORM - 1) == 0;
}

/* 15 digits: 4.3 stays 4.3. */
static void write_json(const json_t *body, struct buffer *out)
{
    char *text = json_dumps(body, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

    buffer_text(out, text != NULL ? text : "null");
    free(text);
}

bool body_read(const json_t *with, struct request *request, struct problem *problem)
{
    const json_t *body = json_object_get(with, "body");

    if (body == NULL || json_is_null(body)) {
        return true;
    }
    if (strcmp(request->method, "HEAD") == 0) {
        return problem_set(problem, PROBLEM_VALIDATION, "У запроса HEAD не бывает тела");
    }
    request->has_body = true;
    if (json_is_string(body)) {
        buffer_append(&request->body, json_string_value(body), json_string_length(body));
        set_type(request, "text/plain; charset=utf-8");
    } else if (wants_form(request, body)) {
        if (!query_append(&request->body, body)) {
            return problem_set(problem, PROBLEM_VALIDATION,
                               "В форме значение — это строка, число или их список");
        }
    } else {
        write_json(body, &request->body);
        set_type(request, "application/json");
    }
    return true;
}

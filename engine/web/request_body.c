/* request_body.c - the body has come whole: JSON, or bytes for the handler
 *
 * Owns:    what JSON may look like, and who acts: a header, or the field "by".
 * In:      serve.c, at the end of a request.
 * Out:     x->json, x->by; or the refusal.
 * See:     docs/http.md §1.4
 */
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/web_part.h"
#include "wire/json.h"

#include <stdio.h>
#include <string.h>

bool request_read_json(struct bytes text, json_t **ret_json, struct error *err)
{
    json_error_t where;

    if (!wire_json_within(text, LIMIT_JSON_DEPTH)) {
        return error_set(err, ERROR_TOO_LARGE, "the body is nested more than %u levels deep",
                         LIMIT_JSON_DEPTH);
    }
    json_t *json = json_loadb(text.data, text.size, JSON_REJECT_DUPLICATES, &where);
    if (json == NULL) {
        return error_set_at(err, ERROR_SYNTAX, NULL, where.line, where.column,
                            "the body is not JSON: %s", where.text);
    }
    if (!json_is_object(json)) {
        json_decref(json);
        return error_set(err, ERROR_INVALID, "the body must be a JSON object");
    }
    *ret_json = json;
    return true;
}

bool request_named(const struct exchange *x, struct error *err)
{
    return x->by[0] != '\0' ||
           error_set(err, ERROR_INVALID,
                     "say who acts: the header Marshrut-By, or the field \"by\"");
}

/* The header and the field are two ways to say one thing. An event is not ours: its fields are what
 * somebody has named. */
static bool read_by(struct exchange *x, struct error *err)
{
    const json_t *field = x->body_kind == BODY_JSON ? json_object_get(x->json, "by") : NULL;
    const char *by = json_string_value(field);

    if (field != NULL && !json_is_null(field)) {
        if (by == NULL || by[0] == '\0' || json_string_length(field) != strlen(by) ||
            strlen(by) > LIMIT_BY_BYTES) {
            return error_set(err, ERROR_INVALID, "\"by\" is text of 1 to %u bytes", LIMIT_BY_BYTES);
        }
        if (x->by[0] != '\0' && strcmp(x->by, by) != 0) {
            return error_set(err, ERROR_INVALID, "\"by\" is not who Marshrut-By names");
        }
        snprintf(x->by, sizeof x->by, "%s", by);
    }
    bool needed = (x->route->flags & (ROUTE_CHANGES | ROUTE_MAY_LOOK)) == ROUTE_CHANGES;
    return !needed || request_named(x, err);
}

bool request_body(struct exchange *x)
{
    struct error err = x->problem;
    bool json = x->body_kind == BODY_JSON || x->body_kind == BODY_EVENT;
    bool empty = x->body.size == 0 && (x->route->flags & ROUTE_NO_BODY) != 0;

    if (x->problem_status == 0 &&
        (!json || empty || request_read_json(buffer_bytes(&x->body), &x->json, &err)) &&
        read_by(x, &err)) {
        return true;
    }
    x->state = EXCHANGE_RUNNING;
    answer_problem(x,
                   x->problem_status != 0        ? x->problem_status
                   : err.code == ERROR_TOO_LARGE ? 413u
                                                 : 400u,
                   &err, NULL);
    return false;
}

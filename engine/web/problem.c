/* problem.c - problem details: a refusal as people and programs read it over HTTP
 *
 * Owns:    the status of each code, the title of each code, and the fields of a problem.
 * In:      refusals of the gateway, and ERROR of MC1.
 * Out:     application/problem+json, in Russian or English; "code", "format" and "args" stay as the
 *          protocol has them.
 * See:     RFC 9457, docs/http.md §1.3
 */
#include "base/must.h"
#include "engine/refusal.h"
#include "engine/web/answer.h"
#include "engine/web/answer_part.h"
#include "engine/web/catalogue.h"
#include "engine/web/web_part.h"

#include <stdio.h>
#include <string.h>

static const struct {
    unsigned status;
    const char *title;
} codes[ERROR_CODE_COUNT] = {
    [ERROR_SYNTAX] = {400, N_("not well-formed")},
    [ERROR_INVALID] = {422, N_("does not fit")},
    [ERROR_UNSUPPORTED] = {422, N_("not supported")},
    [ERROR_TOO_LARGE] = {413, N_("too large")},
    [ERROR_NOT_FOUND] = {404, N_("not found")},
    [ERROR_CONFLICT] = {409, N_("not possible in this state")},
    [ERROR_STALE] = {412, N_("changed meanwhile")},
    [ERROR_REFUSED] = {403, N_("not allowed")},
    [ERROR_BUSY] = {503, N_("busy: try again")},
    [ERROR_DISK_FULL] = {507, N_("too little free disk")},
    [ERROR_STORE] = {500, N_("the store failed")},
    [ERROR_FORMAT] = {500, N_("a format that this version does not read")},
    [ERROR_IO] = {500, N_("something outside failed")},
    [ERROR_TIMEOUT] = {504, N_("no answer in time")},
};

#define RETRY_S 2 /* for who is told to try again */

unsigned answer_status(enum error_code code)
{
    unsigned status = code > ERROR_NONE && code < ERROR_CODE_COUNT ? codes[code].status : 0;

    return status != 0 ? status : 500;
}

static const char *in_language(const struct exchange *x, const char *text)
{
    return x->language == LANGUAGE_RUSSIAN ? catalogue_find(x->web->russian, text) : text;
}

void answer_in_words(const struct exchange *x, json_t *object)
{
    const char *format = json_string_value(json_object_get(object, "format"));
    const json_t *list = json_object_get(object, "args");
    const char *args[SENTENCE_ARGS_MAX] = {NULL};
    size_t count = json_array_size(list);
    char text[2 * ERROR_TEXT_MAX];

    if (x->language != LANGUAGE_RUSSIAN || format == NULL || count > SENTENCE_ARGS_MAX) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        args[i] = json_string_value(json_array_get(list, i));
        if (args[i] == NULL) {
            return;
        }
    }
    if (catalogue_say(x->web->russian, format, args, count, text, sizeof text)) {
        json_object_set_new(object, "text", json_string(text));
    }
}

/* payload has text, format, args and what else there is; it becomes the problem. */
static void answer_details(struct exchange *x, unsigned status, enum error_code code,
                           json_t *payload)
{
    char type[64];

    snprintf(type, sizeof type, "/problems/%s", error_name(code));
    answer_in_words(x, payload);
    json_t *text = json_incref(json_object_get(payload, "text"));
    json_t *problem =
        json_pack("{ss ss si so ss ss}", "type", type, "title", in_language(x, codes[code].title),
                  "status", (int)status, "detail", text ? text : json_string(""), "code",
                  error_name(code), "instance", x->target.path);
    json_object_del(payload, "text");
    json_object_update_missing(problem, payload);
    json_decref(payload);
    if (code == ERROR_BUSY || code == ERROR_DISK_FULL) {
        x->reply.retry_s = RETRY_S;
    }
    x->reply.etag[0] = '\0';
    answer_json_as(x, status, "application/problem+json", problem);
}

static enum error_code known_code(enum error_code code)
{
    return code > ERROR_NONE && code < ERROR_CODE_COUNT ? code : ERROR_IO;
}

void answer_problem(struct exchange *x, unsigned status, const struct error *err, json_t *more)
{
    json_t *payload = json_object();

    refusal_put(payload, err);
    if (err->line > 0) {
        if (err->file[0] != '\0') {
            json_object_set_new(payload, "file", json_string(err->file));
        }
        json_object_set_new(payload, "line", json_integer(err->line));
        json_object_set_new(payload, "column", json_integer(err->column));
    }
    json_object_update_missing(payload, more);
    json_decref(more);
    answer_details(x, status, known_code(err->code), payload);
}

void answer_refusal(struct exchange *x, const struct error *err)
{
    answer_problem(x, answer_status(err->code), err, NULL);
}

void answer_error_payload(struct exchange *x, enum error_code code, json_t *payload)
{
    json_t *own = json_is_object(payload) ? json_deep_copy(payload) : json_object();
    json_t *problems = json_object_get(own, "problems");

    for (size_t i = 0; i < json_array_size(problems); i++) {
        answer_in_words(x, json_array_get(problems, i));
    }
    answer_details(x, answer_status(code), known_code(code), own);
}

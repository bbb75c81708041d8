/* answer.c - what an answer means for the task
 *
 *   status 2xx, with redirect 3xx too   the task is done
 *   408, 429, 5xx                       PROBLEM_COMMUNICATION, may be tried again
 *   all others                          PROBLEM_COMMUNICATION
 *
 *   Content-Type              content is
 *   JSON                      its value
 *   text, XML, YAML, a form   a string
 *   none                      a JSON value, a string, or base64: what fits first
 *   all others                base64; also where a text is not UTF-8
 *
 * Owns:    these tables.
 * In:      a response of transfer.c.
 * Out:     the output of the task or a problem. Pure.
 * Always:  JSON of the server is passed on as it was written; no problem holds a secret.
 * See:     docs/workers.md §4
 */
#include "workers/http/answer.h"

#include "base/limits.h"
#include "base/must.h"
#include "wire/json.h"
#include "workers/http/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- what kind of content --------------------------------------------------------------------- */

enum kind { KIND_JSON, KIND_TEXT, KIND_UNKNOWN, KIND_BYTES };

static bool ends_with(const char *text, size_t size, const char *end)
{
    size_t length = strlen(end);

    return size >= length && strncasecmp(text + size - length, end, length) == 0;
}

static bool is_type(const char *text, size_t size, const char *type)
{
    return size == strlen(type) && strncasecmp(text, type, size) == 0;
}

static enum kind kind_of(const char *type)
{
    size_t size = type != NULL ? strcspn(type, "; \t") : 0;

    if (size == 0) {
        return KIND_UNKNOWN;
    }
    if (is_type(type, size, "application/json") || is_type(type, size, "text/json") ||
        ends_with(type, size, "+json")) {
        return KIND_JSON;
    }
    if (strncasecmp(type, "text/", 5) == 0 || ends_with(type, size, "xml") ||
        ends_with(type, size, "yaml") || is_type(type, size, "application/javascript") ||
        is_type(type, size, "application/x-www-form-urlencoded")) {
        return KIND_TEXT;
    }
    return KIND_BYTES;
}

/* --- content as JSON text --------------------------------------------------------------------- */

static void append_string(struct buffer *out, struct bytes text)
{
    json_t *value = json_stringn(text.size > 0 ? text.data : "", text.size);
    char *written = json_dumps(value, JSON_ENCODE_ANY);

    must(written != NULL); /* the text is UTF-8 */
    buffer_text(out, written);
    free(written);
    json_decref(value);
}

static void append_base64(struct buffer *out, struct bytes data)
{
    buffer_text(out, "\"");
    text_base64(out, data);
    buffer_text(out, "\"");
}

static bool is_json(struct bytes text)
{
    json_t *value = text.size > 0 ? json_loadb(text.data, text.size, JSON_DECODE_ANY, NULL) : NULL;

    json_decref(value);
    return value != NULL;
}

/* Without the byte order mark that some servers begin with. */
static struct bytes content_of(const struct response *response)
{
    struct bytes all = buffer_bytes(&response->content);

    if (all.size >= 3 && memcmp(all.data, "\xEF\xBB\xBF", 3) == 0) {
        all = (struct bytes){(const char *)all.data + 3, all.size - 3};
    }
    return all;
}

static void append_content(struct buffer *out, const struct response *response, enum kind kind)
{
    struct bytes content = content_of(response);

    if (content.size == 0) {
        buffer_text(out, "null");
    } else if (kind == KIND_JSON || (kind == KIND_UNKNOWN && is_json(content))) {
        buffer_append(out, content.data, content.size);
    } else if (kind != KIND_BYTES && text_is_utf8(content)) {
        append_string(out, content);
    } else {
        append_base64(out, buffer_bytes(&response->content));
    }
}

/* --- the output ------------------------------------------------------------------------------- */

static void append_member(struct buffer *out, const char *name, const json_t *value)
{
    char *written = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

    must(written != NULL);
    buffer_text(out, "\"");
    buffer_text(out, name);
    buffer_text(out, "\":");
    buffer_text(out, written);
    buffer_text(out, ",");
    free(written);
}

/* What a workflow wrote into these itself it need not see again in every history. */
static json_t *shown_headers(const json_t *headers)
{
    json_t *shown = json_object();
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)headers, name, value)
    {
        if (strcasecmp(name, "Authorization") != 0 && strcasecmp(name, "Cookie") != 0 &&
            strcasecmp(name, "Proxy-Authorization") != 0) {
            json_object_set(shown, name, value);
        }
    }
    return shown;
}

static void append_response(struct buffer *out, const struct request *request,
                            const struct response *response, enum kind kind)
{
    json_t *sent = json_pack("{ss ss so}", "method", request->method, "uri", request->uri,
                             "headers", shown_headers(request->headers));
    json_t *status = json_integer(response->status);

    must(sent != NULL);
    buffer_text(out, "{");
    append_member(out, "request", sent);
    append_member(out, "statusCode", status);
    append_member(out, "headers", response->headers);
    buffer_text(out, "\"content\":");
    append_content(out, response, kind);
    buffer_text(out, "}");
    json_decref(sent);
    json_decref(status);
}

static void append_output(struct buffer *out, const struct request *request,
                          const struct response *response, enum kind kind)
{
    switch (request->output) {
    case OUTPUT_CONTENT:
        append_content(out, response, kind);
        break;
    case OUTPUT_RESPONSE:
        append_response(out, request, response, kind);
        break;
    case OUTPUT_RAW:
        append_base64(out, buffer_bytes(&response->content));
        break;
    }
}

/* --- problems --------------------------------------------------------------------------------- */

/* The beginning of a text answer as one line, and what was asked. */
static void tell_detail(const struct request *request, const struct response *response,
                        struct problem *problem)
{
    struct buffer said = BUFFER_INIT;
    char *shown = target_shown(request->uri);

    if (text_is_utf8(buffer_bytes(&response->content))) {
        buffer_append(&said, response->content.data, response->content.size);
        credentials_scrub(&request->credentials, &said);
    }
    for (size_t i = 0; i < said.size; i++) {
        said.data[i] = said.data[i] < 0x20 ? ' ' : said.data[i];
    }
    int size = said.size > PROBLEM_DETAIL_MAX ? PROBLEM_DETAIL_MAX : (int)said.size;
    snprintf(problem->detail, sizeof problem->detail, "%s %s%s%.*s", request->method, shown,
             size > 0 ? ": " : "", size, size > 0 ? (const char *)said.data : "");
    buffer_fini(&said);
    free(shown);
}

static bool refuse_status(const struct request *request, const struct response *response,
                          struct problem *problem)
{
    unsigned status = response->status;

    problem_set(problem, PROBLEM_COMMUNICATION, "Сервер ответил кодом %u", status);
    problem->status = status;
    problem->retry = status == 408 || status == 429 || status >= 500;
    tell_detail(request, response, problem);
    return false;
}

static bool refuse_content(const struct request *request, const struct response *response,
                           const char *title, struct problem *problem)
{
    problem_set(problem, PROBLEM_COMMUNICATION, "%s", title);
    tell_detail(request, response, problem);
    return false;
}

bool answer_of(const struct request *request, const struct response *response,
               struct buffer *ret_output, struct problem *problem)
{
    unsigned most = request->redirect ? 399 : 299;
    enum kind kind = kind_of(header_find(response->headers, "Content-Type"));
    struct bytes content = content_of(response);
    struct buffer output = BUFFER_INIT;

    if (response->status < 200 || response->status > most) {
        return refuse_status(request, response, problem);
    }
    if (kind == KIND_JSON && content.size > 0 && request->output != OUTPUT_RAW &&
        !is_json(content)) {
        return refuse_content(request, response, "Сервер ответил не JSON, хотя назвал ответ JSON",
                              problem);
    }
    append_output(&output, request, response, kind);
    if (output.size > LIMIT_PAYLOAD_BYTES ||
        !wire_json_within(buffer_bytes(&output), LIMIT_JSON_DEPTH)) {
        buffer_fini(&output);
        return problem_set(problem, PROBLEM_COMMUNICATION,
                           "Ответ сервера больше 1 МиБ или вложен слишком глубоко");
    }
    buffer_append(ret_output, output.data, output.size);
    buffer_fini(&output);
    return true;
}

/* web_client.c - questions to the gateway of the engine
 *
 * Owns:    libcurl: one request, and how its answer becomes one of session.h.
 * In:      http.url in the folder of the engine.
 * Out:     HTTP to this machine alone.
 * Always:  no redirect is followed, no proxy, cookie or netrc is used; size and time are bounded.
 * See:     docs/http.md §1, docs/cli.md §jobs
 */
#include "cli/web_client.h"

#include "base/loopback.h"
#include "base/must.h"
#include "cli/input.h"
#include "cli/language.h"
#include "cli/text.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#define URL_BYTES_MAX    200u
#define ANSWER_BYTES_MAX (16u << 20) /* a hundred pieces of work, or one with its refusals */

/* --- where it is --------------------------------------------------------------------------- */

/* Whoever else may write there must not lead the questions away from this machine. */
static bool is_here(const char *url)
{
    CURLU *parts = curl_url();
    char *host = NULL;
    bool here = curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
                curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK;

    if (here && host[0] == '[') { /* "[::1]" */
        host[strcspn(host, "]")] = '\0';
        here = address_is_loopback(host + 1);
    } else if (here) {
        here = address_is_loopback(host) || strcmp(host, "localhost") == 0;
    }
    curl_free(host);
    curl_url_cleanup(parts);
    return here;
}

/* The address that it has written there; yours. */
static char *find_address(const struct connection *connection, struct error *err)
{
    struct buffer out = BUFFER_INIT;
    struct error unread;
    char *address;
    size_t size;

    text_put(&out, "%s/http.url", connection->folder);
    char *file = text_take(&out);
    bool found = input_read(file, URL_BYTES_MAX, &address, &size, &unread);
    free(file);
    if (!found) {
        error_set(err, ERROR_IO,
                  _("%s has no http.url: the engine of this folder does not run, or has no page"),
                  connection->folder);
        return NULL;
    }
    size = strcspn(address, "\r\n");
    size -= size > 0 && address[size - 1] == '/';
    address[size] = '\0';
    if (!is_here(address)) {
        error_set(err, ERROR_REFUSED,
                  _("http.url in %s names \"%s\": only an address of this machine is asked"),
                  connection->folder, address);
        free(address);
        return NULL;
    }
    return address;
}

static char *find_url(const struct connection *connection, const char *path, struct error *err)
{
    struct buffer out = BUFFER_INIT;

    if (connection->named_by != NULL) {
        error_set(err, ERROR_INVALID,
                  _("%s says where the engine is, and this command asks its page: say the folder "
                    "of the engine with --folder"),
                  connection->named_by);
        return NULL;
    }
    char *address = find_address(connection, err);
    if (address == NULL) {
        return NULL;
    }
    text_put(&out, "%s/api/v1%s", address, path);
    free(address);
    return text_take(&out);
}

/* --- one request --------------------------------------------------------------------------- */

static size_t take(char *bytes, size_t size, size_t count, void *context)
{
    struct buffer *body = context;

    if (body->size + size * count > ANSWER_BYTES_MAX) {
        return 0;
    }
    buffer_append(body, bytes, size * count);
    return size * count;
}

static struct curl_slist *headers(CURL *curl, const char *by)
{
    bool russian = language_get() == LANGUAGE_RUSSIAN;
    struct curl_slist *list =
        curl_slist_append(NULL, russian ? "Accept-Language: ru" : "Accept-Language: en");
    char *name = by != NULL ? curl_easy_escape(curl, by, 0) : NULL;
    struct buffer line = BUFFER_INIT;

    if (name != NULL) {
        text_put(&line, "Marshrut-By: %s", name);
        char *text = text_take(&line);
        list = curl_slist_append(list, text);
        free(text);
    }
    curl_free(name);
    must(list != NULL);
    return list;
}

static CURLcode perform(CURL *curl, struct buffer *body, long *ret_status)
{
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, ret_status);
    return code;
}

static bool trouble(CURLcode code, const char *url, struct error *err)
{
    if (code == CURLE_WRITE_ERROR) {
        return error_set(err, ERROR_TOO_LARGE, _("%s: the answer has more than %u MiB"), url,
                         ANSWER_BYTES_MAX >> 20);
    }
    return error_set_at(err, code == CURLE_OPERATION_TIMEDOUT ? ERROR_TIMEOUT : ERROR_IO, url, 0, 0,
                        "%s: %s", url, curl_easy_strerror(code));
}

static bool ask(const struct session *session, const char *method, const char *url,
                struct answer *ret_answer, struct error *err)
{
    CURL *curl = curl_easy_init();
    struct buffer body = BUFFER_INIT;
    long status = 0;

    must(curl != NULL);
    struct curl_slist *lines = headers(curl, session->connection.by);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)session->timeout_ms);
    CURLcode code = perform(curl, &body, &status);
    curl_slist_free_all(lines);
    curl_easy_cleanup(curl);
    if (code != CURLE_OK) {
        buffer_fini(&body);
        return trouble(code, url, err);
    }
    *ret_answer = (struct answer){.ok = status < 400, .size = body.size};
    ret_answer->raw = text_take(&body);
    ret_answer->json = json_loadb(ret_answer->raw, ret_answer->size, 0, NULL);
    return true;
}

/* --- the answer ---------------------------------------------------------------------------- */

/* Problem details have the code and the sentence under other names. */
static void name_problem(struct answer *answer)
{
    const char *code = json_string_value(json_object_get(answer->json, "code"));

    if (!answer->ok && json_is_object(answer->json)) {
        snprintf(answer->code, sizeof answer->code, "%s", code != NULL ? code : "");
        json_object_set(answer->json, "text", json_object_get(answer->json, "detail"));
        free(answer->raw);
        answer->raw = json_dumps(answer->json, JSON_COMPACT);
        must(answer->raw != NULL);
        answer->size = strlen(answer->raw);
    }
}

enum exit_code web_ask(struct session *session, const char *method, const char *path,
                       json_t **ret_answer)
{
    struct answer answer;
    struct error err;
    char *url = find_url(&session->connection, path, &err);
    bool asked = url != NULL && ask(session, method, url, &answer, &err);

    *ret_answer = NULL;
    free(url);
    if (!asked) {
        return session_unreachable(session, &err);
    }
    name_problem(&answer);
    return session_take(session, &answer, ret_answer);
}

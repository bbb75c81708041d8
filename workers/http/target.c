/* target.c - where requests may go
 *
 * Owns:    reading a URI as libcurl will read it, so that what is checked is what is called.
 * In:      request.c, openapi.c; --allow of the command line.
 * Out:     yes or a problem. Pure.
 * Always:  a redirect is never followed, so a checked URI is the only one that is called.
 * See:     docs/workers.md §4
 */
#include "workers/http/target.h"

#include "base/must.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct place {
    char *scheme;
    char *host;
    char *port;
};

static void place_fini(struct place *place)
{
    curl_free(place->scheme);
    curl_free(place->host);
    curl_free(place->port);
}

static CURLU *url_of(const char *uri)
{
    CURLU *url = curl_url();

    must(url != NULL); /* out of memory */
    if (curl_url_set(url, CURLUPART_URL, uri, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
        curl_url_cleanup(url);
        return NULL;
    }
    return url;
}

static bool place_of(CURLU *url, struct place *ret_place)
{
    *ret_place = (struct place){NULL, NULL, NULL};
    return curl_url_get(url, CURLUPART_SCHEME, &ret_place->scheme, 0) == CURLUE_OK &&
           curl_url_get(url, CURLUPART_HOST, &ret_place->host, 0) == CURLUE_OK &&
           curl_url_get(url, CURLUPART_PORT, &ret_place->port, CURLU_DEFAULT_PORT) == CURLUE_OK;
}

static bool has_user(CURLU *url)
{
    char *user = NULL;
    bool has = curl_url_get(url, CURLUPART_USER, &user, 0) == CURLUE_OK;

    curl_free(user);
    return has;
}

/* The colon before the port, or the end. A colon inside [ ] is part of the host. */
static size_t host_size(const char *pattern)
{
    const char *bracket = strchr(pattern, ']');
    const char *colon = strchr(bracket != NULL ? bracket : pattern, ':');

    return colon != NULL ? (size_t)(colon - pattern) : strlen(pattern);
}

static bool host_matches(const char *pattern, size_t size, const char *host)
{
    size_t length = strlen(host);

    if (strncmp(pattern, "*.", 2) == 0) { /* .domain at the end, and something before it */
        size_t tail = size - 1;
        return length > tail && strncasecmp(host + length - tail, pattern + 1, tail) == 0;
    }
    return length == size && strncasecmp(host, pattern, size) == 0;
}

static bool allowed(const char *pattern, const struct place *place)
{
    size_t size = host_size(pattern);
    const char *usual = strcmp(place->scheme, "https") == 0 ? "443" : "80";
    const char *port = pattern[size] == ':' ? pattern + size + 1 : usual;

    return host_matches(pattern, size, place->host) && strcmp(port, place->port) == 0;
}

static bool allowed_by_any(const struct targets *targets, const struct place *place)
{
    for (size_t i = 0; i < targets->count; i++) {
        if (allowed(targets->hosts[i], place)) {
            return true;
        }
    }
    return targets->count == 0;
}

static bool check_place(const struct targets *targets, CURLU *url, struct problem *problem)
{
    struct place place;
    bool good = false;

    if (!place_of(url, &place) ||
        (strcmp(place.scheme, "http") != 0 && strcmp(place.scheme, "https") != 0)) {
        problem_set(problem, PROBLEM_VALIDATION, "Адрес должен начинаться с http:// или https://");
    } else if (has_user(url)) {
        problem_set(problem, PROBLEM_VALIDATION,
                    "В адресе указан пользователь: для входа есть authentication");
    } else if (!allowed_by_any(targets, &place)) {
        problem_set(problem, PROBLEM_AUTHORIZATION,
                    "Узел %s:%s не входит в список разрешённых (--allow)", place.host, place.port);
    } else {
        good = true;
    }
    place_fini(&place);
    return good;
}

bool target_check(const struct targets *targets, const char *uri, struct problem *problem)
{
    CURLU *url = url_of(uri);

    if (url == NULL) {
        return problem_set(problem, PROBLEM_VALIDATION,
                           "Адрес записан с ошибкой: нужен полный адрес http:// или https://");
    }
    bool good = check_place(targets, url, problem);
    curl_url_cleanup(url);
    return good;
}

char *target_shown(const char *uri)
{
    return xstrndup(uri, strcspn(uri, "?#"));
}

char *target_resolve(const char *base, const char *reference)
{
    CURLU *url = url_of(base);
    char *whole = NULL;
    char *copy = NULL;

    if (url == NULL) {
        return NULL;
    }
    if (curl_url_set(url, CURLUPART_URL, reference, 0) == CURLUE_OK &&
        curl_url_get(url, CURLUPART_URL, &whole, 0) == CURLUE_OK) {
        copy = xstrdup(whole);
    }
    curl_free(whole);
    curl_url_cleanup(url);
    return copy;
}

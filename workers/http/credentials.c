/* credentials.c - who a request says it comes from
 *
 * Owns:    the forms of `authentication` that are supported, and keeping them out of texts.
 * In:      request.c; secrets of secret.c.
 * Out:     struct credentials, for transfer.c alone.
 * Always:  no problem holds a user name, a password or a token.
 * See:     docs/workers.md §4
 */
#include "workers/http/credentials.h"

#include "base/must.h"
#include "workers/http/secret.h"
#include "workers/http/text.h"

#include <stdlib.h>
#include <string.h>

#define MARK "***"

/* A text that can stand in a header line. */
static bool fits(const char *text)
{
    for (const char *at = text; at != NULL && *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7F) {
            return false;
        }
    }
    return text != NULL && *text != '\0';
}

static bool take(enum scheme scheme, const char *user, const char *secret,
                 struct credentials *credentials, struct problem *problem)
{
    if (scheme == SCHEME_BASIC && (!fits(user) || strchr(user, ':') != NULL || !fits(secret))) {
        return problem_set(problem, PROBLEM_CONFIGURATION,
                           "Для входа basic нужны username (без двоеточия) и password");
    }
    if (scheme == SCHEME_BEARER && (!fits(secret) || strpbrk(secret, " ") != NULL)) {
        return problem_set(problem, PROBLEM_CONFIGURATION,
                           "Для входа bearer нужен token: текст без пробелов");
    }
    credentials->scheme = scheme;
    credentials->user = scheme == SCHEME_BASIC ? xstrdup(user) : NULL;
    credentials->secret = xstrdup(secret);
    return true;
}

static bool take_object(enum scheme scheme, const json_t *object, struct credentials *credentials,
                        struct problem *problem)
{
    const char *secret =
        json_string_value(json_object_get(object, scheme == SCHEME_BASIC ? "password" : "token"));

    return take(scheme, json_string_value(json_object_get(object, "username")), secret, credentials,
                problem);
}

/* user:password */
static bool take_pair(const char *text, struct credentials *credentials, struct problem *problem)
{
    const char *colon = strchr(text, ':');
    char *user = xstrndup(text, colon != NULL ? (size_t)(colon - text) : 0);
    bool good = take(SCHEME_BASIC, user, colon != NULL ? colon + 1 : NULL, credentials, problem);

    secret_wipe(user);
    return good;
}

static enum scheme scheme_of(const json_t *object)
{
    if (json_object_get(object, "password") != NULL) {
        return SCHEME_BASIC;
    }
    return json_object_get(object, "token") != NULL ? SCHEME_BEARER : SCHEME_NONE;
}

/* scheme NONE: as the secret says. */
static bool take_secret(enum scheme scheme, const json_t *secret, struct credentials *credentials,
                        struct problem *problem)
{
    const char *text = json_string_value(secret);
    const json_t *basic = json_object_get(secret, "basic");
    const json_t *bearer = json_object_get(secret, "bearer");

    if (text != NULL && scheme == SCHEME_NONE) {
        scheme = strchr(text, ':') != NULL ? SCHEME_BASIC : SCHEME_BEARER;
    }
    if (text != NULL) {
        return scheme == SCHEME_BASIC ? take_pair(text, credentials, problem)
                                      : take(scheme, NULL, text, credentials, problem);
    }
    if (json_is_object(basic) && scheme != SCHEME_BEARER) {
        return take_object(SCHEME_BASIC, basic, credentials, problem);
    }
    if (json_is_object(bearer) && scheme != SCHEME_BASIC) {
        return take_object(SCHEME_BEARER, bearer, credentials, problem);
    }
    scheme = scheme != SCHEME_NONE ? scheme : scheme_of(secret);
    if (scheme == SCHEME_NONE) {
        return problem_set(problem, PROBLEM_CONFIGURATION,
                           "В секрете нет ни username и password, ни token");
    }
    return take_object(scheme, secret, credentials, problem);
}

static bool take_named(enum scheme scheme, const json_t *name, const char *secrets,
                       struct credentials *credentials, struct problem *problem)
{
    if (!json_is_string(name)) {
        return problem_set(problem, PROBLEM_VALIDATION,
                           "authentication: use — это имя секрета, строка");
    }
    json_t *secret = secret_read(secrets, json_string_value(name), problem);
    bool good = secret != NULL && take_secret(scheme, secret, credentials, problem);
    secret_forget(secret);
    return good;
}

static bool read_scheme(enum scheme scheme, const json_t *object, const char *secrets,
                        struct credentials *credentials, struct problem *problem)
{
    const json_t *use = json_object_get(object, "use");

    return use != NULL ? take_named(scheme, use, secrets, credentials, problem)
                       : take_object(scheme, object, credentials, problem);
}

bool credentials_read(const json_t *authentication, const char *secrets,
                      struct credentials *ret_credentials, struct problem *problem)
{
    const json_t *use = json_object_get(authentication, "use");
    const json_t *basic = json_object_get(authentication, "basic");
    const json_t *bearer = json_object_get(authentication, "bearer");

    *ret_credentials = (struct credentials){.scheme = SCHEME_NONE};
    if (authentication == NULL || json_is_null(authentication)) {
        return true;
    }
    if (use != NULL) {
        return take_named(SCHEME_NONE, use, secrets, ret_credentials, problem);
    }
    if (basic != NULL) {
        return read_scheme(SCHEME_BASIC, basic, secrets, ret_credentials, problem);
    }
    if (bearer != NULL) {
        return read_scheme(SCHEME_BEARER, bearer, secrets, ret_credentials, problem);
    }
    return problem_set(problem, PROBLEM_VALIDATION,
                       "authentication: поддерживаются basic, bearer и use");
}

void credentials_fini(struct credentials *credentials)
{
    secret_wipe(credentials->user);
    secret_wipe(credentials->secret);
    *credentials = (struct credentials){.scheme = SCHEME_NONE};
}

/* --- keeping them out of texts --------------------------------------------------------------- */

static void replace(struct buffer *text, struct bytes part)
{
    struct buffer clean = BUFFER_INIT;
    const unsigned char *at = text->data;
    size_t left = text->size;

    for (size_t i = 0; part.size > 0 && i + part.size <= left;) {
        if (memcmp(at + i, part.data, part.size) != 0) {
            i++;
            continue;
        }
        buffer_append(&clean, at, i);
        buffer_text(&clean, MARK);
        at += i + part.size;
        left -= i + part.size;
        i = 0;
    }
    if (at != text->data) {
        buffer_append(&clean, at, left);
        buffer_clear(text);
        buffer_append(text, clean.data, clean.size);
    }
    buffer_fini(&clean);
}

/* The text as JSON writes it, without the quotes. */
static void replace_escaped(struct buffer *text, struct bytes part, size_t flags)
{
    json_t *value = json_stringn(part.data, part.size);
    char *escaped = json_dumps(value, JSON_ENCODE_ANY | flags);

    if (escaped != NULL) {
        replace(text, (struct bytes){escaped + 1, strlen(escaped) - 2});
    }
    free(escaped);
    json_decref(value);
}

static void replace_encoded(struct buffer *text, struct bytes part, const char *keep)
{
    struct buffer coded = BUFFER_INIT;

    text_percent(&coded, part, keep);
    replace(text, buffer_bytes(&coded));
    buffer_fini(&coded);
}

static void scrub_part(struct buffer *text, struct bytes part)
{
    struct buffer coded = BUFFER_INIT;

    replace(text, part);
    replace_escaped(text, part, 0);
    replace_escaped(text, part, JSON_ENSURE_ASCII | JSON_ESCAPE_SLASH);
    replace_encoded(text, part, "");
    replace_encoded(text, part, "/");
    replace_encoded(text, part, ":/?#[]@!$&'()*+,;=");
    text_base64(&coded, part);
    replace(text, buffer_bytes(&coded));
    buffer_fini(&coded);
}

void credentials_scrub(const struct credentials *credentials, struct buffer *text)
{
    struct buffer pair = BUFFER_INIT;

    if (credentials->scheme == SCHEME_NONE) {
        return;
    }
    if (credentials->scheme == SCHEME_BASIC) { /* what the Authorization line holds */
        buffer_text(&pair, credentials->user);
        buffer_text(&pair, ":");
        buffer_text(&pair, credentials->secret);
        scrub_part(text, buffer_bytes(&pair));
        buffer_fini(&pair);
    }
    scrub_part(text, bytes_of(credentials->secret));
}

/* target.c - path and query, decoded strictly
 *
 * Owns:    what an address may look like.
 * In:      the raw text of the first line.
 * Out:     segments and parameters, UTF-8 without control characters.
 * Always:  one address has one reading; what could have two is refused.
 * See:     docs/http.md §1.2
 */
#include "engine/web/target.h"

#include "base/limits.h"
#include "base/must.h"

#include <stdlib.h>
#include <string.h>

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* How many bytes the character at s has, 0 when it is none: RFC 3629, without control characters.
 */
static size_t character(const unsigned char *s)
{
    static const struct {
        unsigned char first, last, low, high; /* of the first byte, and of the second */
        size_t size;
    } forms[] = {{0x20, 0x7e, 0, 0, 1},       {0xc2, 0xc2, 0xa0, 0xbf, 2},
                 {0xc3, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
                 {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3},
                 {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
                 {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (s[0] >= forms[i].first && s[0] <= forms[i].last) {
            bool good = forms[i].size == 1 || (s[1] >= forms[i].low && s[1] <= forms[i].high);
            for (size_t k = 2; good && k < forms[i].size; k++) {
                good = s[k] >= 0x80 && s[k] <= 0xbf;
            }
            return good ? forms[i].size : 0;
        }
    }
    return 0;
}

static bool is_text(const char *text)
{
    for (const unsigned char *s = (const unsigned char *)text; *s != 0;) {
        size_t size = character(s);
        if (size == 0) {
            return false;
        }
        s += size;
    }
    return true;
}

bool target_decode(char *text, bool plus)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++) {
        if (*from == '%') {
            int high = hex_digit(from[1]);
            int low = high >= 0 ? hex_digit(from[2]) : -1;
            if (low < 0 || high * 16 + low == 0) {
                return false;
            }
            *to++ = (char)(high * 16 + low);
            from += 2;
        } else {
            *to++ = *from == '+' && plus ? ' ' : *from;
        }
    }
    *to = '\0';
    return is_text(text);
}

/* --- the path ------------------------------------------------------------------------------ */

static bool bad_path(struct error *err)
{
    return error_set(err, ERROR_SYNTAX, "the path is not well-formed");
}

static bool add_segment(struct request_target *t, char *segment, struct error *err)
{
    if (!target_decode(segment, false) || segment[0] == '\0' || strpbrk(segment, "/\\") != NULL ||
        strcmp(segment, ".") == 0 || strcmp(segment, "..") == 0) {
        return bad_path(err);
    }
    if (t->segment_count == TARGET_SEGMENTS_MAX) {
        return error_set(err, ERROR_TOO_LARGE, "the path has more than %d segments",
                         TARGET_SEGMENTS_MAX);
    }
    t->segments[t->segment_count++] = segment;
    return true;
}

static bool split_path(struct request_target *t, char *path, struct error *err)
{
    if (path[0] != '/') {
        return bad_path(err); /* CONNECT, "*", or a whole URL: we are no proxy */
    }
    for (char *at = path + 1; *at != '\0';) {
        char *slash = strchr(at, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
        if (!add_segment(t, at, err)) {
            return false;
        }
        if (slash != NULL && slash[1] == '\0') {
            return bad_path(err); /* no two names for one thing: /a and /a/ */
        }
        at = slash != NULL ? slash + 1 : strchr(at, '\0');
    }
    return true;
}

/* --- the query ----------------------------------------------------------------------------- */

static bool add_parameter(struct request_target *t, char *name, struct error *err)
{
    char *value = strchr(name, '=');

    if (value != NULL) {
        *value++ = '\0';
    }
    if (!target_decode(name, true) || (value != NULL && !target_decode(value, true))) {
        return error_set(err, ERROR_SYNTAX, "the query is not well-formed");
    }
    for (size_t i = 0; i < t->parameter_count; i++) {
        if (strcmp(t->parameters[i].name, name) == 0) {
            return error_set(err, ERROR_INVALID, "\"%s\" is there twice", name);
        }
    }
    if (t->parameter_count == TARGET_PARAMETERS_MAX) {
        return error_set(err, ERROR_TOO_LARGE, "the query has more than %d parameters",
                         TARGET_PARAMETERS_MAX);
    }
    t->parameters[t->parameter_count++] = (struct target_parameter){name, value ? value : ""};
    return true;
}

static bool split_query(struct request_target *t, char *query, struct error *err)
{
    while (query != NULL && query[0] != '\0') {
        char *next = strchr(query, '&');
        if (next != NULL) {
            *next++ = '\0';
        }
        if (query[0] != '\0' && !add_parameter(t, query, err)) {
            return false;
        }
        query = next;
    }
    return true;
}

/* What a message may show of a path: printable ASCII, as it was written. */
static char *shown_path(const char *raw)
{
    size_t size = strcspn(raw, "?#");
    char *path = xstrndup(raw, size < LIMIT_HTTP_TARGET_BYTES ? size : LIMIT_HTTP_TARGET_BYTES);

    for (char *c = path; *c != '\0'; c++) {
        *c = *c > ' ' && *c < 0x7f && *c != '"' && *c != '\\' ? *c : '?';
    }
    return path;
}

bool target_parse(const char *raw, struct request_target *ret_target, struct error *err)
{
    struct request_target *t = ret_target;

    *t = (struct request_target){.path = shown_path(raw)};
    if (strlen(raw) > LIMIT_HTTP_TARGET_BYTES) {
        return error_set(err, ERROR_TOO_LARGE, "path and query have more than %u bytes",
                         LIMIT_HTTP_TARGET_BYTES);
    }
    t->text = xstrdup(raw);
    if (strchr(t->text, '#') != NULL) {
        return bad_path(err);
    }
    char *query = strchr(t->text, '?');
    if (query != NULL) {
        *query++ = '\0';
    }
    return split_path(t, t->text, err) && split_query(t, query, err);
}

void target_fini(struct request_target *target)
{
    free(target->text);
    free(target->path);
    *target = (struct request_target){0};
}

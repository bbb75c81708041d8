/* header.c - lists, weights, tags and types of headers
 *
 * Owns:    how each header of docs/http.md §1 is read.
 * Always:  what is not understood counts as not said, except where a change hangs on it.
 */
#include "engine/web/header.h"

#include "base/must.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- lists with weights: "ru-RU, en;q=0.8" -------------------------------------------------- */

struct item {
    const char *name;
    size_t size;
    double weight;
};

/* The next item of the list at *at; false at the end. */
static bool next_item(const char **at, struct item *ret_item)
{
    const char *s = *at + strspn(*at, " \t,");
    size_t size = strcspn(s, ",");

    if (size == 0) {
        return false;
    }
    *at = s + size;
    ret_item->name = s;
    ret_item->size = strcspn(s, " \t;,");
    ret_item->weight = 1;
    const char *q = memchr(s, ';', size);
    if (q != NULL) {
        q += 1 + strspn(q + 1, " \t");
        bool weight =
            (size_t)(q - s) + 2 < size && tolower((unsigned char)q[0]) == 'q' && q[1] == '=';
        ret_item->weight = weight ? strtod(q + 2, NULL) : 1;
    }
    return true;
}

static bool is_word(const struct item *item, const char *word)
{
    return item->size == strlen(word) && strncasecmp(item->name, word, item->size) == 0;
}

enum language header_language(const char *value)
{
    struct item item;
    double russian = 0;
    double english = 0;

    for (const char *at = value ? value : ""; next_item(&at, &item);) {
        bool ru = strncasecmp(item.name, "ru", 2) == 0 && (item.size == 2 || item.name[2] == '-');
        bool en = strncasecmp(item.name, "en", 2) == 0 && (item.size == 2 || item.name[2] == '-');
        russian = ru && item.weight > russian ? item.weight : russian;
        english = en && item.weight > english ? item.weight : english;
    }
    return russian > english ? LANGUAGE_RUSSIAN : LANGUAGE_ENGLISH;
}

bool header_takes_gzip(const char *value)
{
    struct item item;

    for (const char *at = value ? value : ""; next_item(&at, &item);) {
        if (is_word(&item, "gzip") && item.weight > 0) {
            return true;
        }
    }
    return false;
}

/* --- media types --------------------------------------------------------------------------- */

/* Do the parameters of a media type name no other charset? */
static bool is_utf8(const char *parameters)
{
    for (const char *at = strchr(parameters, ';'); at != NULL; at = strchr(at + 1, ';')) {
        const char *name = at + 1 + strspn(at + 1, " \t");
        if (strncasecmp(name, "charset=", 8) == 0) {
            name += 8 + (name[8] == '"');
            return strncasecmp(name, "utf-8", 5) == 0;
        }
    }
    return true;
}

enum body_kind header_body_kind(const char *value)
{
    static const struct {
        const char *name;
        enum body_kind kind;
    } kinds[] = {{"application/json", BODY_JSON},
                 {"application/yaml", BODY_YAML},
                 {"text/csv", BODY_CSV},
                 {"application/cloudevents+json", BODY_EVENT}};
    const char *s = value ? value : "";
    size_t size = strcspn(s, " \t;");

    if (!is_utf8(s + size)) {
        return BODY_NONE;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (size == strlen(kinds[i].name) && strncasecmp(s, kinds[i].name, size) == 0) {
            return kinds[i].kind;
        }
    }
    return BODY_NONE;
}

/* --- tags and keys ------------------------------------------------------------------------- */

static bool read_number(const char **at, uint64_t *ret_number)
{
    uint64_t number = 0;
    size_t digits = strspn(*at, "0123456789");

    if (digits < 1 || digits > 19) {
        return false;
    }
    for (size_t i = 0; i < digits; i++) {
        number = number * 10 + (uint64_t)((*at)[i] - '0');
    }
    *at += digits;
    *ret_number = number;
    return true;
}

bool header_etag(const char *value, uint64_t *ret_instance, uint64_t *ret_entry)
{
    const char *at = value + 1;
    uint64_t seen; /* of the whole: only who reads again looks at it */

    if (strcmp(value, "*") == 0) {
        *ret_instance = *ret_entry = 0;
        return true;
    }
    bool good = value[0] == '"' && read_number(&at, ret_instance) && *at++ == '-' &&
                read_number(&at, ret_entry) && *ret_instance > 0;
    for (int i = 0; i < 2 && good && at[0] == '-'; i++) {
        at++;
        good = read_number(&at, &seen);
    }
    return good && strcmp(at, "\"") == 0;
}

bool header_names_etag(const char *value, const char *etag)
{
    size_t size = strlen(etag);

    for (const char *at = value; *at != '\0';) {
        at += strspn(at, " \t,");
        if (*at == '*') {
            return true;
        }
        at += strncmp(at, "W/", 2) == 0 ? 2 : 0;
        if (strncmp(at, etag, size) == 0 && strchr(" \t,", at[size]) != NULL) {
            return true; /* strchr finds the final zero too */
        }
        at += strcspn(at, ",");
    }
    return false;
}

bool header_key(const char *value, char ret_key[LIMIT_ONCE_BYTES + 1])
{
    size_t size = strlen(value);
    bool quoted = size >= 2 && value[0] == '"' && value[size - 1] == '"';
    const char *key = quoted ? value + 1 : value;

    size -= quoted ? 2 : 0;
    if (size < 1 || size > LIMIT_ONCE_BYTES) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (key[i] < ' ' || key[i] > '~') {
            return false;
        }
    }
    memcpy(ret_key, key, size);
    ret_key[size] = '\0';
    return true;
}

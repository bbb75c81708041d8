/* response.c - what a server answered
 *
 * Owns:    reading header lines as they come.
 * In:      transfer.c.
 * Out:     struct response.
 * Always:  headers are UTF-8, so that JSON can hold them; repeated ones are joined (RFC 9110 §5.3).
 * See:     docs/workers.md §4
 */
#include "workers/http/response.h"

#include "base/must.h"
#include "workers/http/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void response_fini(struct response *response)
{
    json_decref(response->headers);
    buffer_fini(&response->content);
    *response = (struct response){.headers = NULL};
}

const char *header_find(const json_t *headers, const char *name)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)headers, key, value)
    {
        if (strcasecmp(key, name) == 0) {
            return json_string_value(value);
        }
    }
    return NULL;
}

/* The name under which a header is there already, or this one. */
static const char *known_name(json_t *headers, const char *name)
{
    const char *key;
    json_t *value;

    json_object_foreach(headers, key, value)
    {
        if (strcasecmp(key, name) == 0) {
            return key;
        }
    }
    return name;
}

static void add_header(json_t *headers, const char *name, const char *value, size_t size)
{
    const char *before = header_find(headers, name);
    struct buffer text = BUFFER_INIT;

    if (before != NULL) {
        buffer_text(&text, before);
        buffer_text(&text, ", ");
    }
    for (size_t i = 0; i < size; i++) {
        buffer_append(&text, (value[i] & 0x80) != 0 || value[i] == '\0' ? "?" : value + i, 1);
    }
    char *copy = xstrdup(known_name(headers, name));
    json_object_set_new(headers, copy,
                        json_stringn(text.size > 0 ? (const char *)text.data : "", text.size));
    free(copy);
    buffer_fini(&text);
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void response_line(struct response *response, const char *line, size_t size)
{
    const char *colon = memchr(line, ':', size);
    const char *end = line + size;

    if (size > 5 && memcmp(line, "HTTP/", 5) == 0) {
        json_object_clear(response->headers); /* of a 100 Continue, of a proxy */
        return;
    }
    if (colon == NULL || colon == line) {
        return;
    }
    const char *value = colon + 1;
    while (value < end && blank(*value)) {
        value++;
    }
    while (end > value && blank(end[-1])) {
        end--;
    }
    char *name = xstrndup(line, (size_t)(colon - line));
    if (text_is_utf8(bytes_of(name))) {
        add_header(response->headers, name, value, (size_t)(end - value));
    }
    free(name);
}

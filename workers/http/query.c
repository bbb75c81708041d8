/* query.c - names and values as a query or a form
 *
 * Owns:    how they are written: name=value&…, all that is reserved percent-encoded.
 * In:      request.c, the member `query`; body.c, forms.
 * Out:     bytes appended to a buffer. Pure.
 * Always:  the order is that of the call; null is left out.
 * See:     docs/workers.md §4
 */
#include "workers/http/query.h"

#include "workers/http/text.h"

#include <string.h>

static bool append_pair(struct buffer *query, const char *name, const json_t *value)
{
    struct buffer text = BUFFER_INIT;
    bool good = text_scalar(&text, value);

    if (good && !json_is_null(value)) {
        buffer_text(query, query->size > 0 ? "&" : "");
        text_percent(query, bytes_of(name), "");
        buffer_text(query, "=");
        text_percent(query, buffer_bytes(&text), "");
    }
    buffer_fini(&text);
    return good;
}

bool query_append(struct buffer *query, const json_t *object)
{
    const char *name;
    json_t *value;
    json_t *one;
    size_t i;

    json_object_foreach((json_t *)object, name, value)
    {
        if (!json_is_array(value)) {
            if (!append_pair(query, name, value)) {
                return false;
            }
            continue;
        }
        json_array_foreach(value, i, one)
        {
            if (!append_pair(query, name, one)) {
                return false;
            }
        }
    }
    return true;
}

bool query_add(struct buffer *uri, const json_t *given, struct problem *problem)
{
    struct buffer query = BUFFER_INIT;

    if (given == NULL || json_is_null(given)) {
        return true;
    }
    if (!json_is_object(given) || !query_append(&query, given)) {
        buffer_fini(&query);
        return problem_set(problem, PROBLEM_VALIDATION,
                           "query — это объект: имя и строка, число или их список");
    }
    if (query.size > 0) {
        bool has = memchr(uri->data, '?', uri->size) != NULL;
        char last = uri->size > 0 ? (char)uri->data[uri->size - 1] : '\0';
        buffer_text(uri, !has ? "?" : last == '?' || last == '&' ? "" : "&");
        buffer_append(uri, query.data, query.size);
    }
    buffer_fini(&query);
    return true;
}

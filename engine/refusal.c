/* refusal.c - a refusal as JSON
 *
 * Owns:    the fields text, format and args of docs/protocol.md §3.1.
 * In:      answers, and rows of answers that say why something was left as it is.
 * Always:  what goes over the wire is English; who reads it has the format to look up another
 *          language by.
 * See:     docs/protocol.md §3.1
 */
#include "engine/refusal.h"

/* NULL when one is not UTF-8: a parser's sentence may quote such bytes. */
static json_t *args_json(const struct error *err)
{
    const char *args[SENTENCE_ARGS_MAX];
    size_t count = error_args(err, args);
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        if (json_array_append_new(list, json_string(args[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

void refusal_put(json_t *object, const struct error *err)
{
    json_t *args = err->format != NULL ? args_json(err) : NULL;

    if (json_object_set_new(object, "text", json_string(err->text)) != 0) {
        json_object_set_new(object, "text", json_string("the payload is not UTF-8"));
    }
    if (args != NULL) {
        json_object_set_new(object, "format", json_string(err->format));
        json_object_set_new(object, "args", args);
    }
}

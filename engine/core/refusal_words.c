/* refusal_words.c - what the sentence of a refusal was made of
 *
 * Owns:    the fields format and args of docs/protocol.md §3.1.
 * In:      refusals that are answered, and problems that are kept.
 * Always:  both fields or none of them.
 * See:     docs/protocol.md §3.1
 */
#include "engine/core/refusal_words.h"

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

void refusal_words_put(json_t *object, const struct error *err)
{
    json_t *args = err->format != NULL ? args_json(err) : NULL;

    if (args != NULL) {
        json_object_set_new(object, "format", json_string(err->format));
        json_object_set_new(object, "args", args);
    }
}

/* refusal.c - a refusal as JSON
 *
 * Owns:    the sentence of docs/protocol.md §3.1; what it was made of is refusal_words.c's.
 * In:      answers, and rows of answers that say why something was left as it is.
 * Always:  what goes over the wire is English; who reads it has the format to look up another
 *          language by.
 * See:     docs/protocol.md §3.1
 */
#include "engine/refusal.h"

#include "engine/core/refusal_words.h"

void refusal_put(json_t *object, const struct error *err)
{
    /* a parser's sentence may quote bytes that are not UTF-8 */
    if (json_object_set_new(object, "text", json_string(err->text)) != 0) {
        json_object_set_new(object, "text", json_string("the payload is not UTF-8"));
    }
    refusal_words_put(object, err);
}

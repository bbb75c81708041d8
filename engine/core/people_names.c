/* people_names.c - bodies as people call them
 *
 * Owns:    which of the names of a body stands in a sentence.
 * In:      refusals, which people read.
 * Out:     text in the arena of the turn.
 * Always:  three of them fit into one sentence.
 * See:     docs/language.md §5
 */
#include "engine/core/people_names.h"

#include <string.h>

#define NAME_BYTES 100 /* ERROR_TEXT_MAX holds three, and a sentence */

/* At a character. */
static struct bytes cut(const char *name)
{
    size_t size = strlen(name);

    if (size > NAME_BYTES) {
        size = NAME_BYTES;
        while (size > 0 && ((unsigned char)name[size] & 0xC0) == 0x80) {
            size--;
        }
    }
    return (struct bytes){name, size};
}

const char *people_name(const struct world *world, struct bytes id)
{
    const struct body *body = world_body(world, id);
    const char *text = id.size > 0 ? arena_text(world->arena, id) : "";

    return arena_text(world->arena, cut(body != NULL ? body->short_name : text));
}

const char *people_names(const struct world *world, const json_t *ids)
{
    struct buffer text = BUFFER_INIT;

    for (size_t i = 0; i < json_array_size(ids) && i < PEOPLE_NAMED_MAX; i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        buffer_text(&text, i > 0 ? ", " : "");
        buffer_text(&text, id != NULL ? people_name(world, bytes_of(id)) : "?");
    }
    const char *names = arena_text(world->arena, buffer_bytes(&text));
    buffer_fini(&text);
    return names;
}

/* near_body.c - is a word a slip of the pen for the id of a body?
 *
 * Owns:    the look through the bodies documents in force.
 * In:      commands that take a body or the name of a person: engine/replan.c.
 * Always:  names of people are near to nothing: they have a blank, or letters that ids have not.
 */
#include "language/near_body.h"

#include "base/limits.h"
#include "language/suggest.h"

#include <string.h>

/* As ids are written; false: it can be none. */
static bool lower(const char *word, char ret_word[LIMIT_NAME_BYTES + 1])
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-.";
    size_t size = strlen(word);

    if (size == 0 || size > LIMIT_NAME_BYTES) {
        return false;
    }
    for (size_t i = 0; i <= size; i++) {
        const char *capital = word[i] != '\0' ? strchr(capitals, word[i]) : NULL;
        ret_word[i] = capital != NULL ? letters[capital - capitals] : word[i];
    }
    return strspn(ret_word, letters) == size;
}

static const struct body *near_one_of(const struct bodies *bodies, const char *word)
{
    for (uint32_t i = 0; i < bodies->body_count; i++) {
        const char *const ids[] = {bodies->bodies[i].id, NULL};
        if (strcmp(word, ids[0]) == 0 || suggest(word, ids) != NULL) {
            return &bodies->bodies[i];
        }
    }
    return NULL;
}

const struct body *near_body(const struct catalog *catalog, const char *word)
{
    char id[LIMIT_NAME_BYTES + 1];
    const struct body *found = NULL;
    const struct definition *d;
    uint32_t at = 0;

    while (lower(word, id) && found == NULL && (d = catalog_next_in_force(catalog, &at)) != NULL) {
        if (d->kind == DEFINITION_BODIES) {
            found = near_one_of(&d->bodies, id);
        }
    }
    return found;
}

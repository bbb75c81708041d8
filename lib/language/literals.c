/* literals.c - what an expression is when it is no more than a value
 *
 * Owns:    nothing.
 * In:      checks of meaning.
 * Out:     JSON values.
 */
#include "language/literals.h"

#include <string.h>

json_t *literal_value(const struct program *program, uint32_t number)
{
    if (number == EXPRESSION_NONE) {
        return NULL;
    }
    return json_loads(program_text(program, number), JSON_DECODE_ANY, NULL);
}

bool literal_is_false(const struct program *program, uint32_t number)
{
    json_t *value = literal_value(program, number);
    bool is = json_is_false(value) || json_is_null(value);

    json_decref(value);
    return is;
}

bool literal_is_true(const struct program *program, uint32_t number)
{
    json_t *value = literal_value(program, number);
    bool is = value != NULL && !json_is_false(value) && !json_is_null(value);

    json_decref(value);
    return is;
}

bool literal_is_pattern(const char *text)
{
    return strpbrk(text, "\\^$*+?()[]{}|") != NULL;
}

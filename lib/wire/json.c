/* json.c - counting brackets outside strings */
#include "wire/json.h"

/* The index of the quote that ends a string, or the size; `at` is the first character in it. */
static size_t string_end(const char *text, size_t size, size_t at)
{
    while (at < size && text[at] != '"') {
        at += text[at] == '\\' ? 2 : 1; /* whatever is escaped ends nothing */
    }
    return at < size ? at : size;
}

bool wire_json_within(struct bytes text, unsigned levels)
{
    const char *chars = text.data;
    unsigned depth = 0;

    for (size_t i = 0; i < text.size; i++) {
        char c = chars[i];
        if (c == '"') {
            i = string_end(chars, text.size, i + 1);
        } else if (c == '{' || c == '[') {
            if (++depth > levels) {
                return false;
            }
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return true;
}

/* refusals.c - many refusals, told as a few sentences
 *
 * Owns:    when two refusals say the same, and what is said of both.
 * In:      previews of the engine and of the gateway; the command line, which puts answers together.
 * Always:  a sentence is its format: what it names may differ.
 * See:     docs/protocol.md §3.6
 */
#include "wire/refusals.h"

#include "base/error.h"

#include <stdbool.h>
#include <string.h>

#define OTHERS "…" /* in place of what the refusals name differently */

/* The same sentence, whatever it names. */
static bool says_the_same(const json_t *reason, const json_t *row)
{
    const json_t *format = json_object_get(row, "format");

    return json_equal(json_object_get(reason, "code"), json_object_get(row, "code")) &&
           (format != NULL ? json_equal(json_object_get(reason, "format"), format)
                           : json_object_get(reason, "format") == NULL);
}

/* What the two name differently is left open. */
static void join(json_t *reason, const json_t *row)
{
    const char *format = json_string_value(json_object_get(reason, "format"));
    json_t *args = json_object_get(reason, "args");
    const char *said[SENTENCE_ARGS_MAX];
    size_t count = json_array_size(args);
    char text[ERROR_TEXT_MAX];

    for (size_t i = 0; i < count; i++) {
        if (!json_equal(json_array_get(args, i), json_array_get(json_object_get(row, "args"), i))) {
            json_array_set_new(args, i, json_string(OTHERS));
        }
        said[i] = json_string_value(json_array_get(args, i));
    }
    if (format != NULL && sentence_say(format, format, said, count, NULL, text, sizeof text)) {
        json_object_set_new(reason, "text", json_string(text));
    }
    json_int_t so_far = json_integer_value(json_object_get(reason, "count"));
    json_object_set_new(reason, "count", json_integer(so_far + 1));
}

void refusals_count(json_t *reasons, const json_t *refusal)
{
    for (size_t i = 0; i < json_array_size(reasons); i++) {
        if (says_the_same(json_array_get(reasons, i), refusal)) {
            join(json_array_get(reasons, i), refusal);
            return;
        }
    }
    json_array_append_new(
        reasons,
        json_pack("{sO* sO* sO* so* si}", "code", json_object_get(refusal, "code"), "text",
                  json_object_get(refusal, "text"), "format", json_object_get(refusal, "format"),
                  "args", json_deep_copy(json_object_get(refusal, "args")), "count", 1));
}

static bool is_of_number(char c)
{
    return (c >= '0' && c <= '9') || c == '.';
}

/* The number that has it, as "17.…" and "….…", and the space before go; returns what is after. */
static char *cut_number(char *text, char *open)
{
    char *end = open + strlen(OTHERS);

    while (open > text && is_of_number(open[-1])) {
        open--;
    }
    while (is_of_number(*end) || strncmp(end, OTHERS, strlen(OTHERS)) == 0) {
        end += is_of_number(*end) ? 1 : strlen(OTHERS);
    }
    open -= open > text && open[-1] == ' ';
    memmove(open, end, strlen(end) + 1);
    return open;
}

void refusals_shorten(char *text)
{
    char *open = strstr(text, OTHERS);
    char *clause = strstr(text, "; ");

    if (clause != NULL && open != NULL && clause < open) {
        *clause = '\0';
        return;
    }
    while (open != NULL) {
        open = strstr(cut_number(text, open), OTHERS);
    }
}

/* refusal.c - refusals of the engine, and the place in a document that caused one
 *
 * Owns:    the meaning of the codes of docs/protocol.md §1.6 in words for people.
 * Out:     text for a screen; the place is shown by place.c.
 */
#include "cli/refusal.h"

#include "base/must.h"
#include "cli/language.h"
#include "cli/place.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

const char *refusal_code_text(const char *code)
{
    static const struct {
        const char *code;
        const char *text;
    } meanings[] = {
        {"syntax", N_("not well-formed")},
        {"invalid", N_("has no meaning here")},
        {"unsupported", N_("not supported")},
        {"too-large", N_("too large")},
        {"not-found", N_("there is no such thing")},
        {"conflict", N_("the state does not allow it")},
        {"stale", N_("out of date")},
        {"refused", N_("not allowed")},
        {"busy", N_("the engine is busy, try again")},
        {"disk-full", N_("the engine's disk is full")},
        {"store", N_("trouble with the engine's store")},
        {"format", N_("trouble with the format of the engine's store")},
        {"io", N_("trouble with files or programs of the engine")},
    };

    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        if (strcmp(meanings[i].code, code) == 0) {
            return _(meanings[i].text);
        }
    }
    return code;
}

static char *harmless_field(const json_t *details, const char *field)
{
    const json_t *value = json_object_get(details, field);

    return json_is_string(value)
               ? text_harmless(json_string_value(value), json_string_length(value))
               : NULL;
}

void refusal_print(const char *code, const json_t *details, const char *source, size_t columns,
                   struct buffer *out)
{
    char *shown_code = text_harmless(code, strlen(code));
    char *text = harmless_field(details, "text");
    char *file = harmless_field(details, "file");
    json_int_t line = json_integer_value(json_object_get(details, "line"));
    json_int_t column = json_integer_value(json_object_get(details, "column"));
    const char *sentence = text != NULL ? text : refusal_code_text(shown_code);

    if (file != NULL && line > 0 && column > 0) {
        text_put(out, "%s:%lld:%lld: %s\n", file, (long long)line, (long long)column, sentence);
    } else if (file != NULL && line > 0) {
        text_put(out, "%s:%lld: %s\n", file, (long long)line, sentence);
    } else if (file != NULL) {
        text_put(out, "%s: %s\n", file, sentence);
    } else if (text != NULL) {
        text_put(out, _("Refused (%s): %s\n"), refusal_code_text(shown_code), text);
    } else {
        text_put(out, _("Refused: %s\n"), sentence);
    }
    if (source != NULL && line > 0) {
        place_print(source, line, column, columns, out);
    }
    free(file);
    free(text);
    free(shown_code);
}

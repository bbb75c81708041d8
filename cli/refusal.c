/* refusal.c - refusals of the engine, and the place in a document that caused one
 *
 * Owns:    the meaning of the codes of docs/protocol.md §1.6 in words for people, and how a
 *          sentence of the engine is said in their language.
 * Out:     text for a screen; the place is shown by place.c.
 * Always:  what came over the wire is looked up, never a format.
 */
#include "cli/refusal.h"

#include "base/error.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/place.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define SAID_MAX (2 * ERROR_TEXT_MAX) /* a sentence in Russian has twice the bytes */

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

/* The catalogue's, or text itself. To gettext the empty text is the head of the catalogue. */
static const char *translate(const char *text)
{
    return text[0] != '\0' ? gettext(text) : text;
}

/* A day is a word of the engine as others are. It lasts until the next one. */
static const char *translate_word(const char *text)
{
    static char shown[DATES_TEXT_MAX];
    civil_day day;

    if (!civil_parse(bytes_of(text), &day)) {
        return translate(text);
    }
    dates_short(day, shown);
    return shown;
}

/* false when there is no translation: format is anybody's text, and only looked up. */
static bool say_translated(const char *format, const json_t *list, char said[SAID_MAX])
{
    const char *args[SENTENCE_ARGS_MAX];
    size_t count = json_array_size(list);
    const char *translated = translate(format);

    /* "%s" is all of another sentence */
    if (count > SENTENCE_ARGS_MAX || (translated == format && strcmp(format, "%s") != 0)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        args[i] = json_string_value(json_array_get(list, i));
        if (args[i] == NULL) {
            return false;
        }
    }
    return sentence_say(format, translated, args, count, translate_word, said, SAID_MAX);
}

char *refusal_sentence(const json_t *refusal)
{
    const char *format = field_text(refusal, "format");
    const char *text = field_text(refusal, "text");
    char said[SAID_MAX];

    if (format != NULL && say_translated(format, json_object_get(refusal, "args"), said)) {
        return text_harmless(said, strlen(said));
    }
    if (text == NULL && (text = field_text(refusal, "detail")) != NULL) {
        text = translate(text); /* what failed without being refused has no format */
    }
    return text != NULL ? text_harmless(text, strlen(text)) : NULL;
}

void refusal_print(const char *code, const json_t *details, const char *source, size_t columns,
                   struct buffer *out)
{
    char *shown_code = text_harmless(code, strlen(code));
    char *text = refusal_sentence(details);
    char *file = field_harmless(details, "file");
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

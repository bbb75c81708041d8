/* refusal.c - refusals of the engine, and the place in a document that caused one
 *
 * Owns:    the meaning of the codes of docs/protocol.md §1.6 in words for people.
 * Always:  the caret stands under the character of the column, whatever is before it: tabs, wide
 *          and combining characters included.
 */
#include "cli/refusal.h"

#include "base/must.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define CARET_MARGIN 8 /* columns that stay visible after the caret in a long line */

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

static const char *find_line(const char *source, json_int_t line, size_t *ret_size)
{
    for (json_int_t i = 1; i < line; i++) {
        source = strchr(source, '\n');
        if (source == NULL) {
            return NULL;
        }
        source++;
    }
    *ret_size = strcspn(source, "\r\n");
    return source;
}

/* The last line that is not empty. */
static const char *last_line(const char *source, size_t *ret_size)
{
    size_t end = strlen(source);

    while (end > 0 && strchr("\r\n", source[end - 1]) != NULL) {
        end--;
    }
    size_t begin = end;
    while (begin > 0 && strchr("\r\n", source[begin - 1]) == NULL) {
        begin--;
    }
    *ret_size = end - begin;
    return source + begin;
}

/* The columns of the screen before character number `column` (from 1) of a harmless line. */
static size_t columns_before(const char *line, json_int_t column)
{
    const char *end = line + strlen(line);
    size_t columns = 0;

    for (json_int_t i = 1; i < column && line < end; i++) {
        columns += (size_t)text_char_columns(text_next(&line, end));
    }
    return columns;
}

/* What of the line begins at this many columns. */
static const char *skip_columns(const char *line, size_t skip)
{
    const char *end = line + strlen(line);
    size_t columns = 0;

    while (line < end && columns < skip) {
        columns += (size_t)text_char_columns(text_next(&line, end));
    }
    return line;
}

static void put_place(const char *source, json_int_t line, json_int_t column, size_t columns,
                      struct buffer *out)
{
    size_t size;
    const char *found = find_line(source, line, &size);

    if (found == NULL) {
        return;
    }
    if (found[0] == '\0' && found > source) { /* the end of the file: its last line is shown */
        found = last_line(source, &size);
        column = (json_int_t)size + 1;
    }
    char *shown = text_harmless(found, size);
    size_t caret = columns_before(shown, column);
    size_t skip = 0;
    if (columns > 0 && caret + CARET_MARGIN + 4 > columns) {
        skip = caret + CARET_MARGIN + 4 - columns;
    }
    char *part = columns > 0 ? text_fit(skip_columns(shown, skip), columns > 4 ? columns - 4 : 1)
                             : xstrdup(shown);
    text_put(out, "    %s\n", part);
    if (column > 0) {
        text_blanks(out, 4 + caret - skip);
        buffer_text(out, "^\n");
    }
    free(part);
    free(shown);
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
        put_place(source, line, column, columns, out);
    }
    free(file);
    free(text);
    free(shown_code);
}

/* place.c - a line of a document with a caret under the place that is meant
 *
 * Owns:    nothing.
 * In:      the source of a document, a line and a column.
 * Out:     text for a screen.
 * Always:  the caret stands under the character of the column, whatever is before it: tabs, wide
 *          and combining characters included.
 */
#include "cli/place.h"

#include "base/must.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define CARET_MARGIN 8 /* columns that stay visible after the caret in a long line */
#define ROOM_MIN     (CARET_MARGIN + 4) /* both signs of cutting, and a wide character */
#define INDENT       4

static const char *find_line(const char *source, int64_t line, size_t *ret_size)
{
    for (int64_t i = 1; i < line; i++) {
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

/* The columns of the screen before character number `column` (from 1) of a harmless line; of what
 * combines with another, before that other. */
static size_t columns_before(const char *line, int64_t column)
{
    const char *end = line + strlen(line);
    size_t columns = 0;
    size_t base = 0;

    for (int64_t i = 1; i <= column && line < end; i++) {
        int more = text_char_columns(text_next(&line, end));
        base = more > 0 || i == 1 ? columns : base;
        if (i == column) {
            return base;
        }
        columns += (size_t)more;
    }
    return columns;
}

/* What of the line begins after at least *skip columns; *skip becomes their true number: a wide
 * character is not halved, and what combines with one that is left out is left out too. */
static const char *skip_columns(const char *line, size_t *skip)
{
    const char *end = line + strlen(line);
    size_t columns = 0;

    while (line < end) {
        const char *next = line;
        size_t more = (size_t)text_char_columns(text_next(&next, end));
        if (columns >= *skip && more > 0) {
            break;
        }
        columns += more;
        line = next;
    }
    *skip = columns;
    return line;
}

/* The part of the line that is shown, and the columns before its caret. */
static char *cut_around(const char *line, size_t columns, size_t *caret)
{
    size_t whole = text_columns(line);

    if (columns == 0 || whole <= columns) {
        return xstrdup(line);
    }
    if (*caret + CARET_MARGIN <= columns) {
        return text_fit(line, columns);
    }
    size_t left = 1; /* columns of the sign that something is left out */
    size_t skip = *caret + CARET_MARGIN + left - columns;
    skip = skip < whole + left - columns ? skip : whole + left - columns;
    const char *rest = skip_columns(line, &skip);
    char *fitting = text_fit(rest, columns - left);
    struct buffer out = BUFFER_INIT;

    buffer_text(&out, "…");
    buffer_text(&out, fitting);
    free(fitting);
    *caret = *caret - skip + left;
    return text_take(&out);
}

void place_print(const char *source, int64_t line, int64_t column, size_t columns,
                 struct buffer *out)
{
    size_t size;
    const char *found = find_line(source, line, &size);

    if (found == NULL) {
        return;
    }
    if (found[0] == '\0' && found > source) { /* the end of the file: its last line is shown */
        found = last_line(source, &size);
        column = (int64_t)size + 1;
    }
    char *shown = text_harmless(found, size);
    size_t caret = columns_before(shown, column);
    size_t room = columns > INDENT + ROOM_MIN ? columns - INDENT : ROOM_MIN;
    char *part = cut_around(shown, columns > 0 ? room : 0, &caret);
    text_blanks(out, INDENT);
    text_put(out, "%s\n", part);
    if (column > 0) {
        text_blanks(out, INDENT + caret);
        buffer_text(out, "^\n");
    }
    free(part);
    free(shown);
}

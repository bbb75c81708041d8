/* export_cell.c - from a field of a row to what stands in a cell
 *
 * Owns:    paths through rows, how days and moments are written, what no cell may hold.
 * In:      rows of lists, as clients see them.
 * Always:  a value that is not what its column has is shown as text, never left out.
 * See:     docs/http.md §5
 */
#include "engine/web/export_part.h"

#include "base/must.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST_MAX  200   /* members of a list in one cell */
#define DEPTH_MAX 4     /* lists in lists */
#define TEXT_MAX  32000 /* bytes: a cell of a spreadsheet holds 32,767 characters */

/* --- text ---------------------------------------------------------------------------------- */

/* Line ends stay; other control characters, and U+FFFE and U+FFFF, which XML can't hold, become
 * blanks. */
static void append_clean(struct buffer *out, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        bool none = c == 0xEF && i + 2 < size && (unsigned char)text[i + 1] == 0xBF &&
                    (unsigned char)text[i + 2] >= 0xBE;
        bool control = (c < 0x20 && c != '\n') || c == 0x7F;
        if (c == '\r' && i + 1 < size && text[i + 1] == '\n') {
            continue;
        }
        buffer_append(out, none || control ? " " : &text[i], 1);
        i += none ? 2 : 0;
    }
}

/* Cut at a character. */
static void cut(struct buffer *text)
{
    if (text->size <= TEXT_MAX) {
        return;
    }
    text->size = TEXT_MAX;
    while (text->size > 0 && (text->data[text->size] & 0xC0) == 0x80) {
        text->size--;
    }
    buffer_text(text, "…");
}

void export_cell_text(struct export_cell *cell, const char *text)
{
    cell->kind = COLUMN_TEXT;
    buffer_clear(&cell->text);
    append_clean(&cell->text, text, strlen(text));
    cut(&cell->text);
}

/* --- values -------------------------------------------------------------------------------- */

static void day_text(civil_day day, bool russian, char text[CIVIL_TEXT_MAX])
{
    civil_print(day, text);
    if (russian) {
        struct civil c = civil_of_day(day);
        snprintf(text, CIVIL_TEXT_MAX, "%02d.%02d.%04d", c.day, c.month, c.year);
    }
}

static void put_value(struct export_cell *cell, const json_t *value, enum column_kind kind,
                      const struct export_words *words)
{
    bool russian = words->language == LANGUAGE_RUSSIAN;
    char number[64];

    if (json_is_string(value)) {
        const char *word =
            kind == COLUMN_WORD && russian ? export_word(json_string_value(value)) : NULL;
        if (word != NULL) {
            buffer_text(&cell->text, word);
        } else {
            append_clean(&cell->text, json_string_value(value), json_string_length(value));
        }
    } else if (json_is_boolean(value)) {
        bool yes = json_is_true(value);
        buffer_text(&cell->text, russian ? (yes ? "да" : "нет") : (yes ? "yes" : "no"));
    } else if (json_is_number(value)) {
        snprintf(number, sizeof number, json_is_integer(value) ? "%.0f" : "%.10g",
                 json_number_value(value));
        for (char *c = number; russian && *c != '\0'; c++) {
            *c = *c == '.' ? ',' : *c;
        }
        buffer_text(&cell->text, number);
    } else if (json_is_object(value)) {
        char *text = json_dumps(value, JSON_COMPACT);
        append_clean(&cell->text, text != NULL ? text : "", text != NULL ? strlen(text) : 0);
        free(text);
    }
}

/* Between the members of a list: windows, too, stand each on a line of its own. */
static const char *separator(const char *path, enum column_kind kind)
{
    return kind == COLUMN_LINES || strchr(path, '+') != NULL ? "\n" : ", ";
}

/* "from+to+state" of one object: those that are there, the same day once. */
static void put_fields(struct export_cell *cell, const json_t *object, const char *fields,
                       enum column_kind kind, const struct export_words *words)
{
    const json_t *before = NULL;
    char text[CIVIL_TEXT_MAX];
    size_t size;

    for (const char *field = fields; *field != '\0'; field += size + (field[size] == '+')) {
        size = strcspn(field, "+");
        const json_t *value = json_object_getn(object, field, size);
        civil_day day;
        if (!json_is_string(value) || (before != NULL && json_equal(before, value))) {
            continue;
        }
        bool is_day = civil_parse(bytes_of(json_string_value(value)), &day);
        buffer_text(&cell->text, before == NULL ? "" : is_day ? " — " : " ");
        if (is_day) {
            day_text(day, words->language == LANGUAGE_RUSSIAN, text);
            buffer_text(&cell->text, text);
        } else {
            put_value(cell, value, kind, words);
        }
        before = value;
    }
}

/* Follow the rest of the path; of a list, the one that it names, or each. */
static const json_t *put_path(struct export_cell *cell, const json_t *value, const char *path,
                              enum column_kind kind, const struct export_words *words, int depth)
{
    char name[LIMIT_NAME_BYTES + 1];
    size_t size = strcspn(path, ".");

    if (json_is_array(value) && path[0] >= '0' && path[0] <= '9') {
        value = json_array_get(value, strtoul(path, NULL, 10));
        return put_path(cell, value, path + size + (path[size] == '.'), kind, words, depth);
    }
    if (json_is_array(value)) {
        size_t count = json_array_size(value);
        for (size_t i = 0; i < count && i < LIST_MAX && depth < DEPTH_MAX; i++) {
            if (cell->text.size > 0) {
                buffer_text(&cell->text, separator(path, kind));
            }
            put_path(cell, json_array_get(value, i), path, kind, words, depth + 1);
        }
        return NULL;
    }
    if (json_is_object(value) && path[strcspn(path, ".+")] == '+') {
        put_fields(cell, value, path, kind, words);
        return NULL;
    }
    if (size == 0 || value == NULL || size >= sizeof name || !json_is_object(value)) {
        put_value(cell, value, kind, words);
        return value;
    }
    snprintf(name, sizeof name, "%.*s", (int)size, path);
    return put_path(cell, json_object_get(value, name), path + size + (path[size] == '.'), kind,
                    words, depth);
}

/* --- kinds --------------------------------------------------------------------------------- */

static void set_day(struct export_cell *cell, civil_day day, bool russian)
{
    char text[CIVIL_TEXT_MAX];

    day_text(day, russian, text);
    cell->day = day;
    buffer_clear(&cell->text);
    buffer_text(&cell->text, text);
}

static void read_day(struct export_cell *cell, const struct export_words *words)
{
    civil_day day;

    if (civil_parse(buffer_bytes(&cell->text), &day)) {
        cell->kind = COLUMN_DAY;
        set_day(cell, day, words->language == LANGUAGE_RUSSIAN);
    }
}

static int two(const char *digits)
{
    return digits[0] >= '0' && digits[0] <= '9' && digits[1] >= '0' && digits[1] <= '9'
               ? (digits[0] - '0') * 10 + digits[1] - '0'
               : -1;
}

/* "2023-01-09T06:00:00.000Z": rows have it so. */
static void read_moment(struct export_cell *cell, const struct export_words *words)
{
    const char *text = (const char *)cell->text.data;
    civil_day day;
    char clock[16];

    if (cell->text.size < 20 || text[10] != 'T' || text[cell->text.size - 1] != 'Z' ||
        !civil_parse((struct bytes){text, 10}, &day) || two(text + 11) < 0 || two(text + 14) < 0) {
        return;
    }
    cell->minute = two(text + 11) * 60 + two(text + 14);
    if (words->zone != NULL) {
        zone_civil(words->zone, (int64_t)day * 86400000 + (int64_t)cell->minute * 60000, &day,
                   &cell->minute);
    }
    cell->kind = COLUMN_MOMENT;
    set_day(cell, day, words->language == LANGUAGE_RUSSIAN);
    snprintf(clock, sizeof clock, " %02d:%02d", cell->minute / 60, cell->minute % 60);
    buffer_text(&cell->text, clock);
}

/* The first of "by_name|by" that says something. */
static const json_t *put_first(struct export_cell *cell, const json_t *row,
                               const struct export_column *column, const struct export_words *words)
{
    const json_t *value = NULL;
    char path[128];
    size_t size;

    for (const char *at = column->path; *at != '\0' && cell->text.size == 0;
         at += size + (at[size] == '|')) {
        size = strcspn(at, "|");
        must(size < sizeof path);
        snprintf(path, sizeof path, "%.*s", (int)size, at);
        value = put_path(cell, row, path, column->kind, words, 0);
    }
    return value;
}

void export_cell_set(struct export_cell *cell, const json_t *row,
                     const struct export_column *column, const struct export_words *words)
{
    buffer_clear(&cell->text);
    cell->kind = COLUMN_TEXT;
    const json_t *value = put_first(cell, row, column, words);
    cut(&cell->text);
    if (column->kind == COLUMN_DAY) {
        read_day(cell, words);
    } else if (column->kind == COLUMN_MOMENT) {
        read_moment(cell, words);
    } else if (column->kind == COLUMN_NUMBER && json_is_number(value) &&
               isfinite(json_number_value(value))) {
        cell->kind = COLUMN_NUMBER;
        cell->number = json_number_value(value);
    }
}

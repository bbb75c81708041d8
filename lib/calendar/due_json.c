/* due_json.c - struct due -> JSON
 *
 * Owns:    the names of the members.
 * In:      the command line and the gateway, which say the same.
 * Out:     JSON text, written straight into a buffer: tens of thousands a second go through here.
 * See:     due_json.h; docs/cli.md §due
 */
#include "calendar/due_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTES 60

/* --- values ----------------------------------------------------------------------------------- */

static void put_escaped(struct buffer *out, unsigned char c)
{
    char text[8];

    if (c == '"' || c == '\\') {
        buffer_append(out, "\\", 1);
        buffer_append(out, &c, 1);
    } else {
        snprintf(text, sizeof text, "\\u%04x", c);
        buffer_text(out, text);
    }
}

/* UTF-8 as it is; null when it is empty. */
static void put_string(struct buffer *out, struct bytes text)
{
    const unsigned char *data = text.data;
    size_t begin = 0;

    if (text.size == 0) {
        buffer_text(out, "null");
        return;
    }
    buffer_append(out, "\"", 1);
    for (size_t i = 0; i < text.size; i++) {
        if (data[i] < ' ' || data[i] == '"' || data[i] == '\\') {
            buffer_append(out, data + begin, i - begin);
            put_escaped(out, data[i]);
            begin = i + 1;
        }
    }
    buffer_append(out, data + begin, text.size - begin);
    buffer_append(out, "\"", 1);
}

static void put_digits(char *text, int number, int count)
{
    while (count-- > 0) {
        text[count] = (char)('0' + number % 10);
        number /= 10;
    }
}

/* As civil_print() does it, without the work of printf: most of an answer are days. */
static void put_day(struct buffer *out, civil_day day)
{
    char text[] = "\"0000-00-00\"";

    if (day == CIVIL_DAY_NONE) {
        buffer_text(out, "null");
        return;
    }
    struct civil c = civil_of_day(day);
    put_digits(text + 1, c.year, 4);
    put_digits(text + 6, c.month, 2);
    put_digits(text + 9, c.day, 2);
    buffer_append(out, text, sizeof text - 1);
}

static void put_window(struct buffer *out, struct window window)
{
    buffer_text(out, "{\"from\":");
    put_day(out, window.from);
    buffer_text(out, ",\"to\":");
    put_day(out, window.to);
    buffer_text(out, "}");
}

static void put_bounds(struct buffer *out, struct window bounds)
{
    if (bounds.to == CIVIL_DAY_NONE) {
        buffer_text(out, "null");
    } else {
        put_window(out, bounds);
    }
}

static void put_member(struct buffer *out, const char *name)
{
    buffer_text(out, ",\"");
    buffer_text(out, name);
    buffer_text(out, "\":");
}

static void put_flag(struct buffer *out, const char *name, bool flag)
{
    put_member(out, name);
    buffer_text(out, flag ? "true" : "false");
}

static void put_number(struct buffer *out, const char *name, int number)
{
    char text[16];

    put_member(out, name);
    snprintf(text, sizeof text, "%d", number);
    buffer_text(out, text);
}

/* --- readings --------------------------------------------------------------------------------- */

/* Without the brackets around it: others follow. */
static void put_reading(struct buffer *out, const struct due_reading *reading)
{
    buffer_text(out, "\"kind\":\"");
    buffer_text(out, due_kind_name(reading->kind));
    buffer_text(out, "\",\"windows\":[");
    for (uint32_t i = 0; i < reading->window_count && i < DUE_JSON_WINDOWS; i++) {
        buffer_text(out, i > 0 ? "," : "");
        put_window(out, reading->windows[i]);
    }
    buffer_text(out, "]");
    put_member(out, "rule");
    put_string(out, reading->rule);
}

static void put_alternatives(struct buffer *out, const struct due *due)
{
    put_member(out, "alternatives");
    buffer_text(out, "[");
    for (uint32_t i = 0; i < due->alternative_count; i++) {
        buffer_text(out, i > 0 ? ",{" : "{");
        put_reading(out, &due->alternatives[i]);
        buffer_text(out, "}");
    }
    buffer_text(out, "]");
}

static void put_anchor(struct buffer *out, const struct due *due)
{
    const struct due_anchor *anchor = &due->anchor;

    put_member(out, "anchor");
    if (!due->anchored) {
        buffer_text(out, "null");
        return;
    }
    buffer_text(out, "{\"event\":");
    put_string(out, anchor->event);
    put_member(out, "unit");
    put_string(out, bytes_of(due_unit_name(anchor->unit)));
    put_number(out, "count", anchor->count);
    put_member(out, "direction");
    put_string(out, bytes_of(due_direction_name(anchor->direction)));
    put_flag(out, "at_latest", anchor->at_latest);
    buffer_text(out, "}");
}

static void put_parts(struct buffer *out, const struct due *due)
{
    put_member(out, "parts");
    buffer_text(out, "[");
    for (uint32_t i = 0; i < due->part_count; i++) {
        const struct due_part *part = &due->parts[i];
        buffer_text(out, i > 0 ? ",{" : "{");
        put_reading(out, &part->reading);
        put_member(out, "purpose");
        put_string(out, part->purpose);
        put_member(out, "bounds");
        put_bounds(out, part->bounds);
        buffer_text(out, "}");
    }
    buffer_text(out, "]");
}

static void put_time(struct buffer *out, int32_t minute)
{
    char text[24] = "null";

    put_member(out, "by_time");
    if (minute >= 0) {
        snprintf(text, sizeof text, "\"%02d:%02d\"", minute / MINUTES, minute % MINUTES);
    }
    buffer_text(out, text);
}

/* Numbers and texts, as most ids are, without a copy. */
static void put_value(struct buffer *out, const json_t *value)
{
    char number[32];

    if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        buffer_text(out, number);
    } else if (json_is_string(value) && json_string_length(value) > 0) {
        put_string(out, (struct bytes){json_string_value(value), json_string_length(value)});
    } else {
        char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
        buffer_text(out, text != NULL ? text : "null");
        free(text);
    }
}

/* The opening bracket, and the id as it came; id NULL: there is no such member. */
static void put_id(struct buffer *out, const json_t *id)
{
    buffer_text(out, "{");
    if (id != NULL) {
        buffer_text(out, "\"id\":");
        put_value(out, id);
        buffer_text(out, ",");
    }
}

void due_json(const struct due *due, const json_t *id, struct buffer *out)
{
    put_id(out, id);
    put_reading(out, &due->reading);
    put_member(out, "ambiguity");
    put_string(out, due->ambiguity);
    put_alternatives(out, due);
    put_anchor(out, due);
    put_flag(out, "deadline", due->deadline);
    put_flag(out, "open_ended", due->open_ended);
    put_flag(out, "more", due->more || due->reading.window_count > DUE_JSON_WINDOWS);
    put_flag(out, "year_missing", due->year_missing);
    put_time(out, due->by_minute);
    put_member(out, "bounds");
    put_bounds(out, due->bounds);
    put_parts(out, due);
    put_member(out, "printed");
    put_string(out, due->printed);
    buffer_text(out, "}");
}

void due_json_error(const struct error *err, const json_t *id, struct buffer *out)
{
    char text[24];

    put_id(out, id);
    snprintf(text, sizeof text, "%d", err->column > 0 ? err->column : 1);
    buffer_text(out, "\"error\":{\"column\":");
    buffer_text(out, text);
    put_member(out, "message");
    put_string(out, bytes_of(err->text));
    buffer_text(out, "}}");
}

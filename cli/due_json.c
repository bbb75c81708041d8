/* due_json.c - struct due -> JSON, and a request -> struct due_context
 *
 * Owns:    the names of the members.
 * In:      due.c and due_lines.c.
 * Out:     JSON values.
 * See:     due_json.h; docs/cli.md §due
 */
#include "cli/due_json.h"

#include "cli/language.h"

#include <stdio.h>
#include <string.h>

#define MINUTES 60

static json_t *day_json(civil_day day)
{
    char text[CIVIL_TEXT_MAX];

    if (day == CIVIL_DAY_NONE) {
        return json_null();
    }
    civil_print(day, text);
    return json_string(text);
}

static json_t *window_json(struct window window)
{
    return json_pack("{s:o,s:o}", "from", day_json(window.from), "to", day_json(window.to));
}

static json_t *bounds_json(struct window bounds)
{
    return bounds.to == CIVIL_DAY_NONE ? json_null() : window_json(bounds);
}

/* null when it is empty. */
static json_t *text_json(struct bytes text)
{
    return text.size > 0 ? json_stringn(text.data, text.size) : json_null();
}

static json_t *windows_json(const struct due_reading *reading)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < reading->window_count && i < DUE_JSON_WINDOWS; i++) {
        json_array_append_new(list, window_json(reading->windows[i]));
    }
    return list;
}

static json_t *reading_json(const struct due_reading *reading)
{
    return json_pack("{s:s,s:o,s:o}", "kind", due_kind_name(reading->kind), "windows",
                     windows_json(reading), "rule", text_json(reading->rule));
}

static json_t *alternatives_json(const struct due *due)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < due->alternative_count; i++) {
        json_array_append_new(list, reading_json(&due->alternatives[i]));
    }
    return list;
}

static json_t *anchor_json(const struct due *due)
{
    const struct due_anchor *anchor = &due->anchor;

    if (!due->anchored) {
        return json_null();
    }
    return json_pack("{s:o,s:s,s:i,s:s,s:b}", "event", text_json(anchor->event), "unit",
                     due_unit_name(anchor->unit), "count", anchor->count, "direction",
                     due_direction_name(anchor->direction), "at_latest", anchor->at_latest);
}

static json_t *parts_json(const struct due *due)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < due->part_count; i++) {
        const struct due_part *part = &due->parts[i];
        json_t *row = reading_json(&part->reading);
        json_object_set_new(row, "purpose", text_json(part->purpose));
        json_object_set_new(row, "bounds", bounds_json(part->bounds));
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *time_json(int32_t minute)
{
    char text[16];

    if (minute < 0) {
        return json_null();
    }
    snprintf(text, sizeof text, "%02d:%02d", minute / MINUTES, minute % MINUTES);
    return json_string(text);
}

static bool more_windows(const struct due *due)
{
    return due->more || due->reading.window_count > DUE_JSON_WINDOWS;
}

json_t *due_json(const struct due *due, const json_t *id)
{
    json_t *answer = json_object();

    if (id != NULL) {
        json_object_set_new(answer, "id", json_deep_copy(id));
    }
    json_object_update_new(answer, reading_json(&due->reading));
    json_object_set_new(answer, "ambiguity", text_json(due->ambiguity));
    json_object_set_new(answer, "alternatives", alternatives_json(due));
    json_object_set_new(answer, "anchor", anchor_json(due));
    json_object_set_new(answer, "deadline", json_boolean(due->deadline));
    json_object_set_new(answer, "open_ended", json_boolean(due->open_ended));
    json_object_set_new(answer, "more", json_boolean(more_windows(due)));
    json_object_set_new(answer, "year_missing", json_boolean(due->year_missing));
    json_object_set_new(answer, "by_time", time_json(due->by_minute));
    json_object_set_new(answer, "bounds", bounds_json(due->bounds));
    json_object_set_new(answer, "parts", parts_json(due));
    json_object_set_new(answer, "printed", text_json(due->printed));
    return answer;
}

json_t *due_json_error(const struct error *err, const json_t *id)
{
    json_t *answer = json_object();
    int column = err->column > 0 ? err->column : 1;

    if (id != NULL) {
        json_object_set_new(answer, "id", json_deep_copy(id));
    }
    json_object_set_new(answer, "error",
                        json_pack("{s:i,s:s}", "column", column, "message", err->text));
    return answer;
}

/* --- requests --------------------------------------------------------------------------------- */

/* Absent and null leave the day alone. */
static bool read_day(const json_t *object, const char *name, civil_day *day, struct error *err)
{
    const json_t *value = json_object_get(object, name);
    const char *text = json_string_value(value);

    if (value == NULL || json_is_null(value)) {
        return true;
    }
    return (text != NULL && civil_parse(bytes_of(text), day)) ||
           error_set_at(err, ERROR_INVALID, NULL, 1, 1,
                        _("\"%s\" must be a day such as \"2026-09-01\""), name);
}

static bool read_year(const json_t *request, int *year, struct error *err)
{
    const json_t *value = json_object_get(request, "year");

    if (value == NULL || json_is_null(value)) {
        return true;
    }
    if (!json_is_integer(value) || json_integer_value(value) < 1900 ||
        json_integer_value(value) > 2199) {
        return error_set_at(err, ERROR_INVALID, NULL, 1, 1,
                            _("\"year\" must be a number from 1900 to 2199"));
    }
    *year = (int)json_integer_value(value);
    return true;
}

static bool read_period(const json_t *request, struct window *period, struct error *err)
{
    const json_t *value = json_object_get(request, "period");

    if (value == NULL || json_is_null(value)) {
        return true;
    }
    if (!json_is_object(value)) {
        return error_set_at(err, ERROR_INVALID, NULL, 1, 1,
                            _("\"period\" must be an object with \"from\" and \"to\""));
    }
    *period = (struct window){CIVIL_DAY_NONE, CIVIL_DAY_NONE};
    if (!read_day(value, "from", &period->from, err) || !read_day(value, "to", &period->to, err)) {
        return false;
    }
    if (period->from != CIVIL_DAY_NONE && period->to != CIVIL_DAY_NONE &&
        period->from > period->to) {
        return error_set_at(err, ERROR_INVALID, NULL, 1, 1, _("the period ends before it begins"));
    }
    return true;
}

bool due_json_request(const json_t *request, const char **ret_phrase,
                      struct due_context *ret_context, struct error *err)
{
    const char *phrase = json_string_value(json_object_get(request, "phrase"));
    struct due_context context = *ret_context;

    if (phrase == NULL) {
        return error_set_at(err, ERROR_INVALID, NULL, 1, 1, _("the line has no text \"phrase\""));
    }
    if (!read_year(request, &context.year, err) || !read_period(request, &context.period, err) ||
        !read_day(request, "signed", &context.signed_day, err)) {
        return false;
    }
    *ret_phrase = phrase;
    *ret_context = context;
    return true;
}

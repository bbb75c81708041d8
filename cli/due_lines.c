/* due_lines.c - `marshrut due --jsonl`: a line in, a line out
 *
 * Owns:    the lines of standard input; a line that is too long is refused and skipped.
 * In:      JSON lines.
 * Out:     JSON lines on standard output, in the same order.
 * Always:  each line is answered, whatever it is; answers leave before more input is waited for.
 * See:     docs/cli.md §due
 */
#include "cli/due_lines.h"

#include "base/limits.h"
#include "base/must.h"
#include "calendar/due_json.h"
#include "cli/language.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_BYTES (64u << 10)

struct lines {
    struct buffer pending; /* what was read of a line that has not ended */
    bool too_long;         /* the rest of it is skipped */
    struct buffer out;     /* answers that have not left */
    struct arena arena;
    const struct due_context *otherwise;
};

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
    if (!json_is_integer(value) || json_integer_value(value) < CIVIL_YEAR_FIRST ||
        json_integer_value(value) > CIVIL_YEAR_LAST) {
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

/* *ret_phrase is borrowed from the object. */
static bool read_request(const json_t *request, const char **ret_phrase,
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

/* --- answers ---------------------------------------------------------------------------------- */

static void answer_object(struct lines *lines, const json_t *request, const json_t *id)
{
    struct due_context context = *lines->otherwise;
    const char *phrase = NULL;
    struct due due;
    struct error err = ERROR_INIT;

    if (!read_request(request, &phrase, &context, &err)) {
        due_json_error(&err, id, &lines->out);
        return;
    }
    struct bytes text = {phrase, json_string_length(json_object_get(request, "phrase"))};
    if (due_parse(text, &context, &lines->arena, &due, &err)) {
        due_json(&due, id, &lines->out);
    } else {
        due_json_error(&err, id, &lines->out);
    }
}

/* What is wrong with the line itself; NULL and *err. */
static json_t *read_line(const struct lines *lines, struct bytes line, struct error *err)
{
    json_error_t where;

    if (lines->too_long) {
        error_set_at(err, ERROR_TOO_LARGE, NULL, 1, 1, _("the line has more than %u bytes"),
                     LIMIT_PAYLOAD_BYTES);
        return NULL;
    }
    json_t *request = json_loadb(line.data, line.size, JSON_ALLOW_NUL, &where);
    if (request == NULL) {
        error_set_at(err, ERROR_SYNTAX, NULL, 1, where.column,
                     _("the line is not JSON: it is wrong at column %d"), where.column);
    } else if (!json_is_object(request)) {
        error_set_at(err, ERROR_INVALID, NULL, 1, 1, _("the line is not a JSON object"));
        json_decref(request);
        request = NULL;
    }
    return request;
}

static void answer_line(struct lines *lines, struct bytes line)
{
    struct error err = ERROR_INIT;
    json_t *none = json_null();

    if (line.size == 0 && !lines->too_long) {
        return;
    }
    json_t *request = read_line(lines, line, &err);
    if (request == NULL) {
        due_json_error(&err, none, &lines->out);
    } else {
        const json_t *id = json_object_get(request, "id");
        answer_object(lines, request, id != NULL ? id : none);
        json_decref(request);
    }
    buffer_append(&lines->out, "\n", 1);
    arena_reset(&lines->arena);
}

static void send_off(struct lines *lines)
{
    if (lines->out.size > 0) {
        fwrite(lines->out.data, 1, lines->out.size, stdout);
        fflush(stdout);
    }
    buffer_clear(&lines->out);
}

static void take_bytes(struct lines *lines, const char *data, size_t size)
{
    while (size > 0) {
        const char *end = memchr(data, '\n', size);
        size_t part = end != NULL ? (size_t)(end - data) : size;
        lines->too_long = lines->too_long || lines->pending.size + part > LIMIT_PAYLOAD_BYTES;
        if (!lines->too_long) {
            buffer_append(&lines->pending, data, part);
        }
        if (end != NULL) {
            answer_line(lines, buffer_bytes(&lines->pending));
            buffer_clear(&lines->pending);
            lines->too_long = false;
            part++;
        }
        data += part;
        size -= part;
    }
}

bool due_lines(const struct due_context *otherwise, struct error *err)
{
    struct lines lines = {.otherwise = otherwise};
    char *data = xmalloc(READ_BYTES);
    ssize_t size;

    do {
        send_off(&lines);
        size = read(STDIN_FILENO, data, READ_BYTES);
        if (size > 0) {
            take_bytes(&lines, data, (size_t)size);
        }
    } while (size > 0 || (size < 0 && errno == EINTR));
    if (size == 0 && (lines.pending.size > 0 || lines.too_long)) {
        answer_line(&lines, buffer_bytes(&lines.pending));
    }
    send_off(&lines);
    free(data);
    buffer_fini(&lines.out);
    buffer_fini(&lines.pending);
    arena_fini(&lines.arena);
    return size == 0 ||
           error_set(err, ERROR_IO, _("standard input could not be read: %s"), strerror(errno));
}

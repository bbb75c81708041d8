/* event_check.c - CloudEvents 1.0 in JSON, attribute by attribute
 *
 * Owns:    which members an event has and what they look like.
 * In:      JSON from clients, and from steps that emit.
 * Out:     struct event, or a sentence that names the attribute.
 * Always:  what is accepted has texts that are safe in keys of the store: short, no zero byte.
 * See:     docs/protocol.md §3.5; CloudEvents 1.0.2 §3, JSON Event Format 1.0.2; RFC 3339 §5.6
 */
#include "engine/event_check.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "language/duration.h"

#include <stdlib.h>
#include <string.h>

#define TTL_SECONDS_MAX INT64_C(3155760000) /* a century, as durations have it */

/* --- texts --------------------------------------------------------------------------------- */

/* UTF-8, checked by the JSON reader. CloudEvents 1.0.2 §2.2: C0 and C1 controls are not allowed. */
static bool is_clean(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        unsigned char next = i + 1 < size ? (unsigned char)text[i + 1] : 0;
        if (c < 0x20 || c == 0x7F || (c == 0xC2 && next >= 0x80 && next < 0xA0)) {
            return false;
        }
    }
    return true;
}

static bool check_text(const char *name, const json_t *value, struct error *err)
{
    if (!json_is_string(value) || json_string_length(value) == 0) {
        return error_set(err, ERROR_INVALID, "\"%s\" must be text, and not empty", name);
    }
    return is_clean(json_string_value(value), json_string_length(value)) ||
           error_set(err, ERROR_INVALID, "\"%s\" must not have control characters", name);
}

/* One of the texts that events are looked up by. */
static bool take_text(const json_t *json, const char *name, const char **ret_text,
                      struct error *err)
{
    const json_t *value = json_object_get(json, name);

    if (value == NULL) {
        return error_set(err, ERROR_INVALID, "a CloudEvent needs \"%s\"", name);
    }
    if (!check_text(name, value, err)) {
        return false;
    }
    if (json_string_length(value) > LIMIT_KEY_BYTES) {
        return error_set(err, ERROR_TOO_LARGE, "\"%s\" has more than %u bytes", name,
                         LIMIT_KEY_BYTES);
    }
    *ret_text = json_string_value(value);
    return true;
}

/* A URI or a reference to one: anything without blanks; who made it knows what it means. */
static bool check_uri(const char *name, const json_t *value, struct error *err)
{
    return check_text(name, value, err) &&
           (strchr(json_string_value(value), ' ') == NULL ||
            error_set(err, ERROR_INVALID, "\"%s\" must be a URI: it has a blank in it", name));
}

/* --- time ---------------------------------------------------------------------------------- */

static bool take_number(const char **at, int least, int most, int *ret_number)
{
    const char *t = *at;

    if (t[0] < '0' || t[0] > '9' || t[1] < '0' || t[1] > '9') {
        return false;
    }
    *ret_number = (t[0] - '0') * 10 + (t[1] - '0');
    *at += 2;
    return *ret_number >= least && *ret_number <= most;
}

static bool two_digits(const char **at, int most)
{
    int number;

    return take_number(at, 0, most, &number);
}

static bool one_of(const char **at, const char *which)
{
    bool good = **at != '\0' && strchr(which, **at) != NULL;

    *at += good ? 1 : 0;
    return good;
}

/* Any year that has four digits: programs send the year 1 for «never». */
static bool skip_day(const char **at)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int century;
    int year;
    int month;
    int day;

    if (!take_number(at, 0, 99, &century) || !take_number(at, 0, 99, &year) || !one_of(at, "-") ||
        !take_number(at, 1, 12, &month) || !one_of(at, "-") ||
        !take_number(at, 1, days[month - 1], &day)) {
        return false;
    }
    bool leap = year % 4 == 0 && (year != 0 || century % 4 == 0);
    return month != 2 || day != 29 || leap;
}

static bool skip_fraction(const char **at)
{
    if (**at != '.') {
        return true;
    }
    size_t digits = strspn(*at + 1, "0123456789");
    *at += 1 + digits;
    return digits > 0;
}

bool event_time_is_good(const char *text)
{
    const char *at = text;

    return skip_day(&at) && one_of(&at, "Tt") && two_digits(&at, 23) && one_of(&at, ":") &&
           two_digits(&at, 59) && one_of(&at, ":") && two_digits(&at, 60) /* a leap second */ &&
           skip_fraction(&at) &&
           (one_of(&at, "Zz") || (one_of(&at, "+-") && two_digits(&at, 23) && one_of(&at, ":") &&
                                  two_digits(&at, 59))) &&
           *at == '\0';
}

static bool check_time(const char *name, const json_t *value, struct error *err)
{
    return (json_is_string(value) && event_time_is_good(json_string_value(value))) ||
           error_set(err, ERROR_INVALID, "write \"%s\" as 2023-08-10T09:00:00Z (RFC 3339)", name);
}

/* --- other attributes ---------------------------------------------------------------------- */

/* RFC 2045 §5.1 */
static size_t token_size(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                        "!#$%&'*+-.^_`{|}~");
}

/* "application/json; charset=utf-8": what follows the type is left to who reads the data. */
static bool check_media_type(const char *name, const json_t *value, struct error *err)
{
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    size_t type = token_size(text);
    size_t subtype = text[type] == '/' ? token_size(text + type + 1) : 0;
    const char *rest = text + type + 1 + subtype;

    if (type == 0 || subtype == 0) {
        return error_set(err, ERROR_INVALID,
                         "\"%s\" must be a media type, like \"application/json\"", name);
    }
    rest += strspn(rest, " ");
    return (*rest == '\0' || *rest == ';') ||
           error_set(err, ERROR_INVALID,
                     "\"%s\" must be a media type: only \"; name=value\" can follow it", name);
}

static bool check_base64(const char *name, const json_t *value, struct error *err)
{
    return json_is_string(value) ||
           error_set(err, ERROR_INVALID, "\"%s\" must be text in base64", name);
}

/* "3600" or "PT1H", or the number of seconds. */
static bool read_ttl(const json_t *value, int64_t *ret_ms)
{
    const char *text = json_string_value(value);
    int64_t seconds = json_is_integer(value) ? json_integer_value(value) : -1;

    if (text != NULL && text[0] != '\0' && text[strspn(text, "0123456789")] == '\0') {
        seconds = strlen(text) > 10 ? -1 : strtoll(text, NULL, 10);
    } else if (text != NULL) {
        return duration_parse(bytes_of(text), ret_ms, NULL);
    }
    if (seconds < 0 || seconds > TTL_SECONDS_MAX) {
        return false;
    }
    *ret_ms = seconds * 1000;
    return true;
}

/* Names: CloudEvents 1.0.2 §3. Values: its types, of which JSON has three. */
static bool check_extension(const char *name, const json_t *value, struct error *err)
{
    if (name[0] == '\0' || name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789")] != '\0') {
        return error_set(err, ERROR_INVALID,
                         "the attribute \"%.64s\" can't be: names have small Latin letters and "
                         "digits only",
                         name);
    }
    if (strlen(name) > LIMIT_NAME_BYTES) {
        return error_set(err, ERROR_TOO_LARGE, "the name of an attribute has more than %u bytes",
                         LIMIT_NAME_BYTES);
    }
    if (json_is_string(value)) {
        return is_clean(json_string_value(value), json_string_length(value)) ||
               error_set(err, ERROR_INVALID, "\"%s\" must not have control characters", name);
    }
    bool small = json_is_integer(value) && json_integer_value(value) >= INT32_MIN &&
                 json_integer_value(value) <= INT32_MAX;
    return json_is_boolean(value) || small ||
           error_set(err, ERROR_INVALID,
                     "the attribute \"%s\" must be text, true, false or a whole number of 32 "
                     "bits; what is more belongs into \"data\"",
                     name);
}

/* --- the whole ----------------------------------------------------------------------------- */

typedef bool check_fn(const char *name, const json_t *value, struct error *err);

static bool check_nothing(const char *name, const json_t *value, struct error *err)
{
    (void)name;
    (void)value;
    (void)err;
    return true;
}

/* Members that are no extension attributes. */
static const struct member {
    const char *name;
    check_fn *check;
} members[] = {
    {"specversion", check_text},   {"id", check_text},
    {"source", check_uri},         {"type", check_text},
    {"subject", check_text},       {"time", check_time},
    {"dataschema", check_uri},     {"datacontenttype", check_media_type},
    {"data_base64", check_base64}, {"data", check_nothing},
};

static check_fn *find_check(const char *name)
{
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (strcmp(members[i].name, name) == 0) {
            return members[i].check;
        }
    }
    return check_extension;
}

static bool check_version(const json_t *json, struct error *err)
{
    const char *version;

    return take_text(json, "specversion", &version, err) &&
           (strcmp(version, "1.0") == 0 ||
            error_set(err, ERROR_UNSUPPORTED, "CloudEvents %.20s is not supported, 1.0 is",
                      version));
}

static bool check_members(json_t *json, struct error *err)
{
    const char *name;
    json_t *value;

    json_object_foreach(json, name, value)
    {
        if (!find_check(name)(name, value, err)) {
            return false;
        }
    }
    return json_object_get(json, "data") == NULL || json_object_get(json, "data_base64") == NULL ||
           error_set(err, ERROR_INVALID, "an event has \"data\" or \"data_base64\", not both");
}

static bool read_members(struct event *event, struct error *err)
{
    const json_t *ttl = json_object_get(event->json, "ttl");

    if (!take_text(event->json, "id", &event->id, err) ||
        !take_text(event->json, "source", &event->source, err) ||
        !take_text(event->json, "type", &event->type, err) ||
        (json_object_get(event->json, "subject") != NULL &&
         !take_text(event->json, "subject", &event->subject, err))) {
        return false;
    }
    return ttl == NULL || read_ttl(ttl, &event->ttl_ms) ||
           error_set(err, ERROR_INVALID,
                     "\"ttl\" must be seconds, or a duration like \"PT1H\" or \"P3D\"");
}

/* JSON Event Format 1.0.2 §2.2: a member that is null is as if it were not there. */
static json_t *without_nulls(const json_t *json)
{
    json_t *kept = json_object();
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)json, name, value)
    {
        if (!json_is_null(value)) {
            json_object_set(kept, name, value);
        }
    }
    return kept;
}

bool event_read(const json_t *json, struct event *ret_event, struct error *err)
{
    struct event event = {.subject = "", .ttl_ms = EVENT_TTL_USUAL};

    if (!json_is_object(json)) {
        return error_set(err, ERROR_INVALID, "a CloudEvent is a JSON object");
    }
    event.json = without_nulls(json);
    if (!check_version(event.json, err) || !check_members(event.json, err) ||
        !read_members(&event, err)) {
        event_fini(&event);
        return false;
    }
    *ret_event = event;
    return true;
}

void event_fini(struct event *event)
{
    json_decref(event->json);
    event->json = NULL;
}

/* api_terms.c - what a term of a plan means, and working days
 *
 * Owns:    GET /due, /workdays and /workday: as `marshrut due`, `workdays` and `workday` with --json.
 * In:      a phrase or days, and whose calendar counts.
 * Out:     readings; numbers and days.
 * Always:  the calendars and bodies in force are asked; a phrase that is not understood is refused at
 *          its column, never guessed.
 * See:     docs/http.md §2, docs/cli.md §due, docs/time.md §2 and §3
 */
#include "calendar/due_json.h"
#include "calendar/workdays_json.h"
#include "engine/refusal.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"

#define COUNT_MOST 99999 /* working days of all those years */

/* --- whose calendar ------------------------------------------------------------------------ */

struct asked_calendar {
    const char *body;
    const char *name;
};

static struct asked_calendar read_calendar(struct exchange *x)
{
    struct asked_calendar asked = {.body = request_text(x, "body", LIMIT_NAME_BYTES),
                                   .name = request_text(x, "calendar", LIMIT_NAME_BYTES)};

    if (asked.body != NULL && asked.name != NULL) {
        request_wrong(x, ERROR_INVALID, "name a \"body\" or a \"calendar\", not both");
    }
    return asked;
}

/* The name of a calendar in force, or of the usual one. */
static bool find_calendar(const struct catalog *catalog, struct asked_calendar asked,
                          const char **ret_name, struct error *err)
{
    const struct body *body = asked.body ? catalog_find_body(catalog, asked.body) : NULL;
    const char *name = body != NULL ? body->calendar : asked.name;

    if (asked.body != NULL && body == NULL) {
        return error_set(err, ERROR_NOT_FOUND, "there is no body \"%.100s\"", asked.body);
    }
    if (asked.name != NULL && catalog_find(catalog, DEFINITION_CALENDAR, name) == NULL) {
        return error_set(err, ERROR_NOT_FOUND, "there is no calendar \"%.100s\"", name);
    }
    *ret_name = name != NULL ? name : CATALOG_CALENDAR;
    return true;
}

/* When the request was in order; NULL: answered. */
static const struct view *open_calendar(struct exchange *x, struct asked_calendar asked,
                                        const char **ret_name)
{
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    struct error err;

    if (view == NULL) {
        return NULL;
    }
    if (!find_calendar(view->catalog, asked, ret_name, &err)) {
        answer_refusal(x, &err);
        return NULL;
    }
    return view;
}

/* --- phrases ------------------------------------------------------------------------------- */

static struct due_context read_context(struct exchange *x)
{
    struct due_context context = {
        .period = {request_day(x, "from"), request_day(x, "to")},
        .year = (int)request_integer(x, "year", CIVIL_YEAR_FIRST, CIVIL_YEAR_LAST, 0),
        .signed_day = request_day(x, "signed"),
    };

    if (context.period.from != CIVIL_DAY_NONE && context.period.to != CIVIL_DAY_NONE &&
        context.period.from > context.period.to) {
        request_wrong(x, ERROR_INVALID, "the period ends before it begins");
    }
    return context;
}

static void read_due(struct exchange *x)
{
    const char *phrase = request_text(x, "phrase", LIMIT_PHRASE_BYTES);
    struct due_context context = read_context(x);
    const char *name;
    struct due due;
    struct error err;

    if (phrase == NULL) {
        request_wrong(x, ERROR_INVALID, "say the \"phrase\" that is to be read");
    }
    const struct view *view = open_calendar(x, read_calendar(x), &name);
    if (view == NULL) {
        return;
    }
    context.workdays = catalog_workdays(view->catalog, name);
    context.school = catalog_school(view->catalog, name);
    if (due_parse(bytes_of(phrase), &context, view->arena, &due, &err)) {
        struct buffer out = BUFFER_INIT;
        due_json(&due, NULL, &out);
        answer_buffer(x, "application/json", &out, NULL);
    } else {
        answer_refusal(x, &err);
    }
}

/* --- working days -------------------------------------------------------------------------- */

struct notes {
    const struct exchange *x;
    struct buffer text;
};

static void add_note(void *context, const struct error *sentence)
{
    struct notes *notes = context;
    json_t *said = json_object();

    refusal_put(said, sentence);
    answer_in_words(notes->x, said);
    buffer_text(&notes->text, notes->text.size > 0 ? "\n" : "");
    buffer_text(&notes->text, json_string_value(json_object_get(said, "text")));
    json_decref(said);
}

/* With what the calendar does not know of the two days and those between. */
static void answer_days(struct exchange *x, json_t *answer, const struct workdays *workdays,
                        const char *name, struct window days)
{
    struct notes notes = {x, BUFFER_INIT};

    json_object_set_new(answer, "calendar", json_string(name));
    workdays_json_missing(workdays, days.from, days.to, answer, add_note, &notes);
    if (notes.text.size > 0) {
        json_object_set_new(answer, "note",
                            json_stringn((const char *)notes.text.data, notes.text.size));
    }
    buffer_fini(&notes.text);
    answer_json(x, 200, answer);
}

static civil_day needed_day(struct exchange *x, const char *name)
{
    civil_day day = request_day(x, name);

    if (day == CIVIL_DAY_NONE) {
        request_wrong(x, ERROR_INVALID, "\"%s\" must be a day, like 2023-08-15", name);
    }
    return day;
}

static void count_days(struct exchange *x)
{
    struct window span = {needed_day(x, "from"), needed_day(x, "to")};
    const char *name;

    if (span.from > span.to) {
        request_wrong(x, ERROR_INVALID, "the period ends before it begins");
    }
    const struct view *view = open_calendar(x, read_calendar(x), &name);
    if (view != NULL) {
        const struct workdays *workdays = catalog_workdays(view->catalog, name);
        answer_days(x, workdays_json_count(workdays, span.from, span.to), workdays, name, span);
    }
}

static void add_days(struct exchange *x)
{
    civil_day from = needed_day(x, "from");
    int64_t count = request_integer(x, "add", -COUNT_MOST, COUNT_MOST, COUNT_MOST + 1);
    const char *name;
    struct error err;

    if (count > COUNT_MOST) {
        request_wrong(x, ERROR_INVALID, "\"add\" is a number of working days, like 10 or -3");
    }
    const struct view *view = open_calendar(x, read_calendar(x), &name);
    if (view == NULL) {
        return;
    }
    const struct workdays *workdays = catalog_workdays(view->catalog, name);
    civil_day found;
    json_t *answer = workdays_json_add(workdays, from, (int32_t)count, &found, &err);
    if (answer != NULL) {
        answer_days(x, answer, workdays, name, (struct window){from, found});
    } else {
        answer_refusal(x, &err);
    }
}

const struct api_route api_terms_routes[] = {
    {"GET", "/api/v1/due", "readDue", read_due, 0},
    {"GET", "/api/v1/workdays", "countWorkdays", count_days, 0},
    {"GET", "/api/v1/workday", "addWorkdays", add_days, 0},
    {NULL, NULL, NULL, NULL, 0},
};

/* api_calendar.c - a month with what is due in it, and the feed of terms for calendar programs
 *
 * Owns:    GET /calendar, also as a file, and /calendar.ics.
 * In:      requests that change nothing.
 * Out:     days with their kind and their assignments; RFC 5545 text as `marshrut ics` writes it.
 * Always:  a month reads DAY_ROWS assignments of a day; the count of a day is of all, and so are
 *          the rows of its file.
 * See:     docs/http.md §2, docs/time.md §2 and §8
 */
#include "base/must.h"
#include "calendar/ics_rows.h"
#include "engine/entries.h"
#include "engine/listing.h"
#include "engine/rows.h"
#include "engine/snapshot.h"
#include "engine/storetoken.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/loop.h"
#include "engine/web/memo.h"
#include "engine/web/parts.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_ROWS 12u /* shown of one day */

/* --- a month ------------------------------------------------------------------------------- */

struct month {
    const struct view *view;
    civil_day first;
    uint32_t counts[31];
    json_t *due[31];
};

static void take(void *context, const struct assignment_entry *e)
{
    struct month *m = context;
    uint32_t day = (uint32_t)(e->to - m->first);
    struct instance *instance;

    if (day >= 31 || m->counts[day]++ >= DAY_ROWS) {
        return;
    }
    if (!snapshot_instance(m->view->txn, m->view->catalog, m->view->arena, e->instance, &instance,
                           NULL)) {
        return;
    }
    const struct task *task = instance_find_task(instance, e->task);
    if (task != NULL && task->assignment != NULL) {
        json_t *row = rows_assignment(m->view->catalog, instance, task);
        json_array_append_new(m->due[day], row);
    }
}

static json_t *day_json(const struct workdays *workdays, civil_day day)
{
    static const char *const why[DAY_KIND_COUNT] = {[DAY_HOLIDAY] = "holiday",
                                                    [DAY_OFF] = "transferred",
                                                    [DAY_SHORT] = "short",
                                                    [DAY_WEEKEND] = "weekend"};
    enum day_kind kind = workdays_kind(workdays, day);
    char text[CIVIL_TEXT_MAX];

    civil_print(day, text);
    return json_pack("{ss sb ss*}", "date", text, "off", kind != DAY_WORKING && kind != DAY_SHORT,
                     "kind", why[kind]);
}

static json_t *day_row(const struct month *m, const struct workdays *workdays, civil_day day)
{
    json_t *row = day_json(workdays, day);

    json_object_set_new(row, "count", json_integer(m->counts[day - m->first]));
    json_object_set(row, "due", m->due[day - m->first]);
    return row;
}

static json_t *month_answer(const struct view *view, const json_t *request, struct error *err)
{
    const char *text = json_string_value(json_object_get(request, "from"));
    struct month m = {.view = view};
    struct filter filter;
    civil_day last = 0;

    must(text != NULL && civil_parse(bytes_of(text), &m.first));
    civil_parse(bytes_of(json_string_value(json_object_get(request, "to"))), &last);
    if (!filter_read(view, request, &filter, err)) {
        return NULL;
    }
    for (int i = 0; i < 31; i++) {
        m.due[i] = json_array();
    }
    bool whole = entries_walk(&filter, take, &m);
    filter_fini(&filter);
    json_t *days = json_array();
    const struct workdays *workdays = catalog_workdays(view->catalog, NULL);
    for (civil_day day = m.first; day <= last; day++) {
        json_array_append_new(days, day_row(&m, workdays, day));
    }
    for (int i = 0; i < 31; i++) {
        json_decref(m.due[i]);
    }
    return json_pack("{so sb sb}", "days", days, "more", !whole, "approved",
                     workdays_is_approved(workdays, civil_of_day(m.first).year));
}

/* A part_fn: a page of what is due on one day, each row with the day; a day without any is a row
 * of its own. */
static json_t *day_page(const struct view *view, const json_t *request, size_t part,
                        struct error *err)
{
    json_t *query = json_deep_copy(request);
    civil_day day = 0;
    char text[CIVIL_TEXT_MAX];
    size_t index;
    json_t *row;

    civil_parse(bytes_of(json_string_value(json_object_get(request, "from"))), &day);
    day += (civil_day)part;
    civil_print(day, text);
    json_object_set_new(query, "from", json_string(text));
    json_object_set_new(query, "to", json_string(text));
    json_t *page = listing_assignments(view, query, err);
    json_t *about = day_json(catalog_workdays(view->catalog, NULL), day);
    json_t *rows = json_object_get(page, "rows");
    bool empty = json_object_get(query, "after") == NULL && json_array_size(rows) == 0;
    if (page != NULL && empty && json_is_null(json_object_get(page, "next"))) {
        json_array_append(rows, about);
    }
    json_array_foreach(rows, index, row)
    {
        json_object_update(row, about);
    }
    json_decref(about);
    json_decref(query);
    return page;
}

/* "2023-08" as its first and last days. */
static bool read_month(const char *text, civil_day *ret_first, civil_day *ret_last)
{
    char first[16];

    if (text == NULL || strlen(text) != 7) {
        return false;
    }
    snprintf(first, sizeof first, "%.7s-01", text);
    if (!civil_parse(bytes_of(first), ret_first)) {
        return false;
    }
    struct civil c = civil_of_day(*ret_first);
    struct civil next =
        c.month == 12 ? (struct civil){c.year + 1, 1, 1} : (struct civil){c.year, c.month + 1, 1};
    *ret_last = civil_to_day(next) - 1;
    return true;
}

static void calendar(struct exchange *x)
{
    const char *text = request_text(x, "month", 7);
    const char *body = request_text(x, "body", LIMIT_NAME_BYTES);
    const char *plan = request_text(x, "plan", LIMIT_NAME_BYTES);
    json_t *request = json_object();
    char day[CIVIL_TEXT_MAX];
    civil_day first = 0;
    civil_day last = 0;

    if (!read_month(text, &first, &last)) {
        request_wrong(x, ERROR_INVALID, "\"month\" must be a month, like 2023-08");
    } else {
        civil_print(first, day);
        json_object_set_new(request, "from", json_string(day));
        civil_print(last, day);
        json_object_set_new(request, "to", json_string(day));
    }
    if (body != NULL) {
        json_object_set_new(request, "body", json_string(body));
    }
    if (plan != NULL) {
        json_object_set_new(request, "plan", json_string(plan));
    }
    if (request_is_file(x)) {
        parts_answer(x, (size_t)(last - first) + 1, day_page, request);
    } else {
        memo_answer(x, "month", month_answer, request);
    }
}

/* --- the feed ------------------------------------------------------------------------------ */

/* Rows of all pages of one state into the calendar. */
static bool add_rows(struct ics_rows *rows, const struct view *view, json_t *request,
                     struct error *err)
{
    bool more = true;
    bool good = true;

    while (more && good) {
        json_t *page = listing_assignments(view, request, err);
        json_t *next = json_object_get(page, "next");
        size_t index;
        json_t *row;
        json_array_foreach(json_object_get(page, "rows"), index, row)
        {
            good = good && ics_rows_add(rows, row, err);
        }
        good = good && page != NULL;
        more = json_is_string(next);
        if (more) {
            json_object_set(request, "after", next);
        }
        json_decref(page);
    }
    return good;
}

static json_t *wish_of(const char *body, const char *plan)
{
    return json_pack("{si ss* ss*}", "limit", (int)LIMIT_PAGE, "body", body, "plan", plan);
}

static void feed(struct exchange *x)
{
    static const char *const languages[] = {"en", "ru", NULL}; /* of enum language */
    const char *body = request_text(x, "body", LIMIT_NAME_BYTES);
    const char *plan = request_text(x, "plan", LIMIT_NAME_BYTES);
    int language = request_word(x, "language", languages); /* a calendar program sets no header */
    struct error err = ERROR_INIT;
    const struct view *view = request_end(x) ? reader_view(x) : NULL;

    if (view == NULL) {
        return;
    }
    struct ics_wish wish = {
        .body = body,
        .plan = plan,
        .token = web_token(web_of(x)),
        .alarm_days = ICS_NO_ALARM,
        .words = (language < 0 ? request_language(x) : (enum language)language) == LANGUAGE_ENGLISH
                     ? &ics_words_english
                     : &ics_words_russian};
    struct ics_rows rows;
    struct buffer text = BUFFER_INIT;
    json_t *open = wish_of(body, plan);
    json_t *withdrawn = wish_of(body, plan);
    ics_rows_init(&rows, &wish);
    json_object_set_new(open, "open", json_true());
    json_object_set_new(withdrawn, "state", json_string("withdrawn"));
    if (add_rows(&rows, view, open, &err) && add_rows(&rows, view, withdrawn, &err)) {
        ics_rows_print(&rows, view->world->now_ms, &text);
        answer_buffer(x, "text/calendar; charset=utf-8", &text, "marshrut.ics");
    } else {
        answer_refusal(x, &err);
    }
    buffer_fini(&text);
    ics_rows_fini(&rows);
    json_decref(open);
    json_decref(withdrawn);
}

const struct api_route api_calendar_routes[] = {
    {"GET", "/api/v1/calendar", "showMonth", calendar, ROUTE_FORMATS},
    {"GET", "/api/v1/calendar.ics", "calendarFeed", feed, 0},
    {NULL, NULL, NULL, NULL, 0},
};

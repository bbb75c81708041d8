/* api_calendar.c - a month with what is due in it, and the feed of terms for calendar programs
 *
 * Owns:    GET /calendar, also as a file, and /calendar.ics.
 * In:      requests that change nothing.
 * Out:     days with their kind and their assignments; RFC 5545 text as `marshrut ics` writes it.
 * Always:  the answer shows some of what is due on a day (engine/month.h), its file all.
 * See:     docs/http.md §2, docs/time.md §2 and §8
 */
#include "base/must.h"
#include "calendar/ics_rows.h"
#include "engine/listing.h"
#include "engine/month.h"
#include "engine/rows.h"
#include "engine/snapshot.h"
#include "engine/storetoken.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/export_parts.h"
#include "engine/web/gateway.h"
#include "engine/web/memo.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- a month ------------------------------------------------------------------------------- */

/* An export_part_fn: a page of what is due on one day, each row with the day; a day without any is
 * a row of its own. */
static json_t *day_page(const struct view *view, const json_t *request, size_t part,
                        struct error *err)
{
    json_t *query = json_deep_copy(request);
    struct window days = {0, 0};
    size_t index;
    json_t *row;

    month_read(json_string_value(json_object_get(request, "month")), &days);
    civil_day day = days.from + (civil_day)part;
    rows_set_day(query, "from", day);
    rows_set_day(query, "to", day);
    json_t *page = listing_assignments(view, query, err);
    json_t *about = month_day_json(catalog_workdays(view->catalog, NULL), day);
    json_t *rows = json_object_get(page, "rows");
    bool empty = json_object_get(query, "after") == NULL && json_array_size(rows) == 0;
    json_array_foreach(rows, index, row)
    {
        json_object_update(row, about);
    }
    if (page != NULL && empty && json_is_null(json_object_get(page, "next"))) {
        json_array_append(rows, about);
    }
    json_decref(about);
    json_decref(query);
    return page;
}

static void calendar(struct exchange *x)
{
    static const char *const texts[] = {"month", "body", "plan", NULL};
    json_t *request = request_texts(x, texts, LIMIT_NAME_BYTES);
    struct window days = {0, 0};

    if (!month_read(json_string_value(json_object_get(request, "month")), &days)) {
        request_wrong(x, ERROR_INVALID, "\"month\" must be a month, like 2023-08");
    }
    if (request_is_file(x)) {
        export_parts_answer(x, (size_t)(days.to - days.from) + 1, day_page, request);
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

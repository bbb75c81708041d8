/* month.c - a month with what is due on each of its days
 *
 * Owns:    CALENDAR: the days, what is due on them, and how many of it are shown.
 * In:      queries.c, the gateway's calendar.
 * Always:  a month reads at most DAY_ROWS assignments of a day; the count of a day is of all.
 * See:     docs/protocol.md §3.6, docs/time.md §2
 */
#include "engine/month.h"

#include "engine/entries.h"
#include "engine/rows.h"
#include "engine/snapshot.h"

#include <stdio.h>
#include <string.h>

#define DAY_ROWS 12u /* shown of one day */
#define DAYS_MAX 31

struct month {
    const struct view *view;
    civil_day first;
    uint32_t counts[DAYS_MAX];
    json_t *due[DAYS_MAX];
};

/* --- its days ------------------------------------------------------------------------------ */

static struct window month_of(civil_day day)
{
    struct civil c = civil_of_day(day);
    struct civil next =
        c.month == 12 ? (struct civil){c.year + 1, 1, 1} : (struct civil){c.year, c.month + 1, 1};

    return (struct window){civil_to_day((struct civil){c.year, c.month, 1}),
                           civil_to_day(next) - 1};
}

bool month_read(const char *text, struct window *ret_days)
{
    char first[16];
    civil_day day;

    if (text == NULL || strlen(text) != 7) {
        return false;
    }
    snprintf(first, sizeof first, "%.7s-01", text);
    if (!civil_parse(bytes_of(first), &day)) {
        return false;
    }
    *ret_days = month_of(day);
    return true;
}

/* --- what is due --------------------------------------------------------------------------- */

static void take(void *context, const struct assignment_entry *e)
{
    struct month *m = context;
    uint32_t day = (uint32_t)(e->to - m->first);
    struct instance *instance;

    if (day >= DAYS_MAX || m->counts[day]++ >= DAY_ROWS) {
        return;
    }
    if (!snapshot_instance(m->view->txn, m->view->catalog, m->view->arena, e->instance, &instance,
                           NULL)) {
        return;
    }
    const struct task *task = instance_find_task(instance, e->task);
    if (task != NULL && task->assignment != NULL) {
        json_t *row = rows_assignment(m->view->catalog, instance, task);
        rows_set_person(row, m->view, instance);
        json_array_append_new(m->due[day], row);
    }
}

json_t *month_day_json(const struct workdays *workdays, civil_day day)
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
    json_t *row = month_day_json(workdays, day);

    json_object_set_new(row, "count", json_integer(m->counts[day - m->first]));
    json_object_set(row, "due", m->due[day - m->first]);
    return row;
}

/* --- the answer ---------------------------------------------------------------------------- */

static bool find_days(const struct view *view, const json_t *request, struct window *ret_days,
                      struct error *err)
{
    const json_t *month = json_object_get(request, "month");
    civil_day today;
    int minute;

    if (month == NULL) {
        zone_civil(view->world->zone, view->world->now_ms, &today, &minute);
        *ret_days = month_of(today);
        return true;
    }
    return month_read(json_string_value(month), ret_days) ||
           error_set(err, ERROR_INVALID, "\"month\" must be a month, like 2023-08");
}

/* The rows that are due on these days. */
static bool look(struct month *m, const json_t *request, const struct window *days, bool *ret_whole,
                 struct error *err)
{
    json_t *wanted = json_copy((json_t *)request);
    struct filter filter;

    rows_set_day(wanted, "from", days->from);
    rows_set_day(wanted, "to", days->to);
    bool good = filter_read(m->view, wanted, &filter, err);
    if (good) {
        *ret_whole = entries_walk(&filter, take, m);
        filter_fini(&filter);
    }
    json_decref(wanted);
    return good;
}

json_t *month_answer(const struct view *view, const json_t *request, struct error *err)
{
    const struct workdays *workdays = catalog_workdays(view->catalog, NULL);
    struct month m = {.view = view};
    struct window span;
    json_t *days = NULL;
    bool whole = true;

    if (!find_days(view, request, &span, err)) {
        return NULL;
    }
    m.first = span.from;
    for (int i = 0; i < DAYS_MAX; i++) {
        m.due[i] = json_array();
    }
    bool good = look(&m, request, &span, &whole, err);
    if (good) {
        days = json_array();
    }
    for (civil_day day = span.from; good && day <= span.to; day++) {
        json_array_append_new(days, day_row(&m, workdays, day));
    }
    for (int i = 0; i < DAYS_MAX; i++) {
        json_decref(m.due[i]);
    }
    return good ? json_pack("{so sb sb}", "days", days, "more", !whole, "approved",
                            workdays_is_approved(workdays, civil_of_day(span.from).year))
                : NULL;
}

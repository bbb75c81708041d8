/* outline_outer.c - the parts of calendars, routes and indicators
 *
 * Owns:    which of their fields mean something.
 * In:      outline_make(); member_measure() for computed items of roadmaps too.
 * Out:     parts.
 * Always:  a day of a year is a part, so that one day is one difference.
 * See:     outline.h; docs/language.md §7, §8, §9
 */
#include "base/must.h"
#include "language/outline.h"

#include <stdio.h>
#include <string.h>

/* --- calendar ----------------------------------------------------------------------------------
 */

static json_t *add_day(struct outline *outline, enum part_kind kind, uint32_t year,
                       const char *list, civil_day day)
{
    char name[CIVIL_TEXT_MAX];

    civil_print(day, name);
    return outline_fields(outline, outline_add(outline, kind, year, list, name, NULL));
}

static void add_year(struct outline *outline, const struct calendar_year *year)
{
    char name[16];

    snprintf(name, sizeof name, "%d", (int)year->year);
    uint32_t part = outline_add(outline, PART_YEAR, 0, "years", name, NULL);
    member_text(outline_fields(outline, part), "source", year->source);
    for (uint32_t i = 0; i < year->off_count; i++) {
        json_t *fields = add_day(outline, PART_DAY_OFF, part, "holidays", year->off[i].day);
        member_text(fields, "title", year->off[i].title);
    }
    for (uint32_t i = 0; i < year->transfer_count; i++) {
        const struct transfer *transfer = &year->transfers[i];
        json_t *fields = add_day(outline, PART_TRANSFER, part, "transfers", transfer->to);
        member_day(fields, "from", transfer->from);
        member_text(fields, "source", transfer->source);
    }
    for (uint32_t i = 0; i < year->working_count; i++) {
        add_day(outline, PART_WORKING_DAY, part, "working", year->working[i]);
    }
    for (uint32_t i = 0; i < year->shortened_count; i++) {
        add_day(outline, PART_SHORT_DAY, part, "short", year->shortened[i]);
    }
}

static void add_holiday(struct outline *outline, const struct holiday *holiday)
{
    char name[16];

    snprintf(name, sizeof name, "%02d-%02d", (int)holiday->month, (int)holiday->day);
    uint32_t part = outline_add_repeated(outline, PART_HOLIDAY, 0, "holidays", name);
    json_t *fields = outline_fields(outline, part);
    member_text(fields, "title", holiday->title);
    if (holiday->since != 0) {
        member_number(fields, "since", holiday->since);
    }
    if (holiday->until != 0) {
        member_number(fields, "until", holiday->until);
    }
}

static json_t *span_of(const struct school_term *term)
{
    char from[16];
    char to[16];

    snprintf(from, sizeof from, "%02d-%02d", (int)term->from_month, (int)term->from_day);
    snprintf(to, sizeof to, "%02d-%02d", (int)term->to_month, (int)term->to_day);
    return json_pack("{ssss}", "from", from, "to", to);
}

static void member_school(json_t *fields, const struct school *school)
{
    json_t *map = json_object();
    json_t *terms = json_array();

    if (school != NULL) {
        member_json(map, "year", span_of(&school->year));
        for (uint32_t i = 0; i < school->term_count; i++) {
            json_array_append_new(terms, span_of(&school->terms[i]));
        }
    }
    member_json(map, "terms", terms);
    member_json(fields, "school", map);
}

void outline_calendar(struct outline *outline, const struct calendar *calendar)
{
    static const char *const weeks[] = {NULL, "five-day", "six-day"};
    json_t *fields = outline_fields(outline, 0);

    member_text(fields, "extends", calendar->extends);
    member_text(fields, "week", weeks[calendar->week]);
    member_text(fields, "source", calendar->source);
    member_school(fields, calendar->school);
    for (uint32_t i = 0; i < calendar->holiday_count; i++) {
        add_holiday(outline, &calendar->holidays[i]);
    }
    for (uint32_t i = 0; i < calendar->year_count; i++) {
        add_year(outline, &calendar->years[i]);
    }
}

/* --- measures ----------------------------------------------------------------------------------
 */

static void member_count(json_t *fields, const char *word, const struct program *program,
                         const struct count *count)
{
    json_t *map = json_object();

    switch (count->kind) {
    case COUNT_NONE:
        break;
    case COUNT_INSTANCES:
        member_text(map, "workflow", count->name);
        break;
    case COUNT_ASSIGNMENTS:
        member_text(map, "plan", count->name != NULL ? count->name : "*");
        break;
    case COUNT_NUMBER:
        member_number(map, "number", count->number);
        member_text(map, "source", count->source);
        break;
    }
    member_texts(map, "state", count->states, count->state_count);
    member_expression(map, "where", program, count->where);
    member_json(fields, word, map);
}

static void member_target(json_t *fields, const struct target *target)
{
    json_t *map = json_object();

    if (target->kind != TARGET_NONE) {
        json_object_set_new(map, target->kind == TARGET_AT_LEAST ? "at_least" : "at_most",
                            json_real(target->value));
    }
    member_text(map, "wording", target->wording);
    member_json(fields, "target", map);
}

void member_measure(json_t *fields, const char *word, const struct program *program,
                    const struct measure *measure)
{
    json_t *map = json_object();

    member_count(map, "of", program, &measure->of);
    member_count(map, "done", program, &measure->done);
    member_target(map, &measure->target);
    member_json(fields, word, map);
}

/* --- indicators --------------------------------------------------------------------------------
 */

static void add_indicator(struct outline *outline, const struct program *program,
                          const struct indicator *indicator)
{
    const struct measure *measure = &indicator->measure;
    bool share = measure->of.kind != COUNT_NONE;
    json_t *value = json_object();
    json_t *fields = outline_fields(outline, outline_add(outline, PART_INDICATOR, 0, "indicators",
                                                         indicator->id, indicator->title));

    member_text(fields, "title", indicator->title);
    member_text(fields, "unit", indicator->unit);
    member_text(fields, "formula", indicator->formula);
    member_text(fields, "period", period_name(indicator->period));
    member_text(fields, "note", indicator->note);
    member_text(value, "reported", indicator->reported);
    member_count(value, share ? "done" : "count", program, &measure->done);
    member_count(value, "of", program, &measure->of);
    member_json(fields, "value", value);
    member_target(fields, &measure->target);
}

void outline_indicators(struct outline *outline, const struct indicators *indicators)
{
    member_text(outline_fields(outline, 0), "source", indicators->source);
    for (uint32_t i = 0; i < indicators->indicator_count; i++) {
        add_indicator(outline, indicators->program, &indicators->indicators[i]);
    }
}

/* --- routes ------------------------------------------------------------------------------------
 */

static void add_deed(json_t *fields, const struct program *program, const struct route *route)
{
    json_t *deed = json_object();
    json_t *event = json_object();

    member_text(deed, "workflow", route->workflow);
    member_template(deed, "key", program, route->key);
    member_template(deed, "input", program, route->input);
    if (route->due_days > 0) {
        member_number(deed, "days", route->due_days);
    }
    member_text(event, "type", route->signal_type);
    member_template(event, "data", program, route->signal_data);
    member_json(deed, "event", event);
    member_json(fields, route_deed_name(route->deed), deed);
}

static void add_route(struct outline *outline, const struct program *program,
                      const struct route *route)
{
    json_t *on = json_object();
    json_t *fields =
        outline_fields(outline, outline_add(outline, PART_ROUTE, 0, "routes", route->name, NULL));

    member_text(on, "type", route->type);
    member_text(on, "source", route->source);
    member_text(on, "subject", route->subject);
    member_expression(on, "where", program, route->where);
    member_json(fields, "on", on);
    add_deed(fields, program, route);
}

void outline_routes(struct outline *outline, const struct routes *routes)
{
    for (uint32_t i = 0; i < routes->route_count; i++) {
        add_route(outline, routes->program, &routes->routes[i]);
    }
}

/* read_calendar.c - a production calendar: which days are worked, by law and by decree
 *
 * Owns:    the words of a calendar document.
 * In:      read_calendar() from document.c.
 * Out:     struct calendar; lists stand as in the document, which check_calendar.c holds to be in
 *          order.
 * Always:  form only, but for dates: a day of a year lies in that year.
 * See:     docs/language.md §7; Labour Code of the Russian Federation, articles 95, 111 and 112
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/lists.h"
#include "language/outer_readers.h"

#include <stdlib.h>
#include <string.h>

#define HOLIDAYS_MAX 100u /* of a law: Russia has 14 */
#define YEARS_MAX    300u /* all that a civil day can have */
#define DAYS_MAX     366u /* of one list of a year */
#define TERMS_MAX    6u   /* of a school year: all that struct school holds */

/* "01-07": the seventh of January. 29 February is no day of every year. */
static bool read_month_day(const struct reader *reader, const struct node *map, const char *key,
                           int32_t *ret_month, int32_t *ret_day)
{
    const struct node *node;

    if (!fields_node(reader, map, key, REQUIRED, NODE_TEXT, &node)) {
        return false;
    }
    const char *s = node->text;
    bool shaped = strlen(s) == 5 && s[2] == '-' && strspn(s, "0123456789") == 2 &&
                  strspn(s + 3, "0123456789") == 2;
    struct civil day = {.year = 2023};
    if (shaped) {
        day.month = (s[0] - '0') * 10 + (s[1] - '0');
        day.day = (s[3] - '0') * 10 + (s[4] - '0');
    }
    if (!shaped || !civil_valid(day)) {
        return refuse(reader, node, ERROR_INVALID,
                      "\"%s\" is not a day of every year: write month and day as 01-07",
                      show(s).text);
    }
    *ret_month = day.month;
    *ret_day = day.day;
    return true;
}

static bool read_holiday(const struct reader *reader, const struct node *node,
                         struct holiday *holiday)
{
    static const char *const known[] = {"day", "title", "since", "until", NULL};
    static const struct words words = {N_("a holiday"), known, NULL};
    int64_t since = 0;
    int64_t until = 0;

    if (!fields_check(reader, node, &words)) {
        return false;
    }
    bool good = read_month_day(reader, node, "day", &holiday->month, &holiday->day);
    good &= fields_text(reader, node, "title", REQUIRED, LIMIT_TEXT_BYTES, &holiday->title);
    good &=
        fields_integer(reader, node, "since", OPTIONAL, CIVIL_YEAR_FIRST, CIVIL_YEAR_LAST, &since);
    good &=
        fields_integer(reader, node, "until", OPTIONAL, CIVIL_YEAR_FIRST, CIVIL_YEAR_LAST, &until);
    if (good && until != 0 && until < since) {
        return refuse(reader, node_find(node, "until"), ERROR_INVALID,
                      "\"until\" (%d) is before \"since\" (%d)", (int)until, (int)since);
    }
    holiday->since = (int32_t)since;
    holiday->until = (int32_t)until;
    return good;
}

static bool read_holidays(const struct reader *reader, const struct node *root,
                          struct calendar *calendar)
{
    const struct node *list;
    bool good = true;

    if (!fields_list(reader, root, "holidays", OPTIONAL, HOLIDAYS_MAX, &list)) {
        return false;
    }
    if (list == NULL) {
        return true;
    }
    calendar->holidays = xcalloc(list->count, sizeof *calendar->holidays);
    calendar->holiday_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_holiday(reader, list->items[i], &calendar->holidays[i]);
    }
    return good;
}

static bool read_day_of(const struct reader *reader, const struct node *node, int32_t year,
                        civil_day *ret_day)
{
    civil_day day;

    if (!node_day(reader, node, &day)) {
        return false;
    }
    if (civil_of_day(day).year != year) {
        return refuse(reader, node, ERROR_INVALID, "this day is not in the year %d", (int)year);
    }
    *ret_day = day;
    return true;
}

static bool read_day_field(const struct reader *reader, const struct node *map, const char *key,
                           int32_t year, civil_day *ret_day)
{
    const struct node *node;

    return fields_node(reader, map, key, REQUIRED, NODE_TEXT, &node) &&
           read_day_of(reader, node, year, ret_day);
}

static bool read_days(const struct reader *reader, const struct node *map, const char *key,
                      int32_t year, civil_day **ret_days, uint32_t *ret_count)
{
    const struct node *list;
    bool good = true;

    if (!fields_list(reader, map, key, OPTIONAL, DAYS_MAX, &list)) {
        return false;
    }
    if (list == NULL) {
        return true;
    }
    *ret_days = xcalloc(list->count, sizeof **ret_days);
    *ret_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_day_of(reader, list->items[i], year, &(*ret_days)[i]);
    }
    return good;
}

static bool read_off(const struct reader *reader, const struct node *map,
                     struct calendar_year *year)
{
    static const char *const known[] = {"day", "title", NULL};
    static const struct words words = {N_("a day off"), known, NULL};
    const struct node *list;
    bool good = true;

    if (!fields_list(reader, map, "holidays", OPTIONAL, DAYS_MAX, &list)) {
        return false;
    }
    if (list == NULL) {
        return true;
    }
    year->off = xcalloc(list->count, sizeof *year->off);
    year->off_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *node = list->items[i];
        struct day_off *off = &year->off[i];
        good = fields_check(reader, node, &words) &&
               read_day_field(reader, node, "day", year->year, &off->day) &&
               fields_text(reader, node, "title", REQUIRED, LIMIT_TEXT_BYTES, &off->title) && good;
    }
    return good;
}

static bool read_transfers(const struct reader *reader, const struct node *map,
                           struct calendar_year *year)
{
    static const char *const known[] = {"from", "to", "source", NULL};
    static const struct words words = {N_("a transfer"), known, NULL};
    const struct node *list;
    bool good = true;

    if (!fields_list(reader, map, "transfers", OPTIONAL, DAYS_MAX, &list)) {
        return false;
    }
    if (list == NULL) {
        return true;
    }
    year->transfers = xcalloc(list->count, sizeof *year->transfers);
    year->transfer_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *node = list->items[i];
        struct transfer *t = &year->transfers[i];
        good = fields_check(reader, node, &words) &&
               read_day_field(reader, node, "from", year->year, &t->from) &&
               read_day_field(reader, node, "to", year->year, &t->to) &&
               fields_text(reader, node, "source", OPTIONAL, LIMIT_TEXT_BYTES, &t->source) && good;
    }
    return good;
}

static bool read_year(const struct reader *reader, const struct node *node,
                      struct calendar_year *year)
{
    static const char *const known[] = {"year",    "source", "holidays", "transfers",
                                        "working", "short",  NULL};
    static const struct words words = {N_("a year"), known, NULL};
    int64_t number;

    if (!fields_check(reader, node, &words) ||
        !fields_integer(reader, node, "year", REQUIRED, CIVIL_YEAR_FIRST, CIVIL_YEAR_LAST,
                        &number)) {
        return false;
    }
    year->year = (int32_t)number;
    bool good = fields_text(reader, node, "source", REQUIRED, LIMIT_TEXT_BYTES, &year->source);
    good &= read_off(reader, node, year);
    good &= read_transfers(reader, node, year);
    good = read_days(reader, node, "working", year->year, &year->working, &year->working_count) &&
           good;
    return read_days(reader, node, "short", year->year, &year->shortened, &year->shortened_count) &&
           good;
}

static bool read_years(const struct reader *reader, const struct node *root,
                       struct calendar *calendar)
{
    const struct node *list;
    bool good = true;

    if (!fields_list(reader, root, "years", OPTIONAL, YEARS_MAX, &list)) {
        return false;
    }
    if (list == NULL) {
        return true;
    }
    calendar->years = xcalloc(list->count, sizeof *calendar->years);
    calendar->year_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_year(reader, list->items[i], &calendar->years[i]);
    }
    return good;
}

/* words: of the map, "from" and "to" among them. */
static bool read_term(const struct reader *reader, const struct node *node,
                      const struct words *words, struct school_term *term)
{
    if (!fields_check(reader, node, words)) {
        return false;
    }
    bool good = read_month_day(reader, node, "from", &term->from_month, &term->from_day);
    return read_month_day(reader, node, "to", &term->to_month, &term->to_day) && good;
}

static bool read_school(const struct reader *reader, const struct node *root,
                        struct calendar *calendar)
{
    static const char *const known[] = {"year", "terms", NULL};
    static const struct words words = {N_("a school calendar"), known, NULL};
    static const char *const ends[] = {"from", "to", NULL};
    static const struct words year_words = {N_("a school year"), ends, NULL};
    static const struct words term_words = {N_("a term"), ends, NULL};
    const struct node *map;
    const struct node *year;
    const struct node *list;

    if (!fields_node(reader, root, "school", OPTIONAL, NODE_MAP, &map)) {
        return false;
    }
    if (map == NULL) {
        return true;
    }
    struct school *school = calendar->school = xcalloc(1, sizeof *school);
    _Static_assert(sizeof school->terms / sizeof *school->terms == TERMS_MAX, "TERMS_MAX");
    bool good = fields_check(reader, map, &words);
    good = fields_node(reader, map, "year", REQUIRED, NODE_MAP, &year) &&
           read_term(reader, year, &year_words, &school->year) && good;
    if (!fields_list(reader, map, "terms", OPTIONAL, TERMS_MAX, &list)) {
        return false;
    }
    school->term_count = list != NULL ? list->count : 0;
    for (uint32_t i = 0; i < school->term_count; i++) {
        good &= read_term(reader, list->items[i], &term_words, &school->terms[i]);
    }
    return good;
}

static bool read_week(const struct reader *reader, const struct node *root,
                      struct calendar *calendar)
{
    static const char *const names[] = {"five-day", "six-day", NULL};
    static const enum week weeks[] = {WEEK_FIVE, WEEK_SIX};
    enum need need = node_find(root, "extends") != NULL ? OPTIONAL : REQUIRED;
    int index = -1;

    if (!fields_choice(reader, root, "week", need, names, N_("a week"), &index)) {
        return false;
    }
    calendar->week = index < 0 ? WEEK_INHERITED : weeks[index];
    return true;
}

bool read_calendar(const struct reader *reader, const struct node *root, struct calendar *calendar)
{
    static const char *const known[] = {"document", "extends", "week",   "source",
                                        "holidays", "years",   "school", NULL};
    static const struct words words = {N_("a calendar"), known, NULL};

    bool good = fields_check(reader, root, &words);
    good &= fields_name(reader, root, "extends", OPTIONAL, &calendar->extends);
    good &= read_week(reader, root, calendar);
    good =
        fields_text(reader, root, "source", OPTIONAL, LIMIT_TEXT_BYTES, &calendar->source) && good;
    good &= read_holidays(reader, root, calendar);
    good &= read_years(reader, root, calendar);
    return read_school(reader, root, calendar) && good;
}

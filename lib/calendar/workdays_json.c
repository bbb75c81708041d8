/* workdays_json.c - struct workdays -> JSON
 *
 * Owns:    the names of the members, and the sentences about years that no act has approved.
 * In:      the command line and the gateway, which say the same.
 * Out:     JSON; sentences by tell().
 * Always:  a year that is not approved is told; a day that the calendar does not reach is refused,
 *          never cut.
 * See:     docs/cli.md §workdays, docs/time.md §2
 */
#include "calendar/workdays_json.h"

#include "base/must.h"

#include <stdio.h>

/* --- answers ---------------------------------------------------------------------------------- */

static int count_short(const struct workdays *w, civil_day from, civil_day to)
{
    int count = 0;

    for (civil_day day = from; day <= to; day++) {
        count += workdays_kind(w, day) == DAY_SHORT ? 1 : 0;
    }
    return count;
}

json_t *workdays_json_count(const struct workdays *w, civil_day from, civil_day to)
{
    char first[CIVIL_TEXT_MAX];
    char last[CIVIL_TEXT_MAX];

    must(from <= to);
    civil_print(from, first);
    civil_print(to, last);
    return json_pack("{sssssisi}", "from", first, "to", last, "working_days",
                     (int)workdays_count(w, from, to), "short_days", count_short(w, from, to));
}

/* Are there so many working days on that side? */
static bool reaches(const struct workdays *w, civil_day day, int32_t count, civil_day found)
{
    if (count == 0) {
        return true;
    }
    if (found == day || !workdays_is_worked(w, found)) {
        return false;
    }
    return count > 0 ? workdays_count(w, day + 1, found) == count
                     : workdays_count(w, found, day - 1) == -count;
}

json_t *workdays_json_add(const struct workdays *w, civil_day day, int32_t count,
                          civil_day *ret_found, struct error *err)
{
    civil_day found = workdays_add(w, day, count);
    char from[CIVIL_TEXT_MAX];
    char date[CIVIL_TEXT_MAX];

    if (!reaches(w, day, count, found)) {
        char text[16];
        snprintf(text, sizeof text, "%+d", (int)count);
        error_set(err, ERROR_INVALID,
                  "%s: the calendar has the years 1900 to 2199, and not so many working days",
                  text);
        return NULL;
    }
    *ret_found = found;
    civil_print(day, from);
    civil_print(found, date);
    return json_pack("{sssssisssi}", "date", date, "from", from, "days", (int)count, "kind",
                     day_kind_name(workdays_kind(w, found)), "weekday", civil_weekday(found));
}

/* --- what is not known ------------------------------------------------------------------------ */

/* Does the calendar say anything of the year beside week and holidays? */
static bool knows_days(const struct workdays *w, int year)
{
    civil_day first = civil_to_day((struct civil){year, 1, 1});
    civil_day last = civil_to_day((struct civil){year, 12, 31});
    bool found = false;

    for (civil_day day = first; day <= last && !found; day++) {
        enum day_kind kind = workdays_kind(w, day);
        found = kind == DAY_OFF || kind == DAY_SHORT;
    }
    return found;
}

/* 0: none is. */
static int first_approved(const struct workdays *w)
{
    for (int year = CIVIL_YEAR_FIRST; year <= CIVIL_YEAR_LAST; year++) {
        if (workdays_is_approved(w, year)) {
            return year;
        }
    }
    return 0;
}

/* Of the years first..last, of which none is approved. */
static void say_missing(const struct workdays *w, int first, int last, struct error *ret_sentence)
{
    int known = first_approved(w);
    char years[32];

    snprintf(years, sizeof years, first == last ? "%d" : "%d–%d", first, last);
    if (knows_days(w, first)) {
        error_set(ret_sentence, ERROR_INVALID,
                  "the calendar for %s is not approved: not all that will be off is known", years);
    } else if (last < known && first == last) {
        error_set(ret_sentence, ERROR_INVALID,
                  "there is no calendar for %s: the program has them from %d on", years, known);
    } else if (last < known) {
        error_set(ret_sentence, ERROR_INVALID,
                  "there are no calendars for %s: the program has them from %d on", years, known);
    } else if (first == last) {
        error_set(
            ret_sentence, ERROR_INVALID,
            "the calendar for %s is not approved: only the holidays of article 112 were counted",
            years);
    } else {
        error_set(
            ret_sentence, ERROR_INVALID,
            "the calendars for %s are not approved: only the holidays of article 112 were counted",
            years);
    }
}

void workdays_json_missing(const struct workdays *w, civil_day a, civil_day b, json_t *answer,
                           workdays_tell_fn *tell, void *context)
{
    int from = civil_of_day(a < b ? a : b).year;
    int to = civil_of_day(a < b ? b : a).year;
    int first = 0; /* of the run that is open; 0: none is */
    json_t *years = json_array();
    struct error sentence;

    for (int year = from; year <= to + 1; year++) {
        bool missing = year <= to && !workdays_is_approved(w, year);
        bool goes_on = first != 0 && missing && !knows_days(w, first) && !knows_days(w, year);
        if (first != 0 && !goes_on) {
            say_missing(w, first, year - 1, &sentence);
            tell(context, &sentence);
            first = 0;
        }
        if (missing) {
            first = first != 0 ? first : year;
            json_array_append_new(years, json_integer(year));
        }
    }
    if (json_array_size(years) > 0) {
        json_object_set(answer, "missing_year", json_array_get(years, 0));
        json_object_set(answer, "missing_years", years);
    }
    json_decref(years);
}

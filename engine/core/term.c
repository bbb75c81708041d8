/* term.c - from the words of `due` to civil days
 *
 * Owns:    the reading of terms at run time, and where the policy puts them.
 * In:      people*.c: an assignment is set, its term moves, stands, is counted anew.
 * Out:     struct term_reading, or a sentence for the incident of the task.
 * Always:  the day of the event is not counted (Civil Code, article 191): a term of one day ends on
 *          the next; a term never moves before its first day.
 * See:     term.h; docs/time.md §4; docs/language.md §3.4
 */
#include "engine/core/term.h"

#include "engine/core/ladder_days.h"
#include "engine/core/term_phrase.h"

#include <string.h>

#define TERM_DAYS_MAX   3660 /* ten years: a plan has no longer terms */
#define CHILD_DAYS_LESS 3    /* working days to put a child's report into the parent's */

/* --- whose calendar -----------------------------------------------------------------------------
 */

const struct workdays *term_workdays(const struct world *world, struct bytes id)
{
    const struct body *body = world_body(world, id);

    return catalog_workdays(world->catalog, body != NULL ? body->calendar : NULL);
}

struct term_rules term_rules(const struct world *world, const struct policy *policy,
                             struct bytes responsible)
{
    const struct body *body = world_body(world, responsible);

    return (struct term_rules){
        .policy = policy,
        .workdays = term_workdays(world, responsible),
        .school = catalog_school(world->catalog, body != NULL ? body->calendar : NULL),
        .today = world_today(world, responsible),
        .arena = world->arena};
}

int term_missing_year(const struct world *world, const struct assignment *a)
{
    return workdays_missing(term_workdays(world, a->people[0]), a->from, a->to);
}

/* --- fields of `due` ----------------------------------------------------------------------------
 */

bool term_date(const json_t *map, const char *what, const char *field, civil_day *ret_day,
               struct error *err)
{
    const json_t *value = json_object_get(map, field);

    if (value == NULL || json_is_null(value)) {
        return true;
    }
    if (!json_is_string(value) || !civil_parse(bytes_of(json_string_value(value)), ret_day)) {
        return error_set(err, ERROR_INVALID, "%s.%s must be a date like 2023-08-15", what, field);
    }
    return true;
}

static bool read_days(const json_t *map, const char *what, const char *field, struct days *ret_days,
                      struct error *err)
{
    const json_t *value = json_object_get(map, field);
    const json_t *working = json_object_get(map, "working");

    if (!json_is_integer(value) || json_integer_value(value) < 0 ||
        json_integer_value(value) > TERM_DAYS_MAX) {
        return error_set(err, ERROR_INVALID, "%s.%s must be a number of days, up to %d", what,
                         field, TERM_DAYS_MAX);
    }
    if (working != NULL && !json_is_boolean(working) && !json_is_null(working)) {
        return error_set(err, ERROR_INVALID, "%s.working must be true or false", what);
    }
    *ret_days = (struct days){(int32_t)json_integer_value(value), json_is_true(working)};
    return true;
}

static bool find_urgency(const struct policy *policy, const char *word, struct days *ret_days,
                         struct error *err)
{
    for (uint32_t i = 0; i < policy->urgency_count; i++) {
        if (strcmp(policy->urgencies[i].word, word) == 0) {
            *ret_days = policy->urgencies[i].days;
            return true;
        }
    }
    return error_set(err, ERROR_INVALID, "the policy has no term for the word \"%s\"", word);
}

civil_day term_counted(const struct term_rules *rules, civil_day since, struct days days)
{
    struct ladder_days calendar = {.workdays = rules->workdays};

    return ladder_count(&calendar, since, days);
}

/* --- the forms of `due` -------------------------------------------------------------------------
 */

static bool read_window(const json_t *due, struct term_reading *term, struct error *err)
{
    term->from = CIVIL_DAY_NONE; /* both are written here */
    if (!term_date(due, "due", "from", &term->from, err) ||
        !term_date(due, "due", "to", &term->literal, err)) {
        return false;
    }
    return (term->from != CIVIL_DAY_NONE && term->literal != CIVIL_DAY_NONE) ||
           error_set(err, ERROR_INVALID, "due.%s must be a date like 2023-08-15",
                     term->from == CIVIL_DAY_NONE ? "from" : "to");
}

/* By what is said, from the day that `since` names: a number of days, a word, a phrase. */
static bool read_since(const struct term_rules *rules, const json_t *due, struct term_reading *term,
                       struct error *err)
{
    const char *word = json_string_value(json_object_get(due, "word"));
    civil_day since = rules->today;
    struct days days;

    if (!term_date(due, "due", "since", &since, err)) {
        return false;
    }
    term->from = since;
    if (json_object_get(due, "phrase") != NULL) {
        return term_phrase(rules, due, since, term, err) &&
               term_date(due, "due", "from", &term->from, err);
    }
    if (word != NULL ? !find_urgency(rules->policy, word, &days, err)
                     : !read_days(due, "due", "days", &days, err)) {
        return false;
    }
    term->literal = term_counted(rules, since, days);
    return term_date(due, "due", "from", &term->from, err);
}

bool term_read(const struct term_rules *rules, const json_t *due, struct term_reading *ret_term,
               struct error *err)
{
    struct term_reading term = {CIVIL_DAY_NONE, CIVIL_DAY_NONE, CIVIL_DAY_NONE};
    bool is_window = json_object_get(due, "days") == NULL && json_object_get(due, "word") == NULL &&
                     json_object_get(due, "phrase") == NULL;

    if (is_window ? !read_window(due, &term, err) : !read_since(rules, due, &term, err)) {
        return false;
    }
    if (term.literal < term.from) {
        return error_set(err, ERROR_INVALID, "due ends before it starts");
    }
    term.to = term_shift(rules, term.from, term.literal);
    *ret_term = term;
    return true;
}

/* --- parts --------------------------------------------------------------------------------------
 */

const char *term_part_body(const json_t *entry)
{
    return json_string_value(json_is_object(entry) ? json_object_get(entry, "body") : entry);
}

static bool read_own(const struct term_rules *rules, const json_t *entry,
                     const struct term_reading *whole, civil_day *ret_day, struct error *err)
{
    struct days days;

    if (json_object_get(entry, "days_before") == NULL) {
        return term_date(entry, "co_executors", "to", ret_day, err);
    }
    if (!read_days(entry, "co_executors", "days_before", &days, err)) {
        return false;
    }
    days.count = -days.count;
    *ret_day = term_counted(rules, whole->to, days);
    return true;
}

bool term_read_part(const struct term_rules *rules, const json_t *entry,
                    const struct term_reading *whole, civil_day *ret_to, struct error *err)
{
    civil_day own = whole->to;

    if (!read_own(rules, entry, whole, &own, err)) {
        return false;
    }
    if (own < whole->from || own > (whole->literal > whole->to ? whole->literal : whole->to)) {
        return error_set(err, ERROR_INVALID,
                         "the term of co-executor \"%s\" lies outside of that of the assignment",
                         term_part_body(entry));
    }
    *ret_to = term_shift(rules, whole->from, own); /* goes where the whole goes, or earlier */
    return true;
}

/* --- where terms go -----------------------------------------------------------------------------
 */

civil_day term_shift(const struct term_rules *rules, civil_day from, civil_day literal)
{
    civil_day to = workdays_shift(rules->workdays, literal, rules->policy->shift);

    return to < from ? literal : to;
}

static bool counts_working_days(const struct policy *policy)
{
    bool working = policy->soon.working;

    for (uint32_t i = 0; i < policy->rung_count; i++) {
        working |= policy->rungs[i].offset.working;
    }
    return working;
}

civil_day term_resumed(const struct term_rules *rules, civil_day to, civil_day since)
{
    bool working = counts_working_days(rules->policy);

    if (to < since || rules->today <= since) {
        return to;
    }
    int32_t stood =
        working ? workdays_count(rules->workdays, since, rules->today - 1) : rules->today - since;
    return term_counted(rules, to, (struct days){stood, working});
}

civil_day term_of_child(const struct term_rules *rules, civil_day to)
{
    civil_day day = term_counted(rules, to, (struct days){-CHILD_DAYS_LESS, true});

    return day > rules->today ? day : to;
}

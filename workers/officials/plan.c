/* plan.c - what a simulated official will do
 *
 * Owns:    the dice of the demonstration: a hash of seed, task and purpose.
 * In:      desk.c.
 * Out:     struct plan. Pure.
 * Always:  the same seed, task and window give the same plan.
 * See:     docs/workers.md §3
 */
#include "workers/officials/plan.h"

#include "base/must.h"

/* A hash of the text, then splitmix64's finisher: tasks that differ in one digit differ in all. */
uint64_t plan_draw(const struct habits *habits, const char *task, const char *purpose)
{
    const char *texts[] = {task, "/", purpose};
    uint64_t hash = BYTES_HASH_SEED ^ habits->seed;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hash = bytes_hash(hash, bytes_of(texts[i]));
    }
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9u;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebu;
    return hash ^ (hash >> 31);
}

bool plan_weekend(civil_day day)
{
    return civil_weekday(day) > 5;
}

/* The nearest working day: back to Friday, else on to Monday, else the day itself. */
static civil_day weekday_near(civil_day day, civil_day first, civil_day last)
{
    civil_day before = day;
    civil_day after = day;

    while (plan_weekend(before)) {
        before--;
    }
    while (plan_weekend(after)) {
        after++;
    }
    return before >= first ? before : (after <= last ? after : day);
}

static civil_day day_on_time(uint64_t draw, civil_day from, civil_day to)
{
    civil_day days = to - from + 1;
    civil_day third = (days + 2) / 3;
    civil_day first = to - third + 1;

    return weekday_near(first + (civil_day)(draw % (uint64_t)third), first, to);
}

static civil_day day_late(uint64_t draw, civil_day to)
{
    civil_day day = to + 1 + (civil_day)(draw % PLAN_LATE_DAYS_MAX);

    return weekday_near(day, to + 1, to + PLAN_LATE_DAYS_MAX);
}

struct plan plan_of(const struct habits *habits, const char *task, civil_day from, civil_day to)
{
    uint64_t lot = plan_draw(habits, task, "punctuality") % 100;
    uint64_t day = plan_draw(habits, task, "day");
    struct plan plan = {.report_day = CIVIL_DAY_NONE};

    must(from <= to);
    if (lot < habits->never_percent) {
        plan.punctuality = PLAN_NEVER;
    } else if (lot < habits->never_percent + habits->late_percent) {
        plan.punctuality = PLAN_LATE;
        plan.report_day = day_late(day, to);
    } else {
        plan.punctuality = PLAN_ON_TIME;
        plan.report_day = day_on_time(day, from, to);
    }
    uint64_t thinking = plan_draw(habits, task, "thinking");
    bool slow = thinking / 2 % 100 < habits->slow_percent;
    plan.decide_days = 1 + (unsigned)(thinking % 2) + (slow ? PLAN_SLOW_DAYS : 0);
    plan.returns_first = plan_draw(habits, task, "return") % 100 < habits->return_percent;
    return plan;
}

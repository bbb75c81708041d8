/* due_names.c - the words for kinds of terms and units, as data has them */
#include "base/must.h"
#include "calendar/due.h"

const char *due_kind_name(enum due_kind kind)
{
    static const char *const names[DUE_KIND_COUNT] = {
        [DUE_DATE] = "date",           [DUE_WINDOW] = "window",
        [DUE_RECURRING] = "recurring", [DUE_CONTINUOUS] = "continuous",
        [DUE_ON_DEMAND] = "on_demand", [DUE_PER_OTHER_PLAN] = "per_other_plan",
        [DUE_RELATIVE] = "relative",
    };

    must((unsigned)kind < DUE_KIND_COUNT);
    return names[kind];
}

const char *due_unit_name(enum due_unit unit)
{
    static const char *const names[] = {
        [DUE_DAYS] = "days",     [DUE_WORKING_DAYS] = "working_days", [DUE_WEEKS] = "weeks",
        [DUE_MONTHS] = "months", [DUE_QUARTERS] = "quarters",         [DUE_YEARS] = "years",
        [DUE_HOURS] = "hours",
    };

    must((unsigned)unit < sizeof names / sizeof *names);
    return names[unit];
}

const char *due_direction_name(enum due_direction direction)
{
    static const char *const names[] = {
        [DUE_AFTER] = "after",
        [DUE_BEFORE] = "before",
        [DUE_ON] = "on",
        [DUE_DURING] = "during",
    };

    must((unsigned)direction < sizeof names / sizeof *names);
    return names[direction];
}

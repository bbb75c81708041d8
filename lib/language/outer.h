/* outer.h - calendars, routes and indicators: what stands around plans and workflows
 *
 * Part of definition.h, which includes it. Numbers of expressions are those of the program beside
 * them (expression/program.h); EXPRESSION_NONE = not there.
 */
#ifndef LANGUAGE_OUTER_H
#define LANGUAGE_OUTER_H

#include "calendar/civil.h"
#include "calendar/due.h"
#include "expression/program.h"

#include <stdint.h>

/* --- calendar: which days are worked --------------------------------------------------------- */

enum week {
    WEEK_INHERITED, /* as the calendar that is extended has it */
    WEEK_FIVE,      /* Saturday and Sunday are off */
    WEEK_SIX,       /* Sunday is off */
};

/* Off on this day of every year from `since` to `until`, both inclusive; 0 = without bound. */
struct holiday {
    int32_t month;
    int32_t day;
    int32_t since;
    int32_t until;
    char *title;
};

/* A day off and its name. */
struct day_off {
    civil_day day;
    char *title;
};

/* The rest day `from` is had on `to`: `to` is off, and `from` is worked unless it is a holiday. It
 * means nothing in a week in which `from` is worked anyway (a Saturday in a week of six days). */
struct transfer {
    civil_day from; /* a Saturday or Sunday */
    civil_day to;
    char *source; /* the act, or NULL: that of the year */
};

/* A year that has been approved. All lists are in the order of their days, each day once. */
struct calendar_year {
    int32_t year;
    char *source; /* the act that fixed it, with number and date */
    struct day_off *off;
    uint32_t off_count;
    struct transfer *transfers; /* by `to` */
    uint32_t transfer_count;
    civil_day *working; /* worked, whatever the week or the extended calendar says */
    uint32_t working_count;
    civil_day *shortened; /* worked an hour less */
    uint32_t shortened_count;
};

struct calendar {
    char *extends;  /* name of another calendar, or NULL; no circles. What stands here is added */
    enum week week; /* never INHERITED without `extends` */
    char *source;   /* the law behind the holidays, may be NULL */
    struct holiday *holidays; /* by month and day */
    uint32_t holiday_count;
    struct calendar_year *years; /* by year. One that is not here has only week and holidays */
    uint32_t year_count;
    struct school *school; /* NULL: as the extended calendar has it, if any */
};

/* --- counting -------------------------------------------------------------------------------- */

enum count_kind {
    COUNT_NONE,
    COUNT_INSTANCES,   /* of a workflow */
    COUNT_ASSIGNMENTS, /* of a plan, or of all plans */
    COUNT_NUMBER,      /* a number known from elsewhere */
};

struct count {
    enum count_kind kind;
    char *name;    /* INSTANCES: the workflow; ASSIGNMENTS: the roadmap, or NULL */
    char **states; /* any of these; none = all */
    uint32_t state_count;
    uint32_t where; /* a condition on the instance or assignment */
    int64_t number; /* NUMBER */
    char *source;   /* NUMBER: where it is from */
};

enum target_kind { TARGET_NONE, TARGET_AT_LEAST, TARGET_AT_MOST };

struct target {
    enum target_kind kind;
    double value;  /* percent for a share, else a number */
    char *wording; /* as the document has it, may be NULL */
};

/* A number (of.kind == COUNT_NONE), or a share in percent. */
struct measure {
    struct count done;
    struct count of;
    struct target target;
};

/* --- indicators ------------------------------------------------------------------------------ */

enum period { PERIOD_YEAR, PERIOD_HALF_YEAR, PERIOD_QUARTER, PERIOD_MONTH, PERIOD_COUNT };

struct indicator {
    char *id; /* unique in the document */
    char *title;
    char *unit;
    char *formula;  /* in words */
    char *note;     /* may be NULL */
    char *reported; /* not counted here: who gives the number; NULL = counted */
    enum period period;
    struct measure measure; /* of a reported one only the target */
};

struct indicators {
    char *source; /* the act they are from, may be NULL */
    struct indicator *indicators;
    uint32_t indicator_count;
    struct program *program; /* never NULL */
};

/* --- routes: what an event from outside sets going ------------------------------------------- */

enum route_deed {
    ROUTE_START,  /* an instance; one of this key is found, not started twice */
    ROUTE_SIGNAL, /* the event goes to the running instance of this key, and to no other */
    ROUTE_ASSIGN, /* START of a workflow that takes what an item of a roadmap gives */
};

/* An event matches when type, source, subject and condition do. All that match act, in order.
 * Expressions see the event as `.`: its attributes, and `data`. */
struct route {
    char *name; /* unique in the document */
    int line;   /* in the document */
    char *type;
    char *source;  /* NULL = any */
    char *subject; /* NULL = any */
    uint32_t where;
    enum route_deed deed;
    char *workflow;    /* never NULL */
    uint32_t key;      /* EXPRESSION_NONE: a new one from the event's source and id */
    uint32_t input;    /* EXPRESSION_NONE: the event's data */
    uint32_t due_days; /* ASSIGN: > 0: the window is the day of the event and so many after it */
    char *signal_type; /* SIGNAL: the type it is told as, other attributes stay; NULL = its own */
    uint32_t signal_data; /* SIGNAL: EXPRESSION_NONE = the event's own */
};

struct routes {
    struct route *routes;
    uint32_t route_count;
    struct program *program; /* never NULL */
};

const char *period_name(enum period period);
const char *route_deed_name(enum route_deed deed);

#endif

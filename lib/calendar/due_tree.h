/* due_tree.h - what a phrase says, before anybody knows the year
 *
 * Private to the parser of due phrases: made by due_read*.c, completed by due_complete.c, printed
 * by due_print.c, counted by due_windows.c. All of it lives in one arena and is not changed after
 * due_complete().
 */
#ifndef CALENDAR_DUE_TREE_H
#define CALENDAR_DUE_TREE_H

#include "base/buffer.h"
#include "calendar/due_point.h"

enum times { TIMES_EXACTLY, TIMES_AT_LEAST, TIMES_AT_MOST };

/* `count` times in each `interval` units. */
struct repeat {
    enum unit unit; /* UNIT_NONE: no repetition */
    int interval;
    int count;
    enum times times;
    bool percent;       /* «6 % в год»: count is a target, not a number of times */
    struct bytes thing; /* «ежегодный план», as written; empty: an adverb */
    uint32_t at;
};

enum anchor_form {
    ANCHOR_NONE,
    ANCHOR_WITHIN,           /* в течение 10 дней со дня … */
    ANCHOR_IN,               /* через 3 дня после … */
    ANCHOR_NOT_BEFORE,       /* не ранее чем через 3 дня после … */
    ANCHOR_BEFORE,           /* за месяц до … */
    ANCHOR_NOT_LATER_BEFORE, /* не позднее чем за 45 дней до … */
    ANCHOR_AFTER,            /* после …, по окончании … */
    ANCHOR_UNTIL,            /* до начала … */
    ANCHOR_TOWARDS,          /* к началу … */
    ANCHOR_ON,               /* в день … */
    ANCHOR_DURING,           /* в период … */
    ANCHOR_RESULTS,          /* по итогам … */
    ANCHOR_FIRST             /* в первые 3 года … */
};

/* Is the event the signing of the document itself? */
enum signing { SIGNING_NO, SIGNING_BARE, SIGNING_THIS };

enum edge { EDGE_WHOLE, EDGE_START, EDGE_END };

struct anchor {
    enum anchor_form form;
    int count;
    enum unit unit;
    struct bytes event; /* as written, genitive */
    bool moment;        /* «с момента», not «со дня» */
    enum signing signing;
    const struct item *when; /* the event is in the calendar: «до 1 сентября» */
    enum edge edge;
    uint32_t at;
};

enum lasting { LASTING_NO, LASTING_WITHIN, LASTING_ALWAYS, LASTING_PERIOD };

/* One reading of a clause: what of it was said, in any order. */
struct term {
    struct item *items;
    uint32_t item_count;
    bool either; /* «март или апрель» */
    bool about;  /* «ориентировочно» */
    struct repeat repeat;
    struct repeat follow; /* «далее ежеквартально» */
    struct item *later; /* «далее ежегодно до 1 февраля»: the days of what follows */
    uint32_t later_count;
    struct anchor anchor;
    enum lasting lasting;
    struct item *spans; /* «в течение …»: in what */
    uint32_t span_count;
    bool on_demand;
    struct bytes demand; /* «по мере необходимости», as written */
    bool other_plan;
    struct bytes plan; /* «по отдельному графику», as written */
    int by_minute;     /* of the day; -1: no hour is said */
    int from_minute;   /* «с 15:00 до 17:00», «с 15:00»; -1: none */
    bool hour_by;      /* «до 12:00», not «в 12:00» */
    uint32_t hour_past; /* the token after «12 часов», which wants a day; 0: «12:00» or none */
    uint32_t at;
};

struct clause {
    struct bytes purpose; /* as written; empty: none */
    bool then;            /* «далее»: after the clause before it */
    struct term term;
};

struct tree {
    struct clause *clauses;
    uint32_t count;
};

#endif

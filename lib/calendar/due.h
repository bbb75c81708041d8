/* due.h - how Russian plans write terms: «ежегодно (сентябрь)», «до 15 августа ежегодно»
 *
 * A due phrase is read by how the language works: stems and cases of months, weekdays, seasons and
 * numerals, prepositions, lists, ranges, repetition. Nothing is guessed: a word that is not
 * understood is an error at its column, and what can be read in two ways says so and gives the
 * other readings. Pure: no clock, no file. Rules and their sources: docs/time.md.
 */
#ifndef CALENDAR_DUE_H
#define CALENDAR_DUE_H

#include "base/arena.h"
#include "base/error.h"
#include "calendar/civil.h"

/* Civil days, both inclusive. `from` is CIVIL_DAY_NONE where only the end is said («до …»). */
struct window {
    civil_day from;
    civil_day to;
};

/* How binding a window is: design §6. */
enum due_kind {
    DUE_DATE,           /* on or by one day */
    DUE_WINDOW,         /* once, within */
    DUE_RECURRING,      /* once in each window */
    DUE_CONTINUOUS,     /* all the time, within */
    DUE_ON_DEMAND,      /* when it is needed */
    DUE_PER_OTHER_PLAN, /* when another plan or schedule says */
    DUE_RELATIVE,       /* counted from something that happens: the anchor. It has windows where
                           that is a day of the calendar */
    DUE_KIND_COUNT
};

/* A school year and its terms, as month and day; data of a calendar (docs/language.md §7). */
struct school_term {
    int32_t from_month, from_day;
    int32_t to_month, to_day; /* before `from`: of the next calendar year */
};
struct school {
    struct school_term year;     /* 1 September to 31 May unless a calendar says otherwise */
    struct school_term terms[6]; /* «1 четверть» …, in order */
    uint32_t term_count;         /* 0: terms are not known */
};

/* What the document says beside the phrase. */
struct due_context {
    struct window period;            /* of the document; CIVIL_DAY_NONE at an end: unknown */
    int year;                        /* of the document, for phrases without one; 0 = unknown */
    civil_day signed_day;            /* of the act; CIVIL_DAY_NONE = unknown */
    const struct school *school;     /* NULL: 1 September to 31 May, four terms as customary */
    const struct workdays *workdays; /* NULL: Monday to Friday, and that is told */
};

enum due_unit {
    DUE_DAYS,
    DUE_WORKING_DAYS,
    DUE_WEEKS,
    DUE_MONTHS,
    DUE_QUARTERS,
    DUE_YEARS,
    DUE_HOURS
};

enum due_direction { DUE_AFTER, DUE_BEFORE, DUE_ON, DUE_DURING };

/* RELATIVE: `count` units on that side of what `event` says; 0: no length is named. */
struct due_anchor {
    struct bytes event; /* as written: «получения запроса»; empty for the other kinds */
    enum due_unit unit;
    int32_t count;
    bool at_latest; /* «в течение», «не позднее»: by then, not on that day */
    enum due_direction direction;
};

struct due_reading {
    enum due_kind kind;
    struct window *windows; /* in order, inside the period where one is given */
    uint32_t window_count;  /* may be 0: on demand, per other plan, relative, unknown year */
    struct bytes rule; /* in Russian words: «каждый год, по 15 августа включительно» */
};

/* «Сентябрь - декабрь 2021, актуализация НПА (по мере необходимости)»: the second part. */
struct due_part {
    struct bytes purpose; /* «актуализация НПА»; may be empty */
    struct due_reading reading;
    struct window bounds;   /* as in struct due */
    struct bytes ambiguity; /* as in struct due */
};

struct due {
    struct due_reading reading; /* the chosen one */
    bool deadline;              /* only the last day matters: «до …», a report by a day */
    bool open_ended;            /* goes on after the period, or has no end */
    bool more;                  /* more windows than LIMIT_WINDOWS lie in the period */
    struct window
        bounds;    /* ON_DEMAND, PER_OTHER_PLAN, RELATIVE: the span it can fall in, or NONE */
    bool anchored; /* the term is counted from something: `anchor` says what */
    struct due_anchor anchor;
    int32_t by_minute;      /* of the day, where an hour is meant: «до 12:00»; -1 = 24:00 */
    bool year_missing;      /* no year is known from anywhere: there are no windows */
    struct bytes ambiguity; /* in Russian words; empty: there is none. Without alternatives it is
                               a remark: no reading gives other days */
    struct due_reading *alternatives;
    uint32_t alternative_count;
    struct due_part *parts;
    uint32_t part_count;  /* 0, or as many as purposes are named; the first is `reading` itself */
    struct bytes printed; /* the phrase in its plain form: parses to the same again */
};

/* Read a phrase (UTF-8). All of *ret_due is in the arena. false: *err has ERROR_SYNTAX (a word is
 * not understood), ERROR_INVALID (understood, but there is no such day) or ERROR_TOO_LARGE, a
 * sentence in English with its Russian in po/, and the column, in characters from 1. */
bool due_parse(struct bytes phrase, const struct due_context *context, struct arena *arena,
               struct due *ret_due, struct error *err);

const char *due_kind_name(enum due_kind kind);                /* "per_other_plan" */
const char *due_unit_name(enum due_unit unit);                /* "working_days" */
const char *due_direction_name(enum due_direction direction); /* "before" */

#endif

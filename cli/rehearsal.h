/* rehearsal.h - a rehearsal of plans: what was asked, and what the engine of its own has shown */
#ifndef CLI_REHEARSAL_H
#define CLI_REHEARSAL_H

#include "language/catalog.h"

#include <jansson.h>

#define REHEARSE_PER_DAY   5  /* terms of one body on one day: more than it reports on well */
#define REHEARSE_PER_WEEK  10 /* from Monday to Sunday: two a day */
#define REHEARSE_LATE_DAYS 7  /* of --people late: past the first rungs of a usual ladder */

enum rehearse_people {
    PEOPLE_ON_TIME, /* report on the last day of each term, and are accepted */
    PEOPLE_LATE,    /* the same, some days later */
    PEOPLE_NOBODY,  /* nothing is ever reported: the whole ladder is seen */
};

struct rehearse_options {
    civil_day from, to; /* what is told; CIVIL_DAY_NONE: everything */
    civil_day start;    /* when the plans are put into force; NONE: before their first day */
    enum rehearse_people people;
    uint32_t late_days;
    uint32_t per_day;  /* that many terms of a body on a day, */
    uint32_t per_week; /* or in a week, are told of */
};

struct rehearsed_plan {
    struct definition *definition;
    const char *file;  /* borrowed from the documents */
    uint64_t instance; /* 0: not started */
};

#define PLAN_NONE UINT32_MAX
#define TERM_NONE UINT32_MAX

/* An assignment that the engine gave. */
struct rehearsed_term {
    uint32_t plan;                   /* index, or PLAN_NONE */
    const struct roadmap_item *item; /* NULL: of no plan */
    uint32_t occurrence;             /* from 1 */
    uint64_t instance;
    uint32_t next; /* of the same instance; TERM_NONE: the last */
    json_t *given; /* its row of ASSIGNMENTS when it was given */
    json_t *row;   /* the last one */
    int64_t given_ms;
    civil_day from;    /* as given */
    civil_day to;      /* as given: where a policy has moved it from a day off */
    civil_day literal; /* as the document says it */
    bool acted;        /* people have reported, or tried to */
    uint64_t parts;    /* bit: so has this co-executor of *parts* */
    int64_t acts_ms;   /* when the next of them does; 0: to be found out */
};
struct rehearsed_notice {
    int64_t time_ms;
    civil_day day; /* on the clocks of the recipient */
    int minute;
    char *to;       /* body id */
    char *for_whom; /* who is absent, and `to` acts for it; or NULL */
    char *kind;
    int days;       /* from the due day */
    bool working;   /* these are working days */
    uint32_t plan;  /* of the term, or PLAN_NONE */
    uint32_t term;  /* index, or TERM_NONE */
    int64_t letter; /* the same for all notices of one letter */
};

/* How an instance came to be: by its number. */
struct rehearsed_instance {
    uint64_t parent;
    uint32_t plan;
    const struct roadmap_item *item;
    uint32_t occurrence;
    uint32_t terms; /* its last; TERM_NONE */
};

struct rehearsal {
    struct rehearse_options options;
    const struct catalog *catalog; /* of the documents */
    struct rehearsed_plan *plans;
    uint32_t plan_count;
    struct rehearsed_instance *instances; /* by number; [0] is none */
    uint64_t instance_room;
    struct rehearsed_term *terms;
    uint32_t term_count, term_room;
    uint32_t *by_day; /* indices of terms, in the order of their days; after rehearsal_finish() */
    struct rehearsed_notice *notices;
    uint32_t notice_count, notice_room;
    json_t *refusals;      /* what people were refused: {"task","action","by","text"} */
    json_t *stuck;         /* what is not over, and why: rows of WHY */
    json_t *findings;      /* rehearse_findings.h */
    uint32_t unseen;       /* findings that are not about the days that are told of */
    civil_day first, last; /* of what is told: as asked for, else of periods, terms, letters */
};

void rehearsal_init(struct rehearsal *rehearsal, const struct rehearse_options *options);
void rehearsal_fini(struct rehearsal *rehearsal);

/* A row of JOURNAL: plans and items of new instances, terms and how they stand, notices. */
void rehearsal_add(struct rehearsal *rehearsal, const json_t *row);

/* After the last row: what is sorted, and what is told of. */
void rehearsal_finish(struct rehearsal *rehearsal);

/* --- looking --------------------------------------------------------------------------------- */

/* Is there a term or a letter in these days that is told of? */
bool rehearsal_has(const struct rehearsal *rehearsal, civil_day first, civil_day last);
/* Is this day among those that are told of? */
bool rehearsal_tells(const struct rehearsal *rehearsal, civil_day day);
/* Is one of the days of this span, inclusive? */
bool rehearsal_tells_span(const struct rehearsal *rehearsal, struct window span);
/* Was it asked for some days only? */
bool rehearsal_is_limited(const struct rehearsal *rehearsal);

struct rehearsal_totals {
    uint32_t terms;
    uint32_t notices;
    uint32_t letters;
};
struct rehearsal_totals rehearsal_count(const struct rehearsal *rehearsal);
/* Of what lies outside of the days that are told of. */
struct rehearsal_totals rehearsal_count_outside(const struct rehearsal *rehearsal);

/* The term of a task, "17.1", or NULL. */
struct rehearsed_term *rehearsal_find_term(const struct rehearsal *rehearsal, const char *task);

#endif

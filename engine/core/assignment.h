/* assignment.h - the state of one assignment (поручение), and its packed form
 *
 * Pure data, part of a task (instance.h), changed by apply_people.c and nothing else. The life of
 * an assignment and of its term: docs/states.md §3, docs/time.md §5 and §6. Bodies are named by id.
 */
#ifndef CORE_ASSIGNMENT_H
#define CORE_ASSIGNMENT_H

#include "base/arena.h"
#include "calendar/civil.h"

enum assignment_state {
    ASSIGNMENT_PLANNED = 1,
    ASSIGNMENT_OPEN,
    ASSIGNMENT_REPORTED,
    ASSIGNMENT_ACCEPTED,
    ASSIGNMENT_WITHDRAWN,
    ASSIGNMENT_DELEGATED,        /* open, and a child of it does the work */
    ASSIGNMENT_PAUSED,           /* its clock stands, for a stated reason */
    ASSIGNMENT_ACCEPTED_IN_PART, /* closed, though not everybody answered */
    ASSIGNMENT_STATE_COUNT
};

/* Where the deadline stands; grows until the assignment is closed or its term moves. */
enum phase {
    PHASE_PLANNED = 1,
    PHASE_OPEN,
    PHASE_SOON,
    PHASE_TODAY,
    PHASE_OVERDUE,
    PHASE_CRITICAL,
    PHASE_COUNT
};

/* What a notice tells. The first group is time's, and goes into the letter of the day; the second
 * answers somebody, and leaves at once. */
enum letter {
    LETTER_NONE,
    LETTER_OPENED,
    LETTER_REMINDER,
    LETTER_TODAY,
    LETTER_OVERDUE,
    LETTER_ESCALATED,
    LETTER_RETURNED,
    LETTER_HANDED_OVER, /* to a deputy, with time: the work of who is absent */
    LETTER_HANDED_BACK, /* to who is back */
    LETTER_UNDECIDED,   /* to the controller, with time: a report waits */
    LETTER_REPORTED,    /* to the controller: a report to decide */
    LETTER_PART,        /* to the responsible body: a co-executor has answered */
    LETTER_WITHDRAWN,
    LETTER_ASKED,   /* to the controller: an extension is asked for */
    LETTER_MOVED,   /* the term is another now: extended, moved, by a calendar */
    LETTER_REFUSED, /* the extension */
    LETTER_PAUSED,
    LETTER_RESUMED,
    LETTER_REASSIGNED, /* to the new and to the old responsible body */
    LETTER_DELEGATED,  /* to who set the assignment: somebody else does it now */
    LETTER_ACCEPTED,   /* its report, wholly or in part */
    LETTER_COUNT
};

/* What a step of the ladder does beside phase and letter. */
enum deed {
    DEED_NONE,
    DEED_REASSIGN,  /* to the body `levels` above, 0 = to the deputy of the responsible one */
    DEED_HAND_OVER, /* the work of people[person] to its deputy */
    DEED_HAND_BACK,
    DEED_COUNT
};

#define PERSON_CONTROLLER UINT32_MAX /* in place of an index of people[] */

/* One thing that time does to an assignment: ladder.h builds the list. */
struct ladder_step {
    int64_t at_ms;
    enum phase phase;    /* the phase from here on; 0 = unchanged */
    uint8_t letter;      /* enum letter; 0 = none */
    uint8_t levels;      /* LETTER_ESCALATED: how far above; 0 = the controller */
    int16_t offset_days; /* from the due day, as the rule has it */
    uint8_t deed;        /* enum deed */
    bool working;        /* offset_days are working days */
    uint32_t person;     /* 0: the whole; n > 0: the part of people[n]. Deeds: whose work */
};

enum part_state {
    PART_NONE,     /* not asked for: the responsible body reports for all */
    PART_OPEN,     /* the co-executor owes it */
    PART_ANSWERED, /* by the co-executor, or stated by the responsible body */
    PART_STATE_COUNT
};

/* What the co-executor people[i + 1] owes. */
struct part {
    enum part_state state;
    civil_day to;        /* its own term, not after that of the whole */
    civil_day reported;  /* CIVIL_DAY_NONE before */
    struct bytes by;     /* who answered: itself, a deputy, the responsible body */
    struct bytes report; /* JSON */
    uint32_t returns;
};

enum term_why {
    TERM_SET = 1,  /* the first */
    TERM_EXTENDED, /* asked for and granted */
    TERM_MOVED,    /* by who set it, or by a higher order */
    TERM_RESUMED,  /* its clock had stood */
    TERM_CALENDAR, /* the production calendar has changed */
    TERM_WHY_COUNT
};

/* All terms stay: discipline is counted against the first and the last. */
struct term {
    civil_day to;
    enum term_why why;
    int64_t since_ms;
    struct bytes by; /* empty: nobody's decision */
    struct bytes reason;
};

/* A request that waits for its decision; `by` empty = there is none. */
struct extension {
    struct bytes by;
    struct bytes reason;
    civil_day proposed;
    int64_t asked_ms;
};

enum pause_kind {
    PAUSE_NONE,
    PAUSE_LEAVE,        /* the executor is on leave or ill, and has no deputy */
    PAUSE_HIGHER_ORDER, /* a higher body has ordered so */
    PAUSE_WAITS,        /* for something that others must do first */
    PAUSE_KIND_COUNT
};

/* `kind` PAUSE_NONE = its clock runs. */
struct pause {
    enum pause_kind kind;
    enum assignment_state before; /* the state to go back to */
    civil_day since;
    struct bytes by;
    struct bytes reason;
};

/* While `body` is absent, `deputy` acts for it. */
struct acting {
    struct bytes body;
    struct bytes deputy;
    civil_day until; /* inclusive */
};

struct assignment {
    enum assignment_state state;
    enum phase phase;
    civil_day from;
    civil_day to;         /* of the current term: as shifted from a day off */
    civil_day literal;    /* as the document says it, before a shift */
    struct bytes *people; /* [0] is responsible, the others are co-executors */
    uint32_t people_count;
    struct part *parts;      /* people_count - 1 */
    struct bytes controller; /* may be empty */
    struct ladder_step *steps;
    uint32_t step_count;
    uint32_t next_step;    /* first that did not happen yet */
    uint32_t returns;      /* times returned for rework */
    civil_day reported;    /* day of the last report, CIVIL_DAY_NONE before */
    struct bytes report;   /* JSON, as reported */
    struct bytes reporter; /* body id */
    struct term *terms;    /* >= 1, the last is `to` */
    uint32_t term_count;
    uint32_t extensions_asked; /* since it was set */
    struct extension extension;
    struct pause pause;
    struct acting *acting;
    uint32_t acting_count;
    uint32_t child;  /* DELEGATED: seq of the task that does the work */
    uint32_t parent; /* seq of the assignment that was delegated to this one; 0 = none */
};

/* The packed form is also the data of RECORD_ASSIGNMENT_GIVEN. */
void assignment_encode(const struct assignment *assignment, struct buffer *out);
/* NULL: damaged. */
struct assignment *assignment_decode(struct arena *arena, struct cursor *c);
/* The form of instances of format 1 and 2, and of RECORD_ASSIGNMENT_SET: without parts and terms.
 * The same from a record as from an instance, whatever has happened in between: so its term counts
 * as set at the beginning of its first day. */
struct assignment *assignment_decode_old(struct arena *arena, struct cursor *c);

/* The ladder alone: what records that move a term carry. false: damaged. */
void ladder_encode(const struct ladder_step *steps, uint32_t count, struct buffer *out);
bool ladder_decode(struct arena *arena, struct cursor *c, struct ladder_step **ret_steps,
                   uint32_t *ret_count);

/* PLANNED, OPEN, DELEGATED, PAUSED, REPORTED: somebody still has to do something. */
bool assignment_is_open(const struct assignment *assignment);
/* Does its ladder go on? PLANNED, OPEN and DELEGATED. */
bool assignment_runs(const struct assignment *assignment);
/* The deputy who acts for this body now, or the body itself. */
struct bytes assignment_actor(const struct assignment *assignment, struct bytes body);
/* Is it this body, or its deputy now? */
bool assignment_acts_for(const struct assignment *assignment, struct bytes by, struct bytes body);
/* Index of the body in people[], acting deputies not looked at; -1: has no part. */
int32_t assignment_find_person(const struct assignment *assignment, struct bytes body);
/* How many co-executors have not answered. */
uint32_t assignment_open_parts(const struct assignment *assignment);

/* The term is another: what a part was to end with the whole ends with it still, and nothing ends
 * after it. Does not touch the list of terms. */
void assignment_move_term(struct assignment *assignment, civil_day to, civil_day literal);

/* Comes also while a report waits and while the clock stands: deputies, who is to decide. */
bool ladder_step_is_steady(const struct ladder_step *step);

/* What became of it against the last term and against the first: "met", "met-late",
 * "met-after-extension", "in-part"; NULL: nothing was accepted. */
const char *assignment_outcome(const struct assignment *assignment);
const char *assignment_outcome_original(const struct assignment *assignment);

const char *assignment_state_name(enum assignment_state state);
const char *phase_name(enum phase phase);
const char *letter_name(enum letter letter);
const char *part_state_name(enum part_state state);
const char *term_why_name(enum term_why why);
const char *pause_kind_name(enum pause_kind kind);

#endif

/* entry.h - a row of the table `assignment`: what lists, Today and Discipline need of one
 *
 * Walks over a hundred thousand rows decide from these alone which they show; only those read their
 * instance. Reading allocates nothing: texts are borrowed from the store, until the cursor moves.
 */
#ifndef CORE_ENTRY_H
#define CORE_ENTRY_H

#include "engine/core/instance.h"

/* Longer ones are cut in the row. */
#define ENTRY_PLAN_BYTES 128u
#define ENTRY_NO_BYTES   32u

/* What became of it. OUTCOME_WITHDRAWN only of the whole; against the first term MET or MET_LATE.
 */
enum outcome {
    OUTCOME_NONE, /* somebody still has to do something */
    OUTCOME_MET,
    OUTCOME_MET_LATE,
    OUTCOME_MET_AFTER_EXTENSION,
    OUTCOME_IN_PART,
    OUTCOME_WITHDRAWN,
    OUTCOME_COUNT
};

/* In what way a body takes part. */
enum role {
    ROLE_NONE = 0,
    ROLE_RESPONSIBLE = 1,
    ROLE_CO = 2,
    ROLE_CONTROLLER = 4,
    ROLE_ACTING = 8, /* a deputy, now */
    ROLE_ANY = 15,
};

struct assignment_entry {
    /* of the key */
    bool closed;
    civil_day to; /* last day of the current term */
    uint64_t instance;
    uint32_t task;
    /* of the value */
    enum assignment_state state; /* REPORTED: a report waits for its decision */
    enum phase phase;
    enum outcome outcome;
    enum outcome outcome_original;
    bool asked;     /* an extension is asked for */
    bool extended;  /* one was granted, some time */
    bool paused;    /* its clock stands */
    bool delegated; /* a child of it does the work */
    bool child;     /* of one that was delegated */
    civil_day from;
    civil_day first_to; /* as it was set */
    civil_day reported; /* day of the last report; CIVIL_DAY_NONE before */
    int64_t since_ms;   /* closed: when it was; else when it was given */
    struct bytes responsible;
    struct bytes controller; /* may be empty */
    struct bytes plan;       /* name of the roadmap that its input names; may be empty */
    struct bytes no;         /* of its item there; may be empty */
    struct bytes co;         /* packed: entry_co() */
    struct bytes acting;     /* packed: entry_acting() */
    /* Of a row in memory (engine/mirror.h): the same number, the same text. 0: not known. */
    uint32_t responsible_number;
    uint32_t plan_number;
    uint32_t item_number; /* of plan and no together */
};

/* false: no row of this form; then what is in *ret_entry means nothing. */
bool entry_read(struct bytes key, struct bytes value, struct assignment_entry *ret_entry);

/* Of a key alone: closed, to, instance and task. */
bool entry_read_key(struct bytes key, struct assignment_entry *ret_entry);

/* The co-executors one after another: begin with cursor_of (entry.co). */
bool entry_co(struct cursor *c, struct bytes *ret_body, enum part_state *ret_part);
/* Who is absent and who acts: begin with cursor_of (entry.acting). */
bool entry_acting(struct cursor *c, struct bytes *ret_body, struct bytes *ret_deputy);

/* Not closed, its clock runs, and its last day is over without a report; or the report that waits
 * came after it. */
bool entry_is_overdue(const struct assignment_entry *entry, civil_day today);

/* Against the first term, whatever was granted since. */
enum original {
    ORIGINAL_NONE, /* nothing can be said yet, or it was withdrawn */
    ORIGINAL_MET,
    ORIGINAL_LATE, /* closed after it or in part; or open though it is over */
    ORIGINAL_COUNT
};
enum original entry_original(const struct assignment_entry *entry, civil_day today);
const char *original_name(enum original original); /* "met", "late"; "" of none */

/* Bits of enum role. */
unsigned entry_roles(const struct assignment_entry *entry, struct bytes body);

/* How many bytes entry_write() needs at most; and the value of the row, written there. Returns the
 * end. arena: for texts of the input that have escapes. */
size_t entry_size(const struct assignment *assignment);
unsigned char *entry_write(const struct instance *instance, const struct task *task,
                           struct arena *arena, unsigned char *to);

enum outcome outcome_of(const struct assignment *assignment);
enum outcome outcome_original_of(const struct assignment *assignment);
const char *outcome_name(enum outcome outcome); /* "met-late", …, "open" */
/* OUTCOME_COUNT: none of them. */
enum outcome outcome_parse(const char *name);
/* 0: none of them; "any" is ROLE_ANY. */
unsigned role_parse(const char *name);

#endif

/* instance.h - the state of one running definition, and its compact record
 *
 * Pure data. An instance is changed by instance_apply() (record.h) and nothing else. All memory is
 * from an arena: an instance lives for one turn, then only its encoded form in the store.
 * States and drawings: docs/states.md; bytes of the record: docs/storage.md §2.
 */
#ifndef CORE_INSTANCE_H
#define CORE_INSTANCE_H

#include "base/arena.h"
#include "base/error.h"
#include "engine/core/assignment.h"

#define INSTANCE_FORMAT      3 /* first byte of the record */
#define INSTANCE_FORMAT_FLAT 1 /* flat workflows: still read, as all between */
#define INSTANCE_FORMAT_TREE 2 /* scopes; assignments without parts and terms */

enum instance_state {
    INSTANCE_RUNNING = 1,
    INSTANCE_SUSPENDED,
    INSTANCE_COMPLETED,
    INSTANCE_CANCELLED,
    INSTANCE_FAULTED, /* an error that nothing caught ended it */
    INSTANCE_STATE_COUNT
};

enum task_kind {
    TASK_CALL = 1,   /* a worker does it */
    TASK_ASSIGNMENT, /* people do it */
    TASK_WAIT,       /* time does it */
    TASK_LISTEN,     /* an event does it */
    TASK_NOTICE,     /* a letter to deliver: a worker does it, beside the flow */
    TASK_EMIT,       /* an event on its way to who listens */
    TASK_RUN,        /* another instance does it */
    TASK_SCHEDULE,   /* waits for the next start of its workflow */
    /* scopes: steps run in them */
    TASK_DO,        /* do, and a function of the document */
    TASK_TRY,       /* its list, then perhaps that of its catch */
    TASK_FOR,       /* iterations, one after another */
    TASK_MANY,      /* iterations side by side */
    TASK_FORK,      /* branches side by side */
    TASK_ITERATION, /* one turn of a for, or of a listen with foreach */
    /* no scope */
    TASK_LETTER, /* gathers what the letter of the day will say, of an instance of that alone */
    TASK_KIND_COUNT
};

enum task_state {
    TASK_READY = 1, /* in the outbox: a worker may have it, or get it */
    TASK_BACKOFF,   /* waits for the time of its next attempt */
    TASK_WAITING,   /* for people, time or an event */
    TASK_INCIDENT,  /* for an operator */
    TASK_CLOSED,    /* an assignment that is over, kept for the lists */
    TASK_STATE_COUNT
};

/* A value of a list that grows: an output of a branch, an event that was taken. */
struct entry {
    uint32_t index; /* of the branch, the iteration, the filter */
    struct bytes value;
};

/* What a step that others run in knows, or one that gathers: NULL for a task without it. */
struct scope {
    int64_t opened_ms;
    int64_t attempt_limit_ms; /* TRY: the time of this attempt; 0 = none */
    uint8_t stage;            /* 1 = TRY: in the list of its catch; FORK, MANY: joined, the rest
                                 runs on; LISTEN: takes no more events, 2 = and joined. Else 0 */
    uint32_t next_index;      /* FOR, MANY, LISTEN: of the next iteration; LETTER: how much news
                                 there was no room for */
    uint64_t child;           /* RUN: the instance */
    struct bytes data;        /* what its last step gave; empty = what it was given */
    struct bytes keys;        /* LISTEN: correlation values, JSON; TRY: the error */
    struct entry *results;    /* FORK, MANY, LISTEN with foreach: outputs, as they came;
                                 LETTER: news (news.h), packed */
    uint32_t result_count;
    struct entry *events; /* LISTEN, SCHEDULE: what was taken */
    uint32_t event_count;
};

struct task {
    uint32_t seq;    /* names the task in its instance, never reused */
    uint32_t parent; /* seq of the scope it runs in; 0 = the instance */
    uint32_t index;  /* ITERATION: which one; a branch of a FORK: which one */
    uint32_t step;   /* index in the workflow; for a notice that of its assignment */
    enum task_kind kind;
    enum task_state state;
    uint32_t attempt;              /* the open attempt; older ones are stale */
    uint32_t tries;                /* attempts since the last start or retry by an operator */
    int64_t at_ms;                 /* WAIT, BACKOFF: when it goes on; 0 = no timer */
    int64_t since_ms;              /* when it came into this state */
    uint64_t ready_seq;            /* READY: sequence number of the record that made it so */
    int64_t limit_ms;              /* timeout of the step; 0 = none */
    struct bytes given;            /* its input, when that is not the data of its scope */
    struct bytes input;            /* JSON: the filled `with`, items, an event; empty = given */
    struct bytes text;             /* LISTEN: the subject; NOTICE, LETTER: recipient */
    struct bytes problem;          /* INCIDENT, BACKOFF: problem details, JSON */
    struct assignment *assignment; /* ASSIGNMENT only */
    struct scope *scope;
};

struct instance {
    uint64_t id;
    uint64_t parent;     /* 0 = none */
    uint32_t definition; /* number in the catalog */
    enum instance_state state;
    uint8_t priority;   /* 0..9 */
    uint32_t next_task; /* seq of the next task */
    uint32_t children_open;
    int64_t created_ms;
    int64_t changed_ms;
    uint64_t journal; /* entry of its last record: history walks back from here */
    struct bytes key;
    struct bytes data;    /* JSON: the input, then the output of the last step; empty = {} */
    struct bytes context; /* JSON: $context; empty = {} */
    struct bytes input;   /* JSON: $workflow.input, only where an expression reads it */
    struct bytes problem; /* FAULTED: why */
    uint32_t parent_task; /* the task of the parent that waits for it; 0 = none */
    struct task *tasks;
    uint32_t task_count;
    uint32_t task_room;
    struct arena *arena;
};

/* An instance that does not exist yet. */
struct instance *instance_create(struct arena *arena, uint64_t id);

struct task *instance_find_task(const struct instance *instance, uint32_t seq); /* or NULL */

/* Is something of it in the outbox? Only then can a worker have it, and only the engine knows who.
 */
bool instance_has_ready(const struct instance *instance);

/* What the next step in this scope (0 = the instance) is given. Never empty. */
struct bytes scope_data(const struct instance *instance, uint32_t scope);
/* What the task was given: its own, or the data of its scope. Never empty. */
struct bytes task_given(const struct instance *instance, const struct task *task);
/* What it works on: the filled `with`, or what it was given. Never empty. */
struct bytes task_input(const struct instance *instance, const struct task *task);

/* For how many entries a list of so many has room: lists grow by doubling. */
uint32_t entry_room(uint32_t count);

/* Does the task run in this scope, at whatever depth? Not in itself. */
bool task_is_below(const struct instance *instance, const struct task *task, uint32_t scope);
bool task_kind_is_scope(enum task_kind kind); /* other tasks may run in it */
/* Its nearest moment of any sort: of waiting or of a limit; 0 = none. */
int64_t task_moment_ms(const struct task *task);

/* Record <-> struct. Decoding copies into the arena. ERROR_FORMAT for a newer format, ERROR_STORE
 * for bytes that make no sense. */
void instance_encode(const struct instance *instance, struct buffer *out);
bool instance_decode(struct arena *arena, uint64_t id, struct bytes record,
                     struct instance **ret_instance, struct error *err);

/* The beginning of a record, read without the rest; false when it makes no sense. */
struct instance_head {
    enum instance_state state;
    uint32_t definition;
};
bool instance_head(struct bytes record, struct instance_head *ret_head);

const char *instance_state_name(enum instance_state state);
const char *task_kind_name(enum task_kind kind);
const char *task_state_name(enum task_state state);

#endif

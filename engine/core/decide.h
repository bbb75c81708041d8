/* decide.h - the decisions: a command + the state + the time -> records
 *
 * Each function either refuses (false, *err with a sentence for the asker, nothing changed) or
 * writes records through world_record(). None of them reads a clock, a socket or a store.
 */
#ifndef CORE_DECIDE_H
#define CORE_DECIDE_H

#include "engine/core/world.h"

struct start {
    const struct definition *definition; /* a workflow or a roadmap */
    struct bytes key;                    /* may be empty */
    struct bytes input;                  /* JSON, checked; empty = {} */
    unsigned priority;                   /* 0..9 */
    uint64_t parent;                     /* 0 = none */
    uint32_t parent_task;                /* its task that waits; 0 = none does */
};

/* A start under a key that this definition knows answers with the instance of then. A roadmap also
 * starts an instance for each window of each item. Refused: not a workflow or roadmap. */
bool decide_start(struct world *world, const struct start *start, uint64_t *ret_instance,
                  bool *ret_created, struct error *err);

bool decide_cancel(struct world *world, uint64_t instance, struct bytes reason, struct error *err);
bool decide_suspend(struct world *world, uint64_t instance, struct bytes reason, struct error *err);
bool decide_resume(struct world *world, uint64_t instance, struct error *err);

/* decide_…_check(): the first half of a decision, for who wants to know what would come of it: what
 * refuses it now, in the same words. Changes nothing. */
bool decide_cancel_check(struct world *world, uint64_t instance, struct error *err);
bool decide_suspend_check(struct world *world, uint64_t instance, struct error *err);
bool decide_resume_check(struct world *world, uint64_t instance, struct error *err);

/* --- work: results of attempts, and what operators do with incidents ------------------------ */

/* Is this the open attempt of that task? Everything else is stale or unknown and changes nothing.
 */
bool decide_is_open(struct world *world, uint64_t instance, uint32_t task, uint32_t attempt);

/* Both refuse with ERROR_STALE or ERROR_NOT_FOUND when the attempt is not the open one.
 * output and problem are JSON, checked. retry: trying again may help. */
bool decide_done(struct world *world, uint64_t instance, uint32_t task, uint32_t attempt,
                 struct bytes output, struct error *err);
bool decide_failed(struct world *world, uint64_t instance, uint32_t task, uint32_t attempt,
                   struct bytes problem, bool retry, struct error *err);

/* The time of the task's timer came. Too early, or a task that is gone: nothing happens. */
void decide_timer(struct world *world, uint64_t instance, uint32_t task);

/* A new attempt of an incident or of a task between attempts. input: edited JSON, empty = as was.
 */
bool decide_retry(struct world *world, uint64_t instance, uint32_t task, struct bytes input,
                  struct error *err);
/* Go on without it. output empty = {}; the reason must not be empty. */
bool decide_skip(struct world *world, uint64_t instance, uint32_t task, struct bytes reason,
                 struct bytes output, struct error *err);
bool decide_retry_check(struct world *world, uint64_t instance, uint32_t task, struct error *err);
/* Whatever its reason. */
bool decide_skip_check(struct world *world, uint64_t instance, uint32_t task, struct error *err);

/* --- people ---------------------------------------------------------------------------------- */

enum assignment_action {
    ACTION_REPORT = 1, /* the whole by the responsible body, its part by a co-executor */
    ACTION_ACCEPT,
    ACTION_RETURN, /* the report; or the part of `to`, by the responsible body */
    ACTION_WITHDRAW,
    ACTION_ASK, /* for an extension, by the responsible body */
    ACTION_GRANT,
    ACTION_REFUSE,
    ACTION_MOVE, /* the term, by who set it, unasked */
    ACTION_PAUSE,
    ACTION_RESUME,
    ACTION_DELEGATE, /* to `to`, as a child assignment */
    ACTION_REASSIGN, /* the responsible body is `to` from now on */
    ACTION_COMMENT,  /* a word about it, by anybody, also when it is over: changes nothing */
    ACTION_COUNT
};

/* "report" …, the words of protocol §3.5; "?" for no action. Back: 0 when there is none. */
const char *assignment_action_name(enum assignment_action action);
enum assignment_action assignment_action_find(const char *name);

struct assignment_command {
    uint64_t instance;
    uint32_t task;
    enum assignment_action action;
    struct bytes by;       /* body id; who acts. COMMENT: or anybody's name */
    struct bytes reason;   /* not empty: RETURN, WITHDRAW, ASK, REFUSE, MOVE, PAUSE, REASSIGN,
                              COMMENT (what is said), and ACCEPT of what lacks its result or parts */
    struct bytes report;   /* REPORT: JSON, checked */
    struct bytes to;       /* DELEGATE, REASSIGN: the body; RETURN: the co-executor, or empty */
    civil_day day;         /* ASK, MOVE: the new last day; GRANT: another than was asked for, or
                              NONE; DELEGATE: the last day of the child, or NONE */
    bool in_part;          /* ACCEPT: though not everybody has answered */
    enum pause_kind pause; /* PAUSE */
};

/* Refused: the state does not allow it, the body has no part in it, a body would accept its own
 * report. */
bool decide_assignment(struct world *world, const struct assignment_command *command,
                       struct error *err);

/* What would refuse it now. may_lack: what it would be done with is not known yet, so only what
 * refuses it whatever that is: its state, and who acts. */
bool decide_assignment_check(struct world *world, const struct assignment_command *command,
                             bool may_lack, struct error *err);

/* Do its state and who it is allow this, whatever it would be done with? For who shows what can be
 * done: changes nothing. The task has an assignment; RETURN is meant of the whole report. */
bool decide_assignment_may(struct world *world, struct instance *instance, const struct task *task,
                           enum assignment_action action, struct bytes by);

/* What a day that a command names would come to. */
struct day_outcome {
    civil_day to; /* the last day then: as the policy shifts it, */
    bool cut; /* unless, DELEGATE, that is later than the last day of the whole: then this one */
};
/* ASK, GRANT, MOVE, DELEGATE (with `to`). false: and *err, with what would refuse that day. Looks,
 * and changes nothing. */
bool decide_assignment_day(struct world *world, struct instance *instance, const struct task *task,
                           const struct assignment_command *command,
                           struct day_outcome *ret_outcome, struct error *err);

/* What the documents of today (calendar, absences, policy) would make of an open assignment. */
struct replan {
    bool moves; /* the last day */
    civil_day from_day;
    civil_day to_day;
    bool ladder; /* notices or deputies change */
};

/* Look, and change nothing. false: there is no such open assignment. */
bool decide_replan_check(struct world *world, uint64_t instance, uint32_t task,
                         struct replan *ret_replan);
/* Do it, where something changes. by may be empty. */
bool decide_replan(struct world *world, uint64_t instance, uint32_t task, struct bytes by,
                   struct bytes reason, struct error *err);

/* --- events ---------------------------------------------------------------------------------- */

struct match {
    uint64_t instance;
    uint32_t task;
};

/* A CloudEvent (JSON, checked) that these tasks may wait for. Returns how many took it: an event
 * that nobody took is kept by the caller. emitted: it was made by an instance. Does not run the
 * agenda when an instance emits it: decide_timer() does. */
size_t decide_event(struct world *world, struct bytes id, struct bytes event, bool emitted,
                    const struct match *matches, size_t match_count);

/* The same for an event that has been recorded: one that was kept, or one that a rule tells an
 * instance. Tasks that are gone, or do not listen any more, are passed. */
size_t decide_offer(struct world *world, struct bytes event, bool emitted,
                    const struct match *matches, size_t match_count);

/* --- schedules ------------------------------------------------------------------------------- */

/* Begin to start this workflow as its `schedule` says: an instance of it that waits, and starts one
 * at each moment or event. The definition has a schedule. Returns its id. */
uint64_t decide_schedule(struct world *world, const struct definition *definition);
/* The instance that stands for the schedule of this version, 0 when there is none any more. */
uint64_t decide_find_schedule(struct world *world, const struct definition *definition);

/* --- versions -------------------------------------------------------------------------------- */

/* Can the instance go on with that version? Each open step must have a safe place there: a step of
 * the same path and kind. Refused with a sentence that names the first step that has none. */
bool decide_migration_check(struct world *world, uint64_t instance,
                            const struct definition *definition, struct error *err);
bool decide_migrate(struct world *world, uint64_t instance, const struct definition *definition,
                    struct error *err);

#endif

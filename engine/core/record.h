/* record.h - what the engine decided: a line of the journal, and the one function that applies it
 *
 * decide writes records, instance_apply() is the only thing that changes an instance: the same call
 * runs live and in `verify`. A record is packed small because there are several for each task.
 * Kinds, fields and bytes: docs/storage.md §2.3.
 */
#ifndef CORE_RECORD_H
#define CORE_RECORD_H

#include "engine/core/instance.h"

enum record_kind {
    /* of an instance                    fields beside the common ones                           */
    RECORD_STARTED = 1, /* number definition, other parent, attempt priority, text key, data input,
                           parent task of the parent, index 1 = $workflow.input is read */
    RECORD_COMPLETED,   /*                                                                     */
    RECORD_CANCELLED,   /* text reason                                                         */
    RECORD_SUSPENDED,   /* text reason                                                         */
    RECORD_RESUMED,     /*                                                                     */
    RECORD_CHILD_STARTED, /* number child                                                        */
    RECORD_CHILD_CLOSED,  /* number child                                                        */
    RECORD_DATA_SET,      /* data: the output of a `set` step                                    */
    /* of a task */
    RECORD_TASK_OPENED,   /* number step, other kind, at_ms, text subject or recipient, data input,
                             parent scope, limit_ms, index of iteration or branch, extra given */
    RECORD_TASK_DONE,     /* attempt, data output                                                */
    RECORD_TASK_FAILED,   /* attempt, at_ms next attempt, data problem                           */
    RECORD_TASK_READY,    /* attempt the new one, number 1 = an operator asked                    */
    RECORD_TASK_INCIDENT, /* attempt, data problem                                               */
    RECORD_TASK_SKIPPED,  /* text reason, data output                                            */
    RECORD_TASK_INPUT,    /* data: the input as edited by an operator                            */
    /* of an assignment, which is a task */
    RECORD_ASSIGNMENT_SET,      /* data: packed assignment                                      */
    RECORD_ASSIGNMENT_STEP,     /* number index of the ladder step, other phase                  */
    RECORD_ASSIGNMENT_REPORTED, /* number day, text by, data report, extra ladder                */
    RECORD_ASSIGNMENT_ACCEPTED, /* text by, number 1 = in part, data {"reason","missing",…}      */
    RECORD_ASSIGNMENT_RETURNED,  /* text by, data {"reason"}, extra ladder                        */
    RECORD_ASSIGNMENT_WITHDRAWN, /* text by, data {"reason"}                                      */
    /* of nobody: instance 0 */
    RECORD_DEPLOYED, /* number definition, other version, text file, data YAML                    */
    RECORD_EVENT,    /* text id, data CloudEvent                                                  */
    /* since format 2 of the instance; of an instance: */
    RECORD_FAULTED,     /* data problem                                                          */
    RECORD_CONTEXT_SET, /* data $context                                                         */
    RECORD_STEP_PASSED, /* task scope, number step, text case or "skipped", data output,
                           index of the branch                                                   */
    RECORD_MIGRATED, /* number definition, data packed (seq, step)…                           */
    /* of a task: */
    RECORD_TASK_FAULTED,   /* attempt, data problem: gone, somebody above caught it               */
    RECORD_TASK_CANCELLED, /* text why: gone with all that runs in it                             */
    RECORD_TASK_CAUGHT,    /* data problem: a try goes on with its catch                          */
    RECORD_TASK_AGAIN,     /* at_ms, limit_ms of the attempt: begins anew, with nothing in it     */
    RECORD_TASK_EVENT,     /* index filter, data the event as read, extra correlation keys        */
    RECORD_TASK_JOINED,    /* data output: goes on without the rest; a listen takes no more       */
    RECORD_TASK_CHILD,     /* number the instance that a RUN waits for                            */
    /* of nobody: */
    RECORD_REMOVED, /* number definition                                                         */
    RECORD_ROUTED,  /* number definition of the routes, other instance, text rule, index deed,
                       parent 1 = an instance was started, data problem                          */
    /* since format 3 of the instance; of an assignment (`extra` with a new ladder: ladder_encode();
       without one the old goes on): */
    RECORD_ASSIGNMENT_GIVEN, /* data: packed assignment; comes in place of ASSIGNMENT_SET */
    RECORD_ASSIGNMENT_PART,  /* index person, other part state, number day, text by, data report or
                                {"reason"}  */
    RECORD_ASSIGNMENT_ASKED, /* an extension: number proposed day, text by, data {"reason"} */
    RECORD_ASSIGNMENT_REFUSED, /* it is: text by, data {"reason"} */
    RECORD_ASSIGNMENT_TERM, /* number new last day, attempt term_why, other literal day (days since
                               1970), index phase, text by, data {"reason"}, extra ladder; ends a
                               request */
    RECORD_ASSIGNMENT_LADDER,  /* other phase, extra ladder: absences or the policy have changed */
    RECORD_ASSIGNMENT_PAUSED,  /* other pause_kind, number day, text by, data {"reason"}, extra
                                  ladder */
    RECORD_ASSIGNMENT_RESUMED, /* text by, extra ladder; ASSIGNMENT_TERM follows when the term
                                  moves */
    RECORD_ASSIGNMENT_REASSIGNED, /* index person, text the new body, other phase, data
                                     {"reason","by"}, extra ladder */
    RECORD_ASSIGNMENT_DELEGATED,  /* number seq of the child, text by, data {"reason","to"}  */
    RECORD_ASSIGNMENT_TAKEN_BACK, /* number seq of the child, which is closed: back to open */
    RECORD_ASSIGNMENT_HANDED,  /* index person, text deputy (empty = back), number last day      */
    RECORD_ASSIGNMENT_NOTICED, /* text recipient, other letter, number offset days, index 1 =
                                  working days, parent levels, at_ms instance of the letter of the
                                  day, 0 = a letter of its own, data for whom when it is a deputy */
    /* of a letter of the day: */
    RECORD_LETTER_ENTRY, /* index its place, data packed news (none: only counted), other 1 = there
                            is one more that there is no room for */
    /* of an assignment, which stays as it is: */
    RECORD_ASSIGNMENT_COMMENTED, /* text by, data {"reason"} */
    RECORD_KIND_COUNT
};

struct record {
    enum record_kind kind;
    uint64_t instance;
    uint64_t before; /* journal entry of the instance's record before this one; 0 = first */
    uint32_t task;
    uint32_t attempt;
    int64_t at_ms;
    int64_t number;
    uint64_t other;
    struct bytes text;
    struct bytes data;
    /* rare ones */
    uint32_t parent;
    uint32_t index;
    int64_t limit_ms;
    struct bytes extra;
    struct bytes by; /* who gave the command that it comes of; world_record() fills it in */
    /* not packed: known from the journal entry that holds the record */
    uint64_t seq;    /* of the record: 1, 2, … over all */
    uint64_t entry;  /* number of the journal entry (the turn) */
    int64_t time_ms; /* of the turn */
};

void record_pack(const struct record *record, struct buffer *out);

/* Borrows text and data from what the cursor reads. false: damaged. */
bool record_unpack(struct cursor *c, struct record *ret_record);

/* Change the instance as the record says. The record must fit the state (must()): decide checked
 * it. What the instance keeps is copied to its arena. */
void instance_apply(struct instance *instance, const struct record *record);

const char *record_kind_name(enum record_kind kind);
bool record_is_of_assignment(enum record_kind kind);

#endif

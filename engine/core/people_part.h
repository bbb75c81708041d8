/* people_part.h - inside core: between the files that decide about assignments
 *
 *   people.c         opens one, lets time do its steps, takes a command
 *   people_read.c    from the filled `with` to an assignment
 *   people_check.c   who may do what
 *   people_names.c   bodies as people call them (people_names.h)
 *   people_report.c  reports, parts, return, withdrawal
 *   people_accept.c  acceptance, the output of the step
 *   people_results.c what a report must hold (people_results.h)
 *   people_term.c    extensions and other moves of the term
 *   people_pause.c   the clock stands, and runs on
 *   people_family.c  delegation: an assignment for a part of the hierarchy below
 *   people_hands.c   deputies, another responsible body
 *   people_held.c    news that waits until a suspended instance is resumed
 *   people_replan.c  what the documents of today would make of it
 */
#ifndef CORE_PEOPLE_PART_H
#define CORE_PEOPLE_PART_H

#include "engine/core/decide.h"

/* An assignment while something is done to it. Its state stays where it is in memory, while tasks
 * move as letters are opened: ask for the task anew after each record. */
struct matter {
    struct world *world;
    struct instance *instance;
    uint32_t seq;
    struct assignment *a;
    const struct assignment_command *c; /* NULL: time does it */
};

struct matter matter_of(struct world *world, struct instance *instance, const struct task *task);
struct task *matter_task(const struct matter *m);
void matter_record(const struct matter *m, struct record record);
/* As its input names it, as it is today; the policy `default`, or one without rungs, when that has
 * gone. Never NULL. */
const struct policy *matter_policy(const struct matter *m);
#define NOTHING ((struct bytes){NULL, 0}) /* no text, nobody */

/* {"reason": …}; with `by` when it is not empty. */
struct bytes matter_reason(const struct matter *m, struct bytes reason, struct bytes by);
/* A copy to try things on: what apply changes in place is copied too. */
struct assignment matter_copy(const struct matter *m);
/* The steps of this copy that are still to come, packed for a record. */
struct bytes matter_ladder(const struct matter *m, const struct assignment *copy);
/* Build the ladder of this copy anew, without what is over by now. Returns the phase that is
 * reached, which its steps do not bring any more. taken: as in ladder_after(). */
enum phase matter_ladder_anew(const struct matter *m, struct assignment *copy,
                              const struct ladder_step *taken);

/* --- people_read.c --------------------------------------------------------------------------- */

/* Everything but its first term. false: the sentence for the incident. */
bool people_read(struct world *world, const json_t *with, struct assignment *ret_assignment,
                 struct error *err);
/* The policy of this `with`; NULL: there is none of that name. */
const struct policy *people_policy(const struct world *world, const json_t *with,
                                   struct error *err);
bool people_knows_body(const struct world *world, struct bytes id, struct error *err);

/* --- people_check.c: false refuses with the sentence ------------------------------------------ */

bool check_takes_part(const struct matter *m, struct error *err);
bool check_is_responsible(const struct matter *m, struct error *err);
/* Who set it, or who is above that. own: the deciding body must not be who did the work. */
bool check_decides_report(const struct matter *m, struct error *err);
bool check_decides_term(const struct matter *m, struct error *err);
bool check_withdraws(const struct matter *m, struct error *err);
/* Is `by` this body, or one above it by the chains of the policy and the bodies documents? */
bool people_is_above(const struct matter *m, struct bytes body, struct bytes by);
/* Which of people[] is it, by itself or as a deputy: a part that is still open first, then the
 * whole. -1: none. */
int32_t people_place(const struct assignment *a, struct bytes by);
/* Who decides about it: the controller, unless it is responsible itself with nobody above. Empty:
 * whoever did not do the work. */
struct bytes people_controller(const struct matter *m);
/* Who is told that there is something to decide: the controller, or who is above it where it does
 * the work itself. Empty: nobody in particular. */
struct bytes people_decider(const struct matter *m);

/* --- what is done ------------------------------------------------------------------------------
 */

/* people_report.c */
/* Can it be reported, with whatever report? */
bool report_is_open(const struct matter *m, struct error *err);
bool report_check(const struct matter *m, struct error *err);
bool return_is_open(const struct matter *m, struct error *err);
void report_run(const struct matter *m);
void return_run(const struct matter *m);
void withdraw_run(const struct matter *m);

/* people_accept.c */
bool accept_check(const struct matter *m, struct error *err);
void accept_run(const struct matter *m);

/* people_term.c */
/* Can an extension be asked for, to whatever day? */
bool ask_is_open(const struct matter *m, struct error *err);
bool ask_check(const struct matter *m, struct error *err);
/* Is there a request to be answered? */
bool answer_is_open(const struct matter *m, struct error *err);
bool grant_check(const struct matter *m, struct error *err);
bool move_check(const struct matter *m, struct error *err);
void ask_run(const struct matter *m);
void grant_run(const struct matter *m);
void refuse_run(const struct matter *m);
void move_run(const struct matter *m);
/* The term is another from now on, for what was delegated of it too. */
struct move {
    civil_day to;
    civil_day literal;
    enum term_why why;
    struct bytes by;
    struct bytes reason;
};
void term_moves(const struct matter *m, const struct move *move);
/* Where this day comes to lie by the policy. */
civil_day term_day(const struct matter *m, civil_day literal);

/* people_pause.c */
bool pause_check(const struct matter *m, struct error *err);
void pause_run(const struct matter *m);
void resume_run(const struct matter *m);

/* people_family.c */
bool delegate_check(const struct matter *m, struct error *err);
/* The term of the child: its last day as the policy shifts it, but never after the parent's. */
struct child_term {
    civil_day from;
    civil_day literal;
    civil_day to;
    bool cut; /* to the parent's */
};
struct child_term delegate_term(const struct matter *m);
void delegate_run(const struct matter *m);
/* What was delegated of it is not needed any more; `spared`, or nobody, is told by another letter.
 */
void family_withdraw(const struct matter *m, struct bytes by, struct bytes reason,
                     struct bytes spared);
/* The report that was accepted last of what was delegated from it; empty: none. */
struct bytes family_report(const struct matter *m);
/* It was closed: the one that it was delegated from goes on. */
void family_tell(const struct matter *m);
/* The assignment that was delegated from it, or that it was delegated from; a NULL: none. */
struct matter family_child(const struct matter *m);
struct matter family_parent(const struct matter *m);

/* people_hands.c */
bool reassign_check(const struct matter *m, struct error *err);
void reassign_run(const struct matter *m);
/* A step of the ladder that is a deed, and was just taken. */
void hands_do(const struct matter *m, const struct ladder_step *step);

#endif

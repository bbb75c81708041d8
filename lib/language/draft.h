/* draft.h - a workflow while it is read. Private to the readers of workflows.
 *
 * Steps are put into one array in preorder: a reader is given its step, already in the array, fills
 * it, and reads the lists below. Pointers to steps stay valid while the draft lives.
 */
#ifndef LANGUAGE_DRAFT_H
#define LANGUAGE_DRAFT_H

#include "language/expressions.h"
#include "language/readers.h"

/* Where an expression stands; decides over its variables: DSL 1.0.3 "Runtime expression arguments".
 */
enum stage {
    STAGE_WORKFLOW_INPUT,
    STAGE_RAW,  /* `if`, input.from */
    STAGE_TASK, /* all that a step is made of */
    STAGE_OUTPUT,
    STAGE_EXPORT,
    STAGE_WORKFLOW_OUTPUT,
    STAGE_SCHEDULE, /* there is no instance yet */
    STAGE_COUNT
};

#define RETRY_ATTEMPTS 5u /* of a call, unless it says otherwise or stands in a `try` */

/* What encloses a step. Scopes live on the stack of the readers. */
struct scope {
    const struct scope *outer;    /* NULL: the workflow itself */
    const char *function;         /* the steps are those of this function: no names from outside */
    const struct node *arguments; /* `with` of the call of that function; NULL: none */
    const char *names[2];         /* of variables that are bound here, or NULL */
    uint32_t depth;               /* of lists of steps; the workflow's own is 1 */
    bool in_try;
};

/* Definitions of `use` under their names. */
struct shelf {
    const struct node *map; /* NULL: none */
    bool *used;
};

struct draft {
    struct expressions expressions;
    const struct reader *reader;
    struct workflow *workflow;
    uint32_t step_room;
    uint32_t written; /* steps but those of our own making */
    bool full;        /* more than LIMIT_TASKS: was said, nothing more is read */
    struct shelf functions;
    struct shelf errors;
    struct shelf retries;
    struct shelf timeouts;
    struct shelf authentications;
    const struct node *secrets; /* a list of names, or NULL */
};

/* --- expressions (read_expressions.c) -------------------------------------------------------- */

/* Optional fields. A loose one; input.from and its like; a duration; any value with `${ }`. */
bool read_expression(const struct draft *d, const struct scope *scope, enum stage stage,
                     const struct node *map, const char *key, uint32_t *ret_number);
bool read_transform(const struct draft *d, const struct scope *scope, enum stage stage,
                    const struct node *map, const char *key, const char *part,
                    uint32_t *ret_number);
bool read_span(const struct draft *d, const struct scope *scope, const struct node *map,
               const char *key, enum need need, struct span *ret_span);
bool read_value(const struct draft *d, const struct scope *scope, enum stage stage,
                const struct node *node, uint32_t *ret_number);
/* The same, unfinished: JSON for expression_add_template(). */
bool read_value_json(const struct draft *d, const struct scope *scope, const struct node *node,
                     json_t **ret_json);
/* A loose expression in a node. */
bool read_loose(const struct draft *d, const struct scope *scope, enum stage stage,
                const struct node *node, uint32_t *ret_number);
/* A name that jq takes for a variable, and that is not one of ours; borrowed from the node. */
bool read_variable(const struct draft *d, const struct node *map, const char *key,
                   const char *otherwise, const char **ret_name);

/* --- steps (read_steps.c) -------------------------------------------------------------------- */

/* A list of steps. pointer: of the list. scope: of the steps in it. */
bool read_steps(struct draft *d, const struct scope *scope, const struct node *list,
                uint32_t parent, const char *pointer, uint32_t *ret_first);
/* The scope of a list below: names may be NULL. */
struct scope scope_below(const struct scope *outer, const char *name, const char *other_name);
/* pointer + "/" + key…, key by key (NULL ends them); yours. */
char *pointer_below(const char *pointer, ...);
/* A step of this name at the end of the array, or NULL when there is no room. */
struct step *add_step(struct draft *d, const char *name, char *pointer, uint32_t parent,
                      const struct node *at);
/* A step of our own making, not counted and outside of all lists: there is always room. */
struct step *add_own_step(struct draft *d, const char *name, const char *pointer,
                          const struct node *at);
uint32_t step_number(const struct draft *d, const struct step *step);
/* What stands under the name of a step. */
bool read_task(struct draft *d, const struct scope *scope, const struct node *task,
               struct step *step);

/* Deeds: each fills a step from its task. */
typedef bool read_deed_fn(struct draft *d, const struct scope *scope, const struct node *task,
                          struct step *step);
read_deed_fn read_call;       /* read_call.c */
read_deed_fn read_http;       /* read_http.c: call: http, call: openapi */
read_deed_fn read_assignment; /* read_assignment.c */
read_deed_fn read_do;         /* read_blocks.c */
read_deed_fn read_for;
read_deed_fn read_fork;
read_deed_fn read_switch;
read_deed_fn read_run;
read_deed_fn read_set;
read_deed_fn read_wait;
read_deed_fn read_try; /* read_errors.c */
read_deed_fn read_raise;
read_deed_fn read_listen; /* read_events.c */
read_deed_fn read_emit;

/* What other steps have, after the kind of the step is known (read_metadata.c). */
bool read_timeout(struct draft *d, const struct scope *scope, const struct node *map,
                  struct step *step);
bool read_timeout_after(const struct draft *d, const struct scope *scope, const struct node *map,
                        struct span *ret_span);
bool read_metadata(const struct draft *d, const struct scope *scope, const struct node *task,
                   struct step *step);
bool read_document_metadata(const struct draft *d, const struct node *root);
/* metadata.marshrut.cycle of the document, when the steps are there (read_cycle.c). */
bool read_cycle(const struct draft *d, const struct node *root);

/* The events of a listen, or of a schedule (read_filters.c). */
bool read_consumption(const struct draft *d, const struct scope *scope, enum stage stage,
                      const struct node *to, struct consumption *ret_consumption);
/* An attribute's name as CloudEvents has it; warns of near misses. */
bool check_attribute(const struct draft *d, const struct node *key);

/* `use` (read_use.c). The definition of this name, marked as used; what: N_("function"). */
bool read_use(struct draft *d, const struct node *root);
bool read_unused(struct draft *d);
const struct node *find_used(const struct shelf *shelf, const char *name);
bool refuse_unknown(const struct draft *d, const struct shelf *shelf, const struct node *at,
                    const char *what);
/* A warning when the name is a slip away from one of them. */
void warn_near(const struct draft *d, const struct shelf *shelf, const struct node *at);
bool check_secret(const struct draft *d, const struct node *name);
bool check_secret_name(const struct draft *d, const struct node *at, const char *name);
void draft_fini(struct draft *d);
/* The child of a STEP_FUNCTION; key: the function's name in `use`; arguments: `with` of its call, a
 * map, or NULL. */
bool read_function(struct draft *d, const struct scope *scope, const struct node *at,
                   const struct node *key, const struct node *arguments, uint32_t parent,
                   uint32_t *ret_child);
/* A policy of authentication; named: under its name in `use` (read_http.c). */
bool check_authentication(const struct draft *d, const struct node *map, bool named);
bool read_retry_policy(const struct draft *d, const struct scope *scope, const struct node *map,
                       struct catch_retry *ret_retry); /* read_retry.c */
bool read_error(const struct draft *d, const struct scope *scope, const struct node *map,
                uint32_t *ret_number); /* read_errors.c */

bool read_schedule(struct draft *d, const struct node *root); /* read_schedule.c */

#endif

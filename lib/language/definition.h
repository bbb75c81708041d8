/* definition.h - what a checked document means: immutable, shared, no YAML left
 *
 * Owns nothing at run time but itself: a definition is created by document_parse() (document.h),
 * never changed afterwards, and freed by the catalog that holds it. All pointers in it are its own.
 * Source of the words: design §5; the inner language is CNCF Serverless Workflow DSL 1.0.3.
 */
#ifndef LANGUAGE_DEFINITION_H
#define LANGUAGE_DEFINITION_H

#include "calendar/due.h"
#include "calendar/workdays.h"
#include "calendar/zone.h"
#include "expression/program.h"
#include "language/cycle.h"
#include "language/outer.h"

#include <jansson.h>

enum definition_kind {
    DEFINITION_WORKFLOW,
    DEFINITION_ROADMAP,
    DEFINITION_BODIES,
    DEFINITION_POLICY,
    DEFINITION_CALENDAR,
    DEFINITION_ROUTES,
    DEFINITION_INDICATORS,
    DEFINITION_KIND_COUNT
};

/* --- workflow: a tree of steps ---------------------------------------------------------------- */

enum step_kind {
    STEP_CALL,       /* call: NAME -> the workers that offer that service */
    STEP_ASSIGNMENT, /* call: assignment -> people */
    STEP_WAIT,
    STEP_LISTEN,
    STEP_SET,
    STEP_DO,
    STEP_SWITCH,
    STEP_FOR,
    STEP_FORK,
    STEP_TRY,
    STEP_RAISE,
    STEP_EMIT,
    STEP_RUN,      /* run: workflow */
    STEP_FUNCTION, /* call: a function of the document: its one child, on the filled `with` */
    STEP_SCHEDULE, /* not written as a step: what `schedule` waits for; last in the array */
    STEP_KIND_COUNT
};

#define STEP_NONE UINT32_MAX

/* Where it goes on after a step. */
enum then { THEN_CONTINUE, THEN_EXIT, THEN_END, THEN_STEP };

struct directive {
    enum then then;
    uint32_t step; /* THEN_STEP: a step of the same list */
};

/* A duration: written, or an expression that gives an ISO 8601 text or a map as the DSL has it. */
struct span {
    int64_t ms;          /* 0 with EXPRESSION_NONE: none */
    uint32_t expression; /* EXPRESSION_NONE: ms counts */
};

/* Pauses between attempts of a call grow: delay, delay*factor, … up to delay_max, each shortened or
 * stretched by up to jitter percent. */
struct retry_policy {
    uint32_t attempts_max; /* 1 = no retry; 0 = without end (notices) */
    int64_t delay_ms;
    int64_t delay_max_ms;
    uint32_t factor_percent; /* 200 = doubles */
    uint32_t jitter_percent; /* 0..100 */
};

/* Numbers of expressions (program.h) unless another meaning is given; EXPRESSION_NONE = not there.
 */
struct event_attribute {
    char *name;          /* "source", "subject", "data", an extension attribute */
    char *text;          /* literal, or a regular expression; NULL: expression counts */
    uint32_t expression; /* equals its value; for `data` a condition on the data */
};

struct correlation {
    char *name;
    uint32_t from;   /* on the event */
    uint32_t expect; /* EXPRESSION_NONE: what the first event of this listen gave */
};

struct event_filter {
    char *type; /* literal CloudEvents type; NULL = any, or among the attributes */
    struct event_attribute *attributes;
    uint32_t attribute_count;
    struct correlation *correlations;
    uint32_t correlation_count;
};

enum listen_mode { LISTEN_ONE, LISTEN_ANY, LISTEN_ALL };
enum listen_read { READ_DATA, READ_ENVELOPE, READ_RAW };
enum until { UNTIL_FIRST, UNTIL_EXPRESSION, UNTIL_NEVER, UNTIL_EVENT };

/* What a listen, or a schedule `on`, waits for. */
struct consumption {
    enum listen_mode mode;
    struct event_filter *filters; /* ANY without filters: every event */
    uint32_t filter_count;
    enum until until; /* ANY only */
    uint32_t until_expression;
    struct event_filter *until_filters; /* UNTIL_EVENT: one of these ends it */
    uint32_t until_filter_count;
};

/* Side by side: metadata.marshrut.parallel and .join of a `for`, a `listen` with foreach; a fork.
 */
struct join {
    uint32_t parallel_max; /* 1 = one after another (for, foreach); fork: all */
    uint32_t count;        /* expression: how many must end; EXPRESSION_NONE = all */
    bool cancel_rest;      /* the others are cancelled, else they run on and nobody waits */
};

struct switch_case {
    char *name;
    uint32_t when; /* EXPRESSION_NONE: the default case */
    struct directive then;
};

/* Exactly the members written; status < 0 = not written. */
struct error_filter {
    char *type;
    char *instance;
    char *title;
    char *detail;
    int32_t status;
};

enum backoff { BACKOFF_CONSTANT, BACKOFF_LINEAR, BACKOFF_EXPONENTIAL };

struct catch_retry {
    uint32_t when;
    uint32_t except_when;
    struct span delay;
    enum backoff backoff;
    int64_t jitter_from_ms;
    int64_t jitter_to_ms;
    uint32_t attempts_max;        /* of retries; 0 = no limit by count */
    struct span attempt_duration; /* of one attempt */
    struct span duration;         /* of all attempts together */
};

struct step {
    char *name;    /* unique in its list */
    char *title;   /* what people call it: metadata.title; NULL: nothing */
    char *pointer; /* JSON pointer in the document: /do/2/name, /do/0/a/try/1/b */
    int line;      /* in the document, for messages and pictures */
    enum step_kind kind;
    uint32_t parent; /* STEP_NONE: in the workflow's own list */
    uint32_t next;   /* in its list; STEP_NONE: the last */
    uint32_t child;  /* first of its list: do, for, fork, try, function, foreach; or STEP_NONE */
    struct directive then;
    uint32_t condition; /* `if` */
    uint32_t input_from;
    uint32_t output_as;
    uint32_t export_as;
    uint32_t with;       /* CALL, ASSIGNMENT, FUNCTION, EMIT, RUN (its input), SET, RAISE: value */
    struct span timeout; /* CALL: of one attempt; others: of the step */

    char *service;             /* CALL */
    struct retry_policy retry; /* CALL */
    struct span wait;          /* WAIT */

    struct consumption listen; /* LISTEN, SCHEDULE */
    enum listen_read read;     /* LISTEN */

    char *item;           /* FOR each, LISTEN foreach.item: name of the variable; NULL = none */
    char *at;             /* FOR at, LISTEN foreach.at */
    uint32_t in;          /* FOR */
    uint32_t while_;      /* FOR */
    uint32_t each_output; /* LISTEN foreach.output.as */
    uint32_t each_export; /* LISTEN foreach.export.as */
    struct join join;     /* FOR, LISTEN, FORK */
    bool compete;         /* FORK */

    struct switch_case *cases; /* SWITCH */
    uint32_t case_count;

    uint32_t catch_child; /* TRY: first of catch.do, or STEP_NONE */
    struct error_filter errors;
    char *error_name; /* catch.as; "error" */
    uint32_t catch_when;
    uint32_t catch_except_when;
    bool retries; /* TRY: catch.retry is there */
    struct catch_retry catch_retry;

    char *run_name;    /* RUN: the workflow */
    char *run_version; /* document.version; NULL = the newest */
    bool run_detached; /* await: false */
};

/* STEP_SCHEDULE beside its consumption. */
struct schedule {
    int64_t every_ms; /* 0 = none */
    int64_t after_ms; /* 0 = none: so long after the last run ended */
    char *cron;       /* NULL = none; checked */
    bool on;          /* by events: consumption of the schedule step */
};

struct workflow {
    struct step *steps; /* a step stands before its children; the workflow's own list begins at 0 */
    uint32_t step_count;
    uint32_t input_from;
    uint32_t output_as;
    struct schedule schedule;
    uint32_t schedule_step; /* STEP_NONE: no schedule */
    bool fault;     /* metadata.marshrut.onError: fault; else an error waits for an operator */
    char **secrets; /* use.secrets: the names */
    uint32_t secret_count;
    struct cycle *cycle;     /* metadata.marshrut.cycle; NULL: it follows nobody */
    struct program *program; /* all expressions; never NULL */
    json_t *document;        /* the whole as JSON when an expression reads $workflow.definition or
                                $task.definition, else NULL */
};

/* --- roadmap: the approved table ----------------------------------------------------------- */

#define SECTION_NONE UINT32_MAX

/* So many days of a sort; < 0 before, > 0 after. */
struct days {
    int32_t count;
    bool working;
};

/* When the part of a co-executor is due. */
enum executor_kind {
    EXECUTOR_WITH_ALL,    /* with the item */
    EXECUTOR_DAY,         /* {body, to} */
    EXECUTOR_DAYS_BEFORE, /* {body, days_before, working}: before each window's end */
};

struct executor_part {
    enum executor_kind kind;
    civil_day to;
    struct days days; /* count >= 0 */
};

struct roadmap_item {
    char *no;         /* "1.4", unique in the roadmap */
    uint32_t section; /* index, or SECTION_NONE: it stands outside of sections */
    char *title;
    char **bullets;
    uint32_t bullet_count;
    char **responsible; /* body ids; the first is responsible and consolidates */
    uint32_t responsible_count;
    struct executor_part *parts; /* of each of them; NULL: all are due with the item */
    char *audience;              /* for whom, as the document prints it; may be NULL */
    char *due_phrase;            /* as the document prints it */
    enum due_kind due_kind;
    struct window *windows; /* >= 1, in order; where the document says one day: from == to */
    civil_day *opens;       /* of each window: when it is given out; its first day, or before it */
    uint32_t window_count;
    bool bounded;        /* no days of its own: its one window is the span it can fall in */
    char *due_rule;      /* the windows in Russian words; NULL: the author has written them */
    char *due_ambiguity; /* what else the phrase may mean, in Russian; NULL: nothing, or decided */
    char *due_why;       /* why the author has decided so; may be NULL */
    char **after;        /* numbers of items that come first; no circles */
    uint32_t after_count;
    char *result;             /* expected document, may be NULL */
    char *note;               /* may be NULL */
    char *workflow;           /* name; "roadmap-item" unless the item names another */
    struct measure *computed; /* progress counted from other instances; NULL = not counted */
};

struct roadmap_section {
    char *no;
    char *title;
};

struct roadmap {
    char *act_number;     /* of the act that approved it: "1982-р"; may be NULL */
    civil_day signed_day; /* of that act, or CIVIL_DAY_NONE */
    struct window period;
    bool open_ended;  /* no last day is written: the period holds the first two years */
    char *controller; /* body id */
    char *policy;     /* name */
    struct roadmap_section *sections;
    uint32_t section_count;
    struct roadmap_item *items;
    uint32_t item_count;
    struct program *program; /* of computed items; NULL when there is none */
};

/* --- bodies ---------------------------------------------------------------------------------- */

/* From day to day, both inclusive, `deputy` acts for the body. */
struct absence {
    struct window days;
    char *deputy; /* body id; never NULL */
    char *reason; /* «отпуск»; may be NULL */
};

struct body {
    char *id;
    char *name;               /* full, nominative */
    char *short_name;         /* never NULL: the full one when there is none */
    char *parent;             /* id of the body above, may be NULL; no cycles */
    char *email;              /* may be NULL */
    char *deputy;             /* id of who acts for it in absences without one; may be NULL */
    struct absence *absences; /* in the order of their days, none within another */
    uint32_t absence_count;
    const struct zone *zone; /* never NULL; one of bodies.zones */
    const char *calendar;    /* name, one of bodies.calendars; NULL: whoever names none has "ru" */
};

struct bodies {
    struct body *bodies; /* sorted by id */
    uint32_t body_count;
    struct zone **zones; /* each zone of the document once: a region has one, not 20,000 */
    uint32_t zone_count;
    char **calendars; /* each name once, likewise */
    uint32_t calendar_count;
};

/* --- policy: reminders and escalation ------------------------------------------------------- */

enum ladder_kind {
    LADDER_REMIND,   /* to those who must do it */
    LADDER_ESCALATE, /* to a level above the responsible body, or to the controller */
    LADDER_REASSIGN, /* the responsible body is another from here on */
};

/* One rung: at `minute` of the day due + offset in the body's zone. */
struct rung {
    enum ladder_kind kind;
    struct days offset; /* count < 0 before the due day, 0 on it, > 0 after it */
    uint32_t levels;    /* ESCALATE: 1 = parent, 2 = its parent …; 0 = the controller.
                           REASSIGN: the same, 0 = the deputy of the responsible body */
    bool critical;      /* from this rung on the assignment is critical */
    struct days every;  /* count 0 = once; else again after so many days */
    struct days until;  /* every: the last, counted from the due day */
};

/* A word that a local rule turns into a term: «срочно» = 3 working days here. */
struct urgency {
    char *word;
    struct days days;
    char *source;
};

/* Bodies of which each has the next one above it. */
struct body_chain {
    char **bodies;
    uint32_t count; /* >= 2 */
};

struct policy {
    int32_t minute;            /* of the day, local: when letters are made */
    struct days soon;          /* count >= 0: "due soon" begins so long before the due day */
    bool any_day;              /* letters on days off too; else they wait for the next working day,
                                  reminders go on the one before */
    bool digest;               /* what time tells goes into one letter per recipient and day */
    enum shift shift;          /* of a term that ends on a day off */
    char *shift_source;        /* its legal basis; NULL only with SHIFT_KEEP */
    struct rung *rungs;        /* sorted by offset, as written */
    uint32_t rung_count;       /* <= 32 */
    struct body_chain *chains; /* who is above whom here, whatever the bodies documents say */
    uint32_t chain_count;
    struct urgency *urgencies;
    uint32_t urgency_count;
    struct days ask_before;    /* an extension: count >= 0, at the latest so long before; 0 = any
                                  time before the term ends */
    uint32_t extensions_max;   /* 0 = without bound */
    struct days decide_within; /* of a report: count >= 0, then the controller is reminded; 0 =
                                  never */
};

/* --- all of them ---------------------------------------------------------------------------- */

struct definition {
    enum definition_kind kind;
    char *name;        /* document.name */
    char *namespace;   /* document.namespace; NULL: not a workflow */
    char *title;       /* document.title, or the name */
    char *doc_version; /* document.version, as written */
    uint32_t number;   /* given by the catalog: unique, never reused, pinned by instances */
    uint32_t version;  /* given by the catalog: 1, 2, … per kind and name */
    bool removed;      /* only for the instances that have pinned it */
    char *source;      /* the YAML text */
    union {
        struct workflow workflow;
        struct roadmap roadmap;
        struct bodies bodies;
        struct policy policy;
        struct calendar calendar;
        struct routes routes;
        struct indicators indicators;
    };
};

const char *definition_kind_name(enum definition_kind kind);
const char *step_kind_name(enum step_kind kind);
/* Who is above this body by the chains of the policy; NULL: nobody, or they don't name it. */
const char *policy_above(const struct policy *policy, const char *body);
bool policy_has_in_chain(const struct policy *policy, const char *body);
void definition_destroy(struct definition *definition); /* NULL is fine */

#endif

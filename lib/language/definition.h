/* definition.h - what a checked document means: immutable, shared, no YAML left
 *
 * Owns nothing at run time but itself: a definition is created by document_parse() (document.h),
 * never changed afterwards, and freed by the catalog that holds it. All pointers in it are its own.
 * Source of the words: design §5; the inner language is CNCF Serverless Workflow DSL 1.0.3.
 */
#ifndef LANGUAGE_DEFINITION_H
#define LANGUAGE_DEFINITION_H

#include "calendar/civil.h"
#include "calendar/zone.h"

#include <jansson.h>

enum definition_kind {
    DEFINITION_WORKFLOW,
    DEFINITION_ROADMAP,
    DEFINITION_BODIES,
    DEFINITION_POLICY,
    DEFINITION_KIND_COUNT
};

/* --- workflow: a list of steps ------------------------------------------------------------- */

enum step_kind {
    STEP_CALL,       /* call: NAME -> the workers that offer that service */
    STEP_ASSIGNMENT, /* call: assignment -> people */
    STEP_WAIT,       /* wait: a duration */
    STEP_LISTEN,     /* listen: to: one: with: type -> an event */
    STEP_SET,        /* set: the output is this value */
    STEP_KIND_COUNT
};

/* Pauses between attempts grow: delay, delay*factor, … up to delay_max, each shortened or stretched
 * by up to jitter percent. */
struct retry_policy {
    uint32_t attempts_max; /* 1 = no retry; 0 = without end (notices) */
    int64_t delay_ms;
    int64_t delay_max_ms;
    uint32_t factor_percent; /* 200 = doubles */
    uint32_t jitter_percent; /* 0..100 */
};

struct step {
    char *name; /* unique in the workflow */
    enum step_kind kind;
    char *service;       /* CALL */
    json_t *with;        /* CALL, ASSIGNMENT, SET: template, may be NULL for CALL (= the input) */
    int64_t wait_ms;     /* WAIT */
    char *event_type;    /* LISTEN: CloudEvents `type` */
    char *event_subject; /* LISTEN: CloudEvents `subject` template ("${ .key }"), may be NULL */
    int64_t limit_ms;    /* CALL: time limit of one attempt; 0 = none */
    struct retry_policy retry; /* CALL */
};

struct workflow {
    struct step *steps;
    uint32_t step_count;
};

/* --- roadmap: the approved table ----------------------------------------------------------- */

/* How binding a window is: design §6. */
enum due_kind {
    DUE_DATE,
    DUE_WINDOW,
    DUE_RECURRING,
    DUE_CONTINUOUS,
    DUE_ON_DEMAND,
    DUE_PER_OTHER_PLAN,
    DUE_KIND_COUNT
};

struct window {
    civil_day from;
    civil_day to; /* inclusive */
};

struct roadmap_item {
    char *no;         /* "1.4", unique in the roadmap */
    uint32_t section; /* index */
    char *title;
    char **bullets;
    uint32_t bullet_count;
    char **responsible; /* body ids; the first is responsible and consolidates */
    uint32_t responsible_count;
    char *due_phrase; /* as the document prints it */
    enum due_kind due_kind;
    struct window *windows; /* >= 1, in order */
    uint32_t window_count;
    char *result;   /* expected document, may be NULL */
    char *note;     /* may be NULL */
    char *workflow; /* name; "roadmap-item" unless the item names another */
};

struct roadmap_section {
    char *no;
    char *title;
};

struct roadmap {
    struct window period;
    char *controller; /* body id */
    char *policy;     /* name */
    struct roadmap_section *sections;
    uint32_t section_count;
    struct roadmap_item *items;
    uint32_t item_count;
};

/* --- bodies ---------------------------------------------------------------------------------- */

struct body {
    char *id;
    char *name;              /* full, nominative */
    char *short_name;        /* never NULL: the full one when there is none */
    char *parent;            /* id of the body above, may be NULL; no cycles */
    char *email;             /* may be NULL */
    const struct zone *zone; /* never NULL; one of bodies.zones */
};

struct bodies {
    struct body *bodies; /* sorted by id */
    uint32_t body_count;
    struct zone **zones; /* each zone of the document once: a region has one, not 20,000 */
    uint32_t zone_count;
};

/* --- policy: reminders and escalation ------------------------------------------------------- */

enum ladder_kind {
    LADDER_REMIND,   /* to those who must do it */
    LADDER_ESCALATE, /* to a level above the responsible body, or to the controller */
};

/* One rung: at `minute` of the day due + offset_days in the body's zone. */
struct rung {
    enum ladder_kind kind;
    int32_t offset_days; /* < 0 before the due day, 0 on it, > 0 after it */
    uint32_t levels;     /* ESCALATE: 1 = parent, 2 = its parent …; 0 = the controller */
    bool critical;       /* from this rung on the assignment is critical */
};

struct policy {
    int32_t minute;      /* of the day, local: when letters are made */
    int32_t soon_days;   /* "due soon" begins that many days before the due day */
    struct rung *rungs;  /* sorted by offset_days */
    uint32_t rung_count; /* <= 32 */
};

/* --- all of them ---------------------------------------------------------------------------- */

struct definition {
    enum definition_kind kind;
    char *name;        /* document.name */
    char *title;       /* document.title, or the name */
    char *doc_version; /* document.version, as written */
    uint32_t number;   /* given by the catalog: unique, never reused, pinned by instances */
    uint32_t version;  /* given by the catalog: 1, 2, … per kind and name */
    char *source;      /* the YAML text */
    union {
        struct workflow workflow;
        struct roadmap roadmap;
        struct bodies bodies;
        struct policy policy;
    };
};

const char *definition_kind_name(enum definition_kind kind);
const char *step_kind_name(enum step_kind kind);
const char *due_kind_name(enum due_kind kind);
void definition_destroy(struct definition *definition); /* NULL is fine */

#endif

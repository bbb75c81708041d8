/* news.h - one thing that is told of one assignment, as docs/letters.md §1 has it */
#ifndef NOTIFY_NEWS_H
#define NOTIFY_NEWS_H

#include "base/error.h"
#include "calendar/civil.h"
#include "wire/worker.h"

#include <jansson.h>

enum notice_kind {
    NOTICE_OPENED,
    NOTICE_REMINDER,
    NOTICE_TODAY,
    NOTICE_OVERDUE,
    NOTICE_ESCALATED,
    NOTICE_RETURNED,
    NOTICE_HANDED_OVER,
    NOTICE_HANDED_BACK,
    NOTICE_UNDECIDED,
    NOTICE_REPORTED,
    NOTICE_PART,
    NOTICE_WITHDRAWN,
    NOTICE_ASKED,
    NOTICE_MOVED,
    NOTICE_REFUSED,
    NOTICE_PAUSED,
    NOTICE_RESUMED,
    NOTICE_REASSIGNED,
    NOTICE_DELEGATED,
    NOTICE_ACCEPTED,
    NOTICE_DIGEST, /* of a notice only */
    NOTICE_KIND_COUNT
};

/* Sections of the letter of the day, in their order. */
enum section {
    SECTION_CRITICAL,
    SECTION_OVERDUE,
    SECTION_TODAY,
    SECTION_SOON,
    SECTION_DECIDE,
    SECTION_NEW,
    SECTION_DEPUTY,
    SECTION_BACK, /* came back from a deputy */
    SECTION_COUNT
};

struct party {
    const char *id;         /* NULL: there is none */
    const char *name;       /* full */
    const char *short_name; /* never NULL: the full one when there is none */
    const char *email;      /* NULL: unknown */
};

struct news {
    enum notice_kind kind;
    enum section section;
    int days;     /* from the due day to the day the rule names: < 0 before, > 0 after */
    bool working; /* and they are working days */
    int levels;   /* escalated: how far above; 0 = the controller */
    bool counted; /* the engine has counted the next two, from its day to the last one */
    int left;
    int left_working;
    const char *reason;     /* NULL where there is none, as all texts below */
    const char *term;       /* moved: why: "extended" "moved" "resumed" "calendar" */
    const char *done;       /* handed_*: "reported" "answered" already; NULL: not yet */
    const char *pause;      /* paused: why: "leave" "higher_order" "waits" */
    civil_day day;          /* asked: proposed; moved, resumed: the last day before. Or NONE */
    civil_day until;        /* the last day of an absence, or NONE */
    struct party by;        /* who did it; id NULL: there is none, as the next five */
    struct party by_for;    /* whose deputy that is */
    struct party body;      /* who does it now, or whose work was handed over */
    struct party on_behalf; /* whose deputy gets the letter */
    struct party part;      /* the co-executor whose part it is about */
    civil_day part_to;
    struct party *awaited; /* part, accepted: who has not answered yet */
    size_t awaited_count;
    const json_t *lacks;  /* accepted: documents that the report does not have, texts */
    const json_t *report; /* reported: as the executor wrote it, or NULL */

    char assignment[TASK_ID_TEXT_MAX];
    const char *title;
    const char *no;
    const char *plan; /* its title, or its name */
    const char *due_phrase;
    const char *audience; /* for whom */
    const json_t *result; /* a text, or a list of texts and {kind, title} */
    const char **bullets; /* what the title announces; none of them is empty */
    size_t bullet_count;
    civil_day from;
    civil_day to_day;
    civil_day literal;  /* the day that was named, where the last one is another, or NONE */
    bool holiday;       /* that one is off by law, not by the week */
    civil_day reported; /* or NONE */
    struct party responsible;
    struct party *co_executors;
    size_t co_executor_count;
    struct party controller;
};

/* The fields of one piece of news; texts are borrowed from the value. ERROR_INVALID names what is
 * missing or wrong. news_fini() it in either case. */
bool news_read(const json_t *value, struct news *news, struct error *err);
void news_fini(struct news *news);

bool news_read_party(const json_t *value, const char *field, struct party *ret_party,
                     struct error *err);
bool news_read_id(const json_t *object, const char *field, char ret_text[TASK_ID_TEXT_MAX],
                  struct task_id *ret_id, struct error *err);
bool news_refuse(struct error *err, const char *field); /* false, with the field's name */

const char *notice_kind_name(enum notice_kind kind);
bool notice_kind_of(const char *name, enum notice_kind *ret_kind); /* name may be NULL */

#endif

/* notice.h - what the engine wants to be told to somebody: docs/letters.md §1, read and checked
 *
 * Texts are as they came: only JSON and UTF-8 are checked, text.h makes them fit for a letter.
 */
#ifndef NOTIFY_NOTICE_H
#define NOTIFY_NOTICE_H

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
    NOTICE_KIND_COUNT
};

struct party {
    const char *id;         /* NULL: there is none */
    const char *name;       /* full */
    const char *short_name; /* never NULL: the full one when there is none */
    const char *email;      /* NULL: unknown */
};

struct notice {
    json_t *root; /* all texts are borrowed from it */
    char id[TASK_ID_TEXT_MAX];
    struct task_id number; /* the same as a number */
    enum notice_kind kind;
    int days;   /* from the due day to the day the rule names: < 0 before, > 0 after */
    int levels; /* escalated: how far above; 0 = the controller */
    int64_t made_ms;
    const char *reason; /* returned; else NULL */
    struct party to;

    char assignment[TASK_ID_TEXT_MAX];
    const char *title; /* NULL where the assignment has none; so are the next four */
    const char *no;
    const char *plan; /* its title, or its name */
    const char *result;
    const char *due_phrase;
    const char **bullets; /* what the title announces; none of them is empty */
    size_t bullet_count;
    civil_day from;
    civil_day to_day;
    struct party responsible;
    struct party *co_executors;
    size_t co_executor_count;
    struct party controller;
};

/* ERROR_SYNTAX for what is not JSON, ERROR_INVALID for a missing or wrong field (named). */
bool notice_parse(struct bytes json, struct notice *ret_notice, struct error *err);
void notice_fini(struct notice *notice);

const char *notice_kind_name(enum notice_kind kind);

#endif

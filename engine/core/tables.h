/* tables.h - the tables of the store and their keys (docs/storage.md §2.1)
 *
 * Every key begins with its tenant. There is one tenant so far; its number is in every key, so that
 * a second needs no migration. Numbers in keys are big-endian: tables are in their order.
 */
#ifndef CORE_TABLES_H
#define CORE_TABLES_H

#include "base/buffer.h"

#define TENANT 1u /* one byte of every key; 0 is never used */

enum table {
    TABLE_META,       /* name -> value: counters, the clock's mode */
    TABLE_JOURNAL,    /* entry -> the records of a turn */
    TABLE_INSTANCE,   /* instance -> its record */
    TABLE_DEFINITION, /* number -> a deployed document */
    TABLE_SEEN,       /* source NUL id of an event -> when */
    TABLE_SEEN_TIME,  /* when, source NUL id -> nothing */
    TABLE_KEPT,       /* number -> an event that nobody took yet */
    TABLE_KEPT_FOR,   /* instance or 0, type NUL, subject NUL, number -> nothing */
    TABLE_KEPT_TIME,  /* until, number -> nothing */
    TABLE_USING,      /* definition -> number of its open instances (using.h) */
    TABLE_ONCE,       /* key of a command -> what it was, and its answer (once.h) */
    TABLE_ONCE_TIME,  /* when (real time), key -> nothing */
    /* facets: a pure function of the instance (facets.h) */
    TABLE_READY,        /* service NUL, 9-priority, ready_seq -> instance, task, attempt */
    TABLE_TIMER,        /* at, instance, task -> nothing */
    TABLE_SUBSCRIPTION, /* event type NUL, subject NUL, instance, task -> nothing */
    TABLE_STATE,        /* state, instance -> nothing; running and suspended only */
    TABLE_KEY,          /* definition name NUL, key -> instance */
    TABLE_CHILD,        /* parent, instance -> nothing */
    TABLE_ASSIGNMENT,   /* closed?, due day, instance, task -> what lists need (entry.h) */
    TABLE_CONCERN,      /* of what, its name NUL, then as TABLE_ASSIGNMENT -> nothing */
    TABLE_INCIDENT,     /* instance, task -> nothing */
    TABLE_OF,           /* number of a definition, instance -> nothing */
    TABLE_STAGE,        /* name of a cycle NUL, stage, since, instance -> who (stage.h) */
    TABLE_WORD,         /* word NUL, 2^64 - 1 - instance -> nothing: the newest first */
    TABLE_PLACE,        /* word NUL, place, 2^64 - 1 - instance -> nothing */
    /* facets of records: a pure function of the record, never removed */
    TABLE_NOTICE, /* whose, 2^64 - 1 - when, 2^64 - 1 - entry -> nothing */
    TABLE_SAID,   /* word NUL, 2^64 - 1 - instance, task -> nothing */
    TABLE_COUNT
};

/* Names for store_open, in the order of the enum. */
extern const char *const table_names[TABLE_COUNT];

/* A civil day as a key part that sorts (days before 1970 too). */
uint32_t table_day(int32_t day);
int32_t table_day_of(uint32_t key);

/* Of what assignments a row of TABLE_CONCERN is: the byte behind the tenant. */
enum concern {
    CONCERN_BODY, /* that takes part in any role */
    CONCERN_PLAN,
};

/* Set in the places of schools in TABLE_PLACE: those of municipalities stand before them. */
#define PLACE_SCHOOL (UINT64_C(1) << 63)

/* In the keys of TABLE_STAGE, in place of a stage. */
#define STAGE_NONE 254u /* between two stages */
#define STAGE_OVER 255u /* the instance is over */

/* Whose notices a row of TABLE_NOTICE is among: the byte behind the tenant, and what follows it. */
enum notice_of {
    NOTICE_OF_ALL,      /* nothing */
    NOTICE_OF_BODY,     /* the recipient, NUL */
    NOTICE_OF_INSTANCE, /* the instance of the assignment that it tells of */
};

/* The service that delivers letters. */
#define SERVICE_NOTIFY "notify"

#endif

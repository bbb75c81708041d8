/* limits.h - every number that bounds something, with its reason
 *
 * At the limit a thing works; one past it is refused with ERROR_TOO_LARGE (or ERROR_BUSY) and a
 * sentence. Limits that an administrator may change are defaults here and options in
 * docs/configuration.md.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* What people and programs send. */
/* JSON of one task, result, event: larger belongs in a file. */
#define LIMIT_PAYLOAD_BYTES (1u << 20)
#define LIMIT_FRAME_BYTES   (64u << 20) /* the socket drops a peer that sends more: memory */
#define LIMIT_HEADER_BYTES  1024u       /* a protocol header frame */
#define LIMIT_FRAMES        4u          /* frames in one message */
#define LIMIT_JSON_DEPTH    256u  /* nesting of JSON: rows put it deeper, readers stop at 2,048 */
#define LIMIT_NAME_BYTES    128u  /* names of services, bodies, definitions, workers */
#define LIMIT_TEXT_BYTES    4096u /* a reason, a comment */
#define LIMIT_KEY_BYTES     200u  /* a business key of an instance, an id of an event */

/* Documents. */
#define LIMIT_DOCUMENT_BYTES (4u << 20) /* one YAML file; the largest plan known has 0.2 MB */
#define LIMIT_YAML_DEPTH     192u       /* nesting: 32 lists of steps of 4 levels, and 64 of data */
#define LIMIT_YAML_NODES     200000u    /* after aliases are followed: stops alias bombs */
#define LIMIT_ITEMS          2000u      /* items of a roadmap; the largest known has 46 */
#define LIMIT_WINDOWS        64u        /* windows of an item: weekly for a year, and some */
#define LIMIT_PHRASE_BYTES   2000u      /* a due phrase: the longest known has 130 */
#define LIMIT_OCCURRENCES    5000u      /* of one roadmap: they start in one turn */
#define LIMIT_TASKS          1000u      /* steps of one workflow, functions at each call */
#define LIMIT_STEP_DEPTH     32u        /* lists of steps in lists of steps: who reads deeper? */
#define LIMIT_STAGES         64u        /* of a cycle: a funnel that is wider is read by nobody */
#define LIMIT_TITLE_BYTES    256u       /* of a step, of a stage: one line of a list or a picture */
#define LIMIT_PARALLEL       1000u  /* turns of a loop side by side: each has tasks of its own */
#define LIMIT_BODIES         20000u /* every school of a large region */
#define LIMIT_CO_EXECUTORS   64u
#define LIMIT_DIGEST_ENTRIES 200u /* assignments in a letter of the day: nobody reads more */
#define LIMIT_DELEGATIONS    8u   /* of one assignment, one below another: a hierarchy has five */
#define LIMIT_RESULTS        32u  /* documents in one report, and results that one must have */
#define LIMIT_FORM_FIELDS    32u  /* of a form, and columns of a table in it: a page of paper */
#define LIMIT_FORM_OPTIONS   100u /* of a choice: who has more should search in a register */
/* A report of a co-executor: 64 of them stay in one instance. */
#define LIMIT_PART_BYTES 16384u

/* Expressions. */
#define LIMIT_EXPRESSIONS        8000u /* of one document: half a millisecond each to compile */
#define LIMIT_EXPRESSIONS_BYTES  (512u << 10) /* of one document together */
#define LIMIT_EVALUATION_MS      250          /* of processor time: others wait meanwhile */
#define LIMIT_EVALUATION_WAIT_MS 2000  /* for its answer: a busy machine makes nothing wrong */
#define LIMIT_COMPILE_MS         10000 /* to start jq, or for 64 expressions: 50 when it is quiet */
#define LIMIT_EVALUATION_BYTES   (512u << 20) /* memory: 1 MiB of JSON can take 100 in jq */

/* The engine. */
#define LIMIT_TURN_COMMANDS 1024u /* of one turn: N of the group commit */
/* Of the records of one turn and of one journal entry, about. A commit stays short, and an entry
 * stays far below STORE_VALUE_BYTES_MAX. */
#define LIMIT_TURN_BYTES (16u << 20)
#define LIMIT_TURN_MS    20 /* T of the group commit: collecting never holds an answer longer */
/* Moments at which time does something to an assignment: 32 rungs, parts, absences, repeats. */
#define LIMIT_LADDER_STEPS   256u
#define LIMIT_OPEN_TASKS     2048u /* of one instance: letters to 65 bodies on 12 rungs, and more */
#define LIMIT_INSTANCE_TASKS 8192u /* of one instance, letters and all: its record is one value */
/* Steps in a row that nobody is waited for: a loop by mistake. An expression that took too long
 * counts as so many, for the others wait while it runs. */
#define LIMIT_PASSED_STEPS  10000u
#define LIMIT_STALL_STEPS   1000u
#define LIMIT_SECRETS       1000u  /* files in the folder of secrets */
#define LIMIT_SECRET_BYTES  16384u /* one of them: tokens have up to 8 KiB */
#define LIMIT_RUN_DEPTH     32u    /* workflows that wait for one another */
#define LIMIT_CREDIT        10000u /* tasks that one worker may hold */
#define LIMIT_WORKERS       1000u
#define LIMIT_SERVICES      64u         /* of one worker */
#define LIMIT_EVENT_MATCHES 10000u      /* instances that one event wakes in a turn */
#define LIMIT_KEPT_EVENTS   100000u     /* events that nobody took yet: a day of a region's */
#define LIMIT_KEPT_BYTES    (64u << 20) /* of them together */
#define LIMIT_PAGE          1000u       /* rows of one page of answers */
/* Commands that can be repeated under their `once` key: how long in real time, how many, and how
 * large an answer stays word for word. */
#define LIMIT_ONCE_MS           (24 * 3600000)
#define LIMIT_ONCE_KEPT         100000u
#define LIMIT_ONCE_ANSWER_BYTES 65536u

/* HTTP (docs/http.md §1.6). */
#define LIMIT_BY_BYTES          200u        /* who acts: an id of a body, or a person's name */
#define LIMIT_ONCE_BYTES        200u        /* an idempotency key */
#define LIMIT_HTTP_BODY_BYTES   (4u << 20)  /* of a request: a document, a table to import */
#define LIMIT_HTTP_HEAD_BYTES   (16u << 10) /* the first line and all headers of a request */
#define LIMIT_HTTP_TARGET_BYTES 8192u       /* path and query */
#define LIMIT_HTTP_CONNECTIONS  1100u  /* one more, and the one that is idle for longest goes */
#define LIMIT_HTTP_IDLE_MS      60000  /* without a request: browsers open a new one when needed */
#define LIMIT_HTTP_REQUEST_MS   30000  /* from the first line to the end of the body */
#define LIMIT_HTTP_WRITE_MS     60000  /* a client that takes nothing of its answer for so long */
#define LIMIT_HTTP_LISTENERS    200u   /* connections that wait for events at a time */
#define LIMIT_HTTP_EVENTS_BYTES 65536u /* events that one of them has not taken yet */
#define LIMIT_HTTP_REQUESTS     1000u  /* that wait for the engine at a time */
#define LIMIT_HTTP_ASSETS_BYTES (32u << 20) /* files of the page, all in memory */
#define LIMIT_HTTP_ASSETS       1000u       /* how many of them */

/* Rows of assignments in memory (engine/mirror.h): three threads have them, 64 bytes a row each. */
#define LIMIT_MIRROR_ROWS          2000000u   /* with more, walks read the store */
#define LIMIT_MIRROR_TEXTS_SPARE   100000u    /* texts that no row names any more */
#define LIMIT_MIRROR_CHANGES_BYTES (8u << 20) /* that it may be behind before it is made anew */

/* Long work and files of the gateway (docs/http.md §4, §5). */
#define LIMIT_EXPORT_ROWS  100000u /* of a list as a file: a spreadsheet that people still open */
#define LIMIT_EXPORTS      8u      /* files that are made at a time: each has its place on disk */
#define LIMIT_TOOLS        16u  /* runs of the program that somebody waits for: a process or two */
#define LIMIT_JOBS         100u /* kept: the oldest that is over goes */
#define LIMIT_JOBS_RUNNING 2u   /* at a time; others wait */
#define LIMIT_BULK         100000u /* what one action on many may touch */
#define LIMIT_BULK_WINDOW  32u     /* its commands that wait for the engine: others are to get in */
#define LIMIT_BULK_PREVIEW 10000u  /* looked at before it is done: a second or two */
#define LIMIT_IMPORT_FILES 500u    /* documents of one import */

#endif

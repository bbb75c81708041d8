/* client.h - the client protocol MC1: header frames <-> structs, no sockets
 *
 * Request:  header `MC1 VERB request [words…]` + payload frame (JSON; may be empty for no fields).
 * Answer:   header `MC1 OK request` or `MC1 ERROR request code` + payload frame (JSON).
 * Answers to commands leave after the commit. docs/protocol.md §3 is the specification.
 */
#ifndef WIRE_CLIENT_H
#define WIRE_CLIENT_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/limits.h"

enum client_verb {
    /* commands: decided, committed, then answered; all but START may carry by, expect, once */
    CLIENT_START,   /* words: definition key|- priority(0-9, 9 first); payload: the input */
    CLIENT_DEPLOY,  /* {"file":"plan.yaml","text":"…"} -> {"name","kind","version"} */
    CLIENT_CANCEL,  /* {"instance":17,"reason":"…"} */
    CLIENT_SUSPEND, /* {"instance":17,"reason":"…"} */
    CLIENT_RESUME,  /* {"instance":17} */
    CLIENT_RETRY,   /* {"task":"17.2","input":{…}?}: a new attempt of an incident, input edited */
    CLIENT_SKIP,    /* {"task":"17.2","reason":"…","output":{…}?} */
    CLIENT_ASSIGNMENT, /* {"task":"17.1","action":"report|accept|return|withdraw","by":"body",…} */
    CLIENT_EVENT,      /* a CloudEvent 1.0 in JSON */
    CLIENT_ADVANCE,    /* {"look":true?}: move a clock that stands */
    CLIENT_MIGRATE,    /* {"definition":"x","to"?,"instances"|"from"|"all","preview"?,"after"?} */
    CLIENT_REMOVE,     /* {"name":"x","version":2,"kind"?} */
    CLIENT_REPLAN,     /* {"apply"?,"reason"?,"after"?,"limit"?} */
    CLIENT_BEGIN, /* {"definition":"x","key"?,"priority"?,"input"?}: START, all in the payload */
    /* queries: answered from a snapshot */
    CLIENT_LIST,        /* {"state"?,"definition"?,"body"?,"parent"?,"after"?,"limit"?} */
    CLIENT_SHOW,        /* {"instance":17} */
    CLIENT_WHY,         /* {"instance":17,"language":"ru|en"} -> {"text":"…"} */
    CLIENT_HISTORY,     /* {"instance":17,"before"?,"limit"?} newest last */
    CLIENT_JOURNAL,     /* {"after":seq,"limit"?}: everything that was decided, in order */
    CLIENT_NOTICES,     /* {"body"?,"instance"?,"from"?,"to"?,"after"?,"limit"?} newest first */
    CLIENT_ASSIGNMENTS, /* {"open"?,"state"?,"body"?,"role"?,"plan"?,…,"after"?,"limit"?} */
    CLIENT_INCIDENTS,   /* {"after"?,"limit"?} */
    CLIENT_WORKERS,     /* {"q"?} */
    CLIENT_DEFINITIONS, /* {"number"?|"instance"?} or {"kind"?,"in_force"?} */
    CLIENT_STATS,       /* {} */
    CLIENT_SEARCH,      /* {"q":"…","limit"?} */
    CLIENT_OVERVIEW,    /* {"body"?,"role"?,"plan"?,…}: what is late, due, to be decided */
    CLIENT_DISCIPLINE,  /* {"by"?,"from"?,"to"?,"body"?,"plan"?,…} */
    CLIENT_CYCLE,       /* {"definition"?,"people"?,"stage"?,"municipality"?,"school"?,…} */
    CLIENT_COMPUTED,    /* {"plan":"x","no":"1.2","rows"?} */
    CLIENT_ROADMAPS,    /* {}: plans in force */
    CLIENT_ROADMAP,     /* {"name":"x","section"?,"body"?,"state"?}: one as its table */
    CLIENT_BODIES,      /* {"counts"?}: who there is */
    CLIENT_CALENDAR,    /* {"month"?,"body"?,"plan"?}: its days, and what is due on them */
    CLIENT_FORESEE,     /* {"command","with","targets","may_lack"?}: what would be refused */
    /* upkeep: long, run beside the engine */
    CLIENT_BACKUP, /* {"folder":"…"} */
    CLIENT_VERIFY, /* {} */
    /* answers */
    CLIENT_OK,
    CLIENT_ERROR,
    CLIENT_VERB_COUNT
};

struct client_message {
    enum client_verb verb;
    uint64_t request;                      /* 1…, chosen by the client, echoed; ERROR: 0 = none */
    char definition[LIMIT_NAME_BYTES + 1]; /* START */
    char key[LIMIT_KEY_BYTES + 1];         /* START; "" = none, see client_key_valid() */
    unsigned priority;                     /* START; 0..9, 9 first */
    enum error_code code;                  /* ERROR */
};

/* "START" …; never NULL for a valid verb. */
const char *client_verb_name(enum client_verb verb);
bool client_is_command(enum client_verb verb); /* changes state, answered after the commit */

/* A business key: 1..LIMIT_KEY_BYTES of printable ASCII without blanks, and not "-". */
bool client_key_valid(struct bytes key);

/* The request number of a header that client_decode() refused, to answer it: 0 when it has none. */
uint64_t client_request_of(struct bytes header);

/* As worker_decode() and worker_encode(); an unknown verb is ERROR_UNSUPPORTED. */
bool client_decode(struct bytes header, struct client_message *ret_message, struct error *err);
size_t client_encode(const struct client_message *message, char buf[LIMIT_HEADER_BYTES]);

#endif

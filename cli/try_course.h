/* try_course.h - a try while it runs: the engine of its own, and what is done to it from outside */
#ifndef CLI_TRY_COURSE_H
#define CLI_TRY_COURSE_H

#include "cli/documents.h"
#include "cli/session.h"
#include "cli/try_engine.h"
#include "cli/try_mock.h"
#include "cli/try_result.h"

struct attempt {
    struct session *session;
    const struct arguments *arguments;
    struct documents documents;
    struct try_engine engine;
    struct try_mocks mocks;
    struct mr_worker *worker;
    struct mr_client *client;
    struct try_result result;
    uint64_t instance;
    size_t next_event;
    uint32_t ticks;
    uint32_t moves;
    uint64_t clock_since; /* rows of the result when a file wanted the next moment; 0 = none does */
    json_t *problem;      /* of an incident: the try ends with it */
    bool people;          /* simulated: they report and accept */
    bool by_events;       /* its schedule waits for events: they start it, not we */
    bool gathered;        /* all workers have a session */
    bool ended;
    struct error err;
};

/* Ask its engine. The answer, yours; NULL with attempt->err. request is taken. */
json_t *try_ask(struct attempt *attempt, const char *verb, json_t *request);

/* Do what the next --event says. false: there is none left. */
bool try_course_event(struct attempt *attempt);

/* The rows of the journal that are not in attempt->result yet. */
void try_course_read(struct attempt *attempt);

/* From the start of the instance to its end, or until nothing more happens. */
void try_course_run(struct attempt *attempt);

#endif

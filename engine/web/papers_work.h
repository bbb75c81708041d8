/* papers_work.h - many papers (papers.h), written in steps between the requests of others
 *
 * The documents of a request, and those in force that they may name; then the program runs.
 */
#ifndef WEB_PAPERS_WORK_H
#define WEB_PAPERS_WORK_H

#include "engine/web/papers.h"

/* All are written: run the program with them. */
typedef void papers_ready_fn(struct exchange *x, struct papers *papers, void *context);

struct papers_order {
    json_t *files;  /* each paper_is(); the work's now */
    size_t asked;   /* the first of them are TOOL_GIVEN/00000.yaml …; the others beside */
    unsigned kinds; /* of those in force that come beside; 0 = none */
    unsigned most;  /* of them */
    bool (*full)(struct error *err); /* the refusal when there are more; false */
    papers_ready_fn *ready;
    void *context; /* freed in the end; may be NULL */
};

void papers_work(struct exchange *x, const struct papers_order *order);

#endif

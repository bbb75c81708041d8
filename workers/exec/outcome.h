/* outcome.h - what the end of a program means for its task: the table of docs/workers.md §2 */
#ifndef EXEC_OUTCOME_H
#define EXEC_OUTCOME_H

#include "workers/exec/child.h"

#define OUTCOME_TITLE_MAX 256
#define EXIT_TRY_LATER    75 /* EX_TEMPFAIL of sysexits.h */

enum outcome_kind {
    OUTCOME_DONE,  /* the output is the result */
    OUTCOME_RETRY, /* trying again may help */
    OUTCOME_FINAL, /* it would end the same way: an operator must look */
};

struct outcome {
    enum outcome_kind kind;
    char title[OUTCOME_TITLE_MAX]; /* Russian, for operators; "" when done */
};

struct outcome outcome_of(const char *service, struct child_end end, struct bytes output);

/* What a program complained, as one line: lines are joined by " / ", blanks are joined and trimmed,
 * zero bytes are blanks. Of what is longer than CHILD_STDERR_MAX bytes the end is kept. out must be
 * empty. */
void outcome_complaint(struct bytes complaint, struct buffer *out);

#endif

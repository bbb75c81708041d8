/* progress.h - how far long work is: on one line of the terminal that is erased at the end, and for
 * the program that has started this one
 *
 * The line: only where standard error is a terminal that can erase (not TERM=dumb), and not with
 * --json. Without colours. For a program: lines "done of" to the descriptor that
 * MARSHRUT_PROGRESS_FD names (docs/cli.md, Progress). Elsewhere nothing is ever written.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/session.h"

struct progress {
    const struct output *output; /* NULL: nothing is shown */
    int fd;                      /* of who reads lines; 0 = nobody */
    char *label;
    uint64_t done;
    uint64_t of; /* 0 = not known: what is done is counted, and the time */
    int64_t began_ms;
    int64_t shown_ms;
    bool drawn; /* it stands on the terminal now */
};

/* The descriptor that MARSHRUT_PROGRESS_FD names; 0: there is none. Called once, at the beginning:
 * programs that this one starts do not inherit it, and a reader that leaves ends nothing. */
int progress_reader(void);

/* label in the language of the reader; copied. */
void progress_begin(struct progress *progress, const struct session *session, const char *label,
                    uint64_t of);
void progress_set(struct progress *progress, uint64_t done);
/* Before anything else is written to the terminal; progress_set() draws it anew. */
void progress_hide(struct progress *progress);
void progress_end(struct progress *progress);

/* The same while one answer is waited for: time is told. */
void progress_of_answer(struct progress *progress, struct session *session, const char *label);
void progress_answered(struct progress *progress, struct session *session);

#endif

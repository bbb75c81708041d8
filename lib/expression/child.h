/* child.h - a marshrut-jq that runs: frames to it and from it, within a time. Private to
 * lib/expression.
 */
#ifndef EXPRESSION_CHILD_H
#define EXPRESSION_CHILD_H

#include "base/buffer.h"
#include "base/error.h"

#include <sys/types.h>

struct child {
    pid_t pid; /* 0: none runs */
    int fd;
};

enum child_end {
    CHILD_ANSWERED,
    CHILD_LATE, /* it was killed: no answer within the time */
    CHILD_DIED, /* by itself, or by somebody */
};

#define CHILD_INIT ((struct child){0, -1})

/* Starts it and waits until it is ready. path: of the program; NULL = where it is found. ERROR_IO.
 */
bool child_start(struct child *child, const char *path, struct error *err);
/* Kills it, if one runs. */
void child_stop(struct child *child);

/* Sends a body, receives the body of the answer. When none comes there is no child any more, and
 * *ret_signal is what it died of (0: it ended by itself). */
enum child_end child_ask(struct child *child, const struct buffer *request, int64_t limit_ms,
                         struct buffer *answer, int *ret_signal);

#endif

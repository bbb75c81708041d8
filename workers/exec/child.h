/* child.h - one run of a program: JSON in, JSON out, and how it ended
 *
 * Nothing here waits. A child has one descriptor that becomes readable whenever there is something
 * to do; child_work() does it. Time limits are the caller's: child_stop(), and later child_kill().
 * SIGPIPE must be ignored: a program may end without reading its input.
 */
#ifndef EXEC_CHILD_H
#define EXEC_CHILD_H

#include "base/buffer.h"
#include "base/error.h"

#define CHILD_OUTPUT_MAX (1u << 20) /* LIMIT_PAYLOAD_BYTES: more could not be a result */
#define CHILD_STDERR_MAX 4096u      /* the end of what it complained: fits into problem details */

struct program;
struct child;

/* What a child left behind. */
struct child_end {
    bool stopped;    /* child_stop() or child_kill() was called while it ran */
    bool overflowed; /* it wrote more than CHILD_OUTPUT_MAX, and was killed */
    int exit_code;   /* 0..255; -1 when a signal ended it */
    int signal;      /* 0 when it exited */
};

/* Start it in a process group of its own, with nothing of ours open but its three streams. task,
 * attempt and service become MARSHRUT_TASK, MARSHRUT_ATTEMPT and MARSHRUT_SERVICE. Input is copied.
 * ERROR_IO when the program cannot be started (then nothing was). */
bool child_start(const struct program *program, const char *task, unsigned attempt,
                 struct bytes input, struct child **ret_child, struct error *err);

/* For poll(): readable when child_work() has something to do. */
int child_fd(const struct child *child);

/* Feed, collect, notice the end. True when it is over: then child_end() and the outputs. */
bool child_work(struct child *child);

void child_stop(struct child *child); /* SIGTERM to the whole group; nothing when it is over */
void child_kill(struct child *child); /* SIGKILL to the whole group */

/* After child_work() said true. */
struct child_end child_end(const struct child *child);
struct bytes child_output(const struct child *child);
/* The last CHILD_STDERR_MAX bytes. */
struct bytes child_complaint(const struct child *child);

/* NULL is fine. One that is still running is killed and waited for. */
void child_destroy(struct child **child);

#endif

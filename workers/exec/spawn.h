/* spawn.h - starting a program with three pipes, and nothing else of ours */
#ifndef EXEC_SPAWN_H
#define EXEC_SPAWN_H

#include "base/error.h"

#include <sys/types.h>

struct program;

/* Our ends, all closed on exec, the pipes without blocking. Yours to close; the process is yours to
 * wait for. */
struct spawned {
    pid_t pid;   /* also its process group */
    int exit_fd; /* pidfd: readable when it has ended */
    int in_fd;
    int out_fd;
    int err_fd;
};

/* task, attempt and service become MARSHRUT_TASK, MARSHRUT_ATTEMPT and MARSHRUT_SERVICE. ERROR_IO
 * with the reason when it cannot be started; then nothing is left of it. When this process dies,
 * the program is killed. */
bool spawn(const struct program *program, const char *task, unsigned attempt,
           struct spawned *ret_spawned, struct error *err);

#endif

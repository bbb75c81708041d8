/* spawn.c - starting a program with three pipes, and nothing else of ours
 *
 * Owns:    what happens between fork and exec.
 * In:      child.c.
 * Out:     a process in a group of its own, its pipes and its pidfd.
 * Always:  it is known whether exec worked; a program that did not start is waited for; between
 *          fork and exec only async-signal-safe calls are made, since libzmq has threads.
 * See:     docs/workers.md §2; signal-safety(7), pidfd_open(2)
 */
#include "workers/exec/spawn.h"

#include "base/must.h"
#include "workers/exec/config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define STATUS_FD      3 /* in the child: tells why exec failed; closed by a good exec */
#define CANNOT_EXECUTE 127
#define VARIABLE_BYTES 256

/* What is made before the fork, since nothing may be allocated after it. */
struct plan {
    const struct program *program;
    char **environment; /* NULL last; [0..own) are ours to free */
    size_t own;
    int in[2];
    int out[2];
    int err[2];
    int status[2];
};

static char *variable(const char *name, const char *value)
{
    char text[VARIABLE_BYTES];

    snprintf(text, sizeof text, "%s=%s", name, value);
    return xstrdup(text);
}

static bool same_name(const char *a, const char *b)
{
    size_t size = strcspn(a, "=");

    return strncmp(a, b, size + 1) == 0;
}

/* Ours first, then the program's, then what we inherited and neither names. */
static void plan_environment(struct plan *plan, const char *task, unsigned attempt)
{
    extern char **environ;
    char number[16];
    size_t count = 0;
    size_t inherited = 0;

    while (plan->program->variables[count] != NULL) {
        count++;
    }
    while (environ[inherited] != NULL) {
        inherited++;
    }
    plan->environment = xcalloc(3 + count + inherited + 1, sizeof *plan->environment);
    snprintf(number, sizeof number, "%u", attempt);
    plan->environment[plan->own++] = variable("MARSHRUT_TASK", task);
    plan->environment[plan->own++] = variable("MARSHRUT_ATTEMPT", number);
    plan->environment[plan->own++] = variable("MARSHRUT_SERVICE", plan->program->service);
    size_t at = plan->own;
    for (size_t i = 0; i < count; i++) {
        plan->environment[at++] = (char *)plan->program->variables[i];
    }
    size_t named = at;
    for (size_t i = 0; i < inherited; i++) {
        size_t k = 0;
        while (k < named && !same_name(plan->environment[k], environ[i])) {
            k++;
        }
        if (k == named) {
            plan->environment[at++] = environ[i];
        }
    }
}

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

static void plan_fini(struct plan *plan)
{
    int *pairs[] = {plan->in, plan->out, plan->err, plan->status};

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        close_fd(&pairs[i][0]);
        close_fd(&pairs[i][1]);
    }
    for (size_t i = 0; i < plan->own; i++) {
        free(plan->environment[i]);
    }
    free(plan->environment);
}

/* A pipe whose ends are above 3, so that dup2() to 0..3 in the child overwrites none of them. */
static bool make_pipe(int ends[2])
{
    int low[2];

    if (pipe(low) != 0) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        ends[i] = fcntl(low[i], F_DUPFD_CLOEXEC, STATUS_FD + 1);
        close(low[i]);
    }
    return ends[0] >= 0 && ends[1] >= 0;
}

static _Noreturn void give_up(int number)
{
    ssize_t written = write(STATUS_FD, &number, sizeof number);

    (void)written;
    _exit(CANNOT_EXECUTE);
}

/* In the child: async-signal-safe calls only (other threads of ours held locks at the fork). */
static _Noreturn void become(const struct plan *plan, pid_t parent)
{
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigset_t none;

    dup2(plan->in[0], STDIN_FILENO);
    dup2(plan->out[1], STDOUT_FILENO);
    dup2(plan->err[1], STDERR_FILENO);
    dup2(plan->status[1], STATUS_FD);
    fcntl(STATUS_FD, F_SETFD, FD_CLOEXEC);
    closefrom(STATUS_FD + 1);
    for (int number = 1; number < 32; number++) {
        sigaction(number, &usual, NULL);
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) { /* it died before it could be watched */
        _exit(CANNOT_EXECUTE);
    }
    if (plan->program->folder != NULL && chdir(plan->program->folder) != 0) {
        give_up(errno);
    }
    execve(plan->program->path, (char *const *)plan->program->args, plan->environment);
    give_up(errno);
}

/* fork, and wait the moment until exec has worked or failed. errno tells why not. */
static bool launch(struct plan *plan, pid_t *ret_pid)
{
    pid_t parent = getpid();
    pid_t pid = fork();
    int trouble = 0;
    ssize_t count;

    if (pid == 0) {
        become(plan, parent);
    }
    if (pid < 0) {
        return false;
    }
    setpgid(pid, pid); /* whoever is first: we must be able to kill the group */
    close_fd(&plan->status[1]);
    do {
        count = read(plan->status[0], &trouble, sizeof trouble);
    } while (count < 0 && errno == EINTR);
    if (count == (ssize_t)sizeof trouble) {
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
        }
        errno = trouble;
        return false;
    }
    *ret_pid = pid;
    return true;
}

static int take(int *fd)
{
    int taken = *fd;

    *fd = -1;
    return taken;
}

/* Ours of the pipes; false (and errno) when they cannot be used: the process is killed then. */
static bool hand_over(struct plan *plan, pid_t pid, struct spawned *ret_spawned)
{
    int exit_fd = pidfd_open(pid, 0);

    if (exit_fd < 0 || fcntl(plan->in[1], F_SETFL, O_NONBLOCK) != 0 ||
        fcntl(plan->out[0], F_SETFL, O_NONBLOCK) != 0 ||
        fcntl(plan->err[0], F_SETFL, O_NONBLOCK) != 0) {
        int number = errno;
        close_fd(&exit_fd);
        kill(-pid, SIGKILL);
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
        }
        errno = number;
        return false;
    }
    *ret_spawned = (struct spawned){pid, exit_fd, take(&plan->in[1]), take(&plan->out[0]),
                                    take(&plan->err[0])};
    return true;
}

bool spawn(const struct program *program, const char *task, unsigned attempt,
           struct spawned *ret_spawned, struct error *err)
{
    struct plan plan = {program, NULL, 0, {-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
    pid_t pid = 0;

    plan_environment(&plan, task, attempt);
    bool good = make_pipe(plan.in) && make_pipe(plan.out) && make_pipe(plan.err) &&
                make_pipe(plan.status) && launch(&plan, &pid) && hand_over(&plan, pid, ret_spawned);
    if (!good) {
        error_set(err, ERROR_IO, "cannot start %s: %s", program->path, strerror(errno));
    }
    plan_fini(&plan);
    return good;
}

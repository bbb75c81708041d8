/* child.c - one run of a program
 *
 *   running ── exits ──▶ its group is killed, what is in the pipes is read ──▶ over
 *      │ too much output, child_stop(), child_kill()
 *      └─▶ a signal to its whole process group, and on as above
 *
 * Owns:    the process, its pipes, and the epoll set that makes one descriptor of them.
 * In:      run.c starts it and calls child_work() when the descriptor is readable.
 * Out:     the output, the end of the complaints, the exit code or signal.
 * Always:  every child is waited for; when it ends its process group is killed, so what it left
 *          running neither goes on nor holds its output open; when marshrut-exec dies, it dies.
 * See:     docs/workers.md §2
 */
#include "workers/exec/child.h"

#include "base/must.h"
#include "workers/exec/config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define BLOCK 16384u
/* Blocks per call: a child that pours output does not starve the loop; more than a pipe holds. */
#define READS_AT_ONCE  16
#define STATUS_FD      3 /* in the child: tells why exec failed; closed by a good exec */
#define CANNOT_EXECUTE 127
#define VARIABLE_BYTES 256

enum stream { STREAM_IN, STREAM_OUT, STREAM_ERR, STREAM_EXIT, STREAM_COUNT };

struct child {
    pid_t pid; /* also the process group; 0 = waited for */
    int epoll_fd;
    int fds[STREAM_COUNT]; /* our ends; -1 = closed. STREAM_EXIT is the pidfd */
    struct buffer input;
    size_t fed;
    struct buffer output;
    struct buffer complaint;
    struct child_end end;
};

/* --- starting ------------------------------------------------------------------------------- */

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

static bool watch(struct child *child, enum stream stream, int *fd, unsigned events)
{
    struct epoll_event event = {.events = events, .data.u32 = stream};

    child->fds[stream] = *fd;
    *fd = -1;
    if (stream != STREAM_EXIT && fcntl(child->fds[stream], F_SETFL, O_NONBLOCK) != 0) {
        return false;
    }
    return epoll_ctl(child->epoll_fd, EPOLL_CTL_ADD, child->fds[stream], &event) == 0;
}

/* fork, and wait the moment until exec has worked or failed. errno tells why not. */
static bool launch(struct child *child, struct plan *plan)
{
    pid_t parent = getpid();
    int trouble = 0;
    ssize_t count;

    child->pid = fork();
    if (child->pid == 0) {
        become(plan, parent);
    }
    if (child->pid < 0) {
        child->pid = 0;
        return false;
    }
    setpgid(child->pid, child->pid); /* whoever is first: we must be able to kill the group */
    close_fd(&plan->status[1]);
    do {
        count = read(plan->status[0], &trouble, sizeof trouble);
    } while (count < 0 && errno == EINTR);
    if (count == (ssize_t)sizeof trouble) {
        errno = trouble;
        return false;
    }
    int exit_fd = pidfd_open(child->pid, 0);
    return exit_fd >= 0 && watch(child, STREAM_EXIT, &exit_fd, EPOLLIN) &&
           watch(child, STREAM_IN, &plan->in[1], EPOLLOUT) &&
           watch(child, STREAM_OUT, &plan->out[0], EPOLLIN) &&
           watch(child, STREAM_ERR, &plan->err[0], EPOLLIN);
}

bool child_start(const struct program *program, const char *task, unsigned attempt,
                 struct bytes input, struct child **ret_child, struct error *err)
{
    struct plan plan = {program, NULL, 0, {-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
    struct child *child = xcalloc(1, sizeof *child);

    for (int i = 0; i < STREAM_COUNT; i++) {
        child->fds[i] = -1;
    }
    plan_environment(&plan, task, attempt);
    buffer_append(&child->input, input.data, input.size);
    child->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    bool good = child->epoll_fd >= 0 && make_pipe(plan.in) && make_pipe(plan.out) &&
                make_pipe(plan.err) && make_pipe(plan.status) && launch(child, &plan);
    if (!good) {
        error_set(err, ERROR_IO, "cannot start %s: %s", program->path, strerror(errno));
        child_destroy(&child);
    } else {
        *ret_child = child;
    }
    plan_fini(&plan);
    return good;
}

/* --- running -------------------------------------------------------------------------------- */

int child_fd(const struct child *child)
{
    return child->epoll_fd;
}

static void feed(struct child *child)
{
    size_t left = child->input.size - child->fed;
    ssize_t written =
        left > 0 ? write(child->fds[STREAM_IN], child->input.data + child->fed, left) : 0;

    child->fed += written > 0 ? (size_t)written : 0;
    bool later = written < 0 && (errno == EAGAIN || errno == EINTR);
    /* a program may end without reading all its input: EPIPE is no trouble */
    if (!later && (written < 0 || child->fed == child->input.size)) {
        close_fd(&child->fds[STREAM_IN]);
    }
}

static void keep_output(struct child *child, const char *block, size_t size)
{
    if (child->output.size + size <= CHILD_OUTPUT_MAX) {
        buffer_append(&child->output, block, size);
    } else if (!child->end.overflowed) {
        child->end.overflowed = true;
        child_kill(child);
    }
}

/* The last bytes only: twice the size is kept, and halved when it is full. */
static void keep_complaint(struct child *child, const char *block, size_t size)
{
    struct buffer *kept = &child->complaint;

    buffer_append(kept, block, size);
    if (kept->size > 2 * CHILD_STDERR_MAX) {
        memmove(kept->data, kept->data + kept->size - CHILD_STDERR_MAX, CHILD_STDERR_MAX);
        kept->size = CHILD_STDERR_MAX;
    }
}

static void collect(struct child *child, enum stream stream)
{
    char block[BLOCK];

    for (int i = 0; i < READS_AT_ONCE && child->fds[stream] >= 0; i++) {
        ssize_t count = read(child->fds[stream], block, sizeof block);
        if (count > 0 && stream == STREAM_OUT) {
            keep_output(child, block, (size_t)count);
        } else if (count > 0) {
            keep_complaint(child, block, (size_t)count);
        } else if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        } else {
            close_fd(&child->fds[stream]);
        }
    }
}

/* The end of the program is the end of the child: what somebody it left behind still writes is not
 * waited for. */
static void reap(struct child *child)
{
    siginfo_t info = {.si_pid = 0};
    int status = 0;

    if (waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
        info.si_pid != child->pid) {
        return;
    }
    kill(-child->pid, SIGKILL); /* before the number of the group can be somebody else's */
    waitpid(child->pid, &status, 0);
    child->pid = 0;
    child->end.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    child->end.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    collect(child, STREAM_OUT);
    collect(child, STREAM_ERR);
    for (int i = 0; i < STREAM_COUNT; i++) {
        close_fd(&child->fds[i]);
    }
}

bool child_work(struct child *child)
{
    struct epoll_event events[STREAM_COUNT];
    int count = epoll_wait(child->epoll_fd, events, STREAM_COUNT, 0);

    for (int i = 0; i < count; i++) {
        enum stream stream = (enum stream)events[i].data.u32;
        if (child->fds[stream] < 0) {
            continue;
        }
        if (stream == STREAM_IN) {
            feed(child);
        } else if (stream == STREAM_EXIT) {
            reap(child);
        } else {
            collect(child, stream);
        }
    }
    return child->pid == 0;
}

/* --- ending --------------------------------------------------------------------------------- */

static void send_signal(struct child *child, int number)
{
    if (child->pid != 0) {
        kill(-child->pid, number);
    }
}

void child_stop(struct child *child)
{
    child->end.stopped = child->end.stopped || child->pid != 0;
    send_signal(child, SIGTERM);
}

void child_kill(struct child *child)
{
    child->end.stopped = child->end.stopped || child->pid != 0;
    send_signal(child, SIGKILL);
}

struct child_end child_end(const struct child *child)
{
    must(child->pid == 0);
    return child->end;
}

struct bytes child_output(const struct child *child)
{
    return buffer_bytes(&child->output);
}

struct bytes child_complaint(const struct child *child)
{
    size_t over =
        child->complaint.size > CHILD_STDERR_MAX ? child->complaint.size - CHILD_STDERR_MAX : 0;

    return (struct bytes){child->complaint.data ? child->complaint.data + over : NULL,
                          child->complaint.size - over};
}

void child_destroy(struct child **child)
{
    struct child *c = *child;

    if (c == NULL) {
        return;
    }
    if (c->pid != 0) {
        kill(-c->pid, SIGKILL);
        while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    for (int i = 0; i < STREAM_COUNT; i++) {
        close_fd(&c->fds[i]);
    }
    close_fd(&c->epoll_fd);
    buffer_fini(&c->input);
    buffer_fini(&c->output);
    buffer_fini(&c->complaint);
    free(c);
    *child = NULL;
}

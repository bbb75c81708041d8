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
#include "workers/exec/spawn.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#define BLOCK 16384u
/* Blocks per call: a child that pours output does not starve the loop; more than a pipe holds. */
#define READS_AT_ONCE 16

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

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

static bool watch(struct child *child, enum stream stream, unsigned events)
{
    struct epoll_event event = {.events = events, .data.u32 = stream};

    return epoll_ctl(child->epoll_fd, EPOLL_CTL_ADD, child->fds[stream], &event) == 0;
}

bool child_start(const struct program *program, const char *task, unsigned attempt,
                 struct bytes input, struct child **ret_child, struct error *err)
{
    struct spawned spawned;
    struct child *child;

    if (!spawn(program, task, attempt, &spawned, err)) {
        return false;
    }
    child = xcalloc(1, sizeof *child);
    child->pid = spawned.pid;
    child->fds[STREAM_IN] = spawned.in_fd;
    child->fds[STREAM_OUT] = spawned.out_fd;
    child->fds[STREAM_ERR] = spawned.err_fd;
    child->fds[STREAM_EXIT] = spawned.exit_fd;
    buffer_append(&child->input, input.data, input.size);
    child->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (child->epoll_fd < 0 || !watch(child, STREAM_EXIT, EPOLLIN) ||
        !watch(child, STREAM_IN, EPOLLOUT) || !watch(child, STREAM_OUT, EPOLLIN) ||
        !watch(child, STREAM_ERR, EPOLLIN)) {
        error_set(err, ERROR_IO, "cannot watch a child: %s", strerror(errno));
        child_destroy(&child);
        return false;
    }
    *ret_child = child;
    return true;
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

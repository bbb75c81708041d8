/* child.c - starting marshrut-jq, talking to it, ending it
 *
 * Owns:    a process and the socket to it.
 * In:      bodies of requests from evaluator.c.
 * Out:     bodies of answers; or how the process ended.
 * Always:  nobody waits longer than he said; a child is reaped by whoever finds it dead. It
 *          inherits one descriptor, no environment, no blocked signals.
 * See:     child.h, frames.h
 */
#include "expression/child.h"

#include "base/beside.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/must.h"
#include "expression/frames.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM       "marshrut-jq"
#define RECEIVE_BYTES 65536u
#define ANSWER_MAX    (LIMIT_PAYLOAD_BYTES + (64u << 10))

/* Beside this program; where it was installed; where the administrator says; where it was built. */
static char *find_program(void)
{
    char path[BESIDE_PATH_MAX];
    const char *told = getenv("MARSHRUT_JQ");

    if (beside_find(PROGRAM, X_OK, path) ||
        beside_find("../libexec/marshrut/" PROGRAM, X_OK, path)) {
        return xstrdup(path);
    }
    if (told != NULL && access(told, X_OK) == 0) {
        return xstrdup(told);
    }
#ifdef MARSHRUT_BUILT_PROGRAMS
    if (access(MARSHRUT_BUILT_PROGRAMS "/" PROGRAM, X_OK) == 0) {
        return xstrdup(MARSHRUT_BUILT_PROGRAMS "/" PROGRAM);
    }
#endif
    return NULL;
}

/* Its end of the socket becomes its standard input, everything else is closed on exec. */
static int spawn(const char *path, int end, pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigset_t all;
    char *const arguments[] = {PROGRAM, NULL};
    char *const environment[] = {NULL};

    sigemptyset(&none);
    sigfillset(&all);
    must(posix_spawn_file_actions_init(&actions) == 0 && posix_spawnattr_init(&attributes) == 0);
    must(posix_spawn_file_actions_adddup2(&actions, end, STDIN_FILENO) == 0);
    must(posix_spawnattr_setsigmask(&attributes, &none) == 0);
    must(posix_spawnattr_setsigdefault(&attributes, &all) == 0);
    must(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) ==
         0);
    int code = posix_spawn(ret_pid, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

/* The signal it died of. */
static int reap(struct child *child)
{
    int status = 0;

    close(child->fd);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR) {
    }
    *child = CHILD_INIT;
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

void child_stop(struct child *child)
{
    if (child->pid != 0) {
        kill(child->pid, SIGKILL);
        reap(child);
    }
}

static enum child_end wait_for(const struct child *child, short events, int64_t deadline_ms)
{
    for (;;) {
        struct pollfd poller = {.fd = child->fd, .events = events};
        int64_t left = deadline_ms - monotonic_ms();
        int ready = left > 0 ? poll(&poller, 1, (int)left) : 0;
        if (ready > 0) {
            return CHILD_ANSWERED;
        }
        if (ready == 0) {
            return CHILD_LATE;
        }
        must(errno == EINTR || errno == ENOMEM);
    }
}

static enum child_end send_all(const struct child *child, const struct buffer *data,
                               int64_t deadline_ms)
{
    size_t sent = 0;

    while (sent < data->size) {
        ssize_t n =
            send(child->fd, data->data + sent, data->size - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n >= 0) {
            sent += (size_t)n;
        } else if (errno == EAGAIN || errno == EINTR) {
            enum child_end end = wait_for(child, POLLOUT, deadline_ms);
            if (end != CHILD_ANSWERED) {
                return end;
            }
        } else {
            return CHILD_DIED;
        }
    }
    return CHILD_ANSWERED;
}

/* What has come of the frame is in `frame`; more of it, when there is some. */
static enum child_end receive_more(const struct child *child, struct buffer *frame,
                                   int64_t deadline_ms)
{
    buffer_reserve(frame, RECEIVE_BYTES);
    enum child_end end = wait_for(child, POLLIN, deadline_ms);
    ssize_t n = end == CHILD_ANSWERED ? recv(child->fd, frame->data + frame->size,
                                             frame->capacity - frame->size, MSG_DONTWAIT)
                                      : 0;

    if (end != CHILD_ANSWERED || (n < 0 && (errno == EAGAIN || errno == EINTR))) {
        return end;
    }
    frame->size += n > 0 ? (size_t)n : 0;
    return n > 0 ? CHILD_ANSWERED : CHILD_DIED;
}

/* A frame, then only its body. Nothing is sent behind it unasked. */
static enum child_end receive(const struct child *child, int64_t deadline_ms, struct buffer *answer)
{
    size_t whole = FRAME_HEAD_BYTES;

    buffer_clear(answer);
    while (answer->size < whole) {
        enum child_end end = receive_more(child, answer, deadline_ms);
        if (end != CHILD_ANSWERED) {
            return end;
        }
        if (answer->size >= FRAME_HEAD_BYTES) {
            struct cursor head = cursor_of(buffer_bytes(answer));
            whole = FRAME_HEAD_BYTES + (size_t)unpack_key32(&head);
        }
        if (whole == FRAME_HEAD_BYTES ? answer->size > whole : whole > ANSWER_MAX) {
            return CHILD_LATE; /* it is out of its mind */
        }
    }
    answer->size -= FRAME_HEAD_BYTES;
    memmove(answer->data, answer->data + FRAME_HEAD_BYTES, answer->size);
    return CHILD_ANSWERED;
}

static enum child_end finish(struct child *child, enum child_end end, int *ret_signal)
{
    *ret_signal = 0;
    if (end == CHILD_LATE) {
        child_stop(child);
    } else if (end == CHILD_DIED) {
        kill(child->pid, SIGKILL); /* it may have closed the socket only */
        *ret_signal = reap(child);
    }
    return end;
}

enum child_end child_ask(struct child *child, const struct buffer *request, int64_t limit_ms,
                         struct buffer *answer, int *ret_signal)
{
    struct buffer frame = BUFFER_INIT;
    int64_t deadline_ms = monotonic_ms() + limit_ms;

    must(child->pid != 0);
    pack_key32(&frame, (uint32_t)request->size);
    buffer_append(&frame, request->data, request->size);
    enum child_end end = send_all(child, &frame, deadline_ms);
    buffer_fini(&frame);
    if (end == CHILD_ANSWERED) {
        end = receive(child, deadline_ms, answer);
    }
    return finish(child, end, ret_signal);
}

bool child_start(struct child *child, const char *path, struct error *err)
{
    int ends[2];
    struct buffer answer = BUFFER_INIT;
    char *found = path != NULL ? xstrdup(path) : find_program();

    if (found == NULL) {
        return error_set(
            err, ERROR_IO,
            "the program marshrut-jq is not beside this one: expressions can't be run");
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        free(found);
        return error_set(err, ERROR_IO, "marshrut-jq can't be run: %s", strerror(errno));
    }
    int code = spawn(found, ends[1], &child->pid);
    close(ends[1]);
    if (code != 0) {
        close(ends[0]);
        *child = CHILD_INIT;
        error_set(err, ERROR_IO, "%s can't be run: %s", found, strerror(code));
        free(found);
        return false;
    }
    free(found);
    child->fd = ends[0];
    enum child_end end = receive(child, monotonic_ms() + LIMIT_COMPILE_MS, &answer);
    bool ready = end == CHILD_ANSWERED && answer.size == 1 && answer.data[0] == ANSWER_READY;
    buffer_fini(&answer);
    if (!ready) {
        child_stop(child);
        return error_set(err, ERROR_IO, "marshrut-jq did not start");
    }
    return true;
}

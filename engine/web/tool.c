/* tool.c - starting the `marshrut` program, carrying its bytes, ending it
 *
 * Owns:    the processes that run now, their pipes, their time.
 * In:      handlers and jobs.
 * Out:     how each ended, exactly once, through the loop.
 * Always:  nothing blocks; a process that is late or writes too much is killed; each is reaped
 * here, and by its own number, so that programs of the engine stay the engine's.
 */
#include "engine/web/tool.h"

#include "base/beside.h"
#include "base/clock.h"
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/web_part.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define READ_BYTES 65536u
#define LOOK_MS    20 /* between two looks whether a process that closed its pipes has ended */

/* Their numbers are those of the descriptors in the program. */
enum stream { STREAM_IN, STREAM_OUT, STREAM_ERRORS, STREAM_PROGRESS, STREAM_COUNT };

struct tool {
    struct tool *next;
    struct web *web;
    pid_t pid;
    int fds[STREAM_COUNT]; /* our ends; -1 = closed */
    struct buffer input;
    size_t written;
    struct buffer out;
    struct buffer errors;
    int64_t until_ms; /* monotonic */
    bool killed;
    struct error err;
    tool_progress_fn *progress;   /* NULL = nobody asks */
    char folder[TOOL_FOLDER_MAX]; /* with its files; "" = none */
    tool_fn *fn;
    void *context;
};

/* --- starting ------------------------------------------------------------------------------ */

static bool open_pipes(struct tool *t, int theirs[STREAM_COUNT])
{
    for (int i = 0; i < STREAM_COUNT; i++) {
        int ends[2];
        if (pipe(ends) != 0) {
            return error_set(&t->err, ERROR_IO, "no pipe: %s", strerror(errno));
        }
        theirs[i] = ends[i == STREAM_IN ? 0 : 1];
        t->fds[i] = ends[i == STREAM_IN ? 1 : 0];
        fcntl(theirs[i], F_SETFD, FD_CLOEXEC);
        fcntl(t->fds[i], F_SETFD, FD_CLOEXEC);
        fcntl(t->fds[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

extern char **environ;

#define OWN_MAX 3 /* variables of a run */

/* A run with a folder has its temporary files there: they go with it, though it is killed. */
static char *temporary_of(const struct tool *t)
{
    struct buffer text = BUFFER_INIT;

    buffer_text(&text, "TMPDIR=");
    buffer_text(&text, t->folder);
    char *variable = bytes_strdup(buffer_bytes(&text));
    buffer_fini(&text);
    return variable;
}

/* The environment of the engine, after *ret_own variables of this run. Yours: the list, and they.
 */
static char **environment_of(const struct tool *t, enum language language, size_t *ret_own)
{
    size_t count = 0;
    size_t own = 0;

    while (environ[count] != NULL) {
        count++;
    }
    char **list = xcalloc(OWN_MAX + count + 1, sizeof *list);
    list[own++] = xstrdup(language == LANGUAGE_RUSSIAN ? "MARSHRUT_LANG=ru" : "MARSHRUT_LANG=en");
    list[own++] = xstrdup("MARSHRUT_PROGRESS_FD=3"); /* STREAM_PROGRESS */
    if (t->folder[0] != '\0') {
        list[own++] = temporary_of(t);
    }
    memcpy(list + own, environ, count * sizeof *list);
    *ret_own = own;
    return list;
}

static int spawn(struct tool *t, const struct tool_run *run, const int theirs[STREAM_COUNT])
{
    char path[BESIDE_PATH_MAX];
    const char *arguments[TOOL_ARGUMENTS_MAX + 2] = {"marshrut"};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigset_t all;
    size_t own;

    memcpy(arguments + 1, run->arguments, sizeof run->arguments);
    beside_program("marshrut", path);
    sigemptyset(&none);
    sigfillset(&all);
    must(posix_spawn_file_actions_init(&actions) == 0 && posix_spawnattr_init(&attributes) == 0);
    for (int i = 0; i < STREAM_COUNT; i++) {
        must(posix_spawn_file_actions_adddup2(&actions, theirs[i], i) == 0);
    }
    must(posix_spawnattr_setsigmask(&attributes, &none) == 0);
    must(posix_spawnattr_setsigdefault(&attributes, &all) == 0);
    must(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) ==
         0);
    char **environment = environment_of(t, run->language, &own);
    int code =
        posix_spawnp(&t->pid, path, &actions, &attributes, (char *const *)arguments, environment);
    for (size_t i = 0; i < own; i++) {
        free(environment[i]);
    }
    free(environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

static void close_stream(struct tool *t, enum stream stream)
{
    if (t->fds[stream] >= 0) {
        loop_unwatch(t->web, t->fds[stream]);
        close(t->fds[stream]);
        t->fds[stream] = -1;
    }
}

/* --- its bytes ----------------------------------------------------------------------------- */

/* Why: told by who calls, in t->err, unless it was killed before. */
static void kill_it(struct tool *t)
{
    t->killed = true;
    if (t->pid > 0) {
        kill(t->pid, SIGKILL);
    }
}

/* Where its reason is put; nowhere when it has one. */
static struct error *reason_of(struct tool *t)
{
    return t->killed ? NULL : &t->err;
}

static void write_input(void *context, short revents)
{
    struct tool *t = context;
    const char *at = (const char *)t->input.data + t->written;
    ssize_t n = (revents & (POLLERR | POLLHUP)) != 0
                    ? 0
                    : write(t->fds[STREAM_IN], at, t->input.size - t->written);

    t->written += n > 0 ? (size_t)n : 0;
    bool again = n < 0 && (errno == EAGAIN || errno == EINTR);
    if (t->written == t->input.size || (n <= 0 && !again)) {
        close_stream(t, STREAM_IN);
    }
}

static void read_stream(struct tool *t, enum stream stream, struct buffer *into, size_t most)
{
    char bytes[READ_BYTES];
    ssize_t n = read(t->fds[stream], bytes, sizeof bytes);

    if (n > 0) {
        size_t room = into->size < most ? most - into->size : 0;
        buffer_append(into, bytes, (size_t)n < room ? (size_t)n : room);
        if (stream == STREAM_OUT && (size_t)n > room) {
            error_set(reason_of(t), ERROR_TOO_LARGE,
                      "the program wrote more than there is room for");
            kill_it(t);
        }
    } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        close_stream(t, stream);
    }
}

static void read_out(void *context, short revents)
{
    struct tool *t = context;

    (void)revents;
    read_stream(t, STREAM_OUT, &t->out, TOOL_OUTPUT_MAX);
}

static void read_errors(void *context, short revents)
{
    struct tool *t = context;

    (void)revents;
    read_stream(t, STREAM_ERRORS, &t->errors, TOOL_ERRORS_MAX);
}

/* What the last line of them says; each was written whole (pipe(7), PIPE_BUF). */
static void take_told(struct tool *t, char *lines)
{
    char *end = strrchr(lines, '\n');

    if (end == NULL) {
        return;
    }
    *end = '\0';
    const char *before = strrchr(lines, '\n');
    uint64_t done = strtoull(before != NULL ? before + 1 : lines, &end, 10);
    uint64_t of = strtoull(end, &end, 10);
    if (*end == '\0' && t->progress != NULL && !t->killed) {
        t->progress(t->context, done, of);
    }
}

static void read_progress(void *context, short revents)
{
    struct tool *t = context;
    char lines[READ_BYTES];
    ssize_t n = read(t->fds[STREAM_PROGRESS], lines, sizeof lines - 1);

    (void)revents;
    if (n > 0) {
        lines[n] = '\0';
        take_told(t, lines);
    } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        close_stream(t, STREAM_PROGRESS);
    }
}

/* --- its end ------------------------------------------------------------------------------- */

static void unlink_tool(struct tool *t)
{
    for (struct tool **at = &t->web->tools; *at != NULL; at = &(*at)->next) {
        if (*at == t) {
            *at = t->next;
            return;
        }
    }
}

static void end(struct tool *t, int status)
{
    bool exited = !t->killed && t->pid > 0 && WIFEXITED(status);
    struct tool_end how = {.status = exited ? WEXITSTATUS(status) : -1,
                           .out = buffer_bytes(&t->out),
                           .errors = buffer_bytes(&t->errors),
                           .folder = t->folder,
                           .err = exited ? NULL : &t->err};

    if (!exited && t->err.code == ERROR_NONE) {
        error_set(&t->err, ERROR_IO, "the program ended with signal %d", WTERMSIG(status));
    }
    unlink_tool(t);
    for (int i = 0; i < STREAM_COUNT; i++) {
        close_stream(t, (enum stream)i);
    }
    t->fn(t->context, &how);
    tool_folder_remove(t->folder);
    buffer_fini(&t->input);
    buffer_fini(&t->out);
    buffer_fini(&t->errors);
    free(t);
}

/* Has it ended, or is its time over? Both pipes are read to their ends before it counts as ended.
 */
static bool look(void *context)
{
    struct tool *t = context;
    int status = 0;
    bool open = t->fds[STREAM_OUT] >= 0 || t->fds[STREAM_ERRORS] >= 0;

    if (monotonic_ms() >= t->until_ms) {
        error_set(reason_of(t), ERROR_TIMEOUT, "the program took too long");
        kill_it(t);
    }
    if (t->pid <= 0) {
        end(t, 0);
        return false;
    }
    if ((open && !t->killed) || waitpid(t->pid, &status, WNOHANG) == 0) {
        return true;
    }
    end(t, status);
    return false;
}

struct tool *tool_begin(struct web *web, const struct tool_run *run, tool_fn *fn, void *context)
{
    struct tool *t = xcalloc(1, sizeof *t);
    int theirs[STREAM_COUNT] = {-1, -1, -1, -1};
    int64_t now_ms = monotonic_ms();

    *t = (struct tool){.next = web->tools,
                       .web = web,
                       .fds = {-1, -1, -1, -1},
                       .until_ms = now_ms + (run->time_ms > 0 ? run->time_ms : TOOL_TIME_MS),
                       .progress = run->progress,
                       .fn = fn,
                       .context = context};
    web->tools = t;
    snprintf(t->folder, sizeof t->folder, "%s", run->folder != NULL ? run->folder : "");
    buffer_append(&t->input, run->input.data, run->input.size);
    int code = open_pipes(t, theirs) ? spawn(t, run, theirs) : errno;
    for (int i = 0; i < STREAM_COUNT; i++) {
        if (theirs[i] >= 0) {
            close(theirs[i]);
        }
    }
    if (code != 0) {
        t->pid = 0;
        error_set(&t->err, ERROR_IO, "can't start the program: %s", strerror(code));
    } else {
        loop_watch(web, t->fds[STREAM_IN], POLLOUT, write_input, t);
        loop_watch(web, t->fds[STREAM_OUT], POLLIN, read_out, t);
        loop_watch(web, t->fds[STREAM_ERRORS], POLLIN, read_errors, t);
        loop_watch(web, t->fds[STREAM_PROGRESS], POLLIN, read_progress, t);
    }
    loop_at(web, now_ms + LOOK_MS, LOOK_MS, look, t);
    return t;
}

void tool_stop(struct tool *t)
{
    error_set(reason_of(t), ERROR_REFUSED, "it was stopped");
    kill_it(t);
}

void tools_stop(struct web *web)
{
    while (web->tools != NULL) {
        struct tool *t = web->tools;
        int status = 0;
        error_set(reason_of(t), ERROR_BUSY, "the engine stops: try again");
        kill_it(t);
        if (t->pid > 0) {
            waitpid(t->pid, &status, 0);
        }
        loop_drop(web, t);
        end(t, status);
    }
}

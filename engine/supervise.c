/* supervise.c - starting, restarting and stopping child programs
 *
 * Owns:    their process ids. waitpid() is asked for each by its own number, so that the upkeep
 *          processes are left to upkeep.c.
 * Always:  a child never outlives the engine: it asks the kernel for SIGTERM when its parent dies.
 */
#include "engine/supervise.h"

#include "base/beside.h"
#include "base/log.h"
#include "base/must.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAUSE_MIN_MS 500 /* a program that fails at once must not take the machine */
#define PAUSE_MAX_MS 30000
#define STEADY_MS    60000 /* that long without dying: the next pause is short again */
#define STOP_MS      3000  /* between SIGTERM and SIGKILL */

struct child {
    const struct config_program *program;
    pid_t pid; /* 0 = not running */
    int64_t started_ms;
    int64_t again_ms;
    int64_t pause_ms;
};

struct supervisor {
    struct child children[CONFIG_PROGRAMS_MAX];
    uint32_t count;
    bool stopping;
    char **environment; /* ours and four variables more */
};

extern char **environ;

#define VARIABLES 4

static char *variable(const char *name, const char *value)
{
    size_t size = strlen(name) + strlen(value) + 2;
    char *text = xmalloc(size);

    snprintf(text, size, "%s=%s", name, value);
    return text;
}

/* Made once, before any fork(): a child of a threaded process may not allocate. */
static char **make_environment(const struct config *config, const struct server *server)
{
    size_t count = 0;
    size_t n = 0;
    char **list;

    while (environ[count] != NULL) {
        count++;
    }
    list = xcalloc(count + VARIABLES + 1, sizeof *list);
    list[n++] = variable("MARSHRUT_FOLDER", config->folder);
    list[n++] = variable("MARSHRUT_WORKERS", server_endpoint(server, SERVER_WORKERS));
    list[n++] = variable("MARSHRUT_CLIENTS", server_endpoint(server, SERVER_CLIENTS));
    list[n++] = variable("MARSHRUT_EVENTS", server_endpoint(server, SERVER_EVENTS));
    memcpy(list + n, environ, count * sizeof *list);
    return list;
}

static void free_environment(char **list)
{
    for (int i = 0; i < VARIABLES; i++) {
        free(list[i]);
    }
    free(list);
}

static void signal_default(int number)
{
    struct sigaction action = {.sa_handler = SIG_DFL};

    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static void run_child(const struct config_program *program, const char *path, pid_t parent,
                      char **environment)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) {
        _exit(0); /* it died between fork() and prctl() */
    }
    signal_default(SIGPIPE); /* ours is ignored, and that would be inherited */
    environ = environment;
    execvp(path, program->argv);
    fprintf(stderr, "marshrutd: can't run %s: %s\n", path, strerror(errno));
    _exit(127);
}

static void start(const struct supervisor *s, struct child *child)
{
    char path[4096];
    pid_t parent = getpid();

    beside_program(child->program->argv[0], path);
    child->started_ms = monotonic_ms();
    child->pid = fork();
    if (child->pid == 0) {
        run_child(child->program, path, parent, s->environment);
    }
    if (child->pid < 0) {
        log_error("MR-PROGRAM-FAILED", "program=%s: no process: %s", child->program->name,
                  strerror(errno));
        child->pid = 0;
        child->again_ms = child->started_ms + PAUSE_MAX_MS;
    } else {
        log_info("MR-PROGRAM-STARTED", "program=%s pid=%ld", child->program->name,
                 (long)child->pid);
    }
}

struct supervisor *supervisor_start(const struct config *config, const struct server *server)
{
    struct supervisor *s = xcalloc(1, sizeof *s);

    s->environment = make_environment(config, server);
    for (uint32_t i = 0; i < config->program_count; i++) {
        struct child *child = &s->children[s->count++];
        *child = (struct child){.program = &config->programs[i], .pause_ms = PAUSE_MIN_MS};
        start(s, child);
    }
    return s;
}

static void note_death(struct child *child, int status, int64_t now_ms)
{
    log_warn("MR-PROGRAM-DIED", "program=%s %s=%d: starts again in %lld ms", child->program->name,
             WIFSIGNALED(status) ? "signal" : "status",
             WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
             (long long)child->pause_ms);
    if (now_ms - child->started_ms > STEADY_MS) {
        child->pause_ms = PAUSE_MIN_MS;
    }
    child->pid = 0;
    child->again_ms = now_ms + child->pause_ms;
    child->pause_ms = child->pause_ms * 2 > PAUSE_MAX_MS ? PAUSE_MAX_MS : child->pause_ms * 2;
}

int supervisor_look(struct supervisor *s)
{
    int64_t now_ms = monotonic_ms();
    int wait_ms = -1;
    int status;

    for (uint32_t i = 0; i < s->count && !s->stopping; i++) {
        struct child *child = &s->children[i];
        if (child->pid != 0 && waitpid(child->pid, &status, WNOHANG) == child->pid) {
            note_death(child, status, now_ms);
        }
        if (child->pid == 0 && child->again_ms <= now_ms) {
            start(s, child);
        }
        if (child->pid == 0) {
            int left_ms = (int)(child->again_ms - now_ms) + 1;
            wait_ms = wait_ms < 0 || left_ms < wait_ms ? left_ms : wait_ms;
        }
    }
    return wait_ms;
}

static void signal_all(const struct supervisor *s, int number)
{
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->children[i].pid != 0) {
            kill(s->children[i].pid, number);
        }
    }
}

void supervisor_stop(struct supervisor *s)
{
    s->stopping = true;
    signal_all(s, SIGTERM);
}

/* Wait for one child of ours or the end of the time; SIGCHLD is blocked here, so none is missed. */
static bool wait_all(struct supervisor *s, int64_t until_ms)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    for (;;) {
        bool any = false;
        for (uint32_t i = 0; i < s->count; i++) {
            struct child *child = &s->children[i];
            if (child->pid != 0 && waitpid(child->pid, NULL, WNOHANG) == child->pid) {
                child->pid = 0;
            }
            any = any || child->pid != 0;
        }
        int64_t left_ms = until_ms - monotonic_ms();
        if (!any || left_ms <= 0) {
            return !any;
        }
        struct timespec left = {left_ms / 1000, left_ms % 1000 * 1000000};
        sigtimedwait(&set, NULL, &left);
    }
}

void supervisor_destroy(struct supervisor *s)
{
    sigset_t set;

    if (s == NULL) {
        return;
    }
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    if (!wait_all(s, monotonic_ms() + STOP_MS)) {
        signal_all(s, SIGKILL);
        wait_all(s, monotonic_ms() + STOP_MS);
    }
    free_environment(s->environment);
    free(s);
}

/* rig.c - an engine in a folder of its own, with one worker, for a measure
 *
 * Owns:    the folder and the two processes. Both get SIGKILL from the kernel when this one dies.
 * In, out: requests, one at a time.
 * Always:  when rig_close() returns, nothing of it is left.
 */
#include "tests/bench/rig.h"

#include "base/must.h"
#include "tests/bench/documents.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define STOP_MS  5000
#define SLICE_MS 500 /* how often an engine that does not answer is looked after */
#define LOG      "engine.log"

bool rig_refuse(struct error *err, const struct mr_error *reason, const char *what)
{
    return error_set(err, ERROR_IO, "%s: %s: %s", what, reason->code, reason->text);
}

/* --- folders -------------------------------------------------------------------------------- */

static bool make_folder(const char *base, char **ret_folder, struct error *err)
{
    size_t size = strlen(base) + 32;
    char *path = xmalloc(size);

    snprintf(path, size, "%s/marshrut-bench-XXXXXX", base);
    if (mkdtemp(path) == NULL || chdir(path) != 0) {
        error_set(err, ERROR_IO, "can't make the folder %s: %s", path, strerror(errno));
        free(path);
        return false;
    }
    *ret_folder = path;
    return true;
}

/* One that is named: whoever named it keeps it. */
static bool enter_folder(const char *path, char **ret_folder, struct error *err)
{
    char here[PATH_MAX];

    if ((mkdir(path, 0700) != 0 && errno != EEXIST) || chdir(path) != 0 ||
        getcwd(here, sizeof here) == NULL) {
        return error_set(err, ERROR_IO, "can't use the folder %s: %s", path, strerror(errno));
    }
    *ret_folder = xstrdup(here);
    return true;
}

static void remove_folder(char *folder)
{
    char *const roots[] = {folder, NULL};
    FTS *tree = chdir("/") == 0 ? fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL) : NULL;

    if (tree == NULL) {
        return;
    }
    for (FTSENT *e = fts_read(tree); e != NULL; e = fts_read(tree)) {
        if (e->fts_info != FTS_D) { /* a folder comes again after what is in it */
            remove(e->fts_accpath);
        }
    }
    fts_close(tree);
}

/* --- the engine's process ------------------------------------------------------------------- */

static _Noreturn void become_engine(const char *program, pid_t parent)
{
    char *const argv[] = {(char *)(uintptr_t)program, "--config", "bench.yaml", NULL};
    int log = open(LOG, O_WRONLY | O_CREAT | O_APPEND, 0600);

    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent && log >= 0 &&
        dup2(log, STDOUT_FILENO) >= 0 && dup2(log, STDERR_FILENO) >= 0) {
        execv(program, argv);
        fprintf(stderr, "can't run %s: %s\n", program, strerror(errno));
    }
    _exit(127);
}

bool rig_start(struct rig *rig, struct error *err)
{
    struct mr_error reason;
    pid_t parent = getpid();
    pid_t pid = fork();

    if (pid == 0) {
        become_engine(rig->program, parent);
    }
    if (pid < 0) {
        return error_set(err, ERROR_IO, "can't fork: %s", strerror(errno));
    }
    rig->engine = pid;
    rig->client = mr_client_create(RIG_CLIENTS, &reason);
    return rig->client != NULL ? true : rig_refuse(err, &reason, "no client");
}

static void drop_client(struct rig *rig)
{
    mr_client_destroy(rig->client);
    rig->client = NULL;
}

static void end_process(pid_t *pid, int number)
{
    if (*pid > 0) {
        kill(*pid, number);
        while (waitpid(*pid, NULL, 0) < 0 && errno == EINTR) {
        }
        *pid = 0;
    }
}

void rig_kill(struct rig *rig)
{
    drop_client(rig);
    end_process(&rig->engine, SIGKILL);
}

/* What the engine said last, for the person who reads that it failed. */
static void show_log(void)
{
    char line[1024];
    FILE *file = fopen(LOG, "r");

    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        fprintf(stderr, "  engine: %s", line);
    }
    if (file != NULL) {
        fclose(file);
    }
}

/* --- the whole ------------------------------------------------------------------------------ */

static bool set_up(struct rig *rig, unsigned capacity, struct error *err)
{
    json_t *answer;

    if (!documents_write(rig->folder, err) || !rig_start(rig, err)) {
        return false;
    }
    if (!rig_ask(rig, "STATS", json_object(), &answer, err)) {
        return false;
    }
    json_decref(answer);
    if (capacity == 0) {
        return true;
    }
    /* the worker is forked while this process has no sockets, so that it inherits none */
    drop_client(rig);
    struct mr_error reason;
    bool ok = worker_start(RIG_WORKERS, capacity, rig->board, &rig->worker, err);
    rig->client = ok ? mr_client_create(RIG_CLIENTS, &reason) : NULL;
    return ok && (rig->client != NULL || rig_refuse(err, &reason, "no client"));
}

bool rig_open(const struct bench_options *options, unsigned capacity, uint64_t arrivals,
              struct rig **ret_rig, struct error *err)
{
    struct rig *rig = xcalloc(1, sizeof *rig);

    rig->program = options->engine;
    if (!make_folder(options->folder, &rig->folder, err)) {
        free(rig);
        return false;
    }
    rig->board = board_create(arrivals);
    if (!set_up(rig, capacity, err)) {
        rig_close(&rig);
        return false;
    }
    *ret_rig = rig;
    return true;
}

bool rig_prepare(const struct bench_options *options, struct rig **ret_rig, struct error *err)
{
    struct rig *rig = xcalloc(1, sizeof *rig);

    rig->program = options->engine;
    rig->kept = options->store != NULL;
    bool ok = rig->kept ? enter_folder(options->store, &rig->folder, err)
                        : make_folder(options->folder, &rig->folder, err);
    if (!ok) {
        free(rig);
        return false;
    }
    rig->board = board_create(0);
    if (!documents_write(rig->folder, err)) {
        rig_close(&rig);
        return false;
    }
    *ret_rig = rig;
    return true;
}

/* SIGTERM first: what it writes when it ends is a part of it, and tools that watch it need it. */
static void stop_engine(struct rig *rig)
{
    struct pollfd none = {.fd = -1};

    if (rig->engine <= 0) {
        return;
    }
    kill(rig->engine, SIGTERM);
    for (int waited_ms = 0; waited_ms < STOP_MS; waited_ms += 10) {
        if (waitpid(rig->engine, NULL, WNOHANG) == rig->engine) {
            rig->engine = 0;
            return;
        }
        poll(&none, 1, 10);
    }
    end_process(&rig->engine, SIGKILL);
}

void rig_stop(struct rig *rig)
{
    drop_client(rig);
    stop_engine(rig);
}

void rig_close(struct rig **rig)
{
    struct rig *r = *rig;

    if (r == NULL) {
        return;
    }
    drop_client(r);
    end_process(&r->worker, SIGKILL);
    stop_engine(r);
    board_destroy(&r->board);
    if (r->kept) {
        must(chdir("/") == 0);
    } else {
        remove_folder(r->folder);
    }
    free(r->folder);
    free(r);
    *rig = NULL;
}

/* --- requests ------------------------------------------------------------------------------- */

/* An engine that ended will not answer. */
static bool is_alive(struct rig *rig, struct error *err)
{
    if (waitpid(rig->engine, NULL, WNOHANG) != rig->engine) {
        return true;
    }
    rig->engine = 0;
    show_log();
    return error_set(err, ERROR_IO, "the engine ended");
}

static bool wait_answer(struct rig *rig, uint64_t request, struct mr_answer *ret_answer,
                        struct error *err)
{
    struct mr_error reason;

    for (int waited_ms = 0; waited_ms < RIG_ANSWER_MS; waited_ms += SLICE_MS) {
        if (mr_client_wait(rig->client, request, SLICE_MS, ret_answer, &reason)) {
            return true;
        }
        if (bench_interrupted(err) || !is_alive(rig, err)) {
            return false;
        }
    }
    return rig_refuse(err, &reason, "no answer");
}

bool rig_ask(struct rig *rig, const char *verb, json_t *request, json_t **ret_answer,
             struct error *err)
{
    struct mr_answer answer;
    struct mr_error reason;
    uint64_t number;
    char *text = json_dumps(request, JSON_COMPACT);

    json_decref(request);
    bool ok = mr_client_send(rig->client, verb, text, strlen(text), &number, &reason) ||
              rig_refuse(err, &reason, verb);
    free(text);
    if (!ok || !wait_answer(rig, number, &answer, err)) {
        return false;
    }
    json_t *value = json_loadb(answer.json, answer.size, 0, NULL);
    if (!answer.ok || value == NULL) {
        json_decref(value);
        return error_set(err, ERROR_IO, "%s: %s: %.*s", verb, answer.code,
                         answer.size > 300 ? 300 : (int)answer.size, answer.json);
    }
    *ret_answer = value;
    return true;
}

bool rig_instances(struct rig *rig, const char *state, uint64_t *ret_count, struct error *err)
{
    json_t *answer;

    if (!rig_ask(rig, "STATS", json_object(), &answer, err)) {
        return false;
    }
    const json_t *count = json_object_get(json_object_get(answer, "instances"), state);
    bool ok = json_is_integer(count);
    if (ok) {
        *ret_count = (uint64_t)json_integer_value(count);
    } else {
        error_set(err, ERROR_IO, "STATS does not tell how many instances are %s", state);
    }
    json_decref(answer);
    return ok;
}

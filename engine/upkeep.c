/* upkeep.c - processes that copy or verify the store
 *
 * Owns:    the running upkeep processes and the pipes they answer through.
 * In:      BACKUP and VERIFY from clients.
 * Out:     their answers, when the process has ended.
 */
#include "engine/upkeep.h"

#include "base/log.h"
#include "base/must.h"
#include "engine/refusal.h"
#include "engine/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_MAX 4096

struct job {
    pid_t pid; /* 0 = free */
    int pipe;
    struct peer peer;
    uint64_t request;
    size_t size;
    char answer[ANSWER_MAX];
};

struct upkeep {
    char store[4096];
    struct job jobs[UPKEEP_MAX];
};

struct upkeep *upkeep_create(const char *folder)
{
    struct upkeep *u = xcalloc(1, sizeof *u);

    snprintf(u->store, sizeof u->store, "%s/store", folder);
    return u;
}

void upkeep_destroy(struct upkeep *u)
{
    for (int i = 0; u != NULL && i < UPKEEP_MAX; i++) {
        if (u->jobs[i].pid != 0) {
            kill(u->jobs[i].pid, SIGTERM);
            waitpid(u->jobs[i].pid, NULL, 0);
            close(u->jobs[i].pipe);
        }
    }
    free(u);
}

static void run_child(const struct upkeep *u, int out, const char *job, const char *folder)
{
    char self[4096];
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);

    if (size < 0) {
        _exit(127);
    }
    self[size] = '\0';
    dup2(out, STDOUT_FILENO);
    execl(self, "marshrutd", "--upkeep", job, u->store, folder, (char *)NULL);
    _exit(127);
}

static bool spawn(struct upkeep *u, struct job *job, const char *name, const char *folder,
                  struct error *err)
{
    int ends[2];

    if (pipe(ends) != 0) {
        return error_set(err, ERROR_IO, "no pipe for %s: %s", name, strerror(errno));
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    pid_t pid = fork();
    if (pid == 0) {
        run_child(u, ends[1], name, folder);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return error_set(err, ERROR_IO, "no process for %s: %s", name, strerror(errno));
    }
    job->pid = pid;
    job->pipe = ends[0];
    job->size = 0;
    return true;
}

bool upkeep_start(struct upkeep *u, struct engine *e, const struct peer *peer,
                  const struct client_message *header, const json_t *request, struct error *err)
{
    bool backup = header->verb == CLIENT_BACKUP;
    const char *folder = json_string_value(json_object_get(request, "folder"));

    (void)e;
    if (backup && (folder == NULL || folder[0] != '/')) {
        return error_set(err, ERROR_INVALID, "\"folder\" must be an absolute path");
    }
    for (int i = 0; i < UPKEEP_MAX; i++) {
        struct job *job = &u->jobs[i];
        if (job->pid == 0) {
            job->peer = *peer;
            job->request = header->request;
            return spawn(u, job, backup ? "backup" : "verify", backup ? folder : "-", err);
        }
    }
    return error_set(err, ERROR_BUSY, "%d backups or verifications are running already",
                     UPKEEP_MAX);
}

static void answer(struct engine *e, struct job *job, int status)
{
    struct error err;

    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && job->size > 0) {
        engine_reply(e, &job->peer, job->request, ERROR_NONE,
                     (struct bytes){job->answer, job->size});
        return;
    }
    if (job->size > 0 && job->answer[0] == '{') { /* what upkeep_main() says of a refusal */
        e->stats.refused++;
        engine_reply(e, &job->peer, job->request, ERROR_IO, (struct bytes){job->answer, job->size});
        return;
    }
    error_set(&err, ERROR_IO, "the process ended early");
    engine_reply_error(e, &job->peer, job->request, &err);
}

/* Returns true when the job has ended. */
static bool look(struct engine *e, struct job *job)
{
    int status;
    ssize_t got;

    do {
        got = read(job->pipe, job->answer + job->size, ANSWER_MAX - job->size);
        job->size += got > 0 ? (size_t)got : 0;
    } while (got > 0);
    if (waitpid(job->pid, &status, WNOHANG) != job->pid) {
        return false;
    }
    got = read(job->pipe, job->answer + job->size, ANSWER_MAX - job->size);
    job->size += got > 0 ? (size_t)got : 0;
    while (job->size > 0 && job->answer[job->size - 1] == '\n') {
        job->size--;
    }
    answer(e, job, status);
    close(job->pipe);
    job->pid = 0;
    return true;
}

void upkeep_look(struct upkeep *u, struct engine *e)
{
    for (int i = 0; i < UPKEEP_MAX; i++) {
        if (u->jobs[i].pid != 0) {
            look(e, &u->jobs[i]);
        }
    }
}

/* --- in the process ------------------------------------------------------------------------ */

static void print_json(json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT);

    puts(text);
    free(text);
    json_decref(value);
}

static bool back_up(struct store *store, const char *folder, struct error *err)
{
    struct store_stats stats;
    char file[4096];
    struct stat st;

    if (!store_copy(store, folder, err)) {
        return false;
    }
    store_stats(store, &stats);
    snprintf(file, sizeof file, "%s/data.mdb", folder);
    print_json(json_pack("{ss sI}", "folder", folder, "bytes",
                         stat(file, &st) == 0 ? (json_int_t)st.st_size : 0));
    return true;
}

static bool verify(struct store *store, struct error *err)
{
    struct verify_result result;

    if (!verify_store(store, &result, err)) {
        return false;
    }
    print_json(json_pack("{sI sI sI sI ss*}", "entries", (json_int_t)result.entries, "records",
                         (json_int_t)result.records, "instances", (json_int_t)result.instances,
                         "differences", (json_int_t)result.differences, "first",
                         result.first[0] ? result.first : NULL));
    return true;
}

int upkeep_main(const char *job, const char *path, const char *folder)
{
    struct store_options options = {
        .tables = table_names, .table_count = TABLE_COUNT, .format = 1, .read_only = true};
    struct store *store = NULL;
    struct error err;

    bool ok = store_open_lmdb(path, &options, &store, &err) &&
              (strcmp(job, "backup") == 0 ? back_up(store, folder, &err) : verify(store, &err));
    store_close(&store);
    if (!ok) {
        json_t *refusal = json_object();
        refusal_put(refusal, &err);
        print_json(refusal);
    }
    return ok ? 0 : 1;
}

/* jobs.c - the list of jobs, who runs, and how each ends
 *
 * Owns:    states, the queue, which jobs are kept.
 * In:      api_jobs.c; kinds, when they get on or end.
 * Out:     kinds are told to begin and to end; job_file.c writes.
 * Always:  at most LIMIT_JOBS_RUNNING run. A job is on disk before its id is told to anybody.
 * See:     docs/http.md §4
 */
#include "engine/web/jobs.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "engine/refusal.h"
#include "engine/rows.h"
#include "engine/web/gateway.h"
#include "engine/web/jobs_part.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SAVE_MS 1000 /* what a kill in the middle may let be done again, under its once-keys */

static const struct job_kind *const kinds[] = {&job_bulk, &job_rehearse, &job_import};

const struct job_kind *job_kind_find(const char *name)
{
    for (size_t i = 0; name != NULL && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i]->name, name) == 0) {
            return kinds[i];
        }
    }
    return NULL;
}

json_t *job_kind_read(const struct job_kind *kind, struct exchange *x)
{
    return kind->read(x);
}

bool job_kind_check(const struct job_kind *kind, const json_t *request, const struct view *view,
                    struct error *err)
{
    return kind->check == NULL || kind->check(request, view, err);
}

const char *job_state_name(enum job_state state)
{
    static const char *const names[JOB_STATE_COUNT] = {"waiting", "running",   "done",
                                                       "failed",  "cancelled", "interrupted"};

    return names[state];
}

bool job_is_over(const struct job *job)
{
    return job->state != JOB_WAITING && job->state != JOB_RUNNING;
}

/* As the engine's clock has it. Nobody looks at a snapshot when this is called. */
static int64_t now_ms(const struct jobs *jobs)
{
    const struct view *view = reader_begin(jobs->web->reader, NULL);
    int64_t ms = view != NULL ? view->world->now_ms : 0;

    reader_end(jobs->web->reader);
    return ms;
}

/* --- who is next --------------------------------------------------------------------------- */

static struct job *oldest_waiting(const struct jobs *jobs)
{
    struct job *found = NULL;

    for (struct job *job = jobs->newest; job != NULL; job = job->next) {
        found = job->state == JOB_WAITING ? job : found;
    }
    return found;
}

static bool begin_next(void *context)
{
    struct jobs *jobs = context;
    struct job *job = jobs->running < LIMIT_JOBS_RUNNING ? oldest_waiting(jobs) : NULL;

    jobs->pumping = job != NULL && !jobs->stopping;
    if (!jobs->pumping) {
        return false;
    }
    jobs->running++;
    job->state = JOB_RUNNING;
    job_save(job);
    job->kind->begin(job);
    return true;
}

static void pump(struct jobs *jobs)
{
    if (!jobs->pumping && !jobs->stopping) {
        jobs->pumping = true;
        loop_begin(jobs->web, begin_next, jobs);
    }
}

/* --- getting on, and the end --------------------------------------------------------------- */

void job_progress(struct job *job)
{
    if (!job->jobs->stopping && monotonic_ms() - job->saved_ms >= SAVE_MS) {
        job_save(job);
    }
}

void job_add_refused(struct job *job, json_t *row)
{
    job->refused_count++;
    if (json_array_size(job->refused) < JOB_REFUSED_MAX) {
        json_array_append_new(job->refused, row);
    } else {
        json_decref(row);
    }
}

void job_end_problem(struct job *job, json_t *problem)
{
    if (!job->jobs->stopping) {
        json_decref(job->problem);
        job->problem = json_incref(problem);
        job_end(job, JOB_FAILED, NULL);
    }
    json_decref(problem);
}

void job_end(struct job *job, enum job_state state, const struct error *err)
{
    struct jobs *jobs = job->jobs;

    if (jobs->stopping) {
        return;
    }
    must(job->state == JOB_RUNNING && state >= JOB_DONE);
    jobs->running--;
    job->state = state;
    job->ended_ms = now_ms(jobs);
    if (err != NULL) {
        json_decref(job->problem);
        job->problem = json_object();
        refusal_put(job->problem, err);
    }
    if (job->work != NULL) {
        job->kind->release(job);
        job->work = NULL;
    }
    job_folders_remove(job);
    job_save(job);
    log_info("MR-JOB", "job=%llu kind=%s state=%s done=%llu of=%llu refused=%llu",
             (unsigned long long)job->id, job->kind->name, job_state_name(state),
             (unsigned long long)job->done, (unsigned long long)job->of,
             (unsigned long long)job->refused_count);
    pump(jobs);
}

bool jobs_cancel(struct jobs *jobs, struct job *job, struct error *err)
{
    if (job_is_over(job)) {
        return error_set(err, ERROR_CONFLICT, "this work is over already");
    }
    job->cancelled = true;
    if (job->state == JOB_WAITING) {
        job->state = JOB_RUNNING; /* for a moment: it ends as any other */
        jobs->running++;
        job_end(job, JOB_CANCELLED, NULL);
    } else {
        job->kind->cancel(job);
    }
    return true;
}

/* --- new ones ------------------------------------------------------------------------------ */

/* The oldest that is over goes. false: none is. */
static bool make_room(struct jobs *jobs)
{
    struct job **found = NULL;

    if (jobs->count < LIMIT_JOBS) {
        return true;
    }
    for (struct job **at = &jobs->newest; *at != NULL; at = &(*at)->next) {
        found = job_is_over(*at) ? at : found;
    }
    if (found == NULL) {
        return false;
    }
    struct job *job = *found;
    *found = job->next;
    jobs->count--;
    job_remove_files(job);
    job_destroy(job);
    return true;
}

static bool find_once(const struct jobs *jobs, const struct job_order *order, uint64_t *ret_id,
                      struct error *err)
{
    for (const struct job *job = jobs->newest; job != NULL && order->once[0] != '\0';
         job = job->next) {
        if (strcmp(job->once, order->once) == 0) {
            if (job->kind != order->kind || strcmp(job->by, order->by) != 0 ||
                !json_equal(job->request, order->request)) {
                return error_set(err, ERROR_CONFLICT, "this key is that of another work: %llu",
                                 (unsigned long long)job->id);
            }
            *ret_id = job->id;
        }
    }
    return true;
}

static bool write_request(const struct job *job, struct error *err)
{
    char *text = json_dumps(job->request, JSON_COMPACT);
    bool good = job_write(job, "request.json", bytes_of(text), err);

    free(text);
    return good;
}

bool jobs_add(struct jobs *jobs, const struct job_order *order, uint64_t *ret_id, struct error *err)
{
    uint64_t id = 0;

    if (!find_once(jobs, order, &id, err)) {
        return false;
    }
    if (id == 0 && !make_room(jobs)) {
        return error_set(err, ERROR_BUSY, "%u pieces of work wait already: try again", LIMIT_JOBS);
    }
    if (id == 0) {
        struct job *job = xcalloc(1, sizeof *job);
        *job = (struct job){.jobs = jobs,
                            .kind = order->kind,
                            .id = jobs->last + 1,
                            .language = order->language,
                            .began_ms = now_ms(jobs),
                            .request = json_incref(order->request),
                            .refused = json_array()};
        snprintf(job->by, sizeof job->by, "%s", order->by);
        snprintf(job->once, sizeof job->once, "%s", order->once);
        if (!write_request(job, err)) {
            job_destroy(job);
            return false;
        }
        id = ++jobs->last;
        job->next = jobs->newest;
        jobs->newest = job;
        jobs->count++;
        job_save(job);
        pump(jobs);
    }
    *ret_id = id;
    return true;
}

/* --- what is known ------------------------------------------------------------------------- */

struct job *jobs_find(const struct jobs *jobs, uint64_t id)
{
    struct job *job = jobs->newest;

    while (job != NULL && job->id != id) {
        job = job->next;
    }
    return job;
}

const struct job *jobs_next(const struct jobs *jobs, const struct job *job)
{
    return job != NULL ? job->next : jobs->newest;
}

json_t *jobs_row(const struct job *job)
{
    json_t *row = json_pack("{sI ss ss sI sI ss so so* sO* sO sI sb}", "id", (json_int_t)job->id,
                            "kind", job->kind->name, "state", job_state_name(job->state), "done",
                            (json_int_t)job->done, "of", (json_int_t)job->of, "by", job->by,
                            "began", rows_time_json(job->began_ms), "ended",
                            job->ended_ms != 0 ? rows_time_json(job->ended_ms) : NULL, "problem",
                            job->problem, "refused", job->refused, "refused_count",
                            (json_int_t)job->refused_count, "has_result", job->has_result);

    must(row != NULL);
    return row;
}

json_t *job_request(const struct job *job)
{
    return job->kind->tell != NULL ? job->kind->tell(job->request) : json_incref(job->request);
}

bool job_read_result(const struct job *job, const char *suffix, struct buffer *ret_text)
{
    return job->has_result && job_read(job, suffix, ret_text);
}

/* --- from start to end --------------------------------------------------------------------- */

/* Newest first, as ids grow. */
static void insert(struct jobs *jobs, struct job *job)
{
    struct job **at = &jobs->newest;

    while (*at != NULL && (*at)->id > job->id) {
        at = &(*at)->next;
    }
    job->next = *at;
    *at = job;
    jobs->count++;
    jobs->last = job->id > jobs->last ? job->id : jobs->last;
}

static void take_up(struct jobs *jobs, uint64_t id)
{
    struct job *job = job_load(jobs, id);

    if (job == NULL) {
        log_warn("MR-JOB-UNREADABLE", "job=%llu: left as it is", (unsigned long long)id);
        jobs->last = id > jobs->last ? id : jobs->last;
        return;
    }
    insert(jobs, job);
    if (job->state == JOB_RUNNING) {
        job->state = job->kind->goes_on ? JOB_WAITING : JOB_INTERRUPTED;
        job_folders_remove(job);
        job_save(job);
    }
}

bool jobs_open(struct web *web, struct jobs **ret_jobs, struct error *err)
{
    char path[JOB_PATH_MAX];
    const struct dirent *entry;

    snprintf(path, sizeof path, "%s/jobs", web_folder(web));
    DIR *folder = mkdir(path, 0700) == 0 || errno == EEXIST ? opendir(path) : NULL;
    if (folder == NULL) {
        return error_set(err, ERROR_IO, "can't open %s: %s", path, strerror(errno));
    }
    struct jobs *jobs = xcalloc(1, sizeof *jobs);
    jobs->web = web;
    while ((entry = readdir(folder)) != NULL) {
        char *end;
        uint64_t id = strtoull(entry->d_name, &end, 10);
        if (id != 0 && entry->d_name[0] != '-' && strcmp(end, ".json") == 0) {
            take_up(jobs, id);
        }
    }
    closedir(folder);
    pump(jobs);
    *ret_jobs = jobs;
    return true;
}

void jobs_stop(struct jobs *jobs)
{
    for (struct job *job = jobs != NULL ? jobs->newest : NULL; job != NULL; job = job->next) {
        if (job->state == JOB_RUNNING) {
            job_save(job);
        }
    }
    if (jobs != NULL) {
        jobs->stopping = true;
    }
}

void jobs_close(struct jobs **jobs)
{
    struct jobs *j = *jobs;

    while (j != NULL && j->newest != NULL) {
        struct job *job = j->newest;
        j->newest = job->next;
        job_destroy(job);
    }
    free(j);
    *jobs = NULL;
}

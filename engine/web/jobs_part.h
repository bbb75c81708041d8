/* jobs_part.h - inside jobs: one job, and what each kind of work does
 *
 * Only jobs*.c and job_*.c include this.
 */
#ifndef WEB_JOBS_PART_H
#define WEB_JOBS_PART_H

#include "engine/web/jobs.h"
#include "engine/web/web_part.h"

#define JOB_PATH_MAX 4096

enum job_state {
    JOB_WAITING,
    JOB_RUNNING,
    JOB_DONE,
    JOB_FAILED,
    JOB_CANCELLED,
    JOB_INTERRUPTED,
    JOB_STATE_COUNT
};

struct job {
    struct job *next; /* the one before it in time */
    struct jobs *jobs;
    const struct job_kind *kind;
    uint64_t id;
    enum job_state state;
    uint64_t done;
    uint64_t of; /* 0 = not known yet */
    char by[LIMIT_BY_BYTES + 1];
    char once[LIMIT_ONCE_BYTES + 1];
    enum language language;
    int64_t began_ms; /* the engine's clock */
    int64_t ended_ms; /* 0 = it has not */
    json_t *request;
    json_t *problem; /* {"text","format"?,"args"?}; NULL = none */
    json_t *refused; /* rows {"task"|"instance"|"file","text",…}: the first JOB_REFUSED_MAX */
    uint64_t refused_count;
    bool has_result;
    bool cancelled;   /* it was asked to end */
    void *work;       /* of its kind; NULL = none */
    int64_t saved_ms; /* monotonic */
};

#define JOB_REFUSED_MAX 100u

struct job_kind {
    const char *name;
    bool goes_on; /* after a restart, from job->done */
    json_t *(*read)(struct exchange *x);
    /* May it begin, as things are now? NULL = always. */
    bool (*check)(const json_t *request, const struct view *view, struct error *err);
    /* The request as clients see it; yours. NULL = whole. */
    json_t *(*tell)(const json_t *request);
    void (*begin)(struct job *job);   /* leads to job_end() */
    void (*cancel)(struct job *job);  /* leads to job_end() soon */
    void (*release)(struct job *job); /* free job->work */
};

struct jobs {
    struct web *web;
    struct job *newest;
    unsigned count;
    unsigned running;
    uint64_t last; /* id */
    bool pumping;  /* a step of the loop looks for who is next */
    bool stopping;
};

/* --- for kinds ----------------------------------------------------------------------------------
 */

/* done or of has changed: written, when that was some time ago. */
void job_progress(struct job *job);
/* One more refusal; the row is the job's now. */
void job_add_refused(struct job *job, json_t *row);
/* It is over. err: why it failed, or NULL. While the gateway stops, nothing is said: it was
 * interrupted. */
void job_end(struct job *job, enum job_state state, const struct error *err);
void job_end_problem(struct job *job, json_t *problem); /* FAILED; the problem is the job's now */

/* --- job_file.c: FOLDER/jobs ---------------------------------------------------------------------
 */

/* FOLDER/jobs/<id>.<suffix> */
void job_path(const struct job *job, const char *suffix, char path[JOB_PATH_MAX]);
/* Write a file whole: it is the new one or the old one, whenever the power fails. */
bool job_write(const struct job *job, const char *suffix, struct bytes text, struct error *err);
/* Append it to text; false: it can't be read. */
bool job_read(const struct job *job, const char *suffix, struct buffer *text);
/* What is known of it, as "<id>.json". */
void job_save(struct job *job);
/* The job of <id>.json with its request; NULL: it can't be read. */
struct job *job_load(struct jobs *jobs, uint64_t id);
/* Remove all its files. */
void job_remove_files(const struct job *job);
void job_destroy(struct job *job); /* with its work; the files stay */

const char *job_state_name(enum job_state state);
bool job_is_over(const struct job *job);

/* --- job_folder.c: FOLDER/jobs/<id>.work, <id>.with ----------------------------------------------
 */

/* Both, empty. */
bool job_folders_make(const struct job *job, struct error *err);
void job_folders_remove(const struct job *job);
/* A document: FOLDER/jobs/<id>.<folder>/<number>.yaml, five digits. */
bool job_folder_put(const struct job *job, const char *folder, unsigned number, struct bytes text,
                    struct error *err);
/* Those in force that are wanted, some of them at a time, under their numbers; *index is where it
 * goes on. */
typedef bool job_wants_fn(const struct job *job, const struct definition *definition);
bool job_folder_put_catalog(const struct job *job, const char *folder, job_wants_fn *wants,
                            uint32_t *index, bool *ret_more, struct error *err);

#endif

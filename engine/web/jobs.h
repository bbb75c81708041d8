/* jobs.h - long work: it goes on when the page is closed, and is known after a restart
 *
 * WAITING ──▶ RUNNING ──▶ DONE
 *    │           ├──────▶ FAILED       something is wrong with what was asked, or outside
 *    │           ├──────▶ INTERRUPTED  the process ended, and this kind does not go on
 *    └───────────┴──────▶ CANCELLED
 *
 * Each is written to FOLDER/jobs when it begins, ends, and now and then. At most LIMIT_JOBS_RUNNING
 * run; the oldest that waits is next. docs/http.md §4
 */
#ifndef WEB_JOBS_H
#define WEB_JOBS_H

#include "base/error.h"
#include "engine/view.h"
#include "engine/web/request.h"

struct job;
struct job_kind;
struct jobs;
struct web;

/* Read what there is; what was under way and can go on, goes on with the loop's first round.
 * ERROR_IO: the folder can't be made. */
bool jobs_open(struct web *web, struct jobs **ret_jobs, struct error *err);
/* No further step; what runs stays "running" on disk. Before link_stop() and tools_stop(). */
void jobs_stop(struct jobs *jobs);
void jobs_close(struct jobs **jobs); /* after them; NULL is fine */

extern const struct job_kind job_bulk;
extern const struct job_kind job_rehearse;
extern const struct job_kind job_import;

/* By the word of the request; NULL: there is none. */
const struct job_kind *job_kind_find(const char *name);
/* The fields of the request, as the work wants them; what is wrong is noted. Yours. */
json_t *job_kind_read(const struct job_kind *kind, struct exchange *x);
/* May it begin, as things are in this view? Otherwise *err. */
bool job_kind_check(const struct job_kind *kind, const json_t *request, const struct view *view,
                    struct error *err);

struct job_order {
    const struct job_kind *kind;
    json_t *request; /* borrowed */
    const char *by;
    const char *once; /* "" = may be ordered again */
    enum language language;
};

/* Begin it, or let it wait. With the key of an earlier one that asked for the same, that one is
 * answered. ERROR_BUSY: LIMIT_JOBS wait already. ERROR_CONFLICT: the key is another job's.
 * ERROR_IO.
 */
bool jobs_add(struct jobs *jobs, const struct job_order *order, uint64_t *ret_id,
              struct error *err);
/* ERROR_CONFLICT: it is over. */
bool jobs_cancel(struct jobs *jobs, struct job *job, struct error *err);

struct job *jobs_find(const struct jobs *jobs, uint64_t id); /* NULL: there is none */
/* Newest first: begin with NULL. NULL: no more. */
const struct job *jobs_next(const struct jobs *jobs, const struct job *job);
json_t *jobs_row(const struct job *job); /* as clients see it; yours */
/* What was asked for, without the texts of an import; yours. */
json_t *job_request(const struct job *job);
/* A file of its result: "html", "result.json". false: there is none. */
bool job_read_result(const struct job *job, const char *suffix, struct buffer *ret_text);

/* How many of those that it has tried again are incidents now, counted in steps. NULL: it does
 * something else, or is not over. */
struct job_again;
struct job_again *job_again_begin(const struct job *job);
/* Some ms of it. false: *ret_count is the number. */
bool job_again_step(struct job_again *again, const struct view *view, uint64_t *ret_count);
void job_again_end(struct job_again *again);

#endif

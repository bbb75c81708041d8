/* tool.h - a run of the `marshrut` program beside the gateway: pictures, checks, rehearsals
 *
 * What takes long, needs much memory or draws with foreign libraries is done by the command line
 * program in a process of its own, bounded in time and output; the thread only carries bytes.
 */
#ifndef WEB_TOOL_H
#define WEB_TOOL_H

#include "base/buffer.h"
#include "engine/web/request.h"
#include "engine/web/tool_folder.h"

#define TOOL_ARGUMENTS_MAX 128
#define TOOL_OUTPUT_MAX    (64u << 20) /* of a rehearsal of all plans: some 5 MiB */
#define TOOL_ERRORS_MAX    8192u
#define TOOL_TIME_MS       20000 /* for who waits for an answer; jobs give more */

struct web;
struct tool;

/* How far it is, as it tells (MARSHRUT_PROGRESS_FD of docs/cli.md); of 0 = not known. */
typedef void tool_progress_fn(void *context, uint64_t done, uint64_t of);

struct tool_run {
    const char *arguments[TOOL_ARGUMENTS_MAX]; /* without the program's name; NULL ends them */
    struct bytes input;                        /* its standard input; copied */
    const char *folder;         /* tool_folder.h: the run's now, removed in its end; NULL = none */
    enum language language;     /* of its sentences */
    int64_t time_ms;            /* 0 = TOOL_TIME_MS */
    tool_progress_fn *progress; /* with the context of its end; NULL = not asked */
};

/* How it ended. status: its exit status; -1 when it was killed, was late or wrote too much, and
 * then err says which. out, errors: borrowed for the call. */
struct tool_end {
    int status;
    struct bytes out;
    struct bytes errors;
    const char *folder; /* of the run; "" = none */
    const struct error *err;
};
typedef void tool_fn(void *context, const struct tool_end *end);

/* fn is called exactly once, never from inside this call. */
struct tool *tool_begin(struct web *web, const struct tool_run *run, tool_fn *fn, void *context);
/* Kill it; fn is called with status -1. */
void tool_stop(struct tool *tool);

/* For an exchange, which waits: then() answers. */
typedef void tool_answer_fn(struct exchange *x, const struct tool_end *end);
void tool_answer(struct exchange *x, const struct tool_run *run, tool_answer_fn *then);

/* Kill all: the gateway stops. */
void tools_stop(struct web *web);

#endif

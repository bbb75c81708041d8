/* tool_answer.c - a run of the program for somebody who waits for the answer
 *
 * Owns:    how many of them there are at a time.
 * In:      handlers: pictures, checks, comparisons, tries.
 * Out:     the end of the run for then(), or the refusal.
 * Always:  jobs are not counted: they have a limit of their own.
 */
#include "engine/web/answer.h"
#include "engine/web/tool.h"
#include "engine/web/web_part.h"

#include "base/must.h"

#include <stdlib.h>

#define ASK_TOOL UINT64_MAX /* in place of the number of a question on the link */

struct waiting {
    struct exchange *exchange;
    tool_answer_fn *then;
};

static void answer(void *context, const struct tool_end *how)
{
    struct waiting w = *(struct waiting *)context;

    free(context);
    w.exchange->ask = 0;
    w.exchange->web->tool_answers--;
    if (how->err != NULL) {
        answer_refusal(w.exchange, how->err);
    } else {
        w.then(w.exchange, how);
    }
}

void tool_answer(struct exchange *x, const struct tool_run *run, tool_answer_fn *then)
{
    struct error err;

    if (x->web->tool_answers >= LIMIT_TOOLS) {
        error_set(&err, ERROR_BUSY,
                  "%u pictures, checks and tries are made already: try again soon", LIMIT_TOOLS);
        answer_refusal(x, &err);
        tool_folder_remove(run->folder != NULL ? run->folder : "");
        return;
    }
    struct waiting *w = xmalloc(sizeof *w);
    *w = (struct waiting){x, then};
    x->ask = ASK_TOOL;
    x->web->tool_answers++;
    tool_begin(x->web, run, answer, w);
}

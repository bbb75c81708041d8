/* papers.h - documents and values of a request, as files of one run of the program (tool.h)
 *
 * They are written as they are put, and the first refusal counts: papers_run() answers it.
 */
#ifndef WEB_PAPERS_H
#define WEB_PAPERS_H

#include "engine/view.h"
#include "engine/web/tool.h"

/* --- documents of a request: the number of a definition, or {"text"} -------------------------- */
bool paper_is(const json_t *value);
/* Its text, borrowed; NULL and ERROR_NOT_FOUND: there is no such definition. */
const char *paper_text(const struct catalog *catalog, const json_t *value, struct error *err);

/* --- files ------------------------------------------------------------------------------------ */
struct papers {
    const struct view *view;      /* set by who makes it; all else is zero at first */
    char folder[TOOL_FOLDER_MAX]; /* "" = none yet */
    unsigned count;
    struct error err;
};

/* Each gives a path, which lasts as long as the view. */
const char *papers_put(struct papers *p, const char *name, const char *text);
const char *papers_put_value(struct papers *p, const json_t *value);
/* Documents that others name, and the folder where they are. */
void papers_put_beside(struct papers *p, const char *text);
/* Those in force of these kinds (1u << kind), but for what the request gives a version of: given,
 * by their sketches (NULL: not known). False: there are more than most, and not all were put. */
bool papers_put_in_force(struct papers *p, unsigned kinds, struct definition *const *given,
                         size_t count, unsigned most);
const char *papers_beside(const struct papers *p);

/* Run it with these papers, and answer the JSON that it prints, or 422 with what it says; where one
 * of them could not be written, that. */
void papers_run(struct exchange *x, struct papers *p, struct tool_run *run);
/* The same with another answer; without papers, too. */
void papers_run_for(struct exchange *x, struct papers *p, struct tool_run *run,
                    tool_answer_fn *answer);

#endif

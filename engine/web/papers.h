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
/* How many in force may stand beside those of a request: */
#define PAPERS_READ_MAX  3000u /* where all are only read: some seconds of checking */
#define PAPERS_TRIED_MAX 300u  /* in a try: an engine of its own takes each */

struct papers {
    const struct view *view;      /* set by who makes it; all else is zero at first */
    char folder[TOOL_FOLDER_MAX]; /* "" = none yet */
    unsigned count;
    struct error err;
};

/* Each gives a path, which lasts as long as the view. */
const char *papers_put(struct papers *p, const char *name, const char *text);
const char *papers_put_value(struct papers *p, const json_t *value);
/* A document that others name. */
void papers_put_beside(struct papers *p, const char *text);
/* The next one that is in force, from *at on (first 0), if it is of these kinds (1u << kind) and
 * the request gives no version of it: given, by their sketches (NULL: not known). False: that was
 * all. */
bool papers_put_next(struct papers *p, unsigned kinds, struct definition *const *given,
                     size_t count, uint32_t *at);
/* The first of them, until there are `most` papers. */
void papers_put_in_force(struct papers *p, unsigned kinds, unsigned most);
/* Of a paper, or of TOOL_GIVEN and TOOL_BESIDE; as long as the view. */
const char *papers_path(const struct papers *p, const char *name);

/* --- what the program says -------------------------------------------------------------------- */
/* The number in the name of a paper, "given/00002.yaml". */
bool paper_number(const char *paper, unsigned *ret_number);

/* Append how the request calls a paper; false: it is none of the request. */
typedef bool paper_name_fn(struct exchange *x, const char *paper, struct buffer *ret_name);
/* Call the papers so in what `check --json` tells of a document, {"file", "problems"}. */
void papers_name(struct exchange *x, const struct tool_end *how, json_t *file,
                 paper_name_fn *name_paper);

/* Run it with these papers, and answer the JSON that it prints. Documents with errors, told as
 * `check --json` does, are refused with the place of the first; else 422 with what it says. Where
 * one of the papers could not be written, that. */
void papers_run(struct exchange *x, struct papers *p, struct tool_run *run);
/* What it printed, yours; NULL: its words are answered, as the refusal. */
json_t *papers_printed(struct exchange *x, const struct tool_end *how);
/* The same with another answer; without papers, too. */
void papers_run_for(struct exchange *x, struct papers *p, struct tool_run *run,
                    tool_answer_fn *answer);

#endif

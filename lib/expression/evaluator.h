/* evaluator.h - runs expressions that are not plain: libjq in a process of its own
 *
 * Why a process: jq 1.6 can loop inside one instruction, aborts when memory ends and has no way to
 * be interrupted. A child (program `marshrut-jq`, started on first use, again after it died) is
 * bounded by the kernel: memory by RLIMIT_AS, time by being killed, and it has no files, no
 * environment and no right to open any. It ends when its parent does.
 *
 * Blocking, for one thread. Each call ends within EVALUATION_MS_MAX (and what compiling takes the
 * first time).
 */
#ifndef EXPRESSION_EVALUATOR_H
#define EXPRESSION_EVALUATOR_H

#include "expression/program.h"

struct evaluator;

/* path: of marshrut-jq; NULL = beside this program, else where it was installed. Nothing is started
 * yet. */
struct evaluator *evaluator_create(const char *path);
void evaluator_destroy(struct evaluator *evaluator); /* NULL is fine; ends the child */

/* The value of an entry for this input: plain ones at once, others by the child. A new reference,
 * or NULL with ERROR_INVALID (jq's own message: an error the expression raised, several or no
 * values), ERROR_TIMEOUT (longer than EVALUATION_MS_MAX), ERROR_TOO_LARGE (memory, or a result over
 * LIMIT_PAYLOAD_BYTES or deeper than LIMIT_JSON_DEPTH), ERROR_IO (the child can't be started).
 * Exactly one value must come out: none or several are an error, as the DSL needs one. */
json_t *evaluator_run(struct evaluator *evaluator, const struct program *program, uint32_t number,
                      json_t *input, variable_fn *variable, void *context, struct error *err);

/* What jq has against a program: for each piece that does not compile one call of report, with jq's
 * own message and the byte in the piece's text (or 0 when jq does not say). Returns true when all
 * is well. A program of plain entries only is not sent anywhere. */
typedef void report_fn(void *context, struct piece_place place, const char *piece_text,
                       size_t offset, const char *message);
bool evaluator_check(struct evaluator *evaluator, const struct program *program, report_fn *report,
                     void *context, struct error *err);

#endif

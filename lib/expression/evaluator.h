/* evaluator.h - runs expressions that are not plain: libjq in a process of its own
 *
 * Why a process: jq 1.6 can loop inside one instruction, aborts when memory ends and has no way to
 * be interrupted. A child (program `marshrut-jq`, started on first use, again after it died) is
 * bounded by the kernel: memory by RLIMIT_AS, time by being killed, and it has no files, no
 * environment and no right to open any. It ends when its parent does.
 *
 * Blocking, for one thread. A call uses at most LIMIT_EVALUATION_MS of processor time and ends
 * within LIMIT_EVALUATION_WAIT_MS; the first for a program also compiles (25 to 50 ms when it is
 * quiet).
 */
#ifndef EXPRESSION_EVALUATOR_H
#define EXPRESSION_EVALUATOR_H

#include "expression/program.h"

struct evaluator;

/* path: of marshrut-jq; NULL = beside this program, in ../libexec/marshrut from there, or where the
 * environment variable MARSHRUT_JQ says. Nothing is started yet. */
struct evaluator *evaluator_create(const char *path);
void evaluator_destroy(struct evaluator *evaluator); /* NULL is fine; ends the child */

/* The value of an entry for this input: plain ones at once, others by the child. A new reference,
 * or NULL with ERROR_INVALID (jq's own message: an error the expression raised, several or no
 * values), ERROR_TIMEOUT (more than LIMIT_EVALUATION_MS), ERROR_TOO_LARGE (memory, or a result over
 * LIMIT_PAYLOAD_BYTES or deeper than LIMIT_JSON_DEPTH, or an input deeper than that), ERROR_IO (the
 * child can't be started). A child that somebody killed is replaced, and the call succeeds.
 * Exactly one value must come out: none or several are an error, as the DSL needs one. */
json_t *evaluator_run(struct evaluator *evaluator, const struct program *program, uint32_t number,
                      json_t *input, variable_fn *variable, void *context, struct error *err);

/* What jq has against a program: for each piece that does not compile one call of report, with jq's
 * own message and the byte in the piece's text (or 0 when jq does not say). Returns true when all
 * is well; false without an error when something was reported (about 100 pieces at most), false
 * with ERROR_IO when jq can't be asked. Plain entries compile for sure: a program of them is not
 * sent anywhere. */
typedef void report_fn(void *context, struct piece_place place, const char *piece_text,
                       size_t offset, const char *message);
bool evaluator_check(struct evaluator *evaluator, const struct program *program, report_fn *report,
                     void *context, struct error *err);

#endif

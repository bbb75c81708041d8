/* try_result.h - what happened in a try, from the rows of the journal
 *
 * {"status","output","error","tasks":[{"name","path","status","started","ended","output"}],
 *  "events":[…],"waiting":[…]}: docs/cli.md, marshrut try. started and ended count the starts and
 * ends of steps in one row, so that order and overlap can be read from them.
 */
#ifndef CLI_TRY_RESULT_H
#define CLI_TRY_RESULT_H

#include <jansson.h>
#include <stdint.h>

struct try_result {
    json_t *tasks;  /* as above, and "instance", "task", "scope" (the task it runs in), "index" */
    json_t *events; /* that the definition emitted */
    json_t *instances; /* of the definition and what it ran: ids as keys */
    uint64_t counter;
    uint64_t rows; /* of these instances, so far */
    uint64_t seq;  /* of the last row that was read */
};

void try_result_init(struct try_result *result, uint64_t instance);
void try_result_fini(struct try_result *result);

/* A row of JOURNAL. */
void try_result_add(struct try_result *result, const json_t *row);

/* The whole; a new reference. show: the instance as SHOW tells it; waiting: of WHY; problem: of an
 * incident, or NULL. */
json_t *try_result_finish(struct try_result *result, const json_t *show, const json_t *waiting,
                          const json_t *problem);

#endif

/* try_mock.h - what stands in for workers when a definition is tried
 *
 * A mock is a file of JSON. {"answers": [{"output": …} | {"error": {…}, "retry": false}, …]}: these
 * in turn, the last one again and again; {"echo": true}: the input; anything else: that value,
 * every time.
 */
#ifndef CLI_TRY_MOCK_H
#define CLI_TRY_MOCK_H

#include "base/error.h"
#include "workers/sdk/marshrut.h"

#include <jansson.h>

#define TRY_MOCKS_MAX 64

struct try_mock {
    char service[129];
    json_t *answers;
    size_t next;
};

struct try_mocks {
    struct try_mock mocks[TRY_MOCKS_MAX];
    size_t count;
};

/* "SERVICE=FILE" */
bool try_mocks_add(struct try_mocks *mocks, const char *text, struct error *err);
void try_mocks_fini(struct try_mocks *mocks);
struct try_mock *try_mocks_find(struct try_mocks *mocks, const char *service); /* or NULL */

/* Offer them all through this worker. */
bool try_mocks_offer(struct try_mocks *mocks, struct mr_worker *worker, struct mr_error *err);

/* The next answer of a mock, a new reference: {"output": …} or {"error": …}. */
json_t *try_mock_answer(struct try_mock *mock, const json_t *input);

#endif

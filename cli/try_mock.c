/* try_mock.c - answers from files instead of workers
 *
 * Owns:    the reading of mocks and whose turn it is.
 * In:      tasks from the SDK; assignments from try.c.
 * Always:  a mock answers at once.
 */
#include "cli/try_mock.h"

#include "base/must.h"
#include "cli/input.h"
#include "cli/language.h"

#include <stdlib.h>
#include <string.h>

bool try_mocks_add(struct try_mocks *mocks, const char *text, struct error *err)
{
    const char *equals = strchr(text, '=');
    size_t size = equals != NULL ? (size_t)(equals - text) : 0;
    struct try_mock *mock = &mocks->mocks[mocks->count];

    if (size == 0 || size >= sizeof mock->service) {
        return error_set(err, ERROR_INVALID, _("write a mock as SERVICE=FILE, not \"%s\""), text);
    }
    if (mocks->count == TRY_MOCKS_MAX) {
        return error_set(err, ERROR_TOO_LARGE, _("more than %d mocks"), TRY_MOCKS_MAX);
    }
    *mock = (struct try_mock){0};
    memcpy(mock->service, text, size);
    if (!input_read_json(equals + 1, &mock->answers, err)) {
        return false;
    }
    mocks->count++;
    return true;
}

void try_mocks_fini(struct try_mocks *mocks)
{
    for (size_t i = 0; i < mocks->count; i++) {
        json_decref(mocks->mocks[i].answers);
    }
    mocks->count = 0;
}

struct try_mock *try_mocks_find(struct try_mocks *mocks, const char *service)
{
    for (size_t i = 0; i < mocks->count; i++) {
        if (strcmp(mocks->mocks[i].service, service) == 0) {
            return &mocks->mocks[i];
        }
    }
    return NULL;
}

json_t *try_mock_answer(struct try_mock *mock, const json_t *input)
{
    const json_t *list = json_object_get(mock->answers, "answers");

    if (json_is_true(json_object_get(mock->answers, "echo"))) {
        return json_pack("{sO}", "output", input);
    }
    if (!json_is_array(list)) {
        return json_pack("{sO}", "output", mock->answers);
    }
    size_t last = json_array_size(list) - (json_array_size(list) > 0);
    json_t *answer = json_array_get(list, mock->next < last ? mock->next : last);
    mock->next++;
    return answer != NULL ? json_incref(answer) : json_pack("{sn}", "output");
}

/* --- as a worker --------------------------------------------------------------------------- */

static void fail(struct mr_task *task, const json_t *answer)
{
    const json_t *error = json_object_get(answer, "error");
    const char *title = json_string_value(json_object_get(error, "title"));
    json_int_t status = json_integer_value(json_object_get(error, "status"));

    mr_task_problem(task, json_is_true(json_object_get(answer, "retry")),
                    json_string_value(json_object_get(error, "type")),
                    (unsigned)(status > 0 ? status : 500), title ? title : "mock",
                    json_string_value(json_object_get(error, "detail")));
}

static void work(struct mr_task *task, void *arg)
{
    size_t size;
    const char *text = mr_task_input(task, &size);
    json_t *input = json_loadb(text, size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    json_t *answer = try_mock_answer(arg, input);

    if (json_object_get(answer, "error") != NULL) {
        fail(task, answer);
    } else {
        const json_t *output = json_object_get(answer, "output");
        char *json = json_dumps(output ? output : json_null(), JSON_COMPACT | JSON_ENCODE_ANY);
        mr_task_done(task, json, strlen(json));
        free(json);
    }
    json_decref(answer);
    json_decref(input);
}

bool try_mocks_offer(struct try_mocks *mocks, struct mr_worker *worker, struct mr_error *err)
{
    for (size_t i = 0; i < mocks->count; i++) {
        if (strcmp(mocks->mocks[i].service, "assignment") != 0 &&
            !mr_worker_offer(worker, mocks->mocks[i].service, work, &mocks->mocks[i], err)) {
            return false;
        }
    }
    return true;
}

/* try_ask.c - one question at a time to an engine of one's own
 *
 * Owns:    how long it is waited for, and what is said when it does not answer.
 * In:      try_course.c, rehearse_course.c.
 * Out:     requests of MC1 (docs/protocol.md §3).
 */
#include "cli/try_ask.h"

#include "cli/fields.h"
#include "cli/language.h"
#include "cli/refusal.h"
#include "workers/sdk/marshrut.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 20000 /* it is a process of this machine, and has nobody else to serve */
#define PRIORITY    5     /* the usual one */

/* Its answer as JSON, or NULL with *err. */
static json_t *take(const struct mr_answer *answer, struct error *err)
{
    json_t *value = json_loadb(answer->json, answer->size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

    if (!answer->ok) {
        char *text = refusal_sentence(value);
        error_set(err, error_code_find(answer->code), "%s", text != NULL ? text : answer->code);
        free(text);
        json_decref(value);
        value = NULL;
    }
    return value;
}

static void say_silence(const struct try_engine *engine, const struct mr_error *error,
                        struct error *err)
{
    char words[256];

    try_engine_last_words(engine, words);
    error_set(err, ERROR_IO, _("the engine of the try does not answer: %s %s"), error->text, words);
}

json_t *try_ask_engine(const struct try_engine *engine, struct mr_client *client, const char *verb,
                       json_t *request, struct error *err)
{
    struct mr_answer answer;
    struct mr_error error;
    char *text = json_dumps(request, JSON_COMPACT);
    json_t *value = NULL;

    json_decref(request);
    if (mr_client_call(client, verb, text, strlen(text), PATIENCE_MS, &answer, &error)) {
        value = take(&answer, err);
    } else {
        say_silence(engine, &error, err);
    }
    free(text);
    return value;
}

uint64_t try_ask_start(const struct try_engine *engine, struct mr_client *client,
                       const char *definition, const char *input, struct error *err)
{
    struct mr_answer answer;
    struct mr_error error;
    uint64_t request;

    if (!mr_client_start(client, definition, NULL, PRIORITY, input, strlen(input), &request,
                         &error) ||
        !mr_client_wait(client, request, PATIENCE_MS, &answer, &error)) {
        say_silence(engine, &error, err);
        return 0;
    }
    json_t *value = take(&answer, err);
    uint64_t instance = (uint64_t)field_number(value, "instance");
    json_decref(value);
    return instance;
}

static bool deploy_one(const struct try_engine *engine, struct mr_client *client,
                       const struct document *document, struct error *err)
{
    json_t *answer =
        try_ask_engine(engine, client, "DEPLOY",
                       json_pack("{ssss}", "file", document->path, "text", document->text), err);
    bool good = answer != NULL;

    json_decref(answer);
    return good;
}

bool try_ask_deploy(const struct try_engine *engine, struct mr_client *client,
                    const struct documents *documents, uint32_t *order, uint32_t count,
                    struct error *err)
{
    uint32_t left = count;
    uint32_t before = UINT32_MAX;
    struct error first = ERROR_INIT;

    while (left > 0 && left < before) {
        before = left;
        left = 0;
        for (uint32_t i = 0; i < before; i++) {
            struct error refused;
            if (!deploy_one(engine, client, &documents->items[order[i]], &refused)) {
                first = left == 0 ? refused : first;
                order[left++] = order[i];
            }
        }
    }
    if (left > 0) {
        *err = first;
    }
    return left == 0;
}

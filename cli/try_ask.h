/* try_ask.h - questions to an engine of one's own */
#ifndef CLI_TRY_ASK_H
#define CLI_TRY_ASK_H

#include "cli/documents.h"
#include "cli/try_engine.h"

#include <jansson.h>
#include <stdint.h>

struct mr_client;

/* The answer, yours. NULL with *err: its refusal (its code and sentence), or ERROR_IO when it does
 * not answer. request is taken. */
json_t *try_ask_engine(const struct try_engine *engine, struct mr_client *client, const char *verb,
                       json_t *request, struct error *err);

/* The verb START: the number of the instance; 0 with *err. input: JSON text. */
uint64_t try_ask_start(const struct try_engine *engine, struct mr_client *client,
                       const char *definition, const char *input, struct error *err);

/* DEPLOY of these documents (their indices), in this order as far as they name only what stands
 * before them: what is refused is tried again after the others, as long as any other comes in.
 * Changes the order. false with *err: the first that can't come in. */
bool try_ask_deploy(const struct try_engine *engine, struct mr_client *client,
                    const struct documents *documents, uint32_t *order, uint32_t count,
                    struct error *err);

#endif

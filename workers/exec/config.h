/* config.h - which service is which program: docs/workers.md §2 */
#ifndef EXEC_CONFIG_H
#define EXEC_CONFIG_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/limits.h"

#include <jansson.h>

#define EXEC_LIMIT_S_MAX                                                                           \
    86400u                     /* a day: longer work belongs in a program that reports by event    \
                                */
#define EXEC_CAPACITY_MAX 200u /* child processes at a time; each takes memory of its own */

struct program {
    const char *service;
    const char *path;       /* absolute: nothing is searched */
    const char *folder;     /* where it runs; NULL: where marshrut-exec does */
    const char **args;      /* with the path first, NULL last */
    const char **variables; /* "NAME=value", NULL last: added to the environment */
    unsigned limit_s;       /* 0 = only the limit of the task */
};

struct config {
    json_t *root; /* texts are borrowed from it */
    unsigned capacity;
    struct program programs[LIMIT_SERVICES];
    unsigned count;
};

/* ERROR_SYNTAX with line and column for what is not JSON, ERROR_INVALID naming the service and the
 * field otherwise; words that are not known are refused too. */
bool config_parse(struct bytes json, struct config **ret_config, struct error *err);
bool config_read(const char *file, struct config **ret_config, struct error *err);
void config_destroy(struct config **config);

#endif

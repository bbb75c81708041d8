/* options.h - the command line of marshrut-http: docs/workers.md §4 */
#ifndef HTTP_OPTIONS_H
#define HTTP_OPTIONS_H

#include "base/error.h"
#include "workers/http/request.h"
#include "workers/http/transfer.h"

#define OPTIONS_PARALLEL_DEFAULT 16u
#define OPTIONS_PARALLEL_MAX     256u /* each may hold a descriptor and two megabytes */

struct options {
    const char *workers; /* endpoint */
    const char *name;    /* of the worker */
    unsigned parallel;   /* requests at a time */
    struct surroundings surroundings;
    struct transfer_settings settings;
    bool help;
};

/* Borrows from argv and the environment. ERROR_INVALID with a sentence. */
bool options_read(int argc, char **argv, struct options *ret_options, struct error *err);

extern const char options_help[];

#endif

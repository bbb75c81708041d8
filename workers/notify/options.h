/* options.h - the command line of marshrut-notify: docs/workers.md §1 */
#ifndef NOTIFY_OPTIONS_H
#define NOTIFY_OPTIONS_H

#include "base/error.h"
#include "workers/notify/smtp.h"

struct options {
    const char *workers; /* endpoint */
    char *mail;          /* folder */
    const char *name;    /* of the worker */
    const char *domain;
    char *sender;              /* address */
    struct smtp_settings smtp; /* url NULL: letters are files */
    char *password;
    bool help;
};

/* What is not given comes from the environment (MARSHRUT_WORKERS, MARSHRUT_FOLDER). ERROR_INVALID
 * with a sentence. options_fini() it in any case. */
bool options_read(int argc, char **argv, struct options *ret_options, struct error *err);
void options_fini(struct options *options);

extern const char options_help[];

#endif

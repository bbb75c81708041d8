/* options.c - the command line of marshrut-http
 *
 * Owns:    names, defaults and checks of the options.
 * In:      main.c.
 * Out:     struct options.
 * Always:  secrets are in files, so that they are in no process list.
 * See:     docs/workers.md §4
 */
#include "workers/http/options.h"

#include "wire/worker.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

const char options_help[] =
    "marshrut-http: выполняет вызовы http и openapi / carries out http and openapi calls\n"
    "\n"
    "  --workers ENDPOINT   engine; default $MARSHRUT_WORKERS\n"
    "  --name NAME          name of this worker; default http\n"
    "  --secrets FOLDER     a file per secret, named as the secret\n"
    "  --openapi FOLDER     OpenAPI documents, JSON\n"
    "  --allow HOST         where requests may go: host, host:port, *.domain; may be repeated;\n"
    "                       default: anywhere\n"
    "  --proxy URL          http://host:port; default: none\n"
    "  --ca FILE            certificates to trust instead of the system's\n"
    "  --parallel NUMBER    requests at a time, 1 to 256; default 16\n";

enum { WORKERS, NAME, SECRETS, OPENAPI, ALLOW, PROXY, CA, PARALLEL, HELP, OPTION_COUNT };

static const struct option option_list[OPTION_COUNT + 1] = {
    [WORKERS] = {"workers", required_argument, NULL, 0},
    [NAME] = {"name", required_argument, NULL, 0},
    [SECRETS] = {"secrets", required_argument, NULL, 0},
    [OPENAPI] = {"openapi", required_argument, NULL, 0},
    [ALLOW] = {"allow", required_argument, NULL, 0},
    [PROXY] = {"proxy", required_argument, NULL, 0},
    [CA] = {"ca", required_argument, NULL, 0},
    [PARALLEL] = {"parallel", required_argument, NULL, 0},
    [HELP] = {"help", no_argument, NULL, 0}};

static bool allow(struct targets *targets, const char *host, struct error *err)
{
    size_t size = strlen(host);
    bool wild = strncmp(host, "*.", 2) == 0;

    if (size == 0 || strpbrk(host, "/@ ") != NULL || (wild && size == 2) ||
        strchr(host + (wild ? 2 : 0), '*') != NULL) {
        return error_set(err, ERROR_INVALID, "--allow is host, host:port or *.domain, not \"%s\"",
                         host);
    }
    if (targets->count == TARGET_HOSTS_MAX) {
        return error_set(err, ERROR_TOO_LARGE, "--allow: at most %d hosts", TARGET_HOSTS_MAX);
    }
    targets->hosts[targets->count++] = host;
    return true;
}

static bool read_parallel(const char *text, unsigned *ret_number, struct error *err)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end != '\0' || number < 1 || number > OPTIONS_PARALLEL_MAX) {
        return error_set(err, ERROR_INVALID, "--parallel is a number from 1 to %u",
                         OPTIONS_PARALLEL_MAX);
    }
    *ret_number = (unsigned)number;
    return true;
}

static bool read_given(const char *const *given, struct options *o, struct error *err)
{
    o->help = given[HELP] != NULL;
    o->workers = given[WORKERS] ? given[WORKERS] : getenv("MARSHRUT_WORKERS");
    o->name = given[NAME] ? given[NAME] : "http";
    o->surroundings.secrets = given[SECRETS];
    o->surroundings.documents = given[OPENAPI];
    o->settings = (struct transfer_settings){given[PROXY], given[CA]};
    if (!o->help && o->workers == NULL) {
        return error_set(err, ERROR_INVALID,
                         "where is the engine? Give --workers or MARSHRUT_WORKERS");
    }
    if (!wire_name_valid(bytes_of(o->name))) {
        return error_set(err, ERROR_INVALID, "--name has a character that names have not");
    }
    o->parallel = OPTIONS_PARALLEL_DEFAULT;
    return given[PARALLEL] == NULL || read_parallel(given[PARALLEL], &o->parallel, err);
}

bool options_read(int argc, char **argv, struct options *ret_options, struct error *err)
{
    const char *given[OPTION_COUNT] = {NULL};
    int at = 0;

    *ret_options = (struct options){0};
    opterr = 0;
    optind = 1;
    for (int c; (c = getopt_long(argc, argv, "", option_list, &at)) != -1;) {
        if (c != 0) {
            return error_set(err, ERROR_INVALID, "%s: no such option, or its value is missing",
                             argv[optind - 1]);
        }
        given[at] = optarg ? optarg : "";
        if (at == ALLOW && !allow(&ret_options->surroundings.targets, given[at], err)) {
            return false;
        }
    }
    if (optind < argc) {
        return error_set(err, ERROR_INVALID, "what is \"%s\"?", argv[optind]);
    }
    return read_given(given, ret_options, err);
}

/* try_engine.c - starting and ending the engine that tries a definition
 *
 * Owns:    the temporary folder, its configuration file, the process.
 * In:      try.c.
 * Out:     endpoints to talk to.
 * Always:  the child gets SIGTERM when this process dies, so none is left behind.
 */
#include "cli/try_engine.h"

#include "base/beside.h"
#include "base/descriptor.h"
#include "cli/language.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_BYTES   4096
#define TMPDIR_BYTES 40 /* and our name: 63; and that of a socket: not more than 107 */

/* --- configuration ------------------------------------------------------------------------- */

static void add_program(json_t *programs, const char *name, json_t *arguments)
{
    char path[PATH_BYTES];
    char program[64];

    snprintf(program, sizeof program, "marshrut-%s", name);
    beside_program(program, path);
    if (access(path, X_OK) == 0) {
        json_array_insert_new(arguments, 0, json_string(path));
        json_array_append_new(programs, json_pack("{ssso}", "name", name, "run", arguments));
    } else {
        json_decref(arguments);
    }
}

static json_t *configuration(struct try_engine *engine, const char *start,
                             const struct try_workers *workers)
{
    json_t *programs = json_array();
    char events[96];

    snprintf(events, sizeof events, "ipc://%s/events", engine->folder);
    if (workers->wanted) {
        add_program(programs, "http", json_array());
        add_program(programs, "diagnostics", json_array());
    }
    if (workers->wanted && workers->registries != NULL) {
        char *path = realpath(workers->registries, NULL);
        add_program(programs, "route-planner",
                    json_pack("[ss]", "--registries", path ? path : workers->registries));
        free(path);
    }
    json_t *config = json_pack("{ss s{ssssss} s{s{ss}} s{sb} ss si}", "folder", engine->folder,
                               "endpoints", "clients", engine->clients, "workers", engine->workers,
                               "events", events, "clock", "stands", "start", start, "store",
                               "memory", 1, "log", "error", "heartbeat_ms", 500);
    engine->program_count = json_array_size(programs);
    if (engine->program_count > 0) {
        json_object_set(config, "programs", programs);
    }
    json_decref(programs);
    return config;
}

static bool write_configuration(const struct try_engine *engine, json_t *config, struct error *err)
{
    char path[128];

    snprintf(path, sizeof path, "%s/config.yaml", engine->folder);
    bool good = json_dump_file(config, path, JSON_INDENT(1)) == 0;
    json_decref(config);
    return good || error_set(err, ERROR_IO, _("%s can't be written: %s"), path, strerror(errno));
}

/* --- the process --------------------------------------------------------------------------- */

/* told: hears why the program can't be run; a program that runs closes it. */
static void run(const struct try_engine *engine, pid_t parent, int told)
{
    char path[PATH_BYTES];
    char config[128];
    char log[128];

    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) {
        _exit(0);
    }
    snprintf(log, sizeof log, "%s/log", engine->folder);
    int file = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(file, 1);
    dup2(file, 2);
    beside_program("marshrutd", path);
    snprintf(config, sizeof config, "%s/config.yaml", engine->folder);
    execlp(path, path, "--config", config, (char *)NULL);
    int code = errno;
    descriptor_write(told, (struct bytes){&code, sizeof code});
    _exit(127);
}

static bool start_process(struct try_engine *engine, struct error *err)
{
    int told[2];
    int code = 0;
    pid_t parent = getpid();

    if (pipe(told) != 0) {
        return error_set(err, ERROR_IO, _("no process can be started: %s"), strerror(errno));
    }
    fcntl(told[0], F_SETFD, FD_CLOEXEC);
    fcntl(told[1], F_SETFD, FD_CLOEXEC);
    fflush(NULL);
    engine->process = fork();
    if (engine->process == 0) {
        run(engine, parent, told[1]);
    }
    close(told[1]);
    if (engine->process < 0) {
        engine->process = 0;
        close(told[0]);
        return error_set(err, ERROR_IO, _("no process can be started: %s"), strerror(errno));
    }
    bool runs = read(told[0], &code, sizeof code) != (ssize_t)sizeof code;
    close(told[0]);
    return runs || error_set(err, ERROR_IO,
                             _("the engine can't be started: marshrutd, beside this program or in "
                               "PATH: %s"),
                             strerror(code));
}

/* $TMPDIR, unless sockets in it would have too long a name. */
static const char *temporary_folder(void)
{
    const char *folder = getenv("TMPDIR");

    return folder != NULL && folder[0] == '/' && strlen(folder) <= TMPDIR_BYTES ? folder : "/tmp";
}

bool try_engine_start(struct try_engine *engine, const char *start,
                      const struct try_workers *workers, struct error *err)
{
    *engine = (struct try_engine){0};
    snprintf(engine->folder, sizeof engine->folder, "%s/marshrut-try-XXXXXX", temporary_folder());
    if (mkdtemp(engine->folder) == NULL) {
        engine->folder[0] = '\0';
        return error_set(err, ERROR_IO, _("no temporary folder can be made: %s"), strerror(errno));
    }
    snprintf(engine->clients, sizeof engine->clients, "ipc://%s/clients", engine->folder);
    snprintf(engine->workers, sizeof engine->workers, "ipc://%s/workers", engine->folder);
    if (!write_configuration(engine, configuration(engine, start, workers), err) ||
        !start_process(engine, err)) {
        try_engine_stop(engine);
        return false;
    }
    return true;
}

void try_engine_last_words(const struct try_engine *engine, char buf[256])
{
    char path[128];
    char line[1024];

    buf[0] = '\0';
    snprintf(path, sizeof path, "%s/log", engine->folder);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        snprintf(buf, 256, "%.*s", (int)strcspn(line, "\n"), line);
    }
    if (file != NULL) {
        fclose(file);
    }
}

static void remove_folder(const char *folder)
{
    char path[PATH_BYTES];
    DIR *dir = opendir(folder);
    const struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (unlink(path) != 0) {
            remove_folder(path);
        }
    }
    if (dir != NULL) {
        closedir(dir);
    }
    rmdir(folder);
}

void try_engine_stop(struct try_engine *engine)
{
    if (engine->process > 0) {
        kill(engine->process, SIGTERM);
        waitpid(engine->process, NULL, 0);
        engine->process = 0;
    }
    if (engine->folder[0] != '\0') {
        remove_folder(engine->folder);
        engine->folder[0] = '\0';
    }
}

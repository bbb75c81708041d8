/* connection.c - endpoints from options and environment, and questions to the engine
 *
 * Owns:    the client object of libmarshrut.
 * In:      session.c for commands, watch.c for the terminal of the demonstration.
 * Out:     answers, copied and parsed. A refusal of the engine is an answer, not an error.
 * Always:  where no socket exists, nobody waits: the engine is not running.
 * See:     docs/protocol.md §3
 */
#include "cli/connection.h"

#include "base/clock.h"
#include "base/must.h"
#include "cli/arguments.h"
#include "cli/language.h"
#include "cli/text.h"
#include "cli/who.h"
#include "marshrut.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FOLDER_DEMO   ".run/demo"
#define FOLDER_SYSTEM "/var/lib/marshrut"
#define SLICE_MS      200 /* between two calls of connection_on_wait() */

static const char *from_environment(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

static const char *choose_folder(const struct arguments *arguments)
{
    const char *folder = arguments_get(arguments, "folder");

    if (folder == NULL) {
        folder = from_environment("MARSHRUT_FOLDER");
    }
    if (folder == NULL) {
        folder = access(FOLDER_DEMO, F_OK) == 0 ? FOLDER_DEMO : FOLDER_SYSTEM;
    }
    return folder;
}

/* *ret_by: the option or variable that it is from; NULL: the folder. */
static char *choose_endpoint(const struct arguments *arguments, const char *option,
                             const char *variable, const char *socket, const char **ret_by)
{
    const char *given = arguments_get(arguments, option + 2);
    struct buffer out = BUFFER_INIT;

    *ret_by = option;
    if (given == NULL && !arguments_has(arguments, "folder")) {
        given = from_environment(variable);
        *ret_by = variable;
    }
    if (given != NULL) {
        return xstrdup(given);
    }
    *ret_by = NULL;
    text_put(&out, "ipc://%s/%s", choose_folder(arguments), socket);
    return text_take(&out);
}

void connection_init(struct connection *connection, const struct arguments *arguments)
{
    const char *events_by;

    *connection = (struct connection){
        .folder = xstrdup(choose_folder(arguments)),
        .by = who_acts(arguments),
    };
    connection->clients = choose_endpoint(arguments, "--endpoint", "MARSHRUT_CLIENTS",
                                          "clients.sock", &connection->named_by);
    connection->events =
        choose_endpoint(arguments, "--events", "MARSHRUT_EVENTS", "events.sock", &events_by);
}

void connection_reset(struct connection *connection)
{
    mr_client_destroy(connection->client);
    connection->client = NULL;
}

void connection_fini(struct connection *connection)
{
    connection_reset(connection);
    free(connection->folder);
    free(connection->clients);
    free(connection->events);
    free(connection->by);
    *connection = (struct connection){0};
}

void answer_fini(struct answer *answer)
{
    json_decref(answer->json);
    free(answer->raw);
    *answer = (struct answer){0};
}

static bool failed(const struct mr_error *reason, struct error *err)
{
    enum error_code code = error_code_find(reason->code);

    return error_set(err, code == ERROR_NONE ? ERROR_IO : code, "%s", reason->text);
}

/* Does anybody listen on this socket? A path that is too long for the question is taken for one. */
static bool listened_to(const char *path, struct error *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t size = strlen(path);

    if (size >= sizeof address.sun_path) {
        return true;
    }
    memcpy(address.sun_path, path, size + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool there = fd >= 0 && (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ||
                             errno == EAGAIN); /* too many are waiting for it */
    int reason = errno;
    if (fd >= 0) {
        close(fd);
    }
    if (!there && reason == EACCES) {
        return error_set(err, ERROR_REFUSED, _("no access to the socket %s"), path);
    }
    return there || error_set(err, ERROR_IO, "%s: %s", path, strerror(reason));
}

/* A client of libmarshrut waits for an engine that is not there; people should be told at once. */
static bool somebody_there(const char *endpoint, struct error *err)
{
    if (strncmp(endpoint, "ipc://", 6) != 0 || endpoint[6] == '@') {
        return true;
    }
    if (access(endpoint + 6, F_OK) != 0) {
        return errno == EACCES
                   ? error_set(err, ERROR_REFUSED, _("no access to the socket %s"), endpoint + 6)
                   : error_set(err, ERROR_IO, _("there is no socket %s"), endpoint + 6);
    }
    return listened_to(endpoint + 6, err);
}

static bool make_client(struct connection *connection, struct error *err)
{
    struct mr_error reason;

    if (connection->client != NULL) {
        return true;
    }
    if (!somebody_there(connection->clients, err)) {
        return false;
    }
    connection->client = mr_client_create(connection->clients, &reason);
    return connection->client != NULL || failed(&reason, err);
}

static void copy_answer(const struct mr_answer *from, struct answer *ret_answer)
{
    *ret_answer = (struct answer){.ok = from->ok,
                                  .raw = bytes_strdup((struct bytes){from->json, from->size})};
    ret_answer->size = from->size;
    if (!from->ok) {
        size_t size = strlen(from->code);
        size = size < sizeof ret_answer->code ? size : sizeof ret_answer->code - 1;
        memcpy(ret_answer->code, from->code, size);
    }
    ret_answer->json =
        json_loadb(ret_answer->raw, ret_answer->size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
}

static bool wait_for(struct connection *connection, uint64_t request, int timeout_ms,
                     struct answer *ret_answer, struct error *err)
{
    int64_t end_ms = monotonic_ms() + timeout_ms;
    struct mr_answer answer;
    struct mr_error reason;
    bool there;

    do {
        int64_t left = end_ms - monotonic_ms();
        int slice =
            connection->waits == NULL || left < SLICE_MS ? (int)(left > 0 ? left : 0) : SLICE_MS;
        there = mr_client_wait(connection->client, request, slice, &answer, &reason);
        if (!there && connection->waits != NULL) {
            connection->waits(connection->waits_arg);
        }
    } while (!there && strcmp(reason.code, "timeout") == 0 && monotonic_ms() < end_ms);
    if (!there) {
        return failed(&reason, err);
    }
    copy_answer(&answer, ret_answer);
    return true;
}

void connection_on_wait(struct connection *connection, void (*waits)(void *arg), void *arg)
{
    connection->waits = waits;
    connection->waits_arg = arg;
}

bool connection_ask(struct connection *connection, const char *verb, json_t *request,
                    int timeout_ms, struct answer *ret_answer, struct error *err)
{
    request = who_sign(verb, request, connection->by);
    char *text = request != NULL ? json_dumps(request, JSON_COMPACT) : xstrdup("");
    struct mr_error reason;
    uint64_t number;
    bool sent = false;

    json_decref(request);
    must(text != NULL);
    if (make_client(connection, err)) {
        sent = mr_client_send(connection->client, verb, text, strlen(text), &number, &reason) ||
               failed(&reason, err);
    }
    free(text);
    return sent && wait_for(connection, number, timeout_ms, ret_answer, err);
}

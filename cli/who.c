/* who.c - in whose name a command is given
 *
 * Owns:    the order: --by, MARSHRUT_BY, the login name; and where the name stands in a request.
 * In:      connection.c, with every request.
 * Always:  queries carry no name; an event stays what it is: the name stands beside it.
 * See:     docs/protocol.md §3.5
 */
#include "cli/who.h"

#include "base/must.h"
#include "cli/arguments.h"
#include "wire/client.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *who_given(const struct arguments *arguments)
{
    const char *given = arguments_get(arguments, "by");
    const char *environment = getenv("MARSHRUT_BY");

    if (given == NULL && environment != NULL && environment[0] != '\0') {
        given = environment;
    }
    return given;
}

char *who_acts(const struct arguments *arguments)
{
    const char *given = who_given(arguments);
    const struct passwd *user = given == NULL ? getpwuid(getuid()) : NULL;

    if (given == NULL && user != NULL) {
        given = user->pw_name;
    }
    return given != NULL ? xstrdup(given) : NULL;
}

static bool is_command(const char *verb)
{
    bool command = false;

    for (int i = 0; i < CLIENT_VERB_COUNT; i++) {
        bool is = strcmp(client_verb_name((enum client_verb)i), verb) == 0;
        command = command || (is && client_is_command((enum client_verb)i));
    }
    return command;
}

json_t *who_sign(const char *verb, json_t *request, const char *by)
{
    if (by == NULL || !is_command(verb)) {
        return request;
    }
    if (request == NULL) {
        request = json_object();
    }
    if (strcmp(verb, "EVENT") == 0 && !json_is_object(json_object_get(request, "event"))) {
        request = json_pack("{so}", "event", request);
    }
    if (json_object_get(request, "by") == NULL) {
        json_t *copy = json_copy(request); /* whoever asks may use theirs again */
        json_object_set_new(copy, "by", json_string(by));
        json_decref(request);
        request = copy;
    }
    return request;
}

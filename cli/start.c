/* start.c - `marshrut start`: a plan or workflow begins
 *
 * Owns:    the words of this command.
 * In:      a name, a key, a priority, an input; the verb BEGIN (docs/protocol.md §3.5).
 * Out:     the number of the instance, new or known under that key.
 */
#include "base/limits.h"
#include "cli/fields.h"
#include "cli/input.h"
#include "cli/language.h"
#include "cli/session.h"
#include "wire/worker.h"

#include <string.h>

#define PRIORITY_USUAL 5

static void say_started(const struct session *session, const json_t *answer)
{
    long long instance = (long long)field_number(answer, "instance");

    if (json_is_false(json_object_get(answer, "created"))) {
        fprintf(session->out.file,
                _("Under this key there is instance %lld already; nothing was "
                  "started.\n"),
                instance);
    } else {
        fprintf(session->out.file, _("Started: instance %lld\n"), instance);
    }
}

/* As the protocol has it (docs/protocol.md §3.5). */
static bool check_key(const char *key, struct error *err)
{
    size_t size = key != NULL ? strlen(key) : 0;
    bool good = size <= LIMIT_KEY_BYTES && (size != 1 || *key != '-');

    for (size_t i = 0; i < size; i++) {
        good &= key[i] > ' ' && key[i] <= '~';
    }
    return good ||
           error_set(err, ERROR_INVALID,
                     _("\"%s\" is no key: Latin letters, digits and signs without blanks, up to "
                       "%u, make one"),
                     key, LIMIT_KEY_BYTES);
}

/* As the protocol has it: no other can be deployed. */
static bool check_name(const char *name, struct error *err)
{
    return wire_name_valid(bytes_of(name)) ||
           error_set(err, ERROR_INVALID, _("\"%s\" is not a name of a definition"), name);
}

static bool read_input(const struct arguments *arguments, json_t **ret_input, struct error *err)
{
    const char *path = arguments_get(arguments, "input");

    *ret_input = NULL;
    return path == NULL || input_read_json(path, ret_input, err);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct error err;
    json_t *answer;
    json_t *input;
    uint64_t priority = PRIORITY_USUAL;

    if (!arguments_number(arguments, "priority", 0, 9, &priority, &err) ||
        !check_name(arguments->positional[0], &err) ||
        !check_key(arguments_get(arguments, "key"), &err) || !read_input(arguments, &input, &err)) {
        return session_usage(session, &err);
    }
    json_t *request = json_pack("{ss ss* sI so*}", "definition", arguments->positional[0], "key",
                                arguments_get(arguments, "key"), "priority", (json_int_t)priority,
                                "input", input);
    enum exit_code code = session_ask(session, "BEGIN", request, &answer);
    if (answer != NULL) {
        say_started(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"key", N_("KEY"), N_("business key: the same key is started once")},
    {"priority", N_("N"), N_("0 to 9, 9 goes first (5)")},
    {"input", N_("FILE"), N_("JSON object to start with; - is standard input")},
    {NULL, NULL, NULL},
};

const struct command command_start = {
    .name = "start",
    .words = N_("NAME"),
    .summary = N_("start a plan or a workflow"),
    .examples = "marshrut start lo-2023 --key lo-2023\n"
                "marshrut start lo-2023 --key lo-2023-second --priority 9",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .run = run,
};

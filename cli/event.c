/* event.c - `marshrut event`: tell the engine that something happened outside
 *
 * Owns:    a CloudEvent made from options, and whom it is for.
 * In:      --type and the rest, or --file with a whole event; --start or --signal with --key; the
 *          verb EVENT (docs/protocol.md §3.5).
 * Out:     what became of it: who took it, what it started, whether it is kept.
 */
#include "cli/fields.h"
#include "cli/input.h"
#include "cli/language.h"
#include "cli/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#define SOURCE_USUAL "/marshrut/cli"
#define ID_BYTES     16 /* 128 bits: never the same twice */

static bool make_id(char id[2 * ID_BYTES + 1], struct error *err)
{
    unsigned char bytes[ID_BYTES];

    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        return error_set(err, ERROR_IO, _("the system gave no random numbers; use --id"));
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(id + 2 * i, 3, "%02x", bytes[i]);
    }
    return true;
}

static const char *given_or(const struct arguments *arguments, const char *name, const char *usual)
{
    const char *value = arguments_get(arguments, name);

    return value != NULL ? value : usual;
}

static bool from_options(const struct arguments *arguments, json_t **ret_event, struct error *err)
{
    const char *type = arguments_get(arguments, "type");
    const char *data = arguments_get(arguments, "data");
    char id[2 * ID_BYTES + 1];
    json_t *content = NULL;

    if (type == NULL || type[0] == '\0') {
        return error_set(err, ERROR_INVALID, _("an event needs --type, or --file with all of it"));
    }
    if (!make_id(id, err) || (data != NULL && !input_read_json(data, &content, err))) {
        return false;
    }
    *ret_event = json_pack("{ss ss ss ss ss* ss* so*}", "specversion", "1.0", "id",
                           given_or(arguments, "id", id), "source",
                           given_or(arguments, "source", SOURCE_USUAL), "type", type, "subject",
                           arguments_get(arguments, "subject"), "ttl",
                           arguments_get(arguments, "ttl"), "data", content);
    return true;
}

static bool from_file(const struct arguments *arguments, json_t **ret_event, struct error *err)
{
    static const char *const others[] = {"type", "source", "id", "subject", "ttl", "data"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (arguments_has(arguments, others[i])) {
            return error_set(err, ERROR_INVALID,
                             _("--file has the whole event; --%s does not go "
                               "with it"),
                             others[i]);
        }
    }
    return input_read_json(arguments_get(arguments, "file"), ret_event, err);
}

/* --- for one instance ---------------------------------------------------------------------- */

/* Which of --start and --signal is there, NULL when none is. */
static bool find_deed(const struct arguments *arguments, const char **ret_deed, struct error *err)
{
    bool start = arguments_has(arguments, "start");
    bool signal = arguments_has(arguments, "signal");

    *ret_deed = start ? "start" : signal ? "signal" : NULL;
    if (start && signal) {
        return error_set(err, ERROR_INVALID, _("--start and --signal do not go together"));
    }
    if (*ret_deed != NULL && !arguments_has(arguments, "key")) {
        return error_set(err, ERROR_INVALID, _("--%s needs --key: it names the instance"),
                         *ret_deed);
    }
    if (*ret_deed == NULL && arguments_has(arguments, "key")) {
        return error_set(err, ERROR_INVALID, _("--key goes with --start or --signal"));
    }
    return start || !arguments_has(arguments, "input") ||
           error_set(err, ERROR_INVALID, _("--input goes with --start"));
}

/* The event as it is, or with whom it is for. Takes the event. */
static bool address(const struct arguments *arguments, json_t *event, json_t **ret_request,
                    struct error *err)
{
    const char *input = arguments_get(arguments, "input");
    const char *deed;
    json_t *given = NULL;

    if (!find_deed(arguments, &deed, err) ||
        (input != NULL && !input_read_json(input, &given, err))) {
        json_decref(event);
        return false;
    }
    *ret_request = deed == NULL ? event
                                : json_pack("{so s{ss ss so*}}", "event", event, deed, "definition",
                                            arguments_get(arguments, deed), "key",
                                            arguments_get(arguments, "key"), "input", given);
    return true;
}

/* --- the answer ---------------------------------------------------------------------------- */

static void say_taken(FILE *out, const json_t *answer)
{
    long long matched = (long long)field_number(answer, "matched");
    long long routed = (long long)field_number(answer, "routed");

    if (routed > 0) {
        fprintf(out,
                ngettext("%lld rule has set something going.\n",
                         "%lld rules have set something going.\n", (unsigned long)routed),
                routed);
    }
    if (matched > 0) {
        fprintf(out,
                ngettext("The event is taken; it woke %lld task.\n",
                         "The event is taken; it woke %lld tasks.\n", (unsigned long)matched),
                matched);
    } else if (json_is_true(json_object_get(answer, "kept"))) {
        fprintf(out, "%s\n",
                _("The event is kept until somebody takes it or its time to live is over."));
    } else if (routed == 0) {
        fprintf(out, "%s\n", _("The event is taken; no task was waiting for it."));
    }
}

static void say(const struct session *session, const json_t *answer)
{
    FILE *out = session->out.file;
    long long instance = (long long)field_number(answer, "instance");

    if (json_is_true(json_object_get(answer, "created"))) {
        fprintf(out, _("Instance %lld is started.\n"), instance);
    } else if (instance != 0) {
        fprintf(out, _("It is for instance %lld.\n"), instance);
    }
    if (json_is_true(json_object_get(answer, "seen"))) {
        fprintf(out, "%s\n", _("This event was taken earlier already; nothing is changed."));
    } else {
        say_taken(out, answer);
    }
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct error err;
    json_t *event;
    json_t *request;
    json_t *answer;
    bool made = arguments_has(arguments, "file") ? from_file(arguments, &event, &err)
                                                 : from_options(arguments, &event, &err);

    if (!made || !address(arguments, event, &request, &err)) {
        return session_usage(session, &err);
    }
    enum exit_code code = session_ask(session, "EVENT", request, &answer);
    if (answer != NULL) {
        say(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"type", N_("TYPE"), N_("type of the event")},
    {"source", N_("URI"), N_("where it comes from (/marshrut/cli)")},
    {"id", N_("TEXT"), N_("an id that was seen from this source changes nothing (a new one)")},
    {"subject", N_("TEXT"), N_("what it is about")},
    {"data", N_("FILE"), N_("JSON that comes with it; - is standard input")},
    {"ttl", N_("DURATION"), N_("how long it is kept until somebody takes it: PT1H, P3D, 3600")},
    {"start", N_("NAME"), N_("for the instance of --key; this workflow starts it if need be")},
    {"signal", N_("NAME"), N_("for the instance of this workflow and --key, which must run")},
    {"key", N_("KEY"), N_("names the instance")},
    {"input", N_("FILE"), N_("JSON that --start gives to a new instance; - is standard input")},
    {"file", N_("FILE"), N_("the whole CloudEvent in JSON; - is standard input")},
    {NULL, NULL, NULL},
};

const struct command command_event = {
    .name = "event",
    .words = N_("--type TYPE | --file FILE [--start NAME | --signal NAME] [--key KEY]"),
    .summary = N_("tell the engine what happened outside (CloudEvents)"),
    .examples = "marshrut event --type ru.asoup.result --source /asoup --id e-7 --subject t-100 "
                "--data result.json\n"
                "marshrut event --file event.json\n"
                "marshrut event --type ru.asoup.result --start teacher-cycle --key t-100 "
                "--input teacher.json",
    .options = options,
    .run = run,
};

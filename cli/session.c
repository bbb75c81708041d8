/* session.c - asking the engine for a command, and saying what went wrong
 *
 * Owns:    the rule which exit code and which sentence follows from which answer.
 * In:      every command.
 * Out:     standard output (--json) and standard error (sentences).
 * Always:  with --json exactly one JSON document is on standard output, also for a refusal.
 * See:     docs/cli.md §Exit codes
 */
#include "cli/session.h"

#include "base/must.h"
#include "cli/language.h"
#include "cli/refusal.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

void session_print_json(const struct session *session, const char *json, size_t size)
{
    char *text = text_harmless_json(json, size);

    fprintf(session->out.file, "%s\n", text);
    free(text);
}

void session_print_document(const struct session *session, const json_t *document)
{
    char *text = json_dumps(document, JSON_COMPACT);

    must(text != NULL);
    session_print_json(session, text, strlen(text));
    free(text);
}

enum exit_code session_take(struct session *session, struct answer *answer, json_t **ret_answer)
{
    enum exit_code code = answer->ok ? EXIT_CODE_DONE : EXIT_CODE_REFUSED;

    if (ret_answer != NULL) {
        *ret_answer = NULL;
    }
    if (session->json) {
        session_print_json(session, answer->raw, answer->size);
    }
    if (!answer->ok) {
        struct buffer out = BUFFER_INIT;
        refusal_print(answer->code, answer->json, NULL, 0, &out);
        fwrite(out.data, 1, out.size, session->err.file);
        buffer_fini(&out);
    } else if (!session->json && answer->json == NULL) {
        fputs(_("The engine's answer is not JSON; is this another version?\n"), session->err.file);
        code = EXIT_CODE_NO_CONNECTION;
    } else if (!session->json) {
        *ret_answer = json_incref(answer->json);
    }
    answer_fini(answer);
    return code;
}

enum exit_code session_unreachable(const struct session *session, const struct error *err)
{
    char *reason = text_harmless(err->text, strlen(err->text));

    if (err->code == ERROR_INVALID || err->code == ERROR_UNSUPPORTED) {
        fprintf(session->err.file, "marshrut: %s\n", reason);
        free(reason);
        return EXIT_CODE_USAGE;
    }
    if (err->code == ERROR_REFUSED || err->code == ERROR_TOO_LARGE) {
        fprintf(session->err.file, "marshrut: %s\n", reason);
    } else if (err->code == ERROR_TIMEOUT) {
        fprintf(session->err.file,
                _("The engine did not answer within %d s: it is busy or not running (%s)\n"),
                session->timeout_ms / 1000,
                err->file[0] != '\0' ? err->file : session->connection.clients);
    } else {
        fprintf(session->err.file,
                _("There is no connection with the engine: %s. Is it running? See --folder and "
                  "--endpoint\n"),
                reason);
    }
    free(reason);
    return EXIT_CODE_NO_CONNECTION;
}

void session_use_zone(struct session *session, const char *zone)
{
    struct zone *opened;
    struct error err;

    if (!session->zone_given && zone != NULL && zone_open(zone, &opened, &err)) {
        zone_close(&session->zone);
        session->zone = opened;
        session->zone_given = true;
    }
}

void session_find_zone(struct session *session)
{
    struct answer stats;
    struct error err;

    if (!session->zone_given && !session->json &&
        connection_ask(&session->connection, "STATS", NULL, session->timeout_ms, &stats, &err)) {
        session_use_zone(session, json_string_value(json_object_get(stats.json, "zone")));
        answer_fini(&stats);
    }
}

static bool is_timed(const char *verb)
{
    static const char *const timed[] = {"LIST",      "SHOW",    "WHY",     "HISTORY",
                                        "INCIDENTS", "JOURNAL", "NOTICES", "SEARCH"};
    bool is = false;

    for (size_t i = 0; i < sizeof timed / sizeof *timed; i++) {
        is = is || strcmp(timed[i], verb) == 0;
    }
    return is;
}

enum exit_code session_ask(struct session *session, const char *verb, json_t *request,
                           json_t **ret_answer)
{
    struct answer answer;
    struct error err;

    *ret_answer = NULL;
    if (!connection_ask(&session->connection, verb, request, session->timeout_ms, &answer, &err)) {
        return session_unreachable(session, &err);
    }
    enum exit_code code = session_take(session, &answer, ret_answer);
    if (*ret_answer != NULL && is_timed(verb)) {
        session_find_zone(session);
    }
    return code;
}

enum exit_code session_usage(const struct session *session, const struct error *err)
{
    char *text = text_harmless(err->text, strlen(err->text));

    fprintf(session->err.file, "marshrut: %s\n", text);
    free(text);
    return EXIT_CODE_USAGE;
}

bool session_instance(const char *word, uint64_t *ret_instance, struct error *err)
{
    uint64_t number;

    if (!arguments_parse_number(word, &number) || number == 0 || number > INT64_MAX) {
        return error_set(err, ERROR_INVALID, _("\"%s\" is not the number of an instance, like 17"),
                         word);
    }
    *ret_instance = number;
    return true;
}

bool session_task(const char *word, struct error *err)
{
    return arguments_task_valid(word) ||
           error_set(err, ERROR_INVALID, _("\"%s\" is not the name of a task, like 17.2"), word);
}

/* steer.c - commands about one instance
 *
 * Owns:    the request {"instance","reason"} and its answer in words.
 * In:      cancel.c, suspend.c, resume.c.
 * Out:     one sentence.
 */
#include "cli/steer.h"

#include "cli/language.h"

const struct option steer_reason_options[] = {
    {"reason", N_("TEXT"), N_("why; it is kept in the history")},
    {NULL, NULL, NULL},
};

const char *steer_reason(const struct arguments *arguments, struct error *err)
{
    const char *reason = arguments_get(arguments, "reason");

    if (reason == NULL || reason[0] == '\0') {
        error_set(err, ERROR_INVALID, _("a reason is needed: --reason TEXT"));
        return NULL;
    }
    return reason;
}

enum exit_code steer_instance(struct session *session, const struct arguments *arguments,
                              const struct steer *steer)
{
    struct error err;
    json_t *answer;
    uint64_t instance;

    if (!session_instance(arguments->positional[0], &instance, &err) ||
        (steer->needs_reason && steer_reason(arguments, &err) == NULL)) {
        return session_usage(session, &err);
    }
    json_t *request = json_pack("{sI}", "instance", (json_int_t)instance);
    if (steer->needs_reason) {
        json_object_set_new(request, "reason", json_string(arguments_get(arguments, "reason")));
    }
    enum exit_code code = session_ask(session, steer->verb, request, &answer);
    if (answer != NULL) {
        fprintf(session->out.file, _("Instance No. %llu %s\n"), (unsigned long long)instance,
                _(steer->done));
    }
    json_decref(answer);
    return code;
}

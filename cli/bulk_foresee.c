/* bulk_foresee.c - what of it `marshrut bulk` would be refused, before it is done
 *
 * Owns:    the question to the engine, and how its answer is shown.
 * In:      bulk.c, with what was found; the verb FORESEE (docs/protocol.md §3.6).
 * Out:     rows that say why they would be refused; a summary for people.
 * Always:  the first LIMIT_PAGE are looked at: it is decided on the engine's own thread.
 * See:     docs/cli.md §bulk
 */
#include "cli/bulk_part.h"

#include "base/limits.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/refusal.h"
#include "cli/text.h"
#include "cli/who.h"

#include <stdio.h>
#include <stdlib.h>

static json_t *first_targets(const struct bulk_found *found)
{
    json_t *targets = json_array();

    for (size_t i = 0; i < json_array_size(found->targets) && i < LIMIT_PAGE; i++) {
        json_array_append(targets, json_array_get(found->targets, i));
    }
    return targets;
}

static json_t *question(const struct session *session, const struct bulk *bulk,
                        const struct bulk_found *found)
{
    const char *verb = client_verb_name(bulk->action->verb);
    json_t *with = who_sign(verb, json_incref(bulk->fields), session->connection.by);

    return json_pack("{ss so so sb}", "command", verb, "with", with, "targets",
                     first_targets(found), "may_lack", bulk->lacks);
}

/* A pages_take_fn. */
static bool take(void *context, json_t *answer, uint64_t *ret_done)
{
    struct bulk_foreseen *foreseen = context;

    foreseen->refused = json_incref(json_object_get(answer, "refused"));
    foreseen->reasons = json_incref(json_object_get(answer, "reasons"));
    *ret_done = foreseen->checked;
    return false;
}

/* The shown ones that would be refused say why; both are in the order of the targets. */
static void mark_rows(const struct bulk_found *found, const struct bulk_foreseen *foreseen)
{
    size_t at = 0;

    for (size_t i = 0; i < json_array_size(found->first); i++) {
        json_t *why = json_copy(json_array_get(foreseen->refused, at));
        json_t *target = json_array_get(found->targets, i);
        const char *name = json_object_iter_key(json_object_iter(target));
        if (json_equal(json_object_get(why, name), json_object_get(target, name))) {
            json_object_del(why, name);
            json_object_set(json_array_get(found->first, i), "refused", why);
            at++;
        }
        json_decref(why);
    }
}

enum exit_code bulk_foresee(struct session *session, const struct bulk *bulk,
                            const struct bulk_found *found, struct bulk_foreseen *ret_foreseen)
{
    size_t count = json_array_size(found->targets);

    *ret_foreseen = (struct bulk_foreseen){.checked = count < LIMIT_PAGE ? count : LIMIT_PAGE};
    if (bulk->nobody) {
        ret_foreseen->checked = 0;
        return EXIT_CODE_DONE;
    }
    json_t *request = question(session, bulk, found);
    enum exit_code code = pages_each(session, client_verb_name(CLIENT_FORESEE), request,
                                     _("Looking for what would be refused"), take, ret_foreseen);
    json_decref(request);
    mark_rows(found, ret_foreseen);
    return code;
}

void bulk_foreseen_fini(struct bulk_foreseen *foreseen)
{
    json_decref(foreseen->refused);
    json_decref(foreseen->reasons);
    *foreseen = (struct bulk_foreseen){0};
}

void bulk_print_foreseen(const struct session *session, const struct bulk_found *found,
                         const struct bulk_foreseen *foreseen)
{
    size_t refused = json_array_size(foreseen->refused);
    FILE *file = session->out.file;
    size_t index;
    json_t *reason;

    if (foreseen->checked == 0) {
        fprintf(file, "%s\n", _("Who acts? With --by BODY it is told what would be refused"));
        return;
    }
    if (foreseen->checked < json_array_size(found->targets)) {
        fprintf(file, _("Looked at: the first %zu\n"), foreseen->checked);
    }
    fprintf(file, _("Can be done: %zu. Would be refused: %zu\n"), foreseen->checked - refused,
            refused);
    json_array_foreach(foreseen->reasons, index, reason)
    {
        char *text = refusal_sentence(reason);
        fprintf(file, "  %lld: %s\n",
                (long long)json_integer_value(json_object_get(reason, "count")),
                text != NULL ? text : "");
        free(text);
    }
}

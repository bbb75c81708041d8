/* bulk_foresee.c - what of it `marshrut bulk` would be refused, before it is done
 *
 * Owns:    the question to the engine, and how its answer is shown.
 * In:      bulk.c, with what was found; the verb FORESEE (docs/protocol.md §3.6).
 * Out:     rows that say why they would be refused; a summary for people.
 * Always:  the first LIMIT_PAGE are looked at: it is decided on the engine's own thread, which
 *          answers of as many as it has the time for.
 * See:     docs/cli.md §bulk
 */
#include "cli/bulk_part.h"

#include "base/limits.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/refusal.h"
#include "cli/text.h"
#include "cli/who.h"
#include "wire/refusals.h"

#include <stdio.h>
#include <stdlib.h>

/* The first LIMIT_PAGE, but for those that were looked at already. */
static json_t *next_targets(const struct bulk_found *found, size_t checked)
{
    json_t *targets = json_array();

    for (size_t i = checked; i < json_array_size(found->targets) && i < LIMIT_PAGE; i++) {
        json_array_append(targets, json_array_get(found->targets, i));
    }
    return targets;
}

static json_t *question(const struct session *session, const struct bulk *bulk,
                        const struct bulk_found *found, size_t checked)
{
    const char *verb = client_verb_name(bulk->action->verb);
    json_t *with = who_sign(verb, json_incref(bulk->fields), session->connection.by);

    return json_pack("{ss so so sb}", "command", verb, "with", with, "targets",
                     next_targets(found, checked), "may_lack", bulk->lacks);
}

/* A pages_take_fn. */
static bool take(void *context, json_t *answer, uint64_t *ret_done)
{
    struct bulk_foreseen *foreseen = context;
    json_int_t checked = json_integer_value(json_object_get(answer, "checked"));
    size_t index;
    json_t *row;

    json_array_foreach(json_object_get(answer, "refused"), index, row)
    {
        json_array_append(foreseen->refused, row);
        refusals_count(foreseen->reasons, row);
    }
    foreseen->checked += checked > 0 ? (size_t)checked : 0;
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

/* An answer may be of the first few: the rest is asked for anew. */
static enum exit_code ask_all(struct session *session, const struct bulk *bulk,
                              const struct bulk_found *found, struct bulk_foreseen *foreseen)
{
    enum exit_code code;
    size_t before;
    bool more;

    do {
        before = foreseen->checked;
        json_t *request = question(session, bulk, found, before);
        code = pages_each(session, client_verb_name(CLIENT_FORESEE), request,
                          _("Looking for what would be refused"), take, foreseen);
        json_decref(request);
        more = foreseen->checked > before && foreseen->checked < LIMIT_PAGE &&
               foreseen->checked < json_array_size(found->targets);
    } while (code == EXIT_CODE_DONE && more);
    return code;
}

enum exit_code bulk_foresee(struct session *session, const struct bulk *bulk,
                            const struct bulk_found *found, struct bulk_foreseen *ret_foreseen)
{
    *ret_foreseen = (struct bulk_foreseen){0};
    if (bulk->nobody) {
        return EXIT_CODE_DONE;
    }
    ret_foreseen->refused = json_array();
    ret_foreseen->reasons = json_array();
    enum exit_code code = ask_all(session, bulk, found, ret_foreseen);
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
        if (text != NULL) {
            refusals_shorten(text);
        }
        fprintf(file, "  %lld: %s\n",
                (long long)json_integer_value(json_object_get(reason, "count")),
                text != NULL ? text : "");
        free(text);
    }
}

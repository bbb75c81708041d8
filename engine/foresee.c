/* foresee.c - what a command would be refused, asked before it is given
 *
 * Owns:    which check of core is that of which command, and the count of refusals by what they say.
 * In:      the query FORESEE, and previews of the gateway (web/api_bulk.c).
 * Always:  nothing is changed. There is no rule here: what refuses is what would refuse the command.
 * See:     docs/protocol.md §3.6
 */
#include "engine/foresee.h"

#include "base/must.h"
#include "engine/command_fields.h"
#include "engine/core/decide.h"
#include "engine/refusal.h"
#include "engine/snapshot.h"

#include <stdlib.h>
#include <string.h>

#define OTHERS "…" /* in place of what the refusals name differently */

/* --- one command --------------------------------------------------------------------------- */

/* The world of a decision, on a snapshot. */
struct foresight {
    struct world world; /* first: core hands it back to us */
    const struct view *view;
};

static struct instance *get_instance(struct world *world, uint64_t id)
{
    const struct view *v = ((const struct foresight *)world)->view;
    struct instance *instance;

    return snapshot_instance(v->txn, v->catalog, v->arena, id, &instance, NULL) ? instance : NULL;
}

/* As the command reads it: an ASSIGNMENT reads its own, and RETRY has none. */
static bool check_reason(enum client_verb verb, const json_t *payload, bool may_lack,
                         struct error *err)
{
    struct bytes reason;

    return verb == CLIENT_RETRY ||
           command_read_reason(payload, !may_lack && command_needs_reason(verb), &reason, err);
}

static bool check_steering(struct world *world, enum client_verb verb, const json_t *payload,
                           bool may_lack, struct error *err)
{
    uint64_t id;

    return command_read_instance(payload, &id, err) && check_reason(verb, payload, may_lack, err) &&
           (verb == CLIENT_CANCEL    ? decide_cancel_check(world, id, err)
            : verb == CLIENT_SUSPEND ? decide_suspend_check(world, id, err)
                                     : decide_resume_check(world, id, err));
}

static bool check_task(struct world *world, enum client_verb verb, const json_t *payload,
                       bool may_lack, struct error *err)
{
    struct task_id id;

    return command_read_task(payload, &id, err) && check_reason(verb, payload, may_lack, err) &&
           (verb == CLIENT_RETRY ? decide_retry_check(world, id.instance, id.seq, err)
                                 : decide_skip_check(world, id.instance, id.seq, err));
}

static bool check_assignment(struct world *world, const json_t *payload, bool may_lack,
                             struct error *err)
{
    struct assignment_command c;

    return command_read_assignment(world->arena, payload, may_lack, &c, err) &&
           decide_assignment_check(world, &c, may_lack, err);
}

bool foresee_command(const struct view *view, enum client_verb verb, const json_t *payload,
                     bool may_lack, struct error *err)
{
    struct foresight f = {.world = *view->world, .view = view};
    bool good;

    f.world.get = get_instance;
    switch (verb) {
    case CLIENT_CANCEL:
    case CLIENT_SUSPEND:
    case CLIENT_RESUME:
        good = check_steering(&f.world, verb, payload, may_lack, err);
        break;
    case CLIENT_RETRY:
    case CLIENT_SKIP:
        good = check_task(&f.world, verb, payload, may_lack, err);
        break;
    default:
        must(verb == CLIENT_ASSIGNMENT);
        good = check_assignment(&f.world, payload, may_lack, err);
    }
    arena_reset(view->arena); /* what was refused is copied: the instance is not needed any more */
    return good;
}

/* --- of many ------------------------------------------------------------------------------- */

json_t *foresee_refusal(const struct error *err)
{
    json_t *row = json_pack("{ss}", "code", error_name(err->code));

    refusal_put(row, err);
    return row;
}

/* The same sentence, whatever it names. */
static bool says_the_same(const json_t *reason, const json_t *row)
{
    const json_t *format = json_object_get(row, "format");

    return json_equal(json_object_get(reason, "code"), json_object_get(row, "code")) &&
           (format != NULL ? json_equal(json_object_get(reason, "format"), format)
                           : json_object_get(reason, "format") == NULL);
}

/* What the two name differently is left open. */
static void join(json_t *reason, const json_t *row)
{
    const char *format = json_string_value(json_object_get(reason, "format"));
    json_t *args = json_object_get(reason, "args");
    const char *said[SENTENCE_ARGS_MAX];
    size_t count = json_array_size(args);
    char text[ERROR_TEXT_MAX];

    for (size_t i = 0; i < count; i++) {
        if (!json_equal(json_array_get(args, i), json_array_get(json_object_get(row, "args"), i))) {
            json_array_set_new(args, i, json_string(OTHERS));
        }
        said[i] = json_string_value(json_array_get(args, i));
    }
    if (format != NULL && sentence_say(format, format, said, count, NULL, text, sizeof text)) {
        json_object_set_new(reason, "text", json_string(text));
    }
    json_int_t so_far = json_integer_value(json_object_get(reason, "count"));
    json_object_set_new(reason, "count", json_integer(so_far + 1));
}

void foresee_count(json_t *reasons, const struct error *err)
{
    json_t *row = foresee_refusal(err);

    for (size_t i = 0; i < json_array_size(reasons); i++) {
        if (says_the_same(json_array_get(reasons, i), row)) {
            join(json_array_get(reasons, i), row);
            json_decref(row);
            return;
        }
    }
    json_object_set_new(row, "count", json_integer(1));
    json_array_append_new(reasons, row);
}

/* --- the query ----------------------------------------------------------------------------- */

static bool read_verb(const json_t *request, enum client_verb *ret_verb, struct error *err)
{
    static const enum client_verb verbs[] = {CLIENT_CANCEL, CLIENT_SUSPEND, CLIENT_RESUME,
                                             CLIENT_RETRY,  CLIENT_SKIP,    CLIENT_ASSIGNMENT};
    const char *name = json_string_value(json_object_get(request, "command"));

    for (size_t i = 0; name != NULL && i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(client_verb_name(verbs[i]), name) == 0) {
            *ret_verb = verbs[i];
            return true;
        }
    }
    return error_set(err, ERROR_INVALID, "\"%s\" can't be \"%.100s\"", "command",
                     name != NULL ? name : "?");
}

static bool check_targets(const json_t *targets, struct error *err)
{
    if (!json_is_array(targets)) {
        return error_set(err, ERROR_INVALID, "\"targets\" must be a list of objects");
    }
    return json_array_size(targets) <= LIMIT_PAGE ||
           error_set(err, ERROR_TOO_LARGE, "\"targets\" has more than %u rows", LIMIT_PAGE);
}

/* The target of a refused command, with why. */
static json_t *refused_row(json_t *target, const struct error *err)
{
    json_t *row = foresee_refusal(err);

    json_object_update_missing(row, target);
    return row;
}

json_t *foresee_answer(const struct view *view, const json_t *request, struct error *err)
{
    const json_t *targets = json_object_get(request, "targets");
    bool may_lack = json_is_true(json_object_get(request, "may_lack"));
    enum client_verb verb = CLIENT_CANCEL;

    if (!read_verb(request, &verb, err) || !check_targets(targets, err)) {
        return NULL;
    }
    json_t *refused = json_array();
    json_t *reasons = json_array();
    for (size_t i = 0; i < json_array_size(targets); i++) {
        json_t *target = json_array_get(targets, i);
        json_t *payload = json_object();
        struct error why;
        json_object_update(payload, json_object_get(request, "with"));
        json_object_update(payload, target);
        if (!foresee_command(view, verb, payload, may_lack, &why)) {
            json_array_append_new(refused, refused_row(target, &why));
            foresee_count(reasons, &why);
        }
        json_decref(payload);
    }
    return json_pack("{so so}", "refused", refused, "reasons", reasons);
}

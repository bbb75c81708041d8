/* foresee.c - what a command would be refused, asked before it is given
 *
 * Owns:    which check of core is that of which command.
 * In:      the query FORESEE, and previews of the gateway (web/api_bulk.c).
 * Always:  nothing is changed. There is no rule here: what refuses is what would refuse the command.
 *          An instance is decoded once for all targets in a row that are in it.
 * See:     docs/protocol.md §3.6
 */
#include "engine/foresee.h"

#include "base/clock.h"
#include "base/must.h"
#include "engine/command_fields.h"
#include "engine/core/decide.h"
#include "engine/refusal.h"
#include "engine/snapshot.h"
#include "wire/refusals.h"

#include <stdlib.h>
#include <string.h>

/* --- one command --------------------------------------------------------------------------- */

/* The world of a decision, on a snapshot. */
struct foresight {
    struct world world; /* first: core hands it back to us */
    const struct view *view;
    enum client_verb verb;
    bool may_lack;
    struct arena fields;                  /* what was read of the command */
    struct assignment_command assignment; /* of an ASSIGNMENT, but for its task */
    bool readable;
    struct error unreadable;   /* why not */
    struct arena arena;        /* of the instance, and of decisions about it */
    uint64_t id;               /* that of the target; 0 = none was looked at */
    struct instance *instance; /* NULL: there is none of this id */
};

static struct instance *decode(struct foresight *f, uint64_t id)
{
    const struct view *v = f->view;
    struct instance *instance;

    return snapshot_instance(v->txn, v->catalog, &f->arena, id, &instance, NULL) ? instance : NULL;
}

static struct instance *get_instance(struct world *world, uint64_t id)
{
    struct foresight *f = (struct foresight *)world;

    return id == f->id ? f->instance : decode(f, id);
}

/* The arena forgets the one before. */
static void go_to_instance(struct foresight *f, uint64_t id)
{
    if (id != f->id) {
        arena_reset(&f->arena);
        f->id = id;
        f->instance = decode(f, id);
    }
}

/* As commands.c reads them. */
static bool read_fields(struct foresight *f, const json_t *with, struct error *err)
{
    struct bytes reason;

    if (f->verb == CLIENT_ASSIGNMENT) {
        return command_read_assignment(&f->fields, with, f->may_lack, &f->assignment, err);
    }
    return f->verb == CLIENT_RETRY ||
           command_read_reason(with, !f->may_lack && command_needs_reason(f->verb), &reason, err);
}

struct foresight *foresee_begin(const struct view *view, enum client_verb verb, const json_t *with,
                                bool may_lack)
{
    struct foresight *f = xcalloc(1, sizeof *f);

    f->world = *view->world;
    f->world.get = get_instance;
    f->world.arena = &f->arena;
    f->view = view;
    f->verb = verb;
    f->may_lack = may_lack;
    f->readable = read_fields(f, with, &f->unreadable);
    return f;
}

void foresee_end(struct foresight **foresight)
{
    struct foresight *f = *foresight;

    if (f != NULL) {
        arena_fini(&f->fields);
        arena_fini(&f->arena);
        free(f);
        *foresight = NULL;
    }
}

bool foresee_target(struct foresight *f, struct task_id target, struct error *err)
{
    struct world *world = &f->world;

    if (!f->readable) {
        *err = f->unreadable;
        return false;
    }
    go_to_instance(f, target.instance);
    switch (f->verb) {
    case CLIENT_CANCEL:
        return decide_cancel_check(world, target.instance, err);
    case CLIENT_SUSPEND:
        return decide_suspend_check(world, target.instance, err);
    case CLIENT_RESUME:
        return decide_resume_check(world, target.instance, err);
    case CLIENT_RETRY:
        return decide_retry_check(world, target.instance, target.seq, err);
    case CLIENT_SKIP:
        return decide_skip_check(world, target.instance, target.seq, err);
    default:
        must(f->verb == CLIENT_ASSIGNMENT);
        f->assignment.instance = target.instance;
        f->assignment.task = target.seq;
        return decide_assignment_check(world, &f->assignment, f->may_lack, err);
    }
}

json_t *foresee_refusal(const struct error *err)
{
    json_t *row = json_pack("{ss}", "code", error_name(err->code));

    refusal_put(row, err);
    return row;
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

static bool check_request(const json_t *request, struct error *err)
{
    const json_t *with = json_object_get(request, "with");
    const json_t *targets = json_object_get(request, "targets");
    bool good = json_is_array(targets);

    if (with != NULL && !json_is_object(with)) {
        return error_set(err, ERROR_INVALID, "\"%s\" must be an object", "with");
    }
    for (size_t i = 0; good && i < json_array_size(targets); i++) {
        good = json_object_size(json_array_get(targets, i)) == 1;
    }
    if (!good) {
        return error_set(err, ERROR_INVALID,
                         "\"targets\" must be a list of objects with a \"task\" or \"instance\"");
    }
    return json_array_size(targets) <= LIMIT_PAGE ||
           error_set(err, ERROR_TOO_LARGE, "\"targets\" has more than %u rows", LIMIT_PAGE);
}

static bool read_target(enum client_verb verb, const json_t *target, struct task_id *ret_id,
                        struct error *err)
{
    bool of_instance = verb == CLIENT_CANCEL || verb == CLIENT_SUSPEND || verb == CLIENT_RESUME;

    *ret_id = (struct task_id){0};
    return of_instance ? command_read_instance(target, &ret_id->instance, err)
                       : command_read_task(target, ret_id, err);
}

/* false: *ret_refused is the target, with why. */
static bool look_at(struct foresight *f, json_t *target, json_t **ret_refused)
{
    struct task_id id;
    struct error why;

    if (read_target(f->verb, target, &id, &why) && foresee_target(f, id, &why)) {
        return true;
    }
    *ret_refused = foresee_refusal(&why);
    json_object_update_missing(*ret_refused, target);
    return false;
}

/* Until the stint is over: others wait meanwhile. */
static json_t *look_at_all(struct foresight *f, const json_t *targets)
{
    struct stint stint = stint_begin(f->view->page_ms);
    json_t *refused = json_array();
    json_t *reasons = json_array();
    size_t checked = 0;

    while (checked < json_array_size(targets) && (checked == 0 || !stint_is_over(&stint))) {
        json_t *row;
        if (!look_at(f, json_array_get(targets, checked++), &row)) {
            refusals_count(reasons, row);
            json_array_append_new(refused, row);
        }
    }
    return json_pack("{sI so so}", "checked", (json_int_t)checked, "refused", refused, "reasons",
                     reasons);
}

json_t *foresee_answer(const struct view *view, const json_t *request, struct error *err)
{
    enum client_verb verb = CLIENT_CANCEL;

    if (!read_verb(request, &verb, err) || !check_request(request, err)) {
        return NULL;
    }
    struct foresight *f = foresee_begin(view, verb, json_object_get(request, "with"),
                                        json_is_true(json_object_get(request, "may_lack")));
    json_t *answer = look_at_all(f, json_object_get(request, "targets"));
    foresee_end(&f);
    return answer;
}

/* versions.c - commands about versions of definitions: DEPLOY, MIGRATE, REMOVE
 *
 * Owns:    which fields they have and what their answers look like (protocol §3.5).
 * In:      commands.c, in an open turn that was settled before MIGRATE and REMOVE.
 * Out:     definitions.c puts into force, migrations.c moves instances, removal.c removes.
 */
#include "base/must.h"
#include "engine/engine.h"
#include "engine/migrations.h"
#include "engine/refusal.h"
#include "engine/removal.h"

#include <string.h>

/* --- deploy -------------------------------------------------------------------------------- */

static json_t *problem_json(const struct problem *p)
{
    bool error = p->severity == SEVERITY_ERROR;
    json_t *value =
        json_pack("{ss ss si si}", "severity", error ? "error" : "warning", "code",
                  error_name(p->error.code), "line", p->error.line, "column", p->error.column);

    refusal_put(value, &p->error);
    return value;
}

/* NULL when there is nothing to say. */
static json_t *problems_json(const struct problems *problems)
{
    json_t *list = problems->count > 0 ? json_array() : NULL;

    for (uint32_t i = 0; i < problems->count; i++) {
        json_array_append_new(list, problem_json(&problems->items[i]));
    }
    return list;
}

static bool deploy(struct engine *e, const json_t *request, json_t **ret_answer, struct error *err)
{
    const json_t *file = json_object_get(request, "file");
    const json_t *text = json_object_get(request, "text");
    struct deployment deployment = {0};

    if (!json_is_string(text) || (file != NULL && !json_is_string(file))) {
        return error_set(err, ERROR_INVALID, "\"text\" must be the text of a document");
    }
    struct bytes document = {json_string_value(text), json_string_length(text)};
    bool ok =
        engine_deploy(e, file ? json_string_value(file) : "document", document, &deployment, err);
    const struct definition *d = deployment.definition;
    *ret_answer = ok ? json_pack("{ss ss si si sb}", "kind", definition_kind_name(d->kind), "name",
                                 d->name, "version", (int)d->version, "number", (int)d->number,
                                 "changed", deployment.changed)
                     : json_object();
    json_t *problems = problems_json(&deployment.problems);
    if (problems != NULL) {
        json_object_set_new(*ret_answer, "problems", problems);
        json_object_set_new(*ret_answer, "left_out", json_integer(deployment.problems.left_out));
    }
    problems_fini(&deployment.problems);
    return ok;
}

/* --- migrate and remove -------------------------------------------------------------------- */

static bool get_version(const json_t *request, const char *field, uint32_t *ret_version,
                        struct error *err)
{
    const json_t *value = json_object_get(request, field);

    if (value == NULL || json_is_null(value)) {
        return true;
    }
    if (!json_is_integer(value) || json_integer_value(value) < 1 ||
        json_integer_value(value) > UINT32_MAX) {
        return error_set(err, ERROR_INVALID, "\"%s\" must be the number of a version", field);
    }
    *ret_version = (uint32_t)json_integer_value(value);
    return true;
}

static bool get_name(const json_t *request, const char *field, const char **ret_name,
                     struct error *err)
{
    *ret_name = json_string_value(json_object_get(request, field));
    return *ret_name != NULL ||
           error_set(err, ERROR_INVALID, "\"%s\" must be the name of a definition", field);
}

/* Which instances: exactly one of instances, from, all. */
static bool get_choice(const json_t *request, struct migration *m, struct error *err)
{
    const json_t *all = json_object_get(request, "all");
    int ways;

    m->instances = json_object_get(request, "instances");
    if (!get_version(request, "from", &m->from, err)) {
        return false;
    }
    if (m->instances != NULL &&
        (!json_is_array(m->instances) || json_array_size(m->instances) > LIMIT_PAGE)) {
        return error_set(err, ERROR_INVALID, "\"instances\" must be a list of at most %u numbers",
                         LIMIT_PAGE);
    }
    if (all != NULL && !json_is_true(all)) {
        return error_set(err, ERROR_INVALID, "\"all\" must be true");
    }
    ways = (m->instances != NULL) + (m->from != 0) + (all != NULL);
    return ways == 1 || error_set(err, ERROR_INVALID,
                                  "say which instances: one of \"instances\", \"from\", \"all\"");
}

static bool migrate(struct engine *e, const json_t *request, json_t **ret_answer, struct error *err)
{
    const json_t *preview = json_object_get(request, "preview");
    const json_t *after = json_object_get(request, "after");
    struct migration m = {0};

    if (!get_name(request, "definition", &m.name, err) || !get_version(request, "to", &m.to, err) ||
        !get_choice(request, &m, err)) {
        return false;
    }
    if ((preview != NULL && !json_is_boolean(preview)) ||
        (after != NULL && !json_is_null(after) && !json_is_string(after))) {
        return error_set(err, ERROR_INVALID,
                         "\"preview\" must be true or false, \"after\" a cursor");
    }
    m.preview = json_is_true(preview);
    m.after = json_string_value(after);
    return migrations_run(e, &m, ret_answer, err);
}

static bool remove_version(struct engine *e, const json_t *request, json_t **ret_answer,
                           struct error *err)
{
    const json_t *kind = json_object_get(request, "kind");
    struct removal r = {.kind = json_string_value(kind)};

    if (!get_name(request, "name", &r.name, err) ||
        !get_version(request, "version", &r.version, err)) {
        return false;
    }
    if (r.version == 0) {
        return error_set(err, ERROR_INVALID, "\"version\" must be the number of a version");
    }
    if (kind != NULL && r.kind == NULL) {
        return error_set(err, ERROR_INVALID, "\"kind\" must be a kind of definition");
    }
    return removal_run(e, &r, ret_answer, err);
}

bool engine_version_command(struct engine *e, enum client_verb verb, const json_t *request,
                            json_t **ret_answer, struct error *err)
{
    switch (verb) {
    case CLIENT_DEPLOY:
        return deploy(e, request, ret_answer, err);
    case CLIENT_MIGRATE:
        return migrate(e, request, ret_answer, err);
    default:
        must(verb == CLIENT_REMOVE);
        return remove_version(e, request, ret_answer, err);
    }
}

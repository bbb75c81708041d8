/* rehearse_plans.c - which documents a rehearsal takes, and in which order they come into force
 *
 * Owns:    where the documents are looked for that a plan names.
 * In:      words of the command line; folders.
 * Out:     documents; the plans, checked.
 * Always:  what no plan needs is neither checked nor deployed: a mistake in it is not of interest.
 * See:     docs/cli.md
 */
#include "cli/rehearse_plans.h"

#include "base/must.h"
#include "cli/language.h"
#include "cli/problem_lines.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PLACE_OF_NAMES "workflows"

/* --- where they are ------------------------------------------------------------------------ */

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool has_folder(const char *folder, const char *name)
{
    struct buffer path = BUFFER_INIT;

    buffer_text(&path, folder);
    buffer_text(&path, "/");
    buffer_append(&path, name, strlen(name) + 1);
    bool found = is_folder((const char *)path.data);
    buffer_fini(&path);
    return found;
}

/* The folder that a plan lies in; plans may be named by their folder. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (is_folder(path)) {
        return xstrdup(path);
    }
    return slash != NULL ? xstrndup(path, (size_t)(slash - path)) : xstrdup(".");
}

/* The folder of a plan, and the one above when it is laid out as docs/authors.md has it. A folder
 * that was named has been added already. */
static bool add_beside(struct documents *documents, const char *path, struct error *err)
{
    char *folder = folder_of(path);
    struct buffer above = BUFFER_INIT;

    buffer_text(&above, folder);
    buffer_append(&above, "/..", sizeof "/..");
    const char *upper = (const char *)above.data;
    bool laid_out = has_folder(upper, "bodies") || has_folder(upper, "policies");
    bool good = true;
    if (laid_out || !is_folder(path)) {
        good = documents_add(documents, laid_out ? upper : folder, false, err);
    }
    buffer_fini(&above);
    free(folder);
    return good;
}

static bool no_plan(const char *name, struct error *err)
{
    return error_set(err, ERROR_NOT_FOUND,
                     _("%s: there is no such file, and no plan of that name among the documents"),
                     name);
}

/* What is no file is the name of a plan among those of the folder, where there is one. */
static bool add_named(struct documents *documents, const char *name, struct error *err)
{
    return is_folder(PLACE_OF_NAMES) ? documents_add(documents, PLACE_OF_NAMES, false, err)
                                     : no_plan(name, err);
}

static bool add_others(struct documents *documents, const struct arguments *arguments,
                       struct error *err)
{
    const char *path;
    bool good = true;

    for (size_t i = 0; good && (path = arguments_get_at(arguments, "with", i)) != NULL; i++) {
        good = documents_add(documents, path, false, err);
    }
    for (size_t i = 0; good && i < arguments->count && !arguments_has(arguments, "with"); i++) {
        path = arguments->positional[i];
        if (access(path, F_OK) != 0) {
            good = add_named(documents, path, err);
        } else {
            good = add_beside(documents, path, err);
        }
    }
    return good;
}

/* A word that is no file is the name of a plan. */
static bool ask_by_name(struct documents *documents, const char *name, struct error *err)
{
    const struct definition *d = catalog_find(documents->catalog, DEFINITION_ROADMAP, name);

    if (d == NULL) {
        return no_plan(name, err);
    }
    documents->items[d->number - 1].asked = true;
    return true;
}

bool rehearse_plans_gather(struct rehearse_plans *p, const struct arguments *arguments,
                           struct error *err)
{
    for (size_t i = 0; i < arguments->count; i++) {
        const char *path = arguments->positional[i];
        if (access(path, F_OK) == 0 && !documents_add(&p->documents, path, true, err)) {
            return false;
        }
    }
    if (!add_others(&p->documents, arguments, err)) {
        return false;
    }
    documents_join(&p->documents);
    p->needed = xcalloc(p->documents.count + 1, sizeof *p->needed);
    for (size_t i = 0; i < arguments->count; i++) {
        const char *name = arguments->positional[i];
        if (access(name, F_OK) != 0 && !ask_by_name(&p->documents, name, err)) {
            return false;
        }
    }
    return true;
}

/* --- what is needed ------------------------------------------------------------------------ */

static void need_workflow(struct rehearse_plans *p, const char *name)
{
    const struct definition *d = catalog_find(p->documents.catalog, DEFINITION_WORKFLOW, name);

    if (d == NULL || p->needed[d->number - 1]) {
        return; /* what is missing is told by the check */
    }
    p->needed[d->number - 1] = true;
    for (uint32_t i = 0; i < d->workflow.step_count; i++) {
        if (d->workflow.steps[i].kind == STEP_RUN) {
            need_workflow(p, d->workflow.steps[i].run_name);
        }
    }
}

/* Bodies, calendars and policies name one another and are small: all of them. */
static void need_kinds(struct rehearse_plans *p)
{
    const struct definition *d;

    for (uint32_t i = 0; (d = catalog_at(p->documents.catalog, i)) != NULL; i++) {
        if (d->kind == DEFINITION_BODIES || d->kind == DEFINITION_CALENDAR ||
            d->kind == DEFINITION_POLICY) {
            p->needed[d->number - 1] = true;
        }
    }
}

static void need_plan(struct rehearse_plans *p, uint32_t index, const struct definition *plan)
{
    p->needed[index] = true;
    for (uint32_t i = 0; i < plan->roadmap.item_count; i++) {
        need_workflow(p, plan->roadmap.items[i].workflow);
    }
}

/* --- the check ----------------------------------------------------------------------------- */

/* NULL when it has errors, which are said. */
static struct definition *check_one(const struct rehearse_plans *p, uint32_t index,
                                    const struct session *session, bool *ret_said)
{
    const struct document_options options = {0};
    struct problems problems = {0};
    struct definition *d;

    documents_check(&p->documents, index, &options, &problems, &d);
    if (problems.error_count > 0 || d == NULL) {
        problem_lines_print(&problems, &p->documents.items[index], &session->err);
        *ret_said = true;
        definition_destroy(d);
        d = NULL;
    }
    problems_fini(&problems);
    return d;
}

static void add_plan(struct rehearsal *r, const char *file, struct definition *d)
{
    r->plans = xrealloc(r->plans, (r->plan_count + 1) * sizeof *r->plans);
    r->plans[r->plan_count++] = (struct rehearsed_plan){.definition = d, .file = file};
}

static bool check_plans(struct rehearse_plans *p, struct rehearsal *r,
                        const struct session *session, bool *ret_said)
{
    for (uint32_t i = 0; i < p->documents.count; i++) {
        if (!p->documents.items[i].asked) {
            continue;
        }
        struct definition *d = check_one(p, i, session, ret_said);
        if (d != NULL && d->kind == DEFINITION_ROADMAP) {
            need_plan(p, i, d);
            add_plan(r, p->documents.items[i].path, d);
        } else {
            definition_destroy(d);
        }
    }
    return !*ret_said;
}

bool rehearse_plans_check(struct rehearse_plans *p, struct rehearsal *r,
                          const struct session *session, bool *ret_said, struct error *err)
{
    *ret_said = false;
    if (!check_plans(p, r, session, ret_said)) {
        return false;
    }
    if (r->plan_count == 0) {
        return error_set(err, ERROR_INVALID, _("none of the documents is a plan"));
    }
    need_kinds(p);
    for (uint32_t i = 0; i < p->documents.count; i++) {
        if (p->needed[i] && !p->documents.items[i].asked) {
            definition_destroy(check_one(p, i, session, ret_said));
        }
    }
    r->catalog = p->documents.catalog;
    return !*ret_said;
}

/* --- the order ----------------------------------------------------------------------------- */

#define RANKS 4

static uint32_t rank(const struct documents *documents, uint32_t index)
{
    static const enum definition_kind order[RANKS] = {DEFINITION_CALENDAR, DEFINITION_BODIES,
                                                      DEFINITION_POLICY, DEFINITION_WORKFLOW};
    const struct definition *d = catalog_find_number(documents->catalog, index + 1);

    for (uint32_t i = 0; d != NULL && i < RANKS; i++) {
        if (order[i] == d->kind) {
            return i;
        }
    }
    return RANKS;
}

uint32_t *rehearse_plans_order(const struct rehearse_plans *p, uint32_t *ret_count)
{
    uint32_t *order = xcalloc(p->documents.count + 1, sizeof *order);
    uint32_t count = 0;

    for (uint32_t turn = 0; turn <= RANKS; turn++) {
        for (uint32_t i = 0; i < p->documents.count; i++) {
            if (p->needed[i] && rank(&p->documents, i) == turn) {
                order[count++] = i;
            }
        }
    }
    *ret_count = count;
    return order;
}

void rehearse_plans_fini(struct rehearse_plans *p)
{
    documents_fini(&p->documents);
    free(p->needed);
    *p = (struct rehearse_plans){0};
}

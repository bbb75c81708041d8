/* migrate.c - `marshrut migrate`: instances go on with another version of their workflow
 *
 * Owns:    the sum of all pages, and the list of what was left as it was.
 * In:      a definition, which instances; the verb MIGRATE (docs/protocol.md §3.5).
 * Out:     a table of those that have no safe place, with the reason; how many were moved.
 * Always:  what is left is no failure of the command: it is listed, and goes on as it was.
 */
#include "base/limits.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/refusal.h"
#include "cli/session.h"
#include "cli/table.h"

#include <stdlib.h>

/* All pages as one answer. */
struct total {
    json_t *answer; /* the first, with the rows of all */
    json_int_t moved;
    json_int_t left;
};

static bool add_instances(const struct arguments *arguments, json_t *request, struct error *err)
{
    json_t *list = json_array();
    const char *word;
    uint64_t id;

    json_object_set_new(request, "instances", list);
    for (size_t i = 0; (word = arguments_get_at(arguments, "instance", i)) != NULL; i++) {
        if (!session_instance(word, &id, err)) {
            return false;
        }
        json_array_append_new(list, json_integer((json_int_t)id));
    }
    return true;
}

static bool add_choice(const struct arguments *arguments, json_t *request, struct error *err)
{
    bool listed = arguments_has(arguments, "instance");
    bool all = arguments_has(arguments, "all");
    uint64_t from = 0;

    if (!arguments_number(arguments, "from", 1, UINT32_MAX, &from, err)) {
        return false;
    }
    if (listed + all + (from > 0) != 1) {
        return error_set(err, ERROR_INVALID,
                         _("which instances? One of --instance ID, --from VERSION, --all"));
    }
    if (from > 0) {
        json_object_set_new(request, "from", json_integer((json_int_t)from));
    } else if (all) {
        json_object_set_new(request, "all", json_true());
    }
    return !listed || add_instances(arguments, request, err);
}

/* NULL when the words are wrong. */
static json_t *request_of(const struct arguments *arguments, struct error *err)
{
    const char *name = arguments_get(arguments, "definition");
    uint64_t to = 0;

    if (name == NULL) {
        error_set(err, ERROR_INVALID, _("of which workflow? --definition NAME"));
        return NULL;
    }
    json_t *request = json_pack("{ss}", "definition", name);
    if (!arguments_number(arguments, "to", 1, UINT32_MAX, &to, err) ||
        !add_choice(arguments, request, err)) {
        json_decref(request);
        return NULL;
    }
    if (to > 0) {
        json_object_set_new(request, "to", json_integer((json_int_t)to));
    }
    if (arguments_has(arguments, "preview")) {
        json_object_set_new(request, "preview", json_true());
    }
    return request;
}

static bool add_page(void *context, json_t *page, uint64_t *ret_done)
{
    struct total *total = context;

    total->moved += field_number(page, "moved");
    total->left += field_number(page, "left");
    if (total->answer == NULL) {
        total->answer = json_incref(page);
    } else {
        json_array_extend(json_object_get(total->answer, "rows"), json_object_get(page, "rows"));
    }
    json_object_set_new(total->answer, "moved", json_integer(total->moved));
    json_object_set_new(total->answer, "left", json_integer(total->left));
    json_object_set_new(total->answer, "next", json_null());
    *ret_done = json_array_size(json_object_get(total->answer, "rows"));
    return true;
}

static void print_left(const struct session *session, const json_t *answer)
{
    const struct column columns[] = {{.heading = _("Instance"), .right = true},
                                     {.heading = _("Version"), .right = true},
                                     {.heading = _("Why it stays"), .flexible = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        if (json_is_true(json_object_get(row, "moved"))) {
            continue;
        }
        char *instance = field_printed(row, "instance");
        char *version = field_printed(row, "version");
        char *sentence = refusal_sentence(row);
        const char *cells[] = {instance, version, sentence};
        table_add(table, cells);
        free(sentence);
        free(version);
        free(instance);
    }
    table_print(table, &session->out);
    table_destroy(table);
}

static void print(const struct session *session, const struct total *total)
{
    bool preview = json_is_true(json_object_get(total->answer, "preview"));
    long long version = (long long)field_number(total->answer, "version");
    unsigned long moved = (unsigned long)total->moved;
    unsigned long left = (unsigned long)total->left;
    FILE *file = session->out.file;

    if (total->left > 0) {
        print_left(session, total->answer);
        fputs("\n", file);
    }
    fprintf(file,
            preview ? ngettext("%lu instance would go on with version %lld.\n",
                               "%lu instances would go on with version %lld.\n", moved)
                    : ngettext("%lu instance goes on with version %lld.\n",
                               "%lu instances go on with version %lld.\n", moved),
            moved, version);
    if (left > 0) {
        fprintf(file,
                ngettext("%lu instance has no safe place in it and stays as it is.\n",
                         "%lu instances have no safe place in it and stay as they are.\n", left),
                left);
    }
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct total total = {0};
    struct error err;
    json_t *request = request_of(arguments, &err);

    if (request == NULL) {
        return session_usage(session, &err);
    }
    enum exit_code code =
        pages_each(session, "MIGRATE", request, _("Looking at open instances"), add_page, &total);
    if (total.answer != NULL && session->json) {
        session_print_document(session, total.answer);
    } else if (total.answer != NULL) {
        print(session, &total);
    }
    json_decref(total.answer);
    json_decref(request);
    return code;
}

static const struct option options[] = {
    {"definition", N_("NAME"), N_("the workflow")},
    {"to", N_("VERSION"), N_("the version to go on with (the newest)")},
    {"instance", N_("ID…"), N_("this instance")},
    {"from", N_("VERSION"), N_("all open instances of this version")},
    {"all", NULL, N_("all open instances of other versions")},
    {"preview", NULL, N_("only say what would happen")},
    {NULL, NULL, NULL},
};

const struct command command_migrate = {
    .name = "migrate",
    .words = "",
    .summary = N_("running instances go on with another version of their workflow"),
    .more = N_("An instance is moved when each of its open steps is there in the other version, "
               "under the same name in the same place; else it is listed and stays as it is. Steps "
               "that are open keep what they were given."),
    .examples = "marshrut migrate --definition teacher-cycle --all --preview\n"
                "marshrut migrate --definition teacher-cycle --from 2 --to 4\n"
                "marshrut migrate --definition teacher-cycle --instance 17 --instance 18",
    .options = options,
    .run = run,
};

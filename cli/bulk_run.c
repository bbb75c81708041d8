/* bulk_run.c - collecting what `marshrut bulk` touches, and a command for each
 *
 * Owns:    the targets, the key of each command, what was refused, and how it ends.
 * In:      bulk.c.
 * Out:     commands one after another; a summary, or one JSON document.
 * Always:  everything is collected before the first command leaves. A signal is held back while a
 *          command is answered: what was done is known, and told.
 * See:     docs/cli.md §bulk
 */
#include "cli/bulk_part.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/must.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/pages.h"
#include "cli/progress.h"
#include "cli/refusal.h"
#include "cli/text.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AGAIN_MS 500 /* after the engine was busy */

/* --- collecting ---------------------------------------------------------------------------- */

/* What a row names; NULL: nothing that this action is for. */
static json_t *target_of(const struct bulk *bulk, const json_t *row)
{
    const char *field = bulk->action->of_task ? "task" : "instance";
    json_t *value = json_object_get(row, field);

    return value != NULL ? json_pack("{sO}", field, value) : NULL;
}

/* Several incidents of one instance stand one after another: it is touched once. */
static void add_row(struct bulk_found *found, const struct bulk *bulk, json_t *row)
{
    size_t count = json_array_size(found->targets);
    json_t *target = target_of(bulk, row);
    const json_t *last = count > 0 ? json_array_get(found->targets, count - 1) : NULL;

    if (target == NULL || json_equal(last, target)) {
        json_decref(target);
        return;
    }
    if (count == LIMIT_BULK) {
        found->more = true;
        json_decref(target);
        return;
    }
    json_array_append_new(found->targets, target);
    if (count < BULK_SHOWN) {
        json_array_append(found->first, row);
    }
}

struct finding {
    const struct bulk *bulk;
    struct bulk_found *found;
};

static bool add_page(void *context, json_t *page, uint64_t *ret_done)
{
    const struct finding *f = context;
    size_t index;
    json_t *row;

    json_array_foreach(json_object_get(page, "rows"), index, row)
    {
        add_row(f->found, f->bulk, row);
    }
    *ret_done = json_array_size(f->found->targets);
    return !f->found->more;
}

enum exit_code bulk_find(struct session *session, const struct bulk *bulk,
                         struct bulk_found *ret_found)
{
    struct finding finding = {bulk, ret_found};

    *ret_found = (struct bulk_found){.targets = json_array(), .first = json_array()};
    json_object_set_new(bulk->query, "limit", json_integer((json_int_t)LIMIT_PAGE));
    return pages_each(session, client_verb_name(bulk_list_verb(bulk->list)), bulk->query,
                      _("Looking for what is meant"), add_page, &finding);
}

void bulk_found_fini(struct bulk_found *found)
{
    json_decref(found->targets);
    json_decref(found->first);
    *found = (struct bulk_found){0};
}

/* --- carrying out -------------------------------------------------------------------------- */

struct work {
    struct session *session;
    const struct bulk *bulk;
    const json_t *targets;
    struct progress progress;
    sigset_t signals; /* held back */
    char key[64];     /* of this run; the commands number theirs */
    size_t done;      /* answered, refused ones too */
    json_t *refused;
    bool stopped; /* by a signal */
};

/* Has somebody asked to end it, or does within this time? */
static bool is_stopped(struct work *w, long wait_ms)
{
    const struct timespec wait = {.tv_sec = 0, .tv_nsec = wait_ms * 1000000};

    w->stopped = w->stopped || sigtimedwait(&w->signals, NULL, &wait) > 0;
    return w->stopped;
}

static json_t *command_for(const struct work *w, size_t index)
{
    json_t *command = json_copy(json_array_get(w->targets, index));
    char once[sizeof w->key + 24];

    snprintf(once, sizeof once, "%s-%zu", w->key, index);
    json_object_update(command, w->bulk->fields);
    json_object_set_new(command, "once", json_string(once));
    return command;
}

static void add_refused(struct work *w, const struct answer *answer)
{
    json_t *row = json_copy(json_array_get(w->targets, w->done));

    json_object_set_new(row, "code", json_string(answer->code));
    json_object_update(row, answer->json);
    json_array_append_new(w->refused, row);
}

/* Not this command is wrong, but the moment. */
static bool is_of_the_moment(const struct answer *answer)
{
    return strcmp(answer->code, error_name(ERROR_BUSY)) == 0 ||
           strcmp(answer->code, error_name(ERROR_DISK_FULL)) == 0;
}

/* Until it was answered, or somebody asked to stop. */
static enum exit_code carry_out_one(struct work *w)
{
    const char *verb = client_verb_name(w->bulk->action->verb);
    struct answer answer;
    struct error err;

    do {
        if (!connection_ask(&w->session->connection, verb, command_for(w, w->done),
                            w->session->timeout_ms, &answer, &err)) {
            progress_hide(&w->progress);
            return session_unreachable(w->session, &err);
        }
        if (answer.ok || !is_of_the_moment(&answer)) {
            if (!answer.ok) {
                add_refused(w, &answer);
            }
            answer_fini(&answer);
            w->done++;
            return EXIT_CODE_DONE;
        }
        answer_fini(&answer);
    } while (!is_stopped(w, AGAIN_MS));
    return EXIT_CODE_DONE;
}

static enum exit_code carry_out_all(struct work *w)
{
    size_t count = json_array_size(w->targets);
    enum exit_code code = EXIT_CODE_DONE;
    sigset_t before;

    sigemptyset(&w->signals);
    sigaddset(&w->signals, SIGINT);
    sigaddset(&w->signals, SIGTERM);
    must(sigprocmask(SIG_BLOCK, &w->signals, &before) == 0);
    progress_begin(&w->progress, w->session, _("Carrying out"), count);
    while (code == EXIT_CODE_DONE && w->done < count && !is_stopped(w, 0)) {
        code = carry_out_one(w);
        progress_set(&w->progress, w->done);
    }
    progress_end(&w->progress);
    must(sigprocmask(SIG_SETMASK, &before, NULL) == 0);
    return code;
}

/* --- what became of it --------------------------------------------------------------------- */

static void print_refused(const struct work *w)
{
    size_t count = json_array_size(w->refused);

    for (size_t i = 0; i < count && i < BULK_SHOWN; i++) {
        const json_t *row = json_array_get(w->refused, i);
        char *name = field_harmless(row, w->bulk->action->of_task ? "task" : "instance");
        struct buffer out = BUFFER_INIT;
        refusal_print(field_text(row, "code"), row, NULL, 0, &out);
        char *text = text_take(&out);
        fprintf(w->session->err.file, "%s: %s", name, text);
        free(text);
        free(name);
    }
    if (count > BULK_SHOWN) {
        fprintf(w->session->err.file, _("and %zu more\n"), count - BULK_SHOWN);
    }
}

static void print_summary(const struct work *w)
{
    size_t count = json_array_size(w->targets);
    size_t refused = json_array_size(w->refused);

    print_refused(w);
    fprintf(w->session->out.file, _("%s: done %zu of %zu"), w->bulk->action->name,
            w->done - refused, count);
    if (refused > 0) {
        fprintf(w->session->out.file, _(", refused %zu"), refused);
    }
    if (w->done < count) {
        fprintf(w->session->out.file, _(", not asked for %zu: it was stopped"), count - w->done);
    }
    fputs("\n", w->session->out.file);
}

static void print_json(const struct work *w)
{
    json_t *document = json_pack("{sI sI sO sb}", "count", (json_int_t)json_array_size(w->targets),
                                 "done", (json_int_t)(w->done - json_array_size(w->refused)),
                                 "refused", w->refused, "stopped", w->stopped);
    session_print_document(w->session, document);
    json_decref(document);
}

enum exit_code bulk_carry_out(struct session *session, const struct bulk *bulk,
                              const json_t *targets)
{
    struct work w = {.session = session, .bulk = bulk, .targets = targets, .refused = json_array()};
    struct clock clock = clock_real();

    snprintf(w.key, sizeof w.key, "bulk-%lld-%ld", (long long)clock_now_ms(&clock), (long)getpid());
    enum exit_code code = carry_out_all(&w);
    if (!session->json) {
        print_summary(&w);
    } else if (code == EXIT_CODE_DONE) {
        print_json(&w);
    }
    if (code == EXIT_CODE_DONE &&
        (json_array_size(w.refused) > 0 || w.done < json_array_size(targets))) {
        code = EXIT_CODE_REFUSED;
    }
    json_decref(w.refused);
    return code;
}

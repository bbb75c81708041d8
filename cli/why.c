/* why.c - `marshrut why`: one sentence about what an instance waits for
 *
 * Owns:    the words of this command.
 * In:      an instance, or an item that ASSIGNMENTS finds; the verb WHY (docs/protocol.md §3.6).
 * Out:     the sentence of why_sentence.c.
 */
#include "base/limits.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/session.h"
#include "cli/text.h"
#include "cli/why_sentence.h"
#include "cli/why_told.h"

#include <stdlib.h>
#include <string.h>

/* What ASSIGNMENTS tells of an item: whom to ask, or what became of it. */
struct found {
    uint64_t instance; /* of the assignment that is open, else of the first planned; 0: none */
    bool open;
    json_t *over; /* the last of those that are over, or NULL */
};

/* A page of assignments that are not over, the nearest first, or of those that are; false when
 * there is no answer. */
static bool ask_page(struct session *session, bool open, const char *after,
                     struct answer *ret_answer, struct error *err)
{
    json_t *request =
        json_pack("{sb sI ss*}", "open", open, "limit", (json_int_t)LIMIT_PAGE, "after", after);

    return connection_ask(&session->connection, "ASSIGNMENTS", request, session->timeout_ms,
                          ret_answer, err);
}

static bool is_over(const char *state)
{
    return strcmp(state, "accepted") == 0 || strcmp(state, "accepted_in_part") == 0 ||
           strcmp(state, "withdrawn") == 0;
}

static void choose(const json_t *answer, const char *no, struct found *found)
{
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count && !found->open; i++) {
        json_t *row = json_array_get(rows, i);
        const char *state = field_text(row, "state");
        const char *item = field_text(row, "no");
        if (item == NULL || strcmp(item, no) != 0 || state == NULL) {
            continue;
        }
        if (is_over(state)) {
            json_decref(found->over);
            found->over = json_incref(row);
            continue;
        }
        found->open = strcmp(state, "planned") != 0;
        if (found->open || found->instance == 0) {
            found->instance = (uint64_t)field_number(row, "instance");
        }
    }
}

/* All pages, or as many as it takes to find one that is open. */
static enum exit_code look_through(struct session *session, bool open, const char *no,
                                   struct found *found)
{
    enum exit_code code = EXIT_CODE_DONE;
    char *after = NULL;

    do {
        struct answer answer;
        struct error err;
        if (!ask_page(session, open, after, &answer, &err)) {
            code = session_unreachable(session, &err);
            break;
        }
        free(after);
        after = NULL;
        if (!answer.ok) {
            return session_take(session, &answer, NULL);
        }
        choose(answer.json, no, found);
        after = field_printed(answer.json, "next");
        answer_fini(&answer);
    } while (after != NULL && !found->open);
    free(after);
    return code;
}

/* Does the instance have this task, open or not? What it says when it does not exist is silent:
 * the words are no task then. */
static enum exit_code look_for_task(struct session *session, const char *word,
                                    uint64_t *ret_instance)
{
    json_int_t id = (json_int_t)strtoull(word, NULL, 10);
    struct answer answer;
    struct error err;

    if (!connection_ask(&session->connection, "SHOW", json_pack("{sI}", "instance", id),
                        session->timeout_ms, &answer, &err)) {
        return session_unreachable(session, &err);
    }
    const json_t *tasks = answer.ok ? json_object_get(answer.json, "tasks") : NULL;
    for (size_t i = 0; i < json_array_size(tasks); i++) {
        const char *task = field_text(json_array_get(tasks, i), "task");
        if (task != NULL && strcmp(task, word) == 0) {
            *ret_instance = (uint64_t)id;
        }
    }
    answer_fini(&answer);
    return EXIT_CODE_DONE;
}

/* 1.6 is an item of a plan, else the task of that name. *ret_instance is 0 when nothing is to be
 * asked: then all is said. */
static enum exit_code find_item(struct session *session, const char *no, bool or_task,
                                uint64_t *ret_instance)
{
    struct found found = {.instance = 0};
    struct error err;

    enum exit_code code = look_through(session, true, no, &found);
    if (code == EXIT_CODE_DONE && found.instance == 0) {
        code = look_through(session, false, no, &found);
    }
    if (found.instance == 0 && found.over != NULL) { /* how it ended */
        found.instance = (uint64_t)field_number(found.over, "instance");
    }
    *ret_instance = found.instance;
    if (code == EXIT_CODE_DONE && found.instance == 0) {
        if (or_task && arguments_task_valid(no)) {
            code = look_for_task(session, no, ret_instance);
        }
        if (code == EXIT_CODE_DONE && *ret_instance == 0) {
            error_set(&err, ERROR_NOT_FOUND,
                      or_task ? _("there is neither an item nor a task %s")
                              : _("there is no assignment under item %s"),
                      no);
            session_usage(session, &err);
            code = EXIT_CODE_REFUSED;
        }
    }
    json_decref(found.over);
    return code;
}

/* 17 is an instance; 1.6 an item or a task; --no 1.6 an item. */
static enum exit_code find_instance(struct session *session, const struct arguments *arguments,
                                    uint64_t *ret_instance)
{
    const char *no = arguments_get(arguments, "no");
    const char *word = arguments->count > 0 ? arguments->positional[0] : NULL;
    struct error err;

    if ((word == NULL) == (no == NULL)) {
        error_set(&err, ERROR_INVALID, _("which one? An instance like 17, or an item like 1.6"));
        return session_usage(session, &err);
    }
    if (no == NULL && strchr(word, '.') == NULL) {
        return session_instance(word, ret_instance, &err) ? EXIT_CODE_DONE
                                                          : session_usage(session, &err);
    }
    return find_item(session, no != NULL ? no : word, no == NULL, ret_instance);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    json_t *answer;
    uint64_t instance = 0;

    enum exit_code code = find_instance(session, arguments, &instance);
    if (code != EXIT_CODE_DONE || instance == 0) {
        return code;
    }
    code =
        session_ask(session, "WHY", json_pack("{sI}", "instance", (json_int_t)instance), &answer);
    if (answer != NULL) {
        char *sentence = why_sentence(answer, session->zone);
        char *wrapped = text_wrap(sentence, output_columns(&session->out));
        fprintf(session->out.file, "%s\n", wrapped);
        free(wrapped);
        free(sentence);
        why_told_print(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {"no", N_("NO"), N_("the item of a plan, like 1.6: its nearest open assignment")},
    {NULL, NULL, NULL},
};

const struct command command_why = {
    .name = "why",
    .words = N_("ID | ITEM"),
    .summary = N_("what an instance waits for, on whom, since when, what comes next"),
    .examples = "marshrut why 4\n"
                "marshrut why 1.3",
    .options = options,
    .words_max = 1,
    .run = run,
};

/* why.c - `marshrut why`: one sentence about what an instance waits for
 *
 * Owns:    the words of this command.
 * In:      an instance, or an item that ASSIGNMENTS finds; the verb WHY (docs/protocol.md §3.6).
 * Out:     the sentence of why_sentence.c.
 */
#include "base/limits.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/session.h"
#include "cli/text.h"
#include "cli/why_sentence.h"

#include <stdlib.h>
#include <string.h>

/* A page of assignments that are not over, the nearest first; false when there is no answer. */
static bool ask_page(struct session *session, const char *after, struct answer *ret_answer,
                     struct error *err)
{
    json_t *request =
        json_pack("{sb sI ss*}", "open", 1, "limit", (json_int_t)LIMIT_PAGE, "after", after);

    return connection_ask(&session->connection, "ASSIGNMENTS", request, session->timeout_ms,
                          ret_answer, err);
}

/* The assignment of this item that is open, else the first that is planned. */
static void choose(const json_t *answer, const char *no, uint64_t *ret_instance, bool *ret_open)
{
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count && !*ret_open; i++) {
        const json_t *row = json_array_get(rows, i);
        const char *state = field_text(row, "state");
        const char *item = field_text(row, "no");
        if (item == NULL || strcmp(item, no) != 0 || state == NULL) {
            continue;
        }
        *ret_open = strcmp(state, "planned") != 0;
        if (*ret_open || *ret_instance == 0) {
            *ret_instance = (uint64_t)field_number(row, "instance");
        }
    }
}

/* *ret_instance is 0 when nothing is open under this item. */
static enum exit_code find_item(struct session *session, const char *no, uint64_t *ret_instance)
{
    enum exit_code code = EXIT_CODE_DONE;
    char *after = NULL;
    bool open = false;

    *ret_instance = 0;
    do {
        struct answer answer;
        struct error err;
        if (!ask_page(session, after, &answer, &err)) {
            code = session_unreachable(session, &err);
            break;
        }
        free(after);
        after = NULL;
        if (!answer.ok) {
            return session_take(session, &answer, NULL);
        }
        choose(answer.json, no, ret_instance, &open);
        after = field_printed(answer.json, "next");
        answer_fini(&answer);
    } while (after != NULL && !open);
    free(after);
    return code;
}

/* 17 is an instance; 1.6 an item of a plan, else the task of that name; --no 1.6 an item. */
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
    enum exit_code code = find_item(session, no != NULL ? no : word, ret_instance);
    if (code == EXIT_CODE_DONE && *ret_instance == 0 && no == NULL && arguments_task_valid(word)) {
        *ret_instance = strtoull(word, NULL, 10);
    }
    if (code == EXIT_CODE_DONE && *ret_instance == 0) {
        error_set(&err, ERROR_NOT_FOUND, _("nothing is open under item %s"),
                  no != NULL ? no : word);
        session_usage(session, &err);
        code = EXIT_CODE_REFUSED;
    }
    return code;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    json_t *answer;
    uint64_t instance;

    enum exit_code code = find_instance(session, arguments, &instance);
    if (code != EXIT_CODE_DONE) {
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

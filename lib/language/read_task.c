/* read_task.c - what stands under the name of a step: one deed, and what every step may have
 *
 * Owns:    the words of a step, and which of them belong together.
 * In:      read_task() from read_steps.c and from functions.
 * Out:     a struct step.
 * Always:  a step does one thing; a word that belongs to another deed is refused.
 * See:     docs/language.md §3; DSL 1.0.3 "Task"
 */
#include "language/draft.h"

#include <string.h>

struct deed {
    const char *word;
    read_deed_fn *read;
    const char *own[3]; /* words beside it that only it has */
};

static const struct deed deeds[] = {
    {"call", read_call, {"with"}}, {"do", read_do, {NULL}},
    {"emit", read_emit, {NULL}},   {"for", read_for, {"while", "do"}},
    {"fork", read_fork, {NULL}},   {"listen", read_listen, {"foreach"}},
    {"raise", read_raise, {NULL}}, {"run", read_run, {NULL}},
    {"set", read_set, {NULL}},     {"switch", read_switch, {NULL}},
    {"try", read_try, {"catch"}},  {"wait", read_wait, {NULL}},
};
#define DEED_COUNT (sizeof deeds / sizeof *deeds)

static bool is_own(const struct deed *deed, const char *word)
{
    return strcmp(deed->word, word) == 0 ||
           (deed->own[0] != NULL && strcmp(deed->own[0], word) == 0) ||
           (deed->own[1] != NULL && strcmp(deed->own[1], word) == 0);
}

/* Exactly one; NULL otherwise. Says what is wrong unless the map has words that were refused. */
static const struct deed *find_deed(const struct draft *d, const struct node *task, bool words_good)
{
    const struct deed *found = NULL;

    for (size_t i = DEED_COUNT; i > 0; i--) { /* from behind: `for` before the `do` it has */
        const struct deed *deed = &deeds[i - 1];
        const struct node *key = node_find_key(task, deed->word);
        if (key == NULL || (found != NULL && is_own(found, deed->word))) {
            continue;
        }
        if (found != NULL) {
            const struct node *other = node_find_key(task, found->word);
            bool later =
                key->line != other->line ? key->line > other->line : key->column > other->column;
            refuse(d->reader, later ? key : other, ERROR_INVALID,
                   "a step does one thing: this one has both \"%s\" and \"%s\"",
                   later ? found->word : deed->word, later ? deed->word : found->word);
            return NULL;
        }
        found = deed;
    }
    if (found == NULL && words_good) {
        refuse(d->reader, task, ERROR_INVALID,
               "this step does nothing: it needs call, do, emit, for, fork, listen, raise, run, "
               "set, switch, try or wait");
    }
    return found;
}

/* Words that some other deed has. */
static bool check_own(const struct draft *d, const struct node *task, const struct deed *deed)
{
    bool good = true;

    for (size_t i = 0; i < DEED_COUNT; i++) {
        for (size_t j = 0; j < 2 && deeds[i].own[j] != NULL; j++) {
            const char *word = deeds[i].own[j];
            const struct node *key = node_find_key(task, word);
            if (key != NULL && !is_own(deed, word)) {
                good =
                    refuse(d->reader, key, ERROR_INVALID, "\"%s\" belongs to \"%s\", not to \"%s\"",
                           word, deeds[i].word, deed->word);
            }
        }
    }
    return good;
}

static bool read_shared(struct draft *d, const struct scope *scope, const struct node *task,
                        struct step *step)
{
    bool good = read_expression(d, scope, STAGE_RAW, task, "if", &step->condition);

    good &= read_transform(d, scope, STAGE_RAW, task, "input", "from", &step->input_from);
    good &= read_transform(d, scope, STAGE_OUTPUT, task, "output", "as", &step->output_as);
    good &= read_transform(d, scope, STAGE_EXPORT, task, "export", "as", &step->export_as);
    good &= read_timeout(d, scope, task, step);
    good &= read_metadata(d, scope, task, step);
    return good;
}

bool read_task(struct draft *d, const struct scope *scope, const struct node *task,
               struct step *step)
{
    static const char *const known[] = {
        "call", "do",     "emit",   "for",    "fork",    "listen", "raise",    "run",
        "set",  "switch", "try",    "wait",   "with",    "while",  "foreach",  "catch",
        "if",   "input",  "output", "export", "timeout", "then",   "metadata", NULL};
    static const struct words words = {N_("a step"), known, NULL};
    bool good = fields_check(d->reader, task, &words);

    if (task->kind != NODE_MAP) {
        return false;
    }
    const struct deed *deed = find_deed(d, task, good);
    if (deed == NULL) {
        return false;
    }
    good &= check_own(d, task, deed);
    good &= deed->read(d, scope, task, step);
    good &= read_shared(d, scope, task, step);
    return good;
}

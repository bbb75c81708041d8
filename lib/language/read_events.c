/* read_events.c - listen and emit
 *
 * Owns:    their words, and `foreach`.
 * In:      read_task.c.
 * Out:     steps of kind LISTEN and EMIT.
 * Always:  the names of an event and its number are seen in `foreach` and nowhere else.
 * See:     docs/language.md §3.7; DSL 1.0.3 "Listen", "Emit", "Subscription Iterator"
 */
#include "base/must.h"
#include "language/draft.h"

#include <stdlib.h>
#include <string.h>

static bool read_foreach(struct draft *d, const struct scope *scope, const struct node *foreach,
                         struct step *step)
{
    static const char *const known[] = {"item", "at", "do", "output", "export", NULL};
    static const struct words words = {"foreach", known, NULL};
    const char *item = NULL;
    const char *at = NULL;
    const struct node *list;
    bool good = fields_check(d->reader, foreach, &words);

    good &= read_variable(d, foreach, "item", "item", &item);
    good &= read_variable(d, foreach, "at", "index", &at);
    if (item != NULL && at != NULL && strcmp(item, at) == 0) {
        good = refuse(d->reader, foreach, ERROR_INVALID,
                      "\"item\" and \"at\" have the same name, %s", item);
    }
    struct scope inner = scope_below(scope, item, at);
    step->item = xstrdup(item ? item : "item");
    step->at = xstrdup(at ? at : "index");
    good &= read_transform(d, &inner, STAGE_OUTPUT, foreach, "output", "as", &step->each_output);
    good &= read_transform(d, &inner, STAGE_EXPORT, foreach, "export", "as", &step->each_export);
    if (!fields_node(d->reader, foreach, "do", OPTIONAL, NODE_LIST, &list)) {
        return false;
    }
    if (list != NULL) {
        char *pointer = pointer_below(step->pointer, "foreach", "do", NULL);
        good &= read_steps(d, &inner, list, step_number(d, step), pointer, &step->child);
        free(pointer);
    }
    return good;
}

static bool read_read(const struct draft *d, const struct node *listen, enum listen_read *ret_read)
{
    static const char *const words[] = {"data", "envelope", "raw", NULL};
    const struct node *node;

    if (!fields_node(d->reader, listen, "read", OPTIONAL, NODE_TEXT, &node)) {
        return false;
    }
    for (int i = 0; node != NULL && words[i] != NULL; i++) {
        if (strcmp(node->text, words[i]) == 0) {
            *ret_read = (enum listen_read)(READ_DATA + i);
            return true;
        }
    }
    return node == NULL ||
           refuse(d->reader, node, ERROR_INVALID, "\"read\" must be data, envelope or raw");
}

bool read_listen(struct draft *d, const struct scope *scope, const struct node *task,
                 struct step *step)
{
    static const char *const known[] = {"to", "read", NULL};
    static const struct words words = {N_("a listen"), known, NULL};
    const struct node *listen;
    const struct node *to;
    const struct node *foreach;
    bool good = true;

    step->kind = STEP_LISTEN;
    if (fields_node(d->reader, task, "listen", REQUIRED, NODE_MAP, &listen)) {
        good = fields_check(d->reader, listen, &words);
        good &= read_read(d, listen, &step->read);
        good &= fields_node(d->reader, listen, "to", REQUIRED, NODE_MAP, &to) &&
                read_consumption(d, scope, STAGE_TASK, to, &step->listen);
    } else {
        good = false;
    }
    good &= fields_node(d->reader, task, "foreach", OPTIONAL, NODE_MAP, &foreach) &&
            (foreach == NULL || read_foreach(d, scope, foreach, step));
    return good;
}

static bool check_event(const struct draft *d, const struct node *with)
{
    const struct node *node;
    bool good = fields_node(d->reader, with, "source", REQUIRED, NODE_TEXT, &node);

    good &= fields_node(d->reader, with, "type", REQUIRED, NODE_TEXT, &node);
    for (uint32_t i = 0; i < with->count; i++) {
        const struct node *key = with->items[2 * (size_t)i];
        good &= check_attribute(d, key);
        if (strcmp(key->text, "data") != 0 && with->items[2 * (size_t)i + 1]->kind != NODE_TEXT) {
            good = refuse(d->reader, with->items[2 * (size_t)i + 1], ERROR_INVALID,
                          "\"%s\" must be %s", key->text, error_word(N_("a text")));
        }
    }
    return good;
}

bool read_emit(struct draft *d, const struct scope *scope, const struct node *task,
               struct step *step)
{
    static const char *const emit_known[] = {"event", NULL};
    static const struct words emit_words = {N_("an emit"), emit_known, NULL};
    static const char *const event_known[] = {"with", NULL};
    static const struct words event_words = {N_("the event of an emit"), event_known, NULL};
    const struct node *emit;
    const struct node *event;
    const struct node *with;

    step->kind = STEP_EMIT;
    if (!fields_node(d->reader, task, "emit", REQUIRED, NODE_MAP, &emit)) {
        return false;
    }
    bool good = fields_check(d->reader, emit, &emit_words);
    if (!fields_node(d->reader, emit, "event", REQUIRED, NODE_MAP, &event)) {
        return false;
    }
    good &= fields_check(d->reader, event, &event_words);
    if (!fields_node(d->reader, event, "with", REQUIRED, NODE_MAP, &with)) {
        return false;
    }
    good &= check_event(d, with);
    good &= read_value(d, scope, STAGE_TASK, with, &step->with);
    return good;
}

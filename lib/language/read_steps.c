/* read_steps.c - lists of steps: names, order, `then`, and the limits on all of them
 *
 * Owns:    the array of steps while it grows, and the links in it.
 * In:      read_steps() from read_workflow.c and from each deed that has steps below it.
 * Out:     steps in preorder, each with its place as a JSON pointer.
 * Always:  a list whose form is wrong is read to its end; a step that is not read has no number,
 *          and what leads to it is no mistake.
 * See:     docs/language.md §3; DSL 1.0.3 "Task", "Flow Directive"; RFC 6901
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/draft.h"
#include "language/suggest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A list, and the numbers of its steps; STEP_NONE where one could not be read. */
struct siblings {
    const struct node *list;
    const char **names; /* NULL-terminated; "" where the form is wrong */
    uint32_t *numbers;
    bool branches; /* of a fork: they run at the same time */
};

struct scope scope_below(const struct scope *outer, const char *name, const char *other_name)
{
    return (struct scope){.outer = outer,
                          .names = {name ? name : other_name, name ? other_name : NULL},
                          .depth = outer->depth + 1,
                          .in_try = outer->in_try};
}

static void append_key(struct buffer *b, const char *key)
{
    for (; *key != '\0'; key++) {
        if (*key == '~' || *key == '/') {
            buffer_text(b, *key == '~' ? "~0" : "~1");
        } else {
            buffer_append(b, key, 1);
        }
    }
}

char *pointer_below(const char *pointer, ...)
{
    struct buffer b = BUFFER_INIT;
    va_list keys;

    buffer_text(&b, pointer);
    va_start(keys, pointer);
    for (const char *key = va_arg(keys, const char *); key != NULL;
         key = va_arg(keys, const char *)) {
        buffer_text(&b, "/");
        append_key(&b, key);
    }
    va_end(keys);
    char *text = bytes_strdup(buffer_bytes(&b));
    buffer_fini(&b);
    return text;
}

uint32_t step_number(const struct draft *d, const struct step *step)
{
    return (uint32_t)(step - d->workflow->steps);
}

struct step *add_step(struct draft *d, const char *name, char *pointer, uint32_t parent,
                      const struct node *at)
{
    struct workflow *w = d->workflow;

    if (d->written == LIMIT_TASKS || d->full) {
        free(pointer);
        if (!d->full) {
            refuse(d->reader, at, ERROR_TOO_LARGE,
                   "a workflow has at most %u steps, functions at each call", LIMIT_TASKS);
        }
        d->full = true;
        return NULL;
    }
    must(w->step_count < d->step_room);
    d->written++;
    struct step *step = &w->steps[w->step_count++];
    step->name = xstrdup(name);
    step->pointer = pointer;
    step->line = at->line;
    step->parent = parent;
    step->next = step->child = step->catch_child = STEP_NONE;
    step->errors.status = -1;
    step->join.parallel_max = 1;
    return step;
}

/* --- names ----------------------------------------------------------------------------------- */

static bool check_name(const struct draft *d, const struct node *key)
{
    static const char *const directives[] = {"continue", "exit", "end", NULL};
    char *name;

    if (!node_text(d->reader, key, LIMIT_NAME_BYTES, &name)) {
        return false;
    }
    free(name);
    for (int i = 0; directives[i] != NULL; i++) {
        if (strcmp(directives[i], key->text) == 0) {
            return refuse(d->reader, key, ERROR_INVALID,
                          "\"%s\" is a word of \"then\": a step needs another name", key->text);
        }
    }
    return true;
}

static int order_keys(const void *a, const void *b)
{
    const struct node *x = *(const struct node *const *)a;
    const struct node *y = *(const struct node *const *)b;
    int order = strcmp(x->text, y->text);

    if (order != 0) {
        return order;
    }
    return x->line != y->line ? x->line - y->line : x->column - y->column;
}

static bool check_unique(const struct draft *d, const struct siblings *s)
{
    const struct node **keys = xcalloc(s->list->count + 1, sizeof *keys);
    uint32_t count = 0;
    bool good = true;

    for (uint32_t i = 0; i < s->list->count; i++) {
        if (s->names[i][0] != '\0') {
            keys[count++] = s->list->items[i]->items[0];
        }
    }
    qsort(keys, count, sizeof *keys, order_keys);
    for (uint32_t i = 1; i < count; i++) {
        if (strcmp(keys[i - 1]->text, keys[i]->text) == 0) {
            good = refuse(d->reader, keys[i], ERROR_INVALID,
                          "the step \"%s\" is here for the second time (first in line %d)",
                          show(keys[i]->text).text, keys[i - 1]->line);
        }
    }
    free(keys);
    return good;
}

static bool read_names(const struct draft *d, struct siblings *s)
{
    bool good = true;

    s->names = xcalloc(s->list->count + 1, sizeof *s->names);
    s->numbers = xcalloc(s->list->count + 1, sizeof *s->numbers);
    for (uint32_t i = 0; i < s->list->count; i++) {
        const struct node *item = s->list->items[i];
        s->names[i] = "";
        s->numbers[i] = STEP_NONE;
        if (item->kind != NODE_MAP || item->count != 1) {
            good = refuse(d->reader, item, ERROR_INVALID,
                          "a step is expected here: its name, a colon, and what it does");
        } else if (check_name(d, item->items[0])) {
            s->names[i] = item->items[0]->text;
        } else {
            good = false;
        }
    }
    return check_unique(d, s) && good;
}

/* --- then ------------------------------------------------------------------------------------ */

static bool refuse_step(const struct draft *d, const struct siblings *s, const struct node *then)
{
    const char *near = suggest(then->text, s->names);

    if (near != NULL) {
        return refuse(d->reader, then, ERROR_INVALID,
                      "this list has no step \"%s\": did you mean \"%s\"?", show(then->text).text,
                      show(near).text);
    }
    return refuse(d->reader, then, ERROR_INVALID, "this list has no step \"%s\"",
                  show(then->text).text);
}

static bool resolve(const struct draft *d, const struct siblings *s, const struct node *map,
                    struct directive *ret_directive)
{
    static const char *const words[] = {"continue", "exit", "end", NULL};
    const struct node *then;

    if (!fields_node(d->reader, map, "then", OPTIONAL, NODE_TEXT, &then)) {
        return false;
    }
    for (int i = 0; then != NULL && words[i] != NULL; i++) {
        if (strcmp(words[i], then->text) == 0) {
            ret_directive->then = (enum then)(THEN_CONTINUE + i);
            return true;
        }
    }
    for (uint32_t i = 0; then != NULL && s->names[i] != NULL; i++) {
        if (strcmp(s->names[i], then->text) == 0) {
            *ret_directive = (struct directive){THEN_STEP, s->numbers[i]};
            return !s->branches ||
                   refuse(d->reader, then, ERROR_INVALID,
                          "the branches of a fork run at the same time: none leads to another");
        }
    }
    return then == NULL || refuse_step(d, s, then);
}

static bool resolve_step(const struct draft *d, const struct siblings *s, uint32_t i)
{
    struct step *step = &d->workflow->steps[s->numbers[i]];
    const struct node *task = s->list->items[i]->items[1];
    const struct node *cases = node_find(task, "switch");
    bool good = resolve(d, s, task, &step->then);

    for (uint32_t j = 0; j < step->case_count; j++) {
        good &= resolve(d, s, cases->items[j]->items[1], &step->cases[j].then);
    }
    return good;
}

/* --- the list -------------------------------------------------------------------------------- */

static bool check_list(const struct draft *d, const struct scope *scope, const struct node *list)
{
    if (list->kind != NODE_LIST) {
        return refuse(d->reader, list, ERROR_INVALID, "a list of steps is expected here");
    }
    if (list->count == 0) {
        return refuse(d->reader, list, ERROR_INVALID,
                      "this list is empty: it needs at least one step");
    }
    if (scope->depth > LIMIT_STEP_DEPTH) {
        return refuse(d->reader, list, ERROR_TOO_LARGE, "steps are nested deeper than %u lists",
                      LIMIT_STEP_DEPTH);
    }
    return true;
}

static bool read_item(struct draft *d, const struct scope *scope, struct siblings *s, uint32_t i,
                      uint32_t parent, const char *pointer)
{
    const struct node *item = s->list->items[i];
    char index[16];

    snprintf(index, sizeof index, "%u", i);
    struct step *step = add_step(d, s->names[i], pointer_below(pointer, index, s->names[i], NULL),
                                 parent, item->items[0]);
    if (step == NULL) {
        return false;
    }
    s->numbers[i] = step_number(d, step);
    return read_task(d, scope, item->items[1], step);
}

static bool link_steps(struct draft *d, const struct siblings *s)
{
    uint32_t previous = STEP_NONE;
    bool good = true;

    for (uint32_t i = 0; i < s->list->count; i++) {
        if (s->numbers[i] == STEP_NONE) {
            continue;
        }
        if (previous != STEP_NONE) {
            d->workflow->steps[previous].next = s->numbers[i];
        }
        previous = s->numbers[i];
        const struct node *task = s->list->items[i]->items[1];
        good &= task->kind != NODE_MAP || resolve_step(d, s, i);
    }
    return good;
}

bool read_steps(struct draft *d, const struct scope *scope, const struct node *list,
                uint32_t parent, const char *pointer, uint32_t *ret_first)
{
    struct siblings s = {.list = list};

    if (!check_list(d, scope, list)) {
        return false;
    }
    s.branches = parent != STEP_NONE && d->workflow->steps[parent].kind == STEP_FORK;
    bool good = read_names(d, &s);
    for (uint32_t i = 0; i < list->count && !d->full; i++) {
        good &= s.names[i][0] == '\0' || read_item(d, scope, &s, i, parent, pointer);
    }
    good &= link_steps(d, &s) && !d->full;
    *ret_first = s.numbers[0];
    free(s.names);
    free(s.numbers);
    return good;
}

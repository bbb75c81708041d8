/* open_waiting.c - opening steps that somebody or something is waited for
 *
 * Owns:    call, assignment, wait, listen: the records that open their tasks.
 * In:      open.c.
 * Always:  a call or an assignment whose `with` can't be filled is there for an operator, who may
 *          give it another input.
 */
#include "engine/core/opening.h"

#include "base/limits.h"
#include "engine/core/people.h"

#include <string.h>

/* A call or an assignment whose `with` can't be filled: an operator may give it another input. */
static void open_unfilled(struct opening *o, enum task_kind kind, const struct error *err)
{
    uint32_t seq = opening_task(o, kind, (struct bytes){NULL, 0});

    fault_expression(&o->site, seq, err);
}

void open_call(struct opening *o)
{
    enum task_kind kind = o->site.step->kind == STEP_CALL ? TASK_CALL : TASK_ASSIGNMENT;
    struct instance *instance = opening_instance(o);
    struct error err = ERROR_INIT;
    struct bytes input;

    if (kind == TASK_CALL) {
        o->record.limit_ms = 0; /* the limit of an attempt is the lease's, on the real clock */
    }
    if (!opening_fill(o, &input, &err)) {
        open_unfilled(o, kind, &err);
        return;
    }
    uint32_t seq = opening_task(o, kind, input);
    if (kind == TASK_ASSIGNMENT) {
        people_open(opening_world(o), instance, instance_find_task(instance, seq));
    }
}

void open_wait(struct opening *o)
{
    struct error err = ERROR_INIT;
    int64_t ms;

    if (!value_span(&o->site, &o->site.step->wait, &ms, &err)) {
        opening_refuse(o, &err);
        return;
    }
    o->record.at_ms = opening_world(o)->now_ms + ms;
    opening_task(o, TASK_WAIT, (struct bytes){NULL, 0});
}

/* The attribute `subject` of the one filter there is, or NULL. */
static const struct event_attribute *subject_of(const struct consumption *listen)
{
    const struct event_filter *filter = listen->filter_count == 1 ? listen->filters : NULL;

    for (uint32_t i = 0; filter != NULL && i < filter->attribute_count; i++) {
        if (strcmp(filter->attributes[i].name, "subject") == 0 && listen->until != UNTIL_EVENT) {
            return &filter->attributes[i];
        }
    }
    return NULL;
}

/* The subject an event must have, when it is known: the table of subscriptions is searched by it.
 */
static bool listen_subject(struct opening *o, struct bytes *ret_subject, struct error *err)
{
    const struct event_attribute *a = subject_of(&o->site.step->listen);

    *ret_subject = (struct bytes){NULL, 0};
    if (a == NULL || a->text != NULL) {
        bool literal = a != NULL && !listen_is_pattern(a->text);
        *ret_subject = literal ? bytes_of(a->text) : *ret_subject;
        return true;
    }
    json_t *value = value_of(&o->site, a->expression, err);
    if (value == NULL) {
        return false;
    }
    size_t size = json_string_length(value);
    bool good = json_is_string(value) && size > 0 && size <= LIMIT_KEY_BYTES &&
                strlen(json_string_value(value)) == size; /* a NUL would end the key of the row */
    if (good) {
        *ret_subject = arena_copy(opening_world(o)->arena, bytes_of(json_string_value(value)));
    }
    json_decref(value);
    return good ||
           error_set(err, ERROR_INVALID, "the subject to listen for must be text of 1 to %u bytes",
                     LIMIT_KEY_BYTES);
}

void open_listen(struct opening *o)
{
    struct error err = ERROR_INIT;

    if (!listen_subject(o, &o->record.text, &err)) {
        opening_refuse(o, &err);
        return;
    }
    opening_task(o, TASK_LISTEN, (struct bytes){NULL, 0});
}

/* check_steps.c - steps that are well-formed and can do nothing, or too much
 *
 * Owns:    the sentences about events nobody can send, errors nobody can catch, retries without end
 *          or pause, and services nobody offers.
 * In:      check_steps() from the check of meaning, over a workflow whose form is right.
 * Out:     problems of the reader.
 * Always:  what is refused is certain: it follows from values that are written, not computed.
 * See:     docs/language.md; the standard errors: DSL 1.0.3 §Errors
 */
#include "language/checks.h"
#include "language/literals.h"
#include "language/places.h"
#include "language/suggest.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct inspection {
    const struct reader *reader;
    const struct node *root;
    const struct workflow *workflow;
};

/* --- events -------------------------------------------------------------------------------- */

/* The value of an event's attribute that the filter asks for, as text; NULL: none, or computed. */
static const char *attribute_wanted(const struct event_filter *filter, const char *name)
{
    if (strcmp(name, "type") == 0 && filter->type != NULL) {
        return filter->type;
    }
    for (uint32_t i = 0; i < filter->attribute_count; i++) {
        if (strcmp(filter->attributes[i].name, name) == 0) {
            return filter->attributes[i].text;
        }
    }
    return NULL;
}

/* `from: .subject, expect: "a"` beside `subject: "b"`. */
static void check_correlation(const struct inspection *in, const struct event_filter *filter,
                              const struct correlation *correlation, const struct node *place)
{
    const struct program *program = in->workflow->program;
    const char *from = program_text(program, correlation->from);
    json_t *expected = literal_value(program, correlation->expect);
    const char *wanted = from[0] == '.' ? attribute_wanted(filter, from + 1) : NULL;

    if (json_is_string(expected) && wanted != NULL && !literal_is_pattern(wanted) &&
        strcmp(wanted, json_string_value(expected)) != 0) {
        refuse(in->reader, place_below(place, "correlate", correlation->name, "expect", NULL),
               ERROR_INVALID,
               "no event can be this: its \"%s\" would have to be \"%s\" and \"%s\" at once",
               from + 1, show(wanted).text, show(json_string_value(expected)).text);
    }
    json_decref(expected);
}

static void check_filter(const struct inspection *in, const struct event_filter *filter,
                         const struct node *place)
{
    const struct node *with = place_below(place, "with", NULL);

    for (uint32_t i = 0; i < filter->attribute_count; i++) {
        const struct event_attribute *attribute = &filter->attributes[i];
        if (attribute->text == NULL &&
            literal_is_false(in->workflow->program, attribute->expression)) {
            refuse(in->reader, place_below(with, attribute->name, NULL), ERROR_INVALID,
                   "no event can satisfy this: the condition is never true");
        }
        if (strcmp(attribute->name, "specversion") == 0 && attribute->text != NULL &&
            strcmp(attribute->text, "1.0") != 0) {
            refuse(in->reader, place_below(with, "specversion", NULL), ERROR_INVALID,
                   "no event can satisfy this: all are of CloudEvents version 1.0");
        }
    }
    for (uint32_t i = 0; i < filter->correlation_count; i++) {
        check_correlation(in, filter, &filter->correlations[i], place);
    }
}

static bool text_equal(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_filter(const struct event_filter *a, const struct event_filter *b)
{
    if (!text_equal(a->type, b->type) || a->attribute_count != b->attribute_count ||
        a->correlation_count != b->correlation_count) {
        return false;
    }
    for (uint32_t i = 0; i < a->attribute_count; i++) {
        const struct event_attribute *x = &a->attributes[i];
        const struct event_attribute *y = &b->attributes[i];
        if (strcmp(x->name, y->name) != 0 || !text_equal(x->text, y->text) ||
            x->expression != y->expression) {
            return false;
        }
    }
    for (uint32_t i = 0; i < a->correlation_count; i++) {
        const struct correlation *x = &a->correlations[i];
        const struct correlation *y = &b->correlations[i];
        if (strcmp(x->name, y->name) != 0 || x->from != y->from || x->expect != y->expect) {
            return false;
        }
    }
    return true;
}

/* Of `any`; `all` may well wait for two events of a kind. */
static void warn_of_twins(const struct inspection *in, const struct consumption *listen,
                          const struct node *list)
{
    for (uint32_t i = 1; i < listen->filter_count && list->kind == NODE_LIST; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (same_filter(&listen->filters[i], &listen->filters[j])) {
                warn(in->reader, list->items[i], ERROR_INVALID,
                     "this is the event of line %d again", list->items[j]->line);
                break;
            }
        }
    }
}

static void check_consumption(const struct inspection *in, const struct consumption *listen,
                              const struct node *to)
{
    static const char *const modes[] = {"one", "any", "all"};
    const struct node *list = place_below(to, modes[listen->mode], NULL);

    for (uint32_t i = 0; i < listen->filter_count; i++) {
        check_filter(in, &listen->filters[i],
                     list->kind == NODE_LIST && i < list->count ? list->items[i] : list);
    }
    if (listen->mode == LISTEN_ANY) {
        warn_of_twins(in, listen, list);
    }
    if (listen->until == UNTIL_EXPRESSION &&
        literal_is_false(in->workflow->program, listen->until_expression)) {
        warn(in->reader, place_below(to, "until", NULL), ERROR_INVALID,
             "this condition is never true; write \"until: false\" where a listen shall not end");
    }
}

/* --- errors -------------------------------------------------------------------------------- */

#define STANDARD_ERRORS "https://serverlessworkflow.io/spec/1.0.0/errors/"

/* The status of a standard error, or -1: that of communication is the status of the answer. */
static int32_t standard_status(const char *type)
{
    static const struct {
        const char *name;
        int32_t status;
    } errors[] = {{"configuration", 400},  {"validation", 400},    {"expression", 400},
                  {"authentication", 401}, {"authorization", 403}, {"timeout", 408},
                  {"runtime", 500}};

    if (type == NULL || strncmp(type, STANDARD_ERRORS, strlen(STANDARD_ERRORS)) != 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (strcmp(type + strlen(STANDARD_ERRORS), errors[i].name) == 0) {
            return errors[i].status;
        }
    }
    return -1;
}

/* Is the place of an error that is asked for inside this step? */
static bool pointer_inside(const char *pointer, const char *step)
{
    size_t size = strlen(step);

    return strncmp(pointer, step, size) == 0 && (pointer[size] == '\0' || pointer[size] == '/');
}

static void check_caught(const struct inspection *in, const struct step *step,
                         const struct node *caught)
{
    const struct program *program = in->workflow->program;
    const struct node *with = place_below(caught, "errors", "with", NULL);
    int32_t status = standard_status(step->errors.type);

    if (status >= 0 && step->errors.status >= 0 && status != step->errors.status) {
        warn(in->reader, place_below(with, "status", NULL), ERROR_INVALID,
             "an error of this type has the status %d: with %d none is caught", (int)status,
             (int)step->errors.status);
    }
    if (step->errors.instance != NULL && !pointer_inside(step->errors.instance, step->pointer)) {
        warn(in->reader, place_below(with, "instance", NULL), ERROR_INVALID,
             "an error in this \"try\" has an instance that begins with \"%s\"",
             show(step->pointer).text);
    }
    if (literal_is_false(program, step->catch_when)) {
        refuse(in->reader, place_below(caught, "when", NULL), ERROR_INVALID,
               "this catches nothing: \"when\" is never true");
    }
    if (literal_is_true(program, step->catch_except_when)) {
        refuse(in->reader, place_below(caught, "exceptWhen", NULL), ERROR_INVALID,
               "this catches nothing: \"exceptWhen\" is always true");
    }
}

/* Without a pause and without an end a machine is kept busy with what fails. */
static void check_retries(const struct inspection *in, const struct step *step,
                          const struct node *task)
{
    const struct catch_retry *r = &step->catch_retry;

    if (step->kind == STEP_TRY && step->retries && r->attempts_max == 0 && r->delay.ms == 0 &&
        r->delay.expression == EXPRESSION_NONE && r->duration.ms == 0 &&
        r->duration.expression == EXPRESSION_NONE) {
        warn(in->reader, place_below(task, "catch", "retry", NULL), ERROR_INVALID,
             "these retries have neither a limit nor a pause: give \"limit\" or \"delay\"");
    }
    if (step->kind == STEP_CALL && step->retry.attempts_max == 0 && step->retry.delay_ms == 0) {
        warn(in->reader, place_below(task, "metadata", "marshrut", "retry", NULL), ERROR_INVALID,
             "these retries have neither a limit nor a pause: give \"attempts\" or \"delay\"");
    }
}

void check_steps(const struct reader *reader, const struct node *root,
                 const struct workflow *workflow)
{
    struct inspection in = {reader, root, workflow};

    for (uint32_t i = 0; i < workflow->step_count; i++) {
        const struct step *step = &workflow->steps[i];
        const struct node *task = place_of_step(root, step);
        if (step->kind == STEP_LISTEN) {
            check_consumption(&in, &step->listen, place_below(task, "listen", "to", NULL));
        } else if (step->kind == STEP_SCHEDULE && workflow->schedule.on) {
            check_consumption(&in, &step->listen, place_below(root, "schedule", "on", NULL));
        } else if (step->kind == STEP_TRY) {
            check_caught(&in, step, place_below(task, "catch", NULL));
        }
        check_retries(&in, step, task);
    }
}

static bool listed(const char *const *names, const char *name)
{
    while (*names != NULL && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

static void check_service(const struct reader *reader, const struct node *place,
                          const char *service)
{
    if (listed(reader->services, service)) {
        return;
    }
    const char *near = suggest(service, reader->services);
    if (near != NULL) {
        warn(reader, place, ERROR_INVALID,
             "no worker is known to offer \"%s\": did you mean \"%s\"?", show(service).text, near);
    } else {
        warn(reader, place, ERROR_INVALID, "no worker is known to offer \"%s\"",
             show(service).text);
    }
}

void check_services(const struct reader *reader, const struct node *root,
                    const struct workflow *workflow)
{
    for (uint32_t i = 0; reader->services != NULL && i < workflow->step_count; i++) {
        const struct step *step = &workflow->steps[i];
        if (step->kind == STEP_CALL) {
            check_service(reader, place_below(place_of_step(root, step), "call", NULL),
                          step->service);
        }
    }
}

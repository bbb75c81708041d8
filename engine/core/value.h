/* value.h - inside core: the values of expressions, and JSON in and out
 *
 * An expression is evaluated *somewhere*: in an instance, at a step, in a scope. From there its
 * variables are found; see docs/language.md §2 for which there are where.
 */
#ifndef CORE_VALUE_H
#define CORE_VALUE_H

#include "engine/core/world.h"

struct site {
    struct world *world;
    const struct instance *instance;
    const struct workflow *workflow;
    const struct step *step; /* NULL: the workflow itself */
    uint32_t scope;          /* where the step runs; for what is bound in a step: the step's task */
    struct bytes raw;        /* what `.` is, as text; parsed when an expression reads it */
    json_t *input;           /* the same parsed, or NULL: value_input() */
    json_t *given;           /* borrowed: $input; NULL = `.` */
    json_t *output;          /* borrowed: $output, or NULL */
    json_t *error;           /* borrowed: the error that a catch looks at, or NULL */
    struct bytes item;       /* the step's own item, before its iteration is there; or empty */
    uint32_t item_index;
};

/* What `.` is. Borrowed from the site, and perhaps shared: never change it. */
json_t *value_input(struct site *site);
void site_fini(struct site *site);

/* A new reference, or NULL with *err. */
json_t *value_of(struct site *site, uint32_t expression, struct error *err);
/* EXPRESSION_NONE is true. A value that is neither true nor false is an error. */
bool value_is_true(struct site *site, uint32_t expression, bool *ret_true, struct error *err);
/* Milliseconds, ≥ 0. */
bool value_span(struct site *site, const struct span *span, int64_t *ret_ms, struct error *err);

/* JSON text that was checked when it came in. A new reference. */
json_t *value_parse(struct bytes json);
/* Text in the world's arena; takes the reference. */
struct bytes value_text(struct world *world, json_t *value);
/* The same, refused when it is larger or deeper than a payload may be. */
bool value_fits(struct world *world, json_t *value, struct bytes *ret_text, struct error *err);
/* {"iso8601", "epoch": {"seconds", "milliseconds"}} as the DSL has it. */
json_t *value_moment(int64_t ms);

/* The workflow an instance runs, and a step of it. */
const struct workflow *value_workflow(const struct world *world, const struct instance *instance);

#endif

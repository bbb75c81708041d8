/* watch_names.h - what `watch` has learnt: short names of bodies, titles and instances of plans
 *
 * Records of the journal name bodies by id; letters have their names.
 */
#ifndef CLI_WATCH_NAMES_H
#define CLI_WATCH_NAMES_H

#include <jansson.h>
#include <stdbool.h>

struct watch_names {
    json_t *bodies; /* id -> short name */
    json_t *titles; /* name of a plan or a workflow -> title */
    json_t *plans;  /* number of an instance, as text -> name of its plan */
    json_t *tasks;  /* name of a task -> its kind: "notice", "assignment" … */
    json_t *steps;  /* name of a task -> the title of its step */
    json_t *items;  /* number of an instance, as text -> {"no","title","parent"} */
};

void watch_names_init(struct watch_names *names);
void watch_names_fini(struct watch_names *names);

/* row[field] is {"id","name","short"}; anything else teaches nothing. */
void watch_names_learn_body(struct watch_names *names, const json_t *row, const char *field);
/* Who acted: "by" and "by_name". */
void watch_names_learn_by(struct watch_names *names, const json_t *row);
/* The bodies in a letter: recipient, responsible, controller. */
void watch_names_learn_letter(struct watch_names *names, const json_t *letter);
/* The name of row[field], a body or its id, as the row says beside it or as it was learnt; the id
 * when it is unknown, "—" when there is none. */
const char *watch_names_body(const struct watch_names *names, const json_t *row, const char *field);

/* A row of DEFINITIONS. The name, borrowed, when it is a plan; else NULL. */
const char *watch_names_learn_definition(struct watch_names *names, const json_t *row);
void watch_names_set_title(struct watch_names *names, const char *plan, const char *title);
const char *watch_names_title(const struct watch_names *names, const char *plan); /* or its name */
void watch_names_set_plan(struct watch_names *names, json_int_t instance, const char *plan);
/* The item of a plan that a row is about, from its input or its assignment. */
void watch_names_learn_item(struct watch_names *names, const json_t *row);
/* All that a row tells: names of bodies, kinds of tasks, titles of steps, items. */
void watch_names_learn_row(struct watch_names *names, const json_t *row);
/* Is the task of the row known to be of this kind? */
bool watch_names_task_is(const struct watch_names *names, const json_t *row, const char *kind);
/* What people call the step of the row's task; NULL: nothing, or it is a letter. Borrowed. */
const char *watch_names_step(const struct watch_names *names, const json_t *row);
/* {"no","title","parent"}, or NULL when nothing is known of this instance. Borrowed. */
const json_t *watch_names_item(const struct watch_names *names, json_int_t instance);
/* The plan that this instance is, or NULL. */
const char *watch_names_plan(const struct watch_names *names, json_int_t instance);

#endif

/* graph_states.h - how far each step of an instance is, for its picture
 *
 * From its history, newest page first, and then from its open tasks. What a step did last counts;
 * one that is open anywhere is open.
 */
#ifndef CLI_GRAPH_STATES_H
#define CLI_GRAPH_STATES_H

#include "picture/picture.h"

#include <jansson.h>

struct graph_states {
    json_t *ended;  /* task -> how it ended */
    json_t *paths;  /* path of a step in the document, with those of calls -> its state */
    json_t *places; /* task -> its path and its scope */
    json_t *later;  /* what steps of functions did, the newest first, until their calls are known */
};

void graph_states_init(struct graph_states *states);
void graph_states_fini(struct graph_states *states);

/* Rows of HISTORY, the newest last; a page with older ones after it. */
void graph_states_add_page(struct graph_states *states, const json_t *rows);
/* The tasks of SHOW, after all pages. */
void graph_states_add_open(struct graph_states *states, const json_t *tasks);

/* A picture_state_fn. A step of a function has the state that it has in its own call. */
enum picture_state graph_states_of(void *states, const struct step *step, uint32_t index);

#endif

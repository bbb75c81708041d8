/* graph_instance.h - what the picture of an instance needs: its definition, and how far it is */
#ifndef CLI_GRAPH_INSTANCE_H
#define CLI_GRAPH_INSTANCE_H

#include "cli/graph_states.h"
#include "cli/session.h"

struct graph_instance {
    struct definition *definition; /* in the version that it runs */
    struct graph_states states;    /* of a workflow */
    json_t *plan;                  /* of a plan the answer to ROADMAP, else NULL */
};

/* To be ended in any case. Unless DONE, what went wrong has been said. */
enum exit_code graph_instance_ask(struct session *session, uint64_t instance,
                                  struct graph_instance *ret_graph);
/* Good as long as the graph is. */
struct picture_course graph_instance_course(struct graph_instance *graph);
void graph_instance_fini(struct graph_instance *graph);

#endif

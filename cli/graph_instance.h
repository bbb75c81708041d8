/* graph_instance.h - what the picture of an instance needs: its definition, and how far it is */
#ifndef CLI_GRAPH_INSTANCE_H
#define CLI_GRAPH_INSTANCE_H

#include "cli/graph_states.h"
#include "cli/session.h"

/* The definition in the version that the instance runs, yours (NULL unless DONE), and the states of
 * its steps. What went wrong has been said. */
enum exit_code graph_instance(struct session *session, uint64_t instance,
                              struct graph_states *states, struct definition **ret_definition);

#endif

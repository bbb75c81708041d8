/* upkeep.h - requests that may take minutes (docs/protocol.md §3.7): verify and backup */
#ifndef CLI_UPKEEP_H
#define CLI_UPKEEP_H

#include "cli/session.h"

/* As connection_ask(), with time enough unless --timeout says otherwise. */
bool upkeep_ask(struct session *session, const char *verb, json_t *request,
                struct answer *ret_answer, struct error *err);

#endif

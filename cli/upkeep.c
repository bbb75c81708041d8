/* upkeep.c - waiting longer for what takes long
 *
 * Owns:    the time that verify and backup get.
 */
#include "cli/upkeep.h"

#define UPKEEP_TIMEOUT_MS (60 * 60 * 1000) /* a copy of 100 GB from a slow disk */

bool upkeep_ask(struct session *session, const char *verb, json_t *request,
                struct answer *ret_answer, struct error *err)
{
    if (!session->timeout_given) {
        session->timeout_ms = UPKEEP_TIMEOUT_MS;
    }
    return connection_ask(&session->connection, verb, request, session->timeout_ms, ret_answer,
                          err);
}

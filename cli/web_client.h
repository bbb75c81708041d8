/* web_client.h - questions to the gateway of the engine, where only that can answer: docs/http.md
 *
 * It is found by the file http.url in the folder of the engine (connection.h).
 */
#ifndef CLI_WEB_CLIENT_H
#define CLI_WEB_CLIENT_H

#include "cli/session.h"

/* GET or DELETE a path below /api/v1, as who acts; what is said and returned is as of
 * session_ask(). */
enum exit_code web_ask(struct session *session, const char *method, const char *path,
                       json_t **ret_answer);

#endif

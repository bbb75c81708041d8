/* credentials.h - who a request says it comes from: basic and bearer */
#ifndef HTTP_CREDENTIALS_H
#define HTTP_CREDENTIALS_H

#include "base/buffer.h"
#include "workers/http/problem.h"

#include <jansson.h>

enum scheme { SCHEME_NONE, SCHEME_BASIC, SCHEME_BEARER };

struct credentials {
    enum scheme scheme;
    char *user;   /* basic */
    char *secret; /* password or token */
};

/* Read an authentication of the DSL (NULL: none):
 *   {"basic":{"username":…,"password":…}}  {"basic":{"use":"SECRET"}}
 *   {"bearer":{"token":…}}                 {"bearer":{"use":"SECRET"}}
 *   {"use":"SECRET"}  the secret says itself which: one of the objects above,
 * {"username","password"} or {"token"}, the text user:password, or else a token secrets: the
 * folder, or NULL. credentials_fini() it in any case. */
bool credentials_read(const json_t *authentication, const char *secrets,
                      struct credentials *ret_credentials, struct problem *problem);
void credentials_fini(struct credentials *credentials);

/* Put *** in the place of password, token and what is sent of them, as they are, percent-encoded,
 * escaped for JSON, and in base64: a server may say in its answer what it was sent. */
void credentials_scrub(const struct credentials *credentials, struct buffer *text);

#endif

/* secret.h - passwords and tokens, in files that only this worker reads
 *
 * A file per secret, named as the secret, in one folder: a JSON object, or text (the ends of its
 * lines at the end do not count). It is read anew for each call, so a changed one is in force at
 * once. What is in it never leaves this program but in the request it is meant for.
 */
#ifndef HTTP_SECRET_H
#define HTTP_SECRET_H

#include "workers/http/problem.h"

#include <jansson.h>

#define SECRET_BYTES_MAX 16384 /* tokens have up to 8 KiB */
#define SECRET_NAME_MAX  128

/* A JSON object or a JSON string; release it with secret_forget(). NULL: PROBLEM_AUTHORIZATION when
 * there is no such secret or the name is none (A-Z a-z 0-9 . _ -, not a dot first), as the DSL
 * says; PROBLEM_CONFIGURATION when it cannot be read or folder is NULL. */
json_t *secret_read(const char *folder, const char *name, struct problem *problem);

/* Release, and wipe texts from memory. NULL is fine. */
void secret_forget(json_t *secret);

/* Wipe and free a text; NULL is fine. */
void secret_wipe(char *text);

#endif

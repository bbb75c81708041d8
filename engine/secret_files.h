/* secret_files.h - the secrets of the engine: a folder with a file for each, read once at start
 *
 * A file is named as the secret and holds a JSON object, or text (the ends of lines at its end do
 * not count): the same form as for the worker of `call: http` (docs/workers.md §4), so that one
 * folder can serve both. Files that begin with a dot are passed over.
 */
#ifndef ENGINE_SECRET_FILES_H
#define ENGINE_SECRET_FILES_H

#include "base/error.h"

#include <jansson.h>

/* name -> secret, yours. Refused, with the file and never what is in it: what others than owner and
 * group can reach or the group can change, names that no secret can have, what is not text or an
 * object, LIMIT_SECRETS, LIMIT_SECRET_BYTES. */
bool secret_files_read(const char *folder, json_t **ret_secrets, struct error *err);

#endif

/* name.c - what a name is in documents
 *
 * Owns:    its letters and its length, for documents and for what an expression has given.
 * See:     name.h
 */
#include "language/name.h"

#include "base/limits.h"

#include <string.h>

bool name_valid(struct bytes name)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    const char *bytes = name.data;
    bool good = name.size > 0 && name.size <= LIMIT_NAME_BYTES;

    for (size_t i = 0; good && i < name.size; i++) {
        good = memchr(letters, bytes[i], sizeof letters - 1) != NULL;
    }
    return good;
}

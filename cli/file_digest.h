/* file_digest.h - the SHA-256 of a file: by it a document can be recognised that is kept elsewhere
 *
 * FIPS 180-4; computed by OpenSSL. The file itself stays where it is.
 */
#ifndef CLI_FILE_DIGEST_H
#define CLI_FILE_DIGEST_H

#include "base/error.h"

#define FILE_DIGEST_TEXT 65 /* 64 hexadecimal digits and a zero */

/* ERROR_IO when the file cannot be read. */
bool file_digest(const char *path, char ret_text[FILE_DIGEST_TEXT], struct error *err);

#endif

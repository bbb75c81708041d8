/* file_digest.c - the SHA-256 of a file, read in pieces: documents may be large scans */
#include "cli/file_digest.h"

#include "base/must.h"
#include "cli/language.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#define PIECE_BYTES 65536

static bool digest_of(FILE *file, unsigned char digest[EVP_MAX_MD_SIZE], unsigned *ret_size)
{
    unsigned char piece[PIECE_BYTES];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t got;

    must(context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1);
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) {
        must(EVP_DigestUpdate(context, piece, got) == 1);
    }
    must(EVP_DigestFinal_ex(context, digest, ret_size) == 1);
    EVP_MD_CTX_free(context);
    return ferror(file) == 0;
}

bool file_digest(const char *path, char ret_text[FILE_DIGEST_TEXT], struct error *err)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        return error_set(err, ERROR_IO, _("%s cannot be read: %s"), path, strerror(errno));
    }
    bool whole = digest_of(file, digest, &size);
    fclose(file);
    if (!whole) {
        return error_set(err, ERROR_IO, _("%s cannot be read: %s"), path, strerror(errno));
    }
    must(size * 2 + 1 == FILE_DIGEST_TEXT);
    for (unsigned i = 0; i < size; i++) {
        snprintf(ret_text + i * 2, 3, "%02x", digest[i]);
    }
    return true;
}

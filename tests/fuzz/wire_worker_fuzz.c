/* wire_worker_fuzz.c - any bytes as a header of MW1: what decodes encodes to the same bytes */
#include "base/must.h"
#include "wire/worker.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct worker_message message;
    struct error err = ERROR_INIT;
    char again[LIMIT_HEADER_BYTES];

    if (!worker_decode((struct bytes){data, size}, &message, &err)) {
        must(err.code != ERROR_NONE && err.column > 0 && err.text[0] != '\0');
        return 0;
    }
    must(worker_encode(&message, again) == size && memcmp(again, data, size) == 0);
    return 0;
}

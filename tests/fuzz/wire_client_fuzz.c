/* wire_client_fuzz.c - any bytes as a header of MC1: what decodes encodes to the same bytes */
#include "base/must.h"
#include "wire/client.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct bytes header = {data, size};
    struct client_message message;
    struct error err = ERROR_INIT;
    char again[LIMIT_HEADER_BYTES];
    uint64_t request = client_request_of(header);

    if (!client_decode(header, &message, &err)) {
        must(err.code != ERROR_NONE && err.column > 0 && err.text[0] != '\0');
        return 0;
    }
    must(request == message.request);
    must(client_encode(&message, again) == size && memcmp(again, data, size) == 0);
    return 0;
}

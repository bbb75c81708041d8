/* document_fuzz.c - any bytes as a YAML document
 *
 * Holds: a document is read or refused with a code, a sentence and a place that can exist; nothing
 * leaks; what was read is read again from its own source with the same answer.
 */
#include "base/must.h"
#include "language/document.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_refusal(const struct error *err)
{
    must(err->code > ERROR_NONE && err->code < ERROR_CODE_COUNT);
    must(err->text[0] != '\0' && strcmp(err->file, "fuzz.yaml") == 0);
    must((err->line > 0) == (err->column > 0) && err->line >= 0 && err->column >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct definition *first = NULL;
    struct definition *second = NULL;
    struct error err = ERROR_INIT;

    if (!document_parse("fuzz.yaml", (struct bytes){data, size}, NULL, &first, &err)) {
        must(first == NULL);
        check_refusal(&err);
        return 0;
    }
    must(strlen(first->source) == size && memcmp(first->source, data, size) == 0);
    must(document_parse("fuzz.yaml", bytes_of(first->source), NULL, &second, &err));
    must(first->kind == second->kind && strcmp(first->name, second->name) == 0);
    definition_destroy(second);
    definition_destroy(first);
    return 0;
}

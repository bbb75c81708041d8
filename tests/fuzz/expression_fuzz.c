/* expression_fuzz.c - any bytes as an expression
 *
 * Holds: a text passes the guard, or is refused with a code, a sentence and a place in it; what
 * passes is cut into tokens that lie in it in order; as a part of a larger text it is still what it
 * was; running it as a plain one gives a value within the limits or nothing; nothing leaks.
 */
#include "base/limits.h"
#include "base/must.h"
#include "expression/program.h"
#include "expression/tokens.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const VARIABLES[] = {"context", "item", "runtime", NULL};

static json_t *variable(void *context, const char *name)
{
    (void)name;
    return json_incref(context);
}

static void check_tokens(const char *text)
{
    struct token_row row;
    size_t offset = 0;
    size_t at = 0;

    must(token_row_read(text, &row, &offset, NULL));
    for (size_t i = 0; i < row.count; i++) {
        must(row.items[i].offset >= at);
        must(row.items[i].offset + row.items[i].size <= strlen(text));
        at = row.items[i].offset + (row.items[i].kind == TOKEN_STRING ? 0 : row.items[i].size);
    }
    must(row.items[row.count - 1].kind == TOKEN_END);
    token_row_fini(&row);
}

/* Between brackets it passes as well, but for what the brackets add to its depth and length. */
static void check_wrapped(const char *text)
{
    struct buffer wrapped = BUFFER_INIT;
    struct error err = ERROR_INIT;
    size_t offset;

    buffer_text(&wrapped, "[( ");
    buffer_text(&wrapped, text);
    buffer_text(&wrapped, " ), {a: 1}]");
    char *whole = bytes_strdup(buffer_bytes(&wrapped));
    must(guard_check(whole, VARIABLES, &offset, &err) || err.code == ERROR_TOO_LARGE);
    buffer_fini(&wrapped);
    free(whole);
}

static void run(const char *text)
{
    struct program *program = program_create();
    json_t *input = json_pack("{s:i,s:[i,s],s:{s:n}}", "n", 3, "a", 1, "x", "b", "c");
    size_t offset;

    must(program_add_piece(program, text, (struct piece_place){1, 1, true}, VARIABLES, &offset,
                           NULL));
    uint32_t number = program_add_entry(program, NULL);
    json_t *value = program_run_plain(program, number, input, variable, input);
    must(value == NULL ||
         json_dumpb(value, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY) <= LIMIT_PAYLOAD_BYTES);
    json_decref(value);
    json_decref(input);
    program_destroy(program);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err = ERROR_INIT;
    char *text = bytes_strdup((struct bytes){data, size});
    size_t offset = 0;

    if (guard_check(text, VARIABLES, &offset, &err)) {
        check_tokens(text);
        check_wrapped(text);
        run(text);
    } else {
        must(err.code > ERROR_NONE && err.code < ERROR_CODE_COUNT && err.text[0] != '\0');
        must(offset <= strlen(text));
    }
    free(text);
    return 0;
}

/* sample.h - JSON of tests, written with single quotes */
#ifndef TESTS_HTTP_SAMPLE_H
#define TESTS_HTTP_SAMPLE_H

#include "base/buffer.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>

static inline json_t *json(const char *text)
{
    struct buffer quoted = BUFFER_INIT;

    for (; *text != '\0'; text++) {
        buffer_append(&quoted, *text == '\'' ? "\"" : text, 1);
    }
    json_t *value = json_loadb((const char *)quoted.data, quoted.size, JSON_DECODE_ANY, NULL);
    cr_assert(value != NULL);
    buffer_fini(&quoted);
    return value;
}

static inline void expect_text(struct buffer *got, const char *expected)
{
    char *text = bytes_strdup(buffer_bytes(got));

    cr_expect_str_eq(text, expected, "%s, not %s", text, expected);
    free(text);
    buffer_fini(got);
}

static inline void expect_json(const json_t *got, const char *expected)
{
    json_t *wanted = json(expected);
    char *text = json_dumps(got, JSON_ENCODE_ANY | JSON_COMPACT);

    cr_expect(json_equal(got, wanted), "%s, not %s", text, expected);
    free(text);
    json_decref(wanted);
}

#endif

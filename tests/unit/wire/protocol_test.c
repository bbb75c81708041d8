/* protocol_test.c - every example of docs/protocol.md decodes, and encodes to the same text */
#include "wire/client.h"
#include "wire/worker.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct example {
    int line; /* of the header in the page */
    struct bytes header;
    struct bytes payload; /* none: size 0 */
};

static char *page;

static void read_page(void)
{
    FILE *file = fopen(SOURCE_DIR "/docs/protocol.md", "rb");
    cr_assert(file != NULL);
    cr_assert(fseek(file, 0, SEEK_END) == 0);
    long size = ftell(file);
    rewind(file);
    page = calloc((size_t)size + 1, 1);
    cr_assert(fread(page, 1, (size_t)size, file) == (size_t)size);
    fclose(file);
}

static void free_page(void)
{
    free(page);
}

static int line_of(const char *at)
{
    int line = 1;

    for (const char *p = page; p < at; p++) {
        line += *p == '\n';
    }
    return line;
}

/* The next fenced block of this kind from *at on; moves *at behind it. */
static bool next_example(const char **at, const char *fence, struct example *ret_example)
{
    const char *open = strstr(*at, fence);

    if (open == NULL) {
        return false;
    }
    const char *header = open + strlen(fence);
    const char *end = strstr(header, "\n```\n");
    cr_assert(end != NULL);
    const char *header_end = memchr(header, '\n', (size_t)(end + 1 - header));
    *ret_example =
        (struct example){line_of(header), {header, (size_t)(header_end - header)}, {NULL, 0}};
    if (header_end < end) {
        ret_example->payload = (struct bytes){header_end + 1, (size_t)(end - header_end - 1)};
    }
    *at = end + 1;
    return true;
}

/* What a refusal was made of gives its text. */
static void assert_said(const struct example *example, const json_t *value)
{
    const char *format = json_string_value(json_object_get(value, "format"));
    const json_t *list = json_object_get(value, "args");
    const char *args[SENTENCE_ARGS_MAX];
    char said[ERROR_TEXT_MAX];

    for (size_t i = 0; i < json_array_size(list) && i < SENTENCE_ARGS_MAX; i++) {
        args[i] = json_string_value(json_array_get(list, i));
    }
    if (format != NULL) {
        cr_assert(
            sentence_say(format, format, args, json_array_size(list), NULL, said, sizeof said));
        cr_assert_str_eq(said, json_string_value(json_object_get(value, "text")), "line %d",
                         example->line);
    }
}

static void assert_json(const struct example *example)
{
    json_error_t error;
    json_t *value =
        json_loadb(example->payload.data, example->payload.size, JSON_REJECT_DUPLICATES, &error);

    cr_assert(value != NULL, "line %d: %s", example->line + error.line, error.text);
    cr_assert(json_is_object(value));
    assert_said(example, value);
    json_decref(value);
}

static void assert_text(const struct example *example, const char *encoded, size_t size)
{
    cr_assert(bytes_equal((struct bytes){encoded, size}, example->header), "line %d: %.*s",
              example->line, (int)size, encoded);
}

TestSuite(protocol, .init = read_page, .fini = free_page);

Test(protocol, every_worker_example_decodes_and_all_kinds_have_one)
{
    const char *at = page;
    struct example example;
    bool seen[WORKER_KIND_COUNT] = {false};

    while (next_example(&at, "\n```mw1\n", &example)) {
        struct worker_message message;
        struct error err = ERROR_INIT;
        char encoded[LIMIT_HEADER_BYTES];
        cr_assert(worker_decode(example.header, &message, &err), "line %d: %s", example.line,
                  err.text);
        assert_text(&example, encoded, worker_encode(&message, encoded));
        cr_assert(worker_has_payload(message.kind) == (example.payload.size > 0), "line %d",
                  example.line);
        if (example.payload.size > 0) {
            assert_json(&example);
        }
        seen[message.kind] = true;
    }
    for (int i = 0; i < WORKER_KIND_COUNT; i++) {
        cr_assert(seen[i], "%s has no example", worker_kind_name((enum worker_kind)i));
    }
}

Test(protocol, every_client_example_decodes_and_all_verbs_have_one)
{
    const char *at = page;
    struct example example;
    bool seen[CLIENT_VERB_COUNT] = {false};

    while (next_example(&at, "\n```mc1\n", &example)) {
        struct client_message message;
        struct error err = ERROR_INIT;
        char encoded[LIMIT_HEADER_BYTES];
        cr_assert(client_decode(example.header, &message, &err), "line %d: %s", example.line,
                  err.text);
        assert_text(&example, encoded, client_encode(&message, encoded));
        assert_json(&example);
        seen[message.verb] = true;
    }
    for (int i = 0; i < CLIENT_VERB_COUNT; i++) {
        cr_assert(seen[i], "%s has no example", client_verb_name((enum client_verb)i));
    }
}

Test(protocol, the_grammar_names_every_message_and_every_error_code)
{
    const char *grammar = strstr(page, "\n```abnf\n");
    char word[64];

    cr_assert(grammar != NULL);
    for (int i = 0; i < WORKER_KIND_COUNT; i++) {
        snprintf(word, sizeof word, "%%s\"%s\"", worker_kind_name((enum worker_kind)i));
        cr_assert(strstr(grammar, word) != NULL, "%s", word);
    }
    for (int i = 0; i < CLIENT_VERB_COUNT; i++) {
        snprintf(word, sizeof word, "%%s\"%s\"", client_verb_name((enum client_verb)i));
        cr_assert(strstr(grammar, word) != NULL, "%s", word);
    }
    for (int i = 1; i < ERROR_CODE_COUNT; i++) {
        snprintf(word, sizeof word, "%%s\"%s\"", error_name((enum error_code)i));
        cr_assert(strstr(grammar, word) != NULL, "%s", word);
    }
}

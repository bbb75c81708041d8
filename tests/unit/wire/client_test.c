/* client_test.c - headers of MC1: every verb both ways, limits at and one past, damage */
#include "wire/client.h"

#include "random.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define ROUNDS         20000
#define KEY_CHARACTERS "abcXYZ0189!~#-%/\"\\"

static bool decode(const char *header, struct client_message *ret_message)
{
    return client_decode(bytes_of(header), ret_message, NULL);
}

static enum error_code refusal(const char *header)
{
    struct client_message untouched = {.request = 77};
    struct error err = ERROR_INIT;

    cr_assert_not(client_decode(bytes_of(header), &untouched, &err), "%s", header);
    cr_assert_eq(untouched.request, 77);
    return err.code;
}

static struct client_message random_message(uint64_t *state)
{
    struct client_message m = {.verb = (enum client_verb)(random_bits(state) % CLIENT_VERB_COUNT)};

    m.request = random_number(state, m.verb != CLIENT_ERROR, UINT64_MAX);
    if (m.verb == CLIENT_START) {
        random_text(state, NAME_CHARACTERS, LIMIT_NAME_BYTES, m.definition);
        m.priority = (unsigned)random_number(state, 0, 9);
        do {
            random_text(state, KEY_CHARACTERS, LIMIT_KEY_BYTES, m.key);
        } while (strcmp(m.key, "-") == 0);
        m.key[0] = random_bits(state) % 4 == 0 ? '\0' : m.key[0];
        if (m.key[0] == '\0') {
            memset(m.key, 0, sizeof m.key);
        }
    }
    if (m.verb == CLIENT_ERROR) {
        m.code = (enum error_code)random_number(state, 1, ERROR_CODE_COUNT - 1);
    }
    return m;
}

Test(client, every_valid_message_survives_encoding_and_decoding)
{
    uint64_t state = 20230109;
    char header[LIMIT_HEADER_BYTES];

    for (int i = 0; i < ROUNDS; i++) {
        struct client_message before = random_message(&state);
        struct client_message after;
        size_t size = client_encode(&before, header);
        cr_assert(size <= LIMIT_HEADER_BYTES);
        cr_assert(client_decode((struct bytes){header, size}, &after, NULL), "%.*s", (int)size,
                  header);
        cr_assert_eq((int)after.verb, (int)before.verb);
        cr_assert_eq(after.request, before.request);
        cr_assert_str_eq(after.definition, before.definition);
        cr_assert_str_eq(after.key, before.key);
        cr_assert_eq(after.priority, before.priority);
        cr_assert_eq((int)after.code, (int)before.code);
    }
}

Test(client, a_damaged_header_is_refused_or_is_another_valid_one)
{
    uint64_t state = 42;
    char header[LIMIT_HEADER_BYTES + 8];
    char again[LIMIT_HEADER_BYTES];

    for (int i = 0; i < ROUNDS; i++) {
        struct client_message m = random_message(&state);
        size_t size = client_encode(&m, header);
        for (int hits = 0; hits < 3; hits++) {
            size = random_damage(&state, header, size);
        }
        client_request_of((struct bytes){header, size});
        if (client_decode((struct bytes){header, size}, &m, NULL)) {
            cr_assert_eq(client_encode(&m, again), size);
            cr_assert(memcmp(again, header, size) == 0, "%.*s", (int)size, header);
        }
    }
}

Test(client, start_has_a_definition_a_key_and_a_priority)
{
    struct client_message m;

    cr_assert(decode("MC1 START 42 roadmap-item - 5", &m));
    cr_assert(m.verb == CLIENT_START && m.request == 42 && m.priority == 5);
    cr_assert_str_eq(m.definition, "roadmap-item");
    cr_assert_str_eq(m.key, "");
    cr_assert(decode("MC1 START 42 roadmap-item lo-2023:1.4 9", &m));
    cr_assert_str_eq(m.key, "lo-2023:1.4");
    cr_assert(refusal("MC1 START 42 roadmap-item 5") == ERROR_SYNTAX);
    cr_assert(refusal("MC1 START 42 road+map - 5") == ERROR_SYNTAX);
    cr_assert(refusal("MC1 START 42 r - 5 6") == ERROR_SYNTAX);
}

Test(client, each_limit_works_at_it_and_is_refused_one_past_it)
{
    char header[LIMIT_HEADER_BYTES];
    struct client_message m;

    snprintf(header, sizeof header, "MC1 START 1 d %0*d 9", (int)LIMIT_KEY_BYTES, 7);
    cr_assert(decode(header, &m));
    snprintf(header, sizeof header, "MC1 START 1 d %0*d 9", (int)LIMIT_KEY_BYTES + 1, 7);
    cr_assert(refusal(header) == ERROR_TOO_LARGE);
    cr_assert(refusal("MC1 START 1 d - 10") == ERROR_TOO_LARGE);
    cr_assert(decode("MC1 LIST 18446744073709551615", &m));
    cr_assert(refusal("MC1 LIST 18446744073709551616") == ERROR_SYNTAX);
    cr_assert(refusal("MC1 LIST 0") == ERROR_SYNTAX);
    cr_assert(decode("MC1 ERROR 0 syntax", &m));
}

Test(client, what_is_newer_than_this_program_is_unsupported)
{
    cr_assert(refusal("MC2 LIST 1") == ERROR_UNSUPPORTED);
    cr_assert(refusal("MC1 FROB 1") == ERROR_UNSUPPORTED);
    cr_assert(refusal("MW1 LIST 1") == ERROR_SYNTAX);
    cr_assert(refusal("MC1 LIST") == ERROR_SYNTAX);
    cr_assert(refusal("") == ERROR_SYNTAX);
}

Test(client, a_refused_request_can_be_answered_by_its_number)
{
    cr_assert_eq(client_request_of(bytes_of("MC1 FROB 42")), 42);
    cr_assert_eq(client_request_of(bytes_of("MC1 START 42 b\xff")), 42);
    cr_assert_eq(client_request_of(bytes_of("MC1 FROB x")), 0);
    cr_assert_eq(client_request_of(bytes_of("MC1 FROB")), 0);
    cr_assert_eq(client_request_of(bytes_of("")), 0);
}

Test(client, commands_change_state_and_queries_do_not)
{
    cr_assert(client_is_command(CLIENT_START));
    cr_assert(client_is_command(CLIENT_EVENT));
    cr_assert_not(client_is_command(CLIENT_LIST));
    cr_assert_not(client_is_command(CLIENT_BACKUP));
}

Test(client, a_key_is_printable_and_no_dash_alone)
{
    cr_assert(client_key_valid(bytes_of("--")));
    cr_assert_not(client_key_valid(bytes_of("-")));
    cr_assert_not(client_key_valid(bytes_of("")));
    cr_assert_not(client_key_valid(bytes_of("a b")));
    cr_assert_not(client_key_valid(bytes_of("\xd1\x8f")));
}

/* worker_test.c - headers of MW1: every kind both ways, limits at and one past, damage */
#include "wire/worker.h"

#include "random.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define ROUNDS 20000

static bool decode(const char *header, struct worker_message *ret_message, struct error *err)
{
    return worker_decode(bytes_of(header), ret_message, err);
}

static enum error_code refusal(const char *header)
{
    struct worker_message untouched = {.serial = 77};
    struct error err = ERROR_INIT;

    cr_assert_not(decode(header, &untouched, &err), "%s", header);
    cr_assert_eq(untouched.serial, 77);
    cr_assert(err.column > 0);
    cr_assert_not(decode(header, &untouched, NULL));
    return err.code;
}

static const char *name_of(size_t size)
{
    static char name[300];

    memset(name, 'n', size);
    name[size] = '\0';
    return name;
}

static struct worker_message random_message(uint64_t *state)
{
    struct worker_message m = {.kind = (enum worker_kind)(random_bits(state) % WORKER_KIND_COUNT)};
    bool attempt = m.kind == WORKER_PROGRESS || m.kind == WORKER_DONE || m.kind == WORKER_FAIL ||
                   m.kind == WORKER_TASK || m.kind == WORKER_DROP;

    if (attempt) {
        m.task.instance = random_number(state, 0, UINT64_MAX);
        m.task.seq = (uint32_t)random_number(state, 0, UINT32_MAX);
        m.attempt = (uint32_t)random_number(state, 1, UINT32_MAX);
    }
    if (m.kind == WORKER_DONE || m.kind == WORKER_FAIL || m.kind == WORKER_ACK) {
        m.serial = random_number(state, 1, UINT64_MAX);
    }
    if (m.kind == WORKER_HELLO || m.kind == WORKER_TASK) {
        random_text(state, NAME_CHARACTERS, LIMIT_NAME_BYTES, m.name);
    }
    if (m.kind == WORKER_HELLO || m.kind == WORKER_CREDIT) {
        m.credit = (uint32_t)random_number(state, m.kind == WORKER_CREDIT, LIMIT_CREDIT);
    }
    if (m.kind == WORKER_WELCOME) {
        m.heartbeat_ms = (uint32_t)random_number(state, 1, WORKER_HEARTBEAT_MS_MAX);
    }
    m.limit_ms = m.kind == WORKER_TASK ? (uint32_t)random_number(state, 0, UINT32_MAX) : 0;
    m.retry = m.kind == WORKER_FAIL && random_bits(state) % 2 == 0;
    m.code = m.kind == WORKER_ERROR ? (enum error_code)random_number(state, 1, ERROR_CODE_COUNT - 1)
                                    : ERROR_NONE;
    return m;
}

static void assert_same(const struct worker_message *a, const struct worker_message *b)
{
    cr_assert_eq((int)a->kind, (int)b->kind);
    cr_assert_eq(a->task.instance, b->task.instance);
    cr_assert_eq(a->task.seq, b->task.seq);
    cr_assert_eq(a->attempt, b->attempt);
    cr_assert_eq(a->serial, b->serial);
    cr_assert_eq(a->credit, b->credit);
    cr_assert_eq(a->heartbeat_ms, b->heartbeat_ms);
    cr_assert_eq(a->limit_ms, b->limit_ms);
    cr_assert(a->retry == b->retry);
    cr_assert_eq((int)a->code, (int)b->code);
    cr_assert_str_eq((char *)a->name, (char *)b->name);
}

Test(worker, every_valid_message_survives_encoding_and_decoding)
{
    uint64_t state = 20230109;
    char header[LIMIT_HEADER_BYTES];

    for (int i = 0; i < ROUNDS; i++) {
        struct worker_message before = random_message(&state);
        struct worker_message after;
        struct error err;
        size_t size = worker_encode(&before, header);
        cr_assert(size <= LIMIT_HEADER_BYTES);
        cr_assert(worker_decode((struct bytes){header, size}, &after, &err), "%.*s: %s", (int)size,
                  header, err.text);
        assert_same(&before, &after);
    }
}

Test(worker, a_damaged_header_is_refused_or_is_another_valid_one)
{
    uint64_t state = 42;
    char header[LIMIT_HEADER_BYTES + 8];
    char again[LIMIT_HEADER_BYTES];

    for (int i = 0; i < ROUNDS; i++) {
        struct worker_message m = random_message(&state);
        struct error err;
        size_t size = worker_encode(&m, header);
        for (int hits = 0; hits < 3; hits++) {
            size = random_damage(&state, header, size);
        }
        if (worker_decode((struct bytes){header, size}, &m, &err)) {
            cr_assert_eq(worker_encode(&m, again), size);
            cr_assert(memcmp(again, header, size) == 0, "%.*s", (int)size, header);
        } else {
            cr_assert(err.code != ERROR_NONE);
        }
    }
}

Test(worker, random_bytes_are_refused)
{
    uint64_t state = 7;
    char header[64];
    struct worker_message m;

    for (int i = 0; i < ROUNDS; i++) {
        size_t size = (size_t)(random_bits(&state) % sizeof header);
        for (size_t k = 0; k < size; k++) {
            header[k] = (char)random_bits(&state);
        }
        cr_assert_not(worker_decode((struct bytes){header, size}, &m, NULL));
    }
}

Test(worker, the_words_of_each_kind_are_as_specified)
{
    struct worker_message m;

    cr_assert(decode("MW1 TASK 17.2 1 notify 30000", &m, NULL));
    cr_assert(m.kind == WORKER_TASK && m.task.instance == 17 && m.task.seq == 2);
    cr_assert(m.attempt == 1 && m.limit_ms == 30000);
    cr_assert_str_eq(m.name, "notify");
    cr_assert(decode("MW1 FAIL 9 17.2 3 retry", &m, NULL));
    cr_assert(m.kind == WORKER_FAIL && m.serial == 9 && m.attempt == 3 && m.retry);
    cr_assert(decode("MW1 FAIL 9 17.2 3 final", &m, NULL));
    cr_assert_not(m.retry);
    cr_assert(decode("MW1 HELLO n/o:t_i.f-y 0", &m, NULL));
    cr_assert(m.kind == WORKER_HELLO && m.credit == 0);
    cr_assert(decode("MW1 ERROR disk-full", &m, NULL));
    cr_assert(m.code == ERROR_DISK_FULL);
}

Test(worker, another_version_is_unsupported_and_another_protocol_is_no_header)
{
    cr_assert(refusal("MW2 HEARTBEAT") == ERROR_UNSUPPORTED);
    cr_assert(refusal("MW10 HEARTBEAT") == ERROR_UNSUPPORTED);
    cr_assert(refusal("MC1 HEARTBEAT") == ERROR_SYNTAX);
    cr_assert(refusal("MW HEARTBEAT") == ERROR_SYNTAX);
    cr_assert(refusal("mw1 HEARTBEAT") == ERROR_SYNTAX);
    cr_assert(refusal("") == ERROR_SYNTAX);
}

Test(worker, blanks_signs_zeros_and_extra_words_are_refused)
{
    static const char *const bad[] = {
        "MW1",
        "MW1 ",
        " MW1 BYE",
        "MW1  BYE",
        "MW1 BYE ",
        "MW1 BYE now",
        "MW1\tBYE",
        "MW1 BYE\n",
        "MW1 bye",
        "MW1 HELO",
        "MW1 CREDIT",
        "MW1 CREDIT +1",
        "MW1 CREDIT -1",
        "MW1 CREDIT 01",
        "MW1 CREDIT 0",
        "MW1 CREDIT 1x",
        "MW1 CREDIT 99999999999999999999999",
        "MW1 DROP 17 1",
        "MW1 DROP 17. 1",
        "MW1 DROP .2 1",
        "MW1 DROP 17.02 1",
        "MW1 DROP 17.2.3 1",
        "MW1 DROP 17.4294967296 1",
        "MW1 DROP 17.2 0",
        "MW1 FAIL 1 17.2 1",
        "MW1 FAIL 1 17.2 1 maybe",
        "MW1 FAIL 0 17.2 1 retry",
        "MW1 ERROR none",
        "MW1 ERROR of-mine",
        "MW1 HELLO na%me 1",
        "MW1 HELLO n\xd0\xb0me 1",
        "MW1 ACK 18446744073709551616",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert(refusal(bad[i]) == ERROR_SYNTAX, "%s", bad[i]);
    }
}

Test(worker, the_column_points_at_the_word_that_is_wrong)
{
    struct worker_message m;
    struct error err;

    cr_assert_not(decode("MW1 FAIL 1 17.2 1 maybe", &m, &err));
    cr_assert_eq(err.column, 19);
    cr_assert_not(decode("MW1 CREDIT 5 5", &m, &err));
    cr_assert_eq(err.column, 14);
}

Test(worker, each_limit_works_at_it_and_is_refused_one_past_it)
{
    char header[2000];
    struct worker_message m;

    snprintf(header, sizeof header, "MW1 HELLO %s 1", name_of(LIMIT_NAME_BYTES));
    cr_assert(decode(header, &m, NULL));
    snprintf(header, sizeof header, "MW1 HELLO %s 1", name_of(LIMIT_NAME_BYTES + 1));
    cr_assert(refusal(header) == ERROR_TOO_LARGE);
    cr_assert(decode("MW1 CREDIT 10000", &m, NULL));
    cr_assert(refusal("MW1 CREDIT 10001") == ERROR_TOO_LARGE);
    cr_assert(decode("MW1 WELCOME 600000", &m, NULL));
    cr_assert(refusal("MW1 WELCOME 600001") == ERROR_TOO_LARGE);
    cr_assert(refusal("MW1 WELCOME 0") == ERROR_SYNTAX);
    cr_assert(decode("MW1 DROP 18446744073709551615.4294967295 4294967295", &m, NULL));
    cr_assert(refusal("MW1 DROP 1.1 4294967296") == ERROR_TOO_LARGE);
    cr_assert(decode("MW1 TASK 1.1 1 s 4294967295", &m, NULL));
    cr_assert(refusal("MW1 TASK 1.1 1 s 4294967296") == ERROR_TOO_LARGE);
    cr_assert(decode("MW1 ACK 18446744073709551615", &m, NULL));
}

Test(worker, a_header_longer_than_the_limit_is_too_large)
{
    char header[LIMIT_HEADER_BYTES + 2];

    memset(header, 'x', sizeof header);
    header[LIMIT_HEADER_BYTES] = '\0';
    cr_assert(refusal(header) == ERROR_SYNTAX);
    header[LIMIT_HEADER_BYTES] = 'x';
    header[LIMIT_HEADER_BYTES + 1] = '\0';
    cr_assert(refusal(header) == ERROR_TOO_LARGE);
}

Test(worker, names_of_tasks_are_printed_as_they_are_parsed)
{
    char text[TASK_ID_TEXT_MAX];
    struct task_id id;

    cr_assert(task_id_parse(bytes_of("18446744073709551615.4294967295"), &id));
    task_id_print(id, text);
    cr_assert_str_eq(text, "18446744073709551615.4294967295");
    cr_assert_not(task_id_parse(bytes_of(""), &id));
    cr_assert_not(task_id_parse((struct bytes){NULL, 0}, &id));
    cr_assert_not(wire_name_valid(bytes_of("")));
    cr_assert(wire_name_valid(bytes_of("ru.marshrut/a:b_c-1")));
    cr_assert_not(wire_name_valid(bytes_of("a b")));
}
